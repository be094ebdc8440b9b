/** What a filled database weighs: on disk, in a backup, and how long one takes. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { DataSource } from 'typeorm'
import { isEmbedded } from '../../src/database/source.js'
import type { Place, StorageName } from './places.js'

export interface Weight {
  storage: StorageName
  cases: number
  /** Tables and indexes. */
  databaseBytes: number
  backupBytes: number
  backupSeconds: number
}

const run = promisify(execFile)
const command = new URL('../../dist/database/backup/backup.js', import.meta.url).pathname

/** Makes a backup as `npm run backup` does, while nobody else asks anything. */
export async function weigh(ds: DataSource, { storage, folder, env }: Place, cases: number): Promise<Weight> {
  const file = join(folder, 'backup.tar')
  const startedAt = performance.now()
  await run(process.execPath, [command, file], { env: { ...process.env, ...env } })
  const backupSeconds = (performance.now() - startedAt) / 1000
  const backupBytes = statSync(file).size
  return {
    storage: storage.name,
    cases,
    databaseBytes: await databaseBytesOf(ds, env['DATA_DIR'] ?? ''),
    backupBytes,
    backupSeconds,
  }
}

async function databaseBytesOf(ds: DataSource, dataDir: string): Promise<number> {
  // Not asked of SQLite: a table-valued pragma holds its snapshot on this connection, and the WAL could never be cut.
  if (isEmbedded(ds)) return statSync(join(dataDir, 'shenhuan.db')).size
  const [row] = (await ds.query(
    'SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = DATABASE()',
  )) as { bytes: number | string }[]
  return Number(row?.bytes ?? 0)
}
