/** Who belongs to the firm a tip is about learns nothing of it in any post; and who has looked names nobody in another. */
import assert from 'node:assert/strict'
import type { Verb } from '../../src/contract.js'
import { firm, member, staff } from '../factories.js'
import { approved, concludedTip, informer, type Informer, type Scene, scene } from '../rewards/stage.js'
import { type Caller, type World, world } from '../world.js'
import { released, tip } from './tellers.js'

describe('what is kept from those a tip concerns', function () {
  this.timeout(120_000)
  let w: World
  let s: Scene
  let by: Informer
  let accused: { id: string; name: string; creditCode: string }
  const insiders = new Map<string, Caller>()

  before(async () => {
    w = await world('embedded', { at: '2026-11-24T09:00:00+08:00' })
    s = await scene(w)
    by = await informer(w)
    accused = await firm(w, { name: '测试·被举报的厂' })
    for (const role of ['supervisor', 'rewardHandler', 'rewardApprover'] as const) {
      const as = `insider-${role}`
      await member(w, accused.id, as)
      insiders.set(role, (await staff(w, { role, unitId: 'enforcement', as })).caller)
    }
  })
  after(() => w.stop())

  it('no list, trail, book, notice or job of the bureau shows it to them, and no verb does anything', async () => {
    const fields = { firmName: accused.name, creditCode: accused.creditCode, firmKey: accused.creditCode }
    const { id: candidate } = await concludedTip(w, { by, enforcer: s.enforcer, fields })
    const { id: tipId, number } = await concludedTip(w, { by, enforcer: s.enforcer, fields })
    const other = await concludedTip(w, { by, enforcer: s.enforcer })
    await approved(s, other.id)
    const totals = await insiders.get('supervisor')?.call('money.totals', {})
    const { id } = await approved(s, tipId)
    await by.caller.call('reward.claim', {
      number,
      channel: 'bank',
      bank: { account: '6222020200112233445', bankName: '工商银行' },
    })
    w.turnTo('2026-11-25T11:00:00+08:00')
    await w.drainJobs()
    const questions: [Verb, object][] = [
      ['tip.list', { limit: 100 }],
      ['tip.warnings', {}],
      ['tip.looks', {}],
      ['reward.list', { limit: 100 }],
      ['reward.candidates', {}],
      ['money.list', { limit: 100 }],
      ['audit.list', { limit: 100 }],
      ['audit.list', { subjectKind: 'tip', subjectId: tipId }],
      ['audit.list', { subjectKind: 'reward', subjectId: id }],
      ['audit.verify', { subjectKind: 'tip', subjectId: tipId }],
      ['reward.read', { id }],
      ['tip.read', { id: tipId }],
      ['notice.list', { limit: 100 }],
      ['job.list', { state: 'done', limit: 100 }],
    ]
    let seen = 0
    for (const [role, caller] of insiders) {
      for (const [verb, input] of questions) {
        const { status, body } = await caller.try(verb, input)
        if (status === 200) seen += 1
        const text = JSON.stringify(body)
        // That there is such a firm is no secret.
        for (const mark of [tipId, candidate, number, id, ...(verb === 'audit.list' ? [] : [accused.name])])
          assert.ok(!text.includes(mark), `${verb} tells ${role}: ${text.slice(0, 400)}`)
      }
    }
    assert.ok(seen > 15)
    const text = JSON.stringify((await s.supervisor.caller.call('audit.list', { limit: 100 })).items)
    assert.ok(text.includes(id), 'whom it does not concern reads it')
    assert.deepEqual(await insiders.get('supervisor')?.call('money.totals', {}), totals)
    const acts: [string, Verb, object][] = [
      ['rewardHandler', 'reward.propose', { tipId: candidate, level: 'general', reason: '属实' }],
      ['rewardHandler', 'reward.payBank', { id, paidOn: '2026-11-24', voucher: 'A1' }],
      ['rewardApprover', 'reward.confirmBank', { id }],
      ['rewardHandler', 'tip.identity', { id: tipId, reason: '想知道' }],
    ]
    for (const [role, verb, input] of acts)
      assert.equal((await insiders.get(role)?.try(verb, input))?.status, 404, verb)
  })

  it('a handler who is an enforcer too names nobody after having looked, and tries no names before', async () => {
    await by.caller.call('person.update', { name: '王小明' })
    const told = tip({ informer: { name: '王小明', phone: '13812349876' } })
    const { number, code } = await by.caller.call('tip.submit', told)
    await released(w)
    const both = await staff(w, { role: 'enforcer', unitId: 'enforcement', as: 'both-posts' })
    await staff(w, { role: 'rewardHandler', unitId: 'enforcement', as: 'both-posts' })
    const { id } = (await both.caller.call('tip.list', { q: number })).items[0] ?? { id: '' }
    const guess = await both.caller.call('tip.note', { id, text: '是不是王小明说的？' })
    assert.equal(guess.timeline.at(-1)?.text, '是不是王小明说的？')
    await both.caller.call('tip.identity', { id, reason: '核对身份' })
    const name = '王小明（138 1234 9876）'
    await both.caller.call('tip.accept', { id, text: `${name}您好` })
    await both.caller.call('tip.note', { id, text: `${name}打过电话` })
    await both.caller.call('tip.reply', { id, text: `${name}请看` })
    await both.caller.call('tip.markPriority', { id, isPriority: true, reason: `${name}多次反映` })
    await both.caller.call('tip.verify', { id, finding: 'true', facts: `${name}所说属实` })
    const done = await both.caller.call('tip.conclude', { id, decision: 'penalty', reply: `${name}：已处罚` })
    const after = JSON.stringify([done.facts, done.reply, done.priorityReason, done.timeline.slice(2)])
    assert.ok(!after.includes('王小明') && !after.includes('9876'), after)
    assert.equal((await w.nobody.call('tip.track', { number, code })).reply, '〔已删除〕（〔已删除〕）：已处罚')
  })

  it('who has the receipt learns no name by adding names; who informed may sign', async () => {
    const { number, code } = await by.caller.call('tip.submit', tip({ informer: { name: '王小明' } }))
    const text = '是张三、李四还是王小明？'
    for (const caller of [w.nobody, await w.as('thief')]) {
      const { steps } = await caller.call('tip.add', { number, code, text })
      assert.equal(steps.at(-1)?.text, text)
    }
    const { steps } = await by.caller.call('tip.add', { number, text: '王小明又看到了' })
    assert.equal(steps.at(-1)?.text, '〔已删除〕又看到了')
    await released(w)
    assert.equal((await w.nobody.call('tip.track', { number, code })).steps.length, 4)
  })
})
