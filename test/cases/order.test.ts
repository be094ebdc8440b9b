/** Two act on one case at the same moment: what is shown and counted follows the order in which they took effect. */
import assert from 'node:assert/strict'
import { HelpCase } from '../../src/cases/helpCase.js'
import { forUpdate, transact } from '../../src/database/transaction.js'
import { databaseNames } from '../databases.js'
import { at, type Stage, stage } from './stage.js'

const DAY = '2026-11-23'

for (const database of databaseNames) {
  describe(`the order of what happens to a case, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at(DAY)))
    after(() => s.w.stop())

    it('whoever waited for another comes after them, also by the clock', async () => {
      const { id } = await s.signed()
      let noting: Promise<unknown> | undefined
      await transact(s.w.service.house.ds, async (db) => {
        await db.findOneOrFail(HelpCase, { where: { id }, lock: forUpdate(db) })
        const isWaiting = arrived(s)
        noting = s.asker.call('case.supply', { id, text: '已补充' })
        await isWaiting
        s.w.turnTo(at(DAY, '12:01'))
      })
      await noting
      const { timeline } = await s.asker.call('case.read', { id })
      assert.equal(timeline.at(-1)?.at, '2026-11-23T12:01:00.000+08:00')
    })

    it('a supply ends the wait, by however little the clock of its machine is behind', async () => {
      const { id } = await s.signed()
      await s.officer.caller.call('case.askMore', { id, text: '请补充平面图' })
      s.w.turnTo('2026-11-23T11:59:59+08:00')
      const { state, clock } = await s.asker.call('case.supply', { id, text: '已补充' })
      assert.deepEqual([state, clock.isPaused], ['handling', false])
    })

    it('a reopened case runs, by however little the clock of its machine is behind', async () => {
      const { id } = await s.answered()
      s.w.turnTo('2026-11-23T11:59:59+08:00')
      await s.asker.call('case.reopen', { id, text: '还有一个问题' })
      s.w.turnTo(at('2026-12-01'))
      const { clock } = await s.asker.call('case.read', { id })
      assert.deepEqual([clock.dueOn, clock.isOverdue], ['2026-11-30', true])
    })
  })
}

/** Resolves once the service has received the next request. */
const arrived = ({ w }: Stage) =>
  new Promise<void>((resolve) => {
    const { house } = w.service
    const { now } = house
    house.now = () => {
      house.now = now
      setTimeout(resolve, 100)
      return now()
    }
  })
