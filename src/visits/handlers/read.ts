/** Reading visits: the list, one of them, and the weekly list of projects. */
import { In } from 'typeorm'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import type { Input } from '../../contract.js'
import { dateOf, isDate } from '../../calendar/dates.js'
import { invalid } from '../../problem.js'
import type { Grant } from '../../people/actor.js'
import { duePage } from '../due.js'
import { visitLines, visitView } from '../view.js'
import { Visit } from '../visit.js'
import { visitScopes, visitTarget, withParties } from '../visitTarget.js'
import { daysOf, mondayOf } from '../weeks.js'

export const readVerbs = {
  'visit.list': serve('visit.list', {
    async handle({ db, actor, grants, input, know }) {
      const after = readCursor(know.keyring, 'visit.list', input)
      const found = new Map<string, string>()
      // Each grant is read through its own index, and the pages are united.
      for (const grant of grants) {
        const [reach] = conditionsOf([grant], visitScopes)
        if (!reach) continue
        const filter = filterOf(input, after as readonly [string, string] | undefined, grant)
        const rows = (await db.query(
          `SELECT v.id, v.onDate FROM visit v WHERE ${[reach.sql, ...filter.sql].join(' AND ')}
           ORDER BY v.onDate DESC, v.id DESC LIMIT ${input.limit + 1}`,
          [...reach.params, ...filter.params],
        )) as { id: string; onDate: string }[]
        for (const { id, onDate } of rows) found.set(id, `${onDate} ${id}`)
      }
      const ids = [...found]
        .toSorted(([, a], [, b]) => (a < b ? 1 : -1))
        .slice(0, input.limit + 1)
        .map(([id]) => id)
      const visits = new Map((await db.findBy(Visit, { id: In(ids) })).map((visit) => [visit.id, visit]))
      const rows = await withParties(
        db,
        ids.flatMap((id) => visits.get(id) ?? []),
      )
      return pageFrom(rows, input.limit, await visitLines(db, actor, rows), (last) =>
        writeCursor(know.keyring, 'visit.list', input, [last.onDate, last.id]),
      )
    },
  }),
  'visit.read': serve('visit.read', {
    target: visitTarget,
    handle: ({ db, actor, know, now, target }) => visitView(db, know, now, actor, target),
  }),
  'visit.due': serve('visit.due', {
    async handle({ db, grants, input, know, now }) {
      if (input.week !== undefined && !isDate(input.week)) throw invalid('week', '请选择一周')
      const week = mondayOf(input.week ?? dateOf(now))
      const filter = { ...input, week }
      const after = readCursor(know.keyring, 'visit.due', filter)?.[1]
      const { items, last } = await duePage(db, know, { ...filter, grants, after })
      const days = daysOf(week)
      return {
        week: {
          from: days[0] as string,
          to: days[6] as string,
          workdays: days.filter((day) => know.calendar.isWorkday(day)).length,
        },
        items,
        next: last === undefined ? null : writeCursor(know.keyring, 'visit.due', filter, [last, last]),
      }
    },
  }),
}

type Filter = Pick<
  Input<'visit.list'>,
  'states' | 'enterpriseId' | 'projectId' | 'unitId' | 'kind' | 'from' | 'to' | 'awaitsConfirmation'
>

/** A firm asks about its own part only: which others were visited with it is not to be found out by filters. */
function filterOf(input: Filter, after: readonly [onDate: string, id: string] | undefined, grant: Grant) {
  const isFirm = grant.scope === 'enterprise'
  const sql: string[] = []
  const params: unknown[] = []
  const add = (condition: string, ...values: unknown[]) => {
    sql.push(condition)
    params.push(...values)
  }
  if (input.states !== undefined) {
    const states = among('v.state', input.states)
    add(states.sql, ...states.params)
  }
  if (input.kind !== undefined) add('v.kind = ?', input.kind)
  if (input.unitId !== undefined) add('v.unitId = ?', input.unitId)
  if (input.projectId !== undefined) add('v.projectId = ?', input.projectId)
  if (input.enterpriseId !== undefined && isFirm && !grant.enterpriseIds.includes(input.enterpriseId)) add('1 = 0')
  else if (input.enterpriseId !== undefined)
    add('v.id IN (SELECT e.visitId FROM visit_enterprise e WHERE e.enterpriseId = ?)', input.enterpriseId)
  if (input.from !== undefined) add('v.onDate >= ?', input.from)
  if (input.to !== undefined) add('v.onDate <= ?', input.to)
  if (input.awaitsConfirmation !== undefined) {
    const own = isFirm ? among('w.enterpriseId', grant.enterpriseIds) : { sql: '1 = 1', params: [] }
    const exists = `EXISTS (SELECT 1 FROM visit_enterprise w
      WHERE w.visitId = v.id AND w.state = 'held' AND w.confirmedAt IS NULL AND ${own.sql})`
    add(`v.state = 'held'`)
    add(input.awaitsConfirmation ? exists : `NOT ${exists}`, ...own.params)
  }
  if (after !== undefined) add('(v.onDate < ? OR (v.onDate = ? AND v.id < ?))', after[0], after[0], after[1])
  return { sql, params }
}
