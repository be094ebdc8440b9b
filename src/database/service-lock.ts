// Keeps restore away from a running service, and a second service away from the same embedded database.
//
// The locks belong to a process's own connection or open file: they end with the process, however it ends, so that
// there is no stale lock to clear by hand. Embedded: the service holds a file under DATA_DIR for itself alone.
// Server: any number of services share it, each holding one of the numbered places; restore shuts the door first and
// then looks whether a place is taken, while a service takes its place first and then looks at the door.
//
// With its place a service holds what it says of itself (which master keys it has, which contractions it lives with), one
// lock for each: who is about to do something that not every process could bear asks whether all of them say so.

import { createHash } from 'node:crypto'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Libsql from 'libsql'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { DataSource } from 'typeorm'
import type { Host, ServerAddress } from './address.js'
import { NewerDatabase } from './phases.js'
import { addressOf, connectTo, refuseOutsider } from './source.js'

export type ReleaseLock = () => Promise<void>

/** Somebody else uses the data. The message is for the person who started the command. */
export class InUse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InUse'
  }
}

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

interface ServiceLockOptions {
  ds: DataSource
  dataDir: string
  /** The lock's connection was lost, and before it was back something began that this process must not serve during. */
  onLost?: (error: Error) => void
  /** What others may have to know of this process, in words without secrets. */
  says?: readonly string[]
  /** Asked with the place in hand, each time it is taken: throws what keeps this process from serving. */
  admit?: () => Promise<void>
}

const PLACES = 64
const RETAKE_MS = 500
const RELEASE_MS = 3000
const LOOK_MS = 2000
const RESTORING = '正在恢复数据，请等恢复完成再启动服务'

type Door = 'restore' | 'contract'
const BUSY: Record<Door, string> = { restore: '另一个恢复正在进行', contract: '另一个收尾正在进行' }

class Contracting extends InUse {
  constructor() {
    super('正在做升级的收尾，请稍后再启动服务')
  }
}

/** Held from start to stop by every service process. @throws InUse while data is being restored. */
export async function holdServiceLock(options: ServiceLockOptions): Promise<ReleaseLock> {
  const { ds, dataDir, onLost = () => {}, says = [], admit = async () => {} } = options
  await refuseHalfRestored(dataDir)
  const address = addressOf(ds)
  if (address) return holdPlace({ address, says, admit }, onLost)
  const release = await holdFile(dataDir, '另一个服务正在使用这个数据目录，或者正在恢复数据')
  try {
    await writeFile(saidFile(dataDir), says.join('\n'), { mode: 0o600 })
    await admit()
    return release
  } catch (error) {
    await release()
    throw error
  }
}

/** Held while data is replaced. @throws InUse while any service runs. */
export async function holdRestoreLock(
  address: ServerAddress | undefined,
  dataDir: string,
  running = '服务正在运行，请先停止服务再恢复',
): Promise<ReleaseLock> {
  return address ? shutDoor(address, 'restore', [], running) : holdFile(dataDir, running)
}

/** Held while old columns are taken away. @throws InUse while a service runs that does not say all of `words`. */
export async function holdWhileContracting(
  address: ServerAddress | undefined,
  dataDir: string,
  words: readonly string[],
): Promise<ReleaseLock> {
  if (!address) return holdFile(dataDir, '服务正在运行，请先停止服务再收尾')
  return shutDoor(address, 'contract', words, '还有旧版本的服务进程在运行：请把它们都换成新版本，再做收尾')
}

