/** A job that a newer program wrote, met by this one during an upgrade. */
import assert from 'node:assert/strict'
import { Job } from '../../src/audit/job.js'
import { enqueue } from '../../src/audit/queue.js'
import { transact } from '../../src/database/transaction.js'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`a job of a kind that this program does not know, ${database}`, function () {
    this.timeout(60_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('is put back once and then left to those who know it, and nothing waits behind it', async () => {
      const { ds } = w.service.house
      await w.drainJobs()
      const kinds = [...Array.from({ length: 6 }, () => 'tomorrow.work'), 'house.cutLog']
      await transact(ds, (db) =>
        enqueue(
          db,
          kinds.map((kind) => ({ kind, payload: {} })),
          w.now(),
        ),
      )
      const found = async () =>
        (await ds.manager.find(Job, { where: { state: 'ready' } })).map(({ kind, attempts }) => `${kind} ${attempts}`)
      await w.drainJobs()
      const after = await found()
      assert.equal(after.length, 6, 'the one that is known is done')
      assert.ok(after.every((one) => one.startsWith('tomorrow.work')))
      w.turnTo('2026-11-23T11:30:00+08:00')
      await w.drainJobs()
      assert.deepEqual(await found(), after)
    })
  })
}
