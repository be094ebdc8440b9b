// The demonstration's data: laid by the rules of the house, so that nothing of it contradicts itself.
import assert from 'node:assert/strict'
import { In } from 'typeorm'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { Job } from '../../src/audit/job.js'
import { dateOf } from '../../src/calendar/dates.js'
import { CaseEntry } from '../../src/cases/caseEntry.js'
import { CaseShare } from '../../src/cases/caseShare.js'
import { clockOf, kept } from '../../src/cases/clock.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { Rating } from '../../src/cases/rating.js'
import { Rectification } from '../../src/cases/rectification.js'
import { Rejection } from '../../src/cases/rejection.js'
import { caseStates } from '../../src/cases/states.js'
import { CASES } from '../../src/demo/history.js'
import { VISITS } from '../../src/demo/outings.js'
import { Enterprise } from '../../src/people/enterprise.js'
import { Post } from '../../src/people/post.js'
import { Unit } from '../../src/people/unit.js'
import { Project } from '../../src/projects/project.js'
import { ProjectStage } from '../../src/projects/projectStage.js'
import { visitStates } from '../../src/visits/states.js'
import { Visit } from '../../src/visits/visit.js'
import { VisitEnterprise } from '../../src/visits/visitEnterprise.js'
import { VisitFinding } from '../../src/visits/visitFinding.js'
import { VisitStaff } from '../../src/visits/visitStaff.js'
import { type World, world } from '../world.js'

const at = '2026-11-24T10:00:00+08:00'
const today = '2026-11-24'
const demo = (database: string, instant = at) => world(database, { at: instant, env: { DEMO: 'on' } })
const db = (w: World) => w.service.house.ds.manager

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** What the demonstration tells, without the ids and keys that are new each time. */
async function story(w: World) {
  const posts = new Map((await db(w).find(Post)).map((post) => [post.id, post.name]))
  const firms = new Map((await db(w).find(Enterprise)).map((firm) => [firm.id, firm.creditCode]))
  const cases = await db(w).find(HelpCase, { order: { createdAt: 'ASC', title: 'ASC' } })
  const visits = await db(w).find(Visit, { order: { createdAt: 'ASC', week: 'ASC' } })
  return {
    cases: cases.map((row) => [
      row.createdAt.toISOString(),
      row.title,
      row.state,
      row.review,
      firms.get(row.enterpriseId ?? ''),
      row.unitId,
      posts.get(row.officerPostId ?? ''),
      row.dueOn,
      row.answeredOn,
      row.closedOn,
      row.rating,
      row.version,
    ]),
    visits: visits.map((row) => [row.createdAt.toISOString(), row.state, row.week, row.onDate, row.summary]),
  }
}

