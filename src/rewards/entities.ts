/** The tables of rewards and payouts. */
import { MoneyEntry } from './books/moneyEntry.js'
import { PayNoticeTaken, Payout, PayoutControl } from './payout/payout.js'
import { Reconciliation, ReconciliationLine } from './reconciliation/reconciliation.js'
import { Reward, RewardEntry } from './reward.js'
import { RewardRules } from './rules/rewardRules.js'

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
