/**
 * What the service costs over HTTP, beside bare Koa doing the least that must be done, on both databases in one run:
 * `npm run bench`; for trying, `npm run bench -- --quick`, and `--only embedded` or `--only MariaDB`.
 * It says what it finds and asserts nothing about time.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DataSource } from 'typeorm'
import { entities, migrations } from '../../src/database/entities.js'
import { openDatabase } from '../../src/database/source.js'
import { addDays, dateOf } from '../../src/calendar/dates.js'
import { startMariaDb } from '../mariadb.js'
import { closeSubmitted, fillCases, rollUp } from './fill.js'
import { demandWrk, drive, type Load, type LoadRequest, requestFile } from './load.js'
import { logIn, type People, settle, type Town } from './people.js'
import { floorDatabase, record } from './record.js'
import { type Server, startServer } from './server.js'
import { questions } from './words.js'

const { values: chosen } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    cases: { type: 'string', multiple: true },
  },
})
const rounds = Number(chosen.rounds ?? (chosen.quick ? 1 : 5))
const seconds = chosen.quick ? 2 : 4
const sizes = chosen.cases?.map(Number) ?? (chosen.quick ? [10_000] : [100_000, 1_000_000])
const BOARD_ROUNDS = chosen.quick ? 3 : 9

interface Place {
  name: string
  folder: string
  env: Record<string, string>
  url: string | undefined
}

demandWrk()
const folder = await mkdtemp(join(tmpdir(), 'shenhuan-bench-'))
say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${rounds} alternating rounds of ${seconds} s`,
)
say('32 connections unless it says otherwise; floor: bare Koa with the same bytes, or the same SQL by the bare driver')
busy()
try {
  if (chosen.only !== 'MariaDB') await measure(await placeIn('embedded', undefined))
  if (chosen.only !== 'embedded') {
    const server = await startMariaDb({ isDurable: true })
    try {
      await measure(await placeIn('MariaDB', await server.createDatabase('bench')))
    } finally {
      await server.stop()
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

async function placeIn(name: string, url: string | undefined): Promise<Place> {
  const own = join(folder, name)
  await mkdir(own)
  const env = {
    PORT: '0',
    DATA_DIR: join(own, 'data'),
    DEMO: 'off',
    LIMIT_SCALE: '1000000',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  }
  return { name, folder: own, env, url }
}

async function measure(place: Place): Promise<void> {
  say(`\n${place.name}`)
  const people = await readings(place)
  const ds = await openDatabase({
    url: place.url,
    dataDir: place.env['DATA_DIR'] ?? '',
    entities,
    migrations,
    queryTimeoutMs: 0,
  })
  const town = await settle(ds, people)
  let filled = 0
  try {
    for (const size of sizes) {
      const startedAt = performance.now()
      await fillCases(ds, town, filled, size)
      await rollUp(ds)
      filled = size
      say(`  ${size.toLocaleString('en')} cases, laid in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
      await cases(ds, place, people, town)
      await board(place, people)
    }
  } finally {
    await ds.destroy()
  }
}

/** What anybody may read; and everybody logs in. */
async function readings(place: Place): Promise<People> {
  const ours = await ourServer(place, 'without-jobs')
  try {
    const guides = await getJson<{ items: { id: string }[] }>(ours, '/api/guide.search?limit=100')
    const pages = await Promise.all(guides.items.map(({ id }) => getText(ours, `/api/guide.read?id=${id}`)))
    const words = questions(pages, chosen.quick ? 20_000 : 60_000)
    const longest = guides.items[pages.indexOf(pages.toSorted((a, b) => b.length - a.length)[0] ?? '')]?.id ?? ''
    await besideBytes(place, ours, 'guide.read', `/api/guide.read?id=${longest}`)
    await besideBytes(
      place,
      ours,
      'guide.search, asked before',
      `/api/guide.search?q=${encodeURIComponent('排污许可')}`,
    )

    const searches = words.map(
      (q): LoadRequest => ({ method: 'GET', path: `/api/guide.search?q=${encodeURIComponent(q)}` }),
    )
    const half = searches.length / 2
    await ours.blockedMs()
    const alone = await drive(ours.url, await requestFile(place.folder, searches.slice(0, half)), seconds, 1)
    const crowd = await drive(ours.url, await requestFile(place.folder, searches.slice(half)), seconds)
    row('guide.search, fresh', [`p50 ${ms(alone.p50Ms)}`, `p99 ${ms(alone.p99Ms)}`, '1 connection', failures(alone)])
    row('', [
      `${rate(crowd)}`,
      `p99 ${ms(crowd.p99Ms)}`,
      '32 connections',
      failures(crowd),
      `blocked ≤ ${ms(await ours.blockedMs())}`,
    ])
    return await logIn(ours.url)
  } finally {
    await ours.stop()
  }
}

