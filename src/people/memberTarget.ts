/** Who decides on a membership: the clerk, or the officer of one of the firm's projects. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import { among, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { isOver, Membership } from './membership.js'

/** A membership with the officers of the firm's projects. */
export type MemberRow = Membership & { projectPostIds: string[] }

const ofProjects = (postIds: readonly string[]) => {
  const { sql, params } = among('p.officerPostId', postIds)
  return { sql: `m.enterpriseId IN (SELECT p.enterpriseId FROM project p WHERE ${sql})`, params }
}

/** Nobody vouches for themselves. */
const notOwn = (rule: ScopeRule<MemberRow>): ScopeRule<MemberRow> => ({
  holds: (grant, row) => row.personId !== grant.personId && rule.holds(grant, row),
  where(grant) {
    const reach = rule.where(grant)
    return { sql: `m.personId <> ? AND ${reach.sql}`, params: [grant.personId ?? '', ...reach.params] }
  },
})

/** In SQL the membership is `m`. */
export const memberScopes: ScopeTable<MemberRow> = {
  all: notOwn({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
  assigned: notOwn({
    holds: (grant, row) => grant.postId !== null && row.projectPostIds.includes(grant.postId),
    where: (grant) => ofProjects(grant.postId === null ? [] : [grant.postId]),
  }),
  standIn: notOwn({
    holds: (grant, row) => grant.absentPostIds.some((id) => row.projectPostIds.includes(id)),
    where: (grant) => ofProjects(grant.absentPostIds),
  }),
}

export const memberTarget: Target<MemberRow> = {
  seenBy: 'enterprise.members',
  scopes: memberScopes,
  async load(db, id, lock) {
    const row = await db.findOne(Membership, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
    return row && Object.assign(row, { projectPostIds: await officersOf(db, row.enterpriseId) })
  },
  /** Who has left, or was refused, asks again themselves first. */
  obstacle: (row, verb) =>
    verb === 'enterprise.verifyMember' && isOver(row.state) ? '这位已经退出或未通过核实，请等本人重新申请' : undefined,
}

async function officersOf(db: EntityManager, enterpriseId: string): Promise<string[]> {
  const rows = (await db.query(
    'SELECT DISTINCT officerPostId FROM project WHERE enterpriseId = ? AND officerPostId IS NOT NULL',
    [enterpriseId],
  )) as { officerPostId: string }[]
  return rows.map((row) => row.officerPostId)
}
