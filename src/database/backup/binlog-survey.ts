// Looks through the binary logs from a backup's position on, before anything is changed: whether they are that server's
// and whole, up to where they are to be replayed, and whether everything until there can be.

import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { BackupFailed } from './archive.js'
import type { BinlogPosition } from './binlog-position.js'
import { binlogLines, END, eventOf, judge, Unreadable } from './binlog-text.js'
import type { BinlogEvent, Verdict } from './binlog-text.js'

/** `end`: everything that the logs hold. */
export type Until = Date | 'end'

export interface Survey {
  /** What to replay: from the backup's position in the first to `stopAt` in the last. None: nothing happened until then. */
  files: string[]
  stopAt: number
  /** Transactions between the two, of whatever database of the server. */
  transactions: number
  /** When the last of them was committed. */
  lastAt: Date | undefined
  /** The last file breaks off: it was copied while written, or the server died. What is whole is used. */
  brokenOff: string | undefined
}

const WHY: Record<Exclude<Verdict, string>['refused'], string> = {
  renamed: '期间做过一次恢复，表被整体换过。请改用那次恢复以后做的备份',
  qualified: '结构变更写明了库名，不能在另一个库里重做。请改用这之后的备份',
  statement: '这条改动是按语句记录的（binlog_format 不是 ROW），不能可靠地重做。请改用这之后的备份',
}

/** @throws BackupFailed naming what is wrong with the instant or the logs. */
export async function survey(start: BinlogPosition, folder: string, until: Until): Promise<Survey> {
  if (until !== 'end' && until.getTime() < Math.ceil(Date.parse(start.at) / 1000) * 1000) {
    throw new BackupFailed(`时间点早于这份备份（${local(new Date(start.at))}）。请改用更早的备份`)
  }
  const names = await logsFrom(start, folder)
  const found: Survey = { files: [], stopAt: start.position, transactions: 0, lastAt: undefined, brokenOff: undefined }
  const walk: Walk = { start, until, found, state: undefined, latest: 0 }
  const files = names.map((name) => path.join(folder, name))
  for (const [n, name] of names.entries()) {
    try {
      if (await look(walk, files.slice(0, n + 1))) return found
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      const isLast = n === names.length - 1
      if (!isLast || until !== 'end') throw new BackupFailed(`日志 ${name} 不完整，读不下去`, { cause: error })
      found.brokenOff = name
    }
  }
  if (until === 'end') return found
  const reach = walk.latest > 0 ? local(new Date(walk.latest * 1000)) : '备份那一刻'
  throw new BackupFailed(`日志只到${reach}，不到要恢复的时间点。请补上后面的日志；要恢复到日志的末尾，请写 --until end`)
}

/** The files of the backup's log in their order, beginning with the one of the backup. */
async function logsFrom(start: BinlogPosition, folder: string): Promise<string[]> {
  const [, base = '', digits = ''] = /^(.+)\.(\d+)$/.exec(start.file) ?? []
  const listed = await readdir(folder).catch((error: unknown) => {
    throw new BackupFailed(`打不开日志目录 ${folder}`, { cause: error })
  })
  const numbers = listed
    .filter((name) => name.startsWith(`${base}.`) && /^\d+$/.test(name.slice(base.length + 1)))
    .map((name) => Number(name.slice(base.length + 1)))
    .filter((number) => number >= Number(digits))
    .toSorted((a, b) => a - b)
  const nameOf = (number: number) => `${base}.${String(number).padStart(digits.length, '0')}`
  if (numbers[0] !== Number(digits)) {
    throw new BackupFailed(`日志目录里没有 ${start.file}：需要 ${start.server} 从这个文件起的全部日志`)
  }
  const gap = numbers.find((number, n) => n > 0 && number !== (numbers[n - 1] ?? 0) + 1)
  if (gap !== undefined) {
    const before = numbers[numbers.indexOf(gap) - 1] ?? 0
    throw new BackupFailed(`中间缺日志 ${nameOf(before + 1)}：请补齐后再恢复`)
  }
  return numbers.map(nameOf)
}

interface Walk {
  start: BinlogPosition
  until: Until
  found: Survey
  /** The last transaction of each domain so far. */
  state: Map<string, string> | undefined
  /** Seconds since 1970 of the latest event. */
  latest: number
}

interface Transaction {
  from: number
  time: number
  /** Of one statement, which ends it. */
  isAlone: boolean
}

