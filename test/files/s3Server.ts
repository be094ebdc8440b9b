/** An S3-compatible storage on loopback: s3rver as a process of its own, which can be killed and comes back with its objects. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { killedAfterUs, removedAfterUs } from '../afterUs.js'
import { freePort } from '../freePort.js'

/** The only key that s3rver knows. It looks at the id alone: `s3Door.ts` checks signatures. */
export const S3_KEY = { keyId: 'S3RVER', secret: 'S3RVER' } as const

export interface S3Server {
  url: string
  /** A new, empty bucket. */
  createBucket(name: string): Promise<string>
  /** The file in which the object's bytes are. */
  fileOf(bucket: string, key: string): string
  /** As a power cut would (kill -9). */
  kill(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('s3Program.mjs', import.meta.url))

export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'shenhuan-s3-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const forget = removedAfterUs(folder)

  async function launch(): Promise<void> {
    const options = ['-d', folder, '-a', '127.0.0.1', '-p', String(port), '--silent', '--no-vhost-buckets']
    const child = spawn(process.execPath, [program, ...options], { stdio: 'ignore' })
    child.unref()
    child.once('exit', killedAfterUs(child.pid))
    server = child
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`s3rver ended with ${child.exitCode}`)
      await delay(50)
    }
  }

  async function end(): Promise<void> {
    const child = server
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.ref()
    child.kill('SIGKILL')
    await ended
  }

  await launch()
  return {
    url: `http://127.0.0.1:${port}`,
    async createBucket(name) {
      await mkdir(join(folder, name), { recursive: true })
      return name
    },
    fileOf: (bucket, key) => join(folder, bucket, `${key}._S3rver_object`),
    kill: end,
    restart: launch,
    async stop() {
      await end()
      forget()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
