/** What leaves the server about rectifications. */
import { type EntityManager, In } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Input, Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition, conditionsOf } from '../http/scopes.js'
import type { Actor, Grant } from '../people/actor.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { appealView } from './appeal.js'
import { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { rectificationScopes, rectificationTarget, withAbout } from './rectificationTarget.js'
import { officerView } from './view.js'

type View = Output<'rectification.read'>
const candidates: Verb[] = [
  'rectification.verify',
  'rectification.resolve',
  'rectification.callBack',
  'rectification.decideAppeal',
]

export async function rectificationViews(
  db: EntityManager,
  actor: Actor,
  rows: readonly Rectification[],
): Promise<View[]> {
  const cases = await byId(
    db,
    HelpCase,
    rows.map((row) => row.caseId),
  )
  const ratings = await byId(
    db,
    Rating,
    rows.map((row) => row.ratingId),
  )
  const posts = await byId(
    db,
    Post,
    rows.flatMap((row) => [row.ratedPostId, row.handlerPostId]),
  )
  const units = await byId(
    db,
    Unit,
    [...posts.values()].map((post) => post.unitId),
  )
  return rows.map((row) => {
    const about = cases.get(row.caseId)
    return {
      id: row.id,
      case: { id: row.caseId, number: about?.number ?? '', title: about?.title ?? '' },
      state: row.state,
      score: row.score,
      text: ratings.get(row.ratingId)?.text ?? null,
      ratedOfficer: posts.get(row.ratedPostId ?? '')?.name ?? null,
      handler: officerView(posts.get(row.handlerPostId ?? ''), units),
      createdAt: toWireInstant(row.createdAt),
      verifyDueOn: row.verifyDueOn,
      resolveDueOn: row.resolveDueOn,
      verdict: row.verdict,
      finding: row.finding,
      verifiedOn: row.verifiedOn,
      measures: row.measures,
      resolvedOn: row.resolvedOn,
      callBack: row.callBack,
      calledBackOn: row.calledBackOn,
      isSatisfied: row.isSatisfied,
      appeal: appealView(row),
      secondScore: row.secondScore,
      secondOn: row.secondOn,
      version: row.version,
      can: possible(actor, rectificationTarget, row, candidates),
    }
  })
}

export async function rectificationView(db: EntityManager, actor: Actor, row: Rectification): Promise<View> {
  const [view] = await rectificationViews(db, actor, [row])
  if (!view) throw new Error('a rectification in hand is missing')
  return view
}

export async function listRectifications(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  grants: readonly Grant[],
  input: Input<'rectification.list'>,
  now: Date,
): Promise<Output<'rectification.list'>> {
  const reach = conditionsOf([...grants], rectificationScopes)
  const after = readCursor(know.keyring, 'rectification.list', input)
  const today = dateOf(now)
  const late = `((r.state = 'assigned' AND r.verifyDueOn < ?) OR (r.state = 'verified' AND r.resolveDueOn < ?))`
  const conditions: Condition[] = [
    { sql: `(${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`, params: reach.flatMap(({ params }) => params) },
    ...(input.states ? [among('r.state', input.states)] : []),
    ...(input.unitId === undefined ? [] : [{ sql: 'r.unitId = ?', params: [input.unitId] }]),
    ...(input.isAppealed === undefined
      ? []
      : [{ sql: `r.appealedOn IS ${input.isAppealed ? 'NOT ' : ''}NULL`, params: [] }]),
    ...(input.isRatedAgain === undefined
      ? []
      : [{ sql: `r.secondOn IS ${input.isRatedAgain ? 'NOT ' : ''}NULL`, params: [] }]),
    ...(input.isOverdue === undefined ? [] : [{ sql: input.isOverdue ? late : `NOT ${late}`, params: [today, today] }]),
    ...(input.from === undefined ? [] : [{ sql: 'r.createdOn >= ?', params: [input.from] }]),
    ...(input.to === undefined ? [] : [{ sql: 'r.createdOn <= ?', params: [input.to] }]),
    ...(after ? [{ sql: 'r.id < ?', params: [after[1]] }] : []),
  ]
  const found = (await db.query(
    `SELECT r.id FROM rectification r WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY r.id DESC LIMIT ${input.limit + 1}`,
    conditions.flatMap(({ params }) => params),
  )) as { id: string }[]
  const ids = found.map(({ id }) => id)
  const rows = ids.length === 0 ? [] : await db.find(Rectification, { where: { id: In(ids) }, order: { id: 'DESC' } })
  await withAbout(db, rows)
  return pageFrom(rows, input.limit, await rectificationViews(db, actor, rows), (last) =>
    writeCursor(know.keyring, 'rectification.list', input, ['', last.id]),
  )
}
