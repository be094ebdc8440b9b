/** The process in which workbooks are read: it holds no key and no connection, reads one and ends. */
import { type Head, type RawLine, type ReadRequest, readTable } from './reading.js'
import { type RefusalReason, WorkbookRefused } from './refusals.js'

export type Told =
  | { kind: 'head'; head: Head }
  | { kind: 'lines'; lines: RawLine[] }
  | { kind: 'end' }
  | { kind: 'refused'; reason: RefusalReason }
  | { kind: 'failed'; message: string }

const BATCH = 500

const tell = (told: Told) =>
  new Promise<void>((resolve, reject) => {
    process.send?.(told, (error: Error | null) => (error ? reject(error) : resolve()))
  })

async function read(request: ReadRequest): Promise<void> {
  let lines: RawLine[] = []
  let hasLines = false
  for await (const found of readTable({ ...request, bytes: Buffer.from(request.bytes) })) {
    if ('sheet' in found) await tell({ kind: 'head', head: found })
    else lines.push(found)
    hasLines ||= lines.length > 0
    if (lines.length < BATCH) continue
    await tell({ kind: 'lines', lines })
    lines = []
  }
  if (lines.length > 0) await tell({ kind: 'lines', lines })
  await tell(hasLines ? { kind: 'end' } : { kind: 'refused', reason: 'noLines' })
}

process.once('message', (request: ReadRequest) => {
  read(request)
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
