/** Finds what was done to the trail by hand: altered, missing or cut-off entries, and subjects that are gone. */
import type { EntityManager, FindOptionsWhere } from 'typeorm'
import { MoreThan } from 'typeorm'
import { AuditEntry } from './auditEntry.js'
import type { Tracked, TrackedClass } from './tracked.js'
import { entryMac } from './trail.js'

export type Fault = 'altered' | 'missing' | 'cutOff' | 'headAltered'

export interface Finding {
  subjectKind: string
  subjectId: string
  fault: Fault
  /** Where in the chain, counted from 1. */
  seq: number
  entryId: string | null
}

/** Verifies one subject's chain against the head and length on its row. */
export async function verifyChain(
  db: EntityManager,
  key: Buffer,
  kind: string,
  row: Pick<Tracked, 'id' | 'version' | 'auditHead'>,
): Promise<Finding[]> {
  const entries = await db.find(AuditEntry, { where: { subjectKind: kind, subjectId: row.id }, order: { seq: 'ASC' } })
  return findings(key, kind, row, entries)
}

function findings(
  key: Buffer,
  kind: string,
  row: Pick<Tracked, 'id' | 'version' | 'auditHead'>,
  entries: readonly AuditEntry[],
): Finding[] {
  const found: Finding[] = []
  const report = (fault: Fault, seq: number, entryId: string | null) =>
    found.push({ subjectKind: kind, subjectId: row.id, fault, seq, entryId })
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
  return found
}

export interface Pass {
  findings: Finding[]
  checked: number
  /** The last subject's id, null when all have been seen. */
  next: string | null
}

/** Verifies the next subjects of a kind, in the order of their ids, with one query for all their entries. */
export async function verifyNext<T extends Tracked>(
  db: EntityManager,
  key: Buffer,
  entity: TrackedClass<T>,
  after: string,
  take: number,
): Promise<Pass> {
  const rows: Tracked[] = await db.find(entity, {
    where: { id: MoreThan(after) } as FindOptionsWhere<T>,
    order: { id: 'ASC' } as never,
    take,
  })
  const { kind } = entity.trail
  const found: Finding[] = []
  for (const row of rows) found.push(...(await verifyChain(db, key, kind, row)))
  return { findings: found, checked: rows.length, next: rows.length === take ? (rows.at(-1)?.id ?? null) : null }
}
