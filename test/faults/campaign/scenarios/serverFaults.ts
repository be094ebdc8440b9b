/** The database server dies, is stopped, or stands still, and comes back; the service stays up and says 503 meanwhile. */
import { setTimeout as delay } from 'node:timers/promises'
import type { MariaDb } from '../../../mariadb.js'
import type { Scenario, Stage } from '../stage.js'

const WRITES = 60
/** Longer than a query may take: connections have to be given up. */
const FROZEN_MS = 12_000

const serverOf = ({ storage }: Stage): MariaDb => {
  if (!storage.server) throw new Error(`${storage.name} has no server of its own`)
  return storage.server
}

/** Twice: the first time every connection is old, the second time all are new. */
async function twice(stage: Stage, fault: (server: MariaDb) => Promise<void>): Promise<void> {
  const { progress, faultBegins, seconds } = stage
  const server = serverOf(stage)
  await progress(WRITES)
  faultBegins()
  for (let round = 0; round < 2; round += 1) {
    await fault(server)
    await progress(WRITES)
    await delay((seconds * 1000) / 4)
  }
}

export const serverKilled: Scenario = {
  name: 'database killed',
  about: 'kill -9 of MariaDB under load, a second of darkness, and its start',
  on: ['MariaDB'],
  run: (stage) =>
    twice(stage, async (server) => {
      await server.kill()
      await delay(1000)
      await server.restart()
    }),
}

export const serverStopped: Scenario = {
  name: 'database stopped',
  about: 'MariaDB is stopped and started in good order under load',
  on: ['MariaDB'],
  run: (stage) => twice(stage, (server) => server.restart()),
}

export const serverFrozen: Scenario = {
  name: 'database frozen',
  about: `MariaDB stands still (SIGSTOP) for ${FROZEN_MS / 1000} s with its connections open, and goes on`,
  on: ['MariaDB'],
  async run(stage) {
    const { progress, faultBegins } = stage
    const server = serverOf(stage)
    await progress(WRITES)
    faultBegins()
    await server.freeze()
    await delay(FROZEN_MS)
    server.thaw()
    await progress(WRITES * 2)
  },
}
