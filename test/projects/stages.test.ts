/** The way of a project through its approval, and what holds it up. */
import assert from 'node:assert/strict'
import { careDuty, isUnderCare, officersOf } from '../../src/projects/care.js'
import { endsCare, moveOf, movesFrom, stageLine, stages } from '../../src/projects/stages.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { readSeed } from '../seeds/read.js'
import { type World, world } from '../world.js'

describe('the stages of a project', () => {
  it('every stage is reached from the first, and none is a trap', () => {
    const reach = (from: (typeof stages)[number]) => {
      const seen = new Set([from])
      for (const one of seen) for (const { stage } of movesFrom(one)) seen.add(stage)
      return seen
    }
    for (const stage of stages) assert.equal(reach(stage).size, stages.length, stage)
  })

  it('are those of the demonstration, which moves only as the table allows', () => {
    const seed = readSeed<{
      labels: { stage: Record<string, string> }
      projects: { stages: { stage: (typeof stages)[number] }[] }[]
    }>('demo/projects.json')
    assert.deepEqual(Object.keys(seed.labels.stage).sort(), [...stages].sort())
    for (const { stages: way } of seed.projects) {
      for (const [n, { stage }] of way.entries()) {
        const before = way[n - 1]
        if (before) assert.equal(moveOf(before.stage, stage), 'on', `${before.stage} → ${stage}`)
      }
    }
  })

  it('care ends with the approval, without one, with the registration, and when given up', () => {
    assert.deepEqual(stages.filter(endsCare), ['approved', 'exempt', 'registration', 'terminated'])
    assert.equal(isUnderCare({ careEndedOn: null }, '2026-11-23'), true)
    assert.equal(isUnderCare({ careEndedOn: '2026-11-23' }, '2026-11-23'), true)
    assert.equal(isUnderCare({ careEndedOn: '2026-11-23' }, '2026-11-24'), false)
  })

  const line = (steps: Parameters<typeof stageLine>[0], type: Parameters<typeof stageLine>[1]) =>
    stageLine(steps, type).map(({ title, state, on }) => [title, state, on])

  it('the line shows what was gone through with its day, where it stands, and what usually follows', () => {
    const steps = [
      { stage: 'drafting', stageOn: '2026-10-01' },
      { stage: 'submitted', stageOn: '2026-10-20' },
    ] as const
    assert.deepEqual(line(steps, 'form'), [
      ['前期', 'done', null],
      ['编制中', 'done', '2026-10-01'],
      ['已报批', 'now', '2026-10-20'],
      ['已受理', 'ahead', null],
      ['评估', 'ahead', null],
      ['公示', 'ahead', null],
      ['已批复', 'ahead', null],
    ])
    assert.deepEqual(line([{ stage: 'preparing', stageOn: '2026-10-01' }], 'none'), [
      ['前期', 'now', '2026-10-01'],
      ['无需环评', 'ahead', null],
    ])
    assert.deepEqual(line([{ stage: 'drafting', stageOn: '2026-10-01' }], 'registration').at(-1), [
      '登记表',
      'ahead',
      null,
    ])
  })

  it('the line forgets what was taken back, shows a rest where it is, and ends with the care', () => {
    const back = [
      { stage: 'accepted', stageOn: '2026-10-01' },
      { stage: 'approved', stageOn: '2026-10-08' },
      { stage: 'submitted', stageOn: '2026-10-09' },
      { stage: 'suspended', stageOn: '2026-10-10' },
    ] as const
    assert.deepEqual(line(back, null), [
      ['前期', 'done', null],
      ['编制中', 'done', null],
      ['已报批', 'done', '2026-10-09'],
      ['暂缓', 'now', '2026-10-10'],
      ['已受理', 'ahead', null],
      ['评估', 'ahead', null],
      ['公示', 'ahead', null],
      ['已批复', 'ahead', null],
    ])
    const resumed = [...back, { stage: 'submitted', stageOn: '2026-10-12' }] as const
    assert.deepEqual(line(resumed, null).slice(0, 3), [
      ['前期', 'done', null],
      ['编制中', 'done', null],
      ['已报批', 'now', '2026-10-12'],
    ])
    const over = [...resumed, { stage: 'terminated', stageOn: '2026-10-13' }] as const
    assert.deepEqual(line(over, null).at(-1), ['终止', 'now', '2026-10-13'])
  })

  it('上级审批全程协办、本级即办、下级跟踪督办', () => {
    assert.deepEqual(
      (['upper', 'own', 'lower'] as const).map((level) => careDuty(level)),
      ['全程协办', '本级即办', '跟踪督办'],
    )
  })

  it('the officers of a project are those named', () => {
    const none = { officerPostId: null, branchLeaderPostId: null, cityLeaderPostId: null }
    assert.deepEqual(officersOf(none), [])
    assert.deepEqual(officersOf({ ...none, cityLeaderPostId: 'c', officerPostId: 'o' }), ['o', 'c'])
  })
})

