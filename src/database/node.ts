// One of several servers: its pool of connections, and how it stands, found out by asking it every second.

import mysql from 'mysql2'
import type { Pool, PoolConnection, PoolOptions } from 'mysql2'
import type { Host } from './address.js'
import { ASK_STATE, type NodeState, outsideError, stateOf } from './nodeState.js'

/**
 * - `serving`: to be used.
 * - `returning`: answers again after it was away; used before the others only once that has lasted.
 * - `aside`: a cluster's node that is behind, or is bringing another one up to date, which may hold writes up.
 * - `away`: does not answer, or has left its cluster.
 */
export type Standing = 'serving' | 'returning' | 'aside' | 'away'

export type NodeError = Error & { errno?: number; code?: string; fatal?: boolean }
export type Done = (error: NodeError | null, connection?: PoolConnection) => void

/** How many there are just now. */
export interface Connections {
  inUse: number
  idle: number
  /** Of those who ask for one. */
  waiting: number
}

export interface Node {
  readonly host: Host
  readonly standing: Standing
  /** Why it is away. */
  readonly lastError: NodeError | undefined
  /** A connection with `session` done on it. */
  getConnection(done: Done): void
  connections(): Connections
  end(): Promise<void>
}

/** What mysql2 keeps and does not tell. */
interface Insides {
  _allConnections: { length: number }
  _freeConnections: { length: number }
  _connectionQueue: { length: number }
}

interface NodeOptions {
  host: Host
  pool: PoolOptions
  /** Statements that run once on every new connection. */
  session: readonly string[]
  /** Whether there is another to go to: without one it is asked nothing and never away. */
  isWatched: boolean
  onStanding: (node: Node, before: Standing) => void
}

const BEAT_MS = 1000
/** Longer than a busy server takes, and than a cluster takes to put out a node that is lost. */
const ANSWER_MS = 2500
/** A node that was away has answered so often in a row before it is preferred again: all processes then go back about together. */
const STEADY_BEATS = 4
/** A node has been behind so often in a row before it is passed over: giving a few writes to another one takes less. */
const BEHIND_BEATS = 2

/** 1047: the node has left the primary component. 1290, 1836: it has become read-only. */
const NODE_ERRORS = new Set<unknown>([1047, 1290, 1836])
/** 1193: the server has no such variable, so there is nothing to set. */
const UNKNOWN_VARIABLE = 1193

