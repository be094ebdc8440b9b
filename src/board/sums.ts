/** Sums over days: from the roll-up where a day has been counted, from the cases themselves where it has not. */
import type { EntityManager } from 'typeorm'
import { addDays } from '../calendar/dates.js'
import { isEmbedded } from '../database/source.js'
import { breathe } from './breathe.js'
import { countDay, lateEnds, tables } from './countDay.js'
import { type Counts, counts, noCounts } from './dayCounts.js'
import { keptLate, keptParts } from './kept.js'
import type { Period } from './period.js'
import { ofUnits, type Reach } from './reach.js'
import { countedSpan, firstCaseDay } from './rollUp.js'

/** Officer or category, never both: they are counted apart. */
export type Key = 'day' | 'unitId' | 'officerPostId'
export type CategoryKey = 'day' | 'unitId' | 'category'
export type Sum<K extends Key | CategoryKey> = Counts & Record<K, string>

/** Days read in one query: few where the driver holds up everybody else. */
const slicesOf = (db: EntityManager) => (isEmbedded(db.dataSource) ? 14 : 366)

/** One row for each value of the keys to which something happened. */
export async function sumDays<K extends Key | CategoryKey>(
  db: EntityManager,
  reach: Reach,
  { from, to }: Period,
  keys: readonly K[],
): Promise<Sum<K>[]> {
  const by = (keys as readonly string[]).includes('category') ? 'category' : 'officerPostId'
  const sums = new Map<string, Sum<K>>()
  const add = (row: Record<K, string> & Counts, times = 1) => {
    const name = JSON.stringify(keys.map((key) => row[key]))
    const sum = sums.get(name) ?? ({ ...pick(row, keys), ...noCounts() } as Sum<K>)
    for (const count of counts) (sum as Counts)[count] += times * Number(row[count])
    sums.set(name, sum)
  }
  const { counted, live } = await partsOf(db, { from, to })
  const units = ofUnits(reach, 'unitId')
  const columns = [...keys, ...counts.map((count) => `SUM(${count}) AS ${count}`)].join(', ')
  const grouping = keys.length === 0 ? 'HAVING COUNT(*) > 0' : `GROUP BY ${keys.join(', ')}`
  for (const part of cut(counted, slicesOf(db))) {
    const rows = (await db.query(
      `SELECT ${columns} FROM ${tables[by]} WHERE day >= ? AND day <= ? AND ${units.sql} ${grouping}`,
      [part.from, part.to, ...units.params],
    )) as Sum<K>[]
    for (const row of rows) add(row)
    await breathe()
  }
  for (const day of live) {
    for (const row of await countDay(db, day, by)) {
      if (isWithin(reach, row.unitId)) add(row as unknown as Sum<K>)
    }
    await breathe()
  }
  for (const part of await keptParts(db, reach, { from, to })) add(part as unknown as Sum<K>, -1)
  return [...sums.values()].filter((sum) => counts.some((count) => sum[count] > 0))
}

/** Everything in one sum. */
export async function sumAll(db: EntityManager, reach: Reach, period: Period): Promise<Counts> {
  const [sum] = await sumDays(db, reach, period, [])
  return sum ?? noCounts()
}

export interface Late {
  /** The day on which the case was no longer owed. */
  day: string
  dueOn: string
  cases: number
}

/** What ended after `from` and had been due before `to`: overdue on days between. */
export async function lateBetween(
  db: EntityManager,
  reach: Reach,
  { from, to }: Period,
  today: string,
): Promise<Late[]> {
  const { counted, live } = await partsOf(db, { from, to: today })
  const units = ofUnits(reach, 'unitId')
  const late: Late[] = await keptLate(db, reach)
  for (const part of cut(counted, slicesOf(db))) {
    const rows = (await db.query(
      `SELECT day, dueOn, SUM(cases) AS cases FROM late_end
       WHERE day >= ? AND day <= ? AND dueOn < ? AND ${units.sql} GROUP BY day, dueOn`,
      [part.from, part.to, to, ...units.params],
    )) as Late[]
    for (const row of rows) late.push({ ...row, cases: Number(row.cases) })
    await breathe()
  }
  for (const day of live) {
    for (const row of await lateEnds(db, day)) if (isWithin(reach, row.unitId) && row.dueOn < to) late.push(row)
    await breathe()
  }
  return late
}

const isWithin = (reach: Reach, unitId: string) => reach.unitIds === null || reach.unitIds.includes(unitId)

/** The days of a period that the roll-up holds, and those that it does not: today, and what is still to be counted. */
async function partsOf(db: EntityManager, { from, to }: Period): Promise<{ counted: Period | null; live: string[] }> {
  const firstCase = await firstCaseDay(db)
  if (firstCase === null) return { counted: null, live: [] }
  const span = await countedSpan(db)
  const first = from < firstCase ? firstCase : from
  if (span === null || span.last < first || span.first > to) return { counted: null, live: daysOf(first, to) }
  const counted = { from: span.first > first ? span.first : first, to: span.last < to ? span.last : to }
  return { counted, live: [...daysOf(first, addDays(counted.from, -1)), ...daysOf(addDays(counted.to, 1), to)] }
}

/** The days from one to another, both included. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function cut(period: Period | null, days: number): Period[] {
  const parts: Period[] = []
  if (period === null) return parts
  for (let from = period.from; from <= period.to; from = addDays(from, days)) {
    const end = addDays(from, days - 1)
    parts.push({ from, to: end < period.to ? end : period.to })
  }
  return parts
}

const pick = <K extends Key | CategoryKey>(row: Record<K, string>, keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, row[key]]))
