/** Checks the types of the mini-program in a process of its own, while the rest is built. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Fault } from './faults.js'

const ERROR = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/

/** `memory`: a file in which the compiler keeps what it found, so that the next time it looks only at what changed. */
export async function checkTypes(source: string, memory: string): Promise<Fault[]> {
  const config = join(source, 'tsconfig.json')
  if (!existsSync(config)) return [{ file: config, line: 0, message: 'there is no tsconfig.json' }]
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const options = ['--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', memory]
  const child = spawn(process.execPath, [compiler, '-p', config, ...options], {
    cwd: source,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done))
  const faults: Fault[] = []
  for (const line of output.split('\n')) {
    const [, file, number, message] = ERROR.exec(line) ?? []
    if (file !== undefined) faults.push({ file: resolve(source, file), line: Number(number), message: message ?? '' })
  }
  if (code !== 0 && faults.length === 0) faults.push({ file: config, line: 0, message: output.trim() })
  return faults
}
