/** Starts web and worker in one process, and stops them cleanly. */
import { readConfig } from './config.js'
import { startService } from './service.js'

const STOP_MS = 30_000

try {
  const config = readConfig()
  const service = await startService(config, { onLost: (error) => fail(error) })
  service.house.log.info({ url: service.url, sandbox: config.isSandboxed }, 'serving')
  process.stdout.write(`沈环帮办 ${service.url}\n`)
  const stop = (signal: string) => {
    service.house.log.info({ signal }, 'stopping')
    setTimeout(() => fail(new Error('the service did not stop in time')), STOP_MS).unref()
    service.stop().then(() => process.exit(0), fail)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}