describe('the demonstration', () => {
  let w: World
  let cases: HelpCase[]
  before(async function () {
    this.timeout(60_000)
    w = await demo('embedded')
    cases = await db(w).find(HelpCase, { order: { id: 'ASC' } })
  })
  after(() => w.stop())

  it('has 60 firms, 40 projects, 600 cases and 200 visits', async () => {
    assert.equal(await db(w).count(Enterprise), 60)
    assert.equal(await db(w).count(Project), 40)
    assert.equal(cases.length, CASES)
    assert.equal(CASES, 600)
    assert.equal(await db(w).count(Visit), VISITS)
    assert.equal(VISITS, 200)
  })

  it('shows every state of a case, and of them what is late, due today, due soon and in the pool', () => {
    const states = counted(cases.map(({ state }) => state))
    for (const state of caseStates) assert.ok((states.get(state) ?? 0) >= 5, `${state}: ${states.get(state)}`)
    const running = cases.filter(({ state }) => state === 'assigned' || state === 'handling')
    assert.ok(running.filter(({ dueOn }) => dueOn < today).length >= 10)
    assert.ok(running.filter(({ dueOn }) => dueOn === today).length >= 5)
    assert.ok(running.filter(({ dueOn }) => dueOn === '2026-11-25').length >= 5)
    assert.ok(cases.filter(({ officerPostId }) => officerPostId === null).length >= 3)
    assert.ok(cases.filter(({ review }) => review === 'held').length >= 2)
    assert.equal(cases.filter(({ review }) => review === 'pending').length, 0)
    assert.ok(cases.some(({ pendingExtension }) => pendingExtension !== null))
    assert.ok(cases.some(({ pendingDecline }) => pendingDecline !== null))
    assert.ok(cases.some(({ extensions }) => extensions > 0))
    assert.ok(cases.some(({ round, state }) => round === 2 && state === 'assigned'))
    assert.ok(cases.some(({ source }) => source === 'visit'))
    assert.equal(new Set(cases.map(({ category }) => category)).size, 10)
  })

  it('shows every rating, every state of a rectification, refusals of both kinds, assists and transfers', async () => {
    const ratings = counted((await db(w).find(Rating)).map(({ score }) => score))
    for (const score of [1, 2, 3, 4, 5]) assert.ok((ratings.get(score) ?? 0) > 0, `${score}`)
    const rectifications = await db(w).find(Rectification)
    const states = counted(rectifications.map(({ state }) => state))
    for (const state of ['assigned', 'verified', 'resolved', 'closed'] as const) {
      assert.ok((states.get(state) ?? 0) >= 2, state)
    }
    for (const { handlerPostId, ratedPostId } of rectifications) assert.notEqual(handlerPostId, ratedPostId)
    const kinds = counted((await db(w).find(Rejection)).map(({ kind }) => kind))
    assert.deepEqual([...kinds.keys()].sort(), ['application', 'help'])
    const shares = await db(w).find(CaseShare)
    assert.ok(shares.some(({ how, repliedAt }) => how === 'assisting' && repliedAt === null))
    assert.ok(shares.some(({ how, repliedAt }) => how === 'assisting' && repliedAt !== null))
    assert.ok(shares.some(({ how }) => how === 'handedOn'))
  })

  it('shows every state of a visit; each has two officials, and each open question a case', async () => {
    const visits = await db(w).find(Visit)
    const states = counted(visits.map(({ state }) => state))
    for (const state of visitStates) assert.ok((states.get(state) ?? 0) >= 3, `${state}: ${states.get(state)}`)
    const staff = counted((await db(w).find(VisitStaff)).map(({ visitId }) => visitId))
    const parts = counted((await db(w).find(VisitEnterprise)).map(({ visitId }) => visitId))
    for (const { id, state, onDate } of visits) {
      assert.equal(staff.get(id), 2)
      assert.ok((parts.get(id) ?? 0) >= 1)
      if (state === 'held') assert.ok(onDate < today)
    }
    const findings = await db(w).find(VisitFinding)
    assert.ok(findings.length > 0)
    for (const { isSolved, caseId } of findings) assert.equal(caseId === null, isSolved)
    const supervisor = await w.as('supervisor')
    const statuses = counted((await supervisor.call('visit.due', { limit: 100 })).items.map(({ status }) => status))
    for (const status of ['due', 'held', 'paused'] as const) assert.ok((statuses.get(status) ?? 0) > 0, status)
  })

  it("every case's due date is the one its clock reads, and what was answered was counted by the same clock", () => {
    const { know } = w.service.house
    for (const row of cases) {
      const expected = kept(row, know, w.now())
      assert.deepEqual({ dueOn: row.dueOn, isProvisional: row.isProvisional }, expected, row.number)
      if (row.answeredAt === null) continue
      const { used, isOverdue } = clockOf(row, know, w.now())
      assert.equal(row.usedWorkdays, used, row.number)
      assert.equal(row.isInTime, !isOverdue, row.number)
      assert.equal(row.answeredOn, dateOf(row.answeredAt), row.number)
    }
  })

  it('nothing happened after today began, and nothing closes by itself that should have closed before', async () => {
    const startOfToday = new Date(`${today}T00:00:00+08:00`)
    for (const { at: moment } of await db(w).find(CaseEntry)) assert.ok(moment < startOfToday)
    for (const { number, state, closesOn, closedOn } of cases) {
      assert.equal(closesOn !== null, state === 'answered', number)
      assert.ok(closesOn === null || closesOn >= '2026-11-23', number)
      assert.equal(closedOn !== null, ['closed', 'declined', 'withdrawn'].includes(state), number)
    }
  })

  it('ids grow with time, and the timeline of a case with its ids', async () => {
    const times = cases.map(({ createdAt }) => createdAt.getTime())
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
    const entries = await db(w).find(CaseEntry, { order: { caseId: 'ASC', id: 'ASC' } })
    for (const [index, entry] of entries.entries()) {
      const before = entries[index - 1]
      if (before?.caseId === entry.caseId) assert.ok(before.at <= entry.at)
    }
  })

  it('a complaint is in no hands of the unit it is about', async () => {
    const posts = new Map((await db(w).find(Post)).map((post) => [post.id, post]))
    const about = cases.filter(({ aboutUnitId }) => aboutUnitId !== null)
    assert.ok(about.length > 0)
    for (const { unitId, officerPostId, aboutUnitId } of about) {
      assert.notEqual(unitId, aboutUnitId)
      assert.notEqual(posts.get(officerPostId ?? '')?.unitId, aboutUnitId)
    }
  })

  it('the whole trail verifies', async function () {
    this.timeout(30_000)
    const supervisor = await w.as('supervisor')
    let checked = 0
    for (let cursor: string | undefined | null = undefined; cursor !== null; ) {
      const page: { checked: number; findings: unknown[]; lost: unknown[]; next: string | null } =
        await supervisor.call('audit.verify', cursor === undefined ? {} : { cursor })
      assert.deepEqual(page.findings, [])
      assert.deepEqual(page.lost, [])
      checked += page.checked
      cursor = page.next
    }
    assert.ok(checked > CASES + VISITS)
    assert.ok((await db(w).count(AuditEntry)) > checked)
  })

  it('laying it asks for nothing to follow: no job waits', async () => {
    assert.equal(await db(w).count(Job), 0)
  })

  it('the eight named people log in with their roles and find something in their inboxes', async () => {
    const roles = {
      enterprise: [],
      enterprise2: [],
      officer: ['officer@tiexi'],
      officer2: ['officer@tiexi'],
      leader: ['leader@tiexi'],
      supervisor: ['supervisor@approval'],
      clerk: ['clerk@approval'],
      admin: ['admin@serviceCenter'],
    }
    for (const [name, held] of Object.entries(roles)) {
      const caller = await w.as(name)
      const me = await caller.call('session.me', {})
      assert.match(me.name ?? '', /^演示./, name)
      assert.match(me.phone ?? '', /^154\*{4}\d{4}$/, name)
      assert.deepEqual(
        me.posts.map(({ role, unit }) => `${role}@${unit.id}`),
        held,
        name,
      )
      const isMember = name.startsWith('enterprise')
      assert.deepEqual(
        me.enterprises.map(({ state }) => state),
        isMember ? ['verified'] : [],
        name,
      )
      if (isMember) assert.equal((await caller.call('project.list', {})).items.length >= 1, true, name)
      assert.ok((await caller.call('notice.list', {})).items.length > 0, name)
    }
    const supervisors = await db(w).findBy(Post, { role: 'supervisor' })
    assert.deepEqual(supervisors.map(({ unitId }) => unitId).sort(), ['approval', 'leaders'])
  })

  it('every branch has a leader and two officers, the approval office two on duty, all evidently invented', async () => {
    const posts = await db(w).find(Post)
    const branches = await db(w).findBy(Unit, { kind: 'branch' })
    assert.equal(branches.length, 15)
    for (const { id } of branches) {
      const roles = posts.filter(({ unitId }) => unitId === id).map(({ role }) => role)
      assert.ok(roles.filter((role) => role === 'officer').length >= 2, id)
      assert.ok(roles.includes('leader'), id)
    }
    assert.equal(posts.filter(({ unitId, isDuty }) => unitId === 'approval' && isDuty).length, 2)
    for (const { name, workPhone } of posts) {
      assert.match(name, /^演示/)
      assert.match(workPhone ?? '', /^024-0000\d{4}$/)
    }
  })

  it('every project went through its stages under three officers', async () => {
    const projects = await db(w).find(Project)
    const posts = new Map((await db(w).find(Post)).map((post) => [post.id, post]))
    for (const project of projects) {
      const { officerPostId, branchLeaderPostId, cityLeaderPostId, unitId, stage, stageOn, name } = project
      assert.equal(posts.get(officerPostId ?? '')?.unitId, unitId, name)
      assert.equal(posts.get(branchLeaderPostId ?? '')?.role, 'leader', name)
      assert.equal(posts.get(cityLeaderPostId ?? '')?.unitId, 'leaders', name)
      const steps = await db(w).find(ProjectStage, { where: { projectId: project.id }, order: { id: 'ASC' } })
      assert.deepEqual([steps.at(-1)?.stage, steps.at(-1)?.stageOn], [stage, stageOn], name)
    }
  })

  it('the guides have comments with answers, and some that wait for one', async () => {
    const clerk = await w.as('clerk')
    const { items } = await clerk.call('guide.comments', { limit: 100 })
    assert.ok(items.some(({ answer }) => answer !== null))
    assert.ok(items.some(({ answer }) => answer === null))
  })

  it('the board counts it all once its jobs have run', async function () {
    this.timeout(60_000)
    await w.drainJobs()
    const supervisor = await w.as('supervisor')
    const year = await supervisor.call('board.overview', { from: '2025-11-25', to: today })
    const answered = await db(w).find(HelpCase, { where: { state: In([...caseStates]) } })
    const count = answered.filter(({ answeredOn }) => answeredOn !== null).length
    assert.ok(year.answered.value > 0.9 * count && year.answered.value <= count, `${year.answered.value} of ${count}`)
    assert.ok((year.overdue.value ?? 0) >= 10)
    const { items } = await supervisor.call('board.units', {})
    assert.ok(items.length >= 15)
  })

  it('the main job runs with the demonstration people: officer, stand-in, answer, a bad rating put right by another', async () => {
    const asker = await w.as('enterprise')
    const stranger = await w.as('enterprise2')
    const officer = await w.as('officer')
    const standIn = await w.as('officer2')
    const project = (await asker.call('project.list', {})).items.find(({ name }) => name.includes('高精度齿轮'))
    assert.ok(project)
    const ask = (title: string) =>
      asker.call('case.submit', {
        category: 'procedure',
        title,
        text: '这次改了喷漆线的位置，报告表要不要重新报批？',
        projectId: project.id,
        fileIds: [],
      })
    const made = await ask('设备位置调整要办什么')
    assert.equal(made.officer?.name, '演示丙')
    assert.equal(made.clock.dueOn, '2026-12-01')
    assert.equal((await stranger.try('case.read', { id: made.id })).status, 404)

    const [post] = (await officer.call('session.me', {})).posts
    const [other] = (await standIn.call('session.me', {})).posts
    assert.ok(post && other)
    const away = await officer.call('staff.setAbsence', {
      postId: post.id,
      standInPostId: other.id,
      fromOn: today,
      toOn: today,
    })
    const second = await ask('专员外出时谁来办')
    assert.equal(second.officer?.name, '演示丁')
    assert.equal(second.standInFor?.name, '演示丙')
    await officer.call('staff.setAbsence', { id: away.id, cancel: true })

    await officer.call('case.sign', { id: made.id })
    await officer.call('case.askMore', { id: made.id, text: '请补充调整后的平面图。', fileIds: [] })
    await asker.call('case.supply', { id: made.id, text: '平面图已补充。', fileIds: [] })
    await officer.call('case.answer', {
      id: made.id,
      text: '位置调整在厂房内、距离不变近的，不用重新报批。',
      fileIds: [],
    })
    const rated = await asker.call('case.rate', { id: made.id, score: 1, text: '没有说清楚' })
    assert.equal(rated.state, 'closed')
    const leader = await w.as('leader')
    const { items } = await leader.call('rectification.list', { limit: 100 })
    const one = items.find((item) => item.case.id === made.id)
    assert.equal(one?.handler?.name, '演示戊')
  })
})

