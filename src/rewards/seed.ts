/** The standing rules and the switch, from `seeds/rewards.json`: no amount but what the bureau has said. */
import { z } from 'zod'
import { create } from '../audit/trail.js'
import type { Seed } from '../database/seed.js'
import { CONTROL_ID, PayoutControl } from './payout/payout.js'
import { RewardRules, RULES_ID } from './rules/rewardRules.js'
import { rewardLevels } from './words.js'

const fen = z.int().min(0)
const file = z.strictObject({
  levels: z.array(
    z.strictObject({
      level: z.enum(rewardLevels),
      amountFen: fen.nullable(),
      confirmed: z.boolean(),
      note: z.string().min(1),
    }),
  ),
  claimDays: z.int().min(1),
  claimUnit: z.enum(['workday', 'day']),
  dailyTotalFen: fen,
  dailyCount: fen,
  perPersonDailyFen: fen,
  lowBalanceFen: fen,
  confirmed: z.boolean(),
  note: z.string().min(1),
})

export const seedRewards: Seed = {
  name: 'rewards',
  async lay(db, { read }) {
    await create(db, RewardRules, { id: RULES_ID, ...file.parse(read('rewards.json')) })
    const untouched = { changedByPostId: null, changedAt: null, reason: null, balanceFen: null, balanceAt: null }
    await create(db, PayoutControl, { id: CONTROL_ID, isStopped: false, isLow: false, ...untouched })
  },
}
