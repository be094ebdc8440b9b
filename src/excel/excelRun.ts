/** One import or export somebody asked for: what of, how far it is, and the file it ended in. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { ExcelState, ExcelVerb } from './contract.js'

/** What an import found: lines to be added, changed and left as they are, and cells that are wrong. */
export interface Counts {
  lines: number
  created: number
  updated: number
  unchanged: number
  faults: number
}

@Entity('excel_run')
@Index('excel_run_person', ['personId', 'id'])
@Index('excel_run_age', ['createdAt'])
export class ExcelRun extends Tracked {
  // A filter may hold a phone number in its `q`; how far a run is moves by itself.
  static trail: TrailRule = { kind: 'excelRun', omit: ['filter'], untracked: ['done', 'total'] }

  @Column('varchar', { length: 30 }) verb: ExcelVerb
  @Column('varchar', { length: 36 }) personId: string
  /** The post whose power was used. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  /** The list's input, for an export; what is meant for lines that do not say it, for an import. */
  @Column('simple-json', { nullable: true }) filter: Record<string, unknown> | null
  /** The workbook sent in, for an import. */
  @Column('varchar', { length: 36, nullable: true }) sourceId: string | null
  /** The ledger of lines that do not say theirs. */
  @Column('varchar', { length: 10, nullable: true }) book: string | null
  @Column('boolean') isDryRun: boolean
  @Column('varchar', { length: 10 }) state: ExcelState
  /** Lines done so far. */
  @Column('integer') done: number
  /** Null while nobody knows. */
  @Column('integer', { nullable: true }) total: number | null
  @Column('simple-json', { nullable: true }) counts: Counts | null
  /** How it ended, in a sentence. */
  @Column('varchar', { length: 500, nullable: true }) message: string | null
  /** The workbook made: the export, or the report of an import. */
  @Column('varchar', { length: 36, nullable: true }) fileId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3, nullable: true }) finishedAt: Date | null
}
