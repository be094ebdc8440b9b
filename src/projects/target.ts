/** Who reaches a project: each scope for a row in hand and for a query, where the project is `p`. */
import type { EntityManager } from 'typeorm'
import { rowBy } from '../database/rows.js'
import { among, type Condition, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { officersOf } from './care.js'
import { Project } from './project.js'

/** Any of the three officers is one of the posts. */
function inCharge(postIds: readonly string[]): Condition {
  const columns = ['p.officerPostId', 'p.branchLeaderPostId', 'p.cityLeaderPostId'].map((one) => among(one, postIds))
  return { sql: `(${columns.map(({ sql }) => sql).join(' OR ')})`, params: columns.flatMap(({ params }) => params) }
}

const inUnit: ScopeRule<Project> = {
  holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
  where: (grant) => among('p.unitId', grant.unitId === null ? [] : [grant.unitId]),
}

export const projectScopes: ScopeTable<Project> = {
  enterprise: {
    holds: (grant, row) => row.enterpriseId !== null && grant.enterpriseIds.includes(row.enterpriseId),
    where: (grant) => among('p.enterpriseId', grant.enterpriseIds),
  },
  assigned: {
    holds: (grant, row) => grant.postId !== null && officersOf(row).includes(grant.postId),
    where: (grant) => inCharge(grant.postId === null ? [] : [grant.postId]),
  },
  standIn: {
    holds: (grant, row) => officersOf(row).some((id) => grant.absentPostIds.includes(id)),
    where: (grant) => inCharge(grant.absentPostIds),
  },
  unit: inUnit,
  branch: inUnit,
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
}

export const projectTarget: Target<Project> = {
  seenBy: 'project.read',
  scopes: projectScopes,
  load: (db: EntityManager, id, lock) => rowBy(db, Project, { id }, { lock }),
}
