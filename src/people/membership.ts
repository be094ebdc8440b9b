/** A person's tie to a firm: pending until a clerk or the officer of one of its projects verifies it. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

/** `left`: by the person's own wish, whatever was decided before. */
export type MembershipState = 'pending' | 'verified' | 'refused' | 'left'

/** Refused or left: the person does not belong to the firm, and may ask (again). */
export const isOver = (state: MembershipState): boolean => state === 'refused' || state === 'left'

@Entity('membership')
@Index('membership_pair', ['personId', 'enterpriseId'], { unique: true })
@Index('membership_enterprise', ['enterpriseId', 'state'])
@Index('membership_state', ['state', 'id'])
export class Membership extends Tracked {
  static trail: TrailRule = { kind: 'membership', digest: ['title'] }

  @Column('varchar', { length: 36 }) personId: string
  @Column('varchar', { length: 36 }) enterpriseId: string
  @Column('varchar', { length: 40, nullable: true }) title: string | null
  @Column('varchar', { length: 10 }) state: MembershipState
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('varchar', { length: 36, nullable: true }) decidedByPostId: string | null
}
