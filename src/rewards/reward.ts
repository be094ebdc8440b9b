/** A reward for whoever told of a violation (举报奖励), and its timeline. To whom it goes stands in none of its columns. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { Channel, RewardLevel, RewardState } from './words.js'

/** Staff: the post that acted, and who held it then. */
export interface Signature {
  postId: string
  personId: string | null
  at: string
  /** Of the timeline, where what was said stands. */
  entryId: string
}

@Entity('reward')
@Index('reward_standing', ['standingTipId'], { unique: true })
@Index('reward_tip', ['tipId'])
@Index('reward_state', ['state', 'id'])
@Index('reward_proposed', ['proposedOn'])
@Index('reward_claim', ['state', 'claimBy'])
@Index('reward_paid', ['paidOn'])
@Index('reward_trouble', ['trouble'])
export class Reward extends Tracked {
  static trail: TrailRule = {
    kind: 'reward',
    digest: ['reason'],
    parts: [{ field: 'entry', table: 'reward_entry', owner: 'rewardId' }],
  }

  @Column('varchar', { length: 36 }) tipId: string
  /** The tip, while this is its one reward; null once it was not approved or withdrawn. */
  @Column('varchar', { length: 36, nullable: true }) standingTipId: string | null
  @Column('varchar', { length: 14 }) state: RewardState
  @Column('varchar', { length: 10 }) level: RewardLevel
  @Column('integer') amountFen: number
  @Column('text') reason: string
  @Column('varchar', { length: 10 }) proposedOn: string
  @Column('varchar', { length: 36 }) proposedByPostId: string
  @Column('varchar', { length: 36, nullable: true }) proposedByPersonId: string | null
  @Column('simple-json') approvals: Signature[]
  @Column('varchar', { length: 10, nullable: true }) approvedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) claimBy: string | null
  @Column('varchar', { length: 10, nullable: true }) channel: Channel | null
  /** WeChat ended its bill without paying: the number is for ever, so only the bank is left. */
  @Column('boolean') isWechatClosed: boolean
  @Column('varchar', { length: 10, nullable: true }) paidOn: string | null
  @Column('datetime', { precision: 3, nullable: true }) paidAt: Date | null
  /** Why it does not go on: a code of troubles.ts. */
  @Column('varchar', { length: 64, nullable: true }) trouble: string | null
  @Column('varchar', { length: 10, nullable: true }) bankPaidOn: string | null
  @Column('varchar', { length: 60, nullable: true }) bankVoucher: string | null
  @Column('simple-json', { nullable: true }) bankPaid: Signature | null
  @Column('simple-json', { nullable: true }) bankConfirmed: Signature | null
  @Column('datetime', { precision: 3 }) createdAt: Date
}

@Entity('reward_entry')
@Index('reward_entry_reward', ['rewardId', 'id'])
export class RewardEntry {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) rewardId: string
  @Column('varchar', { length: 40 }) verb: string
  @Column('datetime', { precision: 3 }) at: Date
  /** Null for the informer, and for what the service did by itself. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('text', { nullable: true }) text: string | null
}
