/** Holds what stands in the tables now against what the chain says last: a row or a text altered by hand is found. */
import type { EntityManager, ObjectLiteral } from 'typeorm'
import { sealedPattern } from '../encryption/algorithms.js'
import type { AuditEntry } from './auditEntry.js'
import type { Part, Tracked, TrailRule } from './tracked.js'
import { type Changes, digest, partsOf } from './trail.js'

export type PresentFault = 'rowAltered' | 'partAltered' | 'partMissing' | 'partAdded'

export interface Difference {
  fault: PresentFault
  /** The field of the row, or the kind of part. */
  field: string
  /** The part's id; null for the row itself. */
  id: string | null
}

/** What the chain says last of each field, and of each part. */
function lastSaid(rule: TrailRule, entries: readonly AuditEntry[]) {
  const fields = new Map<string, unknown>()
  const parts = new Map<string, Map<string, string | null>>((rule.parts ?? []).map(({ field }) => [field, new Map()]))
  for (const entry of entries) {
    for (const [field, [, after]] of Object.entries(JSON.parse(entry.changes) as Changes)) {
      const known = parts.get(field)
      if (known) for (const { id, text } of partsOf(after)) known.set(id, text)
      else fields.set(field, after)
    }
  }
  return { fields, parts }
}

const asWritten = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown
const isSealed = (value: unknown) => typeof value === 'string' && sealedPattern.test(value)

/** The fields of the row that are not what the chain says. Sealed values may have been sealed anew. */
function rowDifferences(
  rule: TrailRule,
  key: Buffer,
  row: Tracked,
  fields: ReadonlyMap<string, unknown>,
): Difference[] {
  const passedOver = new Set(['id', 'version', 'auditHead', ...(rule.omit ?? []), ...(rule.untracked ?? [])])
  return Object.entries(row as ObjectLiteral).flatMap(([field, value]): Difference[] => {
    if (passedOver.has(field)) return []
    const said = fields.get(field) ?? null
    const written = asWritten(value)
    const now = written !== null && rule.digest?.includes(field) ? `sm3:${digest(key, value)}` : written
    if (isSealed(said) && isSealed(now)) return []
    return JSON.stringify(said) === JSON.stringify(now) ? [] : [{ fault: 'rowAltered', field, id: null }]
  })
}

/** The texts of all parts of the subjects, by subject and field. */
export async function readParts(
  db: EntityManager,
  rule: TrailRule,
  ids: readonly string[],
): Promise<Map<string, Map<string, Part[]>>> {
  const found = new Map<string, Map<string, Part[]>>(ids.map((id) => [id, new Map()]))
  for (const { field, table, owner } of ids.length > 0 ? (rule.parts ?? []) : []) {
    const rows = (await db.query(
      `SELECT id, text, ${owner} AS owner FROM ${table} WHERE ${owner} IN (${ids.map(() => '?').join(', ')})`,
      [...ids],
    )) as (Part & { owner: string })[]
    for (const { id, text, owner: subject } of rows) {
      const own = found.get(subject)
      own?.set(field, [...(own.get(field) ?? []), { id, text }])
    }
  }
  return found
}

function partDifferences(
  key: Buffer,
  said: ReadonlyMap<string, ReadonlyMap<string, string | null>>,
  present: ReadonlyMap<string, Part[]>,
): Difference[] {
  return [...said].flatMap(([field, known]): Difference[] => {
    const now = new Map(
      (present.get(field) ?? []).map(({ id, text }) => [id, text === null ? null : `sm3:${digest(key, text)}`]),
    )
    const missing = [...known.keys()].filter((id) => !now.has(id))
    const added = [...now.keys()].filter((id) => !known.has(id))
    const altered = [...known].filter(([id, text]) => now.has(id) && now.get(id) !== text).map(([id]) => id)
    return [
      ...missing.map((id): Difference => ({ fault: 'partMissing', field, id })),
      ...added.map((id): Difference => ({ fault: 'partAdded', field, id })),
      ...altered.map((id): Difference => ({ fault: 'partAltered', field, id })),
    ]
  })
}

/** Where a row and its parts differ from a chain that is whole. */
export function differences(
  rule: TrailRule,
  key: Buffer,
  row: Tracked,
  entries: readonly AuditEntry[],
  parts: ReadonlyMap<string, Part[]>,
): Difference[] {
  const said = lastSaid(rule, entries)
  return [...rowDifferences(rule, key, row, said.fields), ...partDifferences(key, said.parts, parts)]
}
