/** How often: limits as a table, per person and per address, in memory or shared by all processes. */
import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { DataSource } from 'typeorm'
import type { Verb } from '../contract.js'
import { isEmbedded } from '../database/source.js'
import { Problem } from '../problem.js'

interface Limit {
  /** Whom it counts: a whole factory may sit behind one address, so addresses get far more than a person needs. */
  per: 'person' | 'address'
  points: number
  seconds: number
  /** Counted once for all processes. */
  isShared?: boolean
}

const general = {
  person: { per: 'person', points: 600, seconds: 60 },
  address: { per: 'address', points: 6000, seconds: 60 },
} as const satisfies Record<string, Limit>

/** Beyond the general ones. */
const particular = {
  'session.login': [{ per: 'address', points: 600, seconds: 60, isShared: true }],
  'person.bindPhone': [{ per: 'person', points: 10, seconds: 60, isShared: true }],
  'case.submit': [{ per: 'person', points: 60, seconds: 600, isShared: true }],
  'POST /api/files': [{ per: 'person', points: 200, seconds: 600, isShared: true }],
  'enterprise.join': [{ per: 'person', points: 10, seconds: 600, isShared: true }],
  'guide.comment': [{ per: 'person', points: 20, seconds: 600 }],
  'person.export': [{ per: 'person', points: 10, seconds: 600 }],
} as const satisfies Record<string, readonly Limit[]>

export interface Limits {
  /** @throws Problem tooMany, with Retry-After */
  admit(name: Verb | string, personId: string | null, address: string): Promise<void>
  /** Before a body is read, whoever sends it. @throws Problem tooMany, with Retry-After */
  knock(address: string): Promise<void>
}

/** `scale` multiplies every limit, for installations that are larger or smaller than Shenyang's. */
export function makeLimits(ds: DataSource, scale: number): Limits {
  const limiter = (name: string, { points, seconds, isShared = false }: Limit): RateLimiterAbstract => {
    const options = { keyPrefix: name, points: Math.ceil(points * scale), duration: seconds }
    if (!isShared || isEmbedded(ds)) return new RateLimiterMemory(options)
    const storeClient = (ds.driver as unknown as { pool: unknown }).pool
    const insuranceLimiter = new RateLimiterMemory(options)
    return new RateLimiterMySQL({
      ...options,
      storeClient,
      storeType: 'pool',
      dbName: ds.options.database as string,
      tableName: 'rate_limit',
      tableCreated: true,
      insuranceLimiter,
    })
  }
  const perPerson = limiter('person', general.person)
  const perAddress = limiter('address', general.address)
  const others = new Map(
    Object.entries<readonly Limit[]>(particular).map(([name, limits]) => [
      name,
      limits.map((limit, index) => ({ per: limit.per, limiter: limiter(`${name}#${index}`, limit) })),
    ]),
  )
  const knocking = limiter('body', general.address)
  return {
    knock: (address) => take(knocking, address),
    async admit(name, personId, address) {
      await take(personId === null ? perAddress : perPerson, personId ?? address)
      for (const { per, limiter: one } of others.get(name) ?? []) {
        const whom = per === 'person' ? personId : address
        if (whom !== null) await take(one, whom)
      }
    },
  }
}

async function take(limiter: RateLimiterAbstract, whom: string): Promise<void> {
  try {
    await limiter.consume(whom)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new Problem('tooMany', { retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
  }
}
