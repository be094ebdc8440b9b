/**
 * How often a number may be tried with a wrong code: in memory, and whether or not there is such a number. A right one is
 * not counted: what is left for others to try would tell them that the informer has been here.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { House } from '../house.js'
import { Problem } from '../problem.js'
import { tipOfReceipt } from './receipt.js'

const POINTS = 30
const SECONDS = 600
const limiters = new WeakMap<House, RateLimiterMemory>()

function limiterOf(house: House): RateLimiterMemory {
  const known = limiters.get(house)
  if (known) return known
  const made = new RateLimiterMemory({ points: Math.ceil(POINTS * house.config.limitScale), duration: SECONDS })
  limiters.set(house, made)
  return made
}

/** @throws Problem tooMany, with Retry-After */
export async function admitGuess(house: House, { number, code }: { number: string; code?: string | undefined }) {
  if (code === undefined) return
  const limiter = limiterOf(house)
  try {
    await limiter.consume(number)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfterSeconds = Math.min(SECONDS, Math.max(1, Math.ceil(refused.msBeforeNext / 1000)))
    throw new Problem('tooMany', { title: '查询太频繁，请十分钟后再试', retryAfterSeconds })
  }
  const isRight = await tipOfReceipt(house.ds.manager, house.know, { number, code }, null).then(
    () => true,
    () => false,
  )
  if (!isRight) return
  const { consumedPoints } = await limiter.reward(number)
  // Nor when.
  if (consumedPoints <= 0) await limiter.delete(number)
}
