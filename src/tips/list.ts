/** Lists of tips: what the reader reaches, narrowed by the filter, newest first; those due by their day. */
import { In } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Input, Output } from '../contract.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition, conditionsOf } from '../http/scopes.js'
import type { Actor, Grant } from '../people/actor.js'
import { tipScopes } from './target.js'
import { Tip } from './tip.js'
import { type Reader, tipItems } from './view.js'

type Filter = Input<'tip.list'>

export async function listTips(reader: Reader, grants: readonly Grant[], input: Filter): Promise<Output<'tip.list'>> {
  const { db, know } = reader
  const after = readCursor(know.keyring, 'tip.list', input)
  const column = input.due === undefined ? 'receivedOn' : 'dueOn'
  const [order, beyond] = input.due === undefined ? ['DESC', '<'] : ['ASC', '>']
  const conditions = [
    reachOf(grants),
    ...filterOf(reader, input),
    ...(after
      ? [
          {
            sql: `(t.${column} ${beyond} ? OR (t.${column} = ? AND t.id ${beyond} ?))`,
            params: [after[0], after[0], after[1]],
          },
        ]
      : []),
  ]
  const found = (await db.query(
    `SELECT t.id FROM tip t WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ORDER BY t.${column} ${order}, t.id ${order} LIMIT ${input.limit + 1}`,
    conditions.flatMap(({ params }) => params),
  )) as { id: string }[]
  const byId = new Map((await db.findBy(Tip, { id: In(found.map(({ id }) => id)) })).map((row) => [row.id, row]))
  const rows = found.flatMap(({ id }) => byId.get(id) ?? [])
  return pageFrom(rows, input.limit, await tipItems(reader, rows), (last) =>
    writeCursor(know.keyring, 'tip.list', input, [last[column] ?? '', last.id]),
  )
}

/** Any of the grants. */
export function reachOf(grants: readonly Grant[]): Condition {
  const reach = [{ sql: '1 = 0', params: [] }, ...conditionsOf([...grants], tipScopes)]
  return {
    sql: `(${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    params: reach.flatMap(({ params }) => params),
  }
}

const equal = (column: string, value: unknown): Condition[] =>
  value === undefined ? [] : [{ sql: `t.${column} = ?`, params: [typeof value === 'boolean' ? Number(value) : value] }]

function filterOf({ know, actor, now }: Reader, input: Filter): Condition[] {
  const { q, from, to } = input
  return [
    ...(input.states ? [among('t.state', input.states)] : []),
    ...equal('violation', input.violation),
    ...equal('districtCode', input.districtCode),
    ...equal('isPriority', input.isPriority),
    ...equal('wantsReward', input.wantsReward),
    ...mineOf(actor, input.mine),
    ...(from === undefined ? [] : [{ sql: 't.receivedOn >= ?', params: [from] }]),
    ...(to === undefined ? [] : [{ sql: 't.receivedOn <= ?', params: [to] }]),
    ...dueOf(know.calendar, dateOf(now), know.tips.remind.workdays, input.due),
    ...(q === undefined
      ? []
      : [
          {
            sql: `(t.number = ? OR t.firmName LIKE ? ESCAPE '!')`,
            params: [q.toUpperCase(), `${q.replaceAll(/[!%_]/g, '!$&')}%`],
          },
        ]),
  ]
}

/** In hand, also for somebody who is away. */
function mineOf(actor: Actor, mine: boolean | undefined): Condition[] {
  if (mine !== true) return []
  const posts = actor.holdings.flatMap(({ postId, absentPostIds }) => [postId, ...absentPostIds])
  return [among('t.handlerPostId', posts)]
}

function dueOf(calendar: Reader['know']['calendar'], today: string, workdays: number, due: Filter['due']): Condition[] {
  if (due === undefined) return []
  if (due === 'overdue') return [{ sql: 't.dueOn < ?', params: [today] }]
  return [{ sql: 't.dueOn >= ? AND t.dueOn <= ?', params: [today, calendar.workdayAfter(today, workdays)] }]
}
