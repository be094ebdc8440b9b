// What mariadb-binlog writes, taken apart: events with their place and time, statements, and which of them may be run.

import { spawn } from 'node:child_process'
import { BackupFailed } from './archive.js'

/** How env says that there is no such command. */
const NOT_FOUND = 127

/** Ends each statement in the output. */
export const END = '/*!*/;'

/**
 * The lines that mariadb-binlog prints, in UTC, until whoever reads has enough.
 * @throws BackupFailed when it is not installed; Unreadable when it cannot read on.
 */
export async function* binlogLines(args: string[]): AsyncGenerator<string> {
  const command = ['TZ=UTC', 'mariadb-binlog', '--no-defaults', '--skip-annotate-row-events', ...args]
  const child = spawn('env', command, { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  const ended = new Promise<number | null | Error>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  try {
    yield* linesOf(child.stdout)
    const code = await ended
    if (code === NOT_FOUND || code instanceof Error) {
      throw new BackupFailed('需要 mariadb-binlog 命令（Debian：apt-get install mariadb-client）')
    }
    if (code !== 0) throw new Unreadable(complaint.trim())
  } finally {
    child.kill()
    await ended
  }
}

/** mariadb-binlog stopped in the middle: the rest of the file is missing or damaged. */
export class Unreadable extends Error {
  constructor(complaint: string) {
    super(`mariadb-binlog: ${complaint}`)
    this.name = 'Unreadable'
  }
}

/** Split at line feeds only: texts may hold any other kind of line end. */
async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = []
  for await (const chunk of source) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end))
      yield Buffer.concat(parts).toString('utf8')
      parts = []
      from = end + 1
    }
    if (from < chunk.length) parts.push(chunk.subarray(from))
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('utf8')
}

/** The statements in lines of output, without comments and client commands. */
export async function* statementsIn(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let gathered: string[] = []
  for await (const line of lines) {
    const isOutside = gathered.length === 0
    if (isOutside && (line === '' || line.startsWith('#') || line.startsWith('DELIMITER '))) continue
    if (!line.endsWith(END)) {
      // Head and foot of the output are ended as usual: settings of the client, and a ROLLBACK of nothing.
      if (isOutside && line.endsWith(';') && /^(?:\/\*!|ROLLBACK)/.test(line)) continue
      gathered.push(line)
      continue
    }
    const statement = [...gathered, line.slice(0, -END.length)].join('\n').trim()
    gathered = []
    if (statement !== '') yield statement
  }
  if (gathered.length > 0) throw new Unreadable('the output ends inside a statement')
}

export interface BinlogEvent {
  /** Where it begins in its file, and where the next one does. */
  from: number
  to: number
  /** Seconds since 1970. */
  time: number
  /** Such as `GTID`, `Query`, `Xid`, `Table_map`, `Rotate`, `Gtid list`. */
  kind: string
  /** What the line says after the kind. */
  detail: string
}

const HEAD =
  /^#(\d\d)(\d\d)(\d\d) +(\d+):(\d\d):(\d\d) server id \d+ +end_log_pos (\d+)(?: CRC32 0x[0-9a-f]+)? *\t?(GTID|Gtid list|[A-Z][A-Za-z_]*)(.*)$/

/** An event's head, if the line is one. `from` is what the line `# at …` before it said. */
export function eventOf(line: string, from: number): BinlogEvent | undefined {
  const parts = HEAD.exec(line)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second, to] = parts.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const time = Date.UTC(2000 + year, month - 1, day, hour, minute, second) / 1000
  return { from, to, time, kind: parts[8] ?? '', detail: (parts[9] ?? '').trim() }
}

const SCHEMA = /^(?:CREATE|ALTER|DROP|TRUNCATE|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+)?(?:TABLE|INDEX)\b/i
const FRAME = /^(?:START TRANSACTION|BEGIN|COMMIT|ROLLBACK|(?:ROLLBACK TO|RELEASE )?\s*SAVEPOINT)\b/i
/** Changes no row of ours. */
const HARMLESS =
  /^(?:GRANT|REVOKE|FLUSH|ANALYZE|OPTIMIZE|(?:CREATE|ALTER|DROP|RENAME)\s+(?:USER|ROLE|DATABASE)|SET PASSWORD|DROP\s+(?:\/\*.*?\*\/\s*)?TEMPORARY|CREATE\s+TEMPORARY)\b/i

/** `run`: by itself in the copy. `skip`: not about our rows. Otherwise why nothing after this can be put back. */
export type Verdict = 'run' | 'skip' | { refused: 'renamed' | 'qualified' | 'statement' }

/**
 * What a statement of the log is to a copy of `database` under another name. mariadb-binlog gives the current database
 * another name, not one inside a statement's text: such a statement would be done to the data in use.
 */
export function judge(statement: string, current: string | undefined, database: string): Verdict {
  const bare = statement.replace(/^(?:\/\*[^!].*?\*\/\s*)+/s, '')
  if (FRAME.test(bare)) return 'run'
  const isNamed = namesDatabase(bare, database)
  if (current !== database && !isNamed) return 'skip'
  if (HARMLESS.test(bare)) return 'skip'
  if (!SCHEMA.test(bare)) return { refused: 'statement' }
  if (isNamed || /`\s*\.\s*`/.test(bare)) return { refused: /^RENAME/i.test(bare) ? 'renamed' : 'qualified' }
  return 'run'
}

/** Whether a statement says `database.table`, with or without quotes. */
function namesDatabase(statement: string, database: string): boolean {
  const name = database.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?:\`${name}\`|(?<![\\w$\`.])${name})\\s*\\.`, 'i').test(statement)
}
