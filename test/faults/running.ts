/** The service as a process of its own, that can be killed, told to stop, or run twice. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { killedAfterUs } from '../afterUs.js'
import { built } from './built.js'

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
/** Serving once this resolves. `program` is the `main.js` that node runs; this program's unless told. */
export async function run(env: Record<string, string>, program?: string): Promise<Running> {
  const child = spawn(process.execPath, [program ?? path.join(await built(), 'main.js')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const forget = killedAfterUs(child.pid)
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      forget()
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
