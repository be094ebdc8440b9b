/** What the actor could do with a row now: pages draw their buttons from it. */
import type { Verb } from '../contract.js'
import type { Actor } from '../people/actor.js'
import { grantFor, grantsOf } from './scopes.js'
import type { Target } from './serve.js'

/** Those of the candidates that policy and state allow. */
export function possible<Row>(actor: Actor, target: Target<Row>, row: Row, candidates: readonly Verb[]): Verb[] {
  return candidates.filter(
    (verb) =>
      target.obstacle?.(row, verb) === undefined &&
      grantFor<Row>(grantsOf(actor, verb), target.scopes, row) !== undefined,
  )
}

/** Those of the candidates that policy allows, where they act on no row. */
export const granted = (actor: Actor, candidates: readonly Verb[]): Verb[] =>
  candidates.filter((verb) => grantsOf(actor, verb).length > 0)
