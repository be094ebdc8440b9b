// Puts a backup in the place of the data: everything is unpacked, checked and loaded beside it before one switch.

import { randomBytes } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import mysql from 'mysql2'
import type { Connection } from 'mysql2/promise'
import { parseAddress } from '../address.js'
import type { ServerAddress } from '../address.js'
import { holdRestoreLock, swapMark } from '../service-lock.js'
import { connectTo, embeddedFile } from '../source.js'
import { BackupFailed, DATABASE, FILES, linkTree, renameAll, unpack } from './archive.js'
import type { Manifest } from './archive.js'
import type { BinlogPosition } from './binlog-position.js'
import { survey } from './binlog-survey.js'
import type { Survey, Until } from './binlog-survey.js'
import type { BackupPlace } from './make.js'
import { refuseUnlessAllowed, replay } from './replay.js'
import { loadDump, tablesOf } from './server-dump.js'
import { readSqlite, uncopySqlite } from './sqlite-copy.js'
import { settleFiles, STORED_BYTES, STORED_FILES } from './stored-files.js'
import type { StoredBytes } from './stored-files.js'

export interface Restored {
  manifest: Manifest
  /** Where the former data is kept: a folder, and on a server a database. */
  replaced: string[]
  /** Hashes of files whose bytes are not where the service looks for them. */
  missing: string[]
  /** What was done again from the binary log. */
  survey?: Survey
}

export interface PutBack {
  /** Over data that is there already; it is kept beside. */
  replace?: boolean
  /** Then do again what the binary logs in a folder say, as far as an instant. */
  replayed?: { until: Until; logs: string }
}

/** Swaps the prepared data in. `undo` is called when a later step fails. */
interface Prepared {
  /** Moves inside DATA_DIR, besides those of the stored files. */
  moves: [from: string, to: string][]
  /** What the restored rows say of the files. */
  stored: StoredBytes[]
  /** The last step; what came before is undone when it fails. */
  finish(): Promise<string[]>
  /** Whatever happened: leaves nothing of the preparation behind. */
  tidy(): Promise<void>
}

/**
 * Refuses while a service runs, and when something is already there unless `replace`; the former data is then kept
 * beside the new. Until the last step nothing is changed, and a failure in that step is undone.
 * @throws BackupFailed or InUse, with a sentence for the person at the keyboard.
 */
