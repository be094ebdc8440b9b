// The door of a server's database, shut by a restore or a contraction: no service starts, and none is running.
//
// Who shuts it shuts it first and then looks whether a place is taken (`places.ts`), on every node of a cluster.

import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Host, ServerAddress } from './address.js'
import { InUse, type ReleaseLock } from './inUse.js'
import { ask, type Door, letGo, lockNames, openLockConnection } from './namedLocks.js'
import { sayAll } from './places.js'

/** A node of the cluster could not be asked who is connected to it. */
class Unasked extends InUse {
  constructor(host: Host | undefined, cause: unknown) {
    super(
      host
        ? `问不到数据库节点 ${host.host}:${host.port} 上还有没有服务进程：请先修好它，或者停掉它的数据库，再做一次`
        : '集群的节点比 DATABASE_URL 里写的多：请把所有节点都写上，再做一次',
    )
    this.cause = cause
  }
}

const BUSY: Record<Door, string> = { restore: '另一个恢复正在进行', contract: '另一个收尾正在进行' }

/** Locks of this kind are known to one node only, so every node of a cluster is asked; one that is down serves nobody. */
export async function shutDoor(
  address: ServerAddress,
  why: Door,
  allowed: readonly string[],
  running: string,
): Promise<ReleaseLock> {
  const door = lockNames(address).door(why)
  const connections: Connection[] = []
  const release = async () => {
    for (const connection of connections.splice(0)) await letGo(connection)
  }
  try {
    await eachHost(address, async (connection) => {
      connections.push(connection)
      if ((await ask(connection, 'GET_LOCK(?, 0)', [door])) !== 1) throw new InUse(BUSY[why])
      if (!(await sayAll(connection, address, allowed))) throw new InUse(running)
    })
    return release
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * One that refuses is down, and holds nobody's place; one that does not answer may hold one all the same.
 * @throws Unasked when a node may have been left out, the last host's error when all are down
 */
export async function eachHost(address: ServerAddress, work: (connection: Connection) => Promise<void>): Promise<void> {
  let down: unknown
  let reached = 0
  let size = 0
  for (const host of address.hosts) {
    const connection = await openLockConnection(address, [host]).catch((error: unknown) => {
      down = error
      const isDown = (error as { code?: unknown }).code === 'ECONNREFUSED'
      if (!isDown && address.hosts.length > 1) throw new Unasked(host, error)
    })
    if (!connection) continue
    connection.on('error', () => connection.destroy())
    reached += 1
    size = Math.max(size, await clusterSize(connection))
    await work(connection)
  }
  if (reached === 0) throw down
  if (size > reached) throw new Unasked(undefined, undefined)
}

/** How many nodes the cluster counts; 0 on a server by itself. */
async function clusterSize(connection: Connection): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(`SHOW GLOBAL STATUS LIKE 'wsrep_cluster_size'`)
  return Number(rows[0]?.['Value'] ?? 0)
}
