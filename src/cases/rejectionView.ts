/** What leaves the server about the rejection register (否决事项备案). */
import { type EntityManager, In } from 'typeorm'
import { Application } from '../applications/application.js'
import type { Input, Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { type Condition, conditionsOf } from '../http/scopes.js'
import type { Actor, Grant } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { aboutOf } from './accused.js'
import { HelpCase } from './helpCase.js'
import { Rejection } from './rejection.js'
import { rejectionScopes, rejectionTarget } from './rejectionTarget.js'

type View = Output<'rejection.list'>['items'][number]
const candidates: Verb[] = ['rejection.review', 'rejection.correct']

export async function rejectionViews(db: EntityManager, actor: Actor, rows: readonly Rejection[]): Promise<View[]> {
  const cases = await byId(
    db,
    HelpCase,
    rows.map((row) => row.caseId),
  )
  const applications = await byId(
    db,
    Application,
    rows.map((row) => row.applicationId),
  )
  const firms = await byId(
    db,
    Enterprise,
    rows.map((row) => row.enterpriseId),
  )
  const posts = await byId(
    db,
    Post,
    rows.flatMap((row) => [row.proposedByPostId, row.agreedByPostId, row.reviewedByPostId, row.correctedByPostId]),
  )
  const units = await byId(
    db,
    Unit,
    rows.map((row) => row.unitId),
  )
  const own = [...actor.holdings.map(({ postId }) => postId), ...actor.formerPostIds]
  const nameOf = (postId: string | null) => posts.get(postId ?? '')?.name ?? ''
  return rows.map((row) => {
    const about = cases.get(row.caseId ?? '')
    const application = applications.get(row.applicationId ?? '')
    const firm = firms.get(row.enterpriseId ?? '')
    return {
      id: row.id,
      kind: row.kind,
      state: row.state ?? 'registered',
      case: about ? { id: about.id, number: about.number, title: about.title } : null,
      application: application
        ? { id: application.id, number: application.number, title: application.guideTitle }
        : null,
      enterprise: firm ? { id: firm.id, name: firm.name } : null,
      unit: row.unitId === null ? null : unitView(units.get(row.unitId), row.unitId),
      basis: row.basis,
      reason: row.reason,
      proposedBy: nameOf(row.proposedByPostId),
      agreedBy: nameOf(row.agreedByPostId),
      registeredOn: row.registeredOn,
      review:
        row.reviewedOn === null ? null : { by: nameOf(row.reviewedByPostId), on: row.reviewedOn, remark: row.remark },
      correction:
        row.correctedOn === null
          ? null
          : { by: nameOf(row.correctedByPostId), on: row.correctedOn, text: row.correction ?? '' },
      version: row.version,
      can: possible(actor, rejectionTarget, row, hasShare(row, own) ? ['rejection.correct'] : candidates),
    }
  })
}

/** 提出或同意否决的人不审查自己的备案. */
export const hasShare = ({ proposedByPostId, agreedByPostId }: Rejection, ownPostIds: readonly string[]): boolean =>
  ownPostIds.includes(proposedByPostId) || ownPostIds.includes(agreedByPostId)

export async function rejectionView(db: EntityManager, actor: Actor, row: Rejection): Promise<View> {
  const [view] = await rejectionViews(db, actor, [row])
  if (!view) throw new Error('one line of the register gives one view')
  return view
}

export async function listRejections(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  grants: readonly Grant[],
  input: Input<'rejection.list'>,
): Promise<Output<'rejection.list'>> {
  const after = readCursor(know.keyring, 'rejection.list', input)
  const reach = conditionsOf([...grants], rejectionScopes)
  // Before there was a review, a line was written without a state.
  const states = input.states && {
    sql: `COALESCE(j.state, 'registered') IN (${input.states.map(() => '?').join(', ')})`,
    params: input.states,
  }
  const conditions: Condition[] = [
    { sql: `(${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`, params: reach.flatMap(({ params }) => params) },
    ...(after ? [{ sql: 'j.id < ?', params: [after[1]] }] : []),
    ...(states ? [states] : []),
    ...(input.kind === undefined ? [] : [{ sql: 'j.kind = ?', params: [input.kind] }]),
    ...(input.unitId === undefined ? [] : [{ sql: 'j.unitId = ?', params: [input.unitId] }]),
    ...(input.from === undefined ? [] : [{ sql: 'j.registeredOn >= ?', params: [input.from] }]),
    ...(input.to === undefined ? [] : [{ sql: 'j.registeredOn <= ?', params: [input.to] }]),
  ]
  const found = (await db.query(
    `SELECT j.id FROM rejection j WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY j.id DESC LIMIT ${input.limit + 1}`,
    conditions.flatMap(({ params }) => params),
  )) as { id: string }[]
  const rows = await db.find(Rejection, { where: { id: In(found.map(({ id }) => id)) }, order: { id: 'DESC' } })
  const about = await aboutOf(
    db,
    rows.flatMap(({ caseId }) => caseId ?? []),
  )
  for (const row of rows) {
    const one = about.get(row.caseId ?? '')
    if (one) row.about = one
  }
  return pageFrom(rows, input.limit, await rejectionViews(db, actor, rows), (last) =>
    writeCursor(know.keyring, 'rejection.list', input, ['', last.id]),
  )
}
