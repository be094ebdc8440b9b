// Brings the database to the newest schema, once, however many processes start at the same moment.

import type { DataSource } from 'typeorm'
import { alone, CLAIMS } from './alone.js'
import { addressOf, isEmbedded, openDatabase } from './source.js'
import type { DatabaseSettings } from './source.js'

/** The database was written by a newer version of the program, which this one would damage. */
export class NewerDatabase extends Error {
  constructor(unknown: string[]) {
    super(`数据库比程序新（${unknown.join('、')}），请换用新版本的程序`)
    this.name = 'NewerDatabase'
  }
}

/**
 * Runs what is pending, each migration in a transaction of its own, and returns the names that ran. Opens a
 * connection of its own, without a time limit: a change to a large table may take minutes. A server cannot roll
 * back a change of schema: after a failure there, restore the backup made before the upgrade.
 */
export async function migrate(settings: DatabaseSettings): Promise<string[]> {
  const ds = await openDatabase({ ...settings, queryTimeoutMs: 0, poolLimit: 2 })
  try {
    return await alone(ds, async () => {
      await ensureCollation(ds)
      await refuseNewer(ds)
      const done = await ds.runMigrations()
      await checkReferences(ds)
      return done.map((migration) => migration.name)
    })
  } finally {
    await ds.destroy()
  }
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

async function refuseNewer(ds: DataSource): Promise<void> {
  const runner = ds.createQueryRunner()
  try {
    if (!(await runner.hasTable('migrations'))) return
    const applied: { name: string }[] = await runner.query('SELECT name FROM migrations')
    const known = new Set(ds.migrations.map((migration) => migration.name ?? migration.constructor.name))
    const unknown = applied.map((row) => row.name).filter((name) => !known.has(name))
    if (unknown.length > 0) throw new NewerDatabase(unknown)
  } finally {
    await runner.release()
  }
}

/** Foreign keys are off while SQLite rebuilds tables, so what a migration broke shows only here. */
async function checkReferences(ds: DataSource): Promise<void> {
  if (!isEmbedded(ds)) return
  const broken: unknown[] = await ds.query('PRAGMA foreign_key_check')
  if (broken.length > 0) throw new Error(`A migration left ${broken.length} rows that refer to missing ones`)
}
