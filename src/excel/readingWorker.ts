/** The process in which workbooks are read and their reports written: it holds no key and no connection, does one task and ends. */
import { type ImportSheet, importSheets, type ImportVerb } from './importSheets.js'
import { type Fault, type Line, readLines } from './lines.js'
import { type Head, type RawLine, readTable, type Table } from './reading.js'
import { type RefusalReason, WorkbookRefused } from './refusals.js'
import { writeReport } from './report.js'

/** A workbook to be imported; with faults, its report is wanted. */
export interface Task {
  verb: ImportVerb
  bytes: Uint8Array
  faults?: readonly Fault[]
}

export type Told =
  | { kind: 'lines'; lines: Line<string>[] }
  | { kind: 'read'; faults: Fault[]; places: [string, number][]; ignored: string[] }
  | { kind: 'report'; bytes: Uint8Array }
  | { kind: 'refused'; reason: RefusalReason }
  | { kind: 'failed'; message: string }

const BATCH = 500

const tell = (told: Told) =>
  new Promise<void>((resolve, reject) => {
    process.send?.(told, (error: Error | null) => (error ? reject(error) : resolve()))
  })

async function tableOf(bytes: Buffer, { headers, needed, noTable }: ImportSheet): Promise<Table> {
  const ways = needed.map((key) => [...headers].filter(([, column]) => column.key === key).map(([header]) => header))
  let head: Head | undefined
  const lines: RawLine[] = []
  for await (const found of readTable({ bytes, headers: [...headers.keys()], needed: ways })) {
    if ('sheet' in found) head = found
    else lines.push(found)
  }
  if (!head) throw new WorkbookRefused(noTable)
  return { head, lines }
}

async function perform({ verb, bytes, faults: toReport }: Task): Promise<void> {
  const sheet = importSheets[verb]
  const table = await tableOf(Buffer.from(bytes), sheet)
  const { lines, faults, places, ignored } = await readLines(table, sheet.headers)
  if (toReport) {
    const kinds = new Map([...sheet.headers.values()].map(({ key, kind }) => [key, kind]))
    const kindAt = new Map([...places].map(([key, at]) => [at, kinds.get(key) ?? 'number']))
    await tell({ kind: 'report', bytes: await writeReport(sheet.title, table, toReport, kindAt) })
    return
  }
  if (lines.length === 0 && faults.length === 0) throw new WorkbookRefused('noLines')
  for (let from = 0; from < lines.length; from += BATCH) {
    await tell({ kind: 'lines', lines: lines.slice(from, from + BATCH) })
  }
  await tell({ kind: 'read', faults, places: [...places], ignored })
}

process.once('message', (task: Task) => {
  perform(task)
    .catch((error: unknown) =>
      error instanceof WorkbookRefused
        ? tell({ kind: 'refused', reason: error.reason })
        : tell({ kind: 'failed', message: error instanceof Error ? error.message : 'unknown' }),
    )
    .finally(() => process.disconnect())
})
process.on('disconnect', () => process.exit())
// A signal to the whole group is the server's business: leaving it ends us.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
