/** A transfer by WeChat Pay: one a reward for ever, under the reward's own number. No openid, no name. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../../audit/tracked.js'
import type { PayoutState } from '../words.js'

/** Its id is the reward's. */
@Entity('payout')
@Index('payout_number', ['outBillNo'], { unique: true })
@Index('payout_state', ['state', 'id'])
@Index('payout_sent', ['sentOn'])
@Index('payout_finished', ['finishedOn'])
export class Payout extends Tracked {
  static trail: TrailRule = {
    kind: 'payout',
    isUncounted: true,
    untracked: ['packageSealed', 'lookedAt', 'looks', 'flowOutOn', 'flowBackOn'],
  }

  /** The reward's UUID without dashes. */
  @Column('varchar', { length: 32 }) outBillNo: string
  @Column('integer') amountFen: number
  @Column('varchar', { length: 20 }) state: PayoutState
  @Column('varchar', { length: 64, nullable: true }) transferBillNo: string | null
  @Column('varchar', { length: 64, nullable: true }) failReason: string | null
  /**
   * Marked before anything is sent: from then on it may exist at WeChat. As all its instants but those of staff, the
   * beginning of the day: it is sent when its informer claims it, and ends when they confirm.
   */
  @Column('datetime', { precision: 3, nullable: true }) sentAt: Date | null
  /** The day whose limits it counts for. */
  @Column('varchar', { length: 10, nullable: true }) sentOn: string | null
  @Column('datetime', { precision: 3, nullable: true }) cancelAskedAt: Date | null
  @Column('datetime', { precision: 3, nullable: true }) finishedAt: Date | null
  @Column('varchar', { length: 10, nullable: true }) finishedOn: string | null
  /** What the phone opens WeChat's confirmation with. */
  @Column('text', { nullable: true }) packageSealed: string | null
  @Column('datetime', { precision: 3, nullable: true }) lookedAt: Date | null
  /** Looks since the state last changed: they come further and further apart. */
  @Column('integer') looks: number
  /** The days on which the account's own bill shows the money going, and coming back. */
  @Column('varchar', { length: 10, nullable: true }) flowOutOn: string | null
  @Column('varchar', { length: 10, nullable: true }) flowBackOn: string | null
}

/** The one row of the switch: locked by whatever counts the day's limits. */
export const CONTROL_ID = '00000000-0000-4000-8000-0000000000c1'

@Entity('payout_control')
export class PayoutControl extends Tracked {
  static trail: TrailRule = {
    kind: 'payoutControl',
    digest: ['reason'],
    untracked: ['balanceFen', 'balanceAt', 'isLow'],
  }

  @Column('boolean') isStopped: boolean
  @Column('varchar', { length: 36, nullable: true }) changedByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) changedAt: Date | null
  @Column('varchar', { length: 200, nullable: true }) reason: string | null
  @Column('integer', { nullable: true }) balanceFen: number | null
  @Column('datetime', { precision: 3, nullable: true }) balanceAt: Date | null
  @Column('boolean') isLow: boolean
}

/** Notices of WeChat Pay that were taken: each once. */
@Entity('pay_notice')
@Index('pay_notice_at', ['at'])
export class PayNoticeTaken {
  /** A keyed hash of WeChat's own, which holds the second it was made in. */
  @PrimaryColumn('varchar', { length: 64 }) id: string
  @Column('varchar', { length: 32 }) outBillNo: string
  @Column('varchar', { length: 20 }) state: string
  /** The beginning of the day. */
  @Column('datetime', { precision: 3 }) at: Date
}
