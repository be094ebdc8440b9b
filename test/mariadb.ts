// Starts a private MariaDB in a temporary folder, so that tests run against the real server and leave nothing behind.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { freePort } from './freePort.js'

export interface MariaDb {
  port: number
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
}

const QUICK = ['--innodb-flush-log-at-trx-commit=2', '--skip-innodb-doublewrite', '--sync-binlog=0']
/** The server's own default collation differs on purpose: the product must not lean on it. */
const ALWAYS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--innodb-buffer-pool-size=128M',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
]
const PASSWORD = 'p@ss:/词'
const USER = 'shenhuan'

let sharedServer: Promise<MariaDb> | undefined

/** The same quick server for the whole test process, unless one's own is asked for. */
export function startMariaDb({ isDurable = false, options = [], ...rest }: MariaDbOptions = {}): Promise<MariaDb> {
  if (rest.isOwn ?? (isDurable || options.length > 0)) return start(isDurable, options)
  sharedServer ??= start(false, []).then((server) => ({ ...server, stop: async () => {} }))
  return sharedServer
}

async function start(isDurable: boolean, options: string[]): Promise<MariaDb> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shenhuan-mariadb-'))
  const data = path.join(folder, 'data')
  const socket = path.join(folder, 'socket')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const common = ['--no-defaults', ...asRoot, `--datadir=${data}`]
  const port = await freePort()
  let server: ChildProcess | undefined

  // Mocha gives its workers a second to end, which is too short to remove the folder in.
  const cleanUp = () => {
    server?.kill('SIGKILL')
    spawn('rm', ['-rf', folder], { detached: true, stdio: 'ignore' }).unref()
  }
  process.once('exit', cleanUp)

  install([...common, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'])

  async function launch(): Promise<void> {
    const speed = isDurable ? [] : QUICK
    const child = spawn(
      'mariadbd',
      [
        ...common,
        ...ALWAYS,
        ...speed,
        ...options,
        `--port=${port}`,
        `--socket=${socket}`,
        // Its own: temporary tables of two servers in one folder take each other's names.
        `--tmpdir=${folder}`,
        `--pid-file=${folder}/pid`,
      ],
      { stdio: 'ignore', env: withSbin() },
    )
    child.unref()
    server = child
    await untilItAnswers(child)
  }

  async function untilItAnswers(child: ChildProcess): Promise<void> {
    for (let attempt = 0; attempt < 1200; attempt++) {
      if (hasEnded(child)) throw new Error(`mariadbd ended at once with ${child.exitCode ?? child.signalCode}`)
      try {
        await asAdministrator('DO 1')
        return
      } catch {
        await delay(50)
      }
    }
    throw new Error('mariadbd does not answer')
  }

  async function asAdministrator(...statements: string[]): Promise<void> {
    const connection = await mysql.createConnection({ socketPath: socket, user: 'root' })
    try {
      for (const statement of statements) await connection.query(statement)
    } finally {
      connection.destroy()
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = server
    if (!child || hasEnded(child)) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.ref()
    child.kill(signal)
    await ended
  }

  const url = (database: string) => `mysql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`

  await launch()
  await asAdministrator(
    `CREATE USER '${USER}'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`,
    `GRANT ALL ON *.* TO '${USER}'@'127.0.0.1'`,
  )

  return {
    port,
    url,
    async createDatabase(name) {
      await asAdministrator(`DROP DATABASE IF EXISTS \`${name}\``, `CREATE DATABASE \`${name}\``)
      return url(name)
    },
    async stop() {
      await end('SIGTERM')
      process.off('exit', cleanUp)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')
      await launch()
    },
    freeze: async () => {
      server?.kill('SIGSTOP')
      while (!isStopped(server?.pid)) await delay(5)
    },
    thaw: () => void server?.kill('SIGCONT'),
  }
}

function install(options: string[]): void {
  const { status, stderr, error } = spawnSync('mariadb-install-db', options, { encoding: 'utf8', env: withSbin() })
  if (status !== 0) throw new Error(`mariadb-install-db failed: ${error?.message ?? stderr}`)
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

/** A stop reaches the threads of a process one by one: until the last, it may still answer. Told by Linux's /proc only. */
function isStopped(pid: number | undefined): boolean {
  const threads = `/proc/${pid}/task`
  if (!existsSync(threads)) return true
  try {
    return readdirSync(threads).every((thread) => / [Tt] /.test(readFileSync(`${threads}/${thread}/stat`, 'utf8')))
  } catch {
    return false // a thread ended while it was looked at
  }
}

/** Debian keeps the server in /usr/sbin, which an ordinary user's PATH lacks. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` }
}
