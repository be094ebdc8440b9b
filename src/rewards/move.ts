/** One step of a reward: the state the table names, its trail entry, and its line in the timeline. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { idAt } from '../database/idAt.js'
import { insertWhole } from '../database/insert.js'
import { Reward, RewardEntry } from './reward.js'
import { type RewardStep, stateAfter } from './states.js'
import type { RewardState } from './words.js'

type Patch = Partial<Omit<Reward, 'id' | 'version' | 'auditHead' | 'state'>>

interface Step {
  db: EntityManager
  verb: RewardStep
  now: Date
  /** Null for the informer, and for the service itself. */
  postId: string | null
  text?: string | null
  /** Where the table leaves a choice. */
  to?: RewardState
  /** Of the line in the timeline, where something else names it. */
  entryId?: string
}

export async function move(reward: Reward, step: Step, patch: Patch = {}): Promise<Reward> {
  const { db, verb, now, postId, text = null, to, entryId = idAt(now) } = step
  const state = stateAfter(reward.state, verb, to)
  await change(db, Reward, reward, { state, ...patch }, { entry: [null, { id: entryId, text }] })
  await insertWhole(db, RewardEntry, [{ id: entryId, rewardId: reward.id, verb, at: now, postId, text }])
  return reward
}