async function besideBytes(place: Place, ours: Server, name: string, path: string): Promise<void> {
  const gzip = { 'Accept-Encoding': 'gzip' }
  await drive(ours.url, await requestFile(place.folder, [{ method: 'GET', path, headers: gzip }]), 1)
  const answer = await rawBytes(`${ours.url}${path}`, gzip)
  const file = join(place.folder, 'bytes.json')
  await writeFile(file, JSON.stringify(answer))
  const floor = await startServer({ program: 'floor/bytes.mjs', parameters: [file], folder: place.folder })
  try {
    await compare(place, `${name} (${Buffer.from(answer.base64, 'base64').length} bytes)`, ours, floor, [
      { method: 'GET', path, headers: gzip },
    ])
  } finally {
    await floor.stop()
  }
}

/** Asking for help and looking at lists, with the cases that there are now. */
async function cases(ds: DataSource, place: Place, people: People, town: Town): Promise<void> {
  const requests = { 'case.submit': submissions(town), 'case.list': lists(people) }
  const plans = await record({ ...place.env, LOG_LEVEL: 'silent' }, requests)
  const file = join(place.folder, 'plans.json')
  await writeFile(file, JSON.stringify({ database: floorDatabase(place.url, place.env['DATA_DIR'] ?? ''), plans }))
  for (const [verb, some] of Object.entries(plans)) {
    const counts = some.map(({ statements }) => statements.length)
    say(`    ${verb}: ${Math.min(...counts)} to ${Math.max(...counts)} statements a request`)
  }
  const floor = await startServer({ program: 'floor/replay.mjs', parameters: [file], folder: place.folder })
  try {
    const ours = await ourServer(place, 'without-jobs')
    try {
      for (const [verb, some] of Object.entries(requests)) {
        await compare(place, verb, ours, floor, some)
        await closeSubmitted(ds)
      }
    } finally {
      await ours.stop()
    }
  } finally {
    await floor.stop()
  }
  const both = await ourServer(place, 'with-jobs')
  try {
    await both.blockedMs()
    const load = await drive(both.url, await requestFile(place.folder, requests['case.submit']), seconds)
    row('case.submit, jobs done beside', [
      rate(load),
      `p99 ${ms(load.p99Ms)}`,
      failures(load),
      `blocked ≤ ${ms(await both.blockedMs())}`,
    ])
  } finally {
    await both.stop()
  }
  await closeSubmitted(ds)
}

async function board(place: Place, people: People): Promise<void> {
  const ours = await ourServer(place, 'without-jobs')
  const year = `from=${addDays(dateOf(new Date()), -364)}`
  const readers = { supervisor: people.supervisor, leader: people.leaders[0] }
  const paths = ['overview', `overview?${year}`, 'units', 'officers', 'trend?by=day', `trend?by=month&${year}`]
  try {
    for (const path of paths) {
      const figures: Record<string, number[]> = {}
      await ours.blockedMs()
      for (let round = 0; round < BOARD_ROUNDS; round += 1) {
        for (const [role, reader] of Object.entries(readers)) {
          const startedAt = performance.now()
          await getText(ours, `/api/board.${path}`, bearer(reader?.token ?? ''))
          ;(figures[role] ??= []).push(performance.now() - startedAt)
        }
      }
      const shown = Object.entries(figures).map(
        ([role, all]) => `${role} ${ms(median(all))} (worst ${ms(Math.max(...all))})`,
      )
      row(`board.${path.replace(year, 'a year')}`, [...shown, `blocked ≤ ${ms(await ours.blockedMs())}`])
    }
  } finally {
    await ours.stop()
  }
}

