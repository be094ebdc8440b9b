import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { firm, member, project, type StaffMember, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

const noon = (day: string) => `${day}T12:00:00+08:00`

for (const database of databaseNames) {
  describe(`the main job, on ${database}`, () => {
    let w: World
    let officer: StaffMember
    let colleague: StaffMember
    let leader: StaffMember
    let supervisor: StaffMember
    let asker: Caller
    let stranger: Caller
    let enterpriseId: string
    let projectId: string

    before(async () => {
      w = await world(database, { at: noon('2026-11-23') })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      enterpriseId = (await firm(w)).id
      asker = await member(w, enterpriseId)
      projectId = (await project(w, { enterpriseId, unitId: 'tiexi', officerPostId: officer.postId })).id
      stranger = await member(w, (await firm(w)).id)
    })
    after(() => w.stop())

    const submit = (title = '报告表要准备什么') =>
      asker.call('case.submit', {
        category: 'procedure',
        title,
        text: '请问报告表审批要哪些材料？',
        projectId,
        fileIds: [],
      })

    it("goes to the project's officer, due in five working days, and shows the days that do not count", async () => {
      const made = await submit()
      assert.equal(made.state, 'assigned')
      assert.equal(made.officer?.postId, officer.postId)
      assert.equal(made.officer?.name, officer.name)
      assert.equal(made.clock.startedOn, '2026-11-23')
      assert.equal(made.clock.dueOn, '2026-11-30')
      assert.deepEqual(
        made.clock.skipped.map(({ date }) => date),
        ['2026-11-28', '2026-11-29'],
      )
      assert.match(made.number, /^QZ20261123-[2-9A-Z]{5}$/)
      await w.drainJobs()
      const inbox = await officer.caller.call('notice.list', {})
      assert.ok(inbox.items.some((notice) => notice.subjectId === made.id))
    })

    it('runs from signing through a pause to the answer and the rating', async () => {
      w.turnTo(noon('2026-11-23'))
      const { id } = await submit()
      w.turnTo(noon('2026-11-24'))
      const signed = await officer.caller.call('case.sign', { id })
      assert.equal(signed.state, 'handling')
      const asked = await officer.caller.call('case.askMore', { id, text: '请补充平面图', fileIds: [] })
      assert.equal(asked.state, 'waiting')
      assert.ok(asked.clock.isPaused)
      w.turnTo(noon('2026-11-26'))
      const supplied = await asker.call('case.supply', { id, text: '已补充', fileIds: [] })
      assert.equal(supplied.state, 'handling')
      // Started Monday: Tuesday counts, Wednesday and Thursday wait, Friday counts, then Monday to Wednesday.
      assert.equal(supplied.clock.dueOn, '2026-12-02')
      const answered = await officer.caller.call('case.answer', { id, text: '需要申请书和报告表两件。', fileIds: [] })
      assert.equal(answered.state, 'answered')
      assert.equal(answered.closesOn, '2026-12-10')
      assert.ok((await asker.call('case.read', { id })).can.includes('case.rate'))
      const rated = await asker.call('case.rate', { id, score: 1, text: '没有说清楚' })
      assert.equal(rated.state, 'closed')
      assert.equal(rated.rating?.score, 1)
      const again = await asker.try('case.rate', { id, score: 5 })
      assert.equal(again.status, 409)

      const theirs = await leader.caller.call('rectification.list', {})
      const one = theirs.items.find((item) => item.case.id === id)
      assert.equal(one?.handler?.postId, leader.postId)
      assert.equal(one?.verifyDueOn, '2026-11-27')
      assert.equal(one?.resolveDueOn, '2026-12-17')
      const rated2 = await officer.caller.try('rectification.read', { id: one?.id })
      assert.equal(rated2.status, 404)
      const rectification = one?.id ?? ''
      await leader.caller.call('rectification.verify', {
        id: rectification,
        verdict: 'founded',
        finding: '确实没说清楚',
      })
      await leader.caller.call('rectification.resolve', { id: rectification, measures: '重新答复' })
      const closed = await leader.caller.call('rectification.callBack', {
        id: rectification,
        text: '满意',
        isSatisfied: true,
      })
      assert.equal(closed.state, 'closed')
    })

    it('is nowhere to be found for another enterprise', async () => {
      const { id, number } = await submit('别家看不到')
      await officer.caller.call('case.sign', { id })
      await officer.caller.call('case.note', { id, text: '内部：先电话联系' })
      for (const verb of [
        'case.read',
        'case.supply',
        'case.rate',
        'case.withdraw',
        'case.urge',
        'case.note',
        'case.sign',
      ]) {
        const input = { id, ...(verb === 'case.read' ? {} : { text: 'x', score: 5 }) }
        const { status } = await stranger.try(verb, input)
        assert.ok(status === 404 || status === 403 || status === 422, `${verb} answered ${status}`)
      }
      assert.equal((await stranger.try('case.read', { id })).status, 404)
      assert.equal((await stranger.try('case.supply', { id, text: 'x' })).status, 404)
      const list = await stranger.call('case.list', { q: number })
      assert.deepEqual(list.items, [])
      const similar = await stranger.call('case.similar', { title: '别家看不到', text: '请问报告表审批要哪些材料？' })
      assert.deepEqual(similar.items, [])
      const own = await stranger.call('person.export', {})
      assert.ok(!JSON.stringify(own).includes(number))
      const read = await asker.call('case.read', { id })
      assert.ok(!('notes' in read) && !JSON.stringify(read).includes('内部：'))
    })

    it('with the officer away, the stand-in has it, and says for whom', async () => {
      w.turnTo(noon('2026-11-30'))
      await officer.caller.call('staff.setAbsence', {
        postId: officer.postId,
        standInPostId: colleague.postId,
        fromOn: '2026-11-30',
        toOn: '2026-12-01',
      })
      const made = await submit('专员外出')
      assert.equal(made.officer?.postId, colleague.postId)
      assert.equal(made.standInFor?.name, officer.name)
      const todo = await colleague.caller.call('case.list', { scope: 'todo' })
      assert.ok(todo.items.some((item) => item.id === made.id))
      await colleague.caller.call('case.sign', { id: made.id })
      w.turnTo(noon('2026-12-02'))
      const back = await asker.call('case.read', { id: made.id })
      assert.equal(back.officer?.postId, officer.postId)
      assert.equal(back.standInFor, null)
    })

    it('declining needs a basis and another person, and is registered', async () => {
      const { id } = await submit('不归我们管')
      await officer.caller.call('case.sign', { id })
      const bare = await officer.caller.try('case.decline', { id, reason: '不归我们管' })
      assert.equal(bare.status, 422)
      await officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责范围' })
      assert.equal((await officer.caller.try('case.agreeDecline', { id })).status, 403)
      const declined = await leader.caller.call('case.agreeDecline', { id })
      assert.equal(declined.state, 'declined')
      const register = await supervisor.caller.call('rejection.list', { kind: 'help' })
      assert.ok(register.items.some((item) => item.case?.id === id))
    })

    it('an extension is asked for, agreed by a supervisor, and moves the due date', async () => {
      w.turnTo(noon('2026-12-02'))
      const { id, clock } = await submit('要现场看')
      assert.equal(clock.dueOn, '2026-12-09')
      await officer.caller.call('case.sign', { id })
      await officer.caller.call('case.extend', { id, workdays: 3, reason: '要踏勘' })
      assert.equal((await asker.call('case.read', { id })).clock.dueOn, '2026-12-09')
      const agreed = await supervisor.caller.call('case.agreeExtension', { id })
      assert.equal(agreed.clock.dueOn, '2026-12-14')
      const seen = await asker.call('case.read', { id })
      assert.ok(seen.timeline.some((entry) => entry.verb === 'case.agreeExtension'))
      assert.equal((await officer.caller.try('case.extend', { id, workdays: 6, reason: '太久' })).status, 422)
    })

    it('urging counts once a working day', async () => {
      const { id } = await submit('快一点')
      assert.equal((await asker.call('case.read', { id })).urgeAgainOn, null)
      const urged = await asker.call('case.urge', { id })
      assert.deepEqual([urged.urgeAgainOn, urged.can.includes('case.urge')], ['2026-12-03', false])
      assert.equal((await asker.try('case.urge', { id })).status, 409)
      w.turnTo(noon('2026-12-03'))
      assert.equal((await asker.call('case.read', { id })).urgeAgainOn, null)
      await asker.call('case.urge', { id })
      await officer.caller.call('case.sign', { id })
      const asked = await officer.caller.call('case.askMore', { id, text: '请补充' })
      assert.equal(asked.urgeAgainOn, null)
    })

    it('what is late is told to the leader at once and to the supervisor after two working days', async () => {
      w.turnTo(noon('2026-12-03'))
      const { id, clock } = await submit('会逾期')
      assert.equal(clock.dueOn, '2026-12-10')
      await officer.caller.call('case.sign', { id })
      const told = async (who: StaffMember) =>
        (await who.caller.call('notice.list', { limit: 100 })).items.filter(
          (notice) => notice.subjectId === id && notice.title.includes('已超过'),
        ).length
      w.turnTo('2026-12-11T09:00:00+08:00')
      await w.drainJobs()
      assert.equal(await told(leader), 1)
      assert.equal(await told(supervisor), 0)
      w.turnTo('2026-12-14T09:00:00+08:00')
      await w.drainJobs()
      assert.equal(await told(leader), 1)
      assert.equal(await told(supervisor), 1)
      const overdue = await supervisor.caller.call('case.list', { due: 'overdue', limit: 100 })
      assert.ok(overdue.items.some((item) => item.id === id && item.isOverdue))
    })

    it('an answered case closes by itself after ten working days, and can be reopened within fifteen days', async () => {
      w.turnTo(noon('2026-12-14'))
      const { id } = await submit('没有回音')
      await officer.caller.call('case.sign', { id })
      const { closesOn } = await officer.caller.call('case.answer', { id, text: '答复如下。', fileIds: [] })
      assert.equal(closesOn, '2026-12-28')
      w.turnTo('2026-12-28T23:00:00+08:00')
      await w.drainJobs()
      assert.equal((await asker.call('case.read', { id })).state, 'answered')
      w.turnTo('2026-12-29T01:00:00+08:00')
      await w.drainJobs()
      const closed = await asker.call('case.read', { id })
      assert.equal(closed.state, 'closed')
      const last = closed.timeline.at(-1)
      assert.deepEqual([last?.verb, last?.actor.kind], ['case.close', 'system'])
      w.turnTo(noon('2027-01-13'))
      const reopened = await asker.call('case.reopen', { id, text: '还有一个问题' })
      assert.equal(reopened.state, 'assigned')
      assert.ok(reopened.clock.isProvisional)
      await officer.caller.call('case.sign', { id })
      await officer.caller.call('case.answer', { id, text: '再次答复。', fileIds: [] })
      await asker.call('case.close', { id })
      w.turnTo(noon('2027-01-29'))
      await assert.rejects(asker.call('case.reopen', { id, text: '太晚了' }), { status: 409 })
    })
  })
}
