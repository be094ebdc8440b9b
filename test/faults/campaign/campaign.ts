/** Runs the scenarios one after the other, prints their table, and says whether all held. */
import { type Circumstances, Hung, perform } from './perform.js'
import type { Scenario } from './stage.js'
import { type StorageName, Storages } from './storages.js'
import { head, type Result, row, totals } from './table.js'
import { faultless, isFaultless } from './verdict.js'

interface Programme extends Circumstances {
  scenarios: readonly Scenario[]
  on: readonly StorageName[]
  print(text: string): void
}

/** The whole campaign ends within this: what has no time left fails, and what would not be over by then is ended. */
const WITHIN_MS = 14.5 * 60_000
const LEAST_MS = 20_000

/** As each storage is opened once: those that one machine carries together side by side, the cluster by itself. */
export async function runCampaign({ scenarios, on, print, ...given }: Programme): Promise<Result[]> {
  const storages = new Storages()
  const begunAt = performance.now()
  const endsAt = begunAt + WITHIN_MS
  const results: Result[] = []
  print(head())
  try {
    await Promise.all(on.filter((name) => name !== 'cluster').map(allOn))
    if (on.includes('cluster')) await allOn('cluster')
  } finally {
    await storages.close()
  }
  print(totals(results, performance.now() - begunAt))
  return results

  async function allOn(name: StorageName): Promise<void> {
    for (const scenario of scenarios.filter((one) => one.on.includes(name))) {
      const result = await attempt(scenario, name, endsAt - performance.now())
      results.push(result)
      print(row(result))
    }
    await storages.giveUp(name)
  }

  async function attempt(scenario: Scenario, name: StorageName, leftMs: number): Promise<Result> {
    if (leftMs < LEAST_MS) return failed(scenario, name, 'no time was left')
    const since = performance.now()
    const took = () => performance.now() - since
    try {
      const result = await perform(scenario, await storages.get(name), given, leftMs)
      return { ...result, took: took() }
    } catch (error) {
      await storages.giveUp(name)
      const why = error instanceof Error ? error.message : String(error)
      return { ...failed(scenario, name, why, took()), remarks: error instanceof Hung ? [...error.remarks] : [] }
    }
  }
}

const failed = (scenario: Scenario, storage: StorageName, why: string, took = 0): Result => ({
  scenario: scenario.name,
  storage,
  acknowledged: 0,
  pause: 0,
  normalPause: 0,
  verdict: { ...faultless(), other: [why] },
  took,
  remarks: [],
})

/** Something was tried, and everything held. */
export const hasHeld = (results: readonly Result[]): boolean =>
  results.length > 0 && results.every(({ verdict }) => isFaultless(verdict))
