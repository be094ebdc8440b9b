// Writes a server's tables as SQL from one consistent snapshot, and loads such a dump, without any client program.
//
// One statement a line, so that it can be read back without a parser and, if need be, piped into the mariadb client.

import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import mysql from 'mysql2'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { ServerAddress } from '../address.js'
import { connectTo } from '../source.js'
import { BackupFailed } from './archive.js'
import { binlogOfSnapshot } from './binlog-position.js'
import type { Copied } from './sqlite-copy.js'

interface Column {
  name: string
  type: string
}

const PREAMBLE = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_bin',
  `SET time_zone = '+00:00'`,
  `SET sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'`,
  'SET foreign_key_checks = 0',
  'SET unique_checks = 0',
]

const NUMBERS = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double', 'year'])
const BYTES = new Set(['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit'])

/** An INSERT is closed once it is this long: far below any server's max_allowed_packet. */
const STATEMENT_LENGTH = 256 * 1024

export async function dumpServer(address: ServerAddress, target: string): Promise<Copied> {
  const connection = await connectTo(address, address.hosts, address.database)
  try {
    await refuseWhatIsNotDumped(connection)
    for (const statement of PREAMBLE) await connection.query(statement)
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
    const place = await binlogOfSnapshot(connection)
    const rows: Record<string, number> = {}
    await pipeline(
      Readable.from(statements(connection, rows)),
      createGzip({ level: 4 }),
      createWriteStream(target, { mode: 0o600 }),
    )
    const migrations =
      'migrations' in rows ? await list(connection, 'SELECT name AS v FROM migrations ORDER BY id') : []
    return { migrations, rows, ...place }
  } finally {
    connection.destroy()
  }
}

/** Loads a dump into the database that `connection` is in, and counts what arrived. */
export async function loadDump(connection: Connection, archived: string, expected: Record<string, number>) {
  for await (const statement of lines(createReadStream(archived).pipe(createGunzip()))) {
    await connection.query(statement)
  }
  for (const [table, count] of Object.entries(expected)) {
    const [found] = await list(connection, `SELECT COUNT(*) AS v FROM ${mysql.escapeId(table)}`)
    if (Number(found) !== count) throw new BackupFailed(`恢复出的表 ${table} 行数不对`)
  }
}

export async function tablesOf(connection: Connection, database: string): Promise<string[]> {
  return list(
    connection,
    `SELECT TABLE_NAME AS v FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME`,
    [database],
  )
}

async function list(connection: Connection, sql: string, parameters: unknown[] = []): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql, parameters)
  return rows.map((row) => String(row['v']))
}

/** Better no backup than one that silently lacks something. */
async function refuseWhatIsNotDumped(connection: Connection): Promise<void> {
  const surplus = await list(
    connection,
    `SELECT TRIGGER_NAME AS v FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
     UNION SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()
     UNION SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
     UNION SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB'`,
  )
  if (surplus.length > 0) {
    throw new BackupFailed(`数据库中有备份不了的内容（触发器、视图、过程或非 InnoDB 表）：${surplus.join('、')}`)
  }
}

async function* statements(connection: Connection, counts: Record<string, number>): AsyncGenerator<string> {
  for (const statement of PREAMBLE) yield `${statement};\n`
  const [schema] = await list(connection, 'SELECT DATABASE() AS v')
  for (const table of await tablesOf(connection, schema ?? '')) {
    yield `${await definition(connection, table)};\n`
    counts[table] = 0
    for await (const { statement, rows } of inserts(connection, table)) {
      counts[table] += rows
      yield `${statement};\n`
    }
  }
}

/** Line breaks inside its strings are written as \n by the server, so the others may become spaces. */
async function definition(connection: Connection, table: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${mysql.escapeId(table)}`)
  return String(rows[0]?.['Create Table']).replaceAll('\n', ' ')
}

async function* inserts(connection: Connection, table: string): AsyncGenerator<{ statement: string; rows: number }> {
  const columns = await columnsOf(connection, table)
  const into = `INSERT INTO ${mysql.escapeId(table)} (${columns.map(({ name }) => mysql.escapeId(name)).join(', ')}) VALUES `
  let values: string[] = []
  let length = 0
  for await (const row of rowsOf(connection, table, columns)) {
    const value = `(${row.map((cell, n) => literal(cell, columns[n]?.type ?? '')).join(',')})`
    values.push(value)
    length += value.length
    if (length < STATEMENT_LENGTH) continue
    yield { statement: into + values.join(','), rows: values.length }
    values = []
    length = 0
  }
  if (values.length > 0) yield { statement: into + values.join(','), rows: values.length }
}

async function columnsOf(connection: Connection, table: string): Promise<Column[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT COLUMN_NAME AS name, DATA_TYPE AS type FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND GENERATION_EXPRESSION IS NULL OR
           TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND GENERATION_EXPRESSION = ''
     ORDER BY ORDINAL_POSITION`,
    [table, table],
  )
  return rows.map((row) => ({ name: String(row['name']), type: String(row['type']).toLowerCase() }))
}

/** Every cell as the server's own text, so that no conversion on the way can change it; bytes as hexadecimal. */
function rowsOf(connection: Connection, table: string, columns: Column[]): AsyncIterable<(string | null)[]> {
  const selected = columns.map(({ name, type }) =>
    BYTES.has(type) ? `HEX(${mysql.escapeId(name)})` : mysql.escapeId(name),
  )
  // Only the callback connection inside can stream; mysql2 leaves it out of the promise connection's type.
  const { connection: core } = connection as unknown as { connection: mysql.Connection }
  return core
    .query({
      sql: `SELECT ${selected.join(', ')} FROM ${mysql.escapeId(table)}`,
      rowsAsArray: true,
      typeCast: (field) => field.string('utf8'),
    })
    .stream()
}

function literal(cell: string | null, type: string): string {
  if (cell === null) return 'NULL'
  if (NUMBERS.has(type)) return cell
  if (BYTES.has(type)) return `X'${cell}'`
  return mysql.escape(cell)
}

/** Split at line feeds only: readline would also split at U+2028, which text may hold. */
async function* lines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of source) {
    let buffer = Buffer.concat([rest, chunk])
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10)) {
      yield buffer.subarray(0, end).toString('utf8').replace(/;$/, '')
      buffer = buffer.subarray(end + 1)
    }
    rest = buffer
  }
  if (rest.length > 0) throw new BackupFailed('备份中的数据库不完整')
}