for (const database of databaseNames) {
  describe(`moving a project on, on ${database}`, () => {
    let w: World
    let officer: StaffMember
    before(async () => {
      w = await world(database)
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
    })
    after(() => w.stop())
    const mine = (fields = {}) => project(w, { officerPostId: officer.postId, stageOn: '2026-11-02', ...fields })

    it('the officer leads it from drafting to the approval, where care ends', async () => {
      const { id } = await mine()
      await officer.caller.call('project.advance', { id, stage: 'submitted', on: '2026-11-10' })
      await officer.caller.call('project.advance', { id, stage: 'accepted', on: '2026-11-10', note: '当场受理' })
      const entry = await officer.caller.call('project.advance', {
        id,
        stage: 'approved',
        approvalNumber: '沈环审〔2026〕0号',
      })
      assert.deepEqual(
        entry.stages.map(({ stage, on, isBack, note, movedBy }) => [stage, on, isBack, note, movedBy?.name]),
        [
          ['drafting', '2026-11-02', false, null, undefined],
          ['submitted', '2026-11-10', false, null, officer.name],
          ['accepted', '2026-11-10', false, '当场受理', officer.name],
          ['approved', '2026-11-23', false, null, officer.name],
        ],
      )
      assert.deepEqual(
        [entry.stage, entry.stageOn, entry.careEndedOn, entry.approvalNumber, entry.isUnderCare],
        ['approved', '2026-11-23', '2026-11-23', '沈环审〔2026〕0号', true],
      )
    })

    it('the page offers exactly the moves that are allowed', async () => {
      const { id } = await mine()
      const { moves } = await officer.caller.call('project.read', { id })
      assert.deepEqual(
        moves.map(({ title, needsReason }) => [title, needsReason]),
        [
          ['前期', true],
          ['已报批', false],
          ['无需环评', false],
          ['登记表', false],
          ['暂缓', true],
          ['终止', true],
        ],
      )
      for (const stage of stages) {
        const move = moves.find((one) => one.stage === stage)
        const { id: fresh } = await mine()
        const { status } = await officer.caller.try('project.advance', { id: fresh, stage })
        assert.equal(status, move ? (move.needsReason ? 422 : 200) : 409, stage)
      }
    })

    it('going back needs a reason, is recorded, and revives the care', async () => {
      const { id } = await mine({ stage: 'approved', careEndedOn: '2026-11-02' })
      const silent = await officer.caller.try('project.advance', { id, stage: 'assessment' })
      assert.deepEqual([silent.status, silent.body.errors[0].path], [422, 'note'])
      const entry = await officer.caller.call('project.advance', {
        id,
        stage: 'assessment',
        on: '2026-10-30',
        note: '批复登记错误',
      })
      assert.deepEqual([entry.stage, entry.careEndedOn, entry.isUnderCare], ['assessment', null, true])
      const { isBack, note, on } = entry.stages.at(-1) ?? {}
      assert.deepEqual([isBack, note, on], [true, '批复登记错误', '2026-10-30'])
    })

    it('a day in the future, or before the stage before, is refused', async () => {
      const { id } = await mine()
      for (const on of ['2026-11-24', '2026-11-01']) {
        const { status, body } = await officer.caller.try('project.advance', { id, stage: 'submitted', on })
        assert.deepEqual([status, body.errors[0].path], [422, 'on'], on)
      }
    })

    it('what needs no approval is told so, and goes through none', async () => {
      const { id } = await mine()
      const entry = await officer.caller.call('project.advance', { id, stage: 'exempt' })
      assert.deepEqual([entry.documentType, entry.careEndedOn], ['none', '2026-11-23'])
      const registered = await mine({ documentType: 'registration' })
      const { status } = await officer.caller.try('project.advance', { id: registered.id, stage: 'submitted' })
      assert.equal(status, 409)
    })

    it('a project put off stays under care and is taken up where it stood', async () => {
      const { id } = await mine({ stage: 'assessment' })
      const off = await officer.caller.call('project.advance', { id, stage: 'suspended', note: '企业申请暂缓' })
      assert.equal(off.isUnderCare, true)
      assert.equal((await officer.caller.call('project.advance', { id, stage: 'assessment' })).stage, 'assessment')
    })

    it('暂缓 and 终止 say why', async () => {
      for (const stage of ['suspended', 'terminated'] as const) {
        const { id } = await mine()
        const silent = await officer.caller.try('project.advance', { id, stage })
        const [error] = silent.body.errors
        assert.deepEqual([silent.status, error.path, error.message], [422, 'note', '请写明原因'])
        const { line } = await officer.caller.call('project.advance', { id, stage, note: '企业申请' })
        assert.equal(line.find(({ state }) => state === 'now')?.stage, stage)
      }
    })

    it('the firm’s verified members hear of each stage, once, in their inbox', async () => {
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const joining = await member(w, enterpriseId, undefined, 'pending')
      const { id } = await mine({ enterpriseId, stage: 'assessment' })
      await officer.caller.call('project.advance', { id, stage: 'publicity' })
      await officer.caller.call('project.advance', { id, stage: 'assessment', note: '登记错误' })
      await officer.caller.call('project.advance', { id, stage: 'approved' })
      await w.drainJobs()
      const titles = (await boss.call('notice.list', {})).items.map(({ title }) => title)
      assert.deepEqual(titles.sort(), ['您的项目现在是“已批复”', '您的项目进入“公示”', '您的项目退回“评估”'].sort())
      assert.deepEqual((await joining.call('notice.list', {})).items, [])
    })

    it('two moves from the same page: the second is told that it is stale', async () => {
      const { id } = await mine()
      const move = { id, version: 1, stage: 'submitted' }
      const answers = await Promise.all([
        officer.caller.try('project.advance', move),
        officer.caller.try('project.advance', move),
      ])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
    })

    it('what holds it up is entered with who answers for it, and solved once, with the measures', async () => {
      const { id } = await mine()
      const added = await officer.caller.call('project.addIssue', {
        id,
        text: '总量指标没有落实',
        responsiblePostId: officer.postId,
        responsibleUnitId: 'air',
        openedOn: '2026-11-20',
      })
      const [issue] = added.issues
      assert.deepEqual(issue, {
        id: issue?.id,
        text: '总量指标没有落实',
        measures: null,
        responsible: { postId: officer.postId, name: officer.name },
        responsibleUnit: { id: 'air', name: issue?.responsibleUnit?.name },
        openedOn: '2026-11-20',
        solvedOn: null,
        caseId: null,
      })
      assert.equal(added.openIssues, 1)
      assert.ok(added.can.includes('project.solveIssue'))
      const issueId = issue?.id ?? ''
      const silent = await officer.caller.try('project.solveIssue', { id, issueId })
      assert.deepEqual([silent.status, silent.body.errors[0].path], [422, 'measures'])
      const solved = await officer.caller.call('project.solveIssue', { id, issueId, measures: '已调剂' })
      assert.deepEqual([solved.openIssues, solved.issues[0]?.solvedOn], [0, '2026-11-23'])
      assert.ok(!solved.can.includes('project.solveIssue'))
      assert.equal((await officer.caller.try('project.solveIssue', { id, issueId, measures: '又' })).status, 409)
      const { items } = await officer.caller.call('project.history', { id })
      assert.deepEqual(
        items.slice(0, 2).map(({ changes }) => changes.map(({ title, to }) => [title, to])),
        [[['堵点问题已解决', '总量指标没有落实']], [['登记堵点问题', '总量指标没有落实']]],
      )
    })

    it('an issue of another project is not found', async () => {
      const { id } = await mine()
      const other = await mine()
      const { issues } = await officer.caller.call('project.addIssue', { id, text: '演示', measures: '演示' })
      const issueId = issues[0]?.id ?? ''
      assert.equal((await officer.caller.try('project.solveIssue', { id: other.id, issueId })).status, 404)
    })
  })
}