/** Ours, floor, ours, floor …: the medians, and their ratio. */
async function compare(
  place: Place,
  name: string,
  ours: Server,
  floor: Server,
  requests: LoadRequest[],
): Promise<void> {
  const file = await requestFile(place.folder, requests)
  await drive(ours.url, file, 1)
  await drive(floor.url, file, 1)
  await ours.blockedMs()
  const loads: { ours: Load; floor: Load }[] = []
  for (let round = 0; round < rounds; round += 1) {
    loads.push({ ours: await drive(ours.url, file, seconds), floor: await drive(floor.url, file, seconds) })
  }
  const mine = median(loads.map((one) => one.ours.perSecond))
  const least = median(loads.map((one) => one.floor.perSecond))
  const ratio = median(loads.map((one) => one.ours.perSecond / one.floor.perSecond))
  row(name, [
    `ratio ${ratio.toFixed(2)}`,
    `${mine.toFixed(0)}/s`,
    `floor ${least.toFixed(0)}/s`,
    `p99 ${ms(median(loads.map((one) => one.ours.p99Ms)))}`,
    `floor p99 ${ms(median(loads.map((one) => one.floor.p99Ms)))}`,
    `blocked ≤ ${ms(await ours.blockedMs())}`,
    ...loads.flatMap((one) => [failures(one.ours), failures(one.floor, 'floor ')]),
  ])
}

function ourServer({ env, folder: logs }: Place, jobs: 'with-jobs' | 'without-jobs'): Promise<Server> {
  return startServer({ program: 'house.mjs', parameters: [jobs], env, folder: logs, nodeOptions: profiling() })
}

/** `BENCH_PROFILE` names a folder for CPU profiles of our side. */
function profiling(): string[] {
  const to = process.env['BENCH_PROFILE']
  return to === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${to}`]
}

/** Three of four for a project, whose officer takes it; the others go to the least loaded of their district. */
function submissions({ firms }: Town): LoadRequest[] {
  return firms.flatMap(({ id, projectId, officer, member }, n) => {
    if (!member) return []
    const where = n % 4 === 3 ? { districtCode: officer.districtCode } : { enterpriseId: id, projectId }
    const title = '新上喷漆线，报告表要准备什么'
    const text =
      '我们厂准备新上一条喷漆线，年用漆约八吨，请问环评报告表审批需要准备哪些材料，多久能办完，能不能先开工做基础？'
    const body = { category: 'procedure', title, text, ...where }
    return [{ method: 'POST' as const, path: '/api/case.submit', headers: bearer(member.token), body }]
  })
}

/** Own cases, an officer's work by due date, a branch, and everything, in equal parts. */
function lists({ members, officers, leaders, supervisor }: People): LoadRequest[] {
  const asked = (path: string, token: string): LoadRequest => ({
    method: 'GET',
    path: `/api/case.list?${path}`,
    headers: bearer(token),
  })
  return Array.from({ length: 8 }, (_, n) => [
    asked('scope=mine', members[n]?.token ?? ''),
    asked('scope=todo&states=assigned&states=handling', officers[n]?.token ?? ''),
    asked('scope=unit', leaders[n % leaders.length]?.token ?? ''),
    asked('scope=all', supervisor.token),
  ]).flat()
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` }
}

async function getText(server: Server, path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${server.url}${path}`, { headers })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`)
  return text
}

async function getJson<T>(server: Server, path: string): Promise<T> {
  return JSON.parse(await getText(server, path)) as T
}

/** The body as it comes over the wire, with what a client and a cache act on. */
async function rawBytes(url: string, headers: Record<string, string>) {
  const { get } = await import('node:http')
  return new Promise<{ headers: Record<string, string>; base64: string }>((resolve, reject) => {
    get(url, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => {
        const kept = ['content-type', 'content-encoding', 'cache-control', 'vary', 'etag']
        const found = Object.entries(response.headers).filter(([name]) => kept.includes(name))
        resolve({
          headers: Object.fromEntries(found) as Record<string, string>,
          base64: Buffer.concat(chunks).toString('base64'),
        })
      })
    }).once('error', reject)
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function rate({ perSecond }: Load): string {
  return `${perSecond.toFixed(0)}/s`
}

function failures({ failed }: Load, whose = ''): string {
  return failed === 0 ? '' : `${whose}${failed} FAILED`
}

function busy(): void {
  const [load = 0] = loadavg()
  if (load > 0.5)
    say(`load average ${load.toFixed(1)} before the start: others use this machine, figures will be lower`)
}

function row(name: string, cells: string[]): void {
  say(`  ${name.padEnd(36)} ${cells.filter((cell) => cell !== '').join('  ')}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
