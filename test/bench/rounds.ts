/** The rounds on one storage: each size beside the floor, then the largest beside the one before it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { entities, migrations } from '../../src/database/entities.js'
import { openDatabase } from '../../src/database/source.js'
import type { Deadline } from './deadline.js'
import { fillCases, layInHand, rollUp, takeAway } from './fill.js'
import { alternate, cpuOf, databaseCpuOf, median, named, type Side, timed, timeOf, type Turn } from './measure.js'
import { logIn, type People, settle } from './people.js'
import { type Place, placeOn, type Storage, type StorageName } from './places.js'
import { readings, readingNames } from './readings.js'
import { type Alike, floorDatabase, type Plan, record } from './record.js'
import { requestFile } from './load.js'
import { scansOf } from './scans.js'
import { type Ground, type Series, series } from './series.js'
import { type Server, startServer } from './server.js'
import type { Beside, Growth, Row, Scan } from './tables.js'
import { type Weight, weigh } from './weight.js'

export interface Findings {
  rows: Row[]
  builds: Beside[]
  growth: Growth[]
  scans: Scan[]
  weights: Weight[]
}

export interface Pace {
  rounds: number
  seconds: number
}

interface Task {
  storage: Storage
  folder: string
  pace: Pace
  deadline: Deadline
  sizes: readonly number[]
  /** Of these sizes only the largest beside the floor: the others are there for the growth. */
  isQuick: boolean
  /** The names of the series to ask, or parts of them; unset: all. */
  only: readonly string[] | undefined
  /** The folder of another build, to be measured beside this one in place of the floor. */
  against: string | undefined
  found: Findings
  say: (line: string) => void
}

/** A filled database with all who use it. */
interface Filled {
  place: Place
  cases: number
  ds: DataSource
  ground: Ground
}

const JOBS_BESIDE = 'case.submit, jobs done beside'
/** Cases laid in a second, until this machine has been seen at work. */
const EXPECTED_FILL = 2000
const ROUND_OVERHEAD = 1.3
const PREPARING_S = 15

const chosenOf = (only: Task['only']) => series.filter(({ name }) => isAsked(only, name))
const isAsked = (only: Task['only'], name: string) => only === undefined || only.some((one) => name.includes(one))

/** Every row that a whole run has, as findings are named. */
export function plannedOn(
  storage: StorageName,
  { sizes, only, isQuick }: Pick<Task, 'sizes' | 'only' | 'isQuick'>,
): string[] {
  const asked = [...series.map(({ name }) => name), JOBS_BESIDE].filter((name) => isAsked(only, name))
  const readingsToo = storage === 'cluster' ? [] : readingNames.filter((name) => isAsked(only, name))
  const [before, last] = sizes.slice(-2)
  const grown = last === undefined ? [] : chosenOf(only).filter(({ mayGrow }) => mayGrow !== undefined)
  return [
    ...readingsToo.map((name) => `${storage}, 0: ${name}`),
    ...heldAgainstFloor(sizes, isQuick).flatMap((cases) => asked.map((name) => `${storage}, ${cases}: ${name}`)),
    ...grown.map(({ name }) => `${storage}, ${before} to ${last}: ${name}`),
  ]
}

const heldAgainstFloor = (sizes: readonly number[], isQuick: boolean) => (isQuick ? sizes.slice(-1) : sizes)

export function measureStorage(task: Task): Promise<void> {
  return task.against === undefined ? measureAll(task) : compareBuilds(task, task.against)
}

async function measureAll(task: Task): Promise<void> {
  const { storage, sizes, deadline, say } = task
  say(`\n${storage.name}, ${deadline.left().toFixed(0)} s left`)
  const filled: Filled[] = []
  let perSecond = EXPECTED_FILL
  try {
    for (const cases of sizes) {
      if (!deadline.fits(cases / perSecond + PREPARING_S)) return
      const startedAt = performance.now()
      if (filled.length === 0 && storage.name !== 'cluster') await readWithoutLogIn(task)
      const one = await fill(task, cases)
      filled.push(one)
      const seconds = (performance.now() - startedAt) / 1000
      perSecond = cases / seconds
      say(
        `  ${cases.toLocaleString('en')} cases, laid in ${seconds.toFixed(0)} s; ${deadline.left().toFixed(0)} s left`,
      )
      if (task.only === undefined) await weighIt(task, one)
      if (heldAgainstFloor(sizes, task.isQuick).includes(cases)) await besideFloor(task, one)
    }
    const [before, last] = filled.slice(-2)
    if (before && last) await grow(task, before, last)
  } finally {
    for (const { ds } of filled) await ds.destroy()
  }
}

