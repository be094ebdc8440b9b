/** What happened to cases on one day, by unit and officer: counted once, so that no figure reads them all. */
import { Entity, PrimaryColumn } from 'typeorm'
import { DayCounts } from './dayCounts.js'

/**
 * Every day that has been counted has at least one row; a day on which nothing happened has one of zeros. All of it
 * follows from the cases as they are now: a case handed on or opened again has its days counted anew.
 */
@Entity('case_day')
export class CaseDay extends DayCounts {
  /** '' for nobody yet. */
  @PrimaryColumn('varchar', { length: 36 }) officerPostId: string
}
