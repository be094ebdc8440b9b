/** How often: limits as a table, per person and per address, in memory or shared by all processes. */
import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { DataSource } from 'typeorm'
import type { Verb } from '../contract.js'
import { isEmbedded } from '../database/source.js'
import { Problem } from '../problem.js'

interface Limit {
  /**
   * Whom it counts: a whole factory may sit behind one address, so addresses get far more than a person needs. A stranger
   * is an address that has not logged in.
   */
  per: 'person' | 'address' | 'stranger'
  points: number
  seconds: number
  /** Counted for all processes together: each time, or in lots where a commit each time would cost more than the work. */
  shared?: 'each' | 'inLots'
}

const general = {
  person: { per: 'person', points: 600, seconds: 60 },
  address: { per: 'address', points: 6000, seconds: 60 },
} as const satisfies Record<string, Limit>

/** Beyond the general ones. */
const particular = {
  'session.login': [{ per: 'address', points: 600, seconds: 60, shared: 'each' }],
  'person.bindPhone': [{ per: 'person', points: 10, seconds: 60, shared: 'each' }],
  'case.submit': [{ per: 'person', points: 60, seconds: 600, shared: 'inLots' }],
  // In memory, as all that has to do with tips: a row would say who sent something when.
  'POST /api/files': [
    { per: 'person', points: 200, seconds: 600 },
    { per: 'stranger', points: 100, seconds: 600 },
  ],
  'tip.submit': [
    { per: 'person', points: 20, seconds: 600 },
    { per: 'stranger', points: 60, seconds: 600 },
  ],
  'tip.add': [
    { per: 'person', points: 40, seconds: 600 },
    { per: 'stranger', points: 120, seconds: 600 },
  ],
  // Nothing counts a tip's number: who knows it could keep its holder out with wrong codes. A code has 60 bits at random.
  // One address tries (300 + 120) × 52,560 = 2.2e7 a year, one login no more; a million of either, all on one number,
  // hit it in a year with 2.2e13 / 1.15e18 = 0.00002.
  'tip.track': [
    { per: 'person', points: 300, seconds: 600 },
    { per: 'stranger', points: 300, seconds: 600 },
  ],
  'reward.checkPayment': [{ per: 'person', points: 40, seconds: 60 }],
  'enterprise.join': [{ per: 'person', points: 10, seconds: 600, shared: 'each' }],
  'guide.comment': [{ per: 'person', points: 20, seconds: 600 }],
  'person.export': [{ per: 'person', points: 10, seconds: 600 }],
  'project.issueSheet': [{ per: 'person', points: 60, seconds: 600 }],
} as const satisfies Record<string, readonly Limit[]>

export interface Limiter {
  /** @throws RateLimiterRes, when there is nothing left */
  consume(whom: string): Promise<unknown>
}

export interface Limits {
  /** @throws Problem tooMany, with Retry-After */
  admit(name: Verb | string, personId: string | null, address: string): Promise<void>
  /** Before a body is read, whoever sends it. @throws Problem tooMany, with Retry-After */
  knock(address: string): Promise<void>
  /** Clears the shared counts away no longer. */
  close(): void
}

/** A shared count is cleared away an hour after it is over; looked for so often. */
const CLEARED_AFTER_MS = 3_600_000
const CLEARING_MS = 300_000

/** `scale` multiplies every limit, for installations that are larger or smaller than Shenyang's. */
export function makeLimits(ds: DataSource, scale: number): Limits {
  const limiter = (name: string, { points, seconds, shared }: Limit): Limiter => {
    const options = { keyPrefix: name, points: Math.ceil(points * scale), duration: seconds }
    if (shared === undefined || isEmbedded(ds)) return new RateLimiterMemory(options)
    const storeClient = (ds.driver as unknown as { pool: unknown }).pool
    const insuranceLimiter = new RateLimiterMemory(options)
    const ofAll = new RateLimiterMySQL({
      ...options,
      storeClient,
      storeType: 'pool',
      dbName: ds.options.database as string,
      tableName: 'rate_limit',
      tableCreated: true,
      // By one clock for all of them, which ends with the service: they share a table.
      clearExpiredByTimeout: false,
      insuranceLimiter,
    })
    return shared === 'inLots' ? inLots(new RateLimiterMemory(options), ofAll) : ofAll
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
  // Where it fails, the next time does it.
  const clear = () => ds.query('DELETE FROM rate_limit WHERE expire < ?', [Date.now() - CLEARED_AFTER_MS])
  const clearing = isEmbedded(ds) ? undefined : setInterval(() => clear().catch(() => {}), CLEARING_MS).unref()
  return {
    close: () => clearInterval(clearing),
    knock: (address) => take(knocking, address),
    async admit(name, personId, address) {
      await take(personId === null ? perAddress : perPerson, personId ?? address)
      for (const { per, limiter: one } of others.get(name) ?? []) {
        const whom = { person: personId, address, stranger: personId === null ? address : null }[per]
        if (whom !== null) await take(one, whom)
      }
    },
  }
}

/** At most this many go unknown to the other processes. */
const LARGEST_LOT = 10

/** Counts here, and tells the other processes after each lot: the limit may be passed by less than a lot for each of them. */
export function inLots(here: RateLimiterMemory, ofAll: RateLimiterAbstract): Limiter {
  const lot = Math.max(1, Math.min(LARGEST_LOT, Math.floor(here.points / 6)))
  return {
    async consume(whom) {
      const { consumedPoints } = await here.consume(whom)
      if (consumedPoints % lot !== 0) return
      try {
        await ofAll.consume(whom, lot)
      } catch (refused) {
        // What all have used up is used up here too, until it is over.
        if (refused instanceof RateLimiterRes) await here.block(whom, secondsLeft(refused))
        throw refused
      }
    },
  }
}

async function take(limiter: Limiter, whom: string): Promise<void> {
  try {
    await limiter.consume(whom)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new Problem('tooMany', { retryAfterSeconds: secondsLeft(refused) })
  }
}

const LONGEST_SECONDS = Math.max(...Object.values(particular).flatMap((limits) => limits.map(({ seconds }) => seconds)))

/** Never more than a limit counts for: the clock may have been put back since the count began. */
const secondsLeft = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.min(Math.max(1, Math.ceil(msBeforeNext / 1000)), LONGEST_SECONDS)