async function weighIt({ found, say }: Task, { ds, place, cases }: Filled): Promise<void> {
  const weight = await weigh(ds, place, cases)
  found.weights.push(weight)
  const { databaseBytes, backupBytes, backupSeconds } = weight
  const [database, backup] = [databaseBytes, backupBytes].map((bytes) => (bytes / 1e6).toFixed(0))
  say(`  ${database} MB; a backup of ${backup} MB takes ${backupSeconds.toFixed(1)} s`)
}

/** What is answered from memory, whatever the database holds. */
async function readWithoutLogIn(task: Task): Promise<void> {
  if (!readingNames.some((name) => isAsked(task.only, name))) return
  const place = await placeOn(task.storage, task.folder, 'empty')
  const server = await ourServer(place)
  try {
    for await (const row of readings({ ...task, place, server, isAsked: (name) => isAsked(task.only, name) })) {
      keep(task, row)
    }
  } finally {
    await server.stop()
  }
}

async function fill({ storage, folder }: Task, cases: number, which = ''): Promise<Filled> {
  const place = await placeOn(storage, folder, `of_${cases}${which}`)
  const server = await ourServer(place)
  let people: People
  try {
    people = await logIn(server.url)
  } finally {
    await server.stop()
  }
  const ds = await open(place)
  const town = await settle(ds, people)
  await fillCases(ds, town, cases)
  await rollUp(ds)
  return { place, cases, ds, ground: { people, town, readable: await readableOf(ds, town) } }
}

const open = ({ url, env }: Place) =>
  openDatabase({ url, dataDir: env['DATA_DIR'] ?? '', entities, migrations, queryTimeoutMs: 0 })

const READ = 400

/** Cases from all times, each with its officer. */
async function readableOf(ds: DataSource, { officers }: Ground['town']): Promise<Ground['readable']> {
  const tokens = new Map(officers.flatMap(({ postId, token }) => (token === undefined ? [] : [[postId, token]])))
  const marks = [...tokens].map(() => '?').join(', ')
  const rows = (await ds.query(`SELECT id, officerPostId FROM help_case WHERE officerPostId IN (${marks})`, [
    ...tokens.keys(),
  ])) as { id: string; officerPostId: string }[]
  const step = Math.max(1, Math.floor(rows.length / READ))
  return rows
    .filter((_, n) => n % step === 0)
    .map(({ id, officerPostId }) => ({ id, token: tokens.get(officerPostId) ?? '' }))
}

async function besideFloor(task: Task, filled: Filled): Promise<void> {
  const { storage, pace, deadline } = task
  const { place, ds, cases, ground } = filled
  const asked = chosenOf(task.only)
  const plans = await plansOf(filled, asked)
  const file = join(place.folder, 'plans.json')
  await writeFile(file, JSON.stringify({ database: floorDatabase(place.url, place.env['DATA_DIR'] ?? ''), plans }))
  const floor = await startServer({ program: 'floor/replay.mjs', parameters: [file], folder: place.folder })
  try {
    const ours = await ourServer(place)
    try {
      const sides: [Side, Side] = [
        { server: ours, ds, ground },
        { server: floor, ds, ground },
      ]
      const meter = { folder: place.folder, storage, rounds: { count: pace.rounds, seconds: pace.seconds } }
      for (const one of asked) {
        if (!deadline.fits((pace.rounds * pace.seconds * 2 + 2) * ROUND_OVERHEAD)) continue
        const turns = await alternate(meter, one, sides)
        const statements = statementsOf(plans[one.name])
        keep(task, { storage: storage.name, cases, name: one.name, ...summary(turns), statements })
        if (one.once || one.name === 'case.submit') await takeAway(ds)
      }
    } finally {
      await ours.stop()
    }
  } finally {
    await floor.stop()
  }
  if (isAsked(task.only, JOBS_BESIDE)) await submitWithJobs(task, filled)
  await lookForScans(task, filled, plans)
}

