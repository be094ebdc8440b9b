// One HTTP exchange with WeChat: bounded in time and size, never through a proxy, and sure whether the request left.
import http from 'node:http'
import https from 'node:https'
import axios, { AxiosError } from 'axios'
import { answerUnusable, answeredError, WechatError } from './problems.js'

/** What the client logs to: pino fits. Lines hold path, duration and code, never the query or a body. */
export interface WechatLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface WechatRequest {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON by POST; without it the request is a GET. */
  readonly body?: Readonly<Record<string, unknown>>
  /** A new connection: a kept one that WeChat has just closed would leave the fate of the request unknown. */
  readonly isFresh?: boolean
}

export interface Transport {
  send(request: WechatRequest): Promise<Buffer>
  close(): void
}

export interface TransportOptions {
  readonly baseUrl: string
  /** Milliseconds for the whole exchange, connecting included. */
  readonly timeoutMs?: number
  readonly log?: WechatLog
}

const DEFAULT_TIMEOUT_MS = 5_000
const MAX_REQUEST_BYTES = 256 * 1024
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Throws when the address would send the secret unencrypted over a network. */
function checkedBase(baseUrl: string): URL {
  const url = new URL(baseUrl)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  if (!isSafe) throw new TypeError('WeChat base URL must be https, or http on loopback')
  return url
}

export function createTransport({ baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, log }: TransportOptions): Transport {
  const base = checkedBase(baseUrl)
  const isTls = base.protocol === 'https:'
  const native = isTls ? https : http
  const kept = new native.Agent({ keepAlive: true, maxSockets: 32, maxFreeSockets: 8 })
  const fresh = new native.Agent({ keepAlive: false, maxSockets: 32 })

  const client = axios.create({
    baseURL: base.origin,
    timeout: timeoutMs,
    proxy: false,
    maxRedirects: 0,
    maxBodyLength: MAX_REQUEST_BYTES,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'arraybuffer',
    validateStatus: () => true,
  })

  async function exchange({ path, query, body, isFresh = false }: WechatRequest, mark: { sent: boolean }) {
    const agent = isFresh ? fresh : kept
    const transport = {
      request(options: https.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) {
        const request = native.request(options, onAnswer)
        request.once('socket', (socket) => {
          if (request.reusedSocket || !socket.connecting) mark.sent = true
          else socket.once(isTls ? 'secureConnect' : 'connect', () => (mark.sent = true))
        })
        return request
      },
    }
    const answer = await client.request<Buffer>({
      url: path,
      method: body ? 'POST' : 'GET',
      params: query,
      data: body && Buffer.from(JSON.stringify(body)),
      headers: body ? { 'Content-Type': 'application/json' } : undefined,
      httpAgent: agent,
      httpsAgent: agent,
      transport,
      signal: AbortSignal.timeout(timeoutMs),
    })
    // WeChat answers its own errors with 200; anything else comes from what stands before it.
    if (answer.status !== 200) throw answerUnusable(path, `微信接口返回了 HTTP ${answer.status}`)
    return answer.data
  }

  return {
    async send(request) {
      const startedAt = performance.now()
      const mark = { sent: false }
      const ms = () => Math.round(performance.now() - startedAt)
      try {
        const bytes = await exchange(request, mark)
        log?.info({ path: request.path, ms: ms() }, 'wechat answered')
        return bytes
      } catch (error) {
        const failure = error instanceof WechatError ? error : connectionError(request.path, error, mark.sent)
        log?.warn(
          { path: request.path, ms: ms(), sent: failure.sent, reason: failure.meaning },
          'wechat did not answer',
        )
        throw failure
      }
    },
    close() {
      kept.destroy()
      fresh.destroy()
    },
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNABORTED: '等待微信回答超时',
  ETIMEDOUT: '等待微信回答超时',
  ERR_CANCELED: '等待微信回答超时',
  ECONNREFUSED: '无法连接微信',
  ENOTFOUND: '无法连接微信',
  EAI_AGAIN: '无法连接微信',
  ECONNRESET: '与微信的连接中断',
  EPIPE: '与微信的连接中断',
}

/** A new error without the cause: axios's error holds the address, and with it the secret or the token. */
function connectionError(path: string, error: unknown, sent: boolean): WechatError {
  const code = error instanceof AxiosError ? error.code : undefined
  return new WechatError({ kind: 'unavailable', meaning: REASONS[code ?? ''] ?? '与微信通信失败', path, sent })
}

/** Reads a JSON answer; a code other than 0 becomes its WechatError. */
export function readJson(path: string, bytes: Buffer): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw answerUnusable(path)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw answerUnusable(path)
  const answer = value as Record<string, unknown>
  if (typeof answer.errcode === 'number' && answer.errcode !== 0) {
    throw answeredError(path, answer.errcode, typeof answer.errmsg === 'string' ? answer.errmsg : '')
  }
  return answer
}
