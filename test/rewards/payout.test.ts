/** Transfers by WeChat Pay: sent once, followed to their end, whatever WeChat does; the switch, the limits, the day's books. */
import assert from 'node:assert/strict'
import { change } from '../../src/audit/trail.js'
import { MoneyEntry } from '../../src/rewards/books/moneyEntry.js'
import { Payout } from '../../src/rewards/payout/payout.js'
import { RewardRules, RULES_ID } from '../../src/rewards/rules/rewardRules.js'
import type { RewardLevel } from '../../src/rewards/words.js'
import type { PaySandbox } from '../../src/wechat/sandbox/pay/start.js'
import { databaseNames } from '../databases.js'
import { write } from '../factories.js'
import { Refused, type World, world } from '../world.js'
import { AMOUNTS, approved, concludedTip, type Informer, informer, type Scene, scene } from './stage.js'

const START = '2026-11-23T10:00:00+08:00'

for (const database of databaseNames) {
  describe(`payouts, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let s: Scene
    let pay: PaySandbox

    before(async () => {
      w = await world(database, { at: START })
      s = await scene(w, { dailyTotalFen: 100_000_000, dailyCount: 1000, perPersonDailyFen: 100_000_000 })
      if (!w.service.paySandbox) throw new Error('there is no sandbox of WeChat Pay')
      pay = w.service.paySandbox
    })
    after(() => w.stop())
    afterEach(() => pay.clearTrouble())

    interface Case {
      by: Informer
      id: string
      outBillNo: string
      number: string
      claim(): Promise<string>
      mine(): ReturnType<typeof check>
    }
    const check = (by: Informer, number: string) => by.caller.call('reward.checkPayment', { number })

    const ready = async (level: RewardLevel = 'general', by?: Informer): Promise<Case> => {
      const who = by ?? (await informer(w))
      const tip = await concludedTip(w, { by: who, enforcer: s.enforcer })
      const { id } = await approved(s, tip.id, level)
      const { number } = tip
      return {
        by: who,
        id,
        number,
        outBillNo: id.replaceAll('-', ''),
        claim: async () => (await who.caller.call('reward.claim', { number, channel: 'wechat' })).state,
        mine: () => check(who, number),
      }
    }
    const later = (seconds: number) => w.turnTo(new Date(w.now().getTime() + seconds * 1000).toISOString())
    /** Time goes on for so many seconds, and what is due is done. */
    const wait = async (seconds: number) => {
      later(seconds)
      await w.drainJobs()
      await pay.settle()
      await w.drainJobs()
    }
    const shown = (id: string) => s.handler.caller.call('reward.read', { id })
    const received = (one: Case) => pay.payments.filter(({ outBillNo }) => outBillNo === one.outBillNo)
    const creates = () => pay.calls.filter((name) => name === 'create').length
    const confirm = async (one: Case) => {
      const { payment } = await one.mine()
      assert.ok(payment?.transfer, `nothing to confirm: ${payment?.state}`)
      assert.ok(pay.confirm(payment.transfer.package, one.by.openid))
    }
    const setRules = (fields: Partial<RewardRules>) =>
      write(w, async (db) => change(db, RewardRules, await db.findOneByOrFail(RewardRules, { id: RULES_ID }), fields))
    const booked = async (one: Case) =>
      (await w.service.house.ds.manager.find(MoneyEntry, { where: { rewardId: one.id }, order: { seq: 'ASC' } })).map(
        ({ kind, amountFen }) => [kind, amountFen],
      )
    const paidOnce = [
      ['reserved', AMOUNTS.general],
      ['paid', AMOUNTS.general],
    ]

    it('sent, confirmed on the phone, told of by WeChat, and booked: success on the phone alone is no payment', async () => {
      const one = await ready()
      assert.equal(await one.claim(), 'paying')
      assert.equal((await one.mine()).payment?.state, 'NEW')
      await w.drainJobs()
      const view = await one.mine()
      assert.equal(view.payment?.state, 'WAIT_USER_CONFIRM')
      assert.deepEqual([view.payment?.transfer?.mchId, view.state], [pay.mchId, 'paying'])
      assert.equal((await shown(one.id)).payout?.state, 'WAIT_USER_CONFIRM')
      // The sandbox ends it by itself, and tells of it when the clock is turned.
      pay.setNoticeTrouble({ outBillNo: one.outBillNo, fault: 'late', lateMs: 1000 })
      await confirm(one)
      await pay.settle()
      assert.equal((await one.mine()).state, 'paying')
      later(1)
      await pay.settle()
      assert.equal((await one.mine()).state, 'paid')
      assert.equal(pay.heard(one.outBillNo), 1)
      assert.deepEqual(await booked(one), paidOnce)
      assert.equal(received(one).length, 1)
      await assert.rejects(one.claim(), Refused)
    })

    it('accepted, but answered 500, cut off or with a signature that does not hold: asked, and never sent under another number', async () => {
      const faults = [
        { kind: 'error', status: 500, code: 'SYSTEM_ERROR' },
        { kind: 'cut' },
        { kind: 'forged' },
        { kind: 'unsigned' },
        { kind: 'reply', status: 502, text: '<html>' },
      ] as const
      for (const fault of faults) {
        const one = await ready()
        pay.setTrouble({ on: 'create', fault, when: 'after', times: 1 })
        await one.claim()
        await w.drainJobs()
        assert.equal((await shown(one.id)).payout?.state, 'NEW', fault.kind)
        await wait(5)
        await wait(10)
        assert.equal((await shown(one.id)).payout?.state, 'WAIT_USER_CONFIRM', fault.kind)
        await confirm(one)
        await wait(1)
        assert.equal((await shown(one.id)).state, 'paid', fault.kind)
        assert.deepEqual([received(one).length, await booked(one)], [1, paidOnce])
      }
    })

    it('never arrived: asked first, then sent again under the same number', async () => {
      const one = await ready()
      pay.setTrouble({ on: 'create', fault: { kind: 'cut' }, when: 'before', times: 1 })
      await one.claim()
      await w.drainJobs()
      assert.equal(pay.bills.has(one.outBillNo), false)
      const calls = pay.calls.length
      await wait(5)
      const [first, second] = pay.calls.slice(calls)
      assert.deepEqual([first, second], ['query', 'create'])
      await confirm(one)
      await wait(1)
      assert.deepEqual([received(one).length, (await shown(one.id)).state], [1, 'paid'])
    })

    it('goes on where every notice is lost: by looking', async () => {
      const one = await ready()
      pay.setNoticeTrouble({ outBillNo: one.outBillNo, fault: 'late', lateMs: 3_600_000 })
      await one.claim()
      await w.drainJobs()
      await confirm(one)
      await w.drainJobs()
      assert.equal((await shown(one.id)).state, 'paid')
    })

    it('waits for money, says so, and goes on once there is some', async () => {
      const one = await ready()
      const two = await ready()
      pay.setTrouble({ on: 'create', fault: { kind: 'error', status: 403, code: 'NOT_ENOUGH' }, times: 2 })
      await one.claim()
      await w.drainJobs()
      assert.match((await shown(one.id)).trouble ?? '', /余额不足/)
      await wait(1900)
      await two.claim()
      await wait(1900)
      for (const each of [one, two]) {
        assert.equal((await shown(each.id)).payout?.state, 'WAIT_USER_CONFIRM')
        assert.equal((await shown(each.id)).trouble, null)
      }
    })

    it('from 2,000 yuan on WeChat compares the name; where it differs only the bank is left, with a new term', async () => {
      const one = await ready('large')
      pay.setRealName(one.by.openid, '李四')
      await one.claim()
      await w.drainJobs()
      assert.equal(pay.bills.get(one.outBillNo)?.userName, '王小明')
      await confirm(one)
      await wait(1)
      const view = await one.mine()
      assert.deepEqual([view.state, view.channels, view.needsRealName], ['approved', ['bank'], true])
      assert.match(view.payment?.trouble ?? '', /姓名和您?举报时填的不一样|姓名和举报时填的不一样/)
      assert.match((await shown(one.id)).trouble ?? '', /姓名/)
      const bank = { account: '6222020200112233445', bankName: '工商银行沈阳分行' }
      await assert.rejects(one.claim(), Refused)
      const { state } = await one.by.caller.call('reward.claim', { number: one.number, channel: 'bank', bank })
      assert.equal(state, 'bank')
      assert.deepEqual([received(one).length, await booked(one)], [0, [['reserved', AMOUNTS.large]]])
    })

    it('not confirmed within 24 hours: closed by WeChat, and paid by the bank alone', async () => {
      const one = await ready()
      await one.claim()
      await w.drainJobs()
      await wait(24 * 3600 + 1800)
      const view = await one.mine()
      assert.deepEqual([view.state, view.channels], ['approved', ['bank']])
      assert.match(view.payment?.trouble ?? '', /24小时/)
    })

    it('is taken back by the handler while nobody has confirmed; afterwards not', async () => {
      const one = await ready()
      await one.claim()
      await w.drainJobs()
      await s.handler.caller.call('reward.cancelPayout', { id: one.id, reason: '本人要求改走银行。' })
      await wait(5)
      await wait(10)
      assert.deepEqual([(await shown(one.id)).payout?.state, (await shown(one.id)).state], ['CANCELLED', 'approved'])
      const two = await ready()
      await two.claim()
      await w.drainJobs()
      await confirm(two)
      await wait(1)
      const { status } = await s.handler.caller.try('reward.cancelPayout', { id: two.id, reason: '太晚了' })
      assert.deepEqual([status, received(two).length], [409, 1])
    })

    it('taken back while nobody knows whether it arrived: closed only when it cannot arrive any more', async () => {
      const one = await ready()
      pay.setTrouble({ on: 'create', fault: { kind: 'cut' }, when: 'before', times: 1 })
      await one.claim()
      await w.drainJobs()
      await s.handler.caller.call('reward.cancelPayout', { id: one.id, reason: '本人要求改走银行。' })
      await wait(60)
      assert.equal((await shown(one.id)).state, 'paying')
      for (let n = 0; n < 5; n += 1) await wait(600)
      assert.equal((await shown(one.id)).state, 'approved')
      assert.equal(pay.bills.has(one.outBillNo), false)
    })

    it('stopped, nothing is sent and nothing more is sent again; resumed, it goes on by itself', async () => {
      const one = await ready()
      await s.handler.caller.call('payout.stop', { reason: '账户异常，先停。' })
      const before = creates()
      await one.claim()
      await w.drainJobs()
      await wait(3600)
      assert.equal(creates(), before)
      assert.match((await shown(one.id)).trouble ?? '', /已停止/)
      assert.match((await one.mine()).trouble ?? '', /暂时停了.*不用再点/)
      assert.equal((await s.handler.caller.try('payout.resume', { reason: '好了' })).status, 403)
      const status = await s.supervisor.caller.call('payout.status', {})
      assert.deepEqual([status.isStopped, status.reason, status.can], [true, '账户异常，先停。', ['payout.resume']])
      await s.supervisor.caller.call('payout.resume', { reason: '已核对。' })
      await w.drainJobs()
      assert.equal((await shown(one.id)).payout?.state, 'WAIT_USER_CONFIRM')
      assert.equal((await one.mine()).trouble, null)
    })

    it('beyond the limits of a day it waits for the next: in all, by number, and by person', async () => {
      later(86_400)
      const by = await informer(w)
      // One sentence for all three: the limit of a person would tell which rewards are the same person's.
      const sentence = /今天的发放额度到了上限/
      const trial = async (fields: Partial<RewardRules>, who?: Informer) => {
        const one = await ready('general', who)
        await setRules(fields)
        await one.claim()
        await w.drainJobs()
        assert.match((await shown(one.id)).trouble ?? '', sentence)
        assert.equal(pay.bills.has(one.outBillNo), false)
        return one
      }
      const first = await ready('general', by)
      await first.claim()
      await w.drainJobs()
      const held = [
        await trial({ perPersonDailyFen: AMOUNTS.general }, by),
        await trial({ dailyCount: 1 }),
        await trial({ dailyTotalFen: AMOUNTS.general, dailyCount: 1000 }),
      ]
      const { today } = await s.handler.caller.call('payout.status', {})
      assert.deepEqual(today, { fen: AMOUNTS.general, count: 1 })
      await setRules({ dailyTotalFen: 100_000_000, dailyCount: 1000 })
      await wait(86_400)
      for (const one of held) assert.equal((await shown(one.id)).payout?.state, 'WAIT_USER_CONFIRM')
      await setRules({ perPersonDailyFen: 100_000_000 })
    })

    it('what no limit lets through is not offered', async () => {
      const one = await ready()
      await setRules({ perPersonDailyFen: AMOUNTS.general - 1 })
      await assert.rejects(one.claim(), /请选银行转账/)
      assert.deepEqual((await one.by.caller.call('reward.checkPayment', { number: one.number })).channels, ['bank'])
      await setRules({ perPersonDailyFen: 100_000_000 })
    })

    it('tells staff when the account runs low, once', async () => {
      await setRules({ lowBalanceFen: 1_000_000_000 })
      await wait(1900)
      await wait(1900)
      const [ours, theirs] = await Promise.all(
        [s.handler, s.approver].map(({ caller }) => caller.call('payout.status', {})),
      )
      assert.deepEqual([ours?.isLow, ours?.balanceFen], [true, pay.balanceFen()])
      assert.deepEqual([theirs?.isLow, theirs?.balanceFen], [true, null])
      const { items } = await s.approver.caller.call('notice.list', { limit: 100 })
      assert.equal(items.filter(({ title }) => title.includes('低于提醒线')).length, 1)
      await setRules({ lowBalanceFen: 0 })
    })

    it('the day is reconciled: equal with WeChat and its bill, and what was done to our books is found out', async () => {
      // What the other tests left waiting ends before.
      w.turnTo('2026-12-09T09:00:00+08:00')
      await wait(60)
      w.turnTo('2026-12-10T09:00:00+08:00')
      const good = await ready()
      const bad = await ready()
      for (const one of [good, bad]) {
        await one.claim()
        await w.drainJobs()
        await confirm(one)
        await wait(1)
        assert.equal((await shown(one.id)).state, 'paid')
      }
      w.turnTo('2026-12-11T10:40:00+08:00')
      await w.drainJobs()
      const list = await s.supervisor.caller.call('reconciliation.list', {})
      const day = list.items.find(({ on }) => on === '2026-12-10')
      assert.deepEqual([day?.bills, day?.differences, day?.isEqual], [2, 0, true])
      assert.deepEqual([day?.oursFen, day?.theirsFen], [2 * AMOUNTS.general, 2 * AMOUNTS.general])

      w.turnTo('2026-12-12T09:00:00+08:00')
      const lost = await ready()
      await lost.claim()
      await w.drainJobs()
      await confirm(lost)
      await wait(1)
      // Somebody's hand in the tables.
      const { manager } = w.service.house.ds
      await manager.delete(MoneyEntry, { rewardId: lost.id, kind: 'paid' })
      await manager.update(Payout, { id: lost.id }, { state: 'FAIL' })
      w.turnTo('2026-12-13T10:40:00+08:00')
      await w.drainJobs()
      const { items } = await s.supervisor.caller.call('reconciliation.list', { onlyDifferent: true })
      const different = items.find(({ on }) => on === '2026-12-12')
      assert.ok(different && different.differences > 0 && !different.isEqual)
      const read = await s.approver.caller.call('reconciliation.read', { id: different.id })
      const line = read.lines.find(({ key }) => key === `bill:${lost.id}`)
      assert.deepEqual([line?.ours, line?.theirs], ['转账失败', '已到账'])
      const settling = { id: different.id, key: line?.key ?? '', note: '被人改过，已恢复。' }
      assert.deepEqual(await s.approver.caller.call('reconciliation.settle', settling), { ok: true })
      assert.equal((await s.approver.caller.try('reconciliation.settle', settling)).status, 409)
      const after = await s.approver.caller.call('reconciliation.read', { id: different.id })
      assert.equal(after.lines.find(({ key }) => key === line?.key)?.note, '被人改过，已恢复。')
    })
  })
}
