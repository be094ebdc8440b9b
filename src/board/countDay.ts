/** Counts one day from the cases themselves, each question through an index of its own, and writes the count down. */
import type { EntityManager } from 'typeorm'
import { type CaseDay, type Counts, counts, noCounts } from './caseDay.js'
import type { LateEnd } from './lateEnd.js'

type Groups = { unitId: string | null; officerPostId: string | null; category: string }
type Counted = Groups & Partial<Counts>

const groups = 'unitId, officerPostId, category'

/** One row a unit, officer and category to which something happened on that day. */
export async function countDay(db: EntityManager, day: string): Promise<CaseDay[]> {
  const submitted = `SELECT ${groups}, COUNT(*) AS submitted FROM help_case WHERE createdOn = ? GROUP BY ${groups}`
  const answered = `SELECT ${groups}, COUNT(*) AS answered, SUM(isInTime) AS answeredInTime,
    SUM(usedWorkdays) AS usedWorkdays, SUM(allowedWorkdays) AS promisedWorkdays
    FROM help_case WHERE answeredOn = ? GROUP BY ${groups}`
  const ended = `SELECT ${groups}, SUM(state = 'closed') AS closed, SUM(state = 'declined') AS declined,
    SUM(state = 'withdrawn') AS withdrawn, SUM(rating = 1) AS rating1, SUM(rating = 2) AS rating2,
    SUM(rating = 3) AS rating3, SUM(rating = 4) AS rating4, SUM(rating = 5) AS rating5
    FROM help_case WHERE closedOn = ? GROUP BY ${groups}`
  const rows = new Map<string, CaseDay>()
  for (const sql of [submitted, answered, ended]) {
    for (const { unitId, officerPostId, category, ...some } of (await db.query(sql, [day])) as Counted[]) {
      const key = { day, unitId: unitId ?? '', officerPostId: officerPostId ?? '', category }
      const name = JSON.stringify(key)
      const row = rows.get(name) ?? { ...key, ...noCounts() }
      for (const count of counts) row[count] += Number(some[count] ?? 0)
      rows.set(name, row)
    }
  }
  return [...rows.values()]
}

/** What ended on that day and had been overdue at the end of at least one day before. */
export async function lateEnds(db: EntityManager, day: string): Promise<LateEnd[]> {
  const answered = `SELECT dueOn, unitId, COUNT(*) AS cases FROM help_case
    WHERE answeredOn = ? AND dueOn < ? GROUP BY dueOn, unitId`
  const other = `SELECT dueOn, unitId, COUNT(*) AS cases FROM help_case
    WHERE closedOn = ? AND answeredOn IS NULL AND dueOn < ? GROUP BY dueOn, unitId`
  const rows = new Map<string, LateEnd>()
  for (const sql of [answered, other]) {
    const found = (await db.query(sql, [day, day])) as { dueOn: string; unitId: string | null; cases: number }[]
    for (const { dueOn, unitId, cases } of found) {
      const key = { day, dueOn, unitId: unitId ?? '' }
      const row = rows.get(JSON.stringify(key)) ?? { ...key, cases: 0 }
      row.cases += Number(cases)
      rows.set(JSON.stringify(key), row)
    }
  }
  return [...rows.values()]
}

/**
 * Replaces what is written down of a day, inside the caller's transaction. The old rows go first: they are the lock
 * that lets of two counts the later one see the newer cases.
 */
export async function recountDay(db: EntityManager, day: string): Promise<void> {
  await db.query('DELETE FROM case_day WHERE day = ?', [day])
  await db.query('DELETE FROM late_end WHERE day = ?', [day])
  const rows = await countDay(db, day)
  const nothing: CaseDay = { day, unitId: '', officerPostId: '', category: '', ...noCounts() }
  await insertAll(db, 'case_day', rows.length > 0 ? rows : [nothing])
  await insertAll(db, 'late_end', await lateEnds(db, day))
}

const ROWS_AT_ONCE = 50

async function insertAll(db: EntityManager, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const marks = `(${columns.map(() => '?').join(', ')})`
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE)
    await db.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => marks).join(', ')}`,
      some.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column])),
    )
  }
}