/**
 * Last: libsql holds on to the snapshot that an EXPLAIN saw, even once its connection is closed, so that SQLite could not
 * cut its WAL while others write, and every read would get slower.
 */
async function lookForScans({ storage, found }: Task, { place, cases }: Filled, plans: Record<string, Plan[]>) {
  const looking = await open(place)
  try {
    for (const [name, some] of Object.entries(plans)) {
      for (const scan of await scansOf(looking, some)) {
        found.scans.push({ storage: storage.name, cases, name, found: scan })
      }
    }
  } finally {
    await looking.destroy()
  }
}

const noFloor = { ratio: Number.NaN, floorPerSecond: Number.NaN, floorP99Ms: Number.NaN, floorCpuMs: Number.NaN }

/** Not beside the floor: how much is left for who asks while the same process does what follows. */
async function submitWithJobs(task: Task, { place, ds, cases, ground }: Filled): Promise<void> {
  const { storage, pace } = task
  const both = await ourServer(place, 'with-jobs')
  try {
    const submit = series.find(({ name }) => name === 'case.submit')
    const file = await requestFile(place.folder, named({ name: JOBS_BESIDE }, submit?.requests?.(ground) ?? []))
    const meter = { folder: place.folder, storage, rounds: { count: 1, seconds: pace.seconds } }
    const turn = await timed(meter, both, Math.max(2, pace.seconds), file)
    const row = { storage: storage.name, cases, name: JOBS_BESIDE, ...summary([[turn, turn]]), statements: 0 }
    keep(task, { ...row, ...noFloor })
  } finally {
    await both.stop()
  }
  await takeAway(ds)
}

async function plansOf({ place, ds, ground }: Filled, asked: readonly Series[]): Promise<Record<string, Plan[]>> {
  const alike: Record<string, Alike[]> = {}
  for (const { name, requests, once } of asked) {
    if (once) {
      const laid = await layInHand(ds, ground.town, ground.town.firms.length)
      const tokens = [...new Set(laid.map(({ token }) => token))]
      alike[name] = tokens.flatMap((token) => {
        const [a, b, c] = laid.filter((found) => found.token === token)
        return a && b && c ? [[once(a), once(b), once(c)] as const] : []
      })
    } else {
      alike[name] = (requests?.(ground) ?? []).slice(0, PLANS_AT_MOST).map((one) => [one, one, one] as const)
    }
  }
  const plans = await record({ ...place.env, LOG_LEVEL: 'silent' }, alike)
  await takeAway(ds)
  return plans
}

const PLANS_AT_MOST = 56

/** Two places filled alike, one for each build: the embedded database serves one process at a time. */
async function compareBuilds(task: Task, against: string): Promise<void> {
  const { storage, sizes, say } = task
  say(`\n${storage.name}, beside ${against}`)
  for (const cases of sizes) {
    const [ours, theirs] = [await fill(task, cases, 'ours'), await fill(task, cases, 'theirs')]
    try {
      const counts = await plansOf(ours, chosenOf(task.only))
      await inTurn(task, [ours, theirs], against, (one, turns) => {
        const { name } = one
        const beside = {
          storage: storage.name,
          cases,
          name,
          ...summary(turns),
          cpuRatio: median(turns.map(([a, b]) => cpuOf(a) / cpuOf(b))),
          statements: statementsOf(counts[name]),
        }
        task.found.builds.push(beside)
        say(
          `  ${name.padEnd(36)} ${beside.ratio.toFixed(2)} of its throughput, ${beside.cpuRatio.toFixed(2)} of its processor time`,
        )
      })
    } finally {
      await ours.ds.destroy()
      await theirs.ds.destroy()
    }
  }
}

