/** One scenario on one storage, from new data to its line in the table. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startNginx } from '../../nginx.js'
import { check } from './checker.js'
import { Fleet } from './fleet.js'
import { Load, usualLoad } from './load.js'
import { openPlace } from './place.js'
import { progress, type Scenario, type Stage } from './stage.js'
import type { Storage } from './storages.js'
import type { Result } from './table.js'
import { faultless, unite } from './verdict.js'

export interface Circumstances {
  /** The folder of built files, with or without something planted. */
  dist: string
  /** How long the load goes on where a scenario leaves that open. */
  seconds: number
}

const DEADLINE_S = 150
const WARM = 30

export class Hung extends Error {
  constructor(
    message: string,
    /** What the scenario had said by then. */
    readonly remarks: readonly string[],
  ) {
    super(message)
  }
}

/** @throws Hung after the scenario's deadline, or when no time is left, with its processes ended. */
export async function perform(
  scenario: Scenario,
  storage: Storage,
  given: Circumstances,
  leftMs: number,
): Promise<Omit<Result, 'took'>> {
  const deadlineS = Math.min(scenario.deadlineS ?? DEADLINE_S + given.seconds, Math.floor(leftMs / 1000))
  const ending = new AbortController()
  const clear: (() => unknown)[] = []
  const remarks: string[] = []
  const work = play(scenario, storage, given, clear, remarks)
  const late = delay(deadlineS * 1000, undefined, { signal: ending.signal }).then(() => {
    throw new Hung(`not over after ${deadlineS} s`, remarks)
  })
  // Whichever is the slower may still fail, and nobody waits for it any more.
  work.catch(() => {})
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    ending.abort()
    for (const step of clear.reverse()) await step()
  }
}

async function play(
  scenario: Scenario,
  storage: Storage,
  { dist, seconds }: Circumstances,
  clear: (() => unknown)[],
  remarks: string[],
): Promise<Omit<Result, 'took'>> {
  const around = await scenario.around?.(storage)
  clear.push(() => around?.clear?.())
  const url = around?.url ?? (await storage.createDatabase())
  const place = await openPlace(url, around?.env, around?.within)
  clear.push(() => place.end())
  const fleet = new Fleet({ ...place.env, ...around?.processes }, join(dist, 'main.js'))
  clear.push(() => fleet.killAll())
  await fleet.launch(storage.processes)
  const front = storage.isFronted ? await startNginx(fleet.urls()) : undefined
  if (front) clear.push(() => front.stop())
  const urls = front ? () => [front.plainUrl] : fleet.urls
  const load = new Load(place.cast, urls, { ...usualLoad, ...scenario.load })
  const { ledger } = load
  let faultAt: number | undefined
  const stage: Stage = {
    storage,
    place,
    fleet,
    load,
    urls,
    seconds,
    dist,
    faultBegins: () => (faultAt ??= performance.now()),
    progress: (writes) => progress(load, writes),
    remark: (text) => remarks.push(text),
  }

  const verdict = faultless()
  load.begin()
  try {
    await progress(load, WARM)
    const begunAt = performance.now()
    await scenario.run(stage, around?.own)
    const endedAt = performance.now()
    await load.end()
    await fleet.stopAll()
    const found = await check(place, ledger.stories)
    const more = scenario.after ? await scenario.after(stage, around?.own) : faultless()
    verdict.other.push(...ledger.surprising)
    const bad = fleet.exits.filter((code) => code !== 0)
    if (bad.length > 0) verdict.other.push(`told to stop, processes ended with ${bad.join(', ')}`)
    return {
      scenario: scenario.name,
      storage: storage.name,
      acknowledged: ledger.acknowledged,
      pause: ledger.longestPause(faultAt ?? begunAt, endedAt),
      normalPause: ledger.longestPause(begunAt, faultAt ?? endedAt),
      verdict: unite(found, more, verdict),
      remarks,
    }
  } finally {
    load.abandon()
  }
}
