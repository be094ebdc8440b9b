/** A whole service for a test: real HTTP, real database, the sandbox of WeChat, a clock that the test turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { workOnce, writeDueSlots } from '../src/audit/worker.js'
import { readConfig } from '../src/config.js'
import { type Service, type ServiceParts, startService } from '../src/service.js'
import { type Callers, callersOf } from './callers.js'
import { databases } from './databases.js'

export { type Answer, type Caller, Refused, search } from './callers.js'

export interface World extends Callers {
  service: Service
  now(): Date
  /** Turns the clock to an instant, such as `2026-11-23T10:00:00+08:00`. */
  turnTo(at: string): void
  /** Does every job that is due, and what follows from them. */
  drainJobs(): Promise<number>
  stop(): Promise<void>
}

interface Options {
  /** Where the clock starts. */
  at?: string
  env?: Record<string, string>
  parts?: ServiceParts
}

/** Starts a world on one of the databases of `databases.ts`. */
export async function world(
  database: string,
  { at = '2026-11-23T10:00:00+08:00', env = {}, parts = {} }: Options = {},
): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-'))
  const url = await databases[database]?.()
  let shift = Date.parse(at)
  const startedAt = Date.now()
  const now = () => new Date(shift + ((Date.now() - startedAt) % 1))
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    DEMO: 'off',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    LIMIT_SCALE: '1000',
    ...env,
  })
  const service = await startService(config, {
    now,
    withWorker: false,
    log: pino({ level: env['LOG_LEVEL'] ?? 'fatal' }),
    ...parts,
  })
  return {
    service,
    ...callersOf(service),
    now,
    turnTo(instant) {
      shift = Date.parse(instant)
    },
    async drainJobs() {
      let done = 0
      await writeDueSlots(service.house)
      for (let n = await workOnce(service.house); n > 0; n = await workOnce(service.house)) done += n
      return done
    },
    async stop() {
      await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
