/** What is counted of a day, in the roll-up's two tables alike. */
import { Column, PrimaryColumn } from 'typeorm'

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

export abstract class DayCounts implements Counts {
  @PrimaryColumn('varchar', { length: 10 }) day: string
  /** '' where no unit is responsible yet. */
  @PrimaryColumn('varchar', { length: 36 }) unitId: string
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
