/**
 * Tells the load generator's process where a server is reached, and, whenever asked, what it used since it was last
 * asked: processor time, memory, and the longest block of its event loop.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export function reportTo(process, url) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  let before = process.cpuUsage()
  process.on('message', () => {
    const { user, system } = process.cpuUsage(before)
    process.send({
      cpuMs: (user + system) / 1000,
      rssMb: process.memoryUsage.rss() / 2 ** 20,
      blockedMs: delays.max / 1e6,
    })
    before = process.cpuUsage()
    delays.reset()
  })
  process.send({ url })
}
