/** A port for a server that must know it beforehand, or come back to it. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below those that the system gives to whoever asks for any (Linux: from 32768): it stays free until it is used, and
 * while its server is down no client that knocks is given it as its own.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
