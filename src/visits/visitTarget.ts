/** Who reaches a visit: each scope for a row in hand and for a query, where the visit is `v`. */
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { obstacleOf } from './states.js'
import { Visit } from './visit.js'
import { VisitEnterprise } from './visitEnterprise.js'
import { VisitStaff } from './visitStaff.js'

/** A visit with its firms' parts and the posts of its officials. */
export type VisitRow = Visit & { firms: VisitEnterprise[]; staffIds: string[] }

const withOfficials = (postIds: readonly string[]): Condition => {
  const { sql, params } = among('s.postId', postIds)
  return { sql: `v.id IN (SELECT s.visitId FROM visit_staff s WHERE ${sql})`, params }
}

const inUnit: ScopeRule<VisitRow> = {
  holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
  where: (grant) => among('v.unitId', grant.unitId === null ? [] : [grant.unitId]),
}

export const visitScopes: ScopeTable<VisitRow> = {
  enterprise: {
    holds: (grant, row) => row.firms.some((firm) => grant.enterpriseIds.includes(firm.enterpriseId)),
    where(grant) {
      const { sql, params } = among('f.enterpriseId', grant.enterpriseIds)
      return { sql: `v.id IN (SELECT f.visitId FROM visit_enterprise f WHERE ${sql})`, params }
    },
  },
  assigned: {
    holds: (grant, row) => grant.postId !== null && row.staffIds.includes(grant.postId),
    where: (grant) => withOfficials(grant.postId === null ? [] : [grant.postId]),
  },
  standIn: {
    holds: (grant, row) => grant.absentPostIds.some((id) => row.staffIds.includes(id)),
    where: (grant) => withOfficials(grant.absentPostIds),
  },
  unit: inUnit,
  branch: inUnit,
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
}

export const visitTarget: Target<VisitRow> = {
  seenBy: 'visit.read',
  scopes: visitScopes,
  load: loadVisit,
  obstacle: (row, verb) => obstacleOf(row.state, row.firms, verb),
}

export async function loadVisit(db: EntityManager, id: string, lock: boolean): Promise<VisitRow | null> {
  const visit = await db.findOne(Visit, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
  const [row] = visit ? await withParties(db, [visit]) : []
  return row ?? null
}

/** The visits with their firms and officials, in the same order. */
export async function withParties(db: EntityManager, visits: readonly Visit[]): Promise<VisitRow[]> {
  if (visits.length === 0) return []
  const visitId = In(visits.map((visit) => visit.id))
  const firms = await db.find(VisitEnterprise, { where: { visitId }, order: { id: 'ASC' } })
  const staff = await db.find(VisitStaff, { where: { visitId }, order: { id: 'ASC' } })
  return visits.map((visit) =>
    Object.assign(visit, {
      firms: firms.filter((firm) => firm.visitId === visit.id),
      staffIds: staff.filter((one) => one.visitId === visit.id).map((one) => one.postId),
    }),
  )
}
