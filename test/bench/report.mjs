/** Tells the load generator's process where a server is reached, and the longest block of its event loop since it last asked. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export function reportTo(process, url) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  process.on('message', () => {
    process.send({ blockedMs: delays.max / 1e6 })
    delays.reset()
  })
  process.send({ url })
}
