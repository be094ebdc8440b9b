/** The machine loses its power: what was acknowledged is there, and nothing is there twice. */
import assert from 'node:assert/strict'
import { databaseNames, databases } from '../databases.js'
import { type Ask, asks, send } from './asking.js'
import { type Ground, ground } from './ground.js'
import type { Running } from './running.js'

const ROUNDS = 2
const AT_ONCE = 120

for (const database of databaseNames) {
  describe(`kill -9 in the middle of ${AT_ONCE} concurrent submits, ${database}`, function () {
    this.timeout(300_000)
    let place: Ground

    before(async () => {
      place = await ground(await databases[database]?.())
    })
    after(() => place.end())

    it(`keeps every acknowledged case once, and what follows happens once, in ${ROUNDS} rounds`, async () => {
      const all: Ask[] = []
      let service = await place.start()
      for (let round = 1; round <= ROUNDS; round += 1) {
        const some = asks(place.tokens, AT_ONCE)
        all.push(...some)
        await sendUntilDeath(service, some, round * 25)
        const acknowledged = some.filter((ask) => ask.caseId !== undefined)
        assert.ok(acknowledged.length >= round * 25, 'some were acknowledged')
        assert.ok(acknowledged.length < AT_ONCE, 'and some were not')

        service = await place.start()
        const promised = new Map(acknowledged.map((ask) => [ask, ask.caseId]))
        for (const ask of some) {
          const { status, body } = await send(service.url, ask)
          assert.equal(status, 200, JSON.stringify(body))
          if (promised.has(ask)) assert.equal(ask.caseId, promised.get(ask), 'the first answer again')
        }
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
async function sendUntilDeath(service: Running, some: readonly Ask[], answers: number): Promise<void> {
  let answered = 0
  let dying: Promise<void> | undefined
  await Promise.all(
    some.map(async (ask) => {
      try {
        const { status } = await send(service.url, ask)
        if (status === 200) answered += 1
        if (answered >= answers) dying ??= service.kill()
      } catch {
        // The connection died with the service: whether the case exists is not known.
      }
    }),
  )
  await dying
}
