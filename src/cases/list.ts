/** Lists of cases: one query a scope, each through its own index, united and cut to a page. */
import type { EntityManager } from 'typeorm'
import { addDays, dateOf, instantAt, toWireInstant } from '../calendar/dates.js'
import type { Input, Output } from '../contract.js'
import { instantParam, readInstant } from '../database/instants.js'
import { isEmbedded } from '../database/source.js'
import { normalizePhone, phoneHash } from '../encryption/lookup.js'
import type { Knowledge } from '../house.js'
import { pageFrom, type Position, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition, conditionsOf, grantsOf } from '../http/scopes.js'

import type { Actor, Grant } from '../people/actor.js'
import type { Scope } from '../people/roles.js'
import { aboutOf } from './accused.js'
import { actingFor, actingOn } from './roster.js'
import { type CaseState, openStates } from './states.js'
import { caseScopes } from './target.js'

type CaseItem = Output<'case.list'>['items'][number]
type Filter = Input<'case.list'>

/** What each `scope` of the list takes of the reader's grants; `mine` is what the person or their firms asked. */
const listScopes: Record<Filter['scope'], readonly Scope[] | undefined> = {
  mine: ['own', 'enterprise'],
  todo: ['assigned', 'standIn', 'own', 'enterprise'],
  assisting: ['assisting'],
  unit: ['unit', 'branch'],
  all: undefined,
}

/** Whose consent it is that a case waits for. */
const consents = { extension: 'case.agreeExtension', decline: 'case.agreeDecline' } as const
const pendings = {
  extension: `c.state IN ('handling', 'waiting') AND c.pendingExtension IS NOT NULL`,
  decline: `c.state IN ('handling', 'waiting') AND c.pendingDecline IS NOT NULL`,
}

interface Row {
  id: string
  number: string
  state: CaseState
  review: CaseItem['review']
  source: CaseItem['source']
  category: CaseItem['category']
  title: string
  createdAt: Date | string
  dueOn: string
  isProvisional: boolean | number
  isInTime: boolean | number | null
  rating: number | null
  version: number
  createdBy: string | null
  enterpriseId: string | null
  enterpriseName: string | null
  projectId: string | null
  projectName: string | null
  unitId: string | null
  unitName: string | null
  officerPostId: string | null
  officerName: string | null
  aboutUnitId: string | null
  aboutPostId: string | null
}

export async function listCases(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  grants: readonly Grant[],
  input: Filter,
  now: Date,
): Promise<Output<'case.list'>> {
  const reach = reachOf(actor, grants, input)
  if (reach.length === 0) return { items: [], next: null }
  const after = readCursor(know.keyring, 'case.list', input)
  const today = dateOf(now)
  const conditions = await filterOf(db, know, input, today)
  const byDue = input.scope === 'todo' || input.scope === 'assisting' || input.due !== undefined
  if (after) conditions.push(afterPosition(byDue, after))
  const { sql, params } = pageQuery(db, reach, conditions, byDue, input.limit + 1)
  const rows = (await db.query(sql, params)) as Row[]
  const items = await views(db, know, actor, rows.slice(0, input.limit), today)
  return pageFrom(rows, input.limit, items, (last) =>
    writeCursor(know.keyring, 'case.list', input, [byDue ? last.dueOn : '', last.id]),
  )
}

type Reach = Condition & { isOfAll: boolean }

/** Which cases the list is about, before its filters: one condition a grant. */
export function reachOf(
  actor: Actor,
  grants: readonly Grant[],
  input: Pick<Filter, 'scope' | 'states' | 'pending'>,
): Reach[] {
  const asked = input.pending ? consents[input.pending] : input.scope === 'assisting' ? 'case.assistReply' : undefined
  const within = grantsFor(asked ? grantsOf(actor, asked) : grants, input.scope)
  return within.flatMap(firmByFirm).flatMap((grant) =>
    conditionsOf([grant], caseScopes).map((found) => ({
      ...both(found, ...dutyOf(input, grant)),
      isOfAll: grant.scope === 'all',
    })),
  )
}

const FIRMS_APART = 20

/** One firm's latest cases come out of the index in their order; those of several together would all have to be sorted. */
function firmByFirm(grant: Grant): Grant[] {
  const { scope, enterpriseIds } = grant
  if (scope !== 'enterprise' || enterpriseIds.length > FIRMS_APART) return [grant]
  return enterpriseIds.map((id) => ({ ...grant, enterpriseIds: [id] }))
}

