/** 审管联动: each approval is on one month's list, which is handed over and acknowledged; nothing of visits is in it. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import type { Project } from '../../src/projects/project.js'
import { enqueue } from '../../src/audit/queue.js'
import { databaseNames } from '../databases.js'
import { firm, project, staff, write } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`approvals handed over, on ${database}`, () => {
    let w: World
    /** Each test has a month of its own, so that one's lists are not the other's. */
    let month = 0
    const monthAt = (count: number) => new Date(Date.UTC(2025, count)).toISOString().slice(0, 7)
    const day = (number: number) => `${monthAt(month)}-${String(number).padStart(2, '0')}`
    before(async () => {
      w = await world(database, { at: '2025-01-06T10:00:00+08:00' })
    })
    after(() => w.stop())
    beforeEach(() => {
      month += 2
      w.turnTo(`${day(11)}T10:00:00+08:00`)
    })

    const scene = async () => {
      const clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      const team = await staff(w, { role: 'officer', unitId: 'enforcement' })
      const leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      return { clerk, team, leader, officer }
    }
    type Scene = Awaited<ReturnType<typeof scene>>

    const accepted = async (s: Scene, fields: Partial<Project> = {}) => {
      const stages = { stage: 'accepted' as const, stageOn: day(1), officerPostId: s.officer.postId }
      return project(w, { ...stages, builderName: (await firm(w)).name, ...fields })
    }
    const approve = async (s: Scene, { id }: Project, on = day(10)) => {
      const step = { id, stage: 'approved' as const, on, approvalNumber: '沈环审〔2026〕1号' }
      const view = await s.officer.caller.call('project.advance', step)
      await w.drainJobs()
      return view
    }
    const listOf = async (s: Scene) =>
      (await s.clerk.caller.call('handover.list', { fromMonth: day(1).slice(0, 7), toMonth: day(1).slice(0, 7) }))
        .items[0]
    const nextMonth = () => w.turnTo(`${monthAt(month + 1)}-02T10:00:00+08:00`)
    const titlesOf = async (who: Scene['clerk']) =>
      (await who.caller.call('notice.list', { limit: 100 })).items.map(({ title }) => title)

    it('each approval joins the list of its month once, with the six fields and no more', async () => {
      const s = await scene()
      const built = await accepted(s)
      const { version } = await approve(s, built)
      await write(w, (db) =>
        enqueue(db, [{ kind: 'handover.join', payload: { projectId: built.id, version, on: day(10) } }], w.now()),
      )
      await w.drainJobs()
      const list = await listOf(s)
      assert.deepEqual([list?.month, list?.state, list?.approvals], [day(1).slice(0, 7), 'open', 1])
      const { lines } = await s.clerk.caller.call('handover.read', { id: list?.id ?? '' })
      assert.deepEqual(lines, [
        {
          id: lines[0]?.id,
          projectName: built.name,
          firmName: built.builderName,
          documentType: 'form',
          approvalNumber: '沈环审〔2026〕1号',
          approvedOn: day(10),
          unit: { id: 'tiexi', name: '铁西生态环境分局' },
          withdrawnOn: null,
          remarks: [],
        },
      ])
    })

    it('an approval that the window decided joins too', async () => {
      const s = await scene()
      const { id: enterpriseId } = await firm(w)
      const built = await project(w, { enterpriseId, officerPostId: s.officer.postId, stageOn: day(1) })
      const guide = (await s.officer.caller.call('guide.search', { q: '报告表' })).items.find(
        ({ code }) => code === 'HP-02',
      )
      const { materials } = await s.officer.caller.call('guide.read', { id: guide?.id ?? '' })
      const all = materials.map(({ name }) => ({ name, isPresent: true }))
      const received = { guideId: guide?.id ?? '', enterpriseId, projectId: built.id, materials: all }
      const { id } = await s.officer.caller.call('application.receive', { ...received, receivedOn: day(8) })
      await s.officer.caller.call('application.accept', { id, on: day(8) })
      await s.officer.caller.call('application.decide', { id, approvalNumber: '沈环审〔2025〕9号', on: day(10) })
      await w.drainJobs()
      const list = await listOf(s)
      const { lines } = await s.clerk.caller.call('handover.read', { id: list?.id ?? '' })
      assert.deepEqual(
        lines.map(({ projectName, approvalNumber, approvedOn }) => [projectName, approvalNumber, approvedOn]),
        [[built.name, '沈环审〔2025〕9号', day(10)]],
      )
    })

    it('a stage that is no approval joins nothing', async () => {
      const s = await scene()
      const { id } = await accepted(s)
      await s.officer.caller.call('project.advance', { id, stage: 'publicity' })
      await w.drainJobs()
      assert.equal(await listOf(s), undefined)
    })

    it('an approval taken back stays on the list, marked and not counted; approved anew, it is there again', async () => {
      const s = await scene()
      const built = await accepted(s)
      await approve(s, built)
      await s.officer.caller.call('project.advance', { id: built.id, stage: 'publicity', note: '批错了' })
      await w.drainJobs()
      assert.equal((await listOf(s))?.approvals, 0)
      await approve(s, built, day(11))
      const list = await listOf(s)
      assert.equal(list?.approvals, 1)
      const { lines } = await s.clerk.caller.call('handover.read', { id: list?.id ?? '' })
      assert.deepEqual(
        lines.map(({ approvedOn, withdrawnOn }) => [approvedOn, withdrawnOn]),
        [
          [day(10), day(11)],
          [day(11), null],
        ],
      )
    })

    it('enforcement sees a list only when it is handed over, after its month; a branch its own lines', async () => {
      const s = await scene()
      await approve(s, await accepted(s))
      await approve(s, await accepted(s, { unitId: 'heping', districtCode: '210102' }))
      const id = (await listOf(s))?.id ?? ''
      assert.equal((await s.team.caller.try('handover.read', { id })).status, 404)
      assert.deepEqual((await s.clerk.caller.call('handover.read', { id })).can, [])
      assert.equal((await s.clerk.caller.try('handover.send', { id })).status, 409)
      nextMonth()
      assert.deepEqual((await s.clerk.caller.call('handover.read', { id })).can, ['handover.send'])
      const sent = await s.clerk.caller.call('handover.send', { id })
      assert.deepEqual(
        [sent.state, sent.awaited.map((unit) => unit.id).sort()],
        ['sent', ['enforcement', 'heping', 'tiexi']],
      )
      assert.equal((await s.clerk.caller.try('handover.send', { id })).status, 409)
      assert.equal((await s.team.caller.call('handover.read', { id })).lines.length, 2)
      const own = await s.leader.caller.call('handover.read', { id })
      assert.deepEqual(
        own.lines.map((line) => line.unit?.id),
        ['tiexi'],
      )
      assert.equal(own.approvals, 1)
      const foreign = await staff(w, { role: 'leader', unitId: 'shenhe' })
      assert.equal((await foreign.caller.try('handover.read', { id })).status, 404)
      assert.equal((await s.officer.caller.try('handover.read', { id })).status, 404)
    })

    it('市执法队 and the branch acknowledge it, once each, with remarks on lines; who sent it learns when all have', async () => {
      const s = await scene()
      await approve(s, await accepted(s))
      const id = (await listOf(s))?.id ?? ''
      nextMonth()
      await s.clerk.caller.call('handover.send', { id })
      await w.drainJobs()
      const [year, number] = monthAt(month).split('-')
      const words = `${year}年${Number(number)}月的环评审批清单`
      for (const who of [s.team, s.leader])
        assert.ok((await titlesOf(who)).includes(`${words}已移交，请签收`), who.name)
      const waiting = await s.team.caller.call('handover.list', { awaitsMe: true })
      assert.ok(waiting.items.some((list) => list.id === id))
      const [line] = (await s.team.caller.call('handover.read', { id })).lines
      assert.ok(line)
      const strange = { id, remarks: [{ lineId: uuid(), text: '不在清单里' }] }
      assert.equal((await s.team.caller.try('handover.acknowledge', strange)).status, 422)
      const remarks = [{ lineId: line.id, text: '已列入双随机名录' }]
      const first = await s.team.caller.call('handover.acknowledge', { id, remarks })
      assert.deepEqual(
        [first.state, first.receipts.map(({ unit }) => unit.id), first.awaited.map((unit) => unit.id), first.can],
        ['sent', ['enforcement'], ['tiexi'], []],
      )
      assert.deepEqual(first.lines[0]?.remarks, [{ unit: '市执法队', text: '已列入双随机名录' }])
      assert.equal((await s.team.caller.try('handover.acknowledge', { id })).status, 409)
      const last = await s.leader.caller.call('handover.acknowledge', { id })
      assert.deepEqual([last.state, last.awaited], ['acknowledged', []])
      await w.drainJobs()
      assert.ok((await titlesOf(s.clerk)).includes(`${words}都签收了`))
      assert.equal((await s.clerk.caller.try('handover.acknowledge', { id })).status, 403)
    })

    it('what is written down after its month was handed over goes with the next list', async () => {
      const s = await scene()
      await approve(s, await accepted(s))
      const id = (await listOf(s))?.id ?? ''
      const late = await accepted(s)
      nextMonth()
      await s.clerk.caller.call('handover.send', { id })
      await approve(s, late, day(20))
      assert.equal((await s.clerk.caller.call('handover.read', { id })).lines.length, 1)
      const after = monthAt(month + 1)
      const [next] = (await s.clerk.caller.call('handover.list', { fromMonth: after, toMonth: after })).items
      const { lines } = await s.clerk.caller.call('handover.read', { id: next?.id ?? '' })
      assert.deepEqual(
        lines.map(({ projectName, approvedOn }) => [projectName, approvedOn]),
        [[late.name, day(20)]],
      )
    })

    it('a number that comes later is on an open list, and no longer changes one that is handed over', async () => {
      const s = await scene()
      const built = await accepted(s)
      await approve(s, built)
      const id = (await listOf(s))?.id ?? ''
      const numberOf = async () => (await s.clerk.caller.call('handover.read', { id })).lines[0]?.approvalNumber
      await s.officer.caller.call('project.update', { id: built.id, approvalNumber: '沈环审〔2026〕2号' })
      assert.equal(await numberOf(), '沈环审〔2026〕2号')
      nextMonth()
      await s.clerk.caller.call('handover.send', { id })
      await s.officer.caller.call('project.update', { id: built.id, approvalNumber: '沈环审〔2026〕3号' })
      assert.equal(await numberOf(), '沈环审〔2026〕2号')
    })
  })

  describe(`the first working day of a month, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database, { at: '2026-11-11T10:00:00+08:00' })
    })
    after(() => w.stop())

    it('reminds the approval office of last month’s list, and of none that is handed over; old approvals are not listed', async () => {
      const clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      const ledger = (name: string, stageOn: string) =>
        clerk.caller.call('project.create', {
          book: 'local',
          name,
          builderName: '测试·建设单位',
          districtCode: '210106',
          careLevel: 'own',
          documentType: 'form',
          stage: 'approved',
          stageOn,
        })
      await ledger('上个月批的', '2026-10-09')
      await ledger('早就批了的', '2024-05-06')
      await w.drainJobs()
      const { items } = await clerk.caller.call('handover.list', {})
      assert.deepEqual(
        items.map(({ month, approvals }) => [month, approvals]),
        [['2026-10', 1]],
      )
      const title = '2026年10月的环评审批清单还没有移交执法'
      const told = async () =>
        (await clerk.caller.call('notice.list', { limit: 100 })).items.filter((one) => one.title === title)
      w.turnTo('2026-11-30T09:00:00+08:00')
      await w.drainJobs()
      assert.equal((await told()).length, 0)
      w.turnTo('2026-12-01T09:00:00+08:00')
      await w.drainJobs()
      assert.equal((await told()).length, 1)
      await clerk.caller.call('handover.send', { id: items[0]?.id ?? '' })
      w.turnTo('2027-01-04T09:00:00+08:00')
      await w.drainJobs()
      assert.equal((await told()).length, 1)
    })
  })
}
