/** Keeps the daily roll-up: which days are counted, which come next, and which have become wrong. */
import type { EntityManager } from 'typeorm'
import { AuditEntry } from '../audit/auditEntry.js'
import { addDays } from '../calendar/dates.js'
import { HelpCase } from '../cases/helpCase.js'
import { recountDay } from './countDay.js'

/** The days counted, without a gap between; null where none is. */
export interface Span {
  first: string
  last: string
}

export async function countedSpan(db: EntityManager): Promise<Span | null> {
  const [row] = (await db.query(
    'SELECT (SELECT MIN(day) FROM case_day) AS first, (SELECT MAX(day) FROM case_day) AS last',
  )) as { first: string | null; last: string | null }[]
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null
}

/** The day of the oldest case; null where there is none. */
export async function firstCaseDay(db: EntityManager): Promise<string | null> {
  const [row] = (await db.query('SELECT MIN(createdOn) AS day FROM help_case')) as { day: string | null }[]
  return row?.day ?? null
}

/** The day to count next: on to yesterday first, then back to the oldest case. Undefined when all is counted. */
export function nextUncounted(span: Span | null, firstCase: string | null, today: string): string | undefined {
  const yesterday = addDays(today, -1)
  if (span === null) return yesterday
  if (span.last < yesterday) return addDays(span.last, 1)
  return firstCase !== null && firstCase < span.first ? addDays(span.first, -1) : undefined
}

/** Well under the 50 ms for which the embedded database may keep others waiting. */
const SLICE_MS = 20
const DAYS_AT_ONCE = 31

/** Counts some of the days that have not been; whether more are left. */
export async function countSome(db: EntityManager, today: string): Promise<{ isDone: boolean }> {
  const startedAt = performance.now()
  let slowest = 0
  for (let days = 0; days < DAYS_AT_ONCE; days += 1) {
    const dayStartedAt = performance.now()
    if (dayStartedAt - startedAt + slowest > SLICE_MS) return { isDone: false }
    const next = nextUncounted(await countedSpan(db), await firstCaseDay(db), today)
    if (next === undefined) return { isDone: true }
    await recountDay(db, next)
    slowest = Math.max(slowest, performance.now() - dayStartedAt)
  }
  return { isDone: false }
}

/** The fields of a case by which a day counts it. */
const dayFields = ['createdOn', 'answeredOn', 'closedOn'] as const

/**
 * Every day that has ever counted the case: the trail knows the days it has left (opened again) as well as those on
 * which it now stands under another officer (handed on).
 */
export async function daysOfCase(db: EntityManager, caseId: string): Promise<string[]> {
  const entries = await db.find(AuditEntry, {
    select: { changes: true },
    where: { subjectKind: 'case', subjectId: caseId },
  })
  const left = entries.flatMap(({ changes }) => {
    const fields = JSON.parse(changes) as Record<string, [unknown, unknown] | undefined>
    return dayFields.flatMap((field) => fields[field] ?? [])
  })
  const row = await db.findOneBy(HelpCase, { id: caseId })
  const days = [...left, ...dayFields.map((field) => row?.[field])]
  return [...new Set(days)].filter((day) => typeof day === 'string').sort()
}

/** Counts one of the days anew, if it has been counted at all; the others are left for the next job. */
export async function recountOne(db: EntityManager, days: readonly string[]): Promise<string[]> {
  const span = await countedSpan(db)
  const [day, ...rest] = days.filter((each) => span !== null && each >= span.first && each <= span.last)
  if (day !== undefined) await recountDay(db, day)
  return rest
}
