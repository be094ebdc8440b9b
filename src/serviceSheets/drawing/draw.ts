/** Has a sheet drawn in a process of its own: setting Chinese type takes a quarter of a second and 100 MB, which the service keeps for its callers. */
import { fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PageOrder } from './page.js'

const HUNG_MS = 30_000

/** The bytes of a PDF. @throws Error when it could not be drawn */
export function drawApart(order: PageOrder): Promise<Buffer> {
  const here = import.meta.url
  const script = fileURLToPath(new URL(`./sheetWorker${extname(here)}`, here))
  const child = fork(script, { env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    const hung = setTimeout(() => child.kill('SIGKILL'), HUNG_MS)
    child.once('message', ({ bytes, failure }: { bytes?: Uint8Array; failure?: string }) => {
      if (bytes) resolve(Buffer.from(bytes))
      else reject(new Error(`The sheet could not be drawn: ${failure}`))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(hung)
      reject(new Error(`The drawing process ended (${signal ?? code})`))
    })
    child.send(order, (error) => error && reject(error))
  })
}
