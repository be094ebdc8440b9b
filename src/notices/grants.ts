/** The stock of one-time grants: a tap adds one, a message takes one. */
import { In, MoreThan, type EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { isDuplicate } from '../database/transaction.js'
import { MessageGrant } from './messageGrant.js'

export async function addGrant(db: EntityManager, personId: string, template: string, now: Date): Promise<void> {
  if (await addOne(db, personId, template, now)) return
  try {
    await db.insert(MessageGrant, { id: uuid(), personId, template, count: 1, changedAt: now })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await addOne(db, personId, template, now)
  }
}

async function addOne(db: EntityManager, personId: string, template: string, now: Date): Promise<boolean> {
  const result = await db.update(MessageGrant, { personId, template }, { count: () => 'count + 1', changedAt: now })
  return result.affected === 1
}

/** Takes one grant of each person who has any; who they are. */
export async function takeGrants(
  db: EntityManager,
  personIds: readonly string[],
  template: string,
  now: Date,
): Promise<Set<string>> {
  const taken = new Set<string>()
  // Read first: for those who have none, nothing is locked.
  const stocked = await db.findBy(MessageGrant, { personId: In([...personIds]), template, count: MoreThan(0) })
  for (const { id, personId } of stocked) {
    const result = await db.update(
      MessageGrant,
      { id, count: MoreThan(0) },
      { count: () => 'count - 1', changedAt: now },
    )
    if (result.affected === 1) taken.add(personId)
  }
  return taken
}

/** The person refuses: what we thought they had granted is worth nothing. */
export async function dropGrants(db: EntityManager, personId: string, template: string, now: Date): Promise<void> {
  await db.update(MessageGrant, { personId, template }, { count: 0, changedAt: now })
}
