// A server's named locks (GET_LOCK): they belong to a connection and end with it, and are known to one node only.

import { createHash } from 'node:crypto'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Host, ServerAddress } from './address.js'
import { connectTo } from './source.js'

/** What no service is to start during. */
export type Door = 'restore' | 'contract'

const RELEASE_MS = 3000

/** GET_LOCK takes names up to 64 characters, for the whole server: the database's name is part of it, shortened. */
export function lockNames({ database }: ServerAddress) {
  const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
  const prefix = `shenhuan-${short(database)}`
  return {
    door: (why: Door) => `${prefix}-${why}`,
    place: (n: number) => `${prefix}-service-${n}`,
    word: (word: string, n: number) => `${prefix}-${short(word)}-${n}`,
  }
}

/** One number: the answer to `sql` about these names. */
export async function ask(connection: Connection, sql: string, names: string[]): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(`SELECT ${sql} AS answer`, names)
  return Number(rows[0]?.['answer'])
}

/** A connection that the server does not end for being idle. */
export async function openLockConnection(address: ServerAddress, hosts: Host[] = address.hosts): Promise<Connection> {
  const connection = await connectTo(address, hosts)
  await connection.query('SET SESSION wait_timeout = 2147483')
  return connection
}

/** The server notices the end of a connection only a moment later: the lock is given back before. */
export async function letGo(connection: Connection): Promise<void> {
  await connection.query({ sql: 'DO RELEASE_ALL_LOCKS()', timeout: RELEASE_MS }).catch(() => {})
  await connection.end().catch(() => connection.destroy())
}
