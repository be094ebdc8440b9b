// Gives TypeORM one mysql2 pool that spans several nodes, of which one at a time is used.
//
// TypeORM's `replication` cannot fail over its single master, and mysql2's PoolCluster neither notices a node
// that has left its cluster (error 1047) nor brings a removed node back by itself.

import type { PoolOptions } from 'mysql2'
import type { Host } from './address.js'
import { type Connections, type Done, type Node, type NodeError, openNode, type Standing } from './node.js'

/** A node is used when none before it is left. Those that are away are not tried: who waits is told at once. */
const PREFERENCE: readonly Standing[] = ['serving', 'returning', 'aside']

export interface FailoverOptions {
  /** In order of preference, the same for every process: so all of them write to the same node. */
  hosts: Host[]
  /** Statements that run once on every new connection. */
  session: readonly string[]
  onStanding?: ((node: Node, before: Standing) => void) | undefined
}

/** What TypeORM's mysql driver uses of mysql2. */
export function failoverDriver({ hosts, session, onStanding = () => {} }: FailoverOptions) {
  return {
    createPool(pool: PoolOptions) {
      const isWatched = hosts.length > 1
      const nodes = hosts.map((host) => openNode({ host, pool, session, isWatched, onStanding }))

      function getConnection(done: Done): void {
        const order = PREFERENCE.flatMap((standing) => nodes.filter((node) => node.standing === standing))
        tryNext(order, done, nodes[0]?.lastError ?? new Error('No database host is configured'))
      }

      function tryNext([node, ...others]: Node[], done: Done, last: NodeError): void {
        if (!node) return done(last)
        node.getConnection((error, connection) => {
          if (error) return tryNext(others, done, error)
          done(null, connection)
        })
      }

      function end(done: (error?: Error) => void): void {
        void Promise.allSettled(nodes.map((node) => node.end())).then(() => done())
      }

      const connections = (): Connections =>
        nodes.reduce<Connections>(
          (sum, node) => {
            const { inUse, idle, waiting } = node.connections()
            return { inUse: sum.inUse + inUse, idle: sum.idle + idle, waiting: sum.waiting + waiting }
          },
          { inUse: 0, idle: 0, waiting: 0 },
        )

      return { getConnection, end, connections }
    },
  }
}
