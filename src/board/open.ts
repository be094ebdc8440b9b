/** What is under way now, counted from the index of states: open cases by unit and officer, and what waits to be closed. */
import type { EntityManager } from 'typeorm'
import { openStates } from '../cases/states.js'
import type { Knowledge } from '../house.js'
import type { Condition } from '../http/scopes.js'
import { piecesOf } from './pieces.js'
import type { Reach } from './reach.js'

export const openCounts = [
  'assigned',
  'handling',
  'waiting',
  'dueSoon',
  'dueToday',
  'overdue',
  'unassigned',
  'held',
] as const
export type OpenCounts = Record<(typeof openCounts)[number], number>
export type OpenRow = OpenCounts & { unitId: string; officerPostId: string }

/**
 * One row a unit and officer. A case that waits for the enterprise is never late: its due date moves. Due soon is
 * today or within the working days of the reminder, as `case.list` has it.
 */
export async function openRows(db: EntityManager, know: Knowledge, reach: Reach, today: string): Promise<OpenRow[]> {
  const soon = know.calendar.workdayAfter(today, know.deadlines.remind.workdays)
  const sums = new Map<string, OpenRow>()
  for await (const piece of piecesOf(db, openStates)) {
    for (const row of await openRowsIn(piece)) {
      const key = `${row.unitId} ${row.officerPostId}`
      const sum = sums.get(key)
      sums.set(key, sum ? { ...row, ...addOpen([sum, row]) } : row)
    }
  }
  return [...sums.values()]

  async function openRowsIn(piece: Condition): Promise<OpenRow[]> {
    const rows = (await db.query(
      `SELECT c.unitId, c.officerPostId, SUM(c.state = 'assigned') AS assigned, SUM(c.state = 'handling') AS handling,
         SUM(c.state = 'waiting') AS waiting,
         SUM(c.state <> 'waiting' AND c.dueOn >= ? AND c.dueOn <= ?) AS dueSoon,
         SUM(c.state <> 'waiting' AND c.dueOn = ?) AS dueToday,
         SUM(c.state <> 'waiting' AND c.dueOn < ?) AS overdue,
         SUM(c.officerPostId IS NULL) AS unassigned, SUM(c.review = 'held') AS held
       FROM help_case c WHERE ${piece.sql} AND ${reach.cases.sql} GROUP BY c.unitId, c.officerPostId`,
      [today, soon, today, today, ...piece.params, ...reach.cases.params],
    )) as (OpenCounts & { unitId: string | null; officerPostId: string | null })[]
    return rows.map((row) => ({
      ...(Object.fromEntries(openCounts.map((count) => [count, Number(row[count])])) as OpenCounts),
      unitId: row.unitId ?? '',
      officerPostId: row.officerPostId ?? '',
    }))
  }
}

export function addOpen(rows: readonly OpenRow[]): OpenCounts {
  const sum = Object.fromEntries(openCounts.map((count) => [count, 0])) as OpenCounts
  for (const row of rows) for (const count of openCounts) sum[count] += row[count]
  return sum
}

/** Answered and not yet closed, by unit. */
export async function answeredByUnit(db: EntityManager, reach: Reach): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  for await (const piece of piecesOf(db, ['answered'])) {
    const rows = (await db.query(
      `SELECT c.unitId, COUNT(*) AS cases FROM help_case c WHERE ${piece.sql} AND ${reach.cases.sql} GROUP BY c.unitId`,
      [...piece.params, ...reach.cases.params],
    )) as { unitId: string | null; cases: number }[]
    for (const { unitId, cases } of rows) sums.set(unitId ?? '', (sums.get(unitId ?? '') ?? 0) + Number(cases))
  }
  return sums
}

/** The due dates of what is overdue now; a date may come more than once. */
export async function overdueDates(
  db: EntityManager,
  reach: Reach,
  today: string,
): Promise<{ dueOn: string; cases: number }[]> {
  const dates: { dueOn: string; cases: number }[] = []
  for await (const piece of piecesOf(db, ['assigned', 'handling'])) {
    const rows = (await db.query(
      `SELECT c.dueOn, COUNT(*) AS cases FROM help_case c
       WHERE ${piece.sql} AND c.dueOn < ? AND ${reach.cases.sql} GROUP BY c.dueOn`,
      [...piece.params, today, ...reach.cases.params],
    )) as { dueOn: string; cases: number }[]
    for (const { dueOn, cases } of rows) dates.push({ dueOn, cases: Number(cases) })
  }
  return dates
}
