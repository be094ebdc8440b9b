/** A reward with its transfer, as whatever follows a transfer works on them. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../../database/transaction.js'
import { Reward } from '../reward.js'
import { Payout } from './payout.js'

export interface Pair {
  reward: Reward
  payout: Payout
}

/** With its transfer, where there is one: locked with it, always the reward first. */
export async function rewardWithPayout(
  db: EntityManager,
  id: string,
  isLocked: boolean,
): Promise<{ reward: Reward; payout: Payout | null } | null> {
  const lock = isLocked ? { lock: forUpdate(db) } : {}
  const reward = await db.findOne(Reward, { where: { id }, ...lock })
  return reward && { reward, payout: await db.findOne(Payout, { where: { id }, ...lock }) }
}

/** Both locked; null where nothing goes by WeChat. */
export async function loadPair(db: EntityManager, rewardId: string): Promise<Pair | null> {
  const found = await rewardWithPayout(db, rewardId, true)
  return found?.payout ? { reward: found.reward, payout: found.payout } : null
}
