/** Does the jobs: claims what must be marked first, talks to the outside, settles the effects with the job itself. */
import type { EntityManager } from 'typeorm'
import { dateOf, instantAt } from '../calendar/dates.js'
import { isFull } from '../database/full.js'
import { transact } from '../database/transaction.js'
import type { House } from '../house.js'
import { consequencesOf, jobs, timetable } from '../jobs.js'
import { loggedError } from '../log.js'
import { beginAct } from './act.js'
import type { Job } from './job.js'
import { Hopeless } from './jobKind.js'
import { enqueue, finish, forget, lease, putOff, renew, RENEW_MS, type Verdict } from './queue.js'
import { bringBack, type ClockWatch, watchClock } from './setClock.js'
import { dueSlots } from './timetable.js'

const CONCURRENCY = 4
const IDLE_MS = 500

export interface Worker {
  kick(): void
  /** Lets the jobs in hand end and takes no more. */
  stop(): Promise<void>
}

export function startWorker(house: House): Worker {
  let isStopping = false
  let wake: () => void = () => {}
  let isKicked = false
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const kick = () => {
    isKicked = true
    wake()
  }
  const clock = watchClock(house.now)
  /** Jobs that wait for somebody outside: what concerns us alone does not wait with them. */
  const outside = new Set<Promise<void>>()

  async function round(): Promise<number> {
    await mindClock(house, clock)
    if (clock.isTrusted()) await writeDueSlots(house)
    const slow = slowKinds()
    const left = outside.size < CONCURRENCY ? [...unknown] : [...unknown, ...slow]
    const leased = await lease(house.ds, house.now(), CONCURRENCY, left)
    const here: Promise<void>[] = []
    for (const one of leased) {
      const working = work(house, one)
      if (slow.includes(one.kind)) {
        outside.add(working)
        void working.finally(() => {
          outside.delete(working)
          kick()
        })
      } else here.push(working)
    }
    await Promise.all(here)
    return leased.length
  }

  const loop = (async () => {
    while (!isStopping) {
      isKicked = false
      let worked = 0
      try {
        worked = await round()
      } catch (error) {
        house.log.error({ err: error }, 'the job queue could not be read')
        await sleep(IDLE_MS * 4)
      }
      if (worked === 0 && !isKicked && !isStopping) await sleep(IDLE_MS)
    }
    await Promise.all(outside)
  })()
  return {
    kick,
    async stop() {
      isStopping = true
      wake()
      await loop
    },
  }
}

const slowKinds = () => Object.keys(jobs).filter((kind) => jobs[kind]?.outside)

async function mindClock({ ds, log, now }: House, clock: ClockWatch): Promise<void> {
  const setBy = clock.setBy()
  if (setBy !== 0) log.error({ seconds: Math.round(setBy / 1000) }, 'the clock of this machine was set')
  if (!clock.isRecallDue()) return
  const brought = await bringBack(ds, now())
  if (brought > 0) log.warn({ jobs: brought }, 'jobs of a time to come are brought back')
}

/** Leases and does one handful of due jobs; how many there were. */
export async function workOnce(house: House): Promise<number> {
  const leased = await lease(house.ds, house.now(), CONCURRENCY, [...unknown])
  await Promise.all(leased.map((one) => work(house, one)))
  return leased.length
}

/** Writes the timetable's slots that have come due; a slot is written once, whichever process comes first. */
export async function writeDueSlots(house: House): Promise<void> {
  const now = house.now()
  const slots = dueSlots(timetable, now, house.know.calendar, writtenBy(house))
  if (slots.length === 0) return
  await transact(house.ds, (db) => enqueue(db, slots, now))
  for (const slot of slots) writtenBy(house).add(slot.uniqueKey)
}

/** What this house knows to be written; only saves asking again. */
const written = new WeakMap<House, Set<string>>()

function writtenBy(house: House): Set<string> {
  const slots = written.get(house) ?? new Set()
  written.set(house, slots)
  return slots
}

async function work(house: House, leased: Job): Promise<void> {
  const definition = jobs[leased.kind]
  const { know } = house
  const revised = new Set<string>()
  const act = (db: EntityManager, now: Date) =>
    beginAct(db, {
      verb: leased.kind,
      personId: null,
      postId: null,
      ...(definition?.isDiscreet ? { now: instantAt(dateOf(now)), isDiscreet: true } : { now }),
      auditKey: know.keyring.purposeKey('audit'),
      revised,
    })
  const end = async (db: EntityManager, now: Date) => {
    const isOurs = await finish(db, leased, now)
    if (isOurs && definition?.isDiscreet) await forget(db, leased)
    return isOurs
  }
  try {
    if (!definition) throw new Unknown(leased.kind)
    const shared = { payload: leased.payload, attempt: leased.attempts, know }
    let claimed: unknown
    if (definition.claim) {
      claimed = await transact(house.ds, async (db) => {
        const now = house.now()
        act(db, now)
        const result = await definition.claim?.({ ...shared, db, now })
        if (result === undefined) await end(db, now)
        return result
      })
      if (claimed === undefined) return
    }
    const result = await keeping(house, leased, () =>
      definition.outside?.({ ...shared, claimed, now: house.now(), outside: house.outside, house }),
    )
    const settle = async (db: EntityManager) => {
      const now = house.now()
      act(db, now)
      // Done already: by another worker, or by ourselves where the fate of the COMMIT before was unknown.
      if (!(await end(db, now))) return
      revised.clear()
      const output = await definition.handle({ ...shared, db, now, claimed, result })
      const event = { input: leased.payload, output, target: undefined, actor: undefined, now }
      await enqueue(db, consequencesOf(leased.kind, event), now)
    }
    await transact(house.ds, settle, { isRepeatable: true })
    if (revised.size > 0) await house.refresh(revised)
  } catch (error) {
    const verdict = verdictOn(error)
    house.log[verdict === 'dead' || leased.attempts >= 3 ? 'error' : 'warn'](
      { err: error, job: leased.id, kind: leased.kind, attempt: leased.attempts },
      'a job failed',
    )
    const { type, code, message } = loggedError(error)
    const reason = [type, code, message].filter(Boolean).join(': ')
    await putOff(house.ds, leased, house.now(), reason, verdict).catch((cause: unknown) => {
      house.log.error({ err: cause, job: leased.id }, 'a failed job could not be put off; its lease will end')
    })
  }
}

/**
 * Kinds of jobs met that this program does not know. During an upgrade a newer process writes them, and does them; from
 * then on they are left to it.
 */
const unknown = new Set<string>()

class Unknown extends Error {
  constructor(kind: string) {
    super(`this program knows no job ${kind}`)
    unknown.add(kind)
  }
}

/** A full disk is nobody's mistake: what waits for it is done once there is room. */
const verdictOn = (error: unknown): Verdict =>
  error instanceof Hopeless ? 'dead' : error instanceof Unknown || isFull(error) ? 'excused' : 'counted'

/** The lease is renewed for as long as the work outside takes. */
async function keeping<T>(house: House, leased: Job, work: () => Promise<T> | undefined): Promise<T | undefined> {
  const renewal = setInterval(() => {
    renew(house.ds, leased, house.now()).catch((error: unknown) => {
      house.log.warn({ err: error, job: leased.id }, 'the lease of a job could not be renewed')
    })
  }, RENEW_MS)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
  }
}
