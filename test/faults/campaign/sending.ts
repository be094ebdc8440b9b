/** How a client puts a command on the wire: wholly, half, or without waiting for the answer. */
import { type Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { post } from '../asking.js'
import type { Command } from './command.js'
import type { Ledger } from './ledger.js'

/** What came of one attempt: done, to be sent again, or refused with a problem. */
export type Outcome = 'done' | 'again' | { refused: string }

/** As long as the mini-program waits. */
const PATIENCE_MS = 15_000
/** Not now: to be asked again. */
export const BUSY = new Set([429, 502, 503, 504])
const NOT_LET_IN = new Set(['ECONNREFUSED', 'EHOSTUNREACH'])

const headersOf = ({ token, key }: Command) => ({ Authorization: `Bearer ${token}`, 'Idempotency-Key': key })

export async function attempt(url: string, command: Command, ledger: Ledger, agent: Agent): Promise<Outcome> {
  const { verb, input } = command
  let reply
  try {
    reply = await post(url, verb, input, headersOf(command), agent, PATIENCE_MS)
  } catch (error) {
    if (!NOT_LET_IN.has((error as { code?: string }).code ?? '')) ledger.cutOff()
    return 'again'
  }
  const { status, body } = reply
  if (status === 200) {
    ledger.acknowledge(command, body)
    return 'done'
  }
  const type = String(body.type).replace('urn:problem:', '')
  if (BUSY.has(status) || type === 'inProgress') return 'again'
  if (status === 500) {
    ledger.surprise(`${verb}: 500`)
    return 'again'
  }
  return { refused: `${verb}: ${status} ${type} ${String(body.title)}` }
}

/** Promises a body and hangs up in the middle of it. */
export async function cutInHalf(url: string, command: Command): Promise<void> {
  const { hostname, port } = new URL(url)
  const bytes = Buffer.from(JSON.stringify(command.input))
  const lines = Object.entries({
    Host: `${hostname}:${port}`,
    'Content-Type': 'application/json',
    'Content-Length': bytes.length,
    ...headersOf(command),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.once('close', () => resolve())
    socket.once('error', () => socket.destroy())
    socket.once('connect', () => {
      socket.write(`POST /api/${command.verb} HTTP/1.1\r\n${lines.join('')}\r\n`)
      socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy())
    })
  })
}

/** Sends everything and is gone before the answer. */
export async function leave(url: string, command: Command): Promise<void> {
  const headers = { 'Content-Type': 'application/json', ...headersOf(command) }
  const sent = request(`${url}/api/${command.verb}`, { method: 'POST', headers, agent: false })
  sent.on('error', () => {})
  sent.on('response', (response) => response.resume())
  await new Promise<void>((resolve) => {
    sent.once('close', () => resolve())
    sent.end(JSON.stringify(command.input), () => void delay(Math.random() * 20).then(() => sent.destroy()))
  })
}
