/** Somebody who logs in. Name, phone and openid are ciphertext under the person's own key. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('person')
@Index('person_openid', ['openidHash'], { unique: true })
@Index('person_phone', ['phoneHash'])
export class Person extends Tracked {
  static trail: TrailRule = { kind: 'person', omit: ['openidHash', 'phoneHash'], untracked: ['seenAt'] }

  @Column('varchar', { length: 64, nullable: true }) openidHash: string | null
  @Column('text', { nullable: true }) openidSealed: string | null
  @Column('text', { nullable: true }) nameSealed: string | null
  @Column('text', { nullable: true }) phoneSealed: string | null
  @Column('varchar', { length: 64, nullable: true }) phoneHash: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  /** The last login: WeChat's text check needs a visit within two hours. */
  @Column('datetime', { precision: 3 }) seenAt: Date
  @Column('datetime', { precision: 3, nullable: true }) erasedAt: Date | null
}