export function openNode({ host, pool: options, session, isWatched, onStanding }: NodeOptions): Node {
  const pool = mysql.createPool({ ...options, ...host })
  const open = new Set<PoolConnection>()
  /** Told at once when the node goes away: whoever waits for an answer or for a connection. */
  const waiting = new Set<(error: NodeError) => void>()
  let standing: Standing = 'serving'
  let lastError: NodeError | undefined
  const heart = isWatched ? watch() : undefined

  const node: Node = {
    host,
    get standing() {
      return standing
    },
    get lastError() {
      return lastError
    },
    getConnection,
    connections: () => {
      const { _allConnections: all, _freeConnections: free, _connectionQueue: queue } = pool as unknown as Insides
      return { inUse: all.length - free.length, idle: free.length, waiting: queue.length }
    },
    async end() {
      heart?.stop()
      await pool.promise().end()
    },
  }
  return node

  function stand(next: Standing): void {
    const before = standing
    standing = next
    if (before !== next) onStanding(node, before)
  }

  function goAway(error: NodeError): void {
    if (!isWatched || standing === 'away') return
    lastError = error
    stand('away')
    heart?.restart()
    for (const tell of waiting) tell(connectionLost(error))
    for (const connection of open) connection.destroy()
    open.clear()
  }

  /** `done`, unless the node goes away first; what comes after that is for `late`. */
  function unlessAway<T extends unknown[]>(
    done: (error: NodeError | null, ...answer: T) => void,
    late: (...answer: T) => void = () => {},
  ): (error: NodeError | null, ...answer: T) => void {
    const tell = (error: NodeError) => {
      waiting.delete(tell)
      done(error, ...([] as unknown as T))
    }
    waiting.add(tell)
    return (error, ...answer) => {
      if (waiting.delete(tell)) done(error, ...answer)
      else late(...answer)
    }
  }

  function getConnection(done: Done): void {
    const connected = unlessAway<[PoolConnection]>(
      (error, connection) => {
        if (error) {
          if (!isAnswer(error)) goAway(error)
          return done(error)
        }
        if (open.has(connection)) return done(null, connection)
        prepare(connection, done)
      },
      (connection) => connection?.destroy(),
    )
    pool.getConnection(connected)
  }

  function prepare(connection: PoolConnection, done: Done): void {
    // One that nobody holds is lost without anybody being told.
    connection.on('error', () => open.delete(connection))
    connection.once('end', () => open.delete(connection))
    open.add(connection)
    heedErrors(connection)
    const next = ([sql, ...others]: readonly string[]): void => {
      if (sql === undefined) return done(null, connection)
      connection.query({ sql, timeout: ANSWER_MS * 2 }, (error: NodeError | null) => {
        if (!error || error.errno === UNKNOWN_VARIABLE) return next(others)
        connection.destroy()
        done(error)
      })
    }
    next(session)
  }

  /** After a timeout the protocol is out of step: the late answer would be taken for the next query's. */
  function heedErrors(connection: PoolConnection): void {
    const query = connection.query.bind(connection) as (...args: unknown[]) => unknown
    connection.query = ((...args: unknown[]) => {
      const done = args.at(-1)
      if (typeof done !== 'function') return query(...args)
      const answered = (error: NodeError | null, ...answer: unknown[]) => {
        if (error && isBroken(error)) {
          open.delete(connection)
          connection.destroy()
          if (NODE_ERRORS.has(error.errno)) goAway(error)
          else heart?.beatNow()
        }
        done(error, ...answer)
      }
      return query(...args.slice(0, -1), unlessAway(answered))
    }) as typeof connection.query
  }

  function watch() {
    // Its own connection: those of the pool may all be in use.
    const own: Pool = mysql.createPool({ ...options, ...host, connectionLimit: 1, connectTimeout: ANSWER_MS })
    let timer: NodeJS.Timeout | undefined
    let isAsking = false
    let isStopped = false
    let steady = 0
    let behind = 0

    const wait = (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(beat, ms)
      timer.unref()
    }
    function beat(): void {
      if (isAsking || isStopped) return
      isAsking = true
      askState(own, (error, state) => {
        isAsking = false
        if (isStopped) return
        if (error) {
          steady = 0
          goAway(error)
        } else {
          steady += 1
          behind = state === 'upToDate' ? 0 : behind + 1
          const isBack = standing === 'serving' || standing === 'aside' || steady >= STEADY_BEATS
          const isAside = behind >= BEHIND_BEATS || (behind > 0 && standing !== 'serving')
          stand(isAside ? 'aside' : isBack ? 'serving' : 'returning')
        }
        wait(BEAT_MS)
      })
    }
    wait(0)
    return {
      beatNow: () => wait(0),
      restart: () => void (steady = 0),
      stop() {
        isStopped = true
        clearTimeout(timer)
        own.end(() => {})
      },
    }
  }
}

function askState(own: Pool, done: (error: NodeError | null, state: NodeState) => void): void {
  own.getConnection((refused, connection) => {
    // One that has too many connections is busy, not away.
    if (refused) return isAnswer(refused) ? done(null, 'upToDate') : done(refused, 'outside')
    connection.query({ sql: ASK_STATE, timeout: ANSWER_MS }, (error: NodeError | null, rows: unknown) => {
      if (error) connection.destroy()
      else connection.release()
      const state = error ? 'outside' : stateOf(rows)
      done(error ?? (state === 'outside' ? outsideError() : null), state)
    })
  })
}

/** Said by the server, not by the way to it: such as that it has too many connections. */
const isAnswer = ({ errno, code = '' }: NodeError) => typeof errno === 'number' && errno > 0 && code.startsWith('ER_')

function isBroken({ fatal, code, errno }: NodeError): boolean {
  return fatal === true || code === 'PROTOCOL_SEQUENCE_TIMEOUT' || NODE_ERRORS.has(errno)
}

const connectionLost = (cause: NodeError): NodeError =>
  Object.assign(new Error('The database node went away', { cause }), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true })
