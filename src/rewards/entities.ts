/** The tables of rewards and payouts. */
import { MoneyEntry } from './moneyEntry.js'
import { PayNoticeTaken, Payout, PayoutControl } from './payout.js'
import { Reconciliation, ReconciliationLine } from './reconciliation.js'
import { Reward, RewardEntry } from './reward.js'
import { RewardRules } from './rewardRules.js'

export const rewardEntities = [
  Reward,
  RewardEntry,
  RewardRules,
  Payout,
  PayoutControl,
  PayNoticeTaken,
  MoneyEntry,
  Reconciliation,
  ReconciliationLine,
]
