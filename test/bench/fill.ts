/**
 * Cases by the hundred thousand, as they gather in a city that is asked 100,000 times a year: however many there are,
 * the same number is open, so that what grows is the past alone.
 */
import type { DataSource } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { countSome } from '../../src/board/rollUp.js'
import { addDays, dateOf, instantAt } from '../../src/calendar/dates.js'
import { instantParam } from '../../src/database/instants.js'
import { isEmbedded } from '../../src/database/source.js'
import { isUnavailable, transact } from '../../src/database/transaction.js'
import { category } from '../../src/people/contract.js'
import type { Firm, Town } from './people.js'

const A_DAY = 274
const OPEN_AT_MOST = 3000
const ROWS_AT_ONCE = 250
const ROWS_A_COMMIT = 5000
const IDS_AT_ONCE = 500
/** Begins the numbers of the cases that a measurement answers. */
const FOR_ANSWERS = 'QA'

/** A case in hand that nobody has touched yet, and the token of its officer. */
export interface InHand {
  id: string
  token: string
}

/** The same numbers at every run. */
let seed = 7
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

/** So many cases, the oldest first as they came, each with its timeline. */
export async function fillCases(ds: DataSource, { firms }: Town, count: number): Promise<void> {
  const today = dateOf(new Date())
  const openUntil = Math.min(OPEN_AT_MOST, count / 2)
  // What a crash could lose here is only the benchmark's own.
  if (isEmbedded(ds)) await ds.query('PRAGMA synchronous = OFF')
  for (let from = count; from > 0; from -= ROWS_A_COMMIT) {
    const cases = Array.from({ length: Math.min(ROWS_A_COMMIT, from) }, (_, at) => {
      const n = from - 1 - at
      return caseOf(ds, pick(firms), addDays(today, -Math.floor(n / A_DAY)), today, n, n < openUntil)
    })
    await insertAll(ds, cases)
  }
  await (isEmbedded(ds) ? ds.query('PRAGMA wal_checkpoint(TRUNCATE)') : ds.query('ANALYZE TABLE help_case, case_entry'))
}

/** Cases to be answered once each. */
export async function layInHand(ds: DataSource, { firms }: Town, count: number): Promise<InHand[]> {
  const today = dateOf(new Date())
  const reached = firms.filter(({ officer }) => officer.token !== undefined)
  const laid: InHand[] = []
  for (let from = 0; from < count; from += ROWS_A_COMMIT) {
    const cases = Array.from({ length: Math.min(ROWS_A_COMMIT, count - from) }, (_, at) => {
      const firm = reached[(from + at) % reached.length] as Firm
      const row = caseOf(ds, firm, today, today, 0, true)
      const number = `${FOR_ANSWERS}${row.id.slice(-20)}`
      laid.push({ id: row.id, token: firm.officer.token ?? '' })
      return { ...row, number, state: 'handling', signedAt: row.createdAt, projectId: firm.projectId }
    })
    await insertAll(ds, cases)
  }
  return laid
}

/** What a server had in hand when its round ended may hold its rows for a while yet. */
const PATIENCE_MS = 120_000

/** Takes away what a measurement wrote, so that lists, desks and the day are as full as before. */
export async function takeAway(ds: DataSource): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await takeAwayNow(ds)
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > until) throw error
    }
  }
}

async function takeAwayNow(ds: DataSource): Promise<void> {
  const today = dateOf(new Date())
  const rows = (await ds.query(`SELECT id FROM help_case WHERE createdOn = ? AND (auditHead <> '' OR number LIKE ?)`, [
    today,
    `${FOR_ANSWERS}%`,
  ])) as { id: string }[]
  for (let from = 0; from < rows.length; from += IDS_AT_ONCE) {
    const ids = rows.slice(from, from + IDS_AT_ONCE).map(({ id }) => id)
    const marks = ids.map(() => '?').join(', ')
    await transact(ds, async (db) => {
      await db.query(`DELETE FROM case_entry WHERE caseId IN (${marks})`, ids)
      await db.query(`DELETE FROM help_case WHERE id IN (${marks})`, ids)
    })
  }
  await transact(ds, (db) => db.query(`DELETE FROM job WHERE state = 'ready'`))
}

