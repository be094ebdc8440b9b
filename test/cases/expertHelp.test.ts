/** 技术帮扶: an expert group assists with a day of its own, and what it answers may become a question of a guide. */
import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import { type Stage, stage } from './stage.js'

for (const database of databaseNames) {
  describe(`help by the expert group, on ${database}`, () => {
    let s: Stage
    let expert: StaffMember
    let clerk: StaffMember
    before(async () => {
      s = await stage(database)
      expert = await staff(s.w, { role: 'officer', unitId: 'expertGroup' })
      clerk = await staff(s.w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => s.w.stop())
    beforeEach(() => s.w.turnTo('2026-11-23T12:00:00+08:00'))

    const asked = async () => {
      const { id } = await s.signed()
      return s.officer.caller.call('case.assist', { id, unitId: 'expertGroup', text: '总量怎么核' })
    }
    const guideId = async () => (await s.asker.call('guide.search', { q: '报告表' })).items[0]?.id ?? ''

    it('has three working days of its own; another unit has none', async () => {
      const view = await asked()
      await staff(s.w, { role: 'officer', unitId: 'water' })
      const both = await s.officer.caller.call('case.assist', { id: view.id, unitId: 'water', text: '排水呢' })
      assert.deepEqual(
        both.assisting?.map(({ unit, dueOn, isLate }) => [unit.id, dueOn, isLate]),
        [
          ['expertGroup', '2026-11-26', false],
          ['water', null, false],
        ],
      )
      assert.equal((await s.asker.call('case.read', { id: view.id })).assisting, undefined)
    })

    it('is due by the calendar that is announced meanwhile', async () => {
      s.w.turnTo('2026-12-30T12:00:00+08:00')
      const { id, assisting } = await asked()
      assert.equal(assisting?.[0]?.dueOn, '2027-01-05')
      await clerk.caller.call('calendar.import', {
        year: 2027,
        isAnnounced: true,
        source: '测试用的放假安排',
        holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-05', work: [] }],
      })
      await s.w.drainJobs()
      const read = await s.officer.caller.call('case.read', { id })
      assert.equal(read.assisting?.[0]?.dueOn, '2027-01-07')
    })

    it('a group that the table only names takes no cases, and none is transferred to an expert group', async () => {
      const { id } = await s.signed()
      const assist = await s.officer.caller.try('case.assist', { id, unitId: 'allBranches', text: '请看看' })
      assert.deepEqual([assist.status, assist.body.errors[0].path], [422, 'unitId'])
      const transfer = await s.officer.caller.try('case.transfer', { id, unitId: 'expertGroup', reason: '太难' })
      assert.deepEqual([transfer.status, transfer.body.errors[0].path], [422, 'unitId'])
      const empty = await s.officer.caller.try('case.assist', { id, unitId: 'tiexiGuidance', text: '请看看' })
      assert.deepEqual([empty.status, empty.body.errors[0].path], [422, 'unitId'])
    })

    it('its members find it in their list, are reminded the day before, and late the officer hears of it too', async () => {
      const { id } = await asked()
      const { items } = await expert.caller.call('case.list', { scope: 'assisting' })
      assert.ok(items.some((item) => item.id === id))
      s.w.turnTo('2026-11-25T09:00:00+08:00')
      await s.w.drainJobs()
      const soon = '请专家组会办的《报告表要准备什么》11月26日（含当天）前回复'
      assert.ok((await s.told(expert.caller, id)).includes(soon))
      s.w.turnTo('2026-11-27T09:00:00+08:00')
      await s.w.drainJobs()
      await s.w.drainJobs()
      const late = '请专家组会办的《报告表要准备什么》过了回复期限'
      for (const who of [expert, s.officer]) {
        assert.equal((await s.told(who.caller, id)).filter((title) => title === late).length, 1, who.name)
      }
      const overdue = await s.supervisor.caller.call('case.list', { scope: 'all', expert: 'late' })
      assert.ok(overdue.items.some((item) => item.id === id))
      await expert.caller.call('case.assistReply', { id, text: '按区里的办法核' })
      const read = await s.officer.caller.call('case.read', { id })
      assert.deepEqual([read.assisting?.[0]?.isLate, read.assisting?.[0]?.repliedAt !== null], [false, true])
    })

    it('who sits in two groups replies for the one that still owes its view', async () => {
      const both = 'of-two-units'
      const one = await staff(s.w, { role: 'officer', unitId: 'air', as: both })
      await staff(s.w, { role: 'officer', unitId: 'hepingGuidance', as: both })
      const { id } = await s.signed()
      for (const unitId of ['air', 'hepingGuidance']) {
        await s.officer.caller.call('case.assist', { id, unitId, text: '请看看' })
        await one.caller.call('case.assistReply', { id, text: '可以' })
      }
      const { assisting } = await s.officer.caller.call('case.read', { id })
      assert.deepEqual(
        assisting?.map(({ repliedAt }) => repliedAt === null),
        [false, false],
      )
    })

    it('counts for the fourth task, with the cases behind it', async () => {
      s.w.turnTo('2026-12-30T10:00:00+08:00')
      const { metrics } = await s.supervisor.caller.call('indicator.read', { no: 4 })
      const metric = metrics.find(({ key }) => key === 'help.expert')
      assert.ok(metric?.filter?.isExact)
      const { items } = await s.supervisor.caller.call('case.list', { ...metric.filter.input, limit: 100 })
      assert.equal(items.length, metric.value)
      assert.ok(items.length >= 3)
      const inTime = metrics.find(({ key }) => key === 'help.expertInTime')
      // One was replied to a day late, one never, two units' views came at once.
      assert.deepEqual([inTime?.of, inTime?.value], [3, 33.3])
    })

    it('what it answered is proposed for a guide; the clerk words it, and it stands in the draft', async () => {
      const { id, number } = await asked()
      const guide = await guideId()
      const proposal = { id, guideId: guide, question: '总量指标从哪里来？', answer: '由区里调剂，先向分局提出。' }
      const early = await expert.caller.try('case.proposeQuestion', proposal)
      assert.equal(early.status, 409)
      await expert.caller.call('case.assistReply', { id, text: '由区里调剂' })
      const proposed = await expert.caller.call('case.proposeQuestion', proposal)
      assert.ok(proposed.notes?.some(({ verb }) => verb === 'case.proposeQuestion'))
      await s.w.drainJobs()
      const [question] = (await clerk.caller.call('guide.questions', { state: 'proposed' })).items
      assert.ok(question)
      assert.deepEqual(
        [question.caseNumber, question.question, question.guide.id, question.proposedBy],
        [number, proposal.question, guide, expert.name],
      )
      const told = (await clerk.caller.call('notice.list', {})).items
      assert.ok(told.some(({ subjectId }) => subjectId === question.id))
      assert.equal((await clerk.caller.try('case.read', { id })).status, 404)
      const words = { id: question.id, question: '总量指标怎么落实？', answer: '由区里调剂，向所在分局提出。' }
      const taken = await clerk.caller.call('guide.takeQuestion', words)
      assert.deepEqual([taken.state, taken.question, taken.can], ['taken', words.question, []])
      const { guide: line, content } = await clerk.caller.call('guide.versions', { id: guide })
      assert.deepEqual([line.state, content.faq?.at(-1)], ['draft', { q: words.question, a: words.answer }])
      assert.equal((await clerk.caller.try('guide.takeQuestion', words)).status, 409)
      await s.w.drainJobs()
      assert.ok((await s.told(expert.caller, id)).includes('您建议的问题已列入指南草稿'))
    })

    it('says neither firm, nor person, nor number; and one that is left out says why', async () => {
      const { id } = await s.answered()
      const guide = await guideId()
      const view = await s.officer.caller.call('case.read', { id })
      const refusal = async (fields: object) => {
        const input = { id, guideId: guide, question: '怎么办？', answer: '这样办。', ...fields }
        const { status, body } = await s.officer.caller.try('case.proposeQuestion', input)
        return [status, body.errors?.[0]?.path]
      }
      assert.deepEqual(await refusal({ question: `${view.enterprise?.name}要准备什么？` }), [422, 'question'])
      assert.deepEqual(await refusal({ answer: `请联系13912345678。` }), [422, 'answer'])
      assert.deepEqual(await refusal({ answer: `见${view.project?.name}的批复。` }), [422, 'answer'])
      assert.deepEqual(await refusal({ guideId: id }), [422, 'guideId'])
      await s.officer.caller.call('case.proposeQuestion', {
        id,
        guideId: guide,
        question: '要几份？',
        answer: '两份，申请书和报告表。',
      })
      const [question] = (await clerk.caller.call('guide.questions', { state: 'proposed' })).items
      const left = await clerk.caller.call('guide.leaveQuestion', { id: question?.id ?? '', note: '指南里已经有了' })
      assert.deepEqual([left.state, left.note], ['dismissed', '指南里已经有了'])
      assert.equal(
        (await s.stranger.try('case.proposeQuestion', { id, guideId: guide, question: '问', answer: '答' })).status,
        403,
      )
    })

    it('a complaint becomes no question of a guide', async () => {
      const { id } = await s.submit({ category: 'complaint', aboutNobody: true })
      const input = { id, guideId: await guideId(), question: '怎么投诉？', answer: '打电话。' }
      assert.equal((await s.supervisor.caller.try('case.proposeQuestion', input)).status, 409)
    })
  })
}
