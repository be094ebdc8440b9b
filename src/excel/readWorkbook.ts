/** Has a workbook read by another process, within bounds of memory and time. */
import { fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Head, RawLine, ReadRequest } from './reading.js'
import type { Told } from './readingWorker.js'
import { WorkbookRefused } from './refusals.js'

export interface Table {
  head: Head
  lines: RawLine[]
}

const HEAP_MB = 256
const SLOW_MS = 60_000

/** Workbooks wait for each other, which bounds the memory. */
let last: Promise<unknown> = Promise.resolve()

/** @throws WorkbookRefused with the sentence for whoever sent it */
export function readWorkbook(request: ReadRequest, slowMs = SLOW_MS): Promise<Table> {
  const mine = last.then(() => ask(request, slowMs))
  last = mine.catch(() => undefined)
  return mine
}

function ask(request: ReadRequest, slowMs: number): Promise<Table> {
  const here = import.meta.url
  const script = fileURLToPath(new URL(`./readingWorker${extname(here)}`, here))
  const worker = fork(script, {
    // Nothing of our environment goes along.
    env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '1' },
    execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    let head: Head | undefined
    const lines: RawLine[] = []
    let isSlow = false
    const slow = setTimeout(() => {
      isSlow = true
      worker.kill('SIGKILL')
    }, slowMs)
    const settle = (act: () => void) => {
      clearTimeout(slow)
      worker.removeAllListeners()
      worker.kill('SIGKILL')
      act()
    }
    worker.on('message', (told: Told) => {
      if (told.kind === 'head') head = told.head
      else if (told.kind === 'lines') lines.push(...told.lines)
      else if (told.kind === 'refused') settle(() => reject(new WorkbookRefused(told.reason)))
      else if (told.kind === 'failed') settle(() => reject(new Error(`A workbook could not be read: ${told.message}`)))
      else settle(() => (head ? resolve({ head, lines }) : reject(new WorkbookRefused('noTable'))))
    })
    worker.on('error', (error) => settle(() => reject(error)))
    // What ends its reader by its size is too large; nothing else ends it without a word.
    worker.on('exit', () => settle(() => reject(new WorkbookRefused(isSlow ? 'tooSlow' : 'tooLarge'))))
    worker.send(request, (error) => error && settle(() => reject(error)))
  })
}
