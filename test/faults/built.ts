/** This program as `npm start` runs it, for processes of a test: it starts in half the time that its source takes. */
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = path.join(root, 'dist')
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')

let folder: Promise<string> | undefined

/** The folder of the built files, brought up to date once in each test process, and by one of those at a time. */
export const built = (): Promise<string> => (folder ??= build())

async function build(): Promise<string> {
  mkdirSync(dist, { recursive: true })
  await promisify(execFile)('flock', [
    path.join(dist, '.lock'),
    process.execPath,
    compiler,
    '-p',
    path.join(root, 'src'),
  ])
  return dist
}
