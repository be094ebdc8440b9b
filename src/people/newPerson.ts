/** A person who comes for the first time, with a key of their own that everything personal is sealed under. */
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { idAt } from '../database/idAt.js'
import { lookupHash, phoneHash } from '../encryption/lookup.js'
import { newPersonalKey } from '../encryption/personalKeys.js'
import { PersonKey } from '../encryption/personKey.js'
import type { Keyring } from '../encryption/keyring.js'
import { Person } from './person.js'
import { sealFor } from './personal.js'

export const openidHash = (keyring: Keyring, openid: string) =>
  lookupHash(keyring.purposeKey('lookup'), 'openid', openid)

interface Known {
  openid: string
  name?: string
  phone?: string
}

/** Fails on the unique openid where the person is known already. */
export async function newPerson(
  db: EntityManager,
  keyring: Keyring,
  { openid, name, phone }: Known,
  now: Date,
): Promise<Person> {
  const id = idAt(now)
  const { row, key } = newPersonalKey(keyring, id, now)
  const person = await create(db, Person, {
    id,
    openidHash: openidHash(keyring, openid),
    openidSealed: sealFor(key, id, 'openid', openid),
    nameSealed: name === undefined ? null : sealFor(key, id, 'name', name),
    phoneSealed: phone === undefined ? null : sealFor(key, id, 'phone', phone),
    phoneHash: phone === undefined ? null : phoneHash(keyring.purposeKey('lookup'), phone),
    createdAt: now,
    seenAt: now,
    erasedAt: null,
  })
  await db.insert(PersonKey, row)
  return person
}
