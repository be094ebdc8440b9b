/** Counts one day from the cases themselves, each question through an index of its own, and writes the count down. */
import type { EntityManager } from 'typeorm'
import { type Count, type Counts, counts } from './dayCounts.js'
import type { LateEnd } from './lateEnd.js'

/** What one case adds to a day, by the day of which it adds it. */
const adds: Readonly<Record<'createdOn' | 'answeredOn' | 'closedOn', Partial<Record<Count, string>>>> = {
  createdOn: { submitted: '1' },
  answeredOn: {
    answered: '1',
    answeredInTime: 'COALESCE(isInTime, 0)',
    usedWorkdays: 'COALESCE(usedWorkdays, 0)',
    promisedWorkdays: 'allowedWorkdays',
  },
  closedOn: {
    closed: `state = 'closed'`,
    declined: `state = 'declined'`,
    withdrawn: `state = 'withdrawn'`,
    rating1: 'COALESCE(rating = 1, 0)',
    rating2: 'COALESCE(rating = 2, 0)',
    rating3: 'COALESCE(rating = 3, 0)',
    rating4: 'COALESCE(rating = 4, 0)',
    rating5: 'COALESCE(rating = 5, 0)',
  },
}

/** The roll-up's tables, by what they tell apart within a unit. */
export const tables = { officerPostId: 'case_day', category: 'category_day' } as const
export type Part = keyof typeof tables
export type DayRow<P extends Part = Part> = Counts & { day: string; unitId: string } & Record<P, string>

/** One row a unit and officer, or category, to which something happened on a day; four parameters, each the day. */
function daySql(part: Part): string {
  const reads = Object.entries(adds).map(
    ([day, add]) => `SELECT COALESCE(unitId, '') AS unitId, COALESCE(${part}, '') AS ${part},
      ${counts.map((count) => `${add[count] ?? '0'} AS ${count}`).join(', ')} FROM help_case WHERE ${day} = ?`,
  )
  return `SELECT ? AS day, d.unitId, d.${part}, ${counts.map((count) => `SUM(d.${count}) AS ${count}`).join(', ')}
    FROM (${reads.join(' UNION ALL ')}) d GROUP BY d.unitId, d.${part}`
}

const sqlOf = { officerPostId: daySql('officerPostId'), category: daySql('category') }

export async function countDay<P extends Part>(db: EntityManager, day: string, part: P): Promise<DayRow<P>[]> {
  return (await db.query(sqlOf[part], [day, day, day, day])) as DayRow<P>[]
}

/** What ended on a day after it was due, and so had been overdue on the days between. Two parameters for each half. */
const lateSql = `SELECT ? AS day, d.dueOn, d.unitId, COUNT(*) AS cases FROM (
    SELECT dueOn, COALESCE(unitId, '') AS unitId FROM help_case WHERE answeredOn = ? AND dueOn < ?
    UNION ALL
    SELECT dueOn, COALESCE(unitId, '') AS unitId FROM help_case
    WHERE closedOn = ? AND answeredOn IS NULL AND dueOn < ?
  ) d GROUP BY d.dueOn, d.unitId`

export async function lateEnds(db: EntityManager, day: string): Promise<LateEnd[]> {
  const rows = (await db.query(lateSql, [day, day, day, day, day])) as LateEnd[]
  return rows.map((row) => ({ ...row, cases: Number(row.cases) }))
}

/**
 * Replaces what is written down of a day, inside the caller's transaction. The old rows go first: they are the lock
 * that lets of two counts the later one see the newer cases.
 */
export async function recountDay(db: EntityManager, day: string): Promise<void> {
  for (const table of [...Object.values(tables), 'late_end'])
    await db.query(`DELETE FROM ${table} WHERE day = ?`, [day])
  for (const part of Object.keys(tables) as Part[]) {
    const columns = ['day', 'unitId', part, ...counts].join(', ')
    await db.query(`INSERT INTO ${tables[part]} (${columns}) ${sqlOf[part]}`, [day, day, day, day])
  }
  await db.query(`INSERT INTO late_end (day, dueOn, unitId, cases) ${lateSql}`, [day, day, day, day, day])
  const [row] = (await db.query('SELECT COUNT(*) AS n FROM case_day WHERE day = ?', [day])) as { n: number }[]
  if (Number(row?.n) > 0) return
  const zeros = counts.map(() => '0').join(', ')
  await db.query(
    `INSERT INTO case_day (day, unitId, officerPostId, ${counts.join(', ')}) VALUES (?, '', '', ${zeros})`,
    [day],
  )
}