describe('the demonstration, laid on the same day', () => {
  it('tells the same story every time', async function () {
    this.timeout(60_000)
    const first = await demo('embedded')
    const told = await story(first)
    await first.stop()
    const second = await demo('embedded', '2026-11-24T15:30:00+08:00')
    assert.deepEqual(await story(second), told)
    await second.stop()
  })

  it('tells the same story on MariaDB', async function () {
    this.timeout(120_000)
    const embedded = await demo('embedded')
    const told = await story(embedded)
    await embedded.stop()
    const server = await demo('MariaDB')
    assert.deepEqual(await story(server), told)
    await server.stop()
  })
})

describe('the demonstration, laid on any day', () => {
  for (const day of ['2026-01-01', '2026-02-20', '2026-10-05', '2026-11-29', '2027-03-01']) {
    it(`is whole on ${day}`, async function () {
      this.timeout(60_000)
      const w = await demo('embedded', `${day}T07:30:00+08:00`)
      const cases = await db(w).find(HelpCase)
      assert.equal(cases.length, CASES)
      assert.equal(await db(w).count(Visit), VISITS)
      const states = counted(cases.map(({ state }) => state))
      for (const state of caseStates) assert.ok((states.get(state) ?? 0) > 0, state)
      const { know } = w.service.house
      for (const row of cases) assert.equal(row.dueOn, kept(row, know, w.now()).dueOn, row.number)
      await w.stop()
    })
  }
})
