/** Personal values are sealed with their owner's key, so that erasing a person is deleting one row. */
import { randomBytes } from 'node:crypto'
import { type EntityManager, In, Not } from 'typeorm'
import { v7 as uuidv7 } from 'uuid'
import { rowsBy } from '../database/rows.js'
import { type AlgorithmId, isAlgorithmId, KEY_BYTES, open, openText, seal, SealBroken } from './algorithms.js'
import type { Keyring } from './keyring.js'
import { PersonKey } from './personKey.js'

export type PersonKeyRow = Pick<PersonKey, 'id' | 'personId' | 'wrapped' | 'wrapId' | 'algorithm' | 'createdAt'>

/** A person's key in memory, for the length of one call. */
export interface PersonalKey {
  readonly id: string
  readonly bytes: Buffer
  /** What new values are sealed with; each value names its own, so that old ones open all the same. */
  readonly algorithm: AlgorithmId
}

/** A row to insert, and its key for sealing at once. */
export function newPersonalKey(
  keyring: Keyring,
  personId: string,
  now: Date,
  algorithm: AlgorithmId = keyring.algorithm,
): { row: PersonKeyRow; key: PersonalKey } {
  const key = { id: uuidv7(), bytes: randomBytes(KEY_BYTES), algorithm }
  const owner = { id: key.id, personId, createdAt: now }
  return { row: { ...owner, ...wrap(keyring, owner, key.bytes, algorithm) }, key }
}

/** Throws KeyringBroken when the master key is missing, SealBroken when the row was altered. */
export function unwrap(keyring: Keyring, row: Pick<PersonKey, 'id' | 'personId' | 'wrapped'>): PersonalKey {
  const bytes = open(row.wrapped, (wrapId) => keyring.wrapKey(wrapId), wrapContext(row))
  return { id: row.id, bytes, algorithm: keyring.algorithm }
}

/** The same key under the current master key. */
export function rewrap(
  keyring: Keyring,
  row: Pick<PersonKey, 'id' | 'personId' | 'wrapped' | 'algorithm'>,
  algorithm?: AlgorithmId,
): Pick<PersonKeyRow, 'wrapped' | 'wrapId' | 'algorithm'> {
  if (!isAlgorithmId(row.algorithm)) throw new SealBroken('unknownAlgorithm')
  return wrap(keyring, row, unwrap(keyring, row).bytes, algorithm ?? row.algorithm)
}

/** Seals one person's value; `field` names the column (`person.phone`), and the value opens only there and for that person. */
export function sealPersonal(
  key: PersonalKey,
  field: string,
  personId: string,
  plain: string,
  algorithm: AlgorithmId = key.algorithm,
): string {
  return seal(algorithm, key.bytes, key.id, plain, `${field}:${personId}`)
}

/** Throws SealBroken; `noKey` when the key was destroyed or the value was sealed with another one. */
export function openPersonal(key: PersonalKey | undefined, field: string, personId: string, sealed: string): string {
  return openText(sealed, (id) => (key?.id === id ? key.bytes : undefined), `${field}:${personId}`)
}

/** The keys of exactly these persons; who was erased is missing from the answer. Not kept beyond the call. */
export async function loadPersonalKeys(
  db: EntityManager,
  keyring: Keyring,
  personIds: readonly string[],
): Promise<Map<string, PersonalKey>> {
  if (personIds.length === 0) return new Map()
  const rows = await rowsBy(db, PersonKey, { personId: [...new Set(personIds)] })
  return new Map(rows.map((row) => [row.personId, unwrap(keyring, row)]))
}

/** Whether the database holds keys that this keyring cannot unwrap: the keys and the data do not belong together. */
export async function hasForeignKeys(db: EntityManager, keyring: Keyring): Promise<boolean> {
  return db.exists(PersonKey, { where: { wrapId: Not(In([...keyring.wrapIds])) } })
}

/** Whether nothing has been wrapped with the current master key yet, though there are keys: it was changed just now. */
export async function isKeyUnused(db: EntityManager, keyring: Keyring): Promise<boolean> {
  return !(await db.existsBy(PersonKey, { wrapId: keyring.currentWrapId })) && (await db.exists(PersonKey))
}

function wrap(
  keyring: Keyring,
  owner: Pick<PersonKey, 'id' | 'personId'>,
  bytes: Buffer,
  algorithm: AlgorithmId,
): Pick<PersonKeyRow, 'wrapped' | 'wrapId' | 'algorithm'> {
  const wrapId = keyring.currentWrapId
  return { wrapped: seal(algorithm, keyring.wrapKey(wrapId), wrapId, bytes, wrapContext(owner)), wrapId, algorithm }
}

const wrapContext = ({ id, personId }: Pick<PersonKey, 'id' | 'personId'>): string => `personKey:${id}:${personId}`
