/** The table of a campaign, a line as soon as it is known. */
import { isFaultless, type Verdict } from './verdict.js'

export interface Result {
  scenario: string
  storage: string
  acknowledged: number
  /** Milliseconds without an acknowledgement during the fault, and before it. */
  pause: number
  normalPause: number
  verdict: Verdict
  /** Milliseconds from making its data to the end of the check. */
  took: number
  /** What the scenario wants to have said besides. */
  remarks: string[]
}

const columns = [
  ['scenario', 34],
  ['storage', 9],
  ['acknowledged', 12],
  ['lost', 5],
  ['doubled', 7],
  ['half done', 9],
  ['longest pause (before)', 22],
  ['trail', 9],
  ['took', 5],
] as const
const SHOWN = 6

const line = (cells: readonly (string | number)[]) =>
  cells
    .map((cell, i) => {
      const width = columns[i]?.[1] ?? 0
      return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
    })
    .join('  ')
    .trimEnd()

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

export const head = (): string => {
  const names = line(columns.map(([name]) => name))
  return `${names}\n${'─'.repeat(names.length)}`
}

export function row({ scenario, storage, acknowledged, pause, normalPause, verdict, took, remarks }: Result): string {
  const { lost, doubled, halfDone, trail } = verdict
  const pauses = `${seconds(pause)} (${seconds(normalPause)})`
  const told = trail.length === 0 ? 'verified' : `${trail.length} found`
  const cells = [
    scenario,
    storage,
    acknowledged,
    lost.length,
    doubled.length,
    halfDone.length,
    pauses.padStart(22),
    told,
    `${Math.round(took / 1000)} s`,
  ]
  return [line(cells), ...remarks.map((remark) => `    ${remark}`), ...faultsOf(verdict)].join('\n')
}

/** Some of each column in words. */
function faultsOf({ lost, doubled, halfDone, trail, other }: Verdict): string[] {
  const some = (name: string, faults: readonly string[]) => [
    ...faults.slice(0, SHOWN).map((fault) => `    ! ${name}: ${fault}`),
    ...(faults.length > SHOWN ? [`    ! ${name}: and ${faults.length - SHOWN} more`] : []),
  ]
  return [
    ...some('lost', lost),
    ...some('doubled', doubled),
    ...some('half done', halfDone),
    ...some('trail', trail),
    ...some('failed', other),
  ]
}

export function totals(results: readonly Result[], tookMs: number): string {
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0)
  const failed = results.filter(({ verdict }) => !isFaultless(verdict)).length
  const cells = [
    'all',
    `${results.length} runs`,
    sum(({ acknowledged }) => acknowledged),
    sum(({ verdict }) => verdict.lost.length),
    sum(({ verdict }) => verdict.doubled.length),
    sum(({ verdict }) => verdict.halfDone.length),
    seconds(Math.max(0, ...results.map(({ pause }) => pause))).padStart(22),
    results.every(({ verdict }) => verdict.trail.length === 0) ? 'verified' : 'broken',
  ]
  const said =
    failed === 0 ? 'Nothing lost, nothing doubled, nothing half done' : `${failed} of ${results.length} runs failed`
  return `${line(cells)}\n${said}, in ${Math.floor(tookMs / 60_000)} min ${Math.floor((tookMs % 60_000) / 1000)} s.`
}
