/** What happened to cases on one day, by unit, officer and category: counted once, so that no figure reads them all. */
import { Column, Entity, PrimaryColumn } from 'typeorm'

/**
 * Every day that has been counted has at least one row; a day on which nothing happened has one of zeros. All of it
 * follows from the cases as they are now: a case handed on or opened again has its days counted anew.
 */
@Entity('case_day')
export class CaseDay {
  @PrimaryColumn('varchar', { length: 10 }) day: string
  /** '' for the supervisor's pool. */
  @PrimaryColumn('varchar', { length: 36 }) unitId: string
  /** '' for nobody yet. */
  @PrimaryColumn('varchar', { length: 36 }) officerPostId: string
  @PrimaryColumn('varchar', { length: 20 }) category: string
  @Column('integer') submitted: number
  @Column('integer') answered: number
  @Column('integer') answeredInTime: number
  /** Working days used, summed over what was answered. */
  @Column('integer') usedWorkdays: number
  /** Working days promised, extensions left out, summed over what was answered. */
  @Column('integer') promisedWorkdays: number
  @Column('integer') closed: number
  @Column('integer') declined: number
  @Column('integer') withdrawn: number
  /** Ratings of the cases that ended on this day. */
  @Column('integer') rating1: number
  @Column('integer') rating2: number
  @Column('integer') rating3: number
  @Column('integer') rating4: number
  @Column('integer') rating5: number
}

export const counts = [
  'submitted',
  'answered',
  'answeredInTime',
  'usedWorkdays',
  'promisedWorkdays',
  'closed',
  'declined',
  'withdrawn',
  'rating1',
  'rating2',
  'rating3',
  'rating4',
  'rating5',
] as const
export type Count = (typeof counts)[number]
export type Counts = Record<Count, number>

export const noCounts = (): Counts => Object.fromEntries(counts.map((name) => [name, 0])) as Counts
