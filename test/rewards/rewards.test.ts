/** A reward from its recognition to the bank: who may say yes, what stands in the way, and what the books say. */
import assert from 'node:assert/strict'
import { readXlsx } from 'hucre/xlsx'
import { databaseNames } from '../databases.js'
import { exported } from '../excel/sending.js'
import { staff, write } from '../factories.js'
import { Refused, type World, world } from '../world.js'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { change } from '../../src/audit/trail.js'
import { IdempotencyRecord } from '../../src/http/idempotencyRecord.js'
import { Reward } from '../../src/rewards/reward.js'
import { RewardRules, RULES_ID } from '../../src/rewards/rules/rewardRules.js'
import type { RewardState } from '../../src/rewards/words.js'
import { forgetInformer, identityOf } from '../../src/tips/informers/store.js'
import type { Tip } from '../../src/tips/tip.js'
import { words } from '../../src/words/words.js'
import { AMOUNTS, approved, concludedTip, type Informer, informer, type Scene, scene } from './stage.js'

const BANK = { account: '6222020200112233445', bankName: '工商银行沈阳分行' }

/** The sentence of a refusal. */
async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refused) return error.problem.errors[0]?.message ?? error.problem.title
    throw error
  }
  throw new Error('it was not refused')
}

for (const database of databaseNames) {
  describe(`rewards, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let s: Scene
    let by: Informer

    before(async () => {
      w = await world(database)
      s = await scene(w)
      by = await informer(w)
    })
    after(() => w.stop())

    const tip = (fields: Partial<Tip> = {}) => concludedTip(w, { by, enforcer: s.enforcer, fields })
    const propose = (tipId: string) =>
      s.handler.caller.call('reward.propose', { tipId, level: 'general', reason: '举报属实，首报。' })
    const sums = () => s.supervisor.caller.call('money.totals', {})

    it('is recognised only on a tip found true, by name, wanted, and told first: the list says why, and so does the refusal', async () => {
      const first = await tip()
      const cases: [string, Partial<Tip>][] = [
        ['还没有办结', { state: 'verified' }],
        ['只有查证属实', { finding: 'false' }],
        ['没有留下举报人', { isNamed: false }],
        ['没有申请奖励', { wantsReward: false }],
        [`先举报（${first.number}）`, { sameMatterId: first.id }],
      ]
      const tips = await Promise.all(cases.map(([, fields]) => tip(fields)))
      const gone = await tip()
      await write(w, (db) => forgetInformer(db, w.service.house.know, gone.id))
      const { items } = await s.handler.caller.call('reward.candidates', { limit: 100 })
      const said = new Map(items.map(({ tipId, obstacle }) => [tipId, obstacle]))
      for (const [index, [sentence]] of cases.entries()) {
        const { id } = tips[index] as Tip
        const title = await refused(propose(id))
        assert.ok(title.includes(sentence), title)
        const listed = said.get(id)
        if (listed !== undefined) assert.equal(listed, title)
      }
      assert.ok((await refused(propose(gone.id))).includes('已经删除'))
      assert.equal(said.get(first.id), null)
      const { state, amountFen } = await propose(first.id)
      assert.deepEqual([state, amountFen], ['proposed', AMOUNTS.general])
      assert.ok((await refused(propose(first.id))).includes('已经认定过'))
    })

    it('is recognised once, however many hands do it at the same moment', async () => {
      const { id } = await tip()
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => propose(id)))
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    })

    it('needs an amount that somebody has set', async () => {
      const { id } = await tip()
      const withMajor = (amountFen: number | null) =>
        write(w, async (db) => {
          const rules = await db.findOneByOrFail(RewardRules, { id: RULES_ID })
          const levels = rules.levels.map((one) => (one.level === 'major' ? { ...one, amountFen } : one))
          await change(db, RewardRules, rules, { levels })
        })
      await withMajor(null)
      const proposal = { tipId: id, level: 'major' as const, reason: '举报属实。' }
      assert.match(await refused(s.handler.caller.call('reward.propose', proposal)), /金额还没有定/)
      await withMajor(AMOUNTS.major)
      assert.equal((await s.handler.caller.call('reward.propose', proposal)).amountFen, AMOUNTS.major)
    })

    it('is agreed to by two persons who had no part in it, in whatever posts', async () => {
      const { id: tipId } = await tip()
      // The proposer, and the enforcer, each with an approver's post of their own besides.
      const two = { role: 'rewardHandler' as const, unitId: 'enforcement', as: 'two-posts' }
      const proposer = await staff(w, two)
      const proposerToo = await staff(w, { ...two, role: 'rewardApprover' })
      const { id } = await proposer.caller.call('reward.propose', { tipId, level: 'general', reason: '属实。' })
      assert.match(await refused(proposerToo.caller.call('reward.approve', { id })), /认定奖励的人/)
      const mayNot = async (who: typeof proposerToo, rewardId: string) => {
        const { can } = await who.caller.call('reward.read', { id: rewardId })
        assert.ok(!can.includes('reward.approve') && !can.includes('reward.reject'), can.join())
        const { items } = await who.caller.call('reward.list', { awaitsMe: true, limit: 100 })
        assert.ok(items.every((item) => item.id !== rewardId))
      }
      await mayNot(proposerToo, id)

      const enforcing = { role: 'enforcer' as const, unitId: 'enforcement', as: 'enforces-and-approves' }
      const verifier = await staff(w, enforcing)
      const approver = await staff(w, { ...enforcing, role: 'rewardApprover' })
      const verified = await concludedTip(w, { by, enforcer: verifier })
      const other = await propose(verified.id)
      assert.match(await refused(approver.caller.call('reward.approve', { id: other.id })), /查证或办结/)
      assert.match(await refused(approver.caller.call('reward.reject', { id: other.id, reason: '不行' })), /查证或办结/)
      await mayNot(approver, other.id)

      const before = await sums()
      assert.equal((await s.approver.caller.call('reward.approve', { id, text: '同意' })).state, 'approvedOnce')
      assert.match(await refused(s.approver.caller.call('reward.approve', { id })), /第二名审批人须是另一人/)
      const view = await s.second.caller.call('reward.approve', { id })
      assert.deepEqual([view.state, view.claimBy, view.approvals[0]?.text], ['approved', '2027-01-22', '同意'])
      const after = await sums()
      assert.equal(after.reservedFen - before.reservedFen, AMOUNTS.general)
      assert.match(await refused(s.handler.caller.call('reward.withdraw', { id, reason: '重来' })), /已经批准/)
    })

    it('not approved or taken back, may be recognised anew; nothing was reserved', async () => {
      const { id: tipId } = await tip()
      const before = await sums()
      const one = await propose(tipId)
      const no = await s.approver.caller.call('reward.reject', { id: one.id, reason: '等级偏高。' })
      assert.deepEqual([no.state, no.rejectedReason], ['rejected', '等级偏高。'])
      const two = await propose(tipId)
      await s.approver.caller.call('reward.approve', { id: two.id })
      const back = await s.handler.caller.call('reward.withdraw', { id: two.id, reason: '重新认定。' })
      assert.equal(back.state, 'withdrawn')
      assert.equal((await propose(tipId)).state, 'proposed')
      assert.deepEqual(await sums(), before)
    })

    it('shows approvers what waits for their own word', async () => {
      const { id: tipId } = await tip()
      const { id } = await propose(tipId)
      await s.approver.caller.call('reward.approve', { id })
      const waits = async (who: Scene['approver']) =>
        (await who.caller.call('reward.list', { awaitsMe: true, limit: 100 })).items.some((item) => item.id === id)
      assert.deepEqual([await waits(s.approver), await waits(s.second), await waits(s.handler)], [false, true, false])
      // Whoever has given their word has no more to say about it.
      const can = async (who: Scene['approver']) => (await who.caller.call('reward.read', { id })).can
      assert.deepEqual(
        [await can(s.approver), await can(s.second), await can(s.handler), await can(s.supervisor)],
        [[], ['reward.approve', 'reward.reject'], ['reward.withdraw'], []],
      )
      const secondThought = s.approver.caller.call('reward.reject', { id, reason: '再想想' })
      assert.match(await refused(secondThought), /请经办人撤回/)
      await w.drainJobs()
      const titles = async (who: Scene['approver']) =>
        (await who.caller.call('notice.list', { limit: 100 })).items.filter(({ subjectId }) => subjectId === id).length
      assert.ok((await titles(s.second)) > 0)
      assert.equal(await titles(s.handler), 0)
    })

    it('is claimed by its informer alone: to everybody else it is not there', async () => {
      const { id: tipId, number } = await tip()
      await approved(s, tipId)
      const claim = { number, channel: 'bank' as const, bank: BANK }
      const stranger = await informer(w)
      for (const who of [stranger.caller, s.handler.caller, s.supervisor.caller]) {
        assert.equal((await who.try('reward.claim', claim)).status, 404)
        assert.equal((await who.try('reward.decline', { number })).status, 404)
        assert.equal((await who.try('reward.checkPayment', { number })).status, 404)
      }
      assert.equal((await w.nobody.try('reward.claim', claim)).status, 401)
      assert.match(await refused(by.caller.call('reward.claim', { number, channel: 'bank' })), /银行卡号/)
      assert.equal((await by.caller.call('reward.claim', claim)).state, 'bank')
    })

    it('goes by the bank under the word of two, comes back, and goes again: the books follow', async () => {
      const { id: tipId, number } = await tip()
      const { id } = await approved(s, tipId)
      const before = await sums()
      await by.caller.call('reward.claim', { number, channel: 'bank', bank: BANK })
      await by.caller.call('reward.claim', {
        number,
        channel: 'bank',
        bank: { ...BANK, account: '6222020200112233999' },
      })
      const identity = await write(w, (db) => identityOf(db, w.service.house.know, tipId))
      assert.deepEqual(identity?.bank, { holder: '王小明', account: '6222020200112233999', bankName: BANK.bankName })

      const pay = { id, paidOn: '2026-11-23', voucher: `YH-${database}-1` }
      assert.match(await refused(s.handler.caller.call('reward.payBank', { ...pay, paidOn: '2026-11-24' })), /今天以后/)
      // That it was claimed shows to others with the first word of staff, or the next day (watched.test.ts).
      assert.match(await refused(s.approver.caller.call('reward.confirmBank', { id })), /等本人领取/)
      await s.handler.caller.call('reward.payBank', pay)
      assert.match(await refused(by.caller.call('reward.claim', { number, channel: 'bank', bank: BANK })), /不能改了/)
      assert.equal((await s.approver.caller.call('reward.confirmBank', { id })).state, 'paid')
      assert.equal((await sums()).paidFen - before.paidFen, AMOUNTS.general)

      const back = await s.handler.caller.call('reward.returnBank', { id, reason: '账号与户名不符。' })
      assert.equal(back.state, 'bank')
      assert.match(back.trouble ?? '', /银行退回/)
      assert.deepEqual((await sums()).paidFen, before.paidFen)
      assert.match(await refused(s.approver.caller.call('reward.confirmBank', { id })), /还没有登记/)
      await by.caller.call('reward.claim', { number, channel: 'bank', bank: BANK })
      await s.handler.caller.call('reward.payBank', { ...pay, voucher: `YH-${database}-2` })
      await s.second.caller.call('reward.confirmBank', { id })
      const { paidFen, openFen, reservedFen, releasedFen } = await sums()
      assert.equal(paidFen - before.paidFen, AMOUNTS.general)
      assert.equal(openFen, reservedFen - paidFen - releasedFen)
    })

    it('is confirmed at the bank by another than who registered it', async () => {
      const two = { role: 'rewardHandler' as const, unitId: 'enforcement', as: 'registers-and-confirms' }
      const handler = await staff(w, two)
      const approver = await staff(w, { ...two, role: 'rewardApprover' })
      const { id: tipId, number } = await tip()
      const { id } = await approved(s, tipId)
      await by.caller.call('reward.claim', { number, channel: 'bank', bank: BANK })
      await handler.caller.call('reward.payBank', { id, paidOn: '2026-11-23', voucher: 'YH9' })
      assert.match(await refused(approver.caller.call('reward.confirmBank', { id })), /不能自己核对/)
      assert.deepEqual((await approver.caller.call('reward.read', { id })).can, ['reward.returnBank'])
      assert.ok((await s.approver.caller.call('reward.read', { id })).can.includes('reward.confirmBank'))
    })

    it('declined or not claimed in time, its money is free again', async () => {
      const before = await sums()
      const declined = await tip()
      await approved(s, declined.id)
      assert.equal((await by.caller.call('reward.decline', { number: declined.number })).state, 'declined')
      const left = await tip()
      const { id } = await approved(s, left.id)
      w.turnTo('2027-01-22T23:50:00+08:00')
      await w.drainJobs()
      assert.equal((await s.handler.caller.call('reward.read', { id })).state, 'approved')
      w.turnTo('2027-01-23T00:30:00+08:00')
      await w.drainJobs()
      assert.equal((await s.handler.caller.call('reward.read', { id })).state, 'expired')
      const after = await sums()
      assert.ok(after.releasedFen - before.releasedFen >= 2 * AMOUNTS.general)
      assert.match(
        await refused(by.caller.call('reward.claim', { number: left.number, channel: 'bank', bank: BANK })),
        /逾期/,
      )
      w.turnTo('2026-11-23T10:00:00+08:00')
    })

    it('says nowhere who claimed: neither the trail nor the kept answer', async () => {
      const { id: tipId, number } = await tip()
      const { id } = await approved(s, tipId)
      await by.caller.call('reward.claim', { number, channel: 'bank', bank: BANK })
      const { manager } = w.service.house.ds
      const entries = await manager.findBy(AuditEntry, { subjectId: id, verb: 'reward.claim' })
      assert.deepEqual(
        entries.map(({ actorId, postId }) => [actorId, postId]),
        [[null, null]],
      )
      const answers = await manager.findBy(IdempotencyRecord, { personId: by.personId })
      assert.deepEqual(answers, [])
    })

    it('goes out as a workbook: the list line by line, and nobody who informed', async () => {
      const filter = { states: ['approved', 'bank', 'paid', 'declined', 'expired'] as RewardState[] }
      const { items } = await s.supervisor.caller.call('reward.list', { ...filter, limit: 100 })
      const { run, bytes } = await exported(w, s.supervisor.caller, 'reward.export', filter)
      assert.equal(run.done, items.length)
      const [, header = [], ...lines] = (await readXlsx(bytes)).sheets[0]?.rows ?? []
      const column = (name: string) => lines.map((cells) => cells[header.indexOf(name)])
      assert.deepEqual(
        column('举报编号'),
        items.map(({ tip: { number } }) => number),
      )
      assert.deepEqual(
        column('金额（元）'),
        items.map(({ amountFen }) => amountFen / 100),
      )
      assert.deepEqual(
        column('状态'),
        items.map(({ state }) => words.rewardStates[state]),
      )
      assert.doesNotMatch(JSON.stringify([header, ...lines]), /王小明|62220202|工商银行|informer/)
      const enforcer = await staff(w, { role: 'enforcer', unitId: 'enforcement' })
      const anybody = await informer(w)
      for (const { caller } of [enforcer, anybody]) assert.equal((await caller.try('reward.export', {})).status, 403)
    })

    it('the figures of task 22 are what the books and the lists behind them hold', async () => {
      // Counted anew: figures are kept for a minute.
      w.turnTo('2026-11-23T10:05:00+08:00')
      const { metrics } = await s.supervisor.caller.call('indicator.read', { no: 22 })
      const value = Object.fromEntries(metrics.map(({ key, value: one }) => [key, one]))
      const rows = await w.service.house.ds.manager.find(Reward)
      const { reservedFen, paidFen } = await sums()
      const mine = Object.entries(value).filter(([key]) => key.startsWith('reward.'))
      assert.deepEqual(Object.fromEntries(mine), {
        'reward.proposed': rows.length,
        'reward.approved': rows.filter(({ approvedOn }) => approvedOn !== null).length,
        'reward.approvedYuan': reservedFen / 100,
        'reward.paid': rows.filter(({ state }) => state === 'paid').length,
        'reward.paidYuan': paidFen / 100,
      })
      assert.ok(mine.every(([, one]) => Number(one) > 0))
      const proposed = metrics.find(({ key }) => key === 'reward.proposed')?.filter
      assert.equal(proposed?.isExact, true)
      const { items, next } = await s.supervisor.caller.call('reward.list', { ...proposed.input, limit: 100 })
      assert.deepEqual([items.length, next], [rows.length, null])
    })

    it('has a trail without a gap', async () => {
      const admin = await staff(w, { role: 'supervisor', unitId: 'approval' })
      const { findings } = await admin.caller.call('audit.verify', {})
      assert.deepEqual(findings, [])
    })
  })
}
