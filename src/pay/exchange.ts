// One HTTP exchange with WeChat Pay, signed by wechatpay-axios-plugin, bounded in time and size, never through a proxy.
import { createPublicKey, type KeyObject } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios'
import { Wechatpay } from 'wechatpay-axios-plugin'
import { doubtful } from './problems.js'
import type { Headers } from './signature.js'

/** What the client logs to: pino fits. Lines hold the interface, duration, status and code, never a number or a body. */
export interface PayLog {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface PayRequest {
  readonly method: 'get' | 'post'
  /** As the plugin's chain takes it: `v3/…/{out_bill_no}`. What is in braces is never logged. */
  readonly path: string
  readonly values?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, string>>
  readonly data?: object
  /** Of the platform's key that something in the data is encrypted with. */
  readonly serial?: string
  /** Another of WeChat's entrances than the usual one. */
  readonly origin?: string
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

export interface Exchange {
  /** @throws PayError of kind doubt when no answer came */
  send(request: PayRequest): Promise<RawAnswer>
  close(): void
}

export interface ExchangeOptions {
  readonly baseUrl: string
  readonly mchId: string
  /** Of the merchant's certificate. */
  readonly serial: string
  readonly privateKey: KeyObject
  /** Milliseconds for the whole exchange, connecting included. */
  readonly timeoutMs: number
  readonly log?: PayLog
}

const MAX_REQUEST_BYTES = 64 * 1024
const MAX_ANSWER_BYTES = 32 * 1024 * 1024
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** https, or http on loopback: nothing of a transfer goes over a network in the clear. */
export function isSafeOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { mchId, serial, privateKey, timeoutMs, log } = options
  if (!isSafeOrigin(options.baseUrl)) throw new TypeError('WeChat Pay’s base URL must be https, or http on loopback')
  const { origin } = new URL(options.baseUrl)
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  const httpsAgent = new https.Agent({ keepAlive: true, maxSockets: 32 })
  // Answers are verified in `ask.ts`, where certificates are renewed; the plugin only wants some key to begin with.
  const certs = { unused: createPublicKey(privateKey) }
  const wechatpay = new Wechatpay({ mchid: mchId, serial, privateKey: privateKey as never, certs, baseURL: origin })

  async function exchange(request: PayRequest): Promise<RawAnswer> {
    const config: AxiosRequestConfig = {
      ...request.values,
      params: request.params,
      headers: request.serial === undefined ? {} : { 'Wechatpay-Serial': request.serial },
      baseURL: request.origin ?? origin,
      timeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
      proxy: false,
      maxRedirects: 0,
      maxBodyLength: MAX_REQUEST_BYTES,
      maxContentLength: MAX_ANSWER_BYTES,
      httpAgent,
      httpsAgent,
      responseType: 'arraybuffer',
      transformResponse: [],
      validateStatus: () => true,
    }
    const one = wechatpay.chain(request.path)
    const answer: AxiosResponse<Buffer> =
      request.method === 'get' ? await one.get(config) : await one.post(request.data, config)
    return { status: answer.status, headers: answer.headers as Headers, body: Buffer.from(answer.data ?? '') }
  }

  return {
    async send(request) {
      const startedAt = performance.now()
      const ms = () => Math.round(performance.now() - startedAt)
      const { path } = request
      try {
        const answer = await exchange(request)
        // Each claim asks at once: in production its moment is not written down.
        log?.debug({ path, ms: ms(), status: answer.status }, 'wechat pay answered')
        return answer
      } catch (error) {
        const meaning = REASONS[(error instanceof AxiosError && error.code) || ''] ?? '与微信支付通信失败'
        log?.warn({ path, ms: ms(), reason: meaning }, 'wechat pay did not answer')
        // A new error without the cause: axios's holds the whole request, and with it a name and an openid.
        throw doubtful(path, meaning)
      }
    },
    close() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNABORTED: '等待微信支付回答超时',
  ETIMEDOUT: '等待微信支付回答超时',
  ERR_CANCELED: '等待微信支付回答超时',
  ECONNREFUSED: '无法连接微信支付',
  ENOTFOUND: '无法连接微信支付',
  EAI_AGAIN: '无法连接微信支付',
  ECONNRESET: '与微信支付的连接中断',
  EPIPE: '与微信支付的连接中断',
}
