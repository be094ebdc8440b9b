/** Staff learn of what was told with the half hour: no list, number, count, trail or proof says earlier that something came. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addDays, dateOf, instantAt } from '../../src/calendar/dates.js'
import type { Verb } from '../../src/contract.js'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { releaseAt } from '../../src/tips/clock.js'
import { readTipRules } from '../../src/tips/rules.js'
import { Tip } from '../../src/tips/tip.js'
import { TipAddition } from '../../src/tips/tipAddition.js'
import { databaseNames } from '../databases.js'
import { staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'
import { discreetPhoto, released, tip } from './tellers.js'
import '../sameChance.js'

describe('when what was told is released', () => {
  it('is the next full half hour, always later, whatever the moment', () => {
    const tips = readTipRules(process.cwd())
    const { minutes } = tips.release
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 - 1 }), fc.integer({ min: 0, max: 900 }), (ms, days) => {
        const midnight = instantAt(addDays('2026-01-01', days)).getTime()
        const at = releaseAt({ tips }, new Date(midnight + ms)).getTime()
        assert.equal((at - midnight) % (minutes * 60_000), 0)
        assert.ok(at > midnight + ms && at <= midnight + ms + minutes * 60_000)
        assert.equal(dateOf(new Date(at - 1)), dateOf(new Date(midnight)), 'said on that day')
      }),
    )
  })
})

for (const database of databaseNames) {
  describe(`the release of tips, ${database}`, function () {
    this.timeout(120_000)
    let w: World
    const watchers = new Map<string, Caller>()

    before(async () => {
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
      for (const role of ['enforcer', 'supervisor', 'admin'] as const)
        watchers.set(role, (await staff(w, { role, unitId: 'enforcement' })).caller)
      await w.nobody.call('tip.submit', tip())
      await w.nobody.call('tip.submit', tip())
      await released(w)
      w.turnTo('2026-11-23T10:03:12+08:00')
      await w.drainJobs()
    })
    after(() => w.stop())
    const db = () => w.service.house.ds.manager

    const changed = (before: Record<string, string>, after: Record<string, string>) =>
      Object.keys(before).filter((what) => before[what] !== after[what])

    /** All that somebody who asks again and again may see change. */
    async function watched(number: string): Promise<Record<string, string>> {
      const { id } = (await db().findOneBy(Tip, { number })) ?? { id: '01970000-0000-7000-8000-000000000007' }
      const midnight = { from: '2026-11-23T00:00:00+08:00', to: '2026-11-23T00:00:00.001+08:00' }
      const questions: [Verb, object][] = [
        ['tip.list', { limit: 100 }],
        ['tip.list', { q: number }],
        ['tip.list', { due: 'overdue' }],
        ['tip.counts', {}],
        ['tip.warnings', {}],
        ['tip.looks', {}],
        ['tip.read', { id }],
        ['indicator.list', {}],
        ['audit.list', { ...midnight, limit: 100 }],
        ['audit.list', { ...midnight, limit: 1 }],
        ['audit.list', { ...midnight, verb: 'tip.submit' }],
        ['audit.verify', { subjectKind: 'tip' }],
        ['audit.verify', {}],
        ['notice.list', { limit: 100 }],
        ['job.list', { state: 'ready', limit: 100 }],
        ['job.list', { state: 'done', limit: 100 }],
      ]
      const seen: Record<string, string> = {}
      // What differs between the databases is how rows are released, not what is asked.
      for (const [role, caller] of database === 'embedded' ? watchers : []) {
        for (const [index, [verb, input]] of questions.entries()) {
          const { status, body } = await caller.try(verb, input)
          const text = JSON.stringify([status, { ...body, traceId: null }])
          seen[`${role} ${verb} ${index}`] = text.replaceAll(/"(url|next)":"[^"]*"/g, '"$1":"…"')
        }
      }
      return seen
    }

    it('a new tip is there for its informer at once, and for nobody else before the half hour', async () => {
      const before = await watched('JB20261123-ZZZZZ')
      const told = tip({ fileIds: [await discreetPhoto(w, w.nobody)] })
      const { number, code } = await w.nobody.call('tip.submit', told)
      assert.equal((await w.nobody.call('tip.track', { number, code })).state, 'received')
      const meanwhile = await watched(number)
      assert.deepEqual(changed(before, meanwhile), [])
      await w.drainJobs()
      assert.deepEqual(changed(before, await watched(number)), [], 'by no job that follows from it')

      w.turnTo('2026-11-23T10:30:00+08:00')
      await w.drainJobs()
      const enforcer = watchers.get('enforcer') as Caller
      const { items } = await enforcer.call('tip.list', { q: number })
      assert.deepEqual(
        items.map(({ submittedOn, dueOn }) => [submittedOn, dueOn]),
        [['2026-11-23', '2026-12-14']],
      )
      const titles = (await enforcer.call('notice.list', {})).items.map(({ title }) => title)
      assert.equal(titles.filter((title) => title.includes(number)).length, 1)
      // Three on one firm: only now.
      assert.ok(titles.some((title) => title.includes('被举报3次')))
      const { id, releaseAt: at } = await db().findOneByOrFail(Tip, { number })
      assert.equal(at, null, 'nothing keeps the half hour')
      const [entry] = await db().findBy(AuditEntry, { subjectId: id })
      assert.doesNotMatch(entry?.changes ?? '', /releaseAt/)
      const supervisor = watchers.get('supervisor') as Caller
      const { findings } = await supervisor.call('audit.verify', { subjectKind: 'tip', subjectId: id })
      assert.deepEqual(findings, [])
    })

    it('what is added waits in the same way; not even the version says that it is there', async () => {
      w.turnTo('2026-11-23T10:31:00+08:00')
      const { number, code } = await w.nobody.call('tip.submit', tip({ firmName: '测试·另一家' }))
      w.turnTo('2026-11-23T11:00:00+08:00')
      await w.drainJobs()
      w.turnTo('2026-11-23T11:07:00+08:00')
      const before = await watched(number)
      for (const text of ['第一次补充', '第二次补充']) {
        const { steps } = await w.nobody.call('tip.add', {
          number,
          code,
          text,
          fileIds: [await discreetPhoto(w, w.nobody)],
        })
        assert.deepEqual([steps.at(-1)?.text, steps.at(-1)?.files.length], [text, 1])
      }
      assert.deepEqual(changed(before, await watched(number)), [])
      const { id } = await db().findOneByOrFail(Tip, { number })
      const enforcer = watchers.get('enforcer') as Caller
      await enforcer.call('tip.accept', { id, version: (await enforcer.call('tip.read', { id })).version })
      w.turnTo('2026-11-23T11:30:00+08:00')
      await w.drainJobs()
      const { timeline } = await enforcer.call('tip.read', { id })
      assert.deepEqual(
        timeline.map(({ verb, text, at, files }) => [verb, text, at.slice(11, 19) === '00:00:00', files.length]),
        [
          ['tip.submit', null, true, 0],
          ['tip.accept', null, false, 0],
          ['tip.add', '第一次补充', true, 1],
          ['tip.add', '第二次补充', true, 1],
        ],
      )
      assert.equal(await db().count(TipAddition), 0)
      assert.equal((await w.nobody.call('tip.track', { number, code })).steps.length, 4)
      const supervisor = watchers.get('supervisor') as Caller
      const { findings } = await supervisor.call('audit.verify', { subjectKind: 'tip', subjectId: id })
      assert.deepEqual(findings, [])
    })
  })
}
