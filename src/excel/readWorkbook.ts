/** Has an office's workbook read, or its report written, by another process, within bounds of memory and time. */
import { fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImportVerb } from './importSheets.js'
import type { Fault, Line, Lines } from './lines.js'
import type { Task, Told } from './readingWorker.js'
import { WorkbookRefused } from './refusals.js'

const HEAP_MB = 256
const SLOW_MS = 60_000

/** Workbooks wait for each other, which bounds the memory. */
let last: Promise<unknown> = Promise.resolve()

/** The lines, each cell as its column means it. @throws WorkbookRefused with the sentence for whoever sent it */
export async function readWorkbook(verb: ImportVerb, bytes: Buffer, slowMs = SLOW_MS): Promise<Lines<string>> {
  const lines: Line<string>[] = []
  const { faults, places, ignored } = await inTurn(() =>
    ask({ verb, bytes }, 'read', slowMs, (some) => lines.push(...some)),
  )
  return { lines, faults, places: new Map(places), ignored }
}

/** The same workbook with its faults listed and marked. */
export async function reportOn(verb: ImportVerb, bytes: Buffer, faults: readonly Fault[]): Promise<Buffer> {
  const told = await inTurn(() => ask({ verb, bytes, faults }, 'report', SLOW_MS))
  return Buffer.from(told.bytes)
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}

type Answer<K extends Told['kind']> = Extract<Told, { kind: K }>

function ask<K extends 'read' | 'report'>(
  task: Task,
  wanted: K,
  slowMs: number,
  take: (lines: Line<string>[]) => unknown = () => undefined,
): Promise<Answer<K>> {
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
      if (told.kind === 'lines') take(told.lines)
      else if (told.kind === wanted) settle(() => resolve(told as Answer<K>))
      else if (told.kind === 'refused') settle(() => reject(new WorkbookRefused(told.reason)))
      else if (told.kind === 'failed') settle(() => reject(new Error(`A workbook could not be read: ${told.message}`)))
    })
    worker.on('error', (error) => settle(() => reject(error)))
    // What ends its reader by its size is too large; nothing else ends it without a word.
    worker.on('exit', () => settle(() => reject(new WorkbookRefused(isSlow ? 'tooSlow' : 'tooLarge'))))
    worker.send(task, (error) => error && settle(() => reject(error)))
  })
}
