/** Holds every scope's two halves together: for random posts, absences and memberships, what the predicate lets through is what SQL finds. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { dateOf } from '../src/calendar/dates.js'
import type { Verb } from '../src/contract.js'
import { conditionsOf, grantFor, grantsOf } from '../src/http/scopes.js'
import type { Target } from '../src/http/serve.js'
import { hashToken } from '../src/http/token.js'
import { Absence } from '../src/people/absence.js'
import { type Actor, type Grant, loadActor } from '../src/people/actor.js'
import { Membership } from '../src/people/membership.js'
import { Post } from '../src/people/post.js'
import { type Scope, staffRoles } from '../src/people/roles.js'
import type { World } from './world.js'

const uuids = (kind: number, count: number) =>
  Array.from({ length: count }, (_, n) => `0197000${kind}-0000-7000-8000-00000000000${n}`)

/** What rows may refer to; small, so that they often meet. */
export const pool = {
  posts: uuids(1, 6),
  units: ['tiexi', 'heping', 'approval'],
  firms: uuids(2, 3),
  rows: uuids(3, 8),
}
const someOf = (values: readonly string[]) => fc.constantFrom(...values)
/** One of the values, or none. */
export const maybe = (values: readonly string[]) => fc.option(someOf(values), { nil: null })

/** Everything that decides what one person may reach. */
export interface Cast {
  posts: { unitId: string; role: Post['role']; isActive: boolean; isMine: boolean }[]
  absences: { postId: string; standInPostId: string; fromOn: string; toOn: string; isCancelled: boolean }[]
  memberships: { enterpriseId: string; state: Membership['state'] }[]
}

/** Around 2026-11-23, the day on which the world begins. */
const days = ['2026-11-20', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-27']

export const cast: fc.Arbitrary<Cast> = fc.record({
  posts: fc.array(
    fc.record({
      unitId: someOf(pool.units),
      role: fc.constantFrom(...staffRoles),
      isActive: fc.boolean(),
      isMine: fc.boolean(),
    }),
    { minLength: pool.posts.length, maxLength: pool.posts.length },
  ),
  absences: fc.array(
    fc.record({
      postId: someOf(pool.posts),
      standInPostId: someOf(pool.posts),
      fromOn: someOf(days),
      toOn: someOf(days),
      isCancelled: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  memberships: fc.uniqueArray(
    fc.record({
      enterpriseId: someOf(pool.firms),
      state: fc.constantFrom('pending', 'verified', 'refused', 'left'),
    }),
    { selector: ({ enterpriseId }) => enterpriseId },
  ),
})

/** Puts the cast in place of whoever was there, and reads the person `subject` as a request would. */
export async function play(w: World, { posts, absences, memberships }: Cast): Promise<Actor> {
  const { manager } = w.service.house.ds
  const subject = await w.as('subject')
  const { id: personId } = await subject.call('session.me', {})
  for (const entity of [Post, Absence, Membership]) await manager.clear(entity)
  const head = { version: 1, auditHead: '' }
  await manager.insert(
    Post,
    posts.map(({ isMine, ...post }, n) => ({
      ...head,
      ...post,
      id: pool.posts[n] as string,
      name: `演示${n}`,
      title: null,
      workPhone: null,
      phoneHash: String(n),
      personId: isMine ? personId : null,
      handles: null,
      isDuty: false,
    })),
  )
  const numbered = <T>(kind: number, values: readonly T[]) =>
    values.map((value, n) => ({ ...head, ...value, id: uuids(kind, values.length)[n] as string }))
  if (absences.length > 0) await manager.insert(Absence, numbered(4, absences))
  if (memberships.length > 0) {
    const rest = { personId, title: null, createdAt: w.now(), decidedByPostId: null }
    await manager.insert(
      Membership,
      numbered(5, memberships).map((one) => ({ ...one, ...rest })),
    )
  }
  const actor = await loadActor(manager, hashToken(subject.token ?? ''), w.now(), dateOf(w.now()))
  assert.ok(actor)
  return actor
}

/** How often each scope let a row through, and kept one out: a property that only ever saw one of them proves nothing. */
export type Tally = Map<Scope, { in: number; out: number }>

interface Subject<Row> {
  target: Target<Row>
  /** Table and alias as the scopes' conditions name it. */
  from: string
  /** The id's column, with its alias. */
  id: string
  ids: readonly string[]
  /** Verbs whose united grants are compared as well. */
  verbs: readonly Verb[]
}

/** @throws AssertionError where a scope's predicate and its condition, or a verb's united grants, do not pick the same rows */
export async function assertAgreement<Row>(
  w: World,
  actor: Actor,
  { target, from, id, ids, verbs }: Subject<Row>,
  tally: Tally = new Map(),
): Promise<void> {
  const { manager } = w.service.house.ds
  const rows = new Map<string, Row>()
  for (const one of ids) {
    const row = await target.load(manager, one, false)
    assert.ok(row, `row ${one} is missing`)
    rows.set(one, row)
  }
  const compare = async (grants: Grant[], name: string) => {
    const conditions = conditionsOf(grants, target.scopes)
    const where = conditions.map(({ sql }) => `(${sql})`).join(' OR ') || '1 = 0'
    const found = (await manager.query(
      `SELECT ${id} AS id FROM ${from} WHERE ${where} ORDER BY ${id}`,
      conditions.flatMap(({ params }) => params),
    )) as { id: string }[]
    const held = [...rows].flatMap(([one, row]) => (grantFor(grants, target.scopes, row) ? [one] : []))
    assert.deepEqual(
      found.map((row) => row.id).filter((one) => rows.has(one)),
      held.sort(),
      name,
    )
    return held.length
  }
  for (const scope of Object.keys(target.scopes) as Scope[]) {
    for (const grant of grantsWith(actor, scope)) {
      const held = await compare([grant], `${scope} of ${grant.role}`)
      const count = tally.get(scope) ?? { in: 0, out: 0 }
      tally.set(scope, { in: count.in + held, out: count.out + rows.size - held })
    }
  }
  for (const verb of verbs) await compare(grantsOf(actor, verb), verb)
}

/** The scope as a person's own, and with each of the posts. */
function grantsWith(actor: Actor, scope: Scope): Grant[] {
  const base = {
    scope,
    personId: actor.personId,
    enterpriseIds: actor.enterpriseIds,
    ownPostIds: [...actor.holdings.map(({ postId }) => postId), ...actor.formerPostIds],
    ownUnitIds: actor.holdings.map(({ unitId }) => unitId),
  }
  return [
    { ...base, role: 'enterprise', postId: null, unitId: null, absentPostIds: [] },
    ...actor.holdings.map(({ role, postId, unitId, absentPostIds }) => ({
      ...base,
      role,
      postId,
      unitId,
      absentPostIds,
    })),
  ]
}

/** Every scope but `all` has let rows through and kept rows out. */
export function assertBothSeen(tally: Tally, scopes: readonly Scope[]): void {
  for (const scope of scopes) {
    const count = tally.get(scope)
    assert.ok(count && count.in > 0, `${scope} never let a row through`)
    assert.ok(scope === 'all' || count.out > 0, `${scope} never kept a row out`)
  }
}
