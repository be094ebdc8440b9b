/** Entries of the trail, newest first: of one subject, or of a span of time. No question makes it read far at once. */
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import { AuditEntry } from './auditEntry.js'

export interface Search {
  subject: { kind: string; id: string } | undefined
  verb: string | undefined
  from: Date | undefined
  /** Exclusive. */
  to: Date | undefined
  /** Where the page before ended. */
  after: { at: Date; id: string } | undefined
  limit: number
  /** Left out as if there were no such entries. */
  without: { kinds: readonly string[]; ids: readonly string[]; entryIds: readonly string[] }
}

export interface Found {
  entries: AuditEntry[]
  /** Where to go on; a page may be short, or empty, before the end. */
  last: { at: Date; id: string } | undefined
}

/** There is no index by verb: so many entries are looked through for one page. */
const LOOKED_THROUGH = 2000

export async function searchTrail(db: EntityManager, search: Search): Promise<Found> {
  const { subject, verb, from, to, after, limit, without } = search
  const take = verb === undefined ? limit : LOOKED_THROUGH
  const query = db
    .createQueryBuilder(AuditEntry, 'e')
    .select(['e.id', 'e.at', 'e.verb'])
    .orderBy({ 'e.at': 'DESC', 'e.id': 'DESC' })
    .limit(take + 1)
  if (subject) query.andWhere('e.subjectKind = :kind AND e.subjectId = :id', subject)
  if (without.kinds.length > 0) query.andWhere('e.subjectKind NOT IN (:...kinds)', { kinds: without.kinds })
  if (without.ids.length > 0) query.andWhere('e.subjectId NOT IN (:...ids)', { ids: without.ids })
  if (without.entryIds.length > 0) query.andWhere('e.id NOT IN (:...entryIds)', { entryIds: without.entryIds })
  if (from) query.andWhere('e.at >= :from', { from })
  if (to) query.andWhere('e.at < :to', { to })
  if (after) query.andWhere('e.at <= :at AND (e.at < :at OR e.id < :after)', { at: after.at, after: after.id })
  const rows = await query.getMany()
  const hits = verb === undefined ? rows : rows.slice(0, take).filter((row) => row.verb === verb)
  const page = hits.slice(0, limit)
  const isMore = hits.length > limit || rows.length > take
  const last = hits.length >= limit ? page.at(-1) : rows.at(take - 1)
  return { entries: await whole(db, page), last: isMore ? last : undefined }
}

async function whole(db: EntityManager, rows: readonly AuditEntry[]): Promise<AuditEntry[]> {
  if (rows.length === 0) return []
  const entries = await db.findBy(AuditEntry, { id: In(rows.map((row) => row.id)) })
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return rows.flatMap(({ id }) => byId.get(id) ?? [])
}
