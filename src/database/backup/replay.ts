// Does again, in a copy under another name, what the binary logs say was done to a database after its backup.

import type { Connection } from 'mysql2/promise'
import { BackupFailed } from './archive.js'
import type { BinlogPosition } from './binlog-position.js'
import type { Survey } from './binlog-survey.js'
import { binlogLines, judge, statementsIn } from './binlog-text.js'

interface Replay {
  start: BinlogPosition
  survey: Survey
  /** The copy's database, which `connection` is in. */
  copy: string
}

/** 1227: the statement BINLOG wants a privilege of its own. */
const DENIED = 1227

/** Before anything is loaded: what the logs hold is written by the statement BINLOG. @throws BackupFailed */
export async function refuseUnlessAllowed(connection: Connection, user: string): Promise<void> {
  const error: { errno?: number } = await connection.query(`BINLOG ''`).then(
    () => ({}),
    (reason: { errno?: number }) => reason,
  )
  if (error.errno !== DENIED) return
  throw new BackupFailed(
    `重做日志需要 BINLOG REPLAY 权限，请让数据库管理员执行：GRANT BINLOG REPLAY ON *.* TO '${user}'@'…'`,
  )
}

/** @throws BackupFailed when the server refuses a change, or one would reach outside the copy. */
export async function replay(connection: Connection, { start, survey, copy }: Replay): Promise<void> {
  if (survey.files.length === 0) return
  const lines = binlogLines([
    `--start-position=${start.position}`,
    `--stop-position=${survey.stopAt}`,
    `--database=${start.database}`,
    `--rewrite-db=${start.database}->${copy}`,
    ...survey.files,
  ])
  for await (const statement of statementsIn(lines)) {
    if (!isForCopy(statement, start.database, copy)) continue
    await connection.query(statement).catch((error: { errno?: number }) => {
      throw new BackupFailed(whyFailed(error.errno), { cause: error })
    })
  }
}

/** 1153, 1301: longer than max_allowed_packet. 2013 and its like close the connection. */
function whyFailed(errno: number | undefined): string {
  if (errno === 1153 || errno === 1301) {
    return '日志里有一次很大的改动，超过了服务器的 max_allowed_packet。请把它调到 1G 再恢复一次'
  }
  return '重做日志时服务器报错'
}

const SETTINGS = /^SET (?:TIMESTAMP=|@@session\.(?:foreign_key_checks|sql_mode)=)/

/**
 * Numbers of transactions, server and thread are left out: here they are new ones, in this server's own log.
 * @throws BackupFailed for what would be done elsewhere.
 */
function isForCopy(statement: string, database: string, copy: string): boolean {
  if (/^SET |^\/\*/.test(statement)) return SETTINGS.test(statement)
  if (/^BINLOG\b/.test(statement)) {
    const other = tablesIn(statement).find(({ database }) => database !== copy)
    if (other) throw new BackupFailed(`日志里 ${other.database} 的改动没有被分出来，不能重做`)
    return true
  }
  if (statement.startsWith('use `')) {
    if (statement === `use \`${copy.replaceAll('`', '``')}\``) return true
    throw new BackupFailed(`日志里另一个库的改动没有被分出来，不能重做：${statement}`)
  }
  const verdict = judge(statement, database, database)
  if (typeof verdict === 'object' || statement.includes('\uFFFD')) {
    throw new BackupFailed(`日志里有不能重做的语句：${statement.slice(0, 80)}`)
  }
  return verdict === 'run'
}

const TABLE_MAP = 19
const HEADER = 19
/** Number of the table, flags. */
const POST_HEADER = 8

/**
 * The tables whose rows a BINLOG statement changes. Rows are written without a look at anybody's privileges, so this is
 * where another database is kept out. Layout: https://mariadb.com/kb/en/2-binlog-event-header/ and …/table_map_event/
 */
function tablesIn(statement: string): { database: string }[] {
  const found: { database: string }[] = []
  let bytes = Buffer.alloc(0)
  for (const line of statement.split('\n')) {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(line)) continue
    // Each event is encoded by itself, in lines of 76 characters.
    bytes = Buffer.concat([bytes, Buffer.from(line, 'base64')])
    if (bytes.length < HEADER || bytes.length < bytes.readUInt32LE(9)) continue
    if (bytes[4] === TABLE_MAP) {
      const length = bytes[HEADER + POST_HEADER] ?? 0
      const from = HEADER + POST_HEADER + 1
      found.push({ database: bytes.subarray(from, from + length).toString('utf8') })
    }
    bytes = Buffer.alloc(0)
  }
  return found
}