/** Whether each service that runs at this moment says all of `words`. */
export async function allSay(
  address: ServerAddress | undefined,
  dataDir: string,
  words: readonly string[],
): Promise<boolean> {
  if (!address) return !(await isFileHeld(dataDir)) || (await saidHere(dataDir, words))
  let isSaid = true
  await eachHost(address, async (connection) => {
    try {
      isSaid &&= await sayAll(connection, address, words)
    } finally {
      connection.destroy()
    }
  })
  return isSaid
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

const saidFile = (dataDir: string) => path.join(dataDir, 'service.says')

async function isFileHeld(dataDir: string): Promise<boolean> {
  try {
    await (await holdFile(dataDir, ''))()
    return false
  } catch (error) {
    if (error instanceof InUse) return true
    throw error
  }
}

async function saidHere(dataDir: string, words: readonly string[]): Promise<boolean> {
  const said = (await readFile(saidFile(dataDir), 'utf8').catch(() => '')).split('\n')
  return words.every((word) => said.includes(word))
}

/** GET_LOCK takes names up to 64 characters, for the whole server: the database's name is part of it, shortened. */
function lockNames({ database }: ServerAddress) {
  const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
  const prefix = `shenhuan-${short(database)}`
  return {
    door: (why: Door) => `${prefix}-${why}`,
    place: (n: number) => `${prefix}-service-${n}`,
    word: (word: string, n: number) => `${prefix}-${short(word)}-${n}`,
  }
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
async function letGo(connection: Connection): Promise<void> {
  await connection.query({ sql: 'DO RELEASE_ALL_LOCKS()', timeout: RELEASE_MS }).catch(() => {})
  await connection.end().catch(() => connection.destroy())
}

interface Serving {
  address: ServerAddress
  says: readonly string[]
  admit: () => Promise<void>
}

async function takePlace({ address, says, admit }: Serving): Promise<Connection> {
  const names = lockNames(address)
  const connection = await openLockConnection(address)
  try {
    let place: number | undefined
    for (let n = 0; n < PLACES && place === undefined; n++) {
      if ((await ask(connection, 'GET_LOCK(?, 0)', [names.place(n)])) === 1) place = n
    }
    if (place === undefined) throw new InUse(`同一数据库上最多运行 ${PLACES} 个服务进程`)
    for (const word of says) await ask(connection, 'GET_LOCK(?, 0)', [names.word(word, place)])
    if ((await ask(connection, 'IS_FREE_LOCK(?)', [names.door('restore')])) !== 1) throw new InUse(RESTORING)
    if ((await ask(connection, 'IS_FREE_LOCK(?)', [names.door('contract')])) !== 1) throw new Contracting()
    await admit()
    return connection
  } catch (error) {
    connection.destroy()
    throw error
  }
}

async function holdPlace(serving: Serving, onLost: (error: Error) => void): Promise<ReleaseLock> {
  let isReleased = false
  let place = await takePlace(serving)
  watch()

  function watch(): void {
    const watched = place
    let isGone = false
    const gone = () => {
      if (isGone || isReleased) return
      isGone = true
      watched.destroy()
      void retake()
    }
    watched.on('error', gone)
    watched.on('end', gone)
    // A node that has left its cluster keeps the connection, and nobody would find the place on it.
    const look = () => {
      if (isGone || isReleased) return
      refuseOutsider(watched).then(later, gone)
    }
    const later = () => setTimeout(look, LOOK_MS).unref()
    later()
  }

  async function retake(): Promise<void> {
    while (!isReleased) {
      try {
        const next = await takePlace(serving)
        if (isReleased) return next.destroy()
        place = next
        return watch()
      } catch (error) {
        if (error instanceof NewerDatabase || (error instanceof InUse && !(error instanceof Contracting))) {
          return onLost(error)
        }
        await delay(RETAKE_MS, undefined, { ref: false })
      }
    }
  }

  return async () => {
    if (isReleased) return
    isReleased = true
    await letGo(place)
  }
}

/** Locks of this kind are known to one node only, so every node of a cluster is asked; one that is down serves nobody. */
async function shutDoor(
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
async function eachHost(address: ServerAddress, work: (connection: Connection) => Promise<void>): Promise<void> {
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

/** Whether each place that is taken on this node says all of `words`; without words, whether none is taken. */
async function sayAll(connection: Connection, address: ServerAddress, words: readonly string[]): Promise<boolean> {
  const names = lockNames(address)
  const places = Array.from({ length: PLACES }, (_, n) => n)
  const free = places.map(() => 'IS_FREE_LOCK(?)').join(' + ')
  if (words.length === 0) return (await ask(connection, free, places.map(names.place))) === PLACES
  for (const word of words) {
    const mute = places.map(() => '(IS_FREE_LOCK(?) = 0 AND IS_FREE_LOCK(?) = 1)').join(' + ')
    const locks = places.flatMap((n) => [names.place(n), names.word(word, n)])
    if ((await ask(connection, mute, locks)) > 0) return false
  }
  return true
}
