/** What was found, as tables to paste into a document. */
import type { StorageName } from './places.js'
import type { Weight } from './weight.js'

/** One line of a comparison: medians over the rounds. */
export interface Row {
  storage: StorageName
  cases: number
  name: string
  /** Ours to the floor's, of the same round. */
  ratio: number
  perSecond: number
  floorPerSecond: number
  p50Ms: number
  p99Ms: number
  floorP99Ms: number
  /** Processor time of the service for one request. */
  cpuMs: number
  floorCpuMs: number
  /** Processor time of the database's own processes for one request of ours. */
  databaseCpuMs: number
  rssMb: number
  /** The longest that everybody else was kept waiting, over all rounds. */
  blockedMs: number
  statements: number
  failed: number
}

/** This build beside another: `ratio` is of their throughput. */
export interface Beside extends Row {
  /** Of the other's processor time for one request. */
  cpuRatio: number
}

export interface Growth {
  storage: StorageName
  from: number
  to: number
  name: string
  /** The larger's to the smaller's, of the same round: time for a request under load, and all processor time. */
  time: number
  cpu: number
  fromMs: number
  toMs: number
  mayGrow: number
}

export interface Scan {
  storage: StorageName
  cases: number
  name: string
  found: string
}

type Column<T> = readonly [title: string, cell: (row: T) => string]

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0)
const count = (value: number) => Math.round(value).toLocaleString('en')
/** Of a row without a floor. */
const shown = (value: number, text: (value: number) => string) => (Number.isNaN(value) ? '' : text(value))

const rowColumns: readonly Column<Row>[] = [
  ['', ({ name }) => name],
  ['of the floor', ({ ratio }) => shown(ratio, (value) => value.toFixed(2))],
  ['a second', ({ perSecond }) => count(perSecond)],
  ['floor', ({ floorPerSecond }) => shown(floorPerSecond, count)],
  ['p50 ms', ({ p50Ms }) => ms(p50Ms)],
  ['p99 ms', ({ p99Ms }) => ms(p99Ms)],
  ['floor p99', ({ floorP99Ms }) => shown(floorP99Ms, ms)],
  ['CPU ms', ({ cpuMs }) => ms(cpuMs)],
  ['floor CPU', ({ floorCpuMs }) => shown(floorCpuMs, ms)],
  ['CPU ×', ({ cpuMs, floorCpuMs }) => shown(cpuMs / floorCpuMs, (value) => value.toFixed(1))],
  ['database CPU', ({ databaseCpuMs }) => (databaseCpuMs > 0 ? ms(databaseCpuMs) : '')],
  ['RSS MB', ({ rssMb }) => count(rssMb)],
  ['blocked ms', ({ blockedMs }) => count(blockedMs)],
  ['statements', ({ statements }) => (statements === 0 ? '' : statements.toFixed(1))],
  ['failed', ({ failed }) => (failed === 0 ? '' : `**${failed}**`)],
]

const besideColumns: readonly Column<Beside>[] = [
  ['', ({ storage, cases, name }) => `${storage}, ${count(cases)}: ${name}`],
  ['throughput', ({ ratio }) => `${ratio.toFixed(2)}×`],
  ['CPU', ({ cpuRatio }) => `${cpuRatio.toFixed(2)}×`],
  ['CPU ms', ({ cpuMs, floorCpuMs }) => `${ms(floorCpuMs)} → ${ms(cpuMs)}`],
  ['a second', ({ perSecond, floorPerSecond }) => `${count(floorPerSecond)} → ${count(perSecond)}`],
  ['failed', ({ failed }) => (failed === 0 ? '' : `**${failed}**`)],
]

const growthColumns: readonly Column<Growth>[] = [
  ['', ({ storage, name }) => `${storage}: ${name}`],
  ['cases', ({ from, to }) => `${count(from)} → ${count(to)}`],
  ['ms a request', ({ fromMs, toMs }) => `${ms(fromMs)} → ${ms(toMs)}`],
  ['time', ({ time }) => `${time.toFixed(2)}×`],
  ['CPU', ({ cpu }) => `${cpu.toFixed(2)}×`],
  ['may', ({ mayGrow }) => `${mayGrow}×`],
  ['', (growth) => (isOver(growth) ? '**over**' : 'within')],
]

const scanColumns: readonly Column<Scan>[] = [
  ['', ({ storage, cases, name }) => `${storage}, ${count(cases)}: ${name}`],
  ['reads whole', ({ found }) => found],
]

const megabytes = (bytes: number) => count(bytes / 1e6)

const weightColumns: readonly Column<Weight>[] = [
  ['', ({ storage, cases }) => `${storage}, ${count(cases)}`],
  ['database MB', ({ databaseBytes }) => megabytes(databaseBytes)],
  ['KB a case', ({ databaseBytes, cases }) => (databaseBytes / cases / 1000).toFixed(1)],
  ['backup MB', ({ backupBytes }) => megabytes(backupBytes)],
  ['backup s', ({ backupSeconds }) => backupSeconds.toFixed(1)],
]

/** The limits are set for ten times the cases. */
export const isOver = ({ time, mayGrow }: Growth) => time > mayGrow

export const rowTable = (rows: readonly Row[]) => table(rowColumns, rows)
export const besideTable = (rows: readonly Beside[]) => table(besideColumns, rows)
export const growthTable = (rows: readonly Growth[]) => table(growthColumns, rows)
export const scanTable = (rows: readonly Scan[]) => table(scanColumns, rows)
export const weightTable = (rows: readonly Weight[]) => table(weightColumns, rows)

function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const lines = [
    columns.map(([title]) => title),
    columns.map(() => '---'),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
