/** Who reaches a lead: each scope for a row in hand and for a query, where the lead is `l`. */
import { forUpdate } from '../database/transaction.js'
import { grantsOf, type ScopeRule, type ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import type { Actor } from '../people/actor.js'
import { Lead } from './lead.js'
import { type LeadStep, stateObstacle, transitions } from './states.js'

export type Reached = Pick<Lead, 'unitId' | 'state' | 'sentOn'>

/** Until it is handed over, a lead is the enforcement team's own. */
const handedTo: ScopeRule<Reached> = {
  holds: (grant, row) => row.unitId === grant.unitId && row.sentOn !== null,
  where: (grant) => ({ sql: 'l.unitId = ? AND l.sentOn IS NOT NULL', params: [grant.unitId ?? ''] }),
}

export const leadScopes: ScopeTable<Reached> = {
  unit: handedTo,
  branch: handedTo,
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
}

const isStep = (verb: string): verb is LeadStep => Object.hasOwn(transitions, verb)

export const leadTarget: Target<Lead> = {
  seenBy: 'lead.read',
  scopes: leadScopes,
  load: (db, id, lock) => db.findOne(Lead, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) }),
  obstacle: (row, verb) => (isStep(verb) ? stateObstacle(row.state, verb) : undefined),
}

/** 举报的事不让分局知道: a branch checks without hearing that somebody told of it. */
export const knowsTips = (actor: Actor): boolean => grantsOf(actor, 'lead.read').some(({ scope }) => scope === 'all')
