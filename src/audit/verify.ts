/** Finds what was done by hand: altered, missing or cut-off entries, subjects that are gone, rows and texts that differ. */
import type { EntityManager, FindOptionsWhere } from 'typeorm'
import { And, In, MoreThan, Not } from 'typeorm'
import { AuditEntry } from './auditEntry.js'
import { differences, type PresentFault, readParts } from './present.js'
import type { Part, Tracked, TrackedClass, TrailRule } from './tracked.js'
import { entryMac } from './trail.js'

/** `subjectGone`: there is a chain, and no row that it belongs to. */
export type Fault = 'altered' | 'missing' | 'cutOff' | 'headAltered' | 'subjectGone' | PresentFault

export interface Finding {
  subjectKind: string
  subjectId: string
  fault: Fault
  /** Where in the chain, counted from 1. */
  seq: number
  entryId: string | null
  /** Of an altered row its field; of an altered text what kind it is. */
  field: string | null
}

type Head = Pick<Tracked, 'id' | 'version' | 'auditHead'>

/** Subjects whose entries are read in one query. */
const AT_ONCE = 50
/** A subject that keeps changing while it is looked at is looked at so often. */
const LOOKS = 20

/** Verifies one subject's chain against the head and length on its row; null when there is neither row nor chain. */
export async function verifyChain<T extends Tracked>(
  db: EntityManager,
  key: Buffer,
  entity: TrackedClass<T>,
  id: string,
): Promise<Finding[] | null> {
  const { kind } = entity.trail
  for (let look = 1; ; look += 1) {
    const before = await readRow(db, entity, id)
    const entries = await db.find(AuditEntry, { where: { subjectKind: kind, subjectId: id }, order: { seq: 'ASC' } })
    const parts = await readParts(db, entity.trail, [id])
    const after = await readRow(db, entity, id)
    // A change committed between the reads is no fault.
    if ((before?.auditHead !== after?.auditHead || before?.version !== after?.version) && look < LOOKS) continue
    if (after) return findings(key, entity.trail, after, entries, parts.get(id))
    const last = entries.at(-1)
    return last
      ? [{ subjectKind: kind, subjectId: id, fault: 'subjectGone', seq: last.seq, entryId: last.id, field: null }]
      : null
  }
}

const headColumns = { id: true, version: true, auditHead: true }

const readRow = <T extends Tracked>(db: EntityManager, entity: TrackedClass<T>, id: string): Promise<T | null> =>
  db.findOne(entity, { where: { id } as FindOptionsWhere<T> })

function findings(
  key: Buffer,
  rule: TrailRule,
  row: Tracked,
  entries: readonly AuditEntry[],
  parts: ReadonlyMap<string, Part[]> = new Map(),
): Finding[] {
  const found: Finding[] = []
  const subject = { subjectKind: rule.kind, subjectId: row.id }
  const report = (fault: Fault, seq: number, entryId: string | null, field: string | null = null) =>
    found.push({ ...subject, fault, seq, entryId, field })
  let before = ''
  let expected = 1
  for (const entry of entries) {
    if (entry.seq === expected) {
      // A stored MAC vouches for the next entry, so that one altered entry is named, not all that follow it.
      if (entryMac(key, before, entry) !== entry.mac) report('altered', entry.seq, entry.id)
    } else {
      for (let seq = expected; seq < entry.seq; seq += 1) report('missing', seq, null)
    }
    before = entry.mac
    expected = entry.seq + 1
  }
  if (expected - 1 < row.version) for (let seq = expected; seq <= row.version; seq += 1) report('cutOff', seq, null)
  else if (before !== row.auditHead) report('headAltered', expected - 1, entries.at(-1)?.id ?? null)
  // Only a whole chain can say what should stand there.
  if (found.length > 0) return found
  for (const { fault, field, id } of differences(rule, key, row, entries, parts)) report(fault, row.version, id, field)
  return found
}

export interface Pass {
  findings: Finding[]
  checked: number
  /** The last subject's id, null when all have been seen. */
  next: string | null
}

/** Verifies the next subjects of a kind, in the order of their ids, and lets other work run in between. */
export async function verifyNext<T extends Tracked>(
  db: EntityManager,
  key: Buffer,
  entity: TrackedClass<T>,
  { after, take, without }: { after: string; take: number; without: readonly string[] },
): Promise<Pass> {
  const { kind } = entity.trail
  const heads: Head[] = await db.find(entity, {
    select: headColumns as never,
    where: {
      id: without.length === 0 ? MoreThan(after) : And(MoreThan(after), Not(In(without))),
    } as FindOptionsWhere<T>,
    order: { id: 'ASC' } as never,
    take,
  })
  const next = heads.length === take ? (heads.at(-1)?.id ?? null) : null
  const present = new Set([...heads.map((head) => head.id), ...without])
  const suspects = await chainsWithoutRow(db, kind, present, after, next)
  for (let at = 0; at < heads.length; at += AT_ONCE) {
    const ids = heads.slice(at, at + AT_ONCE).map((head) => head.id)
    const rows = await db.find(entity, { where: { id: In(ids) } as FindOptionsWhere<T> })
    const chains = await chainsOf(db, kind, ids)
    const parts = await readParts(db, entity.trail, ids)
    for (const row of rows) {
      const faults = findings(key, entity.trail, row, chains.get(row.id) ?? [], parts.get(row.id))
      if (faults.length > 0) suspects.push(row.id)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  const found: Finding[] = []
  for (const id of suspects) found.push(...((await verifyChain(db, key, entity, id)) ?? []))
  return { findings: found, checked: heads.length, next }
}

async function chainsOf(db: EntityManager, kind: string, ids: string[]): Promise<Map<string, AuditEntry[]>> {
  const entries = await db.find(AuditEntry, {
    where: { subjectKind: kind, subjectId: In(ids) },
    order: { subjectId: 'ASC', seq: 'ASC' },
  })
  const chains = new Map<string, AuditEntry[]>()
  for (const entry of entries) {
    const chain = chains.get(entry.subjectId)
    if (chain) chain.push(entry)
    else chains.set(entry.subjectId, [entry])
  }
  return chains
}

/** Subjects after `after`, up to `last` or to the end, that have entries and no row. */
async function chainsWithoutRow(
  db: EntityManager,
  kind: string,
  present: ReadonlySet<string>,
  after: string,
  last: string | null,
): Promise<string[]> {
  const upTo = last === null ? '' : 'AND subjectId <= ?'
  const rows = (await db.query(
    `SELECT DISTINCT subjectId FROM audit_entry WHERE subjectKind = ? AND subjectId > ? ${upTo} ORDER BY subjectId LIMIT ?`,
    [kind, after, ...(last === null ? [] : [last]), present.size + AT_ONCE],
  )) as { subjectId: string }[]
  return rows.map((row) => row.subjectId).filter((id) => !present.has(id))
}
