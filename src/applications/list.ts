/** Lists of applications: what the reader reaches, narrowed by the filter, newest first. */
import { In } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Input, Output } from '../contract.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition, conditionsOf } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { Application } from './application.js'
import { applicationScopes } from './target.js'
import { applicationItems, type Reader } from './view.js'

type Filter = Input<'application.list'>

export async function listApplications(
  reader: Reader,
  grants: readonly Grant[],
  input: Filter,
): Promise<Output<'application.list'>> {
  const { db, know } = reader
  // What is only proposed is not the enterprise's to find out.
  const able = input.isRefusalPending === undefined ? grants : grants.filter(({ postId }) => postId !== null)
  const reach = [{ sql: '1 = 0', params: [] }, ...conditionsOf([...able], applicationScopes)]
  const after = readCursor(know.keyring, 'application.list', input)
  const conditions: Condition[] = [
    { sql: `(${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`, params: reach.flatMap(({ params }) => params) },
    ...filterOf(input),
    ...dueFilter(reader, input.due),
    ...(after ? [{ sql: 'a.id < ?', params: [after[1]] }] : []),
  ]
  const found = (await db.query(
    `SELECT a.id FROM application a WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY a.id DESC LIMIT ${input.limit + 1}`,
    conditions.flatMap(({ params }) => params),
  )) as { id: string }[]
  const rows = await db.find(Application, { where: { id: In(found.map(({ id }) => id)) }, order: { id: 'DESC' } })
  return pageFrom(rows, input.limit, await applicationItems(reader, rows), (last) =>
    writeCursor(know.keyring, 'application.list', input, ['', last.id]),
  )
}

function filterOf(input: Filter): Condition[] {
  const equal = (column: string, value: unknown): Condition[] =>
    value === undefined ? [] : [{ sql: `a.${column} = ?`, params: [value] }]
  const isThere = (column: string, value: boolean | undefined): Condition[] =>
    value === undefined ? [] : [{ sql: `a.${column} IS ${value ? 'NOT ' : ''}NULL`, params: [] }]
  return [
    ...(input.states ? [among('a.state', input.states)] : []),
    ...equal('unitId', input.unitId),
    ...equal('guideId', input.guideId),
    ...equal('enterpriseId', input.enterpriseId),
    ...equal('projectId', input.projectId),
    ...equal('wasComplete', input.wasComplete === undefined ? undefined : Number(input.wasComplete)),
    ...equal('acceptedHow', input.acceptedHow),
    ...isThere('noticedOn', input.isNotified),
    ...isThere('pendingRefusal', input.isRefusalPending),
    ...(input.from === undefined ? [] : [{ sql: 'a.receivedOn >= ?', params: [input.from] }]),
    ...(input.to === undefined ? [] : [{ sql: 'a.receivedOn <= ?', params: [input.to] }]),
    ...(input.q === undefined
      ? []
      : [
          {
            sql: `(a.number = ? OR a.enterpriseId IN (SELECT e.id FROM enterprise e WHERE e.name LIKE ? ESCAPE '!'))`,
            params: [input.q.toUpperCase(), `${input.q.replaceAll(/[!%_]/g, '!$&')}%`],
          },
        ]),
  ]
}

function dueFilter({ know, now }: Reader, due: Filter['due']): Condition[] {
  if (due === undefined) return []
  const today = dateOf(now)
  const [from, to] = due === 'overdue' ? ['0000', today] : [today, know.calendar.workdayAfter(today, 1)]
  const within = (column: string) => `(${column} >= ? AND ${column} ${due === 'overdue' ? '<' : '<='} ?)`
  return [
    {
      sql: `((a.state = 'received' AND ${within('a.noticeDueOn')}) OR (a.state = 'accepted' AND ${within('a.decideDueOn')}))`,
      params: [from, to, from, to],
    },
  ]
}