/** As the timetable's jobs do, a slice at a time. */
export async function rollUp(ds: DataSource): Promise<void> {
  const today = dateOf(new Date())
  for (let isDone = false; !isDone; ) ({ isDone } = await transact(ds, (db) => countSome(db, today)))
  if (!isEmbedded(ds)) await ds.query('ANALYZE TABLE case_day, late_end')
}

function caseOf(ds: DataSource, firm: Firm, createdOn: string, today: string, n: number, isOpen: boolean) {
  const at = instantAt(createdOn, '09:00')
  const allowedWorkdays = pick([5, 10])
  const dueOn = addDays(createdOn, allowedWorkdays + 2)
  const isLate = random() < 0.05
  const wanted = addDays(isLate ? dueOn : createdOn, 1 + Math.floor(random() * 9))
  const answeredOn = wanted < today ? wanted : today
  const later = addDays(answeredOn, 1 + Math.floor(random() * 12))
  const isClosed = !isOpen && later <= today
  const stored = instantParam(ds, at)
  return {
    id: uuid({ msecs: at.getTime() + (A_DAY - (n % A_DAY)) * 1000 }),
    version: 1,
    auditHead: '',
    number: `QZ${createdOn.replaceAll('-', '')}-${String(n).padStart(7, '0')}`,
    state: isOpen ? pick(['assigned', 'handling', 'handling', 'waiting']) : isClosed ? 'closed' : 'answered',
    review: 'passed',
    source: 'help',
    category: pick(category.options),
    title: '报告表要准备什么',
    text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？'.repeat(4),
    createdBy: firm.member?.personId ?? null,
    createdAt: stored,
    createdOn,
    enterpriseId: firm.id,
    projectId: random() < 0.5 ? firm.projectId : null,
    districtCode: firm.officer.districtCode,
    unitId: firm.officer.unitId,
    officerPostId: firm.officer.postId,
    round: 1,
    clock: JSON.stringify([{ kind: 'start', at: at.toISOString() }]),
    allowedWorkdays,
    dueOn,
    isProvisional: 0,
    signDueOn: addDays(createdOn, 1),
    signedAt: null as unknown,
    answeredAt: isOpen ? null : stored,
    answeredOn: isOpen ? null : answeredOn,
    answeredByPostId: isOpen ? null : firm.officer.postId,
    usedWorkdays: isOpen ? null : 4,
    isInTime: isOpen ? null : isLate ? 0 : 1,
    closesOn: isOpen || isClosed ? null : addDays(answeredOn, 14),
    closedAt: isClosed ? stored : null,
    closedOn: isClosed ? later : null,
    extensions: 0,
    rating: isClosed && random() < 0.4 ? pick([5, 5, 5, 4, 4, 3, 2, 1]) : null,
  }
}

type CaseRow = ReturnType<typeof caseOf>

const answerText = '报告表审批需要报告表全本、公示说明和委托书；先在网上提交，五个工作日内有受理结果。'

function entriesOf(row: CaseRow) {
  const line = { caseId: row.id, at: row.createdAt, review: 'passed' }
  const asked = {
    id: uuid(),
    ...line,
    verb: 'case.submit',
    personId: row.createdBy,
    postId: null as unknown,
    text: null as unknown,
  }
  if (row.answeredAt === null) return [asked]
  return [
    asked,
    { id: uuid(), ...line, verb: 'case.answer', personId: null, postId: row.officerPostId, text: answerText },
  ]
}

async function insertAll(ds: DataSource, cases: CaseRow[]): Promise<void> {
  const entries = cases.flatMap(entriesOf)
  await transact(ds, async (db) => {
    for (const [table, rows] of [
      ['help_case', cases],
      ['case_entry', entries],
    ] as const) {
      const columns = Object.keys(rows[0] ?? {})
      const names = columns.map((column) => db.dataSource.driver.escape(column)).join(', ')
      const marks = `(${columns.map(() => '?').join(', ')})`
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        const some: Record<string, unknown>[] = rows.slice(from, from + ROWS_AT_ONCE)
        await db.query(
          `INSERT INTO ${table} (${names}) VALUES ${some.map(() => marks).join(', ')}`,
          some.flatMap((row) => columns.map((column) => row[column])),
        )
      }
    }
  })
}
