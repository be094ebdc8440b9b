/** A server under measurement, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a server used since it was last asked. */
export interface Usage {
  cpuMs: number
  /** Now. */
  rssMb: number
  /** The longest block of its event loop. */
  blockedMs: number
}

export interface Server {
  url: string
  usage(): Promise<Usage>
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
    usage() {
      child.send('usage')
      return told<Usage>(child)
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
