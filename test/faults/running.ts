/** The service as a process of its own, that can be killed, told to stop, or run twice. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Running {
  url: string
  pid: number
  /** Ends it as a power cut would (kill -9). */
  kill(): Promise<void>
  /** Asks it to stop, as the init system does (SIGTERM); its exit code. */
  stop(): Promise<number | null>
}

/** The environment of a service on that folder and database, without a demonstration; `url` undefined for the embedded file. */
export const environmentOf = (dataDir: string, url: string | undefined): Record<string, string> => ({
  NODE_ENV: 'test',
  PORT: '0',
  DATA_DIR: dataDir,
  DEMO: 'off',
  LOG_LEVEL: 'silent',
  LIMIT_SCALE: '1000',
  ...(url === undefined ? {} : { DATABASE_URL: url }),
})

const root = fileURLToPath(new URL('../..', import.meta.url))
const alive = new Set<ChildProcess>()
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')))

/** What node is told to run: the source as it stands. */
const SOURCE = ['--import', 'tsx', 'src/main.ts']

/** Serving once this resolves. `program` is what node runs, such as a built `main.js`. */
export async function run(env: Record<string, string>, program: readonly string[] = SOURCE): Promise<Running> {
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  alive.add(child)
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      alive.delete(child)
      resolve(code)
    })
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString()
      const found = /^沈环帮办 (http:\S+)$/m.exec(text)?.[1]
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`the service ended with ${code} before it served`)))
  })
  const end = (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { url, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) }
}
