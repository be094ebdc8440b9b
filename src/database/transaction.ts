// The one place that runs a transaction, repeats it when the database asks for that, and reads its errors.

import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { QueryFailedError } from 'typeorm'
import type { DataSource, EntityManager } from 'typeorm'
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js'
import { retries } from '../news.js'
import { OutsideTransaction } from './serial.js'
import { isEmbedded } from './source.js'

/** Whether a COMMIT with this error may have taken effect all the same. */
type CommitFate = 'undone' | 'unknown'

interface Retry {
  firstWaitMs: number
  /** No further attempt starts after so many, or so long. */
  atMost: { times: number } | { ms: number }
  onCommit: CommitFate
}

/** Longer than a cluster takes to go on without a node, and than a server takes to start again after a crash. */
const AWAY_MS = 6000
const conflict: Retry = { firstWaitMs: 20, atMost: { times: 5 }, onCommit: 'undone' }
const refused: Retry = { firstWaitMs: 100, atMost: { ms: AWAY_MS }, onCommit: 'undone' }
const lost: Retry = { ...refused, onCommit: 'unknown' }

/** Errors after which the same work may well succeed, by `errno` or `code`. */
const RETRIES = new Map<unknown, Retry>([
  [1213, conflict], // deadlock; on Galera also a conflict with another node, found at COMMIT
  [1205, refused], // waited too long for a lock; on Galera also for what other nodes have written
  ['SQLITE_BUSY', conflict], // another process is writing
  [1040, refused], // the server has too many connections
  [1203, refused], // so has its user
  ['ECONNREFUSED', refused],
  ['EHOSTUNREACH', refused],
  ['ENETUNREACH', refused],
  [1047, lost], // the node has left its cluster; what it sent before, the others may have taken in
  [1180, lost], // an error during COMMIT
  ['ETIMEDOUT', lost],
  [1053, lost], // the server is shutting down
  [1927, lost], // the server ended the connection
  ['ECONNRESET', lost],
  ['EPIPE', lost],
  ['PROTOCOL_CONNECTION_LOST', lost],
  ['PROTOCOL_SEQUENCE_TIMEOUT', lost],
])

const LONGEST_WAIT_MS = 1000

/**
 * The connection broke during COMMIT: the work may or may not have been done. The same command, sent again with its
 * idempotency key, finds out.
 */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection was lost during COMMIT: whether it took effect is not known', { cause })
    this.name = 'CommitUnknown'
  }
}

interface TransactOptions {
  /**
   * The work begins by finding out whether it was done before, as by an idempotency key: where a COMMIT's fate is
   * unknown it may be repeated like any other, and finds out.
   */
  isRepeatable?: boolean
  /** The session's own unless told. */
  level?: IsolationLevel
  /** How long it is repeated while the database is away, where nobody waits for the answer. */
  patienceMs?: number
}

const inside = new AsyncLocalStorage<{ isOpen: boolean }>()

/**
 * Runs `work` in one transaction and repeats it: at most five times after conflicts, for six seconds while the database
 * is away, since somebody is waiting for the answer.
 *
 * `work` may run more than once: what it gathers besides the database (arrays, counters, caught values) must be
 * made anew inside it, and it must not touch anything outside the database. It uses only the manager it is given;
 * beginning another transaction inside throws OutsideTransaction, on every database alike.
 * @throws CommitUnknown when the connection breaks during COMMIT, and repeating does not help or is not allowed.
 */
export async function transact<T>(
  ds: DataSource,
  work: (db: EntityManager) => Promise<T>,
  { isRepeatable = false, level, patienceMs }: TransactOptions = {},
): Promise<T> {
  if (inside.getStore()?.isOpen) throw new OutsideTransaction()
  let unknown: CommitUnknown | undefined
  return repeat(
    () => once(ds, work, level),
    (error, retry) => {
      if (isCommit(error) && retry.onCommit === 'unknown') unknown ??= new CommitUnknown(error)
      return { mayRepeat: !unknown || isRepeatable, thrown: unknown ?? error }
    },
    patienceMs,
  )
}

