// Keeps restore away from a running service, and a second service away from the same embedded database.
//
// The locks belong to a process's own connection or open file: they end with the process, however it ends, so that
// there is no stale lock to clear by hand. Embedded: the service holds a file under DATA_DIR for itself alone.
// Server: any number of services share it, each holding one of the numbered places; restore shuts the door first and
// then looks whether a place is taken, while a service takes its place first and then looks at the door.

import { createHash } from 'node:crypto'
import { access, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Libsql from 'libsql'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { DataSource } from 'typeorm'
import type { ServerAddress } from './address.js'
import { addressOf, connectTo } from './source.js'

export type ReleaseLock = () => Promise<void>

/** Somebody else uses the data. The message is for the person who started the command. */
export class InUse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InUse'
  }
}

interface ServiceLockOptions {
  ds: DataSource
  dataDir: string
  /** The lock's connection was lost, and a restore began before it was back: the process must stop. */
  onLost?: (error: InUse) => void
}

const PLACES = 64
const RETAKE_MS = 500
const RELEASE_MS = 3000
const RESTORING = '正在恢复数据，请等恢复完成再启动服务'

/** Held from start to stop by every service process. @throws InUse while data is being restored. */
export async function holdServiceLock({ ds, dataDir, onLost }: ServiceLockOptions): Promise<ReleaseLock> {
  await refuseHalfRestored(dataDir)
  const address = addressOf(ds)
  if (!address) return holdFile(dataDir, '另一个服务正在使用这个数据目录，或者正在恢复数据')
  return holdPlace(address, onLost ?? (() => {}))
}

/** Held while data is replaced. @throws InUse while any service runs. */
export async function holdRestoreLock(address: ServerAddress | undefined, dataDir: string): Promise<ReleaseLock> {
  const running = '服务正在运行，请先停止服务再恢复'
  return address ? shutDoor(address, running) : holdFile(dataDir, running)
}

/** Stands while the old data is being swapped for the new: what lies there may be neither. */
export function swapMark(dataDir: string): string {
  return path.join(dataDir, 'restore-unfinished')
}

async function refuseHalfRestored(dataDir: string): Promise<void> {
  const isHalfDone = await access(swapMark(dataDir)).then(
    () => true,
    () => false,
  )
  if (isHalfDone) throw new InUse('上次恢复在替换数据时中断，请先再执行一次恢复：npm run restore -- 备份文件 --replace')
}

async function holdFile(dataDir: string, message: string): Promise<ReleaseLock> {
  await mkdir(dataDir, { recursive: true })
  const file = new Libsql(path.join(dataDir, 'service.lock'), { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    throw (error as { code?: string }).code === 'SQLITE_BUSY' ? new InUse(message) : error
  }
  return async () => {
    if (!file.open) return
    file.exec('ROLLBACK')
    file.close()
  }
}

/** GET_LOCK takes names up to 64 characters, for the whole server: the database's name is part of it, shortened. */
function lockNames({ database }: ServerAddress) {
  const prefix = `shenhuan-${createHash('sha256').update(database).digest('hex').slice(0, 16)}`
  return { door: `${prefix}-restore`, place: (n: number) => `${prefix}-service-${n}` }
}

async function ask(connection: Connection, sql: string, names: string[]): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(`SELECT ${sql} AS answer`, names)
  return Number(rows[0]?.['answer'])
}

/** A connection that the server does not end for being idle. */
async function openLockConnection(address: ServerAddress, hosts = address.hosts): Promise<Connection> {
  const connection = await connectTo(address, hosts)
  await connection.query('SET SESSION wait_timeout = 2147483')
  return connection
}

/** The server notices the end of a connection only a moment later: the lock is given back before. */
async function letGo(connection: Connection, lock: string): Promise<void> {
  await connection.query({ sql: 'DO RELEASE_LOCK(?)', values: [lock], timeout: RELEASE_MS }).catch(() => {})
  await connection.end().catch(() => connection.destroy())
}

interface Place {
  connection: Connection
  lock: string
}

async function takePlace(address: ServerAddress): Promise<Place> {
  const names = lockNames(address)
  const connection = await openLockConnection(address)
  try {
    let lock: string | undefined
    for (let n = 0; n < PLACES && lock === undefined; n++) {
      if ((await ask(connection, 'GET_LOCK(?, 0)', [names.place(n)])) === 1) lock = names.place(n)
    }
    if (lock === undefined) throw new InUse(`同一数据库上最多运行 ${PLACES} 个服务进程`)
    if ((await ask(connection, 'IS_FREE_LOCK(?)', [names.door])) !== 1) throw new InUse(RESTORING)
    return { connection, lock }
  } catch (error) {
    connection.destroy()
    throw error
  }
}

async function holdPlace(address: ServerAddress, onLost: (error: InUse) => void): Promise<ReleaseLock> {
  let isReleased = false
  let place = await takePlace(address)
  watch()

  function watch(): void {
    const watched = place.connection
    let isGone = false
    const gone = () => {
      if (isGone || isReleased) return
      isGone = true
      watched.destroy()
      void retake()
    }
    watched.on('error', gone)
    watched.on('end', gone)
  }

  async function retake(): Promise<void> {
    while (!isReleased) {
      try {
        const next = await takePlace(address)
        if (isReleased) return next.connection.destroy()
        place = next
        return watch()
      } catch (error) {
        if (error instanceof InUse) return onLost(error)
        await delay(RETAKE_MS, undefined, { ref: false })
      }
    }
  }

  return async () => {
    if (isReleased) return
    isReleased = true
    await letGo(place.connection, place.lock)
  }
}

/** Locks of this kind are known to one node only, so every node of a cluster is asked; one that is down serves nobody. */
async function shutDoor(address: ServerAddress, running: string): Promise<ReleaseLock> {
  const names = lockNames(address)
  const connections: Connection[] = []
  const release = async () => {
    for (const connection of connections.splice(0)) await letGo(connection, names.door)
  }
  try {
    let last: unknown
    for (const host of address.hosts) {
      const connection = await openLockConnection(address, [host]).catch((error: unknown) => void (last = error))
      if (!connection) continue
      connection.on('error', () => connection.destroy())
      connections.push(connection)
      if ((await ask(connection, 'GET_LOCK(?, 0)', [names.door])) !== 1) throw new InUse('另一个恢复正在进行')
      const places = Array.from({ length: PLACES }, (_, n) => names.place(n))
      const free = await ask(connection, places.map(() => 'IS_FREE_LOCK(?)').join(' + '), places)
      if (free !== PLACES) throw new InUse(running)
    }
    if (connections.length === 0) throw last
    return release
  } catch (error) {
    await release()
    throw error
  }
}
