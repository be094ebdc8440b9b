/** Reading the ledgers: the lists, one entry, and what was changed in it. */
import { rowsBy } from '../../database/rows.js'
import { startsWith } from '../../database/startsWith.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { dateOf } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import type { Knowledge } from '../../house.js'
import { dueColumns, type DeadlineKey, deadlineKeys } from '../deadline.js'
import { runningStages } from '../approvalRules.js'
import { historyPage } from '../history.js'
import { Project } from '../project.js'
import { projectScopes, projectTarget } from '../target.js'
import { entryView, summaryViews } from '../view.js'

const equals = (column: string, value: unknown): Condition => ({ sql: `${column} = ?`, params: [value] })

/** The filters that were given, each as a condition. */
function filters(input: Input<'project.list'>, know: Knowledge, today: string): Condition[] {
  const { q } = input
  const found = q === undefined ? [] : [nameHolds(q), startsWith('p.projectCode', q)]
  return [
    ...(input.book ? [among('p.book', input.book)] : []),
    ...(input.stage ? [among('p.stage', input.stage)] : []),
    ...(['careLevel', 'unitId', 'officerPostId', 'enterpriseId', 'districtCode'] as const).flatMap((column) =>
      input[column] === undefined ? [] : [equals(`p.${column}`, input[column])],
    ),
    ...(input.startsThisYear === undefined ? [] : [equals('p.startsThisYear', input.startsThisYear ? 1 : 0)]),
    ...(input.isUnderCare === undefined ? [] : [underCare(input.isUnderCare, today)]),
    ...(input.hasSheet === undefined ? [] : [withSheet(input.hasSheet)]),
    ...dueFilter(know, input.due, today),
    ...(input.decidedFrom === undefined ? [] : [{ sql: 'p.decidedOn >= ?', params: [input.decidedFrom] }]),
    ...(input.decidedTo === undefined ? [] : [{ sql: 'p.decidedOn <= ?', params: [input.decidedTo] }]),
    ...(input.isGreenChannel === undefined
      ? []
      : [{ sql: `p.greenChannel IS ${input.isGreenChannel ? 'NOT ' : ''}NULL`, params: [] }]),
    ...(found.length === 0 ? [] : [either(found)]),
  ]
}

/**
 * Anywhere in the name. The names are read from their index, `project_name`, never the rows: measured with 100,000
 * projects, 10–45 ms embedded and 50–580 ms on MariaDB (the slower for a leader); the three ledgers hold a few thousand.
 */
const nameHolds = (q: string): Condition => ({
  sql: 'p.id IN (SELECT named.id FROM project named WHERE INSTR(named.name, ?) > 0)',
  params: [q],
})
/** Only what waits for its decision while the clock runs. What nears within the reminder's days is soon. */
function dueFilter({ calendar, approval }: Knowledge, due: Input<'project.list'>['due'], today: string): Condition[] {
  if (due === undefined) return []
  const within = (column: string, from: string, to: string): Condition => ({
    sql: `p.${column} >= ? AND p.${column} <= ?`,
    params: [from, to],
  })
  const soon = (limit: DeadlineKey) => calendar.workdayAfter(today, approval.remind[limit].workdays)
  const passed = deadlineKeys.map((key) => ({ sql: `p.${dueColumns[key]} < ?`, params: [today] }))
  const days: Record<typeof due, Condition> = {
    overdue: either(passed),
    today: either(deadlineKeys.map((key) => within(dueColumns[key], today, today))),
    soon: either(deadlineKeys.map((key) => within(dueColumns[key], today, soon(key)))),
  }
  return [among('p.stage', runningStages(approval)), { sql: 'p.decidedOn IS NULL', params: [] }, days[due]]
}

const underCare = (isUnderCare: boolean, today: string): Condition =>
  isUnderCare
    ? { sql: '(p.careEndedOn IS NULL OR p.careEndedOn >= ?)', params: [today] }
    : { sql: 'p.careEndedOn < ?', params: [today] }

const withSheet = (hasSheet: boolean): Condition => ({
  sql: `${hasSheet ? '' : 'NOT '}EXISTS (SELECT 1 FROM service_sheet s WHERE s.projectId = p.id)`,
  params: [],
})

/** What the grants reach together, each through its own index; nothing to say where one reaches all. */
function within(reach: readonly Condition[]): Condition[] {
  if (reach.some(({ sql }) => sql === '1 = 1')) return []
  const found = reach.map(({ sql }) => `SELECT p.id FROM project p WHERE ${sql}`).join(' UNION ')
  return [{ sql: `p.id IN (${found})`, params: reach.flatMap(({ params }) => params) }]
}

const either = (conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  params: conditions.flatMap(({ params }) => params),
})

export const readingVerbs = {
  'project.list': serve('project.list', {
    async handle({ db, input, grants, know, now }) {
      const after = readCursor(know.keyring, 'project.list', input)
      const given = [...within(conditionsOf(grants, projectScopes)), ...filters(input, know, dateOf(now))]
      const found = (await db.query(
        `SELECT p.id FROM project p WHERE ${['p.id > ?', ...given.map(({ sql }) => sql)].join(' AND ')}
         ORDER BY p.id LIMIT ${input.limit + 1}`,
        [after?.[1] ?? '', ...given.flatMap(({ params }) => params)],
      )) as { id: string }[]
      const rows = await rowsBy(db, Project, { id: found.map(({ id }) => id) }, { order: 'id' })
      const views = await summaryViews(db, know, rows.slice(0, input.limit), now)
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'project.list', input, [last.id, last.id]),
      )
    },
  }),
  'project.read': serve('project.read', {
    target: projectTarget,
    handle: (call) => entryView(call, call.target),
  }),
  'project.history': serve('project.history', {
    target: projectTarget,
    async handle({ db, input, know, target }) {
      const after = readCursor(know.keyring, 'project.history', input)
      const { entries, views } = await historyPage(db, know, target, after?.[0] as number | undefined, input.limit)
      return pageFrom(entries, input.limit, views, (last) =>
        writeCursor(know.keyring, 'project.history', input, [last.seq, last.id]),
      )
    },
  }),
}
