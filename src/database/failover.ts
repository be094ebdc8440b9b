// Gives TypeORM one mysql2 pool that spans several nodes, prepares every new connection, and drops broken ones.
//
// TypeORM's `replication` cannot fail over its single master, and mysql2's PoolCluster neither notices a node
// that has left its cluster (error 1047) nor brings a removed node back by itself.

import mysql from 'mysql2'
import type { Pool, PoolConnection, PoolOptions } from 'mysql2'
import type { Host } from './address.js'

/** A node that failed is tried last for this long. */
const REST_MS = 1000

/** 1047: the node has left the primary component. 1290, 1836: it has become read-only. */
const NODE_ERRORS = new Set<unknown>([1047, 1290, 1836])

/** 1193: the server has no such variable, so there is nothing to set. */
const UNKNOWN_VARIABLE = 1193

type NodeError = Error & { errno?: number; code?: string; fatal?: boolean }
type Done = (error: NodeError | null, connection?: PoolConnection) => void

interface Node {
  pool: Pool
  restsUntil: number
}

/** What TypeORM's mysql driver uses of mysql2. `session` statements run once on every new connection. */
export function failoverDriver(hosts: Host[], session: string[]) {
  return {
    createPool(options: PoolOptions) {
      const nodes = hosts.map((host): Node => ({ pool: mysql.createPool({ ...options, ...host }), restsUntil: 0 }))
      const prepared = new WeakSet<PoolConnection>()

      const rest = (node: Node) => {
        node.restsUntil = Date.now() + REST_MS
      }

      function getConnection(done: Done): void {
        const isHealthy = (node: Node) => node.restsUntil <= Date.now()
        const order = [...nodes.filter(isHealthy), ...nodes.filter((node) => !isHealthy(node))]
        tryNext(order, done, new Error('No database host is configured'))
      }

      function tryNext([node, ...others]: Node[], done: Done, last: NodeError): void {
        if (!node) return done(last)
        const refuse = (error: NodeError) => {
          rest(node)
          tryNext(others, done, error)
        }
        node.pool.getConnection((error, connection) => {
          if (error) return refuse(error)
          if (prepared.has(connection)) return done(null, connection)
          prepare(connection, session, (failure) => {
            if (failure) {
              connection.destroy()
              return refuse(failure)
            }
            prepared.add(connection)
            dropWhenBroken(connection, () => rest(node))
            done(null, connection)
          })
        })
      }

      function end(done: (error?: Error) => void): void {
        void Promise.allSettled(nodes.map((node) => node.pool.promise().end())).then(() => done())
      }

      return { getConnection, end }
    },
  }
}

function prepare(connection: PoolConnection, [sql, ...others]: string[], done: (error: NodeError | null) => void) {
  if (sql === undefined) return done(null)
  connection.query({ sql, timeout: 5000 }, (error: NodeError | null) => {
    if (error && error.errno !== UNKNOWN_VARIABLE) return done(error)
    prepare(connection, others, done)
  })
}

/** After a timeout the protocol is out of step: the late answer would be taken for the next query's. */
function isBroken(error: NodeError | null): boolean {
  return Boolean(error && (error.fatal || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT' || NODE_ERRORS.has(error.errno)))
}

function dropWhenBroken(connection: PoolConnection, onBroken: () => void): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown
  connection.query = ((...args: unknown[]) => {
    const done = args.at(-1)
    if (typeof done !== 'function') return query(...args)
    const checked = (error: NodeError | null, ...answer: unknown[]) => {
      if (isBroken(error)) {
        onBroken()
        connection.destroy()
      }
      done(error, ...answer)
    }
    return query(...args.slice(0, -1), checked)
  }) as typeof connection.query
}
