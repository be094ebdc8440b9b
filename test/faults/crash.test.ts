/** The machine loses its power: what was acknowledged is there, and nothing is there twice. */
import assert from 'node:assert/strict'
import { databaseNames, databases } from '../databases.js'
import { type Ask, asks, send } from './asking.js'
import { type Ground, ground } from './ground.js'
import type { Running } from './running.js'

const AT_ONCE = 120
/** Answers before the death; the campaign kills again and again (`npm run faults`). */
const ANSWERED = 40

for (const database of databaseNames) {
  describe(`kill -9 in the middle of ${AT_ONCE} concurrent submits, ${database}`, function () {
    this.timeout(300_000)
    let place: Ground

    before(async () => {
      place = await ground(await databases[database]?.())
    })
    after(() => place.end())

    it('keeps every acknowledged case once, and what follows happens once', async () => {
      const all = asks(place.tokens, AT_ONCE)
      await sendUntilDeath(await place.start(), all)
      const acknowledged = all.filter((ask) => ask.caseId !== undefined)
      assert.ok(acknowledged.length >= ANSWERED, 'some were acknowledged')
      assert.ok(acknowledged.length < AT_ONCE, 'and some were not')

      const service = await place.start()
      const promised = new Map(acknowledged.map((ask) => [ask, ask.caseId]))
      for (const ask of all) {
        const { status, body } = await send(service.url, ask)
        assert.equal(status, 200, JSON.stringify(body))
        if (promised.has(ask)) assert.equal(ask.caseId, promised.get(ask), 'the first answer again')
      }
      assert.equal(await service.stop(), 0)

      const settled = await place.settle()
      assert.equal(settled.cases, all.length)
      for (const ask of all) assert.deepEqual(settled.casesOf(ask), [ask.caseId], ask.title)
      const told = all.map((ask) => settled.noticesOf(ask.caseId ?? ''))
      assert.deepEqual(new Set(told), new Set([1]), 'the officer is told of each case once')
      assert.deepEqual(settled.jobsLeft, [])
      assert.deepEqual(settled.findings, [])
    })
  })
}

/** Sends them all at once and kills the service when so many have been answered. */
async function sendUntilDeath(service: Running, some: readonly Ask[]): Promise<void> {
  let answered = 0
  let dying: Promise<void> | undefined
  await Promise.all(
    some.map(async (ask) => {
      try {
        const { status } = await send(service.url, ask)
        if (status === 200) answered += 1
        if (answered >= ANSWERED) dying ??= service.kill()
      } catch {
        // The connection died with the service: whether the case exists is not known.
      }
    }),
  )
  await dying
}
