/** One MariaDB server process of a test: its own folder, port and socket, ended by its own process id, and with the test at the latest. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { killedAfterUs } from './afterUs.js'

export interface Mariadbd {
  /** Of the process that was started last, which may have ended. */
  readonly pid: number | undefined
  readonly isRunning: boolean
  /** Makes the system tables in its empty folder. */
  install(): void
  /** Starts the process; it does not answer yet. */
  launch(...options: string[]): void
  /** @throws when the process ends instead */
  untilItAnswers(): Promise<void>
  /** Runs the program once with these options, until it ends, and gives what it wrote into its log. */
  runOnce(...options: string[]): string
  /** The rows of the last statement. @throws when the server does not answer within three seconds */
  asAdministrator(...statements: string[]): Promise<RowDataPacket[]>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops answering without closing connections, and goes on again. Resolves once every thread stands still. */
  freeze(): Promise<void>
  thaw(): void
}

interface Place {
  /** Holds the data, the socket and temporary files. */
  folder: string
  port: number
  /** Given at every start. */
  options: readonly string[]
  /** Whom it runs as where the test runs as root. */
  user?: string
}

/** Fast, for tests: what a power cut would lose is not asked. */
export const QUICK = ['--innodb-flush-log-at-trx-commit=2', '--skip-innodb-doublewrite', '--sync-binlog=0']
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
const ANSWER_MS = 3000

/** Makes the user that `urlOf` logs in as. */
export const CREATE_USER = [
  `CREATE USER '${USER}'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`,
  `GRANT ALL ON *.* TO '${USER}'@'127.0.0.1'`,
]

/** A DATABASE_URL for the servers on these ports, in order of preference. */
export function urlOf(ports: readonly number[], database: string): string {
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',')
  return `mysql://${USER}:${encodeURIComponent(PASSWORD)}@${hosts}/${database}`
}

/** Where a server of this folder keeps its data. */
export const dataOf = (folder: string) => path.join(folder, 'data')

export function mariadbd({ folder, port, options, user = 'root' }: Place): Mariadbd {
  const socket = path.join(folder, 'socket')
  const asRoot = process.getuid?.() === 0 ? [`--user=${user}`] : []
  const common = ['--no-defaults', ...asRoot, `--datadir=${dataOf(folder)}`]
  // Its own: temporary tables of two servers in one folder take each other's names.
  const own = [
    `--port=${port}`,
    `--socket=${socket}`,
    `--tmpdir=${folder}`,
    `--pid-file=${folder}/pid`,
    `--log-error=${folder}/log.err`,
  ]
  let server: ChildProcess | undefined

  async function asAdministrator(...statements: string[]): Promise<RowDataPacket[]> {
    const connection = await mysql.createConnection({ socketPath: socket, user: 'root', connectTimeout: ANSWER_MS })
    try {
      let rows: RowDataPacket[] = []
      for (const sql of statements) [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: ANSWER_MS })
      return rows
    } finally {
      connection.destroy()
    }
  }

  return {
    get pid() {
      return server?.pid
    },
    get isRunning() {
      return server !== undefined && !hasEnded(server)
    },
    install() {
      run('mariadb-install-db', [
        ...common,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        '--skip-name-resolve',
      ])
    },
    launch(...more) {
      const all = [...common, ...ALWAYS, ...own, ...options, ...more]
      server = spawn('mariadbd', all, { stdio: 'ignore', env: withSbin() })
      server.unref()
      server.once('exit', killedAfterUs(server.pid))
    },
    async untilItAnswers() {
      for (let attempt = 0; attempt < 1200; attempt++) {
        if (!server || hasEnded(server)) throw new Error(`mariadbd ended at once with ${server?.exitCode}`)
        try {
          await asAdministrator('DO 1')
          return
        } catch {
          await delay(50)
        }
      }
      throw new Error('mariadbd does not answer')
    },
    runOnce(...more) {
      const log = path.join(folder, 'once.err')
      rmSync(log, { force: true })
      run('mariadbd', [...common, ...ALWAYS, ...own, ...options, ...more, `--log-error=${log}`])
      return readFileSync(log, 'utf8')
    },
    asAdministrator,
    async end(signal) {
      const child = server
      if (!child || hasEnded(child)) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.ref()
      child.kill(signal)
      await ended
    },
    async freeze() {
      server?.kill('SIGSTOP')
      while (!isStopped(server?.pid)) await delay(5)
    },
    thaw: () => void server?.kill('SIGCONT'),
  }
}

function run(program: string, options: string[]): void {
  const { status, stderr, error } = spawnSync(program, options, { encoding: 'utf8', env: withSbin() })
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`)
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
