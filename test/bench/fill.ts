/** Cases by the hundred thousand: a thousand a day back from today, the newest of them open. */
import type { DataSource } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { countSome } from '../../src/board/rollUp.js'
import { addDays, dateOf, instantAt } from '../../src/calendar/dates.js'
import { instantParam } from '../../src/database/instants.js'
import { isEmbedded } from '../../src/database/source.js'
import { transact } from '../../src/database/transaction.js'
import { category } from '../../src/people/contract.js'
import type { Firm, Town } from './people.js'

const A_DAY = 1000
const OPEN_AT_MOST = 5000
const ROWS_AT_ONCE = 250

/** The same numbers at every run. */
let seed = 7
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

/** Adds cases number `from` to `to`, counted back from the newest. */
export async function fillCases(ds: DataSource, { firms }: Town, from: number, to: number): Promise<void> {
  const today = dateOf(new Date())
  const openUntil = Math.min(OPEN_AT_MOST, to / 10)
  // What a crash could lose here is only the benchmark's own.
  if (isEmbedded(ds)) await ds.query('PRAGMA synchronous = OFF')
  let rows: Record<string, unknown>[] = []
  for (let n = from; n < to; n += 1) {
    const createdOn = addDays(today, -Math.floor(n / A_DAY))
    rows.push(caseOf(ds, pick(firms), createdOn, today, n, n < openUntil))
    if (rows.length === ROWS_AT_ONCE || n === to - 1) {
      await insert(ds, 'help_case', rows)
      rows = []
    }
  }
  await (isEmbedded(ds) ? ds.query('PRAGMA wal_checkpoint(TRUNCATE)') : ds.query('ANALYZE TABLE help_case'))
}

/** Takes what a measurement submitted off the officers' desks and out of today, so that both are as full as before. */
export async function closeSubmitted(ds: DataSource): Promise<void> {
  const day = addDays(dateOf(new Date()), -40)
  await ds.query(
    `UPDATE help_case SET state = 'closed', createdOn = ?, answeredOn = ?, closedOn = ?, usedWorkdays = 1, isInTime = 1
     WHERE state = 'assigned' AND auditHead <> ''`,
    [day, day, day],
  )
  await ds.query(`UPDATE job SET state = 'done' WHERE state = 'ready'`)
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
    id: uuid({ msecs: at.getTime() - (n % A_DAY) * 1000 }),
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

async function insert(ds: DataSource, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const marks = `(${columns.map(() => '?').join(', ')})`
  await ds.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => marks).join(', ')}`,
    rows.flatMap((row) => columns.map((column) => row[column])),
  )
}
