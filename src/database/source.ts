// The only module that knows which database is in use: opens the embedded file or the server named by the URL.

import path from 'node:path'
import type Libsql from 'libsql'
import mysql from 'mysql2/promise'
import { DataSource } from 'typeorm'
import type { DataSourceOptions, Logger } from 'typeorm'
import { parseAddress } from './address.js'
import type { Host, ServerAddress } from './address.js'
import { CheckedLibsql } from './binding.js'
import { failoverDriver } from './failover.js'
import type { Node, Standing } from './node.js'
import { ASK_STATE, outsideError, stateOf } from './nodeState.js'
import { serialize } from './serial.js'

export interface DatabaseSettings {
  /** Empty: the embedded database. Otherwise `mysql://user:password@host:port[,host:port]/database`. */
  url?: string | undefined
  dataDir: string
  entities: NonNullable<DataSourceOptions['entities']>
  migrations: NonNullable<DataSourceOptions['migrations']>
  /** Connections at most, for each host of a server. */
  poolLimit?: number
  /** A query on a server that takes longer fails and its connection is dropped; 0 waits for ever. */
  queryTimeoutMs?: number
  /** With several hosts: one of them stands differently than `before`. */
  onStanding?: ((node: Node, before: Standing) => void) | undefined
}

const BUSY_MS = 5000
/** The service asks some hundreds of different ones; with TypeORM's own 100 a twentieth of its work was preparing them. */
const KEPT_STATEMENTS = 500
const CONNECT_MS = 3000

const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'

/**
 * SKIP LOCKED under REPEATABLE READ was seen to deadlock; lock waits end before the query timeout does. On a cluster,
 * which may also stand behind one address: read what other nodes have committed (others take or lack the variable),
 * and find out now whether this node can (1205 when it is outside its cluster).
 */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION sql_mode = '${SQL_MODE}', time_zone = '+00:00', innodb_lock_wait_timeout = 5`,
  'SET SESSION wsrep_sync_wait = 1',
  'SELECT 1',
]

const addresses = new WeakMap<DataSource, ServerAddress>()

export async function openDatabase(settings: DatabaseSettings): Promise<DataSource> {
  return settings.url ? openServer(parseAddress(settings.url), settings) : openEmbedded(settings)
}

export function isEmbedded(ds: DataSource): boolean {
  return ds.options.type === 'better-sqlite3'
}

/** Where the embedded database is kept. */
export function embeddedFile(dataDir: string): string {
  return path.join(dataDir, 'shenhuan.db')
}

/** The server that `ds` was opened on; undefined for the embedded database. */
export function addressOf(ds: DataSource): ServerAddress | undefined {
  return addresses.get(ds)
}

/** One connection outside any pool, to the first host that serves. @throws the last host's error when none does */
export async function connectTo(
  { user, password }: ServerAddress,
  hosts: Host[],
  database?: string,
): Promise<mysql.Connection> {
  let last: unknown
  for (const { host, port } of hosts) {
    try {
      const connection = await mysql.createConnection({
        host,
        port,
        user,
        password,
        ...(database === undefined ? {} : { database }),
        charset: 'utf8mb4_bin',
        timezone: 'Z',
        connectTimeout: CONNECT_MS,
      })
      try {
        await refuseOutsider(connection)
        return connection
      } catch (error) {
        connection.destroy()
        throw error
      }
    } catch (error) {
      last = error
    }
  }
  throw last
}

/** @throws error 1047 when the connection is to a node outside its cluster, or has become so */
export async function refuseOutsider(connection: mysql.Connection): Promise<void> {
  const [rows] = await connection.query({ sql: ASK_STATE, timeout: CONNECT_MS })
  if (stateOf(rows) === 'outside') throw outsideError()
}

function shared({ entities, migrations }: DatabaseSettings) {
  return {
    entities,
    migrations,
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each' as const,
    logger: silent,
    // `where: { id: undefined }` would find the first row of all.
    invalidWhereValuesBehavior: { null: 'throw' as const, undefined: 'throw' as const },
  }
}

async function openEmbedded(settings: DatabaseSettings): Promise<DataSource> {
  const ds = new DataSource({
    ...shared(settings),
    type: 'better-sqlite3',
    driver: CheckedLibsql,
    database: embeddedFile(settings.dataDir),
    timeout: BUSY_MS,
    enableWAL: true,
    statementCacheSize: KEPT_STATEMENTS,
    prepareDatabase(database: Libsql.Database) {
      database.pragma(`busy_timeout = ${BUSY_MS}`)
      database.pragma('synchronous = FULL')
      // What is deleted is overwritten: who was erased cannot be read from the free pages of the file.
      database.pragma('secure_delete = ON')
    },
  })
  serialize(ds)
  return ds.initialize()
}

async function openServer(address: ServerAddress, settings: DatabaseSettings): Promise<DataSource> {
  const { poolLimit = 20, queryTimeoutMs = 10_000 } = settings
  const [first] = address.hosts
  const ds = new DataSource({
    ...shared(settings),
    type: await productOf(address),
    driver: failoverDriver({ hosts: address.hosts, session: SESSION, onStanding: settings.onStanding }),
    host: first?.host ?? '',
    port: first?.port ?? 0,
    username: address.user,
    password: address.password,
    database: address.database,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectTimeout: CONNECT_MS,
    poolSize: poolLimit,
    enableQueryTimeout: queryTimeoutMs > 0,
    ...(queryTimeoutMs > 0 ? { maxQueryExecutionTime: queryTimeoutMs } : {}),
    // Counts and sums come as numbers, as they do from SQLite; the project stores nothing beyond 2^53.
    supportBigNumbers: true,
    bigNumberStrings: false,
    extra: { decimalNumbers: true },
  })
  addresses.set(ds, address)
  return ds.initialize()
}

async function productOf(address: ServerAddress): Promise<'mariadb' | 'mysql'> {
  const connection = await connectTo(address, address.hosts)
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT VERSION() AS version')
    return String(rows[0]?.version).includes('MariaDB') ? 'mariadb' : 'mysql'
  } finally {
    connection.destroy()
  }
}

/** TypeORM would print slow and failed queries together with their parameters, which are personal data. */
const silent: Logger = {
  logQuery() {},
  logQueryError() {},
  logQuerySlow() {},
  logSchemaBuild() {},
  logMigration() {},
  log() {},
}
