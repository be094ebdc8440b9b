/** Who reaches a rectification: never the person whom the bad rating, or the complaint, is about. In SQL it is `r`. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { aboutOf, isKeptFrom, notAbout } from './accused.js'
import { Rectification } from './rectification.js'

/** 差评由被评价人以外的人处理；投诉不让被投诉的人和单位看到. */
const notTheRated = (rule: ScopeRule<Rectification>): ScopeRule<Rectification> => ({
  holds: (grant, row) =>
    rule.holds(grant, row) &&
    (row.ratedPostId === null || !grant.ownPostIds.includes(row.ratedPostId)) &&
    !isKeptFrom(grant, row.about ?? { aboutUnitId: null, aboutPostId: null }),
  where(grant): Condition {
    const reach = rule.where(grant)
    const own = among('r.ratedPostId', grant.ownPostIds)
    const others = notAbout(grant, 'r.caseId')
    return {
      sql: `${reach.sql} AND (r.ratedPostId IS NULL OR NOT ${own.sql}) AND ${others.sql}`,
      params: [...reach.params, ...own.params, ...others.params],
    }
  },
})

export const rectificationScopes: ScopeTable<Rectification> = {
  assigned: notTheRated({
    holds: (grant, row) => grant.postId !== null && row.handlerPostId === grant.postId,
    where: (grant) => among('r.handlerPostId', grant.postId === null ? [] : [grant.postId]),
  }),
  branch: notTheRated({
    holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
    where: (grant) => among('r.unitId', grant.unitId === null ? [] : [grant.unitId]),
  }),
  all: notTheRated({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
}

/** Puts whom the case complains about beside each row. */
export async function withAbout(db: EntityManager, rows: readonly Rectification[]): Promise<void> {
  const about = await aboutOf(
    db,
    rows.map((row) => row.caseId),
  )
  for (const row of rows) row.about = about.get(row.caseId) ?? { aboutUnitId: null, aboutPostId: null }
}

/** Verb → the state it needs. */
const steps: Record<string, Rectification['state']> = {
  'rectification.verify': 'assigned',
  'rectification.resolve': 'verified',
  'rectification.callBack': 'resolved',
}

const sentences: Record<Rectification['state'], string> = {
  assigned: '这件差评还没有核实',
  verified: '这件差评已经核实，正在整改',
  resolved: '这件差评已经整改，等待回访',
  closed: '这件差评已经办结',
}

const awaitsDecision = ({ appealedOn, appealResult }: Rectification) => appealedOn !== null && appealResult === null

export const rectificationTarget: Target<Rectification> = {
  seenBy: 'rectification.read',
  scopes: rectificationScopes,
  async load(db, id, lock) {
    const row = await db.findOne(Rectification, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
    if (row) await withAbout(db, [row])
    return row
  },
  obstacle(row, verb) {
    if (verb === 'rectification.decideAppeal') return awaitsDecision(row) ? undefined : '没有等待复核的申诉'
    return steps[verb] === undefined || steps[verb] === row.state ? undefined : sentences[row.state]
  },
}
