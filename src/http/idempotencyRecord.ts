/** A command's first answer, kept for a week so that a retry gets it again and nothing is done twice. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('idempotency')
@Index('idempotency_created', ['createdAt'])
@Index('idempotency_person', ['personId'])
export class IdempotencyRecord {
  /** SHA-256 of person, verb and key; of a discreet verb a keyed hash. */
  @PrimaryColumn('varchar', { length: 64 }) scope: string
  /** Whose answer it is: erasing the person removes it. */
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  @Column('varchar', { length: 64 }) inputHash: string
  /** The answer, sealed: it may hold personal data. */
  @Column('text', { nullable: true }) answer: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
}
