/** Those who ask a service over HTTP: nobody in particular, or somebody who is logged in. */
import axios, { type AxiosInstance } from 'axios'
import { v7 as uuid } from 'uuid'
import { type Api, contract, type Verb } from '../src/contract.js'

export interface Answer<T> {
  status: number
  body: T
  headers: Record<string, string>
}

/** A failed answer, as thrown by `call`. */
export class Refused extends Error {
  constructor(
    readonly verb: string,
    readonly status: number,
    readonly problem: { type: string; title: string; errors: { path: string; message: string }[]; detail?: string },
  ) {
    super(`${verb}: ${status} ${problem.title} ${JSON.stringify(problem.errors ?? [])}`)
  }
}

export interface Caller {
  readonly token: string | undefined
  /** The output of the verb. @throws Refused */
  call<V extends Verb>(verb: V, input: Api[V]['input'], key?: string): Promise<Api[V]['output']>
  /** Status and body, whatever they are. */
  // oxlint-disable-next-line typescript/no-explicit-any
  try(verb: string, input: unknown, headers?: Record<string, string>): Promise<Answer<any>>
}

export interface Callers {
  http: AxiosInstance
  /** Not logged in. */
  nobody: Caller
  /** Logged in as the sandbox's WeChat user of that name. */
  as(name: string): Promise<Caller>
}

export function callersOf({ url }: { url: string }): Callers {
  const http = axios.create({ baseURL: url, validateStatus: () => true, proxy: false, timeout: 60_000 })
  /** With a name, `call` logs in again where the clock has been turned past the session's end, as the client does. */
  const caller = (first: string | undefined, name?: string): Caller => {
    let token = first
    const attempt: Caller['try'] = async (verb, input, headers = {}) => {
      const isQuery = (contract as Record<string, { kind: string }>)[verb]?.kind === 'query'
      const auth = token === undefined ? {} : { Authorization: `Bearer ${token}` }
      const response = isQuery
        ? await http.get(`/api/${verb}?${search(input as object)}`, { headers: { ...auth, ...headers } })
        : await http.post(`/api/${verb}`, input, { headers: { ...auth, ...headers } })
      return { status: response.status, body: response.data, headers: response.headers as Record<string, string> }
    }
    return {
      get token() {
        return token
      },
      try: attempt,
      async call(verb, input, key = uuid()) {
        let { status, body } = await attempt(verb, input, { 'Idempotency-Key': key })
        if (status === 401 && name !== undefined && body.title.includes('过期')) {
          token = (await nobody.call('session.login', { code: `demo:${name}` })).token
          ;({ status, body } = await attempt(verb, input, { 'Idempotency-Key': key }))
        }
        if (status !== 200) throw new Refused(verb, status, body)
        return body
      },
    }
  }
  const nobody = caller(undefined)
  return {
    http,
    nobody,
    async as(name) {
      const { token } = await nobody.call('session.login', { code: `demo:${name}` })
      return caller(token, name)
    },
  }
}

/** Arrays by repeated key, everything else as its text. */
export function search(input: object): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one))
  }
  return params.toString()
}