/** Whoever sees all needs no narrower look beside it. */
function grantsFor(grants: readonly Grant[], scope: Filter['scope']): Grant[] {
  const wanted = listScopes[scope]
  if (wanted) return grants.filter((grant) => wanted.includes(grant.scope))
  const widest = grants.filter((grant) => grant.scope === 'all' || grant.postId === null)
  return widest.some((grant) => grant.scope === 'all') ? widest : [...grants]
}

const both = (...conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  params: conditions.flatMap(({ params }) => params),
})

/** What a list of things to do leaves of a grant's cases. */
function dutyOf({ scope, states }: Pick<Filter, 'scope' | 'states'>, { role, unitId }: Grant): Condition[] {
  if (scope === 'assisting') {
    const asked = `SELECT s.caseId FROM case_share s WHERE s.unitId = ? AND s.how = 'assisting' AND s.repliedAt IS NULL`
    return [{ sql: `c.id IN (${asked})`, params: [unitId] }, among('c.state', states ?? openStates)]
  }
  if (scope !== 'todo') return []
  // The enterprise's turn: to add what was asked for, or to rate the answer.
  if (role === 'enterprise') {
    return [{ sql: `(c.state = 'waiting' OR (c.state = 'answered' AND c.rating IS NULL))`, params: [] }]
  }
  // What is over is nobody's to do.
  return [among('c.state', states ?? openStates)]
}

/** `todo`, `assisting` and `due` lists run by due date, oldest first; the others newest first. Ids grow with time. */
const afterPosition = (byDue: boolean, [dueOn, id]: Position): Condition =>
  byDue
    ? { sql: '(c.dueOn > ? OR (c.dueOn = ? AND c.id > ?))', params: [dueOn, dueOn, id] }
    : { sql: 'c.id < ?', params: [id] }

/**
 * MariaDB 10.11 reckons that the latest 20 of one person are found sooner by walking all cases from the newest than by
 * the index of person and id, and is wrong by as much as there is.
 */
const NOT_ALL_FROM_THE_NEWEST = 'IGNORE INDEX FOR ORDER BY (PRIMARY)'

function pageQuery(
  db: EntityManager,
  reach: readonly Reach[],
  filters: readonly Condition[],
  byDue: boolean,
  take: number,
): Condition {
  const order = (alias: string) => (byDue ? `${alias}.dueOn, ${alias}.id` : `${alias}.id DESC`)
  const hint = (isOfAll: boolean) => (byDue || isOfAll || isEmbedded(db.dataSource) ? '' : NOT_ALL_FROM_THE_NEWEST)
  const branches = reach.map(({ sql, params, isOfAll }) => ({
    sql: `SELECT * FROM (SELECT c.id, c.dueOn FROM help_case c ${hint(isOfAll)} WHERE ${[sql, ...filters.map((one) => one.sql)].join(' AND ')}
          ORDER BY ${order('c')} LIMIT ${take}) b`,
    params: [...params, ...filters.flatMap((one) => one.params)],
  }))
  const found = branches.map(({ sql }) => sql).join(' UNION ')
  return {
    sql: `SELECT c.id, c.number, c.state, c.review, c.source, c.category, c.title, c.createdAt, c.dueOn, c.isProvisional, c.isInTime,
        c.rating, c.version, c.createdBy, c.enterpriseId, e.name AS enterpriseName, c.projectId, p.name AS projectName,
        c.unitId, u.name AS unitName, c.officerPostId, o.name AS officerName, c.aboutUnitId, c.aboutPostId
      FROM (SELECT * FROM (${found}) f ORDER BY ${order('f')} LIMIT ${take}) k
      JOIN help_case c ON c.id = k.id
      LEFT JOIN enterprise e ON e.id = c.enterpriseId
      LEFT JOIN project p ON p.id = c.projectId
      LEFT JOIN unit u ON u.id = c.unitId
      LEFT JOIN post o ON o.id = c.officerPostId
      ORDER BY ${order('c')}`,
    params: branches.flatMap(({ params }) => params),
  }
}

