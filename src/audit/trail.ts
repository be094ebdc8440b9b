/** The only way tracked rows are written: each change and its trail entry are one. */
import { createHmac, randomUUID } from 'node:crypto'
import type { EntityManager, ObjectLiteral } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { insertWhole } from '../database/insert.js'
import { changeRows, type Sought } from '../database/rows.js'
import { scatter } from '../database/scatter.js'
import { Problem } from '../problem.js'
import { actOf } from './act.js'
import { AuditEntry } from './auditEntry.js'
import type { Part, Tracked, TrackedClass, TrailRule } from './tracked.js'

export type Changes = Record<string, [before: unknown, after: unknown]>
type Values<T> = Omit<T, 'version' | 'auditHead'>

/** What one entry's MAC covers, in this order. */
export type Signed = Pick<
  AuditEntry,
  'subjectKind' | 'subjectId' | 'seq' | 'at' | 'verb' | 'actorId' | 'postId' | 'changes'
>

/** HMAC-SM3 over the entry and the one before; '' stands before the first. */
export function entryMac(key: Buffer, before: string, entry: Signed): string {
  const content = [
    before,
    entry.subjectKind,
    entry.subjectId,
    entry.seq,
    entry.at.toISOString(),
    entry.verb,
    entry.actorId,
    entry.postId,
    entry.changes,
  ]
  return createHmac('sm3', key).update(JSON.stringify(content)).digest('hex')
}

/** Insert a tracked row and the first entry of its chain. `also` goes into the entry beside the fields. */
export async function create<T extends Tracked>(
  db: EntityManager,
  entity: TrackedClass<T>,
  values: Values<T>,
  also: Changes = {},
): Promise<T> {
  const { row, entry } = firstOf(db, entity, values, also)
  await insertWhole(db, entity, [row])
  await insertWhole(db, AuditEntry, [entry])
  if (actOf(db).isDiscreet) {
    await scatter<Tracked>(db, entity, 'id', row.id)
    await scatter(db, AuditEntry, 'id', entry.id)
  }
  return row
}

const ROWS_AT_ONCE = 200

/** Insert many tracked rows, each with the first entry of its chain. */
export async function createAll<T extends Tracked>(
  db: EntityManager,
  entity: TrackedClass<T>,
  values: readonly Values<T>[],
): Promise<void> {
  for (let from = 0; from < values.length; from += ROWS_AT_ONCE) {
    const firsts = values.slice(from, from + ROWS_AT_ONCE).map((one) => firstOf(db, entity, one))
    await insertWhole(
      db,
      entity,
      firsts.map(({ row }) => row),
    )
    await insertWhole(
      db,
      AuditEntry,
      firsts.map(({ entry }) => entry),
    )
  }
}

function firstOf<T extends Tracked>(db: EntityManager, entity: TrackedClass<T>, values: Values<T>, also: Changes = {}) {
  const changes: Changes = {}
  for (const [field, value] of Object.entries(values)) {
    if (field !== 'id' && value !== null && value !== undefined) changes[field] = [null, value]
  }
  const entry = sign(db, entity.trail, values.id, 1, '', { ...changes, ...also })
  return { row: Object.assign(new entity(), values, { version: 1, auditHead: entry.mac }), entry }
}

/**
 * Change a tracked row that was read in this transaction, and write down from what to what.
 * @throws Problem stale, when the row has changed since it was read
 */
export async function change<T extends Tracked>(
  db: EntityManager,
  entity: TrackedClass<T>,
  row: T,
  patch: Partial<Values<T>>,
  also: Changes = {},
): Promise<T> {
  const changes: Changes = {}
  for (const [field, after] of Object.entries(patch)) {
    const before = (row as ObjectLiteral)[field]
    if (!same(before, after)) changes[field] = [before ?? null, after ?? null]
  }
  const entry = sign(db, entity.trail, row.id, row.version + 1, row.auditHead, { ...changes, ...also })
  const head = { ...patch, version: entry.seq, auditHead: entry.mac } as Partial<T>
  const changed = await changeRows(db, entity, { id: row.id, version: row.version } as Sought<T>, head)
  if (changed !== 1) throw new Problem('stale')
  await insertWhole(db, AuditEntry, [entry])
  if (actOf(db).isDiscreet) await scatter(db, AuditEntry, 'id', entry.id)
  return Object.assign(row, patch, { version: entry.seq, auditHead: entry.mac })
}

function sign(
  db: EntityManager,
  rule: TrailRule,
  subjectId: string,
  seq: number,
  before: string,
  changes: Changes,
): AuditEntry {
  const act = actOf(db)
  const shown = (field: string, value: unknown) => {
    if (value === null) return null
    if (rule.omit?.includes(field)) return '…'
    if (rule.parts?.some((part) => part.field === field))
      return partsOf(value).map((part) => digested(act.auditKey, part))
    return rule.digest?.includes(field) ? `sm3:${digest(act.auditKey, value)}` : value
  }
  const written = Object.fromEntries(
    Object.entries(changes).map(([field, [from, to]]) => [field, [shown(field, from), shown(field, to)]]),
  )
  const entry = {
    id: act.isDiscreet ? randomUUID() : uuid(),
    subjectKind: rule.kind,
    subjectId,
    seq,
    at: act.now,
    verb: act.verb,
    actorId: act.personId,
    postId: act.postId,
    changes: JSON.stringify(written),
    mac: '',
  }
  entry.mac = entryMac(act.auditKey, before, entry)
  return entry
}

/** One part or several. */
export const partsOf = (value: unknown): Part[] => (Array.isArray(value) ? value : [value]) as Part[]

const digested = (key: Buffer, { id, text }: Part): Part => ({
  id,
  text: text === null ? null : `sm3:${digest(key, text)}`,
})

/** A keyed digest of free text: proves what it was without saying it. */
export const digest = (key: Buffer, value: unknown): string =>
  createHmac('sm3', key)
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex')

const same = (a: unknown, b: unknown) =>
  a === b || (a ?? null) === (b ?? null) || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
