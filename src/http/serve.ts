/** The server's side of a verb: where its target comes from, what it must learn outside first, and what it does. */
import type { EntityManager } from 'typeorm'
import type { Input, Output, Verb } from '../contract.js'
import type { House, Knowledge, Outside } from '../house.js'
import type { Actor, Grant } from '../people/actor.js'
import type { PolicyName } from '../policy.js'
import type { ScopeTable } from './scopes.js'

/** A kind of row that verbs act on: how it is loaded, who sees it, and which states allow what. */
export interface Target<Row> {
  /** The row, locked for the transaction when `lock` is set, or null. */
  load(db: EntityManager, id: string, lock: boolean): Promise<Row | null>
  scopes: ScopeTable<Row>
  /** The verb whose policy line says who sees such a row at all. */
  seenBy: PolicyName
  /** The row as whoever asks may know it: by it they are told that they are late, and what stands in the way. */
  asSeen?(row: Row, reader: { db: EntityManager; actor: Actor; now: Date }): Promise<Row>
  /** Why the verb cannot be done in the row's present state; undefined where it can. */
  obstacle?(row: Row, verb: Verb): string | undefined
}

/** Bytes made ready before the request came: sent as they are. */
export interface Ready {
  body: Buffer
  gzip: Buffer
  /** Where it is worth its time: files that are many times larger than an answer. */
  brotli?: Buffer
  etag: string
}

export interface Call<V extends Verb, Row = undefined, Prepared = undefined> {
  verb: V
  db: EntityManager
  actor: Actor
  /** What the actor's roles grant for this verb; for a target, only those that reach it. */
  grants: Grant[]
  input: Input<V>
  prepared: Prepared
  target: Row
  now: Date
  know: Knowledge
  address: string
}

export interface Preparation<V extends Verb> {
  input: Input<V>
  actor: Actor
  now: Date
  know: Knowledge
  outside: Outside
  house: House
}

export interface Definition<V extends Verb, Row, Prepared> {
  target?: Target<Row>
  /** Where the target's id stands in the input, if it is not `id`. */
  targetId?(input: Input<V>): string
  /** Everything that talks to WeChat, hashes or works on images: before the transaction. */
  prepare?(preparation: Preparation<V>): Promise<Prepared>
  handle(call: Call<V, Row, Prepared>): Promise<Output<V>>
  /** Public answers made ready: tried before anything else, `undefined` where there are none. */
  ready?(input: Input<V>, know: Knowledge, now: Date): Ready | undefined
  /** A query without target whose readings belong together: all as of one moment. */
  isOfOneMoment?: boolean
  /** Not settled by idempotency key: the answer holds a secret that is not kept. */
  isUnrepeatable?: boolean
  /**
   * Nobody may learn who did it, nor at what moment: the trail names no actor and only the day, the idempotency record
   * no person, the log no verb. Also for who has not logged in, a key is settled.
   */
  isDiscreet?: boolean
}

/** A definition whose inner types are its own business. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Served = Definition<any, any, any>

/** Binds a definition to its verb, so that input, output, target and preparation agree. */
export function serve<V extends Verb, Row = undefined, Prepared = undefined>(
  _verb: V,
  definition: Definition<V, Row, Prepared>,
): Served {
  return definition
}
