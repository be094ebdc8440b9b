/** What a scenario acts on: the running service under load, the storage behind it, and how far the load has come. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Fleet } from './fleet.js'
import type { Load } from './load.js'
import type { Place } from './place.js'
import type { Storage, StorageName } from './storages.js'
import type { Verdict } from './verdict.js'

/** `Own` is what one run keeps for itself, made by `around`: a scenario may be played on several storages at once. */
export interface Scenario<Own = unknown> {
  /** On the command line and in the table. */
  name: string
  /** One sentence: what happens, and what is asked of the service meanwhile. */
  about: string
  on: readonly StorageName[]
  /** Of the load, where it differs from the usual. */
  load?: Partial<Load['options']>
  /** What it needs around it before anybody is at work. @throws Error that names what this machine lacks */
  around?(storage: Storage): Promise<Around<Own>>
  /** Played only where it is named: it takes too long to stand among the others. */
  isOnRequest?: boolean
  /** How long it may take before it counts as hung, in seconds; a minute and the load's length unless told. */
  deadlineS?: number
  /** With the load running already. What it throws makes the scenario fail. */
  run(stage: Stage, own: Own): Promise<void>
  /** After the load has ended and every process has stopped: what else is to be held against the ledger. */
  after?(stage: Stage, own: Own): Promise<Verdict>
}

export interface Around<Own = unknown> {
  own?: Own
  /** Where DATA_DIR is made; the system's temporary folder unless told. */
  within?: string
  /** Another database than the storage's. */
  url?: string
  /** For everybody who opens the data. */
  env?: Record<string, string>
  /** For the processes under load only. */
  processes?: Record<string, string>
  clear?(): unknown
}

export interface Stage {
  storage: Storage
  place: Place
  fleet: Fleet
  load: Load
  /** Where clients ask: the processes, or nginx before them. */
  urls(): readonly string[]
  /** How long the load goes on, as asked for on the command line. */
  seconds: number
  /** The folder of built files in use. */
  dist: string
  /** From here on pauses are the fault's. The first call counts. */
  faultBegins(): unknown
  /** Waits until so many more writes have been acknowledged. @throws when that takes too long */
  progress(writes: number): Promise<void>
  /** Something worth a line under the table's. */
  remark(text: string): unknown
}

const PATIENCE_MS = 60_000

export async function progress(load: Load, writes: number, patienceMs = PATIENCE_MS): Promise<void> {
  const wanted = load.ledger.acknowledged + writes
  const since = performance.now()
  while (load.ledger.acknowledged < wanted) {
    if (performance.now() - since > patienceMs) {
      throw new Error(`no ${writes} writes were acknowledged within ${patienceMs / 1000} s`)
    }
    await delay(20)
  }
}
