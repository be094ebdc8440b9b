/** The calendar as this process holds it: the seeds' years, and over them what clerks have imported. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityManager } from 'typeorm'
import { CalendarYear } from './calendarYear.js'
import { parseDeadlines } from './deadlines.js'
import { makeCalendar } from './workdays.js'
import { parseYearCalendar, type YearCalendar } from './years.js'

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

export const readDeadlines = (root: string) => parseDeadlines(readJson(join(root, 'seeds/deadlines.json')))

/** Every year known, seeds overlaid by imports. */
export async function knownYears(db: EntityManager, root: string): Promise<YearCalendar[]> {
  const folder = join(root, 'seeds/calendar')
  const years = new Map<number, YearCalendar>()
  for (const name of readdirSync(folder).sort()) {
    const year = parseYearCalendar(readJson(join(folder, name)))
    years.set(year.year, year)
  }
  for (const { year, content } of await db.find(CalendarYear)) years.set(year, parseYearCalendar(content))
  return [...years.values()].sort((a, b) => a.year - b.year)
}

export const readCalendar = async (db: EntityManager, root: string) => makeCalendar(await knownYears(db, root))