/** What the filter says, in SQL over `c`. */
async function filterOf(db: EntityManager, know: Knowledge, input: Filter, today: string): Promise<Condition[]> {
  const equal = (column: string, value: unknown): Condition[] =>
    value === undefined ? [] : [{ sql: `c.${column} = ?`, params: [value] }]
  const between = (column: string, from: string | undefined, to: string | undefined): Condition[] => [
    ...(from === undefined ? [] : [{ sql: `c.${column} >= ?`, params: [from] }]),
    ...(to === undefined ? [] : [{ sql: `c.${column} <= ?`, params: [to] }]),
  ]
  return [
    ...(input.states ? [among('c.state', input.states)] : []),
    ...(input.pending ? [{ sql: pendings[input.pending], params: [] }] : []),
    ...dueFilter(know, input.due, today),
    ...equal('unitId', input.unitId),
    ...(input.isUnassigned === undefined
      ? []
      : [{ sql: `c.officerPostId IS ${input.isUnassigned ? '' : 'NOT '}NULL`, params: [] }]),
    ...equal('source', input.source),
    ...expertFilter(db, input, today),
    ...equal('officerPostId', input.officerId),
    ...equal('enterpriseId', input.enterpriseId),
    ...equal('projectId', input.projectId),
    ...equal('districtCode', input.districtCode),
    ...equal('category', input.category),
    ...equal('rating', input.rating),
    ...(input.rated === undefined ? [] : [{ sql: `c.rating IS ${input.rated ? 'NOT ' : ''}NULL`, params: [] }]),
    ...equal('review', input.review),
    ...between('createdOn', input.from, input.to),
    ...between('answeredOn', input.answeredFrom, input.answeredTo),
    ...between('closedOn', input.closedFrom, input.closedTo),
    ...(input.q === undefined ? [] : [await textFilter(db, know, input.q)]),
  ]
}

/** What expert groups were asked to help with: only their shares have a day of their own. */
function expertFilter(db: EntityManager, { expert, expertFrom, expertTo }: Filter, today: string): Condition[] {
  if (expert === undefined && expertFrom === undefined && expertTo === undefined) return []
  const day = (date: string) => instantParam(db, instantAt(date))
  const given: Condition[] = [
    ...(expertFrom === undefined ? [] : [{ sql: 's.since >= ?', params: [day(expertFrom)] }]),
    ...(expertTo === undefined ? [] : [{ sql: 's.since < ?', params: [day(addDays(expertTo, 1))] }]),
    ...(expert === undefined ? [] : [{ sql: `s.repliedAt IS ${expert === 'replied' ? 'NOT ' : ''}NULL`, params: [] }]),
    ...(expert === 'late' ? [{ sql: 's.dueOn < ?', params: [today] }] : []),
  ]
  const asked = both({ sql: `s.how = 'assisting' AND s.dueOn IS NOT NULL`, params: [] }, ...given)
  return [{ sql: `c.id IN (SELECT s.caseId FROM case_share s WHERE ${asked.sql})`, params: asked.params }]
}

/** Only what somebody owes an answer; a case that waits for the enterprise is never late. */
function dueFilter(know: Knowledge, due: Filter['due'], today: string): Condition[] {
  if (due === undefined) return []
  const owed: Condition = { sql: `c.state IN ('assigned', 'handling')`, params: [] }
  const soon = know.calendar.workdayAfter(today, know.deadlines.remind.workdays)
  const days: Record<typeof due, Condition> = {
    overdue: { sql: 'c.dueOn < ?', params: [today] },
    today: { sql: 'c.dueOn = ?', params: [today] },
    soon: { sql: 'c.dueOn >= ? AND c.dueOn <= ?', params: [today, soon] },
  }
  return [owed, days[due]]
}

const FIRMS_AT_MOST = 200

/** Free search: the number, the start of the firm's name, its credit code, or a whole phone number; never private names. */
async function textFilter(db: EntityManager, know: Knowledge, q: string): Promise<Condition> {
  const upper = q.toUpperCase()
  if (/^QZ[\dA-Z-]*$/.test(upper)) return { sql: 'c.number >= ? AND c.number < ?', params: [upper, `${upper}~`] }
  const phone = phoneHashOf(know, q)
  if (phone !== undefined) {
    return { sql: 'c.createdBy IN (SELECT p.id FROM person p WHERE p.phoneHash = ?)', params: [phone] }
  }
  const firms = (await db.query(
    `SELECT id FROM enterprise WHERE creditCode = ? OR (name >= ? AND name < ?) LIMIT ${FIRMS_AT_MOST}`,
    [upper, q, `${q}\u{10ffff}`],
  )) as { id: string }[]
  return among(
    'c.enterpriseId',
    firms.map(({ id }) => id),
  )
}

