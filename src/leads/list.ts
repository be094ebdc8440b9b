/** Lists of leads: what the reader reaches, narrowed by the filter; what is owed by its last day, all else newest first. */
import { In } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Input, Output } from '../contract.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition, conditionsOf } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { Lead } from './lead.js'
import { owedStates } from './states.js'
import { knowsTips, leadScopes } from './target.js'
import { leadLines, type Reader } from './view.js'

type Filter = Input<'lead.list'>

/** Without a last day there is none before it. */
const NO_DAY = '9999-12-31'

export async function listLeads(reader: Reader, grants: readonly Grant[], input: Filter): Promise<Output<'lead.list'>> {
  const { db, know } = reader
  const byDue = input.scope === 'todo' || input.due !== undefined
  const after = readCursor(know.keyring, 'lead.list', input)
  const conditions: Condition[] = [
    reachOf(grants, input.scope),
    ...filterOf(input),
    ...sourceFilter(input.sources, knowsTips(reader.actor)),
    ...dueFilter(reader, input),
    ...(after ? [afterPosition(byDue, after)] : []),
  ]
  const found = (await db.query(
    `SELECT l.id FROM lead l WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY ${byDue ? `COALESCE(l.dueOn, '${NO_DAY}'), l.id` : 'l.id DESC'} LIMIT ${input.limit + 1}`,
    conditions.flatMap(({ params }) => params),
  )) as { id: string }[]
  const known = new Map((await db.findBy(Lead, { id: In(found.map(({ id }) => id)) })).map((row) => [row.id, row]))
  const rows = found.flatMap(({ id }) => known.get(id) ?? [])
  return pageFrom(rows, input.limit, await leadLines(reader, rows), (last) =>
    writeCursor(know.keyring, 'lead.list', input, [byDue ? (last.dueOn ?? NO_DAY) : '', last.id]),
  )
}

/** Of those within reach, with `todo` those whose turn is the reader's. */
function reachOf(grants: readonly Grant[], scope: Filter['scope']): Condition {
  const turns = grants.flatMap((grant) =>
    conditionsOf([grant], leadScopes).map(({ sql, params }): Condition => {
      if (scope === 'all') return { sql, params }
      const turn = among('l.state', grant.scope === 'all' ? ['new', 'answered'] : owedStates)
      return { sql: `${sql} AND ${turn.sql}`, params: [...params, ...turn.params] }
    }),
  )
  const all = turns.length === 0 ? [{ sql: '1 = 0', params: [] }] : turns
  return { sql: `(${all.map(({ sql }) => `(${sql})`).join(' OR ')})`, params: all.flatMap(({ params }) => params) }
}

function afterPosition(byDue: boolean, [dueOn, id]: readonly [string | number, string]): Condition {
  if (!byDue) return { sql: 'l.id < ?', params: [id] }
  const day = `COALESCE(l.dueOn, '${NO_DAY}')`
  return { sql: `(${day} > ? OR (${day} = ? AND l.id > ?))`, params: [dueOn, dueOn, id] }
}

/** To whom a tip is not told, it is among the others. */
function sourceFilter(sources: Filter['sources'], isTold: boolean): Condition[] {
  if (sources === undefined) return []
  if (isTold) return [among('l.source', sources)]
  const open = sources.filter((source) => source !== 'tip')
  return [among('l.source', open.includes('other') ? [...open, 'tip'] : open)]
}

const like = (text: string) => `%${text.replace(/[!%_]/g, '!$&')}%`

function filterOf(input: Filter): Condition[] {
  const equal = (column: string, value: unknown): Condition[] =>
    value === undefined ? [] : [{ sql: `l.${column} = ?`, params: [value] }]
  const between = (column: string, from: string | undefined, to: string | undefined): Condition[] => [
    ...(from === undefined ? [] : [{ sql: `l.${column} >= ?`, params: [from] }]),
    ...(to === undefined ? [] : [{ sql: `l.${column} <= ?`, params: [to] }]),
  ]
  return [
    ...(input.states ? [among('l.state', input.states)] : []),
    ...equal('unitId', input.unitId),
    ...equal('outcome', input.outcome),
    ...between('createdOn', input.from, input.to),
    ...between('sentOn', input.sentFrom, input.sentTo),
    ...(input.q === undefined
      ? []
      : [
          {
            sql: `(l.number LIKE ? ESCAPE '!' OR l.creditCode = ? OR l.reference = ? OR l.firmName LIKE ? ESCAPE '!')`,
            params: [like(input.q.toUpperCase()).slice(1), input.q.toUpperCase(), input.q, like(input.q)],
          },
        ]),
  ]
}

/** What is owed by its last day; what was late, then or now; what was answered in time. */
function dueFilter({ know, now }: Reader, { due, isLate, isInTime }: Filter): Condition[] {
  const today = dateOf(now)
  const owed = among('l.state', owedStates)
  const conditions: Condition[] = []
  if (due !== undefined) {
    const soon = know.calendar.workdayAfter(today, know.deadlines.remind.workdays)
    const days: Record<typeof due, Condition> = {
      overdue: { sql: 'l.dueOn < ?', params: [today] },
      today: { sql: 'l.dueOn = ?', params: [today] },
      soon: { sql: 'l.dueOn >= ? AND l.dueOn <= ?', params: [today, soon] },
    }
    conditions.push(owed, days[due])
  }
  if (isLate !== undefined) {
    const late = `((l.answeredOn IS NULL AND ${owed.sql} AND l.dueOn < ?) OR (l.answeredOn IS NOT NULL AND l.answeredOn > l.dueOn))`
    conditions.push({ sql: `${isLate ? '' : 'NOT '}${late}`, params: [...owed.params, today] })
  }
  if (isInTime !== undefined) {
    conditions.push({ sql: `l.answeredOn IS NOT NULL AND l.answeredOn ${isInTime ? '<=' : '>'} l.dueOn`, params: [] })
  }
  return conditions
}
