/** Who reaches a line of the rejection register: never whom the declined complaint is about. In SQL it is `j`. */
import { forUpdate } from '../database/transaction.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { aboutOf, isKeptFrom, notAbout } from './accused.js'
import { Rejection } from './rejection.js'
import { reviewObstacle } from './rejectionStates.js'

const notTheAccused = (rule: ScopeRule<Rejection>): ScopeRule<Rejection> => ({
  holds: (grant, row) =>
    rule.holds(grant, row) && !isKeptFrom(grant, row.about ?? { aboutUnitId: null, aboutPostId: null }),
  where(grant): Condition {
    const [reach, others] = [rule.where(grant), notAbout(grant, 'j.caseId')]
    return { sql: `${reach.sql} AND ${others.sql}`, params: [...reach.params, ...others.params] }
  },
})

export const rejectionScopes: ScopeTable<Rejection> = {
  branch: notTheAccused({
    holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
    where: (grant) => among('j.unitId', grant.unitId === null ? [] : [grant.unitId]),
  }),
  all: notTheAccused({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
}

export const rejectionTarget: Target<Rejection> = {
  seenBy: 'rejection.list',
  scopes: rejectionScopes,
  async load(db, id, lock) {
    const row = await db.findOne(Rejection, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
    const about = row?.caseId && (await aboutOf(db, [row.caseId])).get(row.caseId)
    if (row && about) row.about = about
    return row
  },
  obstacle: (row, verb) => reviewObstacle(row.state, verb),
}
