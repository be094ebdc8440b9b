/** A login: an opaque token, kept only as a hash, that can be revoked. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('session')
@Index('session_token', ['tokenHash'], { unique: true })
@Index('session_person', ['personId'])
export class Session {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 64 }) tokenHash: string
  @Column('varchar', { length: 36 }) personId: string
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3 }) expiresAt: Date
  @Column('datetime', { precision: 3, nullable: true }) revokedAt: Date | null
}
