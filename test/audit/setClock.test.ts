/** Somebody sets the clock of the machine, ahead or back, while the service runs. */
import assert from 'node:assert/strict'
import { Job } from '../../src/audit/job.js'
import { enqueue, lease } from '../../src/audit/queue.js'
import { bringBack, watchClock } from '../../src/audit/setClock.js'
import { workOnce } from '../../src/audit/worker.js'
import { transact } from '../../src/database/transaction.js'
import { timetable } from '../../src/jobs.js'
import { databaseNames } from '../databases.js'
import { staff } from '../factories.js'
import { type World, world } from '../world.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TEN = '2026-11-23T10:00:00+08:00'

describe('a clock held against one that nobody can set', () => {
  const watched = () => {
    let [wall, steady] = [Date.parse(TEN), 5000]
    const watch = watchClock(
      () => new Date(wall),
      () => steady,
    )
    return {
      watch,
      /** Time goes on; the clock shows that, and what it is set by. */
      pass(ms: number, setBy = 0) {
        steady += ms
        wall += ms + setBy
      },
    }
  }

  it('is not noticed while it goes on as it should, or is put right by seconds', () => {
    const { watch, pass } = watched()
    pass(3 * HOUR)
    assert.equal(watch.setBy(), 0)
    pass(MINUTE, 40_000)
    assert.equal(watch.setBy(), 0)
    assert.equal(watch.isTrusted(), true)
  })

  it('is noticed once, and not trusted for five minutes, when it leaps ahead', () => {
    const { watch, pass } = watched()
    pass(1000, 3 * HOUR)
    assert.equal(watch.setBy(), 3 * HOUR)
    assert.equal(watch.setBy(), 0)
    assert.equal(watch.isTrusted(), false)
    pass(5 * MINUTE - 1)
    assert.equal(watch.isTrusted(), false)
    pass(1)
    assert.equal(watch.isTrusted(), true)
  })

  it('is trusted again at once when it is put back', () => {
    const { watch, pass } = watched()
    pass(1000, 48 * HOUR)
    watch.setBy()
    pass(1000, -48 * HOUR)
    assert.equal(watch.setBy(), -48 * HOUR)
    assert.equal(watch.isTrusted(), true)
  })

  it('is looked after twice a minute, and after it was set not before leases have been renewed', () => {
    const { watch, pass } = watched()
    assert.equal(watch.isRecallDue(), false)
    pass(30_000)
    assert.equal(watch.isRecallDue(), true)
    assert.equal(watch.isRecallDue(), false)
    pass(29_000, -3 * HOUR)
    watch.setBy()
    pass(29_000)
    assert.equal(watch.isRecallDue(), false)
    pass(1000)
    assert.equal(watch.isRecallDue(), true)
  })
})

for (const database of databaseNames) {
  describe(`a clock put back by three hours, ${database}`, function () {
    this.timeout(60_000)
    let w: World
    before(async () => {
      w = await world(database, { at: TEN })
    })
    after(() => w.stop())

    const kind = 'house.cutLog'
    const jobsNow = () => w.service.house.ds.manager.find(Job, { where: { kind }, order: { id: 'ASC' } })
    const write = (dueInMs: number) => {
      const now = w.now()
      const dueAt = new Date(now.getTime() + dueInMs)
      return transact(w.service.house.ds, (db) => enqueue(db, [{ kind, payload: {}, dueAt }], now))
    }

    it('jobs written, put off or taken while it was ahead are done soon, those of this hour when they are due', async () => {
      const { ds } = w.service.house
      await w.drainJobs()
      await write(0)
      w.turnTo('2026-11-23T13:00:00+08:00')
      // Its worker dies with it.
      assert.equal((await lease(ds, w.now(), 1)).length, 1)
      await write(0)
      await write(10 * MINUTE)
      w.turnTo('2026-11-23T10:01:00+08:00')
      await write(10 * MINUTE)
      assert.equal(await workOnce(w.service.house), 0, 'nothing is due')

      assert.equal(await bringBack(ds, w.now()), 3)
      assert.equal(await bringBack(ds, w.now()), 0)
      await w.drainJobs()
      assert.deepEqual(
        (await jobsNow()).map(({ state, attempts }) => `${state} ${attempts}`),
        ['done 2', 'done 1', 'done 1', 'ready 0'],
      )
      w.turnTo('2026-11-23T10:11:00+08:00')
      await w.drainJobs()
      assert.deepEqual(new Set((await jobsNow()).map(({ state }) => state)), new Set(['done']))
    })

    it('what the timetable has done it does not do again', async () => {
      w.turnTo('2026-11-24T10:00:00+08:00')
      await w.drainJobs()
      // What comes every half hour has one for 7:00 too, which nobody had been there to write.
      const daily = new Set(timetable.flatMap(({ kind, at }) => (typeof at === 'string' ? [kind] : [])))
      const slots = async () =>
        (await w.service.house.ds.query(`SELECT kind FROM job WHERE uniqueKey LIKE '%@2026%'`)).filter(
          ({ kind }: { kind: string }) => daily.has(kind),
        ).length
      const before = await slots()
      w.turnTo('2026-11-24T07:00:00+08:00')
      await w.drainJobs()
      w.turnTo('2026-11-24T10:00:00+08:00')
      await w.drainJobs()
      assert.equal(await slots(), before)
    })

    it('a case tells its story in the order in which it happened, and its clock reads it so', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      w.turnTo('2026-11-26T13:00:00+08:00')
      const asker = await w.as('asker')
      const { id, version } = await asker.call('case.submit', {
        category: 'procedure',
        title: '报告表要准备什么',
        text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？',
        districtCode: '210106',
      })
      w.turnTo('2026-11-24T10:00:00+08:00')
      const signed = await officer.caller.call('case.sign', { id, version })
      const asked = await officer.caller.call('case.askMore', { id, version: signed.version, text: '请补充厂址' })
      assert.equal(asked.clock.isPaused, true)
      const supplied = await asker.call('case.supply', { id, version: asked.version, text: '铁西区某路1号' })
      assert.equal(supplied.clock.isPaused, false)
      assert.equal(supplied.clock.startedOn, '2026-11-26')
      assert.equal(supplied.clock.dueOn, asked.clock.dueOn)
      const answered = await officer.caller.call('case.answer', { id, version: supplied.version, text: '请准备报告表' })
      assert.equal(answered.state, 'answered')
      assert.deepEqual(
        answered.timeline.map(({ verb }) => verb),
        ['case.submit', 'case.sign', 'case.askMore', 'case.supply', 'case.answer'],
      )
    })
  })
}
