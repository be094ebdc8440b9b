/** A whole service for a test: real HTTP, real database, the sandbox of WeChat, a clock that the test turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axios, { type AxiosInstance } from 'axios'
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import { workOnce, writeDueSlots } from '../src/audit/worker.js'
import { readConfig } from '../src/config.js'
import type { Api, Verb } from '../src/contract.js'
import { contract } from '../src/contract.js'
import { type Service, type ServiceParts, startService } from '../src/service.js'
import { databases } from './databases.js'

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

export interface World {
  service: Service
  http: AxiosInstance
  /** Not logged in. */
  nobody: Caller
  /** Logged in as the sandbox's WeChat user of that name. */
  as(name: string): Promise<Caller>
  now(): Date
  /** Turns the clock to an instant, such as `2026-11-23T10:00:00+08:00`. */
  turnTo(at: string): void
  /** Does every job that is due, and what follows from them. */
  drainJobs(): Promise<number>
  stop(): Promise<void>
}

interface Options {
  /** Where the clock starts. */
  at?: string
  env?: Record<string, string>
  parts?: ServiceParts
}

/** Starts a world on one of the databases of `databases.ts`. */
export async function world(
  database: string,
  { at = '2026-11-23T10:00:00+08:00', env = {}, parts = {} }: Options = {},
): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-'))
  const url = await databases[database]?.()
  let shift = Date.parse(at)
  const startedAt = Date.now()
  const now = () => new Date(shift + ((Date.now() - startedAt) % 1))
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    DEMO: 'off',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    LIMIT_SCALE: '1000',
    ...env,
  })
  const service = await startService(config, {
    now,
    withWorker: false,
    log: pino({ level: env['LOG_LEVEL'] ?? 'fatal' }),
    ...parts,
  })
  return {
    service,
    ...callersOf(service),
    now,
    turnTo(instant) {
      shift = Date.parse(instant)
    },
    async drainJobs() {
      let done = 0
      await writeDueSlots(service.house)
      for (let n = await workOnce(service.house); n > 0; n = await workOnce(service.house)) done += n
      return done
    },
    async stop() {
      await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Those who ask a service over HTTP. */
export function callersOf(service: Service): Pick<World, 'http' | 'nobody' | 'as'> {
  const http = axios.create({ baseURL: service.url, validateStatus: () => true, proxy: false, timeout: 60_000 })
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
