import assert from 'node:assert/strict'
import { enqueue } from '../../src/audit/queue.js'
import { transact } from '../../src/database/transaction.js'
import { phoneHash } from '../../src/encryption/lookup.js'
import { Rectification } from '../../src/cases/rectification.js'
import { Rejection } from '../../src/cases/rejection.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { member, staff, type StaffMember } from '../factories.js'
import { at, type Stage, stage } from './stage.js'

for (const database of databaseNames) {
  describe(`a complaint is kept from whom it is about, on ${database}`, () => {
    let s: Stage
    /** An officer of 铁西, who also supervises. */
    let accused: StaffMember
    let accusedTwice: StaffMember
    /** The duty officer, and a supervisor apart from all. */
    let duty: StaffMember
    let heping: StaffMember

    before(async () => {
      s = await stage(database)
      const { w } = s
      const phone = phoneHash(w.service.house.know.keyring.purposeKey('lookup'), '15400019999')
      accused = await staff(w, { role: 'officer', unitId: 'tiexi', as: 'accused', phoneHash: phone })
      accusedTwice = await staff(w, { role: 'supervisor', unitId: 'leaders', as: 'accused', phoneHash: phone })
      duty = await staff(w, { role: 'officer', unitId: 'approval', isDuty: true })
      heping = await staff(w, { role: 'officer', unitId: 'heping' })
      await staff(w, { role: 'leader', unitId: 'heping' })
      await staff(w, { role: 'leader', unitId: 'leaders' })
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const complain = (about: { aboutPostId?: string; aboutUnitId?: string }) =>
      s.submit({ category: 'complaint', title: '投诉办事拖延', text: '说了三次没有回音。', ...about })

    /** Nothing that somebody can call says anything about the case. */
    const assertUnseen = async ({ caller, postId }: StaffMember, id: string, number: string) => {
      await s.w.drainJobs()
      assert.equal((await caller.try('case.read', { id })).status, 404)
      for (const verb of ['case.sign', 'case.note', 'case.transfer', 'case.assist', 'case.release', 'case.assign']) {
        const input = { id, text: '看看', unitId: 'heping', officerId: postId, reason: '不想要' }
        const { status } = await caller.try(verb, pick(verb, input))
        // An officer may assign nothing at all.
        assert.ok(status === 404 || (verb === 'case.assign' && status === 403), `${verb} answered ${status}`)
      }
      for (const scope of ['mine', 'todo', 'unit', 'all'] as const) {
        const { items } = await caller.call('case.list', { scope, limit: 100 })
        assert.ok(!JSON.stringify(items).includes(number), scope)
      }
      const found = await caller.call('case.list', { q: number })
      assert.deepEqual(found.items, [])
      const lists = [
        ['notice.list', { limit: 100 }],
        ['rectification.list', { limit: 100 }],
        ['rejection.list', { limit: 100 }],
        ['person.export', {}],
      ] as const
      for (const [verb, input] of lists) {
        const { body } = await caller.try(verb, input)
        const text = JSON.stringify(body)
        assert.ok(!text.includes(number) && !text.includes(id), verb)
      }
    }
    const fields: Record<string, string[]> = {
      'case.note': ['id', 'text'],
      'case.transfer': ['id', 'unitId', 'reason'],
      'case.assist': ['id', 'unitId', 'text'],
      'case.assign': ['id', 'officerId'],
    }
    const pick = (verb: string, input: Record<string, unknown>) =>
      Object.fromEntries((fields[verb] ?? ['id']).map((field) => [field, input[field]]))

    it('the person, whichever post is used, from submission to the register of refusals', async () => {
      const { id, number, officer, unit } = await complain({ aboutPostId: accused.postId })
      assert.equal(officer?.postId, duty.postId)
      assert.equal(unit?.id, 'approval')
      await assertUnseen(accused, id, number)
      await duty.caller.call('case.sign', { id })
      const { supervisor } = s
      for (const officerId of [accused.postId, accusedTwice.postId]) {
        const refused = await supervisor.caller.try('case.assign', { id, officerId })
        assert.equal(refused.status, 422)
        assert.equal(refused.body.errors[0].path, 'officerId')
      }
      // The branch itself may take it up by a colleague, or help; the person still learns nothing.
      await duty.caller.call('case.transfer', {
        id,
        unitId: 'tiexi',
        officerId: s.colleague.postId,
        reason: '由分局核实',
      })
      await assertUnseen(accused, id, number)
      await s.colleague.caller.call('case.sign', { id })
      await s.colleague.caller.call('case.assist', { id, unitId: 'approval', text: '请看看' })
      await assertUnseen(accused, id, number)
      await s.colleague.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '查无此事' })
      await s.leader.caller.call('case.agreeDecline', { id })
      await assertUnseen(accused, id, number)
      const seen = await supervisor.caller.call('rejection.list', {})
      assert.ok(seen.items.some((line) => line.case?.id === id))
    })

    it('neither the bad rating of a complaint, nor what is late about it', async () => {
      const { id, number } = await complain({ aboutPostId: accused.postId })
      s.w.turnTo(at('2026-12-10'))
      await assertUnseen(accused, id, number)
      assert.ok((await s.told(s.supervisor.caller, id)).some((title) => title.includes('已超过')))
      await duty.caller.call('case.sign', { id })
      await duty.caller.call('case.answer', { id, text: '已经批评教育。', fileIds: [] })
      await s.asker.call('case.rate', { id, score: 1, text: '没有用' })
      await assertUnseen(accused, id, number)
      const { items } = await s.supervisor.caller.call('rectification.list', {})
      const one = items.find((item) => item.case.id === id)
      assert.ok(one)
      assert.equal((await accused.caller.try('rectification.read', { id: one.id })).status, 404)
    })

    it('the unit, with everybody in it and its leader', async () => {
      const { id, number, unit } = await complain({ aboutUnitId: 'tiexi' })
      assert.equal(unit?.id, 'approval')
      for (const one of [s.officer, s.leader, accused]) await assertUnseen(one, id, number)
      await duty.caller.call('case.sign', { id })
      const elsewhere = { id, reason: '请处理', text: '请看看' }
      for (const verb of ['case.transfer', 'case.assist'] as const) {
        const { status } = await duty.caller.try(verb, { ...pick(verb, elsewhere), unitId: 'tiexi' })
        assert.equal(status, 422, verb)
      }
      // Somebody of the unit does not get it under another post either.
      const { status } = await s.supervisor.caller.try('case.assign', { id, officerId: accusedTwice.postId })
      assert.equal(status, 422)
      await s.supervisor.caller.call('case.assign', { id, officerId: heping.postId })
      for (const one of [s.officer, s.leader, accused]) await assertUnseen(one, id, number)
    })

    it('a stand-in whom it is about does not get it: it stays with its officer', async () => {
      const { id, number } = await complain({ aboutPostId: accused.postId })
      await s.supervisor.caller.call('staff.setAbsence', {
        postId: duty.postId,
        standInPostId: accused.postId,
        fromOn: '2026-11-23',
        toOn: '2026-11-24',
      })
      await s.asker.call('case.urge', { id, text: '请快一点' })
      const { ds } = s.w.service.house
      await transact(ds, (db) =>
        enqueue(db, [{ kind: 'case.tell', payload: { caseId: id, tiding: 'assigned' } }], s.w.now()),
      )
      await assertUnseen(accused, id, number)
      const seen = await s.asker.call('case.read', { id })
      assert.deepEqual([seen.officer?.postId, seen.standInFor], [duty.postId, null])
      const listed = (await s.asker.call('case.list', { limit: 100 })).items.find((item) => item.id === id)
      assert.deepEqual([listed?.officer?.postId, listed?.standInFor], [duty.postId, null])
    })

    it('the stand-in of the person it is about has no more of it than that person', async () => {
      s.w.turnTo(at('2026-11-26'))
      const { id, number } = await complain({ aboutPostId: accused.postId })
      await s.supervisor.caller.call('staff.setAbsence', {
        postId: accused.postId,
        standInPostId: heping.postId,
        fromOn: '2026-11-26',
        toOn: '2026-11-27',
      })
      await assertUnseen(heping, id, number)
    })

    it('nor as a member of the firm that complains; what they complained of themselves they keep', async () => {
      const twin = await member(s.w, s.enterpriseId, 'accused')
      const { id, number, title } = await complain({ aboutPostId: accused.postId })
      const aboutUnit = await complain({ aboutUnitId: 'tiexi' })
      const own = await twin.call('case.submit', {
        category: 'complaint',
        title: '投诉本单位的作风',
        text: '我自己的单位也拖延。',
        enterpriseId: s.enterpriseId,
        aboutUnitId: 'tiexi',
        fileIds: [],
      })
      await s.w.drainJobs()
      const listed = JSON.stringify((await twin.call('case.list', { scope: 'mine', limit: 100 })).items)
      const similar = JSON.stringify(await twin.call('case.similar', { title, text: '说了三次没有回音。' }))
      for (const hidden of [{ id, number }, aboutUnit]) {
        assert.equal((await twin.try('case.read', { id: hidden.id })).status, 404)
        assert.equal((await twin.try('case.rate', { id: hidden.id, score: 5 })).status, 404)
        assert.ok(!listed.includes(hidden.number) && !similar.includes(hidden.number))
      }
      assert.equal((await twin.call('case.read', { id: own.id })).id, own.id)
      assert.ok(listed.includes(own.number))
      const again = await twin.call('case.similar', { title: '投诉本单位的作风' })
      assert.deepEqual(
        again.items.map((item) => item.id),
        [own.id],
      )
      // The partner, of whom it is not, goes on seeing it.
      assert.equal((await s.partner.call('case.read', { id })).id, id)
    })

    it('neither in the trail nor among the jobs', async () => {
      const { id } = await complain({ aboutPostId: accused.postId })
      await duty.caller.call('case.sign', { id })
      await duty.caller.call('case.answer', { id, text: '已经批评教育。', fileIds: [] })
      await s.asker.call('case.rate', { id, score: 1, text: '没有用' })
      await s.w.drainJobs()
      const db = s.w.service.house.ds.manager
      const rectification = await db.findOneByOrFail(Rectification, { caseId: id })
      const declined = await complain({ aboutPostId: accused.postId })
      await duty.caller.call('case.sign', { id: declined.id })
      await duty.caller.call('case.decline', { id: declined.id, basis: '《信访工作条例》', reason: '查无此事' })
      await s.supervisor.caller.call('case.agreeDecline', { id: declined.id, agree: true })
      await s.w.drainJobs()
      const rejection = await db.findOneByOrFail(Rejection, { caseId: declined.id })
      const hidden = [
        ['case', id],
        ['rectification', rectification.id],
        ['rejection', rejection.id],
      ] as const
      for (const [subjectKind, subjectId] of hidden) {
        for (const verb of ['audit.list', 'audit.verify']) {
          const { status } = await accusedTwice.caller.try(verb, { subjectKind, subjectId })
          assert.equal(status, 404, `${verb} ${subjectKind}`)
          assert.equal((await s.supervisor.caller.try(verb, { subjectKind, subjectId })).status, 200)
        }
      }
      const told = async (who: StaffMember) =>
        JSON.stringify([
          (await who.caller.call('audit.list', { limit: 100 })).items,
          (await who.caller.call('job.list', { state: 'done', limit: 100 })).items,
        ])
      const [kept, others] = [await told(accusedTwice), await told(s.supervisor)]
      for (const [, subjectId] of hidden) assert.ok(!kept.includes(subjectId) && others.includes(subjectId))
    })

    it('somebody badly rated does not follow the putting right in the trail', async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 1, text: '不满意' })
      const rated = s.officer
      const asSupervisor = await staff(s.w, { role: 'supervisor', unitId: 'leaders' })
      const db = s.w.service.house.ds.manager
      await db.update(Post, { id: asSupervisor.postId }, { personId: rated.personId })
      const one = await db.findOneByOrFail(Rectification, { caseId: id })
      const input = { subjectKind: 'rectification', subjectId: one.id }
      assert.equal((await rated.caller.try('audit.list', input)).status, 404)
      assert.equal((await rated.caller.try('audit.list', { subjectKind: 'case', subjectId: id })).status, 200)
      await db.update(Post, { id: asSupervisor.postId }, { personId: null })
    })

    it('on a project it is about its officer, unless the asker says that it is about nobody', async () => {
      s.w.turnTo(at('2026-11-30'))
      const byDefault = await complain({})
      assert.equal(byDefault.unit?.id, 'approval')
      await assertUnseen(s.officer, byDefault.id, byDefault.number)
      const named = await complain({ aboutPostId: heping.postId })
      await s.supervisor.caller.call('case.assign', { id: named.id, officerId: s.officer.postId })
      assert.equal((await s.officer.caller.call('case.read', { id: named.id })).id, named.id)
      const aboutNobody = await s.submit({
        category: 'complaint',
        title: '窗口排队',
        text: '排队太久。',
        aboutNobody: true,
      })
      await s.supervisor.caller.call('case.assign', { id: aboutNobody.id, officerId: s.officer.postId })
      assert.equal((await s.officer.caller.call('case.read', { id: aboutNobody.id })).id, aboutNobody.id)
      const wrong: object[] = [
        { category: 'suggestion', aboutNobody: true },
        { category: 'complaint', aboutNobody: true, aboutUnitId: 'tiexi' },
      ]
      for (const fields of wrong) {
        const { status, body } = await s.asker.try('case.submit', { title: '投诉', text: '请处理', ...fields })
        assert.deepEqual([status, body.errors[0].path], [422, 'aboutNobody'])
      }
    })

    it('about nobody, it is read by who has it, the stand-in, the leader and supervisors, not by the unit', async () => {
      s.w.turnTo(at('2026-11-30'))
      const { id, number, officer } = await s.submit({
        category: 'complaint',
        title: '没有写是谁',
        text: '态度不好。',
        projectId: undefined,
        enterpriseId: s.enterpriseId,
      })
      if (officer?.postId !== s.colleague.postId) {
        await s.supervisor.caller.call('case.assign', { id, officerId: s.colleague.postId })
      }
      await assertUnseen(s.officer, id, number)
      await s.supervisor.caller.call('staff.setAbsence', {
        postId: s.colleague.postId,
        standInPostId: s.officer.postId,
        fromOn: '2026-12-01',
        toOn: '2026-12-01',
      })
      for (const { caller } of [s.colleague, s.leader, s.supervisor]) {
        assert.equal((await caller.call('case.read', { id })).id, id)
        const { items } = await caller.call('case.list', { limit: 100 })
        assert.ok(items.some((item) => item.id === id))
      }
      s.w.turnTo(at('2026-12-01'))
      assert.equal((await s.officer.caller.call('case.read', { id })).id, id)
      s.w.turnTo(at('2026-12-02'))
      // Handed on, the unit that had it reads no more of it than before.
      await s.colleague.caller.call('case.transfer', {
        id,
        unitId: 'heping',
        officerId: heping.postId,
        reason: '在和平区',
      })
      await assertUnseen(s.officer, id, number)
    })

    it('only a complaint names whom it is about, and only somebody who is there', async () => {
      const about = { aboutPostId: accused.postId, aboutUnitId: 'tiexi' }
      const given = { title: '建议', text: '请改进', fileIds: [] }
      for (const [field, value] of Object.entries(about)) {
        const wrong = await s.asker.try('case.submit', { ...given, category: 'suggestion', [field]: value })
        assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, field])
      }
      const nowhere = { aboutPostId: '01970000-0000-7000-8000-000000000009', aboutUnitId: 'nowhere' }
      for (const [field, value] of Object.entries(nowhere)) {
        const wrong = await s.asker.try('case.submit', { ...given, category: 'complaint', [field]: value })
        assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, field])
      }
    })
  })
}
