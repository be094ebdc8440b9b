// The demonstration's data: laid by the rules of the house, so that nothing of it contradicts itself.
import assert from 'node:assert/strict'
import { In } from 'typeorm'
import { Application } from '../../src/applications/application.js'
import { applicationStates } from '../../src/applications/states.js'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { ServiceSheet } from '../../src/serviceSheets/serviceSheet.js'
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
import { GuideComment } from '../../src/guides/guideComment.js'
import { GuideVersion } from '../../src/guides/guideVersion.js'
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
import { readSeed } from '../seeds/read.js'
import { type World, world } from '../world.js'

interface Text {
  title: string
  trades?: string[]
  refusal?: { basis: string; reason: string }
}
const caseTexts = readSeed<{ cases: Text[]; notOurs: Text[] }>('demo/caseTexts.json')
const texts = [...caseTexts.cases, ...caseTexts.notOurs]
const { enterprises } = readSeed<{ enterprises: { creditCode: string; trades: string[] }[] }>('demo/enterprises.json')
const words = readSeed<{ withdrawals: Record<'question' | 'complaint' | 'suggestion', string[]> }>('demo/words.json')

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
  let told: Awaited<ReturnType<typeof story>>
  let toldAgain: typeof told
  before(async function () {
    this.timeout(300_000)
    const [first, again] = await Promise.all([demo('embedded'), demo('MariaDB', '2026-11-24T15:30:00+08:00')])
    w = first
    cases = await db(w).find(HelpCase, { order: { id: 'ASC' } })
    told = await story(w)
    toldAgain = await story(again)
    await again.stop()
  })
  after(() => w.stop())

  it('has 60 firms, 40 projects, 600 cases and 200 visits', async () => {
    assert.equal(await db(w).count(Enterprise), 60)
    assert.equal(await db(w).count(Project), 40)
    // One more was raised at a meeting.
    assert.equal(cases.filter(({ source }) => source !== 'meeting').length, CASES)
    assert.equal(cases.length, CASES + 1)
    assert.equal(CASES, 600)
    assert.equal(await db(w).count(Visit), VISITS)
    assert.equal(VISITS, 200)
  })

  it('tells the same story at another hour of the day and on the other database', () => {
    assert.deepEqual(toldAgain, told)
  })

  it('shows every state of an application at the window but one, what is due soon, and a refusal that waits', async () => {
    const rows = await db(w).find(Application)
    const states = new Set(rows.map(({ state }) => state))
    assert.deepEqual(
      applicationStates.filter((state) => !states.has(state)),
      ['notAccepted'],
    )
    assert.deepEqual(
      new Set(rows.map(({ acceptedHow }) => acceptedHow)),
      new Set([null, 'complete', 'supplemented', 'deemed']),
    )
    assert.ok(rows.some(({ state, noticeDueOn }) => state === 'received' && noticeDueOn === '2026-11-25'))
    assert.ok(rows.some(({ pendingRefusal }) => pendingRefusal !== null))
    const refused = rows.find(({ state }) => state === 'rejected')
    const line = await db(w).findOneByOrFail(Rejection, { applicationId: refused?.id ?? '' })
    assert.equal(line.registeredOn, refused?.endedOn)
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

  it('has an even year behind it: no month stands out, and a hundred cases are open', () => {
    const months = counted(cases.map(({ createdOn }) => createdOn.slice(0, 7)))
    // The first is only its last days.
    const [, ...full] = [...months].sort()
    assert.equal(full.length, 12)
    for (const [month, count] of full) assert.ok(count >= 35 && count <= 68, `${month}: ${count}`)
    const open = cases.filter(({ state }) => ['assigned', 'handling', 'waiting', 'answered'].includes(state))
    assert.ok(open.length >= 100, `${open.length}`)
  })

  it('a firm asks about its own trade, the first firm about metal-working', async () => {
    const firms = new Map((await db(w).find(Enterprise)).map(({ id, creditCode }) => [id, creditCode]))
    const trades = new Map(enterprises.map((firm) => [firm.creditCode, firm.trades]))
    let ofMetal = 0
    for (const { title, enterpriseId } of cases) {
      const code = firms.get(enterpriseId ?? '') ?? ''
      const text = texts.find((one) => one.title === title)
      if (!text?.trades || enterpriseId === null) continue
      assert.ok(
        text.trades.some((trade) => trades.get(code)?.includes(trade)),
        title,
      )
      if (code === enterprises[0]?.creditCode && text.trades.includes('metal')) ofMetal += 1
    }
    assert.ok(ofMetal >= 5, `${ofMetal}`)
  })

  it('declines only what is not the bureau’s business, on the ground that goes with it; never a complaint or a suggestion', async () => {
    const byId = new Map(cases.map((row) => [row.id, row]))
    const declined = await db(w).findBy(Rejection, { kind: 'help' })
    assert.ok(declined.length >= 5)
    for (const { caseId, basis, reason } of declined) {
      const row = byId.get(caseId ?? '')
      const text = caseTexts.notOurs.find(({ title }) => title === row?.title)
      assert.deepEqual({ basis, reason }, text?.refusal, row?.title)
    }
    const proposed = cases.filter(({ pendingDecline }) => pendingDecline !== null)
    for (const { title, category } of [...proposed, ...cases.filter(({ state }) => state === 'declined')]) {
      assert.ok(!['complaint', 'suggestion'].includes(category), title)
      assert.ok(
        caseTexts.notOurs.some((one) => one.title === title),
        title,
      )
    }
  })

  it('hands on to units with a confirmed name, and withdraws complaints in words for complaints', async () => {
    const unconfirmed = await db(w).findBy(Unit, { id: In(['kaifaqu', 'branch15']) })
    const rows = new Map(cases.map((row) => [row.id, row]))
    for (const { text } of await db(w).findBy(CaseEntry, { verb: 'case.transfer' })) {
      for (const { name } of unconfirmed) assert.ok(!text?.includes(name), text ?? '')
    }
    const withdrawn = await db(w).findBy(CaseEntry, { verb: 'case.withdraw' })
    assert.ok(withdrawn.length > 0)
    for (const { caseId, text } of withdrawn) {
      const category = rows.get(caseId)?.category ?? ''
      const kind = category === 'complaint' || category === 'suggestion' ? category : 'question'
      assert.ok(words.withdrawals[kind].includes(text ?? ''), `${category}: ${text}`)
    }
  })

  it('a project was last in touch on the day of its last visit or answer', async () => {
    const last = new Map<string, string>()
    const touch = (projectId: string | null, on: string) => {
      if (projectId !== null && (last.get(projectId) ?? '') < on) last.set(projectId, on)
    }
    for (const { projectId, onDate } of await db(w).findBy(Visit, { state: 'held' })) touch(projectId, onDate)
    const rows = new Map(cases.map((row) => [row.id, row]))
    for (const { caseId, at: moment } of await db(w).findBy(CaseEntry, { verb: 'case.answer' })) {
      touch(rows.get(caseId)?.projectId ?? null, dateOf(moment))
    }
    for (const { id, name, lastContactOn, nextFollowUpOn, careEndedOn } of await db(w).find(Project)) {
      assert.equal(lastContactOn, last.get(id) ?? null, name)
      assert.equal(nextFollowUpOn === null, lastContactOn === null || careEndedOn !== null, name)
    }
    assert.ok(last.size >= 30)
  })

  it('visits begin in office hours of a working day; only those of last week on wait for a signature', async () => {
    const { calendar } = w.service.house.know
    const held = await db(w).findBy(Visit, { state: 'held' })
    for (const { id, startedAt, place } of held) {
      assert.ok(startedAt && place?.name)
      const [day, time = ''] = new Date(startedAt.getTime() + 8 * 3_600_000).toISOString().split('T')
      assert.ok(calendar.isWorkday(day ?? ''), id)
      assert.ok(time >= '09:00' && time <= '16:30', time)
    }
    assert.ok(held.some(({ photosAgreed }) => photosAgreed))
    for (const { onDate, state, confirmedAt } of await db(w).find(VisitEnterprise)) {
      if (state === 'held' && confirmedAt === null) assert.ok(onDate >= '2026-11-16', onDate)
    }
  })

  it('rewards wait for their informer, their approvers, the bank, and to be recognised; amounts are evidently nobody’s', async () => {
    const handler = await w.as('rewardhandler')
    const { items } = await handler.call('reward.list', {})
    assert.deepEqual(items.map(({ state, amountFen }) => [state, amountFen]).sort(), [
      ['approved', 50_000],
      ['bank', 50_000],
      ['proposed', 200_000],
    ])
    const { levels } = await handler.call('reward.rules', {})
    assert.ok(levels.every(({ confirmed, note }) => !confirmed && note.startsWith('演示')))
    const { reservedFen, paidFen } = await handler.call('money.totals', {})
    assert.deepEqual([reservedFen, paidFen], [100_000, 0])
    const approver = await w.as('rewardapprover')
    const waiting = (await approver.call('reward.list', { awaitsMe: true })).items
    assert.deepEqual(
      waiting.map(({ state }) => state),
      ['proposed'],
    )
    const candidates = (await handler.call('reward.candidates', {})).items
    assert.ok(candidates.some(({ obstacle }) => obstacle === null))
    const own = (await (await w.as('enterprise2')).call('tip.mine', {})).items
    assert.ok(own.some(({ reward }) => reward?.state === 'approved' && reward.claimBy !== null))
    // The whole of each way is in the trail, by who went it.
    for (const { id } of items) {
      const { timeline, approvals } = await handler.call('reward.read', { id })
      assert.equal(timeline[0]?.verb, 'reward.propose')
      assert.equal(new Set(approvals.map(({ by }) => by)).size, approvals.length)
    }
  })

  it('the guides were public before anybody said something about them', async () => {
    const [first] = await db(w).find(GuideComment, { order: { createdAt: 'ASC' }, take: 1 })
    assert.ok(first)
    for (const { publishedOn } of await db(w).find(GuideVersion, { where: { number: 1 } })) {
      assert.ok(publishedOn !== null && publishedOn < dateOf(first.createdAt))
    }
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
    this.timeout(120_000)
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

  it('laying it asks for nothing to follow but the drawing of its service sheets', async () => {
    const kinds = counted((await db(w).find(Job)).map(({ kind }) => kind))
    assert.deepEqual([...kinds], [['sheet.draw', await db(w).count(ServiceSheet)]])
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

  it('two guides are on their way to a next version, and the public still reads the one before', async () => {
    const clerk = await w.as('clerk')
    for (const [state, code] of [
      ['draft', 'ZH-01'],
      ['submitted', 'HP-02'],
    ] as const) {
      const { items } = await clerk.call('guide.list', { state })
      assert.deepEqual(
        items.map((one) => [one.code, one.number, one.publishedNumber]),
        [[code, 2, 1]],
      )
      assert.equal((await w.nobody.call('guide.read', { code })).number, 1)
    }
  })

  it('the guides have comments with answers, and some that wait for one', async () => {
    const clerk = await w.as('clerk')
    const { items } = await clerk.call('guide.comments', { limit: 100 })
    assert.ok(items.some(({ answer }) => answer !== null))
    assert.ok(items.some(({ answer }) => answer === null))
  })

  it('the board counts it all once its jobs have run', async function () {
    this.timeout(180_000)
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

describe('the demonstration, laid on another day', () => {
  const whole = async (day: string) => {
    const w = await demo('embedded', `${day}T07:30:00+08:00`)
    const cases = await db(w).find(HelpCase)
    await w.stop()
    assert.equal(cases.length, CASES + 1)
    const states = counted(cases.map(({ state }) => state))
    for (const state of caseStates) assert.ok((states.get(state) ?? 0) > 0, state)
    const { know } = w.service.house
    for (const row of cases) assert.equal(row.dueOn, kept(row, know, w.now()).dueOn, row.number)
    return cases
  }

  it('is whole in the week of 春节', async function () {
    this.timeout(180_000)
    await whole('2026-02-20')
  })

  it('is whole at the end of the year; what is due next year is provisional until its holidays are announced', async function () {
    this.timeout(180_000)
    const next = (await whole('2026-12-28')).filter(({ dueOn, answeredOn }) => dueOn >= '2027' && answeredOn === null)
    assert.ok(next.length > 0)
    for (const { isProvisional, number } of next) assert.ok(isProvisional, number)
  })
})
