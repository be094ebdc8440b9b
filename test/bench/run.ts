/**
 * What the service costs over HTTP, and how that grows: `npm run bench`, within 90 minutes; `npm run bench -- --quick`,
 * within 15; `--only embedded|MariaDB|cluster`, `--cases 10000`, `--rounds 5`, `--json file`;
 * `--against folder` measures beside another build's `dist`. README.md says how to
 * read what it prints. It asserts nothing about time.
 */
import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { demandWrk } from './load.js'
import { deadlineIn } from './deadline.js'
import { startStorage, type StorageName, storageNames } from './places.js'
import { measureStorage, type Findings, plannedOn } from './rounds.js'
import { besideTable, growthTable, isOver, rowTable, scanTable, weightTable } from './tables.js'

const { values: chosen } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    cases: { type: 'string', multiple: true },
    series: { type: 'string', multiple: true },
    minutes: { type: 'string' },
    against: { type: 'string' },
    json: { type: 'string' },
  },
})

const MINUTES = chosen.minutes === undefined ? (chosen.quick ? 14 : 88) : Number(chosen.minutes)
const pace = {
  rounds: Number(chosen.rounds ?? (chosen.quick ? 2 : 3)),
  seconds: Number(chosen.seconds ?? (chosen.quick ? 1 : 3)),
}
/** How many cases each storage has; the cluster carries the middle size alone. */
const sizes: Record<StorageName, number[]> = {
  embedded: chosen.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000],
  MariaDB: chosen.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000],
  cluster: [100_000],
}
const storages = chosen.only === undefined ? storageNames : storageNames.filter((name) => chosen.only?.includes(name))
const sizesOf = (name: StorageName) => chosen.cases?.map(Number) ?? sizes[name]

demandWrk()
const folder = await mkdtemp(join(tmpdir(), 'shenhuan-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const found: Findings = { rows: [], builds: [], growth: [], scans: [], weights: [] }
const planned =
  chosen.against !== undefined
    ? []
    : storages.flatMap((name) => plannedOn(name, { sizes: sizesOf(name), only: chosen.series, isQuick: chosen.quick }))

const deadline = deadlineIn(MINUTES)
setTimeout(() => void finish(`${MINUTES} minutes are over`), MINUTES * 60_000).unref()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void finish(`ended by ${signal}`))

const [load = 0] = loadavg()
say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${pace.rounds} rounds of ${pace.seconds} s`,
)
if (load > 0.5) say(`load average ${load.toFixed(1)} before the start: others use this machine, figures will be lower`)
try {
  for (const name of storages) {
    const storage = await startStorage[name]()
    try {
      await measureStorage({
        storage,
        folder,
        pace,
        deadline,
        sizes: sizesOf(name),
        isQuick: chosen.quick,
        only: chosen.series,
        against: chosen.against,
        found,
        say,
      })
    } finally {
      await storage.stop()
    }
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  await finish('it broke off')
}
await finish()

async function finish(why?: string): Promise<never> {
  const measured = new Set([
    ...found.rows.map(({ storage, cases, name }) => `${storage}, ${cases}: ${name}`),
    ...found.growth.map(({ storage, from, to, name }) => `${storage}, ${from} to ${to}: ${name}`),
  ])
  const missing = planned.filter((one) => !measured.has(one))
  const failed = found.rows.filter((row) => row.failed > 0)
  say('')
  for (const name of storages) {
    for (const cases of new Set(found.rows.flatMap((row) => (row.storage === name ? [row.cases] : [])))) {
      const rows = found.rows.filter((row) => row.storage === name && row.cases === cases)
      say(`### ${name}${cases === 0 ? '' : `, ${cases.toLocaleString('en')} cases`}\n\n${rowTable(rows)}\n`)
    }
  }
  if (found.builds.length > 0) say(`### Beside ${chosen.against}\n\n${besideTable(found.builds)}\n`)
  if (found.growth.length > 0) say(`### Growth\n\n${growthTable(found.growth)}\n`)
  if (found.weights.length > 0) say(`### Weight\n\n${weightTable(found.weights)}\n`)
  say(`${found.growth.filter(isOver).length} of ${found.growth.length} grow more than they may`)
  say(
    found.scans.length > 0
      ? `\n### Read whole\n\n${scanTable(found.scans)}\n`
      : 'no statement reads a large table or index whole',
  )
  if (failed.length > 0) say(`${failed.length} rows with failed requests`)
  if (missing.length > 0)
    say(`MISSING${why === undefined ? '' : ` (${why})`}, ${missing.length} rows: ${missing.join('; ')}`)
  if (chosen.json !== undefined) {
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, load, pace }
    await writeFile(chosen.json, JSON.stringify({ machine, ...found, missing }, null, 1))
  }
  process.exit(missing.length > 0 || failed.length > 0 ? 1 : 0)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
