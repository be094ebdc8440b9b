/**
 * How long the board's figures take over many cases, and how long anybody else is kept waiting meanwhile.
 * `npx tsx test/bench/boardScale.ts [cases] [mariadb]`; 1,000,000 on the embedded database unless told.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataSource, EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { countSome, recountOne } from '../../src/board/rollUp.js'
import { boardVerbs } from '../../src/board/verbs.js'
import { readCalendar, readDeadlines } from '../../src/calendar/knowledge.js'
import { addDays, dateOf, instantAt } from '../../src/calendar/dates.js'
import { entities, migrations } from '../../src/database/entities.js'
import { migrate } from '../../src/database/migrate.js'
import { isEmbedded, openDatabase } from '../../src/database/source.js'
import { instantParam } from '../../src/database/instants.js'
import { transact } from '../../src/database/transaction.js'
import { indicatorVerbs } from '../../src/indicators/verbs.js'
import { category } from '../../src/people/contract.js'
import type { Grant } from '../../src/people/actor.js'
import { readApprovalRules } from '../../src/projects/approvalRules.js'
import { startMariaDb } from '../mariadb.js'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const wanted = Number(process.argv[2] ?? 1_000_000)
const DAYS = 1000
const now = new Date('2026-11-23T02:00:00Z')
const today = dateOf(now)
const ROWS_AT_ONCE = 400

const branches = Array.from({ length: 15 }, (_, n) => `branch-${n}`)
const officers = branches.flatMap((unitId) => Array.from({ length: 4 }, () => ({ unitId, id: uuid() })))

/** The same numbers at every run. */
let seed = 7
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

