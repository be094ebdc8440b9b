// Copies the embedded database as it is at one moment, while others write to it, and checks a copy before its use.

import { createReadStream, createWriteStream } from 'node:fs'
import { access, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import Libsql from 'libsql'
import { BackupFailed } from './archive.js'
import type { BinlogPosition } from './binlog-position.js'

export interface Copied {
  migrations: string[]
  rows: Record<string, number>
  binlog?: BinlogPosition
  noBinlog?: string
}

export async function copySqlite(file: string, target: string): Promise<Copied> {
  await access(file).catch(() => {
    throw new BackupFailed(`没有找到数据库：${file}`)
  })
  const plain = `${target}.plain`
  const source = new Libsql(file, { timeout: 30_000 })
  try {
    source.exec(`VACUUM INTO '${plain.replaceAll("'", "''")}'`)
  } finally {
    source.close()
  }
  const copied = describe(plain)
  await pipeline(createReadStream(plain), createGzip({ level: 4 }), createWriteStream(target, { mode: 0o600 }))
  await rm(plain)
  return copied
}

export async function uncopySqlite(archived: string, target: string): Promise<void> {
  await pipeline(createReadStream(archived), createGunzip(), createWriteStream(target, { mode: 0o600, flush: true }))
  const database = new Libsql(target)
  try {
    const [check] = database.pragma('integrity_check') as { integrity_check: string }[]
    if (check?.integrity_check !== 'ok') throw new BackupFailed('备份中的数据库已损坏')
  } finally {
    database.close()
  }
}

export function readSqlite<Row>(file: string, sql: string): Row[] {
  const database = new Libsql(file)
  try {
    return database.prepare(sql).all() as Row[]
  } finally {
    database.close()
  }
}

function describe(file: string): Copied {
  const database = new Libsql(file)
  try {
    const all = <Row>(sql: string) => database.prepare(sql).all() as Row[]
    const tables = all<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    const rows = tables.map(({ name }): [string, number] => {
      const [counted] = all<{ n: number }>(`SELECT COUNT(*) AS n FROM "${name.replaceAll('"', '""')}"`)
      return [name, counted?.n ?? 0]
    })
    const hasMigrations = tables.some(({ name }) => name === 'migrations')
    const migrations = hasMigrations ? all<{ name: string }>('SELECT name FROM migrations ORDER BY id') : []
    return { migrations: migrations.map(({ name }) => name), rows: Object.fromEntries(rows) }
  } finally {
    database.close()
  }
}
