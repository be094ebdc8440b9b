/** The storages that are measured, and a service's place on one of them: a database and a folder of its own. */
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAddress } from '../../src/database/address.js'
import { connectTo } from '../../src/database/source.js'
import { startGalera } from '../galera.js'
import { startMariaDb } from '../mariadb.js'

export const storageNames = ['embedded', 'MariaDB', 'cluster'] as const
export type StorageName = (typeof storageNames)[number]

export interface Storage {
  name: StorageName
  /** The URL of a new database; undefined for the embedded file. */
  createDatabase(name: string): Promise<string | undefined>
  /** Processor time of the database's own processes so far, in milliseconds; 0 where there are none, or unknown. */
  cpuMs(): number
  stop(): Promise<void>
}

export interface Place {
  storage: Storage
  folder: string
  env: Record<string, string>
  url: string | undefined
}

/** As much as a small server would give it, of the 23 GB or so that a machine for this has. */
const BUFFER_POOL_BYTES = 1024 ** 3

export const startStorage: Readonly<Record<StorageName, () => Promise<Storage>>> = {
  embedded: async () => ({
    name: 'embedded',
    createDatabase: async () => undefined,
    cpuMs: () => 0,
    stop: async () => {},
  }),
  MariaDB: async () => {
    const server = await startMariaDb({ isDurable: true })
    const pids = await prepare(await server.createDatabase('first'))
    return { name: 'MariaDB', createDatabase: server.createDatabase, cpuMs: () => cpuOf(pids), stop: server.stop }
  },
  cluster: async () => {
    const cluster = await startGalera({ isDurable: true })
    const pids = await prepare(await cluster.createDatabase('first'))
    return { name: 'cluster', createDatabase: cluster.createDatabase, cpuMs: () => cpuOf(pids), stop: cluster.stop }
  },
}

export async function placeOn(storage: Storage, under: string, name: string): Promise<Place> {
  const folder = join(under, storage.name, name)
  await mkdir(folder, { recursive: true })
  const url = await storage.createDatabase(`bench_${name}`)
  const env = {
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    DEMO: 'off',
    LIMIT_SCALE: '1000000',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  }
  return { storage, folder, env, url }
}

/** Gives each node of a server its memory, and says which processes they are. */
async function prepare(url: string): Promise<number[]> {
  const address = parseAddress(url)
  const pids: number[] = []
  for (const host of address.hosts) {
    const connection = await connectTo(address, [host])
    try {
      await connection.query(`SET GLOBAL innodb_buffer_pool_size = ${BUFFER_POOL_BYTES}`)
      const [rows] = await connection.query('SELECT @@pid_file AS file')
      const [{ file } = { file: '' }] = rows as { file: string }[]
      pids.push(Number(readFileSync(file, 'utf8')))
    } finally {
      connection.destroy()
    }
  }
  return pids
}

/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10

function cpuOf(pids: readonly number[]): number {
  try {
    return pids.reduce((sum, pid) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // After the name in parentheses: the 12th and 13th fields are user and system time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS
    }, 0)
  } catch {
    return 0
  }
}
