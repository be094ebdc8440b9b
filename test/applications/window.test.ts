/** The window's ledger as its people use it: in, told once, accepted, decided, refused, and what the law does by itself. */
import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { member, project, staff } from '../factories.js'
import { APPLICATION, at, FORM, type Window, windowOf } from './window.js'

const refusal = { ground: 'conditionsUnmet' as const, basis: '生态环境法典第一百零五条', reason: '选址不符合规划' }
const notOurs = { ground: 'notOurs' as const, basis: '行政许可法第三十二条', reason: '由省厅审批' }

for (const database of databaseNames) {
  describe(`applications at the window, on ${database}`, function () {
    this.timeout(60_000)
    let s: Window
    before(async () => {
      s = await windowOf(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const titleOf = async (answer: Promise<{ status: number; body: { title: string } }>) => {
      const { status, body } = await answer
      return [status, body.title] as const
    }

    it('complete: must be accepted; a notice or a refusal is turned down in words', async () => {
      const { id, can, isComplete, wasComplete, number, due } = await s.receive()
      assert.deepEqual([isComplete, wasComplete, can.includes('application.accept')], [true, true, true])
      assert.match(number, /^BJ20261123-[A-Z0-9]{5}$/)
      assert.deepEqual([due?.what, due?.on, due?.daysLeft], ['check', '2026-11-30', 5])
      assert.deepEqual(can, ['application.accept', 'application.withdraw'])
      const { caller } = s.officer
      const [status, title] = await titleOf(caller.try('application.notify', { id }))
      assert.deepEqual([status, title], [409, '要件已经齐全，应当无条件受理，不能再要求补正'])
      const [again, sentence] = await titleOf(caller.try('application.refuse', { id, ...notOurs }))
      assert.deepEqual([again, sentence], [409, '要件已经齐全，应当无条件受理，不能不予受理'])
      const accepted = await caller.call('application.accept', { id })
      assert.deepEqual(
        [accepted.state, accepted.acceptedHow, accepted.acceptedOn, accepted.due?.what],
        ['accepted', 'complete', '2026-11-23', 'decide'],
      )
      // 报告表 promises 10 working days
      assert.equal(accepted.due?.on, '2026-12-07')
      const decided = await caller.call('application.decide', { id, approvalNumber: '沈环审〔2026〕1号' })
      assert.deepEqual([decided.state, decided.endedOn, decided.can], ['approved', '2026-11-23', []])
      await s.w.drainJobs()
      assert.equal((await s.told(s.applicant, id)).length, 3)
    })

    it('what is missing is told once, supplied, and then accepted', async () => {
      const { id, can, missing } = await s.receive([APPLICATION])
      assert.deepEqual(missing, [FORM])
      assert.ok(!can.includes('application.accept'))
      const { caller } = s.officer
      assert.match((await titleOf(caller.try('application.accept', { id })))[1], /还缺生态环境影响报告表/)
      s.w.turnTo(at('2026-11-30', '17:00'))
      const told = await caller.call('application.notify', { id, text: '请补报告表' })
      assert.deepEqual(
        [told.state, told.notice?.items, told.notice?.on, told.due],
        ['supplementing', [FORM], '2026-11-30', null],
      )
      const [status, title] = await titleOf(s.colleague.caller.try('application.notify', { id }))
      assert.deepEqual([status, title], [409, '要补的只能一次性告知，已经告知过了'])
      assert.equal((await caller.try('application.supplement', { id, names: ['营业执照'] })).status, 422)
      const whole = await s.colleague.caller.call('application.supplement', { id, names: [FORM] })
      assert.deepEqual([whole.isComplete, whole.suppliedOn], [true, '2026-11-30'])
      const [late, refused] = await titleOf(
        caller.try('application.refuse', { id, ground: 'notSupplemented', basis: '没有补齐', reason: '没有补齐' }),
      )
      assert.equal(late, 409)
      assert.match(refused, /要件已经齐全/)
      const accepted = await caller.call('application.accept', { id })
      assert.deepEqual([accepted.state, accepted.acceptedHow], ['accepted', 'supplemented'])
      await s.w.drainJobs()
      assert.ok((await s.told(s.applicant, id)).some((one) => one.includes('要补1件材料')))
    })

    it('five working days without a word: accepted by law, from the day it came in', async () => {
      const { id } = await s.receive([APPLICATION])
      // the day before the last: whoever took it in is reminded
      s.w.turnTo(at('2026-11-27', '08:40'))
      await s.w.drainJobs()
      assert.ok((await s.told(s.officer.caller, id)).some((one) => one.includes('逾期视为受理')))
      s.w.turnTo(at('2026-11-30', '23:50'))
      await s.w.drainJobs()
      assert.equal((await s.officer.caller.call('application.read', { id })).state, 'received')
      // past midnight, before the job: the law is faster than the job
      s.w.turnTo(at('2026-12-01', '00:10'))
      const [status, title] = await titleOf(s.officer.caller.try('application.notify', { id }))
      assert.equal(status, 409)
      assert.match(title, /依法自收到材料之日起已经受理/)
      s.w.turnTo(at('2026-12-01', '00:30'))
      await s.w.drainJobs()
      const row = await s.applicant.call('application.read', { id })
      assert.deepEqual(
        [row.state, row.acceptedHow, row.acceptedOn, row.due?.on, row.missing],
        ['accepted', 'deemed', '2026-11-23', '2026-12-07', [FORM]],
      )
      for (const who of [s.applicant, s.officer.caller, s.leader.caller])
        assert.ok((await s.told(who, id)).some((one) => one.includes('视为受理')))
      // approved only with all that belongs to it
      const approve = { id, approvalNumber: '沈环审〔2026〕2号' }
      assert.match((await titleOf(s.officer.caller.try('application.decide', approve)))[1], /还缺生态环境影响报告表/)
      await s.officer.caller.call('application.supplement', { id, names: [FORM] })
      assert.equal((await s.officer.caller.call('application.decide', approve)).state, 'approved')
    })

    it('what was told in time is not accepted by law', async () => {
      const { id } = await s.receive([APPLICATION])
      await s.officer.caller.call('application.notify', { id })
      s.w.turnTo(at('2026-12-08'))
      await s.w.drainJobs()
      assert.equal((await s.officer.caller.call('application.read', { id })).state, 'supplementing')
    })

    it('an item with a rule of its own: three days for a pollutant permit', async () => {
      const guide = s.w.service.house.know.guides.find('PW-01')
      const materials = guide?.content.materials.map(({ name }) => ({ name, isPresent: false })) ?? []
      const row = await s.receive([], { guideId: guide?.id ?? '', materials })
      assert.equal(row.noticeDueOn, '2026-11-26')
    })

    it('a refusal needs another person, lands in the register, and is looked at by the bureau', async () => {
      const { id } = await s.receive()
      await s.officer.caller.call('application.accept', { id })
      const wrong = await s.officer.caller.try('application.refuse', { id, ...notOurs })
      assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'ground'])
      const asked = await s.officer.caller.call('application.refuse', { id, ...refusal })
      assert.deepEqual([asked.state, asked.pendingRefusal?.by], ['accepted', s.officer.name])
      assert.equal((await s.applicant.call('application.read', { id })).pendingRefusal, undefined)
      const hidden = await s.applicant.call('application.list', { isRefusalPending: true })
      assert.deepEqual(hidden.items, [])
      assert.match(
        (await titleOf(s.officer.caller.try('application.decide', { id, approvalNumber: '1号' })))[1],
        /等另一人决定/,
      )
      // a colleague is not enough, nor the one who proposed it under another post
      assert.equal((await s.colleague.caller.try('application.agreeRefusal', { id })).status, 403)
      const returned = await s.leader.caller.call('application.returnRefusal', { id, text: '依据不足' })
      assert.deepEqual([returned.state, returned.pendingRefusal, returned.returnNote], ['accepted', null, '依据不足'])
      await s.leader.caller.call('application.refuse', { id, ...refusal })
      const own = await s.leader.caller.try('application.agreeRefusal', { id })
      assert.deepEqual([own.status, own.body.title], [403, '提出否决的人不能自己决定'])
      assert.ok(!(await s.leader.caller.call('application.read', { id })).can.includes('application.agreeRefusal'))
      const refused = await s.supervisor.caller.call('application.agreeRefusal', { id })
      assert.deepEqual([refused.state, refused.refusal?.basis, refused.can], ['rejected', refusal.basis, []])
      await s.w.drainJobs()
      assert.ok((await s.told(s.applicant, id)).some((one) => one.includes('不予批准')))

      const lineOf = async (who: typeof s.leader) =>
        (await who.caller.call('rejection.list', { kind: 'application', limit: 100 })).items.find(
          ({ application }) => application?.id === id,
        )
      const line = await lineOf(s.leader)
      assert.deepEqual(
        [line?.state, line?.proposedBy, line?.agreedBy, line?.can],
        ['registered', s.leader.name, s.supervisor.name, []],
      )
      const on = { id: line?.id ?? '' }
      const share = await s.supervisor.caller.try('rejection.review', { ...on, isAgreed: true })
      assert.deepEqual([share.status, share.body.title], [403, '提出或同意否决的人不能审查这件备案'])
      assert.deepEqual((await lineOf(s.supervisor))?.can, [])
      const reviewer = await staff(s.w, { role: 'supervisor', unitId: 'leaders' })
      assert.equal((await reviewer.caller.try('rejection.review', { ...on, isAgreed: false })).status, 422)
      const back = await reviewer.caller.call('rejection.review', { ...on, isAgreed: false, remark: '理由要写具体' })
      assert.deepEqual([back.state, back.review?.remark], ['toCorrect', '理由要写具体'])
      await s.w.drainJobs()
      assert.equal((await s.told(s.leader.caller, on.id)).length, 1)
      assert.equal((await reviewer.caller.try('rejection.review', { ...on, isAgreed: true })).status, 409)
      assert.equal((await s.leader.caller.call('rejection.correct', { ...on, text: '已补写理由' })).state, 'corrected')
      const agreed = await reviewer.caller.call('rejection.review', { ...on, isAgreed: true })
      assert.deepEqual([agreed.state, agreed.correction?.text, agreed.can], ['agreed', '已补写理由', []])
      const listed = await reviewer.caller.call('rejection.list', { states: ['agreed'], limit: 100 })
      assert.ok(listed.items.some(({ id: one }) => one === on.id))
    })

    it('a person with two posts is not two persons', async () => {
      const as = `window-double-${database}`
      const officer = await staff(s.w, { role: 'officer', unitId: 'tiexi', as })
      await staff(s.w, { role: 'leader', unitId: 'tiexi', as })
      const { id } = await s.receive([])
      await officer.caller.call('application.refuse', { id, ...notOurs })
      assert.equal((await officer.caller.try('application.agreeRefusal', { id })).status, 403)
      assert.equal((await s.leader.caller.call('application.agreeRefusal', { id })).state, 'notAccepted')
    })

    it('materials that come while a refusal waits end it: then it must be accepted', async () => {
      const { id } = await s.receive([APPLICATION])
      await s.officer.caller.call('application.notify', { id })
      await s.officer.caller.call('application.refuse', { id, ...notOurs })
      await s.officer.caller.call('application.supplement', { id, names: [FORM] })
      assert.match((await titleOf(s.leader.caller.try('application.agreeRefusal', { id })))[1], /要件已经齐全/)
      const accepted = await s.officer.caller.call('application.accept', { id })
      assert.deepEqual([accepted.state, accepted.pendingRefusal], ['accepted', null])
    })

    it('the project goes along where its stages allow it, and stays where they do not', async () => {
      const stageOf = async (id: string) => {
        const { stage, stageOn, approvalNumber } = await s.officer.caller.call('project.read', { id })
        return [stage, stageOn, approvalNumber]
      }
      const own = { enterpriseId: s.enterpriseId, unitId: 'tiexi', officerPostId: s.officer.postId }
      const drafted = await project(s.w, own)
      const row = await s.receive([APPLICATION, FORM], { projectId: drafted.id })
      assert.deepEqual(await stageOf(drafted.id), ['submitted', '2026-11-23', null])
      s.w.turnTo(at('2026-11-24'))
      await s.officer.caller.call('application.accept', { id: row.id })
      assert.deepEqual(await stageOf(drafted.id), ['accepted', '2026-11-24', null])
      await s.officer.caller.call('application.decide', { id: row.id, approvalNumber: '沈环审〔2026〕3号' })
      assert.deepEqual(await stageOf(drafted.id), ['approved', '2026-11-24', '沈环审〔2026〕3号'])
      const early = await project(s.w, { ...own, stage: 'preparing' })
      const other = await s.receive([APPLICATION, FORM], { projectId: early.id })
      await s.officer.caller.call('application.accept', { id: other.id })
      assert.equal((await stageOf(early.id))[0], 'preparing')
      const stranger = await project(s.w, { enterpriseId: null })
      assert.equal((await s.receive([], { projectId: stranger.id })).project?.id, stranger.id)
    })

    it('taking in: the firm by its code, the project its own, the day not to come', async () => {
      const tried = async (fields: object) => {
        const materials = [APPLICATION, FORM].map((name) => ({ name, isPresent: true }))
        const base = { guideId: s.guideId, enterpriseId: s.enterpriseId, materials }
        const { status, body } = await s.officer.caller.try('application.receive', { ...base, ...fields })
        return [status, body.errors?.[0]?.path]
      }
      assert.deepEqual(await tried({ receivedOn: '2026-11-24' }), [422, 'receivedOn'])
      assert.deepEqual(await tried({ materials: [{ name: APPLICATION, isPresent: true }] }), [422, 'materials'])
      assert.deepEqual(await tried({ enterpriseId: undefined }), [422, 'enterpriseId'])
      assert.deepEqual(await tried({ enterpriseId: undefined, creditCode: '912101000000000000' }), [422, 'creditCode'])
      const { id } = await project(s.w, {
        enterpriseId: (await s.stranger.call('enterprise.mine', {})).items[0]?.enterprise.id ?? '',
      })
      assert.deepEqual(await tried({ projectId: id }), [422, 'projectId'])
    })

    it('is seen by its unit, those above and its firm; by nobody else', async () => {
      const { id } = await s.receive([APPLICATION])
      for (const { caller } of [s.officer, s.colleague, s.leader, s.supervisor])
        assert.equal((await caller.try('application.read', { id })).status, 200)
      assert.equal((await s.applicant.try('application.read', { id })).status, 200)
      for (const caller of [s.elsewhere.caller, s.stranger, await member(s.w, s.enterpriseId, undefined, 'pending')]) {
        assert.equal((await caller.try('application.read', { id })).status, 404)
        const { items } = await caller.call('application.list', { limit: 100 })
        assert.ok(items.every((one) => one.id !== id))
      }
      const mine = await s.applicant.call('application.read', { id })
      assert.deepEqual([mine.can, mine.grounds, mine.pendingRefusal], [['application.withdraw'], undefined, undefined])
      const gone = await s.applicant.call('application.withdraw', { id, text: '项目暂缓' })
      assert.deepEqual([gone.state, gone.can], ['withdrawn', []])
    })

    it('the figures of task 4 are those of the lists that show them', async () => {
      s.w.turnTo(at('2026-11-25'))
      const { metrics } = await s.supervisor.caller.call('indicator.read', { no: 4 })
      for (const key of ['window.received', 'window.complete', 'window.notified', 'window.deemed']) {
        const metric = metrics.find((one) => one.key === key)
        const filter = metric?.filter
        assert.ok(filter?.isExact, key)
        const { items } = await s.supervisor.caller.call('application.list', {
          ...(filter.input as object),
          limit: 100,
        })
        assert.equal(items.length, metric?.value, key)
        assert.ok(items.length > 0, key)
      }
    })

    it('a list by filter: what is due soon, and what a firm’s name begins with', async () => {
      const { id, enterprise, number } = await s.receive([APPLICATION])
      const ids = async (input: object) =>
        (await s.officer.caller.call('application.list', { limit: 100, ...input })).items.map((one) => one.id)
      assert.ok((await ids({ q: enterprise.name.slice(0, 4) })).includes(id))
      assert.deepEqual(await ids({ q: number.toLowerCase() }), [id])
      assert.deepEqual(await ids({ q: '%' }), [])
      assert.ok(!(await ids({ due: 'soon' })).includes(id))
      s.w.turnTo(at('2026-11-27'))
      assert.ok((await ids({ due: 'soon', states: ['received'] })).includes(id))
      s.w.turnTo(at('2026-12-01', '00:05'))
      assert.ok((await ids({ due: 'overdue' })).includes(id))
    })

    it('two windows that tell at the same moment tell once', async () => {
      const { id } = await s.receive([APPLICATION])
      const both = await Promise.all(
        [s.officer, s.colleague].map(({ caller }) => caller.try('application.notify', { id })),
      )
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
    })

    it('who leaves us is no longer named in what the window wrote', async () => {
      const leaver = await member(s.w, s.enterpriseId)
      await leaver.call('person.bindPhone', { code: 'phone:15400017777' })
      await leaver.call('person.update', { name: '演示离开的人' })
      const { id, number } = await s.receive([APPLICATION])
      const text = '请演示离开的人（154 0001 7777）一次补齐'
      await s.officer.caller.call('application.notify', { id, text })
      const taken = JSON.stringify(await leaver.call('person.export', {}))
      assert.ok(taken.includes(number))
      await leaver.call('person.erase', { confirm: '注销' })
      const row = await s.officer.caller.call('application.read', { id })
      assert.equal(row.notice?.text, '请〔已删除〕（〔已删除〕）一次补齐')
    })

    it('a calendar announced later moves the last day for the notice, and the promised day', async () => {
      s.w.turnTo(at('2026-12-30'))
      const waits = await s.receive([APPLICATION])
      const taken = await s.receive()
      const accepted = await s.officer.caller.call('application.accept', { id: taken.id })
      assert.deepEqual([waits.due?.on, waits.due?.isProvisional, accepted.due?.on], ['2027-01-07', true, '2027-01-14'])
      const clerk = await staff(s.w, { role: 'clerk', unitId: 'approval' })
      // 1 to 5 January off, Saturday the 9th worked; nothing is said of the rest of the year
      await clerk.caller.call('calendar.import', {
        year: 2027,
        isAnnounced: true,
        source: '测试用的2027年安排',
        holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-05', work: ['2027-01-09'] }],
      })
      await s.w.drainJobs()
      const fresh = async (id: string) => (await s.officer.caller.call('application.read', { id })).due
      const [first, second] = [await fresh(waits.id), await fresh(taken.id)]
      assert.deepEqual([first?.on, first?.isProvisional, second?.on], ['2027-01-09', false, '2027-01-15'])
    })

    it('the trail of an application is whole', async () => {
      const row = await s.receive([APPLICATION])
      await s.officer.caller.call('application.notify', { id: row.id, text: '请补报告表' })
      const verified = await s.supervisor.caller.call('audit.verify', {
        subjectKind: 'application',
        subjectId: row.id,
      })
      assert.deepEqual([verified.findings, verified.checked > 0], [[], true])
    })
  })
}
