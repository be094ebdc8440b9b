/** The ledger of money (资金台账): appended to only. A reward's lines are numbered, so that none is written twice. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../../audit/tracked.js'
import type { Channel, MoneyKind } from '../words.js'

@Entity('money_entry')
@Index('money_entry_reward', ['rewardId', 'seq'], { unique: true })
@Index('money_entry_day', ['onDay', 'id'])
@Index('money_entry_kind', ['kind', 'id'])
export class MoneyEntry extends Tracked {
  static trail: TrailRule = { kind: 'moneyEntry', isUncounted: true }

  @Column('varchar', { length: 36 }) rewardId: string
  /** Its place among the reward's lines, from 1. */
  @Column('integer') seq: number
  @Column('varchar', { length: 10 }) kind: MoneyKind
  /** What the bank sent back is negative. */
  @Column('integer') amountFen: number
  @Column('varchar', { length: 10, nullable: true }) channel: Channel | null
  @Column('varchar', { length: 64, nullable: true }) reference: string | null
  @Column('varchar', { length: 10 }) onDay: string
  @Column('datetime', { precision: 3 }) at: Date
}
