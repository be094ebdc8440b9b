/** Of what an informer does with their reward only the day is kept: in no table, trail, job, notice or answer to staff the moment. */
import assert from 'node:assert/strict'
import { timetable } from '../../src/jobs.js'
import type { Verb } from '../../src/contract.js'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'
import { approved, concludedTip, informer, type Informer, type Scene, scene } from './stage.js'

for (const database of databaseNames) {
  describe(`the moments of an informer, ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let s: Scene
    let by: Informer
    const rewards: { id: string; number: string }[] = []

    before(async () => {
      w = await world(database, { at: '2026-11-24T09:00:00+08:00' })
      s = await scene(w)
      by = await informer(w)
      for (let n = 0; n < 4; n += 1) {
        const { id: tipId, number } = await concludedTip(w, { by, enforcer: s.enforcer })
        const { id } = await approved(s, tipId)
        rewards.push({ id, number })
      }
      w.turnTo('2026-11-24T15:30:00+08:00')
      await w.drainJobs()
    })
    after(() => w.stop())

    async function rows(): Promise<Set<string>> {
      const all = new Set<string>()
      const { entityMetadatas, manager } = w.service.house.ds
      for (const { tableName } of entityMetadatas) {
        for (const row of (await manager.query(`SELECT * FROM ${tableName}`)) as { kind?: string }[]) {
          // What the clock asks for has the clock's time, whoever does what meanwhile.
          const isClock = tableName === 'job' && timetable.some(({ kind }) => kind === row.kind)
          if (!isClock) all.add(`${tableName} ${JSON.stringify(row)}`)
        }
      }
      return all
    }

    function assertNoMoment(texts: Iterable<string>, minutes: readonly string[], since: number): void {
      for (const text of texts) {
        for (const minute of minutes) assert.ok(!new RegExp(minute).test(text), `says when: ${text}`)
        for (const id of text.match(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g) ?? []) {
          const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
          const isNow = (at >= since && at <= Date.now()) || Math.abs(at - w.now().getTime()) < 120_000
          assert.ok(!isNow, `an id by the time in ${text}`)
        }
      }
    }

    it('claiming, confirming, taking the bank, declining, and WeChat’s answers leave the day', async () => {
      const [first, second, third, fourth] = rewards
      assert.ok(first && second && third && fourth)
      const before = await rows()
      w.turnTo('2026-11-24T15:43:12.345+08:00')
      const since = Date.now()
      await by.caller.call('reward.claim', { number: first.number, channel: 'wechat' })
      await by.caller.call('reward.claim', { number: second.number, channel: 'wechat' })
      const bank = { account: '6222020200112233445', bankName: '工商银行沈阳分行' }
      await by.caller.call('reward.claim', { number: third.number, channel: 'bank', bank })
      await by.caller.call('reward.decline', { number: fourth.number })
      await w.drainJobs()
      const { payment } = await by.caller.call('reward.checkPayment', { number: first.number })
      assert.ok(w.service.paySandbox?.confirm(payment?.transfer?.package ?? '', by.openid))
      await w.service.paySandbox?.settle()
      await w.drainJobs()
      const fresh = [...(await rows())].filter((row) => !before.has(row))
      assert.ok(fresh.length > 15)
      // Two wait to be looked at again: until then it stands in a job when.
      const waiting = fresh.filter((row) => row.startsWith('job ') && row.includes('"ready"'))
      assertNoMoment(
        fresh.filter((row) => !waiting.includes(row)),
        ['2026-11-24[T ]07:4[34]', '2026-11-24[T ]15:4[34]'],
        since,
      )
      const states = await Promise.all(rewards.map(({ id }) => s.handler.caller.call('reward.read', { id })))
      assert.deepEqual(
        states.map(({ state, paidOn }) => [state, paidOn]),
        [
          ['paid', '2026-11-24'],
          ['paying', null],
          ['bank', null],
          ['declined', null],
        ],
      )
      for (const { timeline } of states)
        assert.deepEqual(
          timeline.slice(0, 4).map(({ verb }) => verb.replace('decline', 'claim')),
          ['reward.propose', 'reward.approve', 'reward.approve', 'reward.claim'],
        )
      const questions: [Verb, object][] = [
        ...rewards.map(({ id }): [Verb, object] => ['reward.read', { id }]),
        ['reward.list', { limit: 100 }],
        ['money.list', { limit: 100 }],
        ['audit.list', { from: '2026-11-24T00:00:00+08:00', limit: 100 }],
        ['job.list', { state: 'ready', limit: 100 }],
        ['job.list', { state: 'ready', kind: 'payout.pursue' }],
        ['notice.list', { limit: 100 }],
      ]
      for (const { caller } of [s.approver, s.supervisor, s.handler]) {
        for (const [verb, input] of questions) {
          const { body } = await caller.try(verb, input)
          const items = (body.items ?? [body]) as { kind?: string }[]
          const told = items.filter(({ kind }) => !timetable.some((slot) => slot.kind === kind))
          assertNoMoment([JSON.stringify(told)], ['2026-11-24T15:4[34]'], since)
        }
      }
    })

    it('one that WeChat closes a day later does not say when it was claimed; the handler hears in the morning', async () => {
      w.turnTo('2026-11-25T15:35:00+08:00')
      await w.drainJobs()
      const before = await rows()
      w.turnTo('2026-11-25T16:21:40.500+08:00')
      const since = Date.now()
      await w.service.paySandbox?.settle()
      await w.drainJobs()
      const fresh = [...(await rows())].filter((row) => !before.has(row))
      const { state, trouble } = await s.handler.caller.call('reward.read', { id: rewards[1]?.id ?? '' })
      assert.equal(state, 'approved')
      assert.match(trouble ?? '', /24小时/)
      // The account is looked at each half hour, whoever does what.
      const ofClock = fresh.filter((row) => row.startsWith('payout_control '))
      assertNoMoment(
        fresh.filter((row) => !ofClock.includes(row)),
        ['2026-11-25[T ](08|16):2[12]'],
        since,
      )
      const told = async () =>
        (await s.handler.caller.call('notice.list', { limit: 100 })).items.map(({ title }) => title)
      const ofBoth = [`${rewards[1]?.number} 的奖励没有付成`, `${rewards[2]?.number} 的奖励等银行转账`]
      assert.equal((await told()).filter((title) => title.includes(`${ofBoth[0]}`)).length, 0)
      w.turnTo('2026-11-26T08:31:00+08:00')
      await w.drainJobs()
      for (const words of ofBoth) assert.equal((await told()).filter((title) => title.includes(words)).length, 1, words)
      const { findings } = await s.supervisor.caller.call('audit.verify', { subjectKind: 'payout' })
      assert.deepEqual(findings, [])
    })
  })
}