async function insert(ds: DataSource, table: string, rows: Record<string, unknown>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE)
    const columns = Object.keys(some[0] ?? {})
    const marks = `(${columns.map(() => '?').join(', ')})`
    await ds.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => marks).join(', ')}`,
      some.flatMap((row) => columns.map((column) => row[column])),
    )
  }
}

function caseOf(ds: DataSource, createdOn: string, n: number) {
  const { unitId, id: officerPostId } = pick(officers)
  const allowedWorkdays = pick([5, 10])
  const dueOn = addDays(createdOn, allowedWorkdays + 2)
  const isLate = random() < 0.05
  const answeredOn = addDays(isLate ? dueOn : createdOn, 1 + Math.floor(random() * 9))
  const isAnswered = answeredOn <= today
  const closedOn = addDays(answeredOn, 1 + Math.floor(random() * 12))
  const isClosed = isAnswered && closedOn <= today
  const open = pick(['assigned', 'handling', 'handling', 'waiting'])
  const at = instantParam(ds, instantAt(createdOn, '09:00'))
  return {
    id: uuid(),
    version: 1,
    auditHead: '',
    number: `QZ${createdOn.replaceAll('-', '')}-${String(n).padStart(5, '0')}`,
    state: isClosed ? 'closed' : isAnswered ? 'answered' : open,
    review: 'passed',
    source: 'help',
    category: pick(category.options),
    title: '报告表要准备什么',
    text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？'.repeat(4),
    createdAt: at,
    createdOn,
    enterpriseId: uuid(),
    districtCode: '210106',
    unitId,
    officerPostId,
    round: 1,
    clock: '[]',
    allowedWorkdays,
    dueOn,
    isProvisional: 0,
    signDueOn: addDays(createdOn, 1),
    answeredAt: isAnswered ? at : null,
    answeredOn: isAnswered ? answeredOn : null,
    usedWorkdays: isAnswered ? 4 : null,
    isInTime: isAnswered ? (isLate ? 0 : 1) : null,
    closedAt: isClosed ? at : null,
    closedOn: isClosed ? closedOn : null,
    extensions: 0,
    rating: isClosed && random() < 0.4 ? pick([5, 5, 5, 4, 4, 3, 2, 1]) : null,
  }
}

async function fill(ds: DataSource): Promise<void> {
  const perDay = Math.ceil(wanted / DAYS)
  await insert(
    ds,
    'unit',
    branches.map((id) => ({ id, name: id, kind: 'branch', districtCodes: '[]', isConfirmed: 0 })),
  )
  const roster = { role: 'officer', handles: null, isDuty: 0, isActive: 1, phoneHash: '', version: 1, auditHead: '' }
  await insert(
    ds,
    'post',
    officers.map(({ id, unitId }, n) => ({ id, unitId, name: `officer ${n}`, ...roster })),
  )
  for (let day = DAYS - 1; day >= 0; day -= 1) {
    const createdOn = addDays(today, -day)
    await insert(
      ds,
      'help_case',
      Array.from({ length: perDay }, (_, n) => caseOf(ds, createdOn, n)),
    )
    if (day % 100 === 0) console.log(`  ${DAYS - day} of ${DAYS} days`)
  }
}

/** The longest time for which nothing else could run. */
async function watched<T>(work: () => Promise<T>): Promise<{ ms: number; blocked: number; result: T }> {
  let last = performance.now()
  let blocked = 0
  let isOver = false
  const watch = () => {
    const at = performance.now()
    blocked = Math.max(blocked, at - last)
    last = at
    if (!isOver) setImmediate(watch)
  }
  setImmediate(watch)
  const startedAt = performance.now()
  const result = await work()
  const ms = performance.now() - startedAt
  await new Promise((resolve) => setImmediate(resolve))
  isOver = true
  return { ms, blocked, result }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const shown = (ms: number) => `${ms.toFixed(1)} ms`.padStart(11)

/** Reads of a whole table or index, by the database's own account. */
async function scansOf(ds: DataSource, sql: string, params: unknown[]): Promise<string[]> {
  if (isEmbedded(ds)) {
    const plan = (await ds.query(`EXPLAIN QUERY PLAN ${sql}`, params)) as { detail: string }[]
    return plan
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN \w+/.test(detail) && !/^SCAN (d|CONSTANT)/.test(detail))
  }
  const plan = (await ds.query(`EXPLAIN ${sql}`, params)) as { table: string | null; type: string; rows: number }[]
  return plan.flatMap(({ table, type, rows }) =>
    ['ALL', 'index'].includes(type) && !table?.startsWith('<') ? `${type} ${table} (${rows} rows)` : [],
  )
}

const server = process.argv[3] === 'mariadb' ? await startMariaDb({ isOwn: true }) : undefined
await server?.createDatabase('bench')
const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-bench-'))
const settings = { url: server?.url('bench'), dataDir, entities, migrations }
await migrate(settings)
const ds = await openDatabase({ ...settings, queryTimeoutMs: 0 })
try {
  if (isEmbedded(ds)) await ds.query('PRAGMA synchronous = OFF')
  console.log(`filling ${wanted} cases (${ds.options.type})`)
  await fill(ds)
  if (isEmbedded(ds)) {
    await ds.query('PRAGMA synchronous = FULL')
    await ds.query('PRAGMA wal_checkpoint(TRUNCATE)')
  } else {
    await ds.query('ANALYZE TABLE help_case')
  }
  const states = await ds.query('SELECT state, COUNT(*) AS n FROM help_case GROUP BY state')
  console.log(states)

  const slices: number[] = []
  const waits: number[] = []
  for (let isDone = false; !isDone; ) {
    const { ms, blocked, result } = await watched(() => transact(ds, (db) => countSome(db, today)))
    slices.push(ms)
    if (blocked > 100) console.log(`  slice ${slices.length}: blocked ${shown(blocked)}`)
    waits.push(blocked)
    isDone = result.isDone
  }
  const total = slices.reduce((a, b) => a + b, 0)
  const long = waits.filter((ms) => ms > 50).length
  console.log(
    `roll-up: ${slices.length} slices, ${(total / 1000).toFixed(1)} s in all, median ${shown(median(slices))},`,
    `blocked ${shown(median(waits))}, at most ${shown(Math.max(...waits))}; ${long} times over 50 ms`,
  )
  if (!isEmbedded(ds)) await ds.query('ANALYZE TABLE case_day, late_end')
  const again = await watched(() => transact(ds, (db) => recountOne(db, [addDays(today, -40)])))
  console.log(`one day counted again: ${shown(again.ms)}, blocked ${shown(again.blocked)}`)

  const base = {
    personId: uuid(),
    enterpriseIds: [],
    ownPostIds: [uuid()],
    ownUnitIds: ['approval'],
    absentPostIds: [],
  }
  const supervisor: Grant = { ...base, scope: 'all', role: 'supervisor', postId: uuid(), unitId: 'approval' }
  const leader: Grant = { ...base, scope: 'branch', role: 'leader', postId: uuid(), unitId: 'branch-3' }
  const know = {
    calendar: await readCalendar(ds.manager, root),
    deadlines: readDeadlines(root),
    approval: readApprovalRules(root),
    guides: { guides: [] },
  }
  const verbs = { ...boardVerbs, ...indicatorVerbs }
  const asked = new Map<string, unknown[]>()
  const db = Object.create(ds.manager) as EntityManager
  db.query = ((sql: string, params: unknown[] = []) => {
    asked.set(sql, params)
    return ds.manager.query(sql, params)
  }) as EntityManager['query']
  const questions: [keyof typeof verbs, Record<string, unknown>][] = [
    ['board.overview', {}],
    ['board.units', {}],
    ['board.officers', {}],
    ['board.trend', { by: 'day' }],
    ['board.overview', { from: addDays(today, -364) }],
    ['board.trend', { by: 'month', from: addDays(today, -364) }],
    ['indicator.list', {}],
  ]
  for (const [verb, input] of questions) {
    for (const grant of [supervisor, leader]) {
      const rounds: { ms: number; blocked: number }[] = []
      for (let round = 0; round < 7; round += 1) {
        const at = new Date(now.getTime() + round * 120_000)
        const call = {
          db,
          grants: [grant],
          actor: { personId: null, holdings: [], enterpriseIds: [] },
          input,
          now: at,
          know,
          verb,
        }
        rounds.push(await watched(() => verbs[verb].handle(call as never)))
      }
      console.log(
        `${verb} ${JSON.stringify(input)} ${grant.role}`.padEnd(62),
        'median',
        shown(median(rounds.map(({ ms }) => ms))),
        'worst',
        shown(Math.max(...rounds.map(({ ms }) => ms))),
        'blocked',
        shown(Math.max(...rounds.map(({ blocked }) => blocked))),
      )
    }
  }
  const scans = new Set<string>()
  for (const [sql, params] of asked) for (const scan of await scansOf(ds, sql, params)) scans.add(scan)
  console.log(`${asked.size} different queries; whole tables or indices read: ${[...scans].join(', ') || 'none'}`)
} finally {
  await ds.destroy()
  await server?.stop()
  await rm(dataDir, { recursive: true, force: true })
}
