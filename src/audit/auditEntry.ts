/** One line of the trail: who did what to which subject, when, and from what to what. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('audit_entry')
@Index('audit_entry_subject', ['subjectKind', 'subjectId', 'seq'], { unique: true })
@Index('audit_entry_at', ['at'])
export class AuditEntry {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 30 }) subjectKind: string
  @Column('varchar', { length: 36 }) subjectId: string
  @Column('integer') seq: number
  @Column('datetime', { precision: 3 }) at: Date
  @Column('varchar', { length: 40 }) verb: string
  @Column('varchar', { length: 36, nullable: true }) actorId: string | null
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  /** JSON text, field → [before, after], exactly as it was signed. */
  @Column('text') changes: string
  @Column('varchar', { length: 64 }) mac: string
}
