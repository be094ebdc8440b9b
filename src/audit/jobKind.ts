/** What a kind of job is: what it marks first, what it does outside, and what it changes with us. */
import type { EntityManager } from 'typeorm'
import type { House, Knowledge, Outside } from '../house.js'

export interface JobCall<P> {
  db: EntityManager
  payload: P
  attempt: number
  now: Date
  know: Knowledge
}

export interface OutsideCall<P, C> {
  payload: P
  claimed: C
  now: Date
  know: Knowledge
  outside: Outside
  house: House
}

/**
 * A kind of job. Only `handle`: the effect on our own data happens exactly once, with the job's settlement.
 * With `outside`: `claim` first commits what must be known if we die on the way (undefined ends the job),
 * then `outside` does its I/O, then `handle` writes the result down. `handle`'s answer feeds what follows.
 */
export interface JobDefinition<P, C = undefined, R = undefined> {
  /**
   * It follows at once from something of which nobody may learn the moment: the trail has only the day, and a job that is
   * done leaves no row.
   */
  isDiscreet?: boolean
  claim?(call: JobCall<P>): Promise<C | undefined>
  outside?(call: OutsideCall<P, C>): Promise<R>
  handle(call: JobCall<P> & { claimed: C; result: R }): Promise<unknown>
}

// oxlint-disable-next-line typescript/no-explicit-any
export type AnyJob = JobDefinition<any, any, any>

export const job = <P, C = undefined, R = undefined>(definition: JobDefinition<P, C, R>): AnyJob => definition

/** A failure that no retry can mend: the job is dead at once. */
export class Hopeless extends Error {}
