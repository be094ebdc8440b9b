// One HTTP request to the server, without knowledge of who asks: bytes out, JSON in, failures in one shape.
import { server } from '../environment'
import { Failure, type FieldError, offline } from './failure'

export interface Asked {
  method: 'GET' | 'POST'
  path: string
  token?: string
  body?: object
  key?: string
  timeoutMs?: number
}

interface ProblemBody {
  type?: string
  title?: string
  errors?: FieldError[]
  traceId?: string
}

const PATIENCE_MS = 15_000

/** @throws Failure */
export function request<T>({ method, path, token, body, key, timeoutMs = PATIENCE_MS }: Asked): Promise<T> {
  return new Promise((resolve, reject) => {
    wx.request({
      url: server + path,
      method,
      data: method === 'POST' ? (body ?? {}) : undefined,
      header: {
        ...(method === 'POST' && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(key && { 'Idempotency-Key': key }),
      },
      timeout: timeoutMs,
      success: ({ statusCode, data }) => {
        if (statusCode >= 200 && statusCode < 300 && typeof data === 'object') resolve(data as T)
        else reject(failureOf(statusCode, data, verbOf(path)))
      },
      fail: () => reject(offline()),
    })
  })
}

/** What an answer with a bad status says; a gateway's page says nothing of use. */
export function failureOf(status: number, data: unknown, verb?: string): Failure {
  const said: ProblemBody = typeof data === 'object' && data !== null ? data : {}
  return new Failure({
    status,
    title: said.title ?? (status >= 500 ? '服务暂时不可用，请稍后再试' : '没有成功，请再试一次'),
    type: said.type?.replace('urn:problem:', ''),
    errors: said.errors,
    traceId: said.traceId,
    verb,
  })
}

/** `/api/case.read?id=…` → `case.read`. */
const verbOf = (path: string) => path.replace(/^\/api\/|\?.*$/g, '')

/** `{ a: ['x', 'y'], b: true }` → `a=x&a=y&b=true`. */
export function queryString(input: object): string {
  const pairs = Object.entries(input).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null)
      .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  )
  return pairs.join('&')
}
