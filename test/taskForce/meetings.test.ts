/** 专班: teams, meetings recorded once however often they are sent, issues that become cases, decisions to the end. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import type { Api } from '../../src/contract.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff } from '../factories.js'
import { type World, world } from '../world.js'

type Record = Api['meeting.record']['input']

for (const database of databaseNames) {
  describe(`task force, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    /** A team of 铁西 with a leader, two officers and a firm with a project; and the people of the city. */
    const scene = async () => {
      w.turnTo('2026-11-23T10:00:00+08:00')
      const supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      const leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const other = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const enterprise = await firm(w)
      const boss = await member(w, enterprise.id)
      const built = await project(w, { enterpriseId: enterprise.id, officerPostId: officer.postId })
      const [known] = (await supervisor.caller.call('team.list', { unitId: 'tiexi' })).items
      const team = await supervisor.caller.call('team.save', {
        ...(known && { id: known.id, version: known.version }),
        level: 'branch',
        unitId: 'tiexi',
        name: '铁西分局环评审批服务工作专班',
        members: [
          { postId: leader.postId, duty: 'head' },
          { postId: officer.postId, duty: 'member' },
          { postId: other.postId, duty: 'member' },
        ],
      })
      return { supervisor, leader, officer, other, enterprise, boss, built, team }
    }
    type Scene = Awaited<ReturnType<typeof scene>>

    const planned = (s: Scene, fields: object = {}) =>
      s.leader.caller.call('meeting.plan', {
        teamId: s.team.id,
        onDate: '2026-11-24',
        time: '09:30',
        topic: '重大项目环评推进',
        projectIds: [s.built.id],
        ...fields,
      })
    const sheet = (s: Scene, id: string, fields: Partial<Record> = {}): Record => ({
      id,
      attendance: [
        { postId: s.leader.postId, isPresent: true },
        { postId: s.officer.postId, isPresent: true },
        { postId: s.other.postId, isPresent: false, excuse: '在外地出差' },
      ],
      projectIds: [s.built.id],
      summary: '逐个过了在建项目。',
      issues: [
        { id: uuid(), text: '总量指标从哪里来', way: 'case', category: 'assessment', projectId: s.built.id },
        { id: uuid(), text: '规划手续还没有办完', way: 'ledger', projectId: s.built.id },
      ],
      decisions: [{ id: uuid(), text: '协调区里调剂总量', responsiblePostId: s.officer.postId, dueOn: '2026-12-01' }],
      ...fields,
    })
    const titlesOf = async (who: { caller: Scene['officer']['caller'] }) =>
      (await who.caller.call('notice.list', { limit: 100 })).items.map(({ title }) => title)

    it('a meeting invites the whole team, who are told of it and again on the working day before', async () => {
      const s = await scene()
      const meeting = await planned(s, { onDate: '2026-11-25' })
      assert.deepEqual(
        meeting.attendance.map(({ postId, isPresent }) => [postId, isPresent]).sort(),
        [s.leader, s.officer, s.other].map(({ postId }) => [postId, null]).sort(),
      )
      await w.drainJobs()
      w.turnTo('2026-11-24T09:30:00+08:00')
      await w.drainJobs()
      const titles = (await titlesOf(s.other)).filter((title) => title.includes('推进会'))
      assert.deepEqual(titles, ['下个工作日开推进会：重大项目环评推进', '推进会：重大项目环评推进'])
    })

    it('what was raised becomes a case of the project’s officer, or a line in the ledger; the firm sees the case', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const held = await s.leader.caller.call('meeting.record', sheet(s, id))
      assert.deepEqual(
        [held.state, held.onDate, held.invited, held.present, held.issues, held.decisions, held.openDecisions],
        ['held', '2026-11-24', 3, 2, 2, 1, 1],
      )
      assert.equal(held.attendance.find(({ postId }) => postId === s.other.postId)?.excuse, '在外地出差')
      const opened = held.raised[0]?.case
      assert.ok(opened)
      const seen = await s.boss.call('case.read', { id: opened.id })
      assert.deepEqual(
        [seen.source, seen.category, seen.officer?.postId, seen.project?.id, seen.state],
        ['meeting', 'assessment', s.officer.postId, s.built.id, 'assigned'],
      )
      const ledger = await s.officer.caller.call('project.read', { id: s.built.id })
      assert.deepEqual(
        ledger.issues.map(({ text, openedOn, solvedOn }) => [text, openedOn, solvedOn]),
        [['规划手续还没有办完', '2026-11-24', null]],
      )
      await w.drainJobs()
      const told = await titlesOf(s.officer)
      assert.equal(told.filter((title) => title.startsWith('新诉求待签收')).length, 1)
      assert.equal(told.filter((title) => title.startsWith('推进会交您办')).length, 1)
      const { items } = await s.supervisor.caller.call('case.list', { scope: 'all', source: 'meeting' })
      assert.ok(items.some((item) => item.id === opened.id))
    })

    it('recorded twice, at once and later with more, each issue and decision is entered once and none is lost', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const record = sheet(s, id)
      const answers = await Promise.all(Array.from({ length: 5 }, () => s.leader.caller.try('meeting.record', record)))
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
      const more = {
        id: uuid(),
        text: '邀请编制单位参加下次会',
        responsiblePostId: s.leader.postId,
        dueOn: '2026-12-08',
      }
      // What was entered before may be left out: it stays.
      const second = await s.leader.caller.call('meeting.record', {
        ...record,
        issues: [],
        decisions: [...(record.decisions ?? []), more],
        summary: '补记：逐个过了在建项目。',
      })
      assert.deepEqual([second.issues, second.decisions, second.summary], [2, 2, '补记：逐个过了在建项目。'])
      const ledger = await s.officer.caller.call('project.read', { id: s.built.id })
      assert.equal(ledger.issues.length, 1)
      const { items } = await s.supervisor.caller.call('case.list', { scope: 'all', projectId: s.built.id })
      assert.equal(items.length, 1)
      await w.drainJobs()
      const told = (await titlesOf(s.officer)).filter((title) => title.startsWith('推进会交您办'))
      assert.equal(told.length, 1)
    })

    it('what was entered cannot be rewritten by recording again, and another meeting’s id is refused', async () => {
      const s = await scene()
      const { id } = await planned(s)
      const next = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const record = sheet(s, id)
      await s.leader.caller.call('meeting.record', record)
      const rewritten = (record.issues ?? []).map((issue) => ({ ...issue, text: '别的问题' }))
      const refused = await s.leader.caller.try('meeting.record', { ...record, issues: rewritten })
      assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'issues.0.text'])
      const later = (record.decisions ?? []).map((decision) => ({ ...decision, dueOn: '2027-01-29' }))
      const moved = await s.leader.caller.try('meeting.record', { ...record, decisions: later })
      assert.deepEqual([moved.status, moved.body.errors[0].path], [422, 'decisions.0.text'])
      assert.equal((await s.leader.caller.try('meeting.record', { ...record, id: next.id })).status, 409)
      const after = await s.leader.caller.call('meeting.read', { id: next.id })
      assert.deepEqual([after.state, after.issues, after.decisions], ['planned', 0, 0])
    })

    it('a meeting needs somebody present, a day not to come, and words for an issue’s way', async () => {
      const s = await scene()
      const { id } = await planned(s)
      const refusal = async (fields: Partial<Record>) => {
        const { status, body } = await s.leader.caller.try('meeting.record', sheet(s, id, fields))
        return [status, body.errors?.[0]?.path]
      }
      assert.deepEqual(await refusal({ attendance: [{ postId: s.leader.postId, isPresent: false }] }), [
        422,
        'attendance',
      ])
      assert.deepEqual(await refusal({ onDate: '2026-11-24' }), [422, 'onDate'])
      const [one] = sheet(s, id).issues ?? []
      assert.ok(one)
      assert.deepEqual(await refusal({ issues: [{ id: uuid(), text: '没有类别', way: 'case' }] }), [
        422,
        'issues.0.category',
      ])
      assert.deepEqual(await refusal({ issues: [{ id: uuid(), text: '没有项目', way: 'ledger' }] }), [
        422,
        'issues.0.projectId',
      ])
      const complaint = { ...one, id: uuid(), category: 'complaint' } as never
      assert.deepEqual(await refusal({ issues: [complaint] }), [422, 'issues.0.category'])
    })

    it('a decision is reminded before its day and after it, reported, sent back, and closed by somebody else', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const held = await s.leader.caller.call('meeting.record', sheet(s, id))
      const decision = held.decided[0]
      assert.ok(decision)
      await w.drainJobs()
      w.turnTo('2026-11-30T09:00:00+08:00')
      await w.drainJobs()
      assert.ok((await titlesOf(s.officer)).includes('「协调区里调剂总量」12月1日（含当天）前要办好'))
      w.turnTo('2026-12-02T09:00:00+08:00')
      await w.drainJobs()
      for (const who of [s.officer, s.leader]) {
        assert.ok((await titlesOf(who)).includes('推进会定的「协调区里调剂总量」超过期限了'), who.name)
      }
      const late = await s.officer.caller.call('decision.list', { scope: 'mine', isOverdue: true })
      assert.deepEqual(
        late.items.map((item) => [item.id, item.daysLeft, item.can]),
        [[decision.id, -1, ['decision.report']]],
      )
      await s.officer.caller.call('decision.report', { id: decision.id, text: '区里在开会研究', isDone: false })
      const reported = await s.officer.caller.call('decision.report', { id: decision.id, text: '已同意', isDone: true })
      assert.deepEqual([reported.state, reported.reportedOn], ['reported', '2026-12-02'])
      await w.drainJobs()
      assert.ok((await titlesOf(s.leader)).includes('「协调区里调剂总量」报办好了，请核销'))
      assert.equal((await s.officer.caller.try('decision.close', { id: decision.id })).status, 403)
      const back = { id: decision.id, agree: false, text: '请附上区里的批件' }
      assert.equal((await s.leader.caller.call('decision.close', back)).state, 'open')
      await w.drainJobs()
      assert.ok((await titlesOf(s.officer)).includes('「协调区里调剂总量」还没有办好，退回再办'))
      await s.officer.caller.call('decision.report', { id: decision.id, text: '批件已交', isDone: true })
      const closed = await s.leader.caller.call('decision.close', { id: decision.id })
      assert.deepEqual(
        [closed.state, closed.words.map(({ kind }) => kind), closed.can],
        ['closed', ['progress', 'done', 'sentBack', 'done', 'closed'], []],
      )
    })

    it('nobody closes what they answer for themselves', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const own = { id: uuid(), text: '约编制单位', responsiblePostId: s.leader.postId, dueOn: '2026-12-01' }
      await s.leader.caller.call('meeting.record', sheet(s, id, { decisions: [own] }))
      await s.leader.caller.call('decision.report', { id: own.id, text: '约好了', isDone: true })
      assert.equal((await s.leader.caller.try('decision.close', { id: own.id })).status, 403)
      const [shown] = (await s.leader.caller.call('decision.list', { id: own.id })).items
      assert.deepEqual(shown?.can, [])
      assert.equal((await s.supervisor.caller.call('decision.close', { id: own.id })).state, 'closed')
    })

    it('the stand-in of who answers reports in their place', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      const held = await s.leader.caller.call('meeting.record', sheet(s, id))
      const decisionId = held.decided[0]?.id ?? ''
      const report = { id: decisionId, text: '区里已经同意', isDone: true }
      const stranger = await staff(w, { role: 'officer', unitId: 'tiexi' })
      assert.equal((await stranger.caller.try('decision.report', report)).status, 404)
      const standInPostId = stranger.postId
      await s.officer.caller.call('staff.setAbsence', {
        postId: s.officer.postId,
        standInPostId,
        fromOn: '2026-11-24',
        toOn: '2026-11-27',
      })
      assert.equal((await stranger.caller.call('decision.list', { scope: 'mine' })).items.length, 1)
      assert.equal((await stranger.caller.call('decision.report', report)).state, 'reported')
    })

    it('who was not invited sees neither the meeting nor what it decided; another branch’s leader neither', async () => {
      const s = await scene()
      const { id } = await planned(s)
      const stranger = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const foreign = await staff(w, { role: 'leader', unitId: 'heping' })
      for (const who of [stranger, foreign]) {
        assert.equal((await who.caller.try('meeting.read', { id })).status, 404)
        assert.deepEqual((await who.caller.call('meeting.list', {})).items, [])
      }
      const plan = { teamId: s.team.id, onDate: '2026-11-25', topic: '别人的会' }
      assert.equal((await foreign.caller.try('meeting.plan', plan)).status, 403)
      assert.equal((await s.other.caller.try('meeting.record', sheet(s, id))).status, 403)
      assert.equal((await s.other.caller.call('meeting.read', { id })).id, id)
      assert.equal((await s.boss.try('meeting.list', {})).status, 403)
    })

    it('a plan may be changed and called off, and its members learn of it; what was held cannot be', async () => {
      const s = await scene()
      const { id, version } = await planned(s)
      const moved = await planned(s, { id, meetingVersion: version, onDate: '2026-11-26', postIds: [s.officer.postId] })
      assert.deepEqual([moved.id, moved.onDate, moved.invited], [id, '2026-11-26', 1])
      const late = { teamId: s.team.id, onDate: '2026-11-26', topic: '晚到的改动', id, meetingVersion: version }
      assert.equal((await s.leader.caller.try('meeting.plan', late)).status, 409)
      const cancelled = await s.leader.caller.call('meeting.cancel', { id, reason: '改到下周' })
      assert.deepEqual([cancelled.state, cancelled.can], ['cancelled', []])
      await w.drainJobs()
      assert.ok((await titlesOf(s.officer)).includes('推进会取消了'))
      assert.equal((await s.leader.caller.try('meeting.record', sheet(s, id))).status, 409)
    })

    it('a unit has one team, and a member is on the roster', async () => {
      const s = await scene()
      const again = { level: 'branch', unitId: 'tiexi', name: '又一个专班', members: [] }
      const { status, body } = await s.supervisor.caller.try('team.save', again)
      assert.deepEqual([status, body.errors[0].path], [422, 'unitId'])
      const unknown = { ...again, id: s.team.id, members: [{ postId: uuid(), duty: 'member' }] }
      const refused = await s.supervisor.caller.try('team.save', unknown)
      assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'members'])
      assert.equal((await s.leader.caller.try('team.save', { ...again, id: s.team.id })).status, 403)
    })

    it('meetings, decisions and what was raised count for the third task', async () => {
      const s = await scene()
      const { id } = await planned(s)
      w.turnTo('2026-11-24T11:00:00+08:00')
      await s.leader.caller.call('meeting.record', sheet(s, id))
      w.turnTo('2026-12-30T10:00:00+08:00')
      const { metrics } = await s.supervisor.caller.call('indicator.read', { no: 3 })
      for (const key of ['team.active', 'team.meetings', 'team.decisions']) {
        const metric = metrics.find((one) => one.key === key)
        assert.ok(metric?.filter, key)
        const verb = metric.filter.verb as 'meeting.list'
        const { items } = await s.supervisor.caller.call(verb, { ...metric.filter.input, limit: 100 } as never)
        assert.equal(items.length, metric.of ?? metric.value, key)
      }
    })
  })
}