/**
 * Repeats reading outside any transaction as `transact` repeats its work. What was too slow is not asked again: where
 * the server is the cause, the connection is lost besides.
 */
export function reread<T>(work: () => Promise<T>): Promise<T> {
  return repeat(work, (error) => ({ mayRepeat: !hasCode(error, 'PROTOCOL_SEQUENCE_TIMEOUT'), thrown: error }))
}

async function repeat<T>(
  work: () => Promise<T>,
  judge: (error: unknown, retry: Retry) => { mayRepeat: boolean; thrown: unknown },
  patienceMs?: number,
): Promise<T> {
  const startedAt = performance.now()
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const retry = retryFor(error)
      if (!retry) throw error
      const { mayRepeat, thrown } = judge(error, retry)
      const isOver = !mayRepeat || isEnough(retry, attempt, performance.now() - startedAt, patienceMs)
      retries.tell({ reason: nameOf(error), isOver })
      if (isOver) throw thrown
      await delay(Math.min(retry.firstWaitMs * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2))
    }
  }
}

const isEnough = ({ atMost }: Retry, attempt: number, ms: number, patienceMs?: number) =>
  'times' in atMost ? attempt >= atMost.times : ms > (patienceMs ?? atMost.ms)

async function once<T>(
  ds: DataSource,
  work: (db: EntityManager) => Promise<T>,
  level: IsolationLevel | undefined,
): Promise<T> {
  const here = { isOpen: true }
  try {
    return await inside.run(here, () => (level ? ds.transaction(level, work) : ds.transaction(work)))
  } finally {
    here.isOpen = false
  }
}

/** Whether a failed query says that the database is busy or away, not that the query is wrong: a 503, not a 500. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof CommitUnknown || retryFor(error) !== undefined
}

/** A unique key or primary key is taken. */
export function isDuplicate(error: unknown): boolean {
  return hasCode(error, 1062, 1586, 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY')
}

/** A row refers to one that is missing, or is itself still referred to. */
export function isForeignKey(error: unknown): boolean {
  return hasCode(error, 1451, 1452, 'SQLITE_CONSTRAINT_FOREIGNKEY')
}

/** `find*({ where, lock: forUpdate(db) })`: holds the rows until the transaction ends. SQLite has one writer, so needs none. */
export function forUpdate(db: EntityManager): { mode: 'pessimistic_write' } | undefined {
  return isEmbedded(db.dataSource) ? undefined : { mode: 'pessimistic_write' }
}

/** As forUpdate, leaving out rows that another transaction holds. Holds on the node in use only: commit a claim before acting on it. */
export function forUpdateSkipLocked(
  db: EntityManager,
): { mode: 'pessimistic_write'; onLocked: 'skip_locked' } | undefined {
  return isEmbedded(db.dataSource) ? undefined : { mode: 'pessimistic_write', onLocked: 'skip_locked' }
}

interface DatabaseError {
  errno?: unknown
  code?: unknown
  fatal?: unknown
}

function driverError(error: unknown): DatabaseError {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error
  return typeof inner === 'object' && inner !== null ? (inner as DatabaseError) : {}
}

function hasCode(error: unknown, ...codes: unknown[]): boolean {
  const { errno, code } = driverError(error)
  return codes.includes(errno) || codes.includes(code)
}

function retryFor(error: unknown): Retry | undefined {
  const { errno, code, fatal } = driverError(error)
  const known = RETRIES.get(errno) ?? RETRIES.get(code)
  // mysql2 marks a query on a connection already closed as fatal, without a code: it was never sent.
  return known ?? (error instanceof QueryFailedError && fatal === true && code === undefined ? refused : undefined)
}

/** Its number, which says most, or its code. */
function nameOf(error: unknown): string {
  const { errno, code } = driverError(error)
  return String(typeof errno === 'number' && errno > 0 ? errno : (code ?? 'closed'))
}

function isCommit(error: unknown): boolean {
  return error instanceof QueryFailedError && error.query === 'COMMIT'
}
