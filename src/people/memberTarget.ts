/** Who decides on a membership: the clerk, or the officer of one of the firm's projects. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import { among, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { Membership } from './membership.js'

/** A membership with the officers of the firm's projects. */
export type MemberRow = Membership & { projectPostIds: string[] }

const ofProjects = (postIds: readonly string[]) => {
  const { sql, params } = among('p.officerPostId', postIds)
  return { sql: `m.enterpriseId IN (SELECT p.enterpriseId FROM project p WHERE ${sql})`, params }
}

/** In SQL the membership is `m`. */
export const memberScopes: ScopeTable<MemberRow> = {
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
  assigned: {
    holds: (grant, row) => grant.postId !== null && row.projectPostIds.includes(grant.postId),
    where: (grant) => ofProjects(grant.postId === null ? [] : [grant.postId]),
  },
  standIn: {
    holds: (grant, row) => grant.absentPostIds.some((id) => row.projectPostIds.includes(id)),
    where: (grant) => ofProjects(grant.absentPostIds),
  },
}

export const memberTarget: Target<MemberRow> = {
  seenBy: 'enterprise.members',
  scopes: memberScopes,
  async load(db, id, lock) {
    const row = await db.findOne(Membership, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
    return row && Object.assign(row, { projectPostIds: await officersOf(db, row.enterpriseId) })
  },
}

async function officersOf(db: EntityManager, enterpriseId: string): Promise<string[]> {
  const rows = (await db.query(
    'SELECT DISTINCT officerPostId FROM project WHERE enterpriseId = ? AND officerPostId IS NOT NULL',
    [enterpriseId],
  )) as { officerPostId: string }[]
  return rows.map((row) => row.officerPostId)
}
