/** What was said and done about a tip, line by line. Of the informer's lines only the day is kept. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { EntryVerb } from './states.js'

@Entity('tip_entry')
@Index('tip_entry_tip', ['tipId', 'seq'], { unique: true })
@Index('tip_entry_said', ['verb', 'at'])
export class TipEntry {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) tipId: string
  /** Its place, from 1: neither ids nor instants tell the order. */
  @Column('integer') seq: number
  @Column('varchar', { length: 30 }) verb: EntryVerb
  /** Of the informer's own the beginning of the day. */
  @Column('datetime', { precision: 3 }) at: Date
  @Column('text', { nullable: true }) text: string | null
  /** Who of the bureau said it; null for the informer. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  /** The lead by which a branch was asked to check on site. */
  @Column('varchar', { length: 36, nullable: true }) leadId: string | null
}
