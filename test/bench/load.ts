/** Load from wrk, which no server here can outrun: so many connections, each sending as soon as it was answered. */
import { spawn, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 as uuid } from 'uuid'

export interface LoadRequest {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: unknown
}

export interface Load {
  requests: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  maxMs: number
  /** Answers other than 2xx and 3xx, and requests without one. */
  failed: number
}

export const CONNECTIONS = 32

const script = fileURLToPath(new URL('load.lua', import.meta.url))

/** Ends the program with the command to run where wrk is missing. */
export function demandWrk(): void {
  if (spawnSync('wrk', ['--version']).error === undefined) return
  console.error('The benchmarks need wrk. On Debian or Ubuntu run:')
  console.error('  sudo apt-get update && sudo apt-get install -y --no-install-recommends wrk')
  process.exit(1)
}

/** Writes requests for `drive` into a file. */
export async function requestFile(folder: string, requests: readonly LoadRequest[]): Promise<string> {
  const file = join(folder, `${uuid()}.requests`)
  const lines = requests.map(({ method, path, headers = {}, body }) => {
    const given = Object.entries(headers).map((pair) => pair.join('='))
    return [method, path, given.join('|'), body === undefined ? '' : JSON.stringify(body)].join('\t')
  })
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}

interface Manner {
  connections?: number
  /** Each request of the file is sent once; the run may then end early. */
  isOnce?: boolean
}

export async function drive(
  url: string,
  file: string,
  seconds: number,
  { connections = CONNECTIONS, isOnce = false }: Manner = {},
): Promise<Load> {
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script]
  const text = await run('wrk', [...options, url, '--', file, uuid(), ...(isOnce ? ['once'] : [])])
  const found = /^RESULT (.*)$/m.exec(text)?.[1]
  if (found === undefined) throw new Error(`wrk said nothing of its result:\n${text}`)
  const [requests, micros, status, lost, p50, p99, max] = found.split(' ').map(Number) as number[]
  return {
    requests: requests ?? 0,
    perSecond: ((requests ?? 0) * 1e6) / (micros || 1),
    p50Ms: (p50 ?? 0) / 1000,
    p99Ms: (p99 ?? 0) / 1000,
    maxMs: (max ?? 0) / 1000,
    failed: (status ?? 0) + (lost ?? 0),
  }
}

function run(command: string, parameters: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    child.once('close', () => process.off('exit', end))
    let text = ''
    child.stdout.on('data', (data: Buffer) => (text += data.toString()))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}`))))
  })
}
