/** One step of a reward: the state the table names, its trail entry, and its line in the timeline. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import { insertWhole } from '../database/insert.js'
import { scatter } from '../database/scatter.js'
import { discreetLineId, lineId } from './line.js'
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
  const { db, verb, now, postId, text = null, to } = step
  // Nobody learns at what moment an informer did something, nor when what follows from it did.
  const isDiscreet = postId === null
  const at = isDiscreet ? instantAt(dateOf(now)) : now
  const entryId = step.entryId ?? (isDiscreet ? await discreetLineId(db, reward.id) : await lineId(db, reward.id, now))
  const state = stateAfter(reward.state, verb, to)
  await change(db, Reward, reward, { state, ...patch }, { entry: [null, { id: entryId, text }] })
  await insertWhole(db, RewardEntry, [{ id: entryId, rewardId: reward.id, verb, at, postId, text }])
  if (isDiscreet) await scatter(db, RewardEntry, 'id', entryId)
  return reward
}
