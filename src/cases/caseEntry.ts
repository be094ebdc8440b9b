/** One line of a case's timeline, which the enterprise sees. Internal notes are elsewhere, in case_note. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Review } from './helpCase.js'

@Entity('case_entry')
@Index('case_entry_case', ['caseId', 'id'])
@Index('case_entry_person', ['personId'])
export class CaseEntry {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) caseId: string
  @Column('varchar', { length: 40 }) verb: string
  @Column('datetime', { precision: 3 }) at: Date
  /** Null for what the service did by itself. */
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  /** The post that spoke; null for the enterprise. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('text', { nullable: true }) text: string | null
  @Column('varchar', { length: 8 }) review: Review
}
