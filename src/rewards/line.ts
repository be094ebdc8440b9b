/** Ids of the lines of a reward's timeline: their order is its order. */
import type { EntityManager } from 'typeorm'
import { idAt } from '../database/idAt.js'
import { RewardEntry } from './reward.js'

/** Of a line that staff write: by the moment, and after every line before it. The reward is locked by the caller. */
export async function lineId(db: EntityManager, rewardId: string, now: Date): Promise<string> {
  return idAt(new Date(Math.max(now.getTime(), (await lastOf(db, rewardId)) + 1)))
}

/** Of one that an informer writes, or that follows from what they did: after the line before it, whenever it was. */
export async function discreetLineId(db: EntityManager, rewardId: string): Promise<string> {
  return idAt(new Date((await lastOf(db, rewardId)) + 1))
}

async function lastOf(db: EntityManager, rewardId: string): Promise<number> {
  const last = await db.findOne(RewardEntry, { select: { id: true }, where: { rewardId }, order: { id: 'DESC' } })
  // The first 48 bits are the milliseconds.
  return last ? Number.parseInt(last.id.replaceAll('-', '').slice(0, 12), 16) : 0
}
