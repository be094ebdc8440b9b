/** POST /wechat/pay/notify: what is not WeChat's word on a transfer of ours is refused as WeChat demands, and changes nothing. */
import assert from 'node:assert/strict'
import { PayNoticeTaken } from '../../src/rewards/payout/payout.js'
import type { PaySandbox, SandboxBill } from '../../src/wechat/sandbox/pay/start.js'
import { startPaySandbox } from '../../src/wechat/sandbox/pay/start.js'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'
import { approved, concludedTip, informer, type Scene, scene } from './stage.js'

const FAILED = { code: 'FAIL', message: '失败' }

for (const database of databaseNames) {
  describe(`notices of WeChat Pay, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let s: Scene
    let pay: PaySandbox

    before(async () => {
      w = await world(database)
      s = await scene(w)
      if (!w.service.paySandbox) throw new Error('there is no sandbox of WeChat Pay')
      pay = w.service.paySandbox
    })
    after(() => w.stop())

    /** A transfer that waits to be confirmed. */
    const waiting = async () => {
      const by = await informer(w)
      const tip = await concludedTip(w, { by, enforcer: s.enforcer })
      const { id } = await approved(s, tip.id)
      await by.caller.call('reward.claim', { number: tip.number, channel: 'wechat' })
      await w.drainJobs()
      return { id, outBillNo: id.replaceAll('-', '') }
    }
    const state = async (id: string) => (await s.handler.caller.call('reward.read', { id })).state
    const send = async ({ headers, body }: { headers: Record<string, string>; body: string }) => {
      const answer = await w.http.post('/wechat/pay/notify', body, {
        headers,
        transformRequest: (data: string) => data,
      })
      return { status: answer.status, body: answer.data as unknown }
    }
    const success = { state: 'SUCCESS', failReason: null } as const satisfies Partial<SandboxBill>
    const taken = () => w.service.house.ds.manager.count(PayNoticeTaken)

    it('forged, altered, stale, unsigned or empty: 401 and FAIL, nothing changed', async () => {
      const { id, outBillNo } = await waiting()
      const before = await taken()
      const good = await pay.craftNotice(outBillNo, success)
      const { 'Wechatpay-Signature': _, ...unsigned } = good.headers
      const bad = [
        await pay.craftNotice(outBillNo, success, 'forged'),
        await pay.craftNotice(outBillNo, success, 'altered'),
        await pay.craftNotice(outBillNo, success, 'stale'),
        { headers: unsigned, body: good.body },
        { headers: good.headers, body: '' },
        { headers: good.headers, body: `${good.body} ` },
        { headers: { ...good.headers, 'Wechatpay-Serial': 'FFFF' }, body: good.body },
      ]
      for (const [index, notice] of bad.entries()) {
        const { status, body } = await send(notice)
        assert.deepEqual([status, body], [401, FAILED], `notice ${index}`)
      }
      // A true one, but by the clock of ten minutes later.
      const at = w.now().toISOString()
      w.turnTo(new Date(w.now().getTime() + 600_000).toISOString())
      assert.equal((await send(good)).status, 401)
      w.turnTo(at)
      assert.deepEqual([await state(id), await taken()], ['paying', before])
    })

    it("another merchant's, another amount's, or of a number that is not ours: 400 and FAIL, nothing changed", async () => {
      const { id, outBillNo } = await waiting()
      const before = await taken()
      const stranger = await startPaySandbox({
        appId: pay.appId,
        mchId: '1900000555',
        keys: pay.keys,
        isAutomatic: false,
        now: () => w.now(),
      })
      try {
        const bill = pay.bills.get(outBillNo)
        assert.ok(bill)
        ;(stranger.bills as Map<string, SandboxBill>).set(outBillNo, bill)
        const bad = [
          await stranger.craftNotice(outBillNo, success),
          await pay.craftNotice(outBillNo, { ...success, amountFen: bill.amountFen + 1 }),
          await pay.craftNotice(outBillNo, { ...success, outBillNo: 'f'.repeat(32) }),
        ]
        for (const [index, notice] of bad.entries()) {
          const { status, body } = await send(notice)
          assert.deepEqual([status, body], [400, FAILED], `notice ${index}`)
        }
      } finally {
        await stranger.stop()
      }
      assert.deepEqual([await state(id), await taken()], ['paying', before])
    })

    it('taken once: the same again, also at the same moment, is answered as taken and changes nothing', async () => {
      const { id, outBillNo } = await waiting()
      const notice = await pay.craftNotice(outBillNo, success)
      const answers = await Promise.all(Array.from({ length: 5 }, () => send(notice)))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]))
      const { version } = await s.handler.caller.call('reward.read', { id })
      assert.equal((await send(notice)).status, 204)
      assert.equal((await s.handler.caller.call('reward.read', { id })).version, version)
      const entries = await s.handler.caller.call('money.list', { kind: 'paid', limit: 100 })
      assert.equal(entries.items.filter(({ rewardId }) => rewardId === id).length, 1)
    })

    it('an old one after the end is heard and changes nothing; another end is found out and shown', async () => {
      const { id, outBillNo } = await waiting()
      assert.equal((await send(await pay.craftNotice(outBillNo, success))).status, 204)
      assert.equal((await send(await pay.craftNotice(outBillNo, { state: 'TRANSFERING' }))).status, 204)
      assert.equal((await s.handler.caller.call('reward.read', { id })).trouble, null)
      const failed = { state: 'FAIL', failReason: 'ACCOUNT_FROZEN' } as const
      assert.equal((await send(await pay.craftNotice(outBillNo, failed))).status, 204)
      const view = await s.handler.caller.call('reward.read', { id })
      assert.equal(view.state, 'paid')
      assert.match(view.trouble ?? '', /前后说的结果不一样/)
    })

    it('of what was never sent is refused', async () => {
      const { outBillNo: sent } = await waiting()
      await s.handler.caller.call('payout.stop', { reason: '先停。' })
      const { id, outBillNo } = await waiting()
      assert.equal(pay.bills.has(outBillNo), false)
      const { status } = await send(await pay.craftNotice(sent, { ...success, outBillNo }))
      assert.deepEqual([status, await state(id)], [400, 'paying'])
      await s.supervisor.caller.call('payout.resume', { reason: '好了。' })
    })
  })
}
