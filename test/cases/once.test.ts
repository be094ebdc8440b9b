import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { CaseEntry } from '../../src/cases/caseEntry.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { databaseNames } from '../databases.js'
import { at, type Stage, stage } from './stage.js'

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort()
const ten = <T>(work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 10 }, (_, n) => work(n)))

for (const database of databaseNames) {
  describe(`cases under repeated and concurrent commands, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const db = () => s.w.service.house.ds.manager
    const input = () => ({
      category: 'procedure',
      title: '只要一件',
      text: '请问怎么办？',
      projectId: s.projectId,
      fileIds: [],
    })

    it('ten identical submits at one moment with one key make one case and one answer', async () => {
      const before = await db().count(HelpCase)
      const key = uuid()
      const answers = await ten(() => s.asker.try('case.submit', input(), { 'Idempotency-Key': key }))
      assert.deepEqual(statuses(answers), Array(10).fill(200))
      assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
      assert.equal(await db().count(HelpCase), before + 1)
      await s.w.drainJobs()
      assert.equal((await s.told(s.officer.caller, answers[0]?.body.id)).length, 1)
      const other = await s.asker.try('case.submit', { ...input(), title: '换了内容' }, { 'Idempotency-Key': key })
      assert.equal(other.status, 409)
      assert.equal(await db().count(HelpCase), before + 1)
    })

    it('the first answer is given again also when the case has gone on meanwhile', async () => {
      const { id } = await s.submit()
      const key = { 'Idempotency-Key': uuid() }
      const first = await s.officer.caller.try('case.sign', { id, version: 1 }, key)
      await s.officer.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
      const again = await s.officer.caller.try('case.sign', { id, version: 1 }, key)
      assert.deepEqual([again.status, again.body], [200, first.body])
    })

    it('ten answers to one case at one moment: one is taken, the others hear that it is answered', async () => {
      const { id } = await s.signed()
      const answers = await ten((n) =>
        s.officer.caller.try('case.answer', { id, text: `第${n}个答复` }, { 'Idempotency-Key': uuid() }),
      )
      assert.deepEqual(statuses(answers), [200, ...Array(9).fill(409)])
      assert.equal(await db().countBy(CaseEntry, { caseId: id, verb: 'case.answer' }), 1)
    })

    it('the officer and the stand-in sign at once: one does', async () => {
      const { id } = await s.submit()
      await s.officer.caller.call('staff.setAbsence', {
        standInPostId: s.colleague.postId,
        fromOn: '2026-11-23',
        toOn: '2026-11-23',
      })
      const answers = await Promise.all(
        [s.officer, s.colleague].map(({ caller }) => caller.try('case.sign', { id }, { 'Idempotency-Key': uuid() })),
      )
      assert.deepEqual(statuses(answers), [200, 409])
      const row = await db().findOneByOrFail(HelpCase, { id })
      assert.deepEqual([row.state, row.version], ['handling', 2])
    })

    it('two urgings at once count as one', async () => {
      const { id } = await s.submit()
      const answers = await ten(() => s.asker.try('case.urge', { id }, { 'Idempotency-Key': uuid() }))
      assert.deepEqual(statuses(answers), [200, ...Array(9).fill(409)])
    })

    it('two ratings at once count as one, and open one rectification', async () => {
      const { id } = await s.answered()
      const raters = [s.asker, s.partner]
      const answers = await Promise.all(
        raters.map((who) => who.try('case.rate', { id, score: 1 }, { 'Idempotency-Key': uuid() })),
      )
      assert.deepEqual(statuses(answers), [200, 409])
      const { items } = await s.supervisor.caller.call('rectification.list', { limit: 100 })
      assert.equal(items.filter((item) => item.case.id === id).length, 1)
    })

    it('a refusal agreed to by two at once is registered once', async () => {
      const { id } = await s.signed()
      await s.officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责' })
      const answers = await Promise.all(
        [s.leader, s.supervisor].map(({ caller }) => caller.try('case.agreeDecline', { id })),
      )
      assert.deepEqual(statuses(answers), [200, 409])
      const { items } = await s.supervisor.caller.call('rejection.list', { limit: 100 })
      assert.equal(items.filter((item) => item.case?.id === id).length, 1)
    })

    it('a command that carries an old version is refused, whatever its state; without one it goes by the state', async () => {
      const { id, version } = await s.submit()
      const signed = await s.officer.caller.call('case.sign', { id, version })
      assert.equal(signed.version, version + 1)
      const stale = await s.officer.caller.try('case.answer', { id, version, text: '答复如下' })
      assert.deepEqual([stale.status, stale.body.type], [409, 'urn:problem:stale'])
      assert.equal((await s.officer.caller.call('case.read', { id })).state, 'handling')
      await s.officer.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
    })

    it('fifty submits at once each get a number and a due date of their own', async () => {
      const made = await Promise.all(Array.from({ length: 50 }, () => s.submit()))
      assert.equal(new Set(made.map(({ number }) => number)).size, 50)
    })
  })
}
