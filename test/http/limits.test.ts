/** Limits that are told to the other processes in lots. */
import { deepEqual, equal, rejects } from 'node:assert/strict'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { inLots } from '../../src/http/limits.js'

const options = { points: 60, duration: 600 }

describe('limits counted in lots', () => {
  it('tells the others once in ten', async () => {
    const told: number[] = []
    const ofAll = new RateLimiterMemory(options)
    const consume = ofAll.consume.bind(ofAll)
    ofAll.consume = (whom, points) => {
      told.push(points ?? 1)
      return consume(whom, points)
    }
    const limiter = inLots(new RateLimiterMemory(options), ofAll)
    for (let n = 0; n < 29; n += 1) await limiter.consume('one')
    deepEqual(told, [10, 10])
  })

  it('holds for one process alone', async () => {
    const limiter = inLots(new RateLimiterMemory(options), new RateLimiterMemory(options))
    equal(await admitted([limiter], 200), 60)
  })

  it('is passed by less than a lot for each process', async () => {
    const ofAll = new RateLimiterMemory(options)
    const processes = [1, 2, 3].map(() => inLots(new RateLimiterMemory(options), ofAll))
    const count = await admitted(processes, 400)
    equal(count >= 60 && count < 60 + 3 * 10, true, `${count} were admitted`)
  })

  it('refuses here for as long as all have nothing left', async () => {
    const ofAll = new RateLimiterMemory(options)
    const limiter = inLots(new RateLimiterMemory(options), ofAll)
    await ofAll.consume('one', 60)
    for (let n = 0; n < 9; n += 1) await limiter.consume('one')
    const refused = (error: unknown) => error instanceof RateLimiterRes && error.msBeforeNext > 500_000
    await rejects(() => limiter.consume('one'), refused)
    await rejects(() => limiter.consume('one'), refused)
  })
})

async function admitted(limiters: readonly { consume(whom: string): Promise<unknown> }[], tries: number) {
  let count = 0
  for (let n = 0; n < tries; n += 1) {
    const limiter = limiters[n % limiters.length]
    await limiter?.consume('one').then(
      () => (count += 1),
      () => undefined,
    )
  }
  return count
}
