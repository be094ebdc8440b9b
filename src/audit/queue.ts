/** The queue: jobs are written in the caller's transaction, leased in a short one, worked on outside, settled once. */
import type { DataSource, EntityManager } from 'typeorm'
import { In, LessThanOrEqual, MoreThan, Not } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { insertWhole } from '../database/insert.js'
import { isDuplicate, forUpdateSkipLocked, transact } from '../database/transaction.js'
import { Job } from './job.js'

export interface NewJob {
  kind: string
  payload: Record<string, unknown>
  /** With a key the job is written once, however often it is asked for. */
  uniqueKey?: string
  dueAt?: Date
}

const LEASE_MS = 60_000
/** How often a job at work outside has its lease renewed. */
export const RENEW_MS = 20_000
const MAX_ATTEMPTS = 8
const MAX_DELAY_MS = 3_600_000
/** By which the clocks of two machines may differ. */
const SKEW_MS = 60_000

/** Writes jobs: they exist exactly when the transaction commits. */
export async function enqueue(db: EntityManager, jobs: readonly NewJob[], now: Date): Promise<void> {
  const rows = jobs.map((job) => ({
    id: uuid(),
    kind: job.kind,
    uniqueKey: job.uniqueKey ?? null,
    payload: job.payload as object,
    state: 'ready' as const,
    dueAt: job.dueAt ?? now,
    attempts: 0,
    lastError: null,
    createdAt: now,
    finishedAt: null,
  }))
  const free = rows.filter((row) => row.uniqueKey === null)
  await insertWhole(db, Job, free)
  for (const row of rows) {
    if (row.uniqueKey === null || (await db.existsBy(Job, { uniqueKey: row.uniqueKey }))) continue
    try {
      await insertWhole(db, Job, [row])
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
}

/**
 * Takes due jobs for this worker, but none of the kinds that are `left` to others or for later. The lease, not a row lock,
 * protects them while they run.
 */
export function lease(ds: DataSource, now: Date, take: number, left: readonly string[] = []): Promise<Job[]> {
  return transact(ds, async (db) => {
    const jobs = await db.find(Job, {
      where: {
        state: 'ready',
        dueAt: LessThanOrEqual(now),
        ...(left.length > 0 ? { kind: Not(In([...left])) } : {}),
      },
      order: { dueAt: 'ASC', id: 'ASC' },
      take,
      ...(forUpdateSkipLocked(db) ? { lock: forUpdateSkipLocked(db) } : {}),
    })
    if (jobs.length === 0) return []
    const until = new Date(now.getTime() + LEASE_MS)
    const ids = jobs.map((job) => job.id)
    await db.update(Job, { id: In(ids) }, { dueAt: until, attempts: () => 'attempts + 1' })
    return jobs.map((job) => Object.assign(job, { dueAt: until, attempts: job.attempts + 1 }))
  })
}

/** Keeps a job that takes long from being taken over while its worker lives. */
export async function renew(ds: DataSource, job: Job, now: Date): Promise<void> {
  const mine = { id: job.id, attempts: job.attempts, state: 'ready' as const }
  await ds.manager.update(Job, mine, { dueAt: new Date(now.getTime() + LEASE_MS) })
}

/**
 * Jobs that a clock ahead of ours has written or put off are due now: none waits longer than an hour by design. Who
 * works on one has renewed its lease by our time. Answers how many there were.
 */
export function recall(ds: DataSource, now: Date): Promise<number> {
  const ahead = (ms: number) => MoreThan(new Date(now.getTime() + ms))
  return transact(ds, async (db) => {
    const fresh = await db.update(
      Job,
      { state: 'ready', dueAt: ahead(SKEW_MS), createdAt: ahead(SKEW_MS), attempts: 0 },
      { dueAt: now, createdAt: now },
    )
    const leased = await db.update(Job, { state: 'ready', dueAt: ahead(MAX_DELAY_MS + LEASE_MS) }, { dueAt: now })
    return (fresh.affected ?? 0) + (leased.affected ?? 0)
  })
}

/** Marks a job done inside the transaction of its effects. False when another worker has taken it over meanwhile. */
export async function finish(db: EntityManager, job: Job, now: Date): Promise<boolean> {
  const mine = { id: job.id, attempts: job.attempts, state: 'ready' as const }
  const result = await db.update(Job, mine, { state: 'done', finishedAt: now, lastError: null })
  return result.affected === 1
}

/** Leaves nothing of a job that has just been finished: neither when it was asked for nor that it was. */
export async function forget(db: EntityManager, { id }: Job): Promise<void> {
  await db.delete(Job, { id })
}

/** How far a failure counts: a job is dead at once, after eight of them, or not for such a reason. */
export type Verdict = 'dead' | 'counted' | 'excused'

/** Puts a failed job off, twice as long each time, at most an hour; what is dead stays visible. */
export async function putOff(
  ds: DataSource,
  job: Job,
  now: Date,
  reason: string,
  verdict: Verdict = 'counted',
): Promise<void> {
  const delay = Math.min(2 ** job.attempts * 1000, MAX_DELAY_MS)
  const isDead = verdict === 'dead' || (verdict === 'counted' && job.attempts >= MAX_ATTEMPTS)
  const patch = isDead ? { state: 'dead' as const, finishedAt: now } : { dueAt: new Date(now.getTime() + delay) }
  await ds.manager.update(
    Job,
    { id: job.id, attempts: job.attempts, state: 'ready' },
    { ...patch, lastError: reason.slice(0, 300) },
  )
}
