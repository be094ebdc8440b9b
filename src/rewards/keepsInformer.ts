/** Whether who informed is still needed: money is promised to them, or was paid and stands in the books. */
import { type EntityManager, In } from 'typeorm'
import { Reward } from './reward.js'
import type { RewardState } from './words.js'

const binding: readonly RewardState[] = ['approved', 'paying', 'bank', 'paid']

export function keepsInformer(db: EntityManager, tipId: string): Promise<boolean> {
  return db.existsBy(Reward, { standingTipId: tipId, state: In([...binding]) })
}