/** Each series on both places in alternating rounds; `against` is the build of the second's service. */
async function inTurn(
  task: Task,
  [first, second]: readonly [Filled, Filled],
  against: string | undefined,
  tell: (one: Series, turns: [Turn, Turn][]) => void,
): Promise<void> {
  const { storage, pace, deadline } = task
  const a = await ourServer(first.place)
  try {
    const b = await ourServer(second.place, 'without-jobs', against)
    try {
      const meter = { folder: second.place.folder, storage, rounds: { count: pace.rounds, seconds: pace.seconds } }
      for (const one of chosenOf(task.only)) {
        if (against === undefined && one.mayGrow === undefined) continue
        if (!deadline.fits((pace.rounds * pace.seconds * 2 + 2) * ROUND_OVERHEAD)) continue
        tell(
          one,
          await alternate(meter, one, [
            { server: a, ds: first.ds, ground: first.ground },
            { server: b, ds: second.ds, ground: second.ground },
          ]),
        )
        if (one.mayGrow === undefined) for (const { ds } of [first, second]) await takeAway(ds)
      }
    } finally {
      await b.stop()
    }
  } finally {
    await a.stop()
  }
}

const statementsOf = (plans: readonly Plan[] = []) =>
  plans.reduce((sum, { statements }) => sum + statements.length, 0) / Math.max(1, plans.length)

async function grow(task: Task, before: Filled, last: Filled): Promise<void> {
  const all = (turn: Turn) => cpuOf(turn) + databaseCpuOf(turn)
  await inTurn(task, [before, last], undefined, ({ name, mayGrow = 0 }, turns) => {
    const growth = {
      storage: task.storage.name,
      from: before.cases,
      to: last.cases,
      name,
      mayGrow,
      time: median(turns.map(([a, b]) => timeOf(b) / timeOf(a))),
      cpu: median(turns.map(([a, b]) => all(b) / all(a))),
      fromMs: median(turns.map(([a]) => timeOf(a))),
      toMs: median(turns.map(([, b]) => timeOf(b))),
    }
    task.found.growth.push(growth)
    const { time, cpu } = growth
    task.say(`  ${name.padEnd(36)} grows ${time.toFixed(2)}× in time, ${cpu.toFixed(2)}× in processor time`)
  })
}

export function summary(turns: readonly [Turn, Turn][]) {
  const ours = turns.map(([a]) => a)
  const floor = turns.map(([, b]) => b)
  const of = (some: readonly Turn[], figure: (turn: Turn) => number) => median(some.map(figure))
  return {
    ratio: median(turns.map(([a, b]) => a.load.perSecond / b.load.perSecond)),
    perSecond: of(ours, ({ load }) => load.perSecond),
    floorPerSecond: of(floor, ({ load }) => load.perSecond),
    p50Ms: of(ours, ({ load }) => load.p50Ms),
    p99Ms: of(ours, ({ load }) => load.p99Ms),
    floorP99Ms: of(floor, ({ load }) => load.p99Ms),
    cpuMs: of(ours, cpuOf),
    floorCpuMs: of(floor, cpuOf),
    databaseCpuMs: of(ours, databaseCpuOf),
    rssMb: Math.max(...ours.map(({ usage }) => usage.rssMb)),
    blockedMs: Math.max(...ours.map(({ usage }) => usage.blockedMs)),
    failed: [...ours, ...floor].reduce((sum, { load }) => sum + load.failed, 0),
  }
}

function keep({ found, say }: Task, row: Row): void {
  found.rows.push(row)
  const { name, ratio, perSecond, p50Ms, p99Ms, cpuMs, floorCpuMs, failed } = row
  const shown = [
    Number.isNaN(ratio) ? '' : `${ratio.toFixed(2)} of the floor`,
    `${perSecond.toFixed(0)}/s`,
    `p50 ${p50Ms.toFixed(1)} p99 ${p99Ms.toFixed(1)} ms`,
    `CPU ${cpuMs.toFixed(2)} ms${Number.isNaN(floorCpuMs) ? '' : ` (floor ${floorCpuMs.toFixed(2)})`}`,
    failed === 0 ? '' : `${failed} FAILED`,
  ]
  say(`  ${name.padEnd(36)} ${shown.filter(Boolean).join('  ')}`)
}

function ourServer(
  { env, folder: logs }: Place,
  jobs: 'with-jobs' | 'without-jobs' = 'without-jobs',
  build?: string,
): Promise<Server> {
  const parameters = build === undefined ? [jobs] : [jobs, build]
  return startServer({ program: 'house.mjs', parameters, env, folder: logs, nodeOptions: profiling() })
}

/** `BENCH_PROFILE` names a folder for CPU profiles of our side. */
function profiling(): string[] {
  const to = process.env['BENCH_PROFILE']
  return to === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${to}`]
}
