/** The way of every verb: who, what, may they, is it time, do it, write it down, reply. */

import type { EntityManager } from 'typeorm'
import { type Act, beginAct } from '../audit/act.js'
import { enqueue } from '../audit/queue.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import { contract, type Input, type Verb } from '../contract.js'
import { snapshot } from '../database/snapshot.js'
import { reread, transact } from '../database/transaction.js'
import type { House } from '../house.js'
import { consequencesOf } from '../jobs.js'
import { type Actor, loadActor, nobody } from '../people/actor.js'
import { Problem } from '../problem.js'
import { verbs } from '../verbs.js'
import { claimKey, discreetUse, keepAnswer, type KeyUse, keyUse } from './idempotency.js'
import { parseInput } from './input.js'
import { grantFor, grantsOf } from './scopes.js'
import type { Call, Definition, Served } from './serve.js'
import { hashToken } from './token.js'

export interface Request {
  verb: Verb
  /** The bearer token as sent, undefined when there is none. */
  token: string | undefined
  /** The input before validation. */
  raw: unknown
  key: string | undefined
  address: string
}

/** The person behind the token. @throws Problem unauthenticated when the token is not (or no longer) good */
export async function identify(house: House, token: string | undefined): Promise<Actor> {
  if (token === undefined) return nobody
  const now = house.now()
  const actor = await reread(() => loadActor(house.ds.manager, hashToken(token), now, dateOf(now)))
  if (!actor) throw new Problem('unauthenticated', { title: '登录已过期，请重新登录' })
  return actor
}

/** Answers a verb: the JSON text of its view. */
export async function dispatch(
  house: House,
  request: Request,
  admit: (actor: Actor) => Promise<void>,
): Promise<string> {
  const terms = contract[request.verb]
  const definition: Served = verbs[request.verb]
  const actor = await identify(house, request.token).catch(async (error: unknown) => {
    // Who tries tokens is counted like everybody else.
    await admit(nobody)
    throw error
  })
  await admit(actor)
  const grants = grantsOf(actor, request.verb)
  if (grants.length === 0) throw new Problem(actor.personId === null ? 'unauthenticated' : 'forbidden')
  const input = parseInput(terms.input, request.raw) as Input<Verb>
  const now = house.now()
  const shared = { verb: request.verb, actor, input, now, know: house.know, address: request.address }
  const prepared = await definition.prepare?.({ ...shared, outside: house.outside, house })

  if (terms.kind === 'query') {
    const read = async (db: EntityManager) => {
      const call = await reach(definition, { ...shared, db, grants, prepared, target: undefined }, false)
      return definition.handle(call)
    }
    // A row with its parts is as it was at one moment, whoever works on it meanwhile.
    const isOfOneMoment = definition.target !== undefined || definition.isOfOneMoment
    const output = isOfOneMoment ? await snapshot(house.ds, read) : await reread(() => read(house.ds.manager))
    return reply(house, request.verb, output)
  }

  const use = definition.isUnrepeatable ? undefined : useOf(house, definition, actor, request, input)
  const actorId = definition.isDiscreet ? null : actor.personId
  const revised = new Set<string>()
  const work = async (db: EntityManager) => {
    const auditKey = house.know.keyring.purposeKey('audit')
    const act: Act = { verb: request.verb, personId: actorId, postId: null, now, auditKey, revised }
    if (definition.isDiscreet) Object.assign(act, { now: instantAt(dateOf(now)), isDiscreet: true })
    beginAct(db, act)
    const first = use && (await claimKey(db, use, act.now, house.know.keyring))
    // Also by ourselves, a moment ago: then what it revised still stands in `revised`.
    if (first !== undefined) return first
    revised.clear()
    const call = await reach(definition, { ...shared, db, grants, prepared, target: undefined }, true)
    if (!definition.isDiscreet) act.postId = call.grants[0]?.postId ?? null
    // Whoever waited for the row comes, also by the clock, after those who had it before.
    call.now = house.now()
    act.now = definition.isDiscreet ? instantAt(dateOf(call.now)) : call.now
    const output = await definition.handle(call)
    const event = {
      input,
      output,
      target: call.target,
      actor: definition.isDiscreet ? undefined : actor,
      now: call.now,
    }
    await enqueue(db, consequencesOf(request.verb, event), call.now)
    const text = reply(house, request.verb, output)
    if (use) await keepAnswer(db, use, text, house.know.keyring)
    return text
  }
  const answer = await transact(house.ds, work, { isRepeatable: use !== undefined })
  if (revised.size > 0) await house.refresh(revised)
  house.kick()
  return answer
}

/** What the request's key stands for; undefined where nothing is settled by it. */
function useOf(
  house: House,
  { isDiscreet }: Served,
  { personId }: Actor,
  { verb, key }: Request,
  input: unknown,
): KeyUse | undefined {
  if (key === undefined) return undefined
  if (isDiscreet) return discreetUse(house.know, personId, verb, key, input)
  return personId === null ? undefined : keyUse(personId, verb, key, input)
}

type AnyCall = Call<Verb, unknown, unknown>

/** Loads the target, locked for a command, and asks policy, version and state in this order: 404, 403, 409. */
async function reach(definition: Definition<Verb, unknown, unknown>, call: AnyCall, lock: boolean): Promise<AnyCall> {
  const { target } = definition
  if (!target) return call
  const input = call.input as { id?: string; version?: number }
  const id = definition.targetId?.(call.input) ?? input.id
  const row = id === undefined ? null : await target.load(call.db, id, lock)
  if (row === null || !grantFor(grantsOf(call.actor, target.seenBy), target.scopes, row)) throw new Problem('notFound')
  const grants = call.grants.filter((grant) => target.scopes[grant.scope]?.holds(grant, row))
  if (grants.length === 0) throw new Problem('forbidden')
  const seen = (await target.asSeen?.(row, call)) ?? row
  if (input.version !== undefined && (seen as { version?: number }).version !== input.version)
    throw new Problem('stale')
  const obstacle = target.obstacle?.(seen, call.verb) ?? target.obstacle?.(row, call.verb)
  if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
  return { ...call, target: row, grants }
}

/** Output is checked against the contract: always for commands and in tests, now and then for queries in production. */
function reply(house: House, verb: Verb, output: unknown): string {
  const terms = contract[verb]
  if (terms.kind === 'command' || house.config.checksEveryAnswer || Math.random() < 0.01) {
    const result = terms.output.safeParse(output)
    if (!result.success)
      throw new Error(`${verb} answered what its contract does not allow: ${paths(result.error.issues)}`)
  }
  return JSON.stringify(output)
}

const paths = (issues: { path: PropertyKey[]; message: string }[]) =>
  issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ')
