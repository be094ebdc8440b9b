/** Somebody leaves, by their own word or because they have long been gone: who they were is removed, what happened stays. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { PersonKey } from '../encryption/personKey.js'
import type { Knowledge } from '../house.js'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { ownData } from '../ownData.js'
import { Person } from './person.js'
import { openFor } from './personal.js'
import { Post } from './post.js'
import { Session } from './session.js'

export async function erase(db: EntityManager, know: Knowledge, person: Person, now: Date): Promise<void> {
  const key = (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
  const personal = { name: openFor(key, person, 'name'), phone: openFor(key, person, 'phone') }
  for (const domain of ownData) await domain.erase?.(db, { person, personal, know, now })
  for (const post of await db.findBy(Post, { personId: person.id })) await change(db, Post, post, { personId: null })
  const gone = { openidHash: null, openidSealed: null, nameSealed: null, phoneSealed: null, phoneHash: null }
  await change(db, Person, person, { ...gone, erasedAt: now })
  // What the trail and the backups still hold of this person can no longer be read.
  await db.delete(PersonKey, { personId: person.id })
  await db.delete(Session, { personId: person.id })
  await db.delete(IdempotencyRecord, { personId: person.id })
}
