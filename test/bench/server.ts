/** A server under measurement, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Server {
  url: string
  /** The longest block of its event loop since it was last asked, in milliseconds. */
  blockedMs(): Promise<number>
  stop(): Promise<void>
}

interface Start {
  /** Relative to this folder. */
  program: string
  parameters?: string[]
  env?: Record<string, string>
  /** Where its log goes. */
  folder: string
  /** Of node itself. */
  nodeOptions?: string[]
}

export async function startServer({
  program,
  parameters = [],
  env = {},
  folder,
  nodeOptions = [],
}: Start): Promise<Server> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), parameters, {
    env: { ...process.env, ...env },
    execArgv: nodeOptions,
    stdio: ['ignore', openSync(join(folder, 'log'), 'a'), 'inherit', 'ipc'],
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const { url } = await told<{ url: string }>(child)
  return {
    url,
    async blockedMs() {
      child.send('blocked')
      return (await told<{ blockedMs: number }>(child)).blockedMs
    },
    async stop() {
      process.off('exit', end)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once('exit', gone)
    child.once('message', (message) => {
      child.off('exit', gone)
      resolve(message as T)
    })
  })
}
