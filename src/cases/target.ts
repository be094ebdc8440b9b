/** Who reaches a case: each scope for a row in hand and for a query, where the case is `c`. */
import type { EntityManager } from 'typeorm'
import { rowBy, rowsBy } from '../database/rows.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { isKeptFrom } from './accused.js'
import { CaseShare } from './caseShare.js'
import { hasExpertReply } from './expertReply.js'
import { HelpCase } from './helpCase.js'
import { type CaseVerb, stateObstacle, transitions } from './states.js'

/** What decides who reaches a case. */
export type Reached = Pick<
  HelpCase,
  'createdBy' | 'enterpriseId' | 'unitId' | 'officerPostId' | 'category' | 'aboutUnitId' | 'aboutPostId' | 'shares'
>

/** 投诉不转给被投诉的人和单位，也不让他们看到: a complaint is kept from whom it is about. */
const notTheAccused = (rule: ScopeRule<Reached>): ScopeRule<Reached> => ({
  holds: (grant, row) => rule.holds(grant, row) && !isKeptFrom(grant, row),
  where(grant) {
    const reach = rule.where(grant)
    // Most have no post at all, and what is always true is better left out: it costs MariaDB its estimate.
    if (grant.ownPostIds.length === 0 && grant.ownUnitIds.length === 0) return reach
    const [byPost, byUnit] = [among('c.aboutPostId', grant.ownPostIds), among('c.aboutUnitId', grant.ownUnitIds)]
    return {
      sql: `${reach.sql} AND (c.aboutPostId IS NULL OR NOT ${byPost.sql}) AND (c.aboutUnitId IS NULL OR NOT ${byUnit.sql})`,
      params: [...reach.params, ...byPost.params, ...byUnit.params],
    }
  },
})

const equals = (column: string, value: unknown): Condition =>
  value === null ? { sql: '1 = 0', params: [] } : { sql: `${column} = ?`, params: [value] }

/** 投诉只由承办人和上级看: a complaint is not for the whole unit of its officer. */
const notComplaints = (rule: ScopeRule<Reached>): ScopeRule<Reached> => ({
  holds: (grant, row) => (grant.role !== 'officer' || row.category !== 'complaint') && rule.holds(grant, row),
  where(grant) {
    const reach = rule.where(grant)
    return grant.role === 'officer' ? { ...reach, sql: `${reach.sql} AND c.category <> 'complaint'` } : reach
  },
})

const shared = (how: CaseShare['how']): ScopeRule<Reached> => ({
  holds: (grant, row) => (row.shares ?? []).some((share) => share.how === how && share.unitId === grant.unitId),
  where: (grant) => ({
    sql: `c.id IN (SELECT s.caseId FROM case_share s WHERE s.unitId = ? AND s.how = '${how}')`,
    params: [grant.unitId],
  }),
})

const inUnit: ScopeRule<Reached> = {
  holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
  where: (grant) => equals('c.unitId', grant.unitId),
}

export const caseScopes: ScopeTable<Reached> = {
  own: {
    holds: (grant, row) => grant.personId !== null && row.createdBy === grant.personId,
    where: (grant) => equals('c.createdBy', grant.personId),
  },
  // Staff may belong to a firm too: what they wrote themselves they keep seeing as their own.
  enterprise: notTheAccused({
    holds: (grant, row) => row.enterpriseId !== null && grant.enterpriseIds.includes(row.enterpriseId),
    where: (grant) => among('c.enterpriseId', grant.enterpriseIds),
  }),
  assigned: notTheAccused({
    holds: (grant, row) => grant.postId !== null && row.officerPostId === grant.postId,
    where: (grant) => equals('c.officerPostId', grant.postId),
  }),
  standIn: notTheAccused({
    holds: (grant, row) => row.officerPostId !== null && grant.absentPostIds.includes(row.officerPostId),
    where: (grant) => among('c.officerPostId', grant.absentPostIds),
  }),
  unit: notComplaints(notTheAccused(inUnit)),
  branch: notTheAccused(inUnit),
  assisting: notTheAccused(shared('assisting')),
  handedOn: notComplaints(notTheAccused(shared('handedOn'))),
  all: notTheAccused({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
}

const isCaseVerb = (verb: string): verb is CaseVerb => Object.hasOwn(transitions, verb)

/** What a case's own fields forbid, besides its state. */
const obstacles: Partial<Record<CaseVerb, (row: HelpCase) => string | undefined>> = {
  'case.rate': (row) => (row.rating === null ? undefined : '这次办结已经评价过了'),
  'case.extend': (row) => (row.pendingExtension ? '已经申请延期，等待上级同意' : undefined),
  'case.agreeExtension': (row) => (row.pendingExtension ? undefined : '没有等待同意的延期申请'),
  'case.decline': (row) => (row.pendingDecline ? '已经提出不予办理，等待另一人同意' : undefined),
  'case.agreeDecline': (row) => (row.pendingDecline ? undefined : '没有等待同意的不予办理'),
  'case.proposeQuestion': (row) => {
    if (row.category === 'complaint') return '投诉不列入指南'
    return row.answeredAt !== null || hasExpertReply(row) ? undefined : '有了答复或专家组的意见，才能建议列入指南'
  },
  'case.answer': (row) => (row.pendingDecline ? '已经提出不予办理，等待另一人决定' : undefined),
}

export const caseTarget: Target<HelpCase> = {
  seenBy: 'case.read',
  scopes: caseScopes,
  load: loadCase,
  obstacle: (row, verb) => (isCaseVerb(verb) ? (stateObstacle(row.state, verb) ?? obstacles[verb]?.(row)) : undefined),
}

/** A case with the units that share it; locked for the transaction when `lock` is set. */
export async function loadCase(db: EntityManager, id: string, lock: boolean): Promise<HelpCase | null> {
  const row = await rowBy(db, HelpCase, { id }, { lock })
  if (row) row.shares = await rowsBy(db, CaseShare, { caseId: id })
  return row
}
