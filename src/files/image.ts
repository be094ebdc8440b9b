// Has every photo drawn anew, so that nothing hidden in it is stored or passed on, and keeps time and place only where the sender agrees.
// sharp would not block the event loop, but its decoder leaves some 200 MB behind in the process, and a fault in it would end the server: so it runs in a process of its own, which goes when it has nothing to do.
import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DrawRequest, Redrawn } from './drawing.js'
import { inspect } from './inspect.js'
import { refuse } from './refusals.js'

const IDLE_MS = 30_000
/** Above the decoder's own limit of time: only a process that hangs gets here. */
const HUNG_MS = 30_000

let worker: ChildProcess | undefined
let retirement: NodeJS.Timeout | undefined
let last: Promise<unknown> = Promise.resolve()

/** JPEG, PNG or WebP in; JPEG or PNG out. Photos wait for each other, which bounds the memory. */
export async function redraw(bytes: Buffer, { keepPlace }: { keepPlace: boolean }): Promise<Redrawn> {
  const inspection = inspect(bytes)
  if (!inspection.isAccepted) return inspection
  if (inspection.kind !== 'image') return refuse('unsupported')
  const mine = last.then(() => ask({ bytes, keepPlace }))
  last = mine.catch(() => undefined)
  return mine
}

/** Ends the drawing process at once; the next photo starts another. */
export function stopDrawing(): void {
  clearTimeout(retirement)
  worker?.kill('SIGKILL')
  worker = undefined
}

function startWorker(): ChildProcess {
  const here = import.meta.url
  const script = fileURLToPath(new URL(`./imageWorker${extname(here)}`, here))
  // Nothing of our environment goes along; few arenas and threads keep the process small.
  const env = { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '1' }
  const started = fork(script, { env, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  started.on('exit', () => {
    if (worker === started) worker = undefined
  })
  return started
}

function ask(request: DrawRequest): Promise<Redrawn> {
  clearTimeout(retirement)
  if (!worker?.connected) worker = startWorker()
  const asked = worker
  asked.ref()
  asked.channel?.ref()
  return new Promise((resolve, reject) => {
    const hung = setTimeout(() => asked.kill('SIGKILL'), HUNG_MS)
    const settle = (act: () => void) => {
      clearTimeout(hung)
      asked.off('message', drawn).off('exit', died).off('error', failed)
      asked.unref()
      asked.channel?.unref()
      retirement = setTimeout(stopDrawing, IDLE_MS).unref()
      act()
    }
    const drawn = (answer: unknown) => settle(() => resolve(answer as Redrawn))
    // A photo that kills its decoder cannot be opened by anybody; a process that gives up by itself is our fault.
    const died = (code: number | null) => {
      if (code === null) settle(() => resolve(refuse('broken')))
      else failed(new Error(`The drawing process ended with code ${code}`))
    }
    const failed = (error: Error) => {
      worker = undefined
      settle(() => reject(error))
    }
    asked.on('message', drawn).on('exit', died).on('error', failed)
    asked.send(request, (error) => error && failed(error))
  })
}
