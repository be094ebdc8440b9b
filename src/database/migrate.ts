// Brings the database to what this program needs, once, however many processes start at the same moment.

import type { DataSource } from 'typeorm'
import { alone, CLAIMS } from './alone.js'
import { InUse, type ReleaseLock } from './inUse.js'
import { appliedTo, knownTo, livesWith, nameOf, phaseOf, refuseNewer } from './phases.js'
import { holdRestoreLock, holdWhileContracting } from './service-lock.js'
import { addressOf, isEmbedded, openDatabase } from './source.js'
import type { DatabaseSettings } from './source.js'

/**
 * Runs what is pending, each migration in a transaction of its own, and returns the names that ran. Contractions are
 * left to `contract`, unless the database is new. Opens a connection of its own, without a time limit: a change to a
 * large table may take minutes. A server cannot roll back a change of schema: after a failure there, run it again; the
 * words of columns.ts and online.ts leave alone what is done.
 * @throws InUse when a migration is pending during which nobody may serve, and somebody does
 */
export async function migrate(settings: DatabaseSettings): Promise<string[]> {
  return withMigrations(settings, async (ds) => {
    await ensureCollation(ds)
    await refuseNewer(ds)
    const applied = new Set(await appliedTo(ds))
    const pending = knownTo(ds).filter((name) => !applied.has(name))
    if (applied.size === 0) return run(ds, pending)
    const due = pending.filter((name) => phaseOf(name) !== 'contract')
    if (due.every((name) => phaseOf(name) === 'expand')) return run(ds, due)
    return during(holdRestoreLock(addressOf(ds), settings.dataDir, NOT_BESIDE), () => run(ds, due))
  })
}

const NOT_BESIDE = '这次升级要改动旧程序正在用的表：请先停止所有服务进程，再启动新版本'

/**
 * Takes away what only older programs needed: runs the pending contractions, and returns their names.
 * @throws InUse when a process of an older program serves; on the embedded database, when any does
 */
export async function contract(settings: DatabaseSettings): Promise<string[]> {
  return withMigrations(settings, async (ds) => {
    await refuseNewer(ds)
    const applied = new Set(await appliedTo(ds))
    const pending = knownTo(ds).filter((name) => !applied.has(name))
    const due = pending.filter((name) => phaseOf(name) === 'contract')
    if (due.length === 0) return []
    if (pending.length > due.length) throw new InUse('新版本还没有启动过：请先启动新版本的服务，再做收尾')
    return during(holdWhileContracting(addressOf(ds), settings.dataDir, due.map(livesWith)), () => run(ds, due))
  })
}

async function withMigrations<T>(settings: DatabaseSettings, work: (ds: DataSource) => Promise<T>): Promise<T> {
  const ds = await openDatabase({ ...settings, queryTimeoutMs: 0, poolLimit: 2 })
  try {
    return await alone(ds, () => work(ds))
  } finally {
    await ds.destroy()
  }
}

async function during<T>(lock: Promise<ReleaseLock>, work: () => Promise<T>): Promise<T> {
  const release = await lock
  try {
    return await work()
  } finally {
    await release()
  }
}

async function run(ds: DataSource, names: string[]): Promise<string[]> {
  // TypeORM runs whatever it knows and the database has not.
  const wanted = ds.migrations.filter((migration) => names.includes(nameOf(migration)))
  ds.migrations.splice(0, ds.migrations.length, ...wanted)
  const done = await ds.runMigrations()
  await checkReferences(ds)
  return done.map((migration) => migration.name)
}

/** Tables take the database's collation, and a server's own default compares without case or accents. */
async function ensureCollation(ds: DataSource): Promise<void> {
  const address = addressOf(ds)
  if (!address) return
  const [schema] = await ds.query(
    `SELECT DEFAULT_COLLATION_NAME AS collation,
            (SELECT COUNT(*) FROM information_schema.TABLES
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> '${CLAIMS}') AS tables
     FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()`,
  )
  if (schema.collation === 'utf8mb4_bin') return
  const change = `ALTER DATABASE ${ds.driver.escape(address.database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
  if (schema.tables > 0) throw new Error(`数据库的排序规则应为 utf8mb4_bin，请先执行：${change}`)
  await ds.query(change)
}

/** Foreign keys are off while SQLite rebuilds tables, so what a migration broke shows only here. */
async function checkReferences(ds: DataSource): Promise<void> {
  if (!isEmbedded(ds)) return
  const broken: unknown[] = await ds.query('PRAGMA foreign_key_check')
  if (broken.length > 0) throw new Error(`A migration left ${broken.length} rows that refer to missing ones`)
}
