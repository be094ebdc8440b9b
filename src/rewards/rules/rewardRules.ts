/** Amounts, terms and limits of rewards (奖励标准和发放限额): one row, whose trail holds every earlier version. */
import { Column, Entity } from 'typeorm'
import { Tracked, type TrailRule } from '../../audit/tracked.js'
import type { RewardLevel } from '../words.js'

export interface LevelRule {
  level: RewardLevel
  /** Null until the bureau has said: nothing can be proposed at this level. */
  amountFen: number | null
  confirmed: boolean
  note: string
}

export const RULES_ID = '00000000-0000-4000-8000-0000000000a1'

@Entity('reward_rules')
export class RewardRules extends Tracked {
  static trail: TrailRule = { kind: 'rewardRules' }

  @Column('simple-json') levels: LevelRule[]
  @Column('integer') claimDays: number
  @Column('varchar', { length: 10 }) claimUnit: 'workday' | 'day'
  @Column('integer') dailyTotalFen: number
  @Column('integer') dailyCount: number
  @Column('integer') perPersonDailyFen: number
  @Column('integer') lowBalanceFen: number
  @Column('boolean') confirmed: boolean
  @Column('varchar', { length: 500 }) note: string
}
