import assert from 'node:assert/strict'
import { enqueue } from '../../src/audit/queue.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { transact } from '../../src/database/transaction.js'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import { at, type Stage, stage } from './stage.js'

// Made up: the State Council has not announced 2027 yet.
const arrangement2027 = {
  year: 2027,
  isAnnounced: true as const,
  source: '测试用的2027年安排',
  holidays: [
    { name: '元旦', from: '2027-01-01', to: '2027-01-05', work: ['2027-01-09'] },
    { name: '春节', from: '2027-02-05', to: '2027-02-12', work: [] },
    { name: '国庆节', from: '2027-10-01', to: '2027-10-07', work: [] },
  ],
}

for (const database of databaseNames) {
  describe(`the clock of a case, on ${database}`, () => {
    let s: Stage
    let clerk: StaffMember
    before(async () => {
      s = await stage(database)
      clerk = await staff(s.w, { role: 'clerk', unitId: 'approval' })
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const db = () => s.w.service.house.ds.manager
    const stored = (id: string) => db().findOneByOrFail(HelpCase, { id })
    /** As if the timetable's job came round once more. */
    const again = async (kind: string) => {
      await transact(s.w.service.house.ds, (manager) => enqueue(manager, [{ kind, payload: {} }], s.w.now()))
      await s.w.drainJobs()
    }
    const count = async (who: StaffMember, id: string, part: string) =>
      (await s.told(who.caller, id)).filter((title) => title.includes(part)).length

    const terms: [category: string, dueOn: string][] = [
      ['policyGuidance', '2026-11-30'],
      ['procedure', '2026-11-30'],
      ['reform', '2026-11-30'],
      ['industryAccess', '2026-11-30'],
      ['consultation', '2026-11-30'],
      ['siteSelection', '2026-12-07'],
      ['zoneControl', '2026-12-07'],
      ['assessment', '2026-12-07'],
      ['complaint', '2026-12-07'],
      ['suggestion', '2026-12-07'],
    ]
    for (const [category, dueOn] of terms) {
      it(`${category} received on 2026-11-23 is due on ${dueOn}, to be signed by the next working day`, async () => {
        const { clock, signDueOn } = await s.submit({ category: category as never })
        assert.deepEqual([clock.dueOn, signDueOn], [dueOn, '2026-11-24'])
      })
    }

    it('received on a day off counts as that day', async () => {
      s.w.turnTo(at('2026-11-28', '23:30'))
      const { clock, signDueOn } = await s.submit()
      assert.deepEqual([clock.startedOn, clock.dueOn, signDueOn], ['2026-11-28', '2026-12-04', '2026-11-30'])
    })

    it('the days of waiting do not count, the screen says so, and while it waits the due date moves each day', async () => {
      const { id } = await s.signed()
      s.w.turnTo(at('2026-11-24'))
      const asked = await s.officer.caller.call('case.askMore', { id, text: '请补充', fileIds: [] })
      assert.deepEqual([asked.state, asked.clock.isPaused, asked.clock.dueOn], ['waiting', true, '2026-11-30'])
      s.w.turnTo(at('2026-11-26', '00:30'))
      await s.w.drainJobs()
      assert.equal((await stored(id)).dueOn, '2026-12-02')
      const { version } = await stored(id)
      s.w.turnTo(at('2026-11-27', '00:30'))
      await s.w.drainJobs()
      const row = await stored(id)
      assert.deepEqual([row.dueOn, row.version], ['2026-12-03', version])
      const item = (await s.officer.caller.call('case.list', { states: ['waiting'] })).items.find(
        (one) => one.id === id,
      )
      assert.deepEqual([item?.dueOn, item?.daysLeft, item?.isPaused], ['2026-12-03', null, true])
      const supplied = await s.asker.call('case.supply', { id, text: '补好了' })
      assert.deepEqual([supplied.clock.dueOn, supplied.clock.used], ['2026-12-03', 1])
      assert.deepEqual(
        supplied.clock.skipped.filter(({ reason }) => reason.includes('等待')).map(({ date }) => date),
        ['2026-11-25', '2026-11-26', '2026-11-27'],
      )
    })

    it('two extensions of at most five days each, and no third', async () => {
      const { id } = await s.signed()
      const extend = (workdays: number) => s.officer.caller.try('case.extend', { id, workdays, reason: '要踏勘' })
      assert.equal((await extend(6)).status, 422)
      for (const dueOn of ['2026-12-07', '2026-12-14']) {
        assert.equal((await extend(5)).status, 200)
        assert.equal((await extend(5)).status, 409)
        const own = await s.officer.caller.try('case.agreeExtension', { id })
        assert.equal(own.status, 403)
        const agreed = await s.supervisor.caller.call('case.agreeExtension', { id })
        assert.equal(agreed.clock.dueOn, dueOn)
        await s.w.drainJobs()
      }
      const third = await extend(1)
      assert.equal(third.status, 409)
      assert.match(third.body.title, /最多延期2次/)
      const seen = await s.officer.caller.call('case.read', { id })
      assert.ok(!seen.can.includes('case.extend'))
      assert.equal(seen.extensions, 2)
      const told = await s.told(s.asker, id)
      for (const day of ['12月7日', '12月14日']) {
        assert.ok(told.includes(`《报告表要准备什么》已延期，${day}（含当天）前答复`), told.join())
      }
      const lines = (await s.asker.call('case.read', { id })).timeline.map(({ text }) => text)
      assert.ok(lines.includes(`${s.officer.name}申请延期5个工作日：要踏勘`))
    })

    it('an extension refused leaves the due date, is told to the officer and not to the enterprise', async () => {
      const { id, clock } = await s.signed()
      await s.officer.caller.call('case.extend', { id, workdays: 3, reason: '太忙' })
      const refused = await s.supervisor.caller.call('case.agreeExtension', { id, agree: false, text: '理由不足' })
      assert.deepEqual([refused.clock.dueOn, refused.pendingExtension, refused.extensions], [clock.dueOn, null, 0])
      await s.w.drainJobs()
      assert.equal(await count(s.officer, id, '延期没有同意'), 1)
      assert.ok(!(await s.told(s.asker, id)).some((title) => title.includes('延期')))
      assert.ok(!JSON.stringify(await s.asker.call('case.read', { id })).includes('理由不足'))
      assert.ok(refused.can.length > 0)
      assert.equal((await s.officer.caller.try('case.extend', { id, workdays: 3, reason: '要踏勘' })).status, 200)
    })

    it('an extension agreed by a supervisor who asked for it under another post is refused', async () => {
      const both = await staff(s.w, { role: 'supervisor', unitId: 'leaders', as: `both-${database}` })
      const second = await staff(s.w, { role: 'officer', unitId: 'tiexi', as: `both-${database}` })
      const { id } = await s.submit()
      await s.supervisor.caller.call('case.assign', { id, officerId: second.postId })
      await both.caller.call('case.sign', { id })
      await both.caller.call('case.extend', { id, workdays: 1, reason: '要踏勘' })
      assert.equal((await both.caller.try('case.agreeExtension', { id })).status, 403)
    })

    it('reminded once, one working day before, even when the job comes round twice', async () => {
      const { id, clock } = await s.signed()
      assert.equal(clock.dueOn, '2026-11-30')
      s.w.turnTo(at('2026-11-26', '09:00'))
      await s.w.drainJobs()
      assert.equal(await count(s.officer, id, '即将到期'), 0)
      s.w.turnTo(at('2026-11-27', '08:00'))
      await s.w.drainJobs()
      assert.equal(await count(s.officer, id, '即将到期'), 0)
      s.w.turnTo(at('2026-11-27', '08:40'))
      await s.w.drainJobs()
      await again('case.remind')
      assert.equal(await count(s.officer, id, '即将到期'), 1)
      assert.equal(await count(s.leader, id, '即将到期'), 0)
    })

    it('not signed by the next working day: officer and leader are told, once', async () => {
      const { id } = await s.submit()
      s.w.turnTo(at('2026-11-24', '18:00'))
      await again('case.escalate')
      assert.equal(await count(s.leader, id, '没有签收'), 0)
      s.w.turnTo(at('2026-11-25', '08:40'))
      await s.w.drainJobs()
      await again('case.escalate')
      assert.deepEqual([await count(s.officer, id, '没有签收'), await count(s.leader, id, '没有签收')], [1, 1])
      s.w.turnTo(at('2026-11-26', '08:40'))
      await s.w.drainJobs()
      assert.equal(await count(s.leader, id, '没有签收'), 1)
    })

    it('overdue is told once to officer and leader, after two working days to the supervisor; not while it waits', async () => {
      const { id } = await s.signed()
      const waits = await s.signed()
      await s.officer.caller.call('case.askMore', { id: waits.id, text: '请补充', fileIds: [] })
      s.w.turnTo(at('2026-12-01', '09:00'))
      await s.w.drainJobs()
      await again('case.escalate')
      const told = async (part: string) => [
        await count(s.officer, id, part),
        await count(s.leader, id, part),
        await count(s.supervisor, id, part),
      ]
      assert.deepEqual(await told('已超过'), [1, 1, 0])
      s.w.turnTo(at('2026-12-02', '09:00'))
      await s.w.drainJobs()
      await again('case.escalate')
      assert.deepEqual(await told('已超过'), [1, 1, 1])
      assert.equal(await count(s.leader, waits.id, '已超过'), 0)
      assert.equal(await count(s.leader, id, '《报告表要准备什么》应在11月30日答复，已超过1个工作日'), 1)
      assert.equal(await count(s.supervisor, id, '《报告表要准备什么》应在11月30日答复，已超过2个工作日'), 1)
      const heping = await staff(s.w, { role: 'officer', unitId: 'heping' })
      const other = await staff(s.w, { role: 'leader', unitId: 'heping' })
      await s.supervisor.caller.call('case.transfer', {
        id,
        unitId: 'heping',
        officerId: heping.postId,
        reason: '改由和平',
      })
      s.w.turnTo(at('2026-12-03', '09:00'))
      await s.w.drainJobs()
      assert.equal(await count(other, id, '已超过'), 1)
    })

    it('what is due soon, today and overdue, by the working days', async () => {
      s.w.turnTo(at('2026-03-02'))
      const { id } = await s.signed()
      const waits = await s.signed()
      await s.officer.caller.call('case.askMore', { id: waits.id, text: '请补充', fileIds: [] })
      const which = async () => {
        const found: string[] = []
        for (const due of ['soon', 'today', 'overdue'] as const) {
          const { items } = await s.officer.caller.call('case.list', { due, limit: 100 })
          assert.ok(items.every((item) => item.id !== waits.id))
          const item = items.find((one) => one.id === id)
          if (item) found.push(`${due} ${item.daysLeft} ${item.isOverdue}`)
        }
        return found
      }
      const days: [day: string, expected: string[]][] = [
        ['2026-03-05', []],
        ['2026-03-06', ['soon 1 false']],
        ['2026-03-07', ['soon 1 false']],
        ['2026-03-09', ['soon 0 false', 'today 0 false']],
        ['2026-03-10', ['overdue -1 true']],
        ['2026-03-12', ['overdue -3 true']],
      ]
      for (const [day, expected] of days) {
        s.w.turnTo(at(day))
        assert.deepEqual(await which(), expected, day)
      }
      await s.officer.caller.call('case.answer', { id, text: '晚了', fileIds: [] })
      assert.deepEqual(await which(), [])
      const row = await stored(id)
      assert.deepEqual([row.usedWorkdays, row.isInTime], [8, false])
      const listed = async (state: 'answered' | 'assigned' | 'handling') =>
        (await s.officer.caller.call('case.list', { states: [state], limit: 100 })).items.find((one) => one.id === id)
      assert.deepEqual([(await listed('answered'))?.isInTime, (await listed('answered'))?.isOverdue], [false, false])
      // Asked again, it owes another answer.
      const again = await s.asker.call('case.reopen', { id, text: '没有解决。' })
      assert.ok(again.state === 'assigned' || again.state === 'handling', again.state)
      assert.equal((await listed(again.state))?.isInTime, null)
    })

    it('the days of a long answer do not take away the right to reopen before it closes', async () => {
      s.w.turnTo(at('2026-09-24'))
      const { id, closesOn } = await s.answered()
      assert.equal(closesOn, '2026-10-15')
      s.w.turnTo(at('2026-10-15'))
      assert.ok((await s.asker.call('case.read', { id })).can.includes('case.reopen'))
      assert.equal((await s.asker.call('case.reopen', { id, text: '还有问题' })).state, 'assigned')
    })

    // Last, as it changes the calendar for good.
    it('due in 2027 is provisional until the arrangement is announced, then counted again for all that is open', async () => {
      s.w.turnTo(at('2026-12-30'))
      const open = await s.submit()
      const waits = await s.signed()
      await s.officer.caller.call('case.askMore', { id: waits.id, text: '请补充', fileIds: [] })
      const answered = await s.answered()
      const near = await s.submit({ category: 'consultation' })
      assert.deepEqual([open.clock.dueOn, open.clock.isProvisional], ['2027-01-07', true])
      assert.equal(answered.closesOn, '2027-01-14')
      const { items } = await s.officer.caller.call('case.list', {})
      assert.equal(items.find(({ id }) => id === open.id)?.isProvisional, true)
      await s.w.drainJobs()
      const before = await stored(open.id)
      await clerk.caller.call('calendar.import', arrangement2027)
      await s.w.drainJobs()
      const row = await stored(open.id)
      assert.deepEqual([row.dueOn, row.isProvisional, row.version], ['2027-01-09', false, before.version + 1])
      const seen = await s.asker.call('case.read', { id: open.id })
      assert.deepEqual([seen.clock.dueOn, seen.clock.isProvisional], ['2027-01-09', false])
      assert.equal((await stored(near.id)).isProvisional, false)
      assert.equal((await stored(waits.id)).isProvisional, false)
      assert.equal((await stored(answered.id)).closesOn, '2027-01-15')
      await again('case.recompute')
      assert.equal((await stored(open.id)).version, row.version)
      const proof = await s.supervisor.caller.call('audit.verify', { subjectKind: 'case', subjectId: open.id })
      assert.deepEqual(proof.findings, [])
    })
  })
}
