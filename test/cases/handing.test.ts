import assert from 'node:assert/strict'
import { HelpCase } from '../../src/cases/helpCase.js'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import { at, type Stage, stage } from './stage.js'

for (const database of databaseNames) {
  describe(`cases handed on, helped with, refused, on ${database}`, () => {
    let s: Stage
    let heping: StaffMember
    let hepingLeader: StaffMember
    before(async () => {
      s = await stage(database)
      heping = await staff(s.w, { role: 'officer', unitId: 'heping' })
      hepingLeader = await staff(s.w, { role: 'leader', unitId: 'heping' })
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const transfer = (id: string, fields: object = {}) =>
      s.officer.caller.try('case.transfer', { id, unitId: 'heping', reason: '项目在和平区', ...fields })

    it('handed on, the new officer signs within a day of their own; the clock goes on; the firm sees to whom and why', async () => {
      const { id, clock } = await s.signed()
      s.w.turnTo(at('2026-11-25'))
      const { status, body } = await transfer(id)
      assert.equal(status, 200)
      assert.deepEqual([body.state, body.unit.id, body.officer.postId], ['assigned', 'heping', heping.postId])
      assert.deepEqual([body.signDueOn, body.clock.dueOn], ['2026-11-26', clock.dueOn])
      const seen = await s.asker.call('case.read', { id })
      assert.ok(seen.timeline.some(({ verb, text }) => verb === 'case.transfer' && text?.includes('项目在和平区')))
      await s.w.drainJobs()
      assert.ok((await s.told(heping.caller, id)).some((title) => title.includes('待签收')))
    })

    it('the unit that handed it on keeps reading and can do nothing more', async () => {
      const { id } = await s.signed()
      await transfer(id)
      for (const { caller } of [s.officer, s.colleague, s.leader]) {
        const seen = await caller.call('case.read', { id })
        assert.deepEqual(seen.can, [])
        assert.ok((await caller.call('case.list', { limit: 100 })).items.some((item) => item.id === id))
        assert.ok(!(await caller.call('case.list', { scope: 'todo', limit: 100 })).items.some((item) => item.id === id))
      }
      const acts: [string, object][] = [
        ['case.sign', {}],
        ['case.note', { text: '看看' }],
        ['case.answer', { text: '答复如下' }],
        ['case.transfer', { unitId: 'tiexi', reason: '拿回来' }],
        ['case.assist', { unitId: 'shenhe', text: '看看' }],
        ['case.release', {}],
      ]
      for (const [verb, input] of acts) {
        assert.equal((await s.officer.caller.try(verb, { id, ...input })).status, 403, verb)
      }
      assert.equal((await s.leader.caller.try('case.assign', { id, officerId: s.colleague.postId })).status, 403)
      await heping.caller.call('case.sign', { id })
      // Handed back, it is theirs again.
      const back = await heping.caller.call('case.transfer', { id, unitId: 'tiexi', reason: '还是铁西的' })
      assert.equal(back.unit?.id, 'tiexi')
      assert.equal((await heping.caller.call('case.read', { id })).can.length, 0)
    })

    it('one that waits for the enterprise goes on waiting under its new officer', async () => {
      const { id } = await s.signed()
      await s.officer.caller.call('case.askMore', { id, text: '请补充', fileIds: [] })
      const { body } = await transfer(id)
      assert.deepEqual([body.state, body.clock.isPaused], ['waiting', true])
      s.w.turnTo(at('2026-11-25'))
      const supplied = await s.asker.call('case.supply', { id, text: '补好了' })
      assert.deepEqual([supplied.state, supplied.clock.dueOn], ['handling', '2026-12-02'])
      await s.w.drainJobs()
      assert.ok((await s.told(heping.caller, id)).some((title) => title.includes('企业已补充')))
      await heping.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
    })

    it('not to a unit without officers, an unknown one, a group, its own, or to somebody of another', async () => {
      const { id, version } = await s.signed()
      const wrong: [object, string][] = [
        [{ unitId: 'enforcement' }, 'unitId'],
        [{ unitId: 'nowhere' }, 'unitId'],
        [{ unitId: 'tiexi' }, 'unitId'],
        [{ officerId: s.colleague.postId }, 'officerId'],
        [{ officerId: '01970000-0000-7000-8000-000000000009' }, 'officerId'],
        [{ unitId: 'tiexi', officerId: s.officer.postId }, 'officerId'],
      ]
      for (const [fields, path] of wrong) {
        const { status, body } = await transfer(id, fields)
        assert.deepEqual([status, body.errors[0].path], [422, path], JSON.stringify(fields))
      }
      assert.equal((await s.w.service.house.ds.manager.findOneByOrFail(HelpCase, { id })).version, version)
      const clerk = await staff(s.w, { role: 'clerk', unitId: 'heping' })
      assert.equal((await transfer(id, { officerId: clerk.postId })).status, 422)
    })

    it('a leader assigns within the branch, a supervisor anywhere, an officer not at all', async () => {
      const { id } = await s.submit()
      await s.w.drainJobs()
      const assign = (who: StaffMember, officerId: string) => who.caller.try('case.assign', { id, officerId })
      assert.equal((await assign(s.officer, s.colleague.postId)).status, 403)
      assert.equal((await assign(hepingLeader, heping.postId)).status, 404)
      assert.equal((await assign(s.leader, heping.postId)).status, 422)
      assert.equal((await assign(s.leader, s.officer.postId)).status, 422)
      const own = await assign(s.leader, s.colleague.postId)
      assert.deepEqual([own.status, own.body.officer.postId], [200, s.colleague.postId])
      assert.equal((await s.officer.caller.try('case.sign', { id })).status, 403)
      await s.w.drainJobs()
      assert.equal((await s.told(s.colleague.caller, id)).length, 1)
      const away = await assign(s.supervisor, heping.postId)
      assert.deepEqual([away.body.unit.id, away.body.state], ['heping', 'assigned'])
    })

    it('assigned, the enterprise learns who is in charge now, and not why', async () => {
      const { id } = await s.submit()
      await s.leader.caller.call('case.assign', { id, officerId: s.colleague.postId, reason: '原专员太忙' })
      await s.w.drainJobs()
      const seen = await s.asker.call('case.read', { id })
      assert.ok(!JSON.stringify(seen).includes('太忙'))
      const line = seen.timeline.at(-1)
      assert.deepEqual([line?.verb, line?.text], ['case.assign', `由${s.colleague.name}承办`])
      const { notes } = await s.colleague.caller.call('case.read', { id })
      assert.ok(notes?.some(({ verb, text }) => verb === 'case.assign' && text.includes('原专员太忙')))
      // Told before the content check has passed, so without its title.
      const told = await s.told(s.asker, id)
      assert.equal(told.filter((title) => title.includes(`承办人换成${s.colleague.name}，电话024-0000`)).length, 1)
      await s.colleague.caller.call('case.transfer', {
        id,
        unitId: 'heping',
        officerId: heping.postId,
        reason: '和平区',
      })
      await s.w.drainJobs()
      const later = await s.told(s.asker, id)
      assert.equal(
        later.filter((title) => title.includes(`《报告表要准备什么》承办人换成${heping.name}，电话`)).length,
        1,
      )
      // Without a reason nothing is left to keep among staff.
      const before = (await heping.caller.call('case.read', { id })).notes?.length
      const again = await s.supervisor.caller.call('case.assign', { id, officerId: s.officer.postId })
      assert.equal(again.notes?.length, before)
    })

    it('out of the pool, the asker hears who has it now; a number at home is nobody’s business', async () => {
      const quiet = await staff(s.w, { role: 'officer', unitId: 'heping', workPhone: null })
      const { id, officer } = await s.submit({ projectId: undefined, districtCode: '210123', title: '没有人接的' })
      assert.equal(officer, null)
      await s.w.drainJobs()
      await s.supervisor.caller.call('case.assign', { id, officerId: quiet.postId })
      await s.w.drainJobs()
      const told = await s.told(s.asker, id)
      assert.deepEqual(told, [`《没有人接的》已有承办人：${quiet.name}`])
    })

    it('not assisted by a unit without officers and leaders', async () => {
      const { id } = await s.signed()
      await staff(s.w, { role: 'supervisor', unitId: 'enforcement' })
      await staff(s.w, { role: 'officer', unitId: 'enforcement', isActive: false })
      const { status, body } = await s.officer.caller.try('case.assist', { id, unitId: 'enforcement', text: '请看看' })
      assert.deepEqual(
        [status, body.errors],
        [422, [{ path: 'unitId', message: '这个单位还没有人可以接，请换一个单位或由市局指派' }]],
      )
    })

    it('a unit asked to help reads, notes and replies for staff alone, and decides nothing', async () => {
      const { id } = await s.signed()
      assert.equal((await heping.caller.try('case.read', { id })).status, 404)
      assert.equal((await s.officer.caller.try('case.assist', { id, unitId: 'tiexi', text: '自己' })).status, 422)
      await s.officer.caller.call('case.assist', { id, unitId: 'heping', text: '请看排水去向' })
      await s.w.drainJobs()
      for (const one of [heping, hepingLeader]) {
        assert.ok((await s.told(one.caller, id)).some((title) => title.includes('会办')))
      }
      const seen = await heping.caller.call('case.read', { id })
      assert.deepEqual([...seen.can].sort(), ['case.assistReply', 'case.note'])
      assert.equal((await heping.caller.try('case.answer', { id, text: '越权答复' })).status, 403)
      await heping.caller.call('case.note', { id, text: '会办记录' })
      const replied = await heping.caller.call('case.assistReply', { id, text: '会办意见：可以' })
      assert.equal(replied.assisting?.[0]?.unit.id, 'heping')
      assert.ok(replied.assisting?.[0]?.repliedAt)
      await s.w.drainJobs()
      assert.ok((await s.told(s.officer.caller, id)).some((title) => title.includes('会办单位已回复')))
      const officers = await s.officer.caller.call('case.read', { id })
      assert.ok(officers.notes?.some(({ text }) => text === '会办意见：可以'))
      const firms = JSON.stringify(await s.asker.call('case.read', { id }))
      assert.ok(!firms.includes('会办'))
      // Asked again, it owes a reply again.
      const again = await s.officer.caller.call('case.assist', { id, unitId: 'heping', text: '再看看' })
      assert.deepEqual(
        again.assisting?.map(({ repliedAt }) => repliedAt),
        [null],
      )
    })

    it('a refusal needs a basis and another person; refused itself, the case goes on', async () => {
      const { id } = await s.signed()
      const short = await s.officer.caller.try('case.decline', { id, basis: '无', reason: '不归我们' })
      assert.deepEqual([short.status, short.body.errors[0].path], [422, 'basis'])
      const proposed = await s.officer.caller.call('case.decline', {
        id,
        basis: '《信访工作条例》',
        reason: '不属于职责',
      })
      assert.deepEqual([proposed.state, proposed.pendingDecline?.by], ['handling', s.officer.name])
      assert.equal((await s.officer.caller.try('case.answer', { id, text: '先答了' })).status, 409)
      assert.equal(
        (await s.officer.caller.try('case.decline', { id, basis: '《信访工作条例》', reason: '再提' })).status,
        409,
      )
      assert.ok(!JSON.stringify(await s.asker.call('case.read', { id })).includes('信访工作条例'))
      await s.w.drainJobs()
      assert.ok((await s.told(s.leader.caller, id)).some((title) => title.includes('不予办理')))
      const no = await s.leader.caller.call('case.agreeDecline', { id, agree: false, text: '应当办理' })
      assert.deepEqual([no.state, no.pendingDecline], ['handling', null])
      await s.w.drainJobs()
      assert.ok((await s.told(s.officer.caller, id)).some((title) => title.includes('不予办理没有同意')))
      assert.ok(!(await s.told(s.asker, id)).some((title) => title.includes('不予办理')))
      await s.officer.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
    })

    it('agreed, it is over, told with basis and reason, and in the register of its unit and nobody else’s', async () => {
      const { id, number } = await s.signed()
      await s.officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责' })
      assert.equal((await hepingLeader.caller.try('case.agreeDecline', { id })).status, 404)
      const declined = await s.leader.caller.call('case.agreeDecline', { id })
      assert.equal(declined.state, 'declined')
      const seen = await s.asker.call('case.read', { id })
      assert.ok(seen.timeline.some(({ text }) => text?.includes('《信访工作条例》') && text.includes('不属于职责')))
      assert.deepEqual([...seen.can].sort(), ['case.rate', 'case.reopen'])
      const lines = async (who: StaffMember, input: object = {}) =>
        (await who.caller.call('rejection.list', { limit: 100, ...input })).items.filter((line) => line.case?.id === id)
      const [line] = await lines(s.supervisor, { kind: 'help', unitId: 'tiexi', from: '2026-11-23', to: '2026-11-23' })
      assert.deepEqual(
        [line?.case?.number, line?.proposedBy, line?.agreedBy, line?.registeredOn],
        [number, s.officer.name, s.leader.name, '2026-11-23'],
      )
      assert.equal((await lines(s.leader)).length, 1)
      assert.equal((await lines(hepingLeader)).length, 0)
      assert.equal((await lines(s.leader, { unitId: 'heping' })).length, 0)
      assert.equal((await lines(s.supervisor, { kind: 'application' })).length, 0)
      assert.equal((await lines(s.supervisor, { from: '2026-11-24' })).length, 0)
      assert.equal((await s.officer.caller.try('rejection.list', {})).status, 403)
    })

    it('a leader does not agree to a refusal of their own', async () => {
      const { id } = await s.submit()
      await s.leader.caller.call('case.assign', { id, officerId: s.leader.postId })
      await s.leader.caller.call('case.sign', { id })
      await s.leader.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责' })
      const own = await s.leader.caller.try('case.agreeDecline', { id })
      assert.deepEqual([own.status, own.body.title], [403, '提出不予办理的人不能自己同意'])
      assert.equal((await s.supervisor.caller.call('case.agreeDecline', { id })).state, 'declined')
    })

    it('withdrawn, what was proposed is gone, and only the one who asked may withdraw', async () => {
      const { id } = await s.signed()
      await s.officer.caller.call('case.extend', { id, workdays: 2, reason: '要踏勘' })
      await s.officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责' })
      assert.equal((await s.partner.try('case.withdraw', { id })).status, 403)
      await s.asker.call('case.withdraw', { id })
      const seen = await s.officer.caller.call('case.read', { id })
      assert.deepEqual([seen.state, seen.pendingDecline, seen.pendingExtension], ['withdrawn', null, null])
      assert.equal((await s.leader.caller.try('case.agreeDecline', { id })).status, 409)
      assert.equal((await s.supervisor.caller.try('case.agreeExtension', { id })).status, 409)
    })

    it('canned replies: those of all and of one’s own unit, kept by the unit', async () => {
      const saved = await s.officer.caller.call('reply.save', {
        title: '请补平面图',
        text: '请补充平面图。',
        isActive: true,
      })
      assert.equal(saved.unitId, 'tiexi')
      const titles = async (who: StaffMember) =>
        (await who.caller.call('reply.list', {})).items.map(({ title }) => title)
      assert.ok((await titles(s.colleague)).includes('请补平面图'))
      assert.ok(!(await titles(heping)).includes('请补平面图'))
      const { id, version } = saved
      const theft = await heping.caller.try('reply.save', { id, title: '改了', text: '改了' })
      assert.equal(theft.status, 404)
      assert.equal(
        (await heping.caller.try('reply.save', { unitId: 'tiexi', title: '别家', text: '别家' })).status,
        403,
      )
      const moved = await s.officer.caller.try('reply.save', { id, unitId: 'heping', title: '搬走', text: '搬走' })
      assert.equal(moved.status, 403)
      await s.officer.caller.call('reply.save', {
        id,
        version,
        title: '请补总平面图',
        text: '请补充。',
        isActive: true,
      })
      assert.equal((await s.officer.caller.try('reply.save', { id, version, title: '旧', text: '旧' })).status, 409)
      await s.officer.caller.call('reply.save', { id, title: '请补总平面图', text: '请补充。', isActive: false })
      assert.ok(!(await titles(s.colleague)).includes('请补总平面图'))
      assert.equal((await s.asker.try('reply.list', {})).status, 403)
    })
  })
}
