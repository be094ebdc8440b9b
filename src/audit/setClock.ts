/** Somebody sets the machine's clock while the service runs: how that is noticed, and what a wrong time has left behind. */
import { Gauge, type Registry } from 'prom-client'
import type { DataSource } from 'typeorm'
import { isEmbedded } from '../database/source.js'
import { recall } from './queue.js'

/** Less than this is the ordinary work of time synchronisation. */
const NOTICED_MS = 60_000
/** A clock that leapt ahead is often put right soon: until then nothing is begun that only the hour calls for. */
const MISTRUST_MS = 5 * 60_000
/** Longer than it takes a job at work to renew its lease by the new time. */
const RECALL_MS = 30_000
/** No limit counts for longer (http/limits.ts). */
const LIMIT_MS = 3_600_000

export interface ClockWatch {
  /** By how many milliseconds the clock was set since this was last asked: ahead above 0, back below; else 0. */
  setBy(): number
  /** False for some minutes after a leap ahead. */
  isTrusted(): boolean
  /** True now and then: it is time to look for what a wrong clock has left behind. */
  isRecallDue(): boolean
}

/** Holds the clock against one that nobody can set: `steady` in milliseconds from any beginning. */
export function watchClock(now: () => Date, steady: () => number = () => performance.now()): ClockWatch {
  let offset = now().getTime() - steady()
  let trustedFrom = Number.NEGATIVE_INFINITY
  let recallFrom = steady() + RECALL_MS
  return {
    setBy() {
      const setBy = now().getTime() - steady() - offset
      if (Math.abs(setBy) < NOTICED_MS) return 0
      offset += setBy
      trustedFrom = setBy > 0 ? steady() + MISTRUST_MS : Number.NEGATIVE_INFINITY
      recallFrom = steady() + RECALL_MS
      return setBy
    },
    isTrusted: () => steady() >= trustedFrom,
    isRecallDue() {
      if (steady() < recallFrom) return false
      recallFrom = steady() + RECALL_MS
      return true
    },
  }
}

/** What was put off by a clock that was ahead comes back to the present: jobs, and counts of who asked how often. */
export async function bringBack(ds: DataSource, now: Date): Promise<number> {
  if (!isEmbedded(ds)) await ds.query('DELETE FROM rate_limit WHERE expire > ?', [now.getTime() + LIMIT_MS])
  return recall(ds, now)
}

/** For an alarm: people read these times, and so do deadlines. */
export function measureClock(registry: Registry): void {
  new Gauge({
    name: 'shenhuan_clock_set_seconds',
    help: 'By how much the clock of the machine has been set since the process began',
    registers: [registry],
    collect() {
      this.set((Date.now() - performance.timeOrigin - performance.now()) / 1000)
    },
  })
}
