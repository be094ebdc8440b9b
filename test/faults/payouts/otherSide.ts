/** The process that is WeChat and WeChat Pay. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import axios from 'axios'
import type { Control, Said } from './sandboxProgram.js'

export interface OtherSide {
  /** Of a service that uses it. */
  env: Record<string, string>
  ask<K extends keyof Control>(name: K, asked: Control[K]['asked']): Promise<Control[K]['told']>
  end(): void
}

const PROGRAM = fileURLToPath(new URL('sandboxProgram.ts', import.meta.url))

export async function startOtherSide(folder: string): Promise<OtherSide> {
  const args = ['--import', 'tsx', PROGRAM, 'wx-payouts', randomBytes(16).toString('hex'), folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  const [line] = (await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', (first) => resolve([first]))),
    new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`WeChat ended with ${code}`)))),
  ])) as [string]
  const { env, control } = JSON.parse(line) as Said
  const http = axios.create({ baseURL: control, proxy: false, timeout: 20_000 })
  return {
    env: { SANDBOX: 'off', HOST: '127.0.0.1', ...env },
    ask: async (name, asked) => (await http.post(`/${name}`, JSON.stringify(asked))).data as never,
    end() {
      process.off('exit', end)
      end()
    },
  }
}
