// Starts a private MariaDB in a temporary folder, so that tests run against the real server and leave nothing behind.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removedAfterUs } from './afterUs.js'
import { freePort } from './freePort.js'
import { CREATE_USER, mariadbd, QUICK, urlOf } from './mariadbd.js'

export interface MariaDb {
  port: number
  /** Of the process that was started last, which may have ended. */
  readonly pid: number | undefined
  readonly isRunning: boolean
  /** A DATABASE_URL for that database. */
  url(database: string): string
  /** Makes the database anew, empty, and gives its URL. */
  createDatabase(name: string): Promise<string>
  /** Stops the server in good order. The shared server ends with the test process and ignores this. */
  stop(): Promise<void>
  /** Ends the server as a power cut would (kill -9). */
  kill(): Promise<void>
  /** Starts it again on the same data and port. */
  restart(): Promise<void>
  /** Stops answering without closing connections, and goes on again. Resolves once every thread stands still. */
  freeze(): Promise<void>
  thaw(): void
}

export interface MariaDbOptions {
  /** Writes reach the disk at COMMIT, as in production; the server is then this caller's own. */
  isDurable?: boolean
  /** A server of one's own, to kill or freeze. */
  isOwn?: boolean
  /** Further options of its own, such as a binary log. */
  options?: string[]
  /** Where its folder is made; the system's temporary folder unless told. */
  within?: string
}

let sharedServer: Promise<MariaDb> | undefined

/** The same quick server for the whole test process, unless one's own is asked for. */
export function startMariaDb({
  isDurable = false,
  options = [],
  within,
  ...rest
}: MariaDbOptions = {}): Promise<MariaDb> {
  if (rest.isOwn ?? (isDurable || options.length > 0)) return start(isDurable, options, within)
  sharedServer ??= start(false, []).then((server) => Object.assign(server, { stop: async () => {} }))
  return sharedServer
}

async function start(isDurable: boolean, options: string[], within = tmpdir()): Promise<MariaDb> {
  const folder = mkdtempSync(path.join(within, 'shenhuan-mariadb-'))
  const port = await freePort()
  const server = mariadbd({ folder, port, options: [...(isDurable ? [] : QUICK), ...options] })

  const forget = removedAfterUs(folder)

  server.install()
  server.launch()
  await server.untilItAnswers()
  await server.asAdministrator(...CREATE_USER)

  const url = (database: string) => urlOf([port], database)
  return {
    port,
    get pid() {
      return server.pid
    },
    get isRunning() {
      return server.isRunning
    },
    url,
    async createDatabase(name) {
      await server.asAdministrator(`DROP DATABASE IF EXISTS \`${name}\``, `CREATE DATABASE \`${name}\``)
      return url(name)
    },
    async stop() {
      await server.end('SIGTERM')
      forget()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    kill: () => server.end('SIGKILL'),
    async restart() {
      await server.end('SIGTERM')
      server.launch()
      await server.untilItAnswers()
    },
    freeze: server.freeze,
    thaw: server.thaw,
  }
}
