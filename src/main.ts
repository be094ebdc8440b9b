/** Starts web and worker in one process, and stops them cleanly. */
import { BadConfiguration, readConfig } from './config.js'
import { BadDatabaseUrl } from './database/address.js'
import { InUse } from './database/inUse.js'
import { NewerDatabase } from './database/phases.js'
import { startService } from './service.js'

/** For requests under way and jobs in hand, after the drain. `TimeoutStopSec` of deploy/shenhuan@.service is longer than both. */
const STOP_MS = 30_000
/** What the service writes is nobody else's on the machine. */
process.umask(0o077)
/** The fault is in what was configured, not in the code: nobody needs to see where it was found. */
const forOperators = [BadConfiguration, BadDatabaseUrl, NewerDatabase, InUse]

try {
  const config = readConfig()
  const service = await startService(config, { onLost: (error) => fail(error) })
  service.house.log.info({ url: service.url, sandbox: config.isSandboxed }, 'serving')
  process.stdout.write(`沈环帮办 ${service.url}\n`)
  const stop = (signal: string) => {
    service.house.log.info({ signal }, 'stopping')
    setTimeout(() => fail(new Error('the service did not stop in time')), STOP_MS + config.drainMs).unref()
    service.stop().then(() => process.exit(0), fail)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  const isForOperator = forOperators.some((kind) => error instanceof kind)
  const said = error instanceof Error ? (isForOperator ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`${said}\n`)
  process.exit(1)
}
