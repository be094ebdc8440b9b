/** What the service sends to its database for one request: seen once in this process, for the floor to send again. */
import mysql from 'mysql2'
import { pino } from 'pino'
import type { Logger } from 'typeorm'
import { readConfig } from '../../src/config.js'
import { parseAddress } from '../../src/database/address.js'
import { embeddedFile, isEmbedded } from '../../src/database/source.js'
import { startService } from '../../src/service.js'
import type { LoadRequest } from './load.js'

/** A value of the request alone is made anew for each request that is sent again, or taken from its body. */
type Parameter =
  | string
  | number
  | null
  | { date: string }
  | { fresh: 'uuid' | 'hash' | 'number'; slot: string }
  | { given: 'id' }

interface Statement {
  sql: string
  parameters: Parameter[]
}

/** One request as the floor does it: these statements, then this answer. */
export interface Plan {
  statements: Statement[]
  answer: unknown
}

interface Seen {
  sql: string
  values: unknown[]
}

const IDLE_MS = 1500
const freshShapes = {
  uuid: /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/,
  hash: /^[\da-f]{64}$/,
  number: /^QZ\d{8}-\w{5}$/,
} as const

/** The same request three times, or three of a kind where one can be sent once only. */
export type Alike = readonly [LoadRequest, LoadRequest, LoadRequest]

/** Each is sent again, so that what belongs to one sending alone shows; the third is the plan. */
export async function record(
  env: Record<string, string>,
  requests: Readonly<Record<string, readonly Alike[]>>,
): Promise<Record<string, Plan[]>> {
  let seen: Seen[] = []
  const forget = watchServerDriver((one) => seen.push(one))
  const service = await startService(readConfig(env), { withWorker: false, log: pino({ level: 'silent' }) })
  try {
    if (isEmbedded(service.house.ds)) service.house.ds.logger = queryLogger((one) => seen.push(one))
    seen = []
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    const background = new Set(seen.map(({ sql }) => sql))

    const send = async ({ method, path, headers = {}, body }: LoadRequest) => {
      seen = []
      const text = body === undefined ? null : JSON.stringify(body)
      const key: Record<string, string> =
        method === 'POST' ? { 'Content-Type': 'application/json', 'Idempotency-Key': `key-${Math.random()}` } : {}
      const response = await fetch(`${service.url}${path}`, { method, headers: { ...headers, ...key }, body: text })
      const answer: unknown = await response.json()
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
      return { seen: seen.filter(({ sql }) => !background.has(sql)), answer }
    }
    const plans: Record<string, Plan[]> = {}
    for (const [name, some] of Object.entries(requests)) {
      plans[name] = []
      for (const [opening, before, request] of some) {
        await send(opening) // the first of a kind also prepares connections and caches
        const first = await send(before)
        const second = await send(request)
        const known = new Set(first.seen.flatMap(({ values }) => values))
        const { id } = (request.body ?? {}) as { id?: string }
        const statements = second.seen.map(({ sql, values }) => ({
          sql,
          parameters: values.map((value) =>
            value !== undefined && value === id ? { given: 'id' as const } : parameterOf(value, !known.has(value)),
          ),
        }))
        plans[name].push({ statements, answer: second.answer })
      }
    }
    return plans
  } finally {
    forget()
    await service.stop()
  }
}

/** Where the floor finds the same database. */
export function floorDatabase(url: string | undefined, dataDir: string) {
  if (url === undefined) return { file: embeddedFile(dataDir) }
  const { hosts, user, password, database } = parseAddress(url)
  return { ...hosts[0], user, password, database, readsOwnCluster: hosts.length > 1 }
}

function parameterOf(value: unknown, isNew: boolean): Parameter {
  if (value instanceof Date) return { date: value.toISOString() }
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' && isNew) {
    for (const [fresh, shape] of Object.entries(freshShapes)) {
      if (shape.test(value)) return { fresh: fresh as keyof typeof freshShapes, slot: value }
    }
  }
  return (value ?? null) as Parameter
}

/** As the embedded database stores it. */
const stored = (value: unknown) =>
  value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : value

function queryLogger(note: (seen: Seen) => void): Logger {
  const nothing = () => {}
  return {
    logQuery: (sql, values) =>
      note({
        sql: sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql,
        values: (values ?? []).map(stored),
      }),
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  }
}

type Query = (...args: unknown[]) => unknown

/** Notes what goes through mysql2 itself, as not everything comes from TypeORM. */
function watchServerDriver(note: (seen: Seen) => void): () => void {
  let prototype = (mysql as unknown as { PoolConnection: { prototype: object } }).PoolConnection.prototype
  while (!Object.hasOwn(prototype, 'query')) prototype = Object.getPrototypeOf(prototype) as object
  const owner = prototype as { query: Query }
  const query = owner.query
  owner.query = function watched(this: unknown, ...args: unknown[]) {
    const [what, values] = args
    const sql = typeof what === 'string' ? what : (what as { sql: string }).sql
    const given = Array.isArray(values) ? values : ((what as { values?: unknown[] }).values ?? [])
    note({ sql, values: given })
    return query.apply(this, args)
  }
  return () => {
    owner.query = query
  }
}
