/** Who reaches an application: each scope for a row in hand and for a query, where the application is `a`. */
import { forUpdate } from '../database/transaction.js'
import { among, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { Application } from './application.js'
import { obstacleOf } from './rules.js'
import { type ApplicationStep, transitions } from './states.js'

export type Reached = Pick<Application, 'enterpriseId' | 'unitId' | 'receivedByPostId'>

const inUnit: ScopeRule<Reached> = {
  holds: (grant, row) => row.unitId === grant.unitId,
  where: (grant) => among('a.unitId', grant.unitId === null ? [] : [grant.unitId]),
}

export const applicationScopes: ScopeTable<Reached> = {
  enterprise: {
    holds: (grant, row) => grant.enterpriseIds.includes(row.enterpriseId),
    where: (grant) => among('a.enterpriseId', grant.enterpriseIds),
  },
  standIn: {
    holds: (grant, row) => grant.absentPostIds.includes(row.receivedByPostId),
    where: (grant) => among('a.receivedByPostId', grant.absentPostIds),
  },
  unit: inUnit,
  branch: inUnit,
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
}

const isStep = (verb: string): verb is ApplicationStep => Object.hasOwn(transitions, verb)

export const applicationTarget: Target<Application> = {
  seenBy: 'application.read',
  scopes: applicationScopes,
  load: (db, id, lock) => db.findOne(Application, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) }),
  obstacle: (row, verb) => (isStep(verb) ? obstacleOf(row, verb) : undefined),
}