async function views(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  rows: readonly Row[],
  today: string,
): Promise<CaseItem[]> {
  const officers = rows.flatMap(({ officerPostId }) => (officerPostId ? [officerPostId] : []))
  const acting = await actingFor(db, officers, today)
  const away = [...acting].filter(([post, end]) => post !== end).map(([, end]) => end)
  const names = new Map(
    away.length === 0
      ? []
      : (
          (await db.query(`SELECT id, name FROM post WHERE id IN (${away.map(() => '?').join(', ')})`, away)) as {
            id: string
            name: string
          }[]
        ).map(({ id, name }) => [id, name]),
  )
  const notLent = await keptByOfficer(db, rows, acting, today)
  const grants = grantsOf(actor, 'case.list')
  const doubtful = rows.filter(
    (row) => row.review !== 'passed' && row.createdBy !== actor.personId && !isForStaff(grants, row),
  )
  const hidden = await withTextNotPassed(
    db,
    doubtful.map(({ id }) => id),
  )
  return rows.map((row) => {
    const isOwed = row.state === 'assigned' || row.state === 'handling'
    const actingId = notLent.has(row.id) ? undefined : acting.get(row.officerPostId ?? '')
    const standIn = actingId === undefined || actingId === row.officerPostId ? undefined : names.get(actingId)
    const officer = row.officerPostId && {
      postId: actingId ?? row.officerPostId,
      name: standIn ?? row.officerName ?? '',
    }
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      review: row.review,
      source: row.source,
      category: row.category,
      title: hidden.has(row.id) ? '（内容待核）' : row.title,
      enterprise: row.enterpriseId === null ? null : { id: row.enterpriseId, name: row.enterpriseName ?? '' },
      project: row.projectId === null ? null : { id: row.projectId, name: row.projectName ?? '' },
      unit: row.unitId === null ? null : { id: row.unitId, name: row.unitName ?? row.unitId },
      officer: officer || null,
      standInFor: standIn === undefined ? null : { name: row.officerName ?? '' },
      createdAt: toWireInstant(readInstant(row.createdAt)),
      dueOn: row.dueOn,
      daysLeft: isOwed ? know.calendar.countWorkdays(today, row.dueOn) : null,
      isOverdue: isOwed && row.dueOn < today,
      isInTime: isDone(row) && row.isInTime !== null ? Boolean(row.isInTime) : null,
      isPaused: row.state === 'waiting',
      isProvisional: Boolean(row.isProvisional),
      rating: row.rating as CaseItem['rating'],
      version: row.version,
    }
  })
}

/** Asked again, a case has an answer of before, which is not the one it owes. */
const isDone = ({ state }: Row) => state !== 'assigned' && state !== 'handling' && state !== 'waiting'

/** Whether a post reaches the row: an official who is also of a firm reads what that firm's others write as its member. */
function isForStaff(grants: readonly Grant[], row: Row): boolean {
  // A row that none of them is known to hold came through a unit's share in it, which is a post's.
  const reaching = grants.filter((grant) => caseScopes[grant.scope]?.holds(grant, row))
  return reaching.some(({ postId }) => postId !== null) || reaching.length === 0
}

/** Those of the complaints that do not pass to the stand-in, as it is about them. */
async function keptByOfficer(
  db: EntityManager,
  rows: readonly Row[],
  acting: ReadonlyMap<string, string>,
  today: string,
): Promise<Set<string>> {
  const lent = rows.filter(
    ({ category, officerPostId }) =>
      category === 'complaint' && officerPostId !== null && acting.get(officerPostId) !== officerPostId,
  )
  const about = await aboutOf(
    db,
    lent.map(({ id }) => id),
  )
  const kept = new Set<string>()
  for (const { id, officerPostId } of lent) {
    const them = about.get(id)
    if (officerPostId && them && (await actingOn(db, them, officerPostId, today)) === officerPostId) kept.add(id)
  }
  return kept
}

/** Those of the cases whose title and text, rather than something added later, wait for the content check. */
async function withTextNotPassed(db: EntityManager, caseIds: readonly string[]): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set()
  const those = among('e.caseId', caseIds)
  const entries = (await db.query(
    `SELECT e.caseId FROM case_entry e WHERE ${those.sql} AND e.verb = 'case.submit' AND e.review <> 'passed'`,
    those.params,
  )) as { caseId: string }[]
  return new Set(entries.map(({ caseId }) => caseId))
}

function phoneHashOf(know: Knowledge, q: string): string | undefined {
  return normalizePhone(q) === undefined ? undefined : phoneHash(know.keyring.purposeKey('lookup'), q)
}
