/** Whoever watches rewards and is no handler of them learns on which day an informer did something: not before it is over. */
import assert from 'node:assert/strict'
import { readXlsx } from 'hucre/xlsx'
import type { Verb } from '../../src/contract.js'
import { exported } from '../excel/sending.js'
import { staff } from '../factories.js'
import { freePort } from '../freePort.js'
import { questions, timeless } from '../tips/questions.js'
import { type Caller, type World, world } from '../world.js'
import { AMOUNTS, approved, concludedTip, informer, type Informer, type Scene, scene } from './stage.js'

const BANK = { account: '6222020200112233445', bankName: '工商银行沈阳分行' }
const names = ['paid', 'bank', 'declined', 'confirmed', 'corrected', 'closed', 'seen'] as const
type Name = (typeof names)[number]

describe('rewards, watched', function () {
  this.timeout(120_000)
  let w: World
  let s: Scene
  let by: Informer
  let metricsPort: number
  const watching = new Map<string, Caller>()
  const rewards = {} as Record<Name, { id: string; number: string; tipId: string }>

  const at = (time: string) => w.turnTo(`2026-11-${time}:00+08:00`)
  const claim = (name: Name, channel: 'wechat' | 'bank') =>
    by.caller.call('reward.claim', {
      number: rewards[name].number,
      channel,
      ...(channel === 'bank' ? { bank: BANK } : {}),
    })
  const read = (caller: Caller, name: Name) => caller.call('reward.read', { id: rewards[name].id })
  const settle = async () => {
    await w.drainJobs()
    await w.service.paySandbox?.settle()
    await w.drainJobs()
  }
  async function confirm(name: Name) {
    const { payment } = await by.caller.call('reward.checkPayment', { number: rewards[name].number })
    assert.ok(w.service.paySandbox?.confirm(payment?.transfer?.package ?? '', by.openid))
  }

  before(async () => {
    metricsPort = await freePort()
    w = await world('embedded', { at: '2026-11-24T09:00:00+08:00', env: { METRICS_PORT: String(metricsPort) } })
    s = await scene(w, { dailyTotalFen: 1e8, dailyCount: 100, perPersonDailyFen: 1e8 })
    by = await informer(w)
    for (const name of names) {
      const { id: tipId, number } = await concludedTip(w, { by, enforcer: s.enforcer })
      rewards[name] = { id: (await approved(s, tipId)).id, number, tipId }
    }
    for (const name of ['enforcer', 'approver', 'supervisor'] as const) watching.set(name, s[name].caller)
    for (const role of ['officer', 'leader', 'clerk', 'admin'] as const) {
      const unitId = role === 'officer' || role === 'leader' ? 'tiexi' : 'approval'
      watching.set(role, (await staff(w, { role, unitId })).caller)
    }
    watching.set('anyone', w.nobody).set('somebody', (await informer(w)).caller)
    // Of yesterday: one that WeChat will close, one that waits to be confirmed, one that the bank sent back.
    await claim('closed', 'wechat')
    await settle()
    at('24T15:30')
    await claim('confirmed', 'wechat')
    await claim('corrected', 'bank')
    const { id } = rewards.corrected
    await s.handler.caller.call('reward.payBank', { id, paidOn: '2026-11-24', voucher: 'YH-1' })
    await s.handler.caller.call('reward.returnBank', { id, reason: '账号与户名不符。' })
    await settle()
  })
  after(() => w.stop())

  /** Everything that anybody but the handler can ask, or is told when they try. */
  async function answers(): Promise<Record<string, unknown>> {
    const told: Record<string, unknown> = {}
    const { id, number, tipId } = rewards.paid
    const asked = new Map([
      [id, 'reward'],
      [number, 'number'],
      [tipId, 'tip'],
    ])
    const ofEach = names.flatMap((name): [string, Verb, object][] => [
      [name, 'reward.read', { id: rewards[name].id }],
      [name, 'tip.read', { id: rewards[name].tipId }],
      ...['reward', 'payout'].flatMap((subjectKind): [string, Verb, object][] => [
        [`${subjectKind} ${name}`, 'audit.list', { subjectKind, subjectId: rewards[name].id }],
        [`${subjectKind} ${name}`, 'audit.verify', { subjectKind, subjectId: rewards[name].id }],
      ]),
    ])
    const filters: [string, Verb, object][] = [
      ...['approved', 'paying', 'bank', 'paid', 'declined'].map((state): [string, Verb, object] => [
        state,
        'reward.list',
        { states: [state], limit: 100 },
      ]),
      ...[true, false].map((hasTrouble): [string, Verb, object] => [
        `trouble ${hasTrouble}`,
        'reward.list',
        { hasTrouble, limit: 100 },
      ]),
      ['22', 'indicator.read', { no: 22 }],
      ...['payout', 'moneyEntry', 'reward'].map((subjectKind): [string, Verb, object] => [
        subjectKind,
        'audit.verify',
        { subjectKind },
      ]),
    ]
    for (const [role, caller] of watching) {
      const closed = new Set<string>()
      for (const [what, verb, input] of [...questions(asked), ...ofEach, ...filters]) {
        if (closed.has(verb)) continue
        const { status, body } = await caller.try(verb, input)
        told[`${role} ${verb} ${what}`] = { status, body: timeless(body) }
        if (status === 401 || status === 403) closed.add(verb)
      }
    }
    for (const name of names) {
      const { id } = rewards[name]
      const { version } = await read(s.supervisor.caller, name)
      for (const [verb, input] of [
        ['reward.approve', {}],
        ['reward.reject', { reason: '不同意' }],
        ['reward.confirmBank', {}],
      ] as const) {
        for (const known of [undefined, version, version + 1]) {
          const { status, body } = await s.approver.caller.try(verb, { id, version: known, ...input })
          told[`refused ${verb} ${name} ${known}`] = { status, body: timeless(body) }
          assert.equal(status, 409)
        }
      }
    }
    const { data } = await w.http.get<string>(`http://127.0.0.1:${metricsPort}/metrics`)
    told['metrics'] = data.split('\n').filter((line) => /^shenhuan_(reward|payout|reconciliation|job)/.test(line))
    return told
  }

  async function sheet() {
    const { bytes } = await exported(w, s.supervisor.caller, 'reward.export', {})
    return (await readXlsx(bytes)).sheets[0]?.rows
  }
  let toldBefore: Record<string, unknown>
  let sheetBefore: Awaited<ReturnType<typeof sheet>>

  it('on the day nothing that anybody can ask tells of a claim, a refusal, or WeChat’s answers', async () => {
    at('25T10:01')
    await w.drainJobs()
    sheetBefore = await sheet()
    toldBefore = await answers()
    assert.ok(Object.keys(toldBefore).length > 500)
    await claim('paid', 'wechat')
    await claim('bank', 'bank')
    await by.caller.call('reward.decline', { number: rewards.declined.number })
    await claim('corrected', 'bank')
    await settle()
    await confirm('paid')
    await confirm('confirmed')
    await settle()
    const handlers = await Promise.all(names.map((name) => read(s.handler.caller, name)))
    assert.deepEqual(
      handlers.map(({ state }) => state),
      ['paid', 'bank', 'declined', 'paid', 'bank', 'approved', 'approved'],
    )
    assert.equal(handlers[names.indexOf('corrected')]?.trouble, null)
    const told = await answers()
    assert.deepEqual(Object.keys(told), Object.keys(toldBefore))
    for (const [what, answer] of Object.entries(told)) assert.deepEqual(answer, toldBefore[what], what)
    assert.deepEqual(await sheet(), sheetBefore)
  })

  it('what staff do shows at once, with what led to it: the second person confirms on the same day', async () => {
    await claim('seen', 'bank')
    const { id } = rewards.seen
    const { approver, handler } = s
    const waits = async () =>
      (await approver.caller.call('reward.list', { awaitsMe: true })).items.map(({ id: one }) => one)
    assert.deepEqual([(await read(approver.caller, 'seen')).state, await waits()], ['approved', []])
    await handler.caller.call('reward.payBank', { id, paidOn: '2026-11-25', voucher: 'YH-2' })
    assert.deepEqual(await waits(), [id])
    const { state, bank, can, version, timeline } = await read(approver.caller, 'seen')
    assert.deepEqual([state, bank?.voucher, can], ['bank', 'YH-2', ['reward.confirmBank']])
    assert.deepEqual(
      timeline.map(({ verb }) => verb),
      ['reward.propose', 'reward.approve', 'reward.approve', 'reward.claim', 'reward.payBank'],
    )
    const { paidFen } = await approver.caller.call('money.totals', {})
    await approver.caller.call('reward.confirmBank', { id, version })
    const after = await approver.caller.call('money.totals', {})
    assert.deepEqual([after.paidFen - paidFen, (await read(approver.caller, 'seen')).state], [AMOUNTS.general, 'paid'])
  })

  it('the next day shows it all', async () => {
    at('26T00:00')
    for (const { caller } of [s.approver, s.supervisor]) {
      const [theirs, ours] = await Promise.all(
        [caller, s.handler.caller].map((one) => Promise.all(names.map((name) => read(one, name)))),
      )
      const plain = (views: typeof theirs) => views?.map((view) => ({ ...view, can: [] }))
      assert.deepEqual(plain(theirs), plain(ours))
      const { items } = await caller.call('money.list', { limit: 100 })
      assert.deepEqual(items, (await s.handler.caller.call('money.list', { limit: 100 })).items)
    }
    const told = await answers()
    const shown = ['reward.list all', 'money.list all', 'money.totals about nothing', 'payout.status about nothing']
    for (const what of [...shown, 'indicator.read 22', 'audit.list payout paid'])
      assert.notDeepEqual(told[`supervisor ${what}`], toldBefore[`supervisor ${what}`], what)
    assert.notDeepEqual(told['metrics'], toldBefore['metrics'])
    assert.notDeepEqual(await sheet(), sheetBefore)
  })
})
