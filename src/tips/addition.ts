/** What an informer adds: kept at once, and a line of the timeline once it is released. */
import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { insertWhole } from '../database/insert.js'
import { scatter } from '../database/scatter.js'
import type { Knowledge } from '../house.js'
import { releaseAt } from './clock.js'
import type { Tip } from './tip.js'
import { TipAddition } from './tipAddition.js'

/** The tip is locked: those that wait are counted. Nothing of the tip itself changes, not even its version. */
export async function addTo(
  db: EntityManager,
  know: Pick<Knowledge, 'tips'>,
  { id: tipId }: Tip,
  text: string,
  now: Date,
): Promise<string> {
  const id = randomUUID()
  const seq = ((await db.maximum(TipAddition, 'seq', { tipId })) ?? 0) + 1
  await insertWhole(db, TipAddition, [{ id, tipId, seq, text, releaseAt: releaseAt(know, now) }])
  await scatter(db, TipAddition, 'id', id)
  return id
}