/** Goes through the last of `files`. Answers whether the place to stop at is in it. */
async function look(walk: Walk, files: string[]): Promise<boolean> {
  const { start, until, found } = walk
  const file = files.at(-1) ?? ''
  const limit = until === 'end' ? Infinity : until.getTime() / 1000
  const isFirst = files.length === 1
  let hasBegun = !isFirst
  let at = 0
  let event: BinlogEvent | undefined
  let open: Transaction | undefined
  let current: string | undefined
  let listed = ''
  let statement: string[] = []
  const { size } = await stat(file)

  const begin = (place: number) => {
    if (place < start.position || hasBegun) return
    if (place !== start.position || joined(walk.state) !== sorted(start.gtid)) throw stranger(start)
    hasBegun = true
  }
  const commit = (to: number) => {
    if (open && hasBegun) {
      found.transactions++
      found.lastAt = new Date(open.time * 1000)
      Object.assign(found, { files, stopAt: to })
    }
    open = undefined
  }
  const run = (sql: string, { time, to }: BinlogEvent) => {
    const verdict = judge(sql, current, start.database)
    if (hasBegun && typeof verdict === 'object') {
      const when = local(new Date(time * 1000))
      throw new BackupFailed(`日志 ${path.basename(file)} 从 ${when} 起不能重做：${WHY[verdict.refused]}`)
    }
    if (open?.isAlone || /^(?:COMMIT|ROLLBACK)$/i.test(sql)) commit(to)
  }

  for await (const line of binlogLines(['--base64-output=decode-rows', '--verify-binlog-checksum', file])) {
    if (listed !== '') {
      listed += line
      if (line.includes(']')) compare(walk, listed, file)
      if (line.includes(']')) listed = ''
      continue
    }
    if (statement.length === 0) {
      if (/^# at \d+$/.test(line)) {
        at = Number(line.slice(5))
        begin(at)
        continue
      }
      const head = eventOf(line, at)
      if (head) {
        event = head
        walk.latest = Math.max(walk.latest, head.time)
        if (head.kind === 'Gtid list' && head.detail.includes(']')) compare(walk, head.detail, file)
        else if (head.kind === 'Gtid list') listed = head.detail
        if (head.kind === 'GTID') {
          const [gtid = '', domain = ''] = /^(\d+)-\d+-\d+/.exec(head.detail) ?? []
          walk.state = new Map(walk.state).set(domain, gtid)
        }
        // Whatever comes so late shows that the logs reach as far as they have to.
        if (hasBegun && !open && head.time >= limit) return true
        if (head.kind === 'GTID') open = { from: head.from, time: head.time, isAlone: / ddl\b/.test(head.detail) }
        if (head.kind === 'Xid') commit(head.to)
        continue
      }
      if (line === '' || line.startsWith('#') || (/^(?:DELIMITER |.*;$)/.test(line) && !line.endsWith(END))) continue
    }
    statement.push(line)
    if (!line.endsWith(END)) continue
    const sql = statement.join('\n').slice(0, -END.length).trim()
    statement = []
    const used = /^use `(.+)`$/.exec(sql)
    if (used) current = used[1]?.replaceAll('``', '`')
    else if (event?.kind.startsWith('Query') && !/^(?:SET |\/\*!)/.test(sql)) run(sql, event)
  }
  // The backup may be the last that happened in its file.
  begin(event?.to ?? 0)
  if (!hasBegun) throw stranger(start)
  if ((event?.to ?? 0) < size) throw new Unreadable(`${file} ends inside an event`)
  return false
}

/** Each file begins with what happened before it: with another answer than ours, something is missing between. */
function compare(walk: Walk, detail: string, file: string): void {
  const told = new Map<string, string>()
  for (const [gtid, domain] of detail.matchAll(/(\d+)-\d+-\d+/g)) told.set(domain ?? '', gtid)
  if (walk.state !== undefined && joined(walk.state) !== joined(told)) {
    throw new BackupFailed(
      `日志 ${path.basename(file)} 和前一个文件接不上：不是同一台服务器的日志，或者前一个文件没有复制完整`,
    )
  }
  walk.state = told
}

const joined = (state: Map<string, string> | undefined) => [...(state?.values() ?? [])].toSorted().join(',')
const sorted = (gtids: string) => gtids.split(',').filter(Boolean).toSorted().join(',')

const stranger = ({ server, file }: BinlogPosition) =>
  new BackupFailed(`日志 ${file} 不是做这份备份的服务器（${server}）写的，不能用`)

/** As people in Shenyang read it. */
export function local(at: Date): string {
  return `${at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })}（北京时间）`
}