export async function putBack(
  place: BackupPlace,
  file: string,
  { replace = false, replayed }: PutBack = {},
): Promise<Restored> {
  const { dataDir } = place
  const address = place.url ? parseAddress(place.url) : undefined
  await access(file).catch(() => {
    throw new BackupFailed(`没有找到备份文件：${file}`)
  })
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const unlock = await holdRestoreLock(address, dataDir)
  const folder = await mkdtemp(path.join(dataDir, 'restore-'))
  try {
    if (!replace) await refuseUnlessEmpty(address, place)
    const manifest = await unpack(file, folder)
    if ((manifest.database === 'server') !== Boolean(address)) {
      throw new BackupFailed(
        address
          ? '这份备份来自内置数据库，不能恢复到 MariaDB/MySQL'
          : '这份备份来自 MariaDB/MySQL，不能恢复到内置数据库',
      )
    }
    const log = replayed && (await surveyed(manifest, replayed))
    const stamp = `${Date.now().toString(36)}${randomBytes(2).toString('hex')}`
    const old = path.join(dataDir, `replaced-${stamp}`)
    const prepared = address
      ? await prepareServer({ address, folder, manifest, stamp, log })
      : await prepareEmbedded(dataDir, folder, old, manifest)
    try {
      // What was stored after the backup belongs to what was done after it.
      if (log && !place.filesS3) await linkTree(path.join(dataDir, FILES), path.join(folder, FILES))
      const missing = await settleFiles(place, folder, manifest, prepared.stored)
      const replaced = await swap(place, folder, old, prepared)
      return { manifest, missing, replaced, ...(log ? { survey: log.survey } : {}) }
    } finally {
      await prepared.tidy()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    await unlock()
  }
}

interface Log {
  start: BinlogPosition
  survey: Survey
}

async function surveyed(
  { binlog, noBinlog }: Manifest,
  { until, logs }: NonNullable<PutBack['replayed']>,
): Promise<Log> {
  if (!binlog) {
    const why = noBinlog ?? '备份里没有记下日志的位置'
    throw new BackupFailed(`这份备份不能恢复到以后的时间点：${why}`)
  }
  return { start: binlog, survey: await survey(binlog, logs, until) }
}

async function swap(place: BackupPlace, folder: string, old: string, prepared: Prepared): Promise<string[]> {
  const { dataDir, filesS3 } = place
  const stored = path.join(dataDir, FILES)
  const moves = [...prepared.moves]
  if (!filesS3) {
    if (await exists(stored)) moves.unshift([stored, path.join(old, FILES)])
    moves.push([path.join(folder, FILES), stored])
    await mkdir(path.join(folder, FILES), { recursive: true })
  }
  await mkdir(old)
  await writeFile(swapMark(dataDir), '')
  const takeBack = await renameAll(moves).catch(async (error: unknown) => {
    await clear(dataDir, old)
    throw error
  })
  try {
    const databases = await prepared.finish()
    await rm(swapMark(dataDir), { force: true })
    const isOldEmpty = (await readdir(old)).length === 0
    if (isOldEmpty) await rm(old, { recursive: true })
    return [...(isOldEmpty ? [] : [old]), ...databases]
  } catch (error) {
    await takeBack()
    await clear(dataDir, old)
    throw error
  }
}

async function clear(dataDir: string, old: string): Promise<void> {
  await rm(old, { recursive: true, force: true })
  await rm(swapMark(dataDir), { force: true })
}

async function prepareEmbedded(dataDir: string, folder: string, old: string, { rows }: Manifest): Promise<Prepared> {
  const fresh = path.join(folder, 'restored.db')
  await uncopySqlite(path.join(folder, DATABASE), fresh)
  const current = embeddedFile(dataDir)
  const moves: [string, string][] = []
  // The log and its index go with their database: beside another one they would destroy it.
  for (const suffix of ['-shm', '-wal', '']) {
    const part = current + suffix
    if (await exists(part)) moves.push([part, path.join(old, path.basename(part))])
  }
  moves.push([fresh, current])
  const stored = STORED_FILES in rows ? readSqlite<StoredBytes>(fresh, STORED_BYTES) : []
  return { moves, stored, finish: async () => [], tidy: async () => {} }
}

interface ServerCopy {
  address: ServerAddress
  folder: string
  manifest: Manifest
  stamp: string
  log: Log | undefined
}

async function prepareServer({ address, folder, manifest, stamp, log }: ServerCopy): Promise<Prepared> {
  const staging = `${address.database}_restore_${stamp}`
  const kept = `${address.database}_replaced_${stamp}`
  const connection = await connectTo(address, address.hosts)
  const tidy = async () => {
    await connection.query(`DROP DATABASE IF EXISTS ${mysql.escapeId(staging)}`).catch(() => undefined)
    connection.destroy()
  }
  try {
    if (log) await refuseUnlessAllowed(connection, address.user)
    await createBeside(connection, address, staging)
    await connection.query(`USE ${mysql.escapeId(staging)}`)
    await loadDump(connection, path.join(folder, DATABASE), manifest.rows)
    if (log) await replay(connection, { ...log, copy: staging })
    await connection.query('SET SESSION foreign_key_checks = 1, unique_checks = 1')
    const [stored] = STORED_FILES in manifest.rows ? await connection.query(STORED_BYTES) : [[]]
    const finish = () => exchangeTables(connection, address, staging, kept)
    return { moves: [], stored: stored as StoredBytes[], tidy, finish }
  } catch (error) {
    await tidy()
    throw error
  }
}

async function createBeside(connection: Connection, address: ServerAddress, database: string): Promise<void> {
  try {
    await connection.query(`CREATE DATABASE ${mysql.escapeId(database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  } catch (error) {
    const grant = `GRANT ALL ON \`${address.database}\\_%\`.* TO '${address.user}'@'%'`
    throw new BackupFailed(`不能建立临时库，请让数据库管理员执行：${grant}`, { cause: error })
  }
}

/** One RENAME TABLE statement moves the old tables out and the new ones in; when it fails the server takes it all back. */
async function exchangeTables(
  connection: Connection,
  address: ServerAddress,
  staging: string,
  kept: string,
): Promise<string[]> {
  const rename = (table: string, from: string, to: string) =>
    `${mysql.escapeId(from)}.${mysql.escapeId(table)} TO ${mysql.escapeId(to)}.${mysql.escapeId(table)}`
  const before = await tablesOf(connection, address.database)
  const after = await tablesOf(connection, staging)
  if (before.length > 0) await createBeside(connection, address, kept)
  else {
    const target = mysql.escapeId(address.database)
    await connection.query(`ALTER DATABASE ${target} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  }
  try {
    await connection.query(
      `RENAME TABLE ${[
        ...before.map((table) => rename(table, address.database, kept)),
        ...after.map((table) => rename(table, staging, address.database)),
      ].join(', ')}`,
    )
  } catch (error) {
    const isUnused = await tablesOf(connection, kept).then(
      (tables) => tables.length === 0,
      () => false,
    )
    if (isUnused) await connection.query(`DROP DATABASE IF EXISTS ${mysql.escapeId(kept)}`).catch(() => undefined)
    throw error
  }
  return before.length > 0 ? [kept] : []
}

async function refuseUnlessEmpty(address: ServerAddress | undefined, { dataDir, filesS3 }: BackupPlace): Promise<void> {
  const stored = filesS3 ? [] : await readdir(path.join(dataDir, FILES)).catch(() => [])
  if (stored.length > 0 || (address ? await hasTables(address) : await exists(embeddedFile(dataDir)))) {
    throw new BackupFailed('目标位置已有数据。确认要替换时请加 --replace（原有数据会另存，不会删除）')
  }
}

async function hasTables(address: ServerAddress): Promise<boolean> {
  const connection = await connectTo(address, address.hosts)
  try {
    return (await tablesOf(connection, address.database)).length > 0
  } finally {
    connection.destroy()
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
