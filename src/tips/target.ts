/** Who reaches a tip: each scope for a row in hand and for a query, where the tip is `t`. */
import type { EntityManager } from 'typeorm'
import { rowBy, rowsBy } from '../database/rows.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { Membership } from '../people/membership.js'
import { isStep, stateObstacle } from './states.js'
import { Tip } from './tip.js'

/** A tip with the firms it is about, as far as the bureau knows them. */
export type TipRow = Tip & { accusedIds: string[] }
export type Reached = Pick<TipRow, 'unitId' | 'handlerPostId' | 'accusedIds' | 'releaseAt'>

/** Tips about any of these firms. */
export function aboutFirms(enterpriseIds: readonly string[]): Condition {
  const { sql, params } = among('e.id', enterpriseIds)
  const same = '(e.creditCode = t.creditCode OR e.name = t.firmName)'
  return { sql: `EXISTS (SELECT e.id FROM enterprise e WHERE ${sql} AND ${same})`, params }
}

/**
 * 举报不让被举报的单位知道: whoever belongs to the firm does not see it, whatever posts they hold. And nobody does before
 * it is released.
 */
const reached = (rule: ScopeRule<Reached>): ScopeRule<Reached> => ({
  holds: (grant, row) =>
    rule.holds(grant, row) && row.releaseAt === null && !row.accusedIds.some((id) => grant.enterpriseIds.includes(id)),
  where(grant) {
    const reach = rule.where(grant)
    const sql = `${reach.sql} AND t.releaseAt IS NULL`
    if (grant.enterpriseIds.length === 0) return { ...reach, sql }
    const own = aboutFirms(grant.enterpriseIds)
    return { sql: `${sql} AND NOT (${own.sql})`, params: [...reach.params, ...own.params] }
  },
})

export const tipScopes: ScopeTable<Reached> = {
  assigned: reached({
    holds: (grant, row) => grant.postId !== null && row.handlerPostId === grant.postId,
    where: (grant) => among('t.handlerPostId', grant.postId === null ? [] : [grant.postId]),
  }),
  unit: reached({
    holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
    where: (grant) => among('t.unitId', grant.unitId === null ? [] : [grant.unitId]),
  }),
  all: reached({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
}

export const tipTarget: Target<TipRow> = {
  seenBy: 'tip.read',
  scopes: tipScopes,
  load: loadTip,
  obstacle(row, verb) {
    if (verb === 'tip.identity') return row.isNamed ? undefined : '这是匿名举报，没有留下举报人的信息'
    return isStep(verb) ? stateObstacle(row.state, verb) : undefined
  },
}

export async function loadTip(db: EntityManager, id: string, lock: boolean): Promise<TipRow | null> {
  const row = await rowBy(db, Tip, { id }, { lock })
  return row && Object.assign(row, { accusedIds: await accusedOf(db, row) })
}

/** The firms of that credit code or of just that name. */
export async function accusedOf(
  db: EntityManager,
  { creditCode, firmName }: Pick<Tip, 'creditCode' | 'firmName'>,
): Promise<string[]> {
  const rows = (await db.query('SELECT e.id FROM enterprise e WHERE e.creditCode = ? OR e.name = ?', [
    creditCode ?? '',
    firmName,
  ])) as { id: string }[]
  return rows.map(({ id }) => id)
}

/** Everybody who belongs to one of these firms. */
export async function tiedTo(db: EntityManager, enterpriseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const ties = await rowsBy(db, Membership, { enterpriseId: [...enterpriseIds], state: 'verified' })
  return new Set(ties.map(({ personId }) => personId))
}
