/** An internal note: staff only, in a table that no enterprise view reads. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('case_note')
@Index('case_note_case', ['caseId', 'id'])
export class CaseNote {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) caseId: string
  @Column('datetime', { precision: 3 }) at: Date
  @Column('varchar', { length: 36 }) postId: string
  @Column('text') text: string
  /** A note of the officer, or what happened among staff only (an extension asked for, a refusal proposed). */
  @Column('varchar', { length: 40 }) verb: string
}
