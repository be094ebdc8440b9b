/** What an actor may reach with a verb: the policy's cells turned into grants, and grants into a yes or into SQL. */
import type { Actor, Grant } from '../people/actor.js'
import type { Scope } from '../people/roles.js'
import { policy, type PolicyName } from '../policy.js'

export interface Condition {
  sql: string
  params: unknown[]
}

/** A scope said twice, once for a row in hand and once for a query; a property test holds the two together. */
export interface ScopeRule<Row> {
  holds(grant: Grant, row: Row): boolean
  where(grant: Grant): Condition
}
export type ScopeTable<Row> = Partial<Record<Scope, ScopeRule<Row>>>

/** Everything the actor's roles grant them for a verb; empty where they may not at all. */
export function grantsOf(actor: Actor, verb: PolicyName): Grant[] {
  const line = policy[verb]
  const base = {
    personId: actor.personId,
    enterpriseIds: actor.enterpriseIds,
    ownPostIds: [...actor.holdings.map((holding) => holding.postId), ...actor.formerPostIds],
    ownUnitIds: actor.holdings.map((holding) => holding.unitId),
    postId: null,
    unitId: null,
    absentPostIds: [],
  }
  const grants: Grant[] = []
  for (const scope of line.anyone ?? []) grants.push({ ...base, scope, role: 'anyone' })
  if (actor.personId !== null) {
    for (const scope of line.enterprise ?? []) grants.push({ ...base, scope, role: 'enterprise' })
  }
  for (const { role, postId, unitId, absentPostIds } of actor.holdings) {
    for (const scope of line[role] ?? []) grants.push({ ...base, scope, role, postId, unitId, absentPostIds })
  }
  return grants
}

/** The first grant under which the row may be reached. */
export function grantFor<Row>(grants: Grant[], table: ScopeTable<Row>, row: Row): Grant | undefined {
  return grants.find((grant) => table[grant.scope]?.holds(grant, row) ?? false)
}

/** One condition a grant: lists read each through its own index and unite them. */
export function conditionsOf<Row>(grants: Grant[], table: ScopeTable<Row>): Condition[] {
  return grants.flatMap((grant) => {
    const rule = table[grant.scope]
    return rule ? [rule.where(grant)] : []
  })
}

/** `column IN (?, …)`, false for an empty list. */
export function among(column: string, values: readonly unknown[]): Condition {
  if (values.length === 0) return { sql: '1 = 0', params: [] }
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, params: [...values] }
}
