import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { instantAt } from '../../src/calendar/dates.js'
import { unappealed } from '../../src/cases/appeal.js'
import { Rating } from '../../src/cases/rating.js'
import { Rectification } from '../../src/cases/rectification.js'
import { unreviewed } from '../../src/cases/register.js'
import { Rejection } from '../../src/cases/rejection.js'
import { GuideComment } from '../../src/guides/guideComment.js'
import type { Project } from '../../src/projects/project.js'
import { ProjectIssue } from '../../src/projects/projectIssue.js'
import { Visit } from '../../src/visits/visit.js'
import { VisitFinding } from '../../src/visits/visitFinding.js'
import { linesOf, someCase } from '../board/cases.js'
import { issueSheet } from '../../src/serviceSheets/issue.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, type StaffMember, staff, write } from '../factories.js'
import { readSeed } from '../seeds/read.js'
import { type World, world } from '../world.js'

const table = readSeed<{ indicators: { no: number; task: string; measures: string[]; leadUnits: string[] }[] }>(
  'indicators/2023.json',
)

for (const database of databaseNames) {
  describe(`the tasks of the table, on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let supervisor: StaffMember
    let officer: StaffMember

    before(async () => {
      // Monday; the last whole week is that of the 16th
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
    })
    after(() => w.stop())

    /** The figures of a task by key, a minute later, so that they are counted anew. */
    const figures = async (no: number, input: { year?: number } = {}) => {
      w.turnTo(new Date(w.now().getTime() + 61_000).toISOString())
      const { metrics } = await supervisor.caller.call('indicator.read', { no, ...input })
      return Object.fromEntries(metrics.map(({ key, value }) => [key, value]))
    }

    it('are all there, word for word, with the names of their units', async () => {
      const { year, table: head, items } = await supervisor.caller.call('indicator.list', {})
      assert.deepEqual([year, head.year, items.length], [2026, 2023, 41])
      assert.deepEqual(
        items.map(({ no, task, measures }) => ({ no, task, measures })),
        table.indicators.map(({ no, task, measures }) => ({ no, task, measures })),
      )
      const names = (no: number) => items[no - 1]?.leadUnits.map(({ name }) => name)
      assert.deepEqual([names(1), names(2), names(33)], [['行政审批处'], ['行政审批处', '各生态环境分局'], []])
      assert.deepEqual(
        items.filter(({ metrics }) => metrics.length > 0).map(({ no }) => no),
        [1, 2, 3, 4, 5, 21, 22, 25, 36, 38],
      )
      for (const { metrics, note } of items) assert.equal(note !== null, metrics.length === 0)
    })

    it('1: guides by level, those filed, comments and how many are answered', async () => {
      const guides = w.service.house.know.guides.guides
      const { items } = await w.nobody.call('guide.search', { limit: 100 })
      const comment = {
        guideId: guides[0]?.id ?? '',
        kind: 'question' as const,
        text: '可以用扫描件吗？',
        personId: null,
        review: 'passed' as const,
        answer: null,
        answeredAt: null,
        postId: null,
      }
      await write(w, async (db) => {
        const at = instantAt('2026-03-01', '09:00')
        await create(db, GuideComment, { ...comment, id: uuid(), createdAt: at })
        await create(db, GuideComment, { ...comment, id: uuid(), createdAt: at, answer: '可以。', answeredAt: at })
        await create(db, GuideComment, { ...comment, id: uuid(), createdAt: instantAt('2025-12-31', '23:59') })
      })
      const counted = await figures(1)
      const level = (name: string) => items.filter((item) => item.level === name).length
      assert.deepEqual(counted, {
        'guide.published': items.length,
        'guide.published.city': level('city'),
        'guide.published.district': level('district'),
        'guide.published.province': level('province'),
        'guide.filed': guides.filter(({ filingNumber }) => filingNumber !== null).length,
        'guide.comments': 2,
        'guide.comments.answered': 50,
      })
      assert.ok(items.length > 0)
    })

    it('2 and 3: projects of the ledgers, their officers and care, visits held and what they solved', async () => {
      const old = instantAt('2026-09-01', '09:00')
      const { id: enterpriseId } = await firm(w)
      const cared = await project(w, {
        startsThisYear: true,
        book: 'national',
        careLevel: 'upper',
        officerPostId: officer.postId,
        enterpriseId,
        createdAt: old,
      })
      await project(w, { book: 'local', careLevel: 'own', startsThisYear: true, createdAt: old, updatedAt: old })
      await project(w, { book: 'local', careLevel: 'own', createdAt: old })
      const ended = { careEndedOn: '2026-10-01', stage: 'approved' as const }
      await project(w, { book: 'foreign', careLevel: 'lower', officerPostId: officer.postId, createdAt: old, ...ended })
      const visit = (fields: Partial<Visit>) =>
        write(w, (db) =>
          create(db, Visit, {
            id: uuid(),
            state: 'held',
            kind: 'enterprise',
            projectId: null,
            unitId: 'tiexi',
            week: '2026-11-02',
            plannedOn: null,
            plannedTime: null,
            onDate: '2026-11-03',
            plannedByPostId: null,
            topics: ['政策解读'],
            note: null,
            cancelReason: null,
            startedAt: null,
            endedAt: null,
            place: null,
            isPlaceOdd: false,
            hostsSealed: null,
            photosAgreed: null,
            summary: null,
            recordedByPostId: null,
            recordedAt: null,
            bodyHash: null,
            createdAt: old,
            ...fields,
          }),
        )
      const held = await visit({ projectId: cared.id })
      await visit({ onDate: '2025-12-30', week: '2025-12-29' })
      await visit({ projectId: cared.id, state: 'declined', week: '2026-11-16', onDate: '2026-11-16' })
      const finding = { visitId: held.id, text: '总量指标从哪里来', category: null, enterpriseId: null, caseId: null }
      const issue = {
        projectId: cared.id,
        text: '总量指标没有落实',
        measures: null,
        responsiblePostId: null,
        caseId: null,
      }
      await write(w, async (db) => {
        await db.insert(VisitFinding, { ...finding, id: uuid(), isSolved: true })
        await db.insert(VisitFinding, { ...finding, id: uuid(), isSolved: false })
        const opened = { ...issue, responsibleUnitId: null, openedOn: '2026-05-06' }
        await create(db, ProjectIssue, { ...opened, id: uuid(), solvedOn: '2026-06-01' })
        await create(db, ProjectIssue, { ...opened, id: uuid(), solvedOn: null })
      })
      const { know } = w.service.house
      const sheetOrder = { note: null, withPackage: false, byPostId: null }
      await write(w, (db) => issueSheet({ db, know, now: w.now() }, cared, sheetOrder))
      assert.deepEqual(await figures(2), {
        'project.national': 1,
        'project.local': 2,
        'project.foreign': 1,
        'project.officer': 33.3,
        'project.updated': 66.7,
      })
      assert.deepEqual(await figures(3), {
        'team.active': 0,
        'team.meetings': 0,
        'team.issues': 0,
        'team.decisions': null,
        'care.upper': 1,
        'care.own': 2,
        'care.lower': 0,
        'care.sheets': 50,
        'care.visits': 1,
        'care.issues': 2,
      })
    })

    it('4: help in its seven categories, in time; the week’s coverage, declined counting as offered; refused applications', async () => {
      const unit = { unitId: 'tiexi', officerPostId: officer.postId }
      const inTime = { answeredOn: '2026-11-12', usedWorkdays: 3, isInTime: true, closedOn: '2026-11-20' }
      await someCase(w, { ...unit, ...inTime, createdOn: '2026-11-09', state: 'closed', rating: 5 })
      await someCase(w, { ...unit, ...inTime, createdOn: '2026-11-09', state: 'closed', rating: 2, isInTime: false })
      await someCase(w, {
        ...unit,
        ...inTime,
        createdOn: '2026-11-09',
        state: 'answered',
        closedOn: null,
        category: 'zoneControl',
      })
      await someCase(w, { ...unit, createdOn: '2026-11-23', category: 'complaint' })
      await someCase(w, {
        ...unit,
        ...inTime,
        createdOn: '2025-12-30',
        state: 'closed',
        answeredOn: '2025-12-31',
        closedOn: '2025-12-31',
      })
      const rejection = {
        ...unreviewed,
        caseId: null,
        applicationId: null,
        enterpriseId: null,
        projectId: null,
        unitId: 'tiexi',
        basis: '《生态环境法典》第一百零五条',
        reason: '选址不符合规划',
        proposedByPostId: officer.postId,
        agreedByPostId: supervisor.postId,
        registeredOn: '2026-11-02',
      }
      await write(w, async (db) => {
        await create(db, Rejection, { ...rejection, id: uuid(), kind: 'application' })
        await create(db, Rejection, { ...rejection, id: uuid(), kind: 'help' })
      })
      assert.deepEqual(await figures(4), {
        'help.siteSelection': 0,
        'help.zoneControl': 1,
        'help.industryAccess': 0,
        'help.policyGuidance': 0,
        'help.procedure': 2,
        'help.reform': 0,
        'help.assessment': 0,
        'help.inTime': 66.7,
        // of three under care one was asked and declined
        'help.expert': 0,
        'help.expertInTime': null,
        'visit.coverage': 33.3,
        'window.received': 0,
        'window.complete': 0,
        'window.notified': 0,
        'window.deemed': 0,
        'rejection.application': 1,
        'rejection.reviewed': 0,
      })
    })

    it('5: approvals of the year by how far they shortened the legal time; nothing decided, nothing claimed', async () => {
      const { 'approval.decided': none, ...shares } = await figures(5)
      assert.deepEqual([none, new Set(Object.values(shares))], [0, new Set([null])])

      const form = { unitId: 'heping', documentType: 'form' as const, careEndedOn: '2026-11-20' }
      const decided = (usedWorkdays: number, usedDays: number, fields: Partial<Project> = {}) =>
        project(w, {
          ...form,
          stage: 'approved',
          stageOn: '2026-11-20',
          acceptedOn: '2026-11-02',
          decidedOn: '2026-11-20',
          promisedDueOn: '2026-11-20',
          usedWorkdays,
          usedDays,
          ...fields,
        })
      // of 30: 90 %, 80 % and 40 %; of 60: 75 %
      await decided(3, 3)
      await decided(6, 9, { greenChannel: 'energySaving', careLevel: 'lower' })
      await decided(18, 24, { greenChannel: 'windSolarBase', promisedDueOn: '2026-11-16' })
      await decided(15, 21, { documentType: 'report' })
      // above the bureau, of another year, and without an acceptance
      await decided(1, 1, { careLevel: 'upper' })
      await decided(1, 1, { acceptedOn: '2025-11-03', decidedOn: '2025-11-20' })
      await decided(1, 1, { acceptedOn: null, usedWorkdays: null, usedDays: null })
      assert.deepEqual(await figures(5), {
        'approval.decided': 4,
        'approval.reduction': 71.3,
        'approval.reduction.calendar': 61.3,
        'approval.half': 75,
        'approval.third': 50,
        'approval.inTime': 75,
      })
      const { metrics } = await supervisor.caller.call('indicator.read', { no: 5 })
      const met = Object.fromEntries(metrics.map(({ key, target, isMet }) => [key, [target, isMet]]))
      assert.deepEqual(met['approval.reduction'], [70, true])
      assert.deepEqual(
        [met['approval.half'], met['approval.third']],
        [
          [100, false],
          [100, false],
        ],
      )
      const third = metrics.find(({ key }) => key === 'approval.third')?.filter
      assert.equal(await linesOf(supervisor.caller, third as { verb: string; input: object }), 2)
    })

    it('36: what enterprises asked, how much of it has ended, visits held', async () => {
      // four of the year: two closed, one answered, one under way
      assert.deepEqual(await figures(36), {
        'butler.projects': 33.3,
        'case.received': 4,
        'case.ended': 50,
        'case.visits': 1,
        'case.leaders': 0,
      })
    })

    it('38: ratings, and bad ones given by name verified within 1 and put right within 15 working days', async () => {
      const bad = async (isNamed: boolean, fields: Partial<Rectification>) => {
        const rating = { id: uuid(), caseId: uuid(), round: 1, score: 2, text: null, personId: null, postId: null }
        await write(w, async (db) => {
          const at = instantAt('2026-10-12', '09:00')
          await db.insert(Rating, { ...rating, isNamed, unitId: 'tiexi', at, ratedOn: '2026-10-12' })
          await create(db, Rectification, {
            id: uuid(),
            caseId: rating.caseId,
            ratingId: rating.id,
            state: 'assigned',
            score: 2,
            ratedPostId: null,
            handlerPostId: null,
            unitId: 'tiexi',
            createdAt: at,
            createdOn: '2026-10-12',
            verifyDueOn: '2026-10-13',
            resolveDueOn: '2026-11-02',
            verdict: null,
            finding: null,
            verifiedOn: null,
            measures: null,
            resolvedOn: null,
            callBack: null,
            calledBackOn: null,
            isSatisfied: null,
            ...unappealed,
            ...fields,
          })
        })
      }
      const founded = { verdict: 'founded' as const, verifiedOn: '2026-10-13', state: 'resolved' as const }
      await bad(true, { ...founded, resolvedOn: '2026-11-02' })
      assert.deepEqual(await figures(38), {
        'rating.all': 2,
        'rating.satisfied': 50,
        'rating.bad': 1,
        'rating.verified': 100,
        'rating.putRight': 100,
        'rating.calledBack': 0,
        'rating.second': 0,
        'rating.appeals': 0,
      })
      // verified a day late and put right in time; mistaken; nobody has looked; not due yet; not by name
      await bad(true, { ...founded, verifiedOn: '2026-10-14', resolvedOn: '2026-10-20' })
      await bad(true, { verdict: 'mistaken', verifiedOn: '2026-10-13', state: 'closed' })
      await bad(true, {})
      await bad(true, { createdOn: '2026-11-23', verifyDueOn: '2026-11-24', resolveDueOn: '2026-12-14' })
      await bad(false, {})
      await bad(true, {
        ...founded,
        state: 'closed',
        resolvedOn: '2026-10-20',
        appealedOn: '2026-10-14',
        secondScore: 5,
        secondOn: '2026-10-22',
      })
      const { 'rating.all': _, 'rating.satisfied': __, ...counted } = await figures(38)
      assert.deepEqual(counted, {
        'rating.bad': 6,
        'rating.verified': 60,
        'rating.putRight': 80,
        // mistaken, and called back; two are only put right, and nobody looked at one
        'rating.calledBack': 40,
        'rating.second': 1,
        'rating.appeals': 1,
      })
      const { metrics } = await supervisor.caller.call('indicator.read', { no: 38 })
      const verified = metrics.find(({ key }) => key === 'rating.verified')
      assert.deepEqual([verified?.target, verified?.isMet, verified?.of], [100, false, 5])
      assert.match(verified?.targetSource ?? '', /第38项/)
    })

    it('every figure that names its own list is as long as that list', async () => {
      const { items } = await supervisor.caller.call('indicator.list', {})
      const exact = items.flatMap(({ metrics }) => metrics.filter(({ filter }) => filter?.isExact))
      assert.ok(exact.length >= 20)
      for (const { key, value, filter } of exact) {
        const lines = await linesOf(supervisor.caller, filter as { verb: string; input: object })
        assert.equal(lines, value, key)
      }
      for (const { filter } of items.flatMap(({ metrics }) => metrics)) {
        if (filter) assert.equal((await supervisor.caller.try(filter.verb, filter.input)).status, 200, filter.verb)
      }
    })

    it('a complaint is counted for nobody whom it is about, as the list does not show it to them', async () => {
      const about = { aboutUnitId: 'approval', category: 'complaint' as const, createdOn: '2026-11-23' }
      const other = await staff(w, { role: 'supervisor', unitId: 'leaders' })
      const received = async ({ caller }: StaffMember) => {
        const { metrics } = await caller.call('indicator.read', { no: 36 })
        const [first] = metrics.filter(({ key }) => key === 'case.received')
        const lines = await linesOf(caller, first?.filter as { verb: string; input: object })
        return [first?.value, lines]
      }
      await figures(36)
      const [before] = await received(other)
      const [kept] = await received(supervisor)
      await someCase(w, { ...about, unitId: 'academy' })
      await figures(36)
      assert.deepEqual(await received(supervisor), [kept, kept])
      const after = (before ?? 0) + 1
      assert.deepEqual(await received(other), [after, after])
    })

    it('a list that would show somebody less than was counted is not named to them', async () => {
      const { metrics } = await officer.caller.call('indicator.read', { no: 4 })
      assert.ok(metrics.length > 0)
      assert.deepEqual(
        metrics.filter(({ filter }) => filter),
        [],
      )
      const { metrics: guides } = await officer.caller.call('indicator.read', { no: 1 })
      assert.equal(guides.find(({ key }) => key === 'guide.published')?.filter?.verb, 'guide.search')
    })

    it('a past year counts its own days, and says nothing of what only the present shows', async () => {
      const last = await figures(4, { year: 2025 })
      assert.deepEqual([last['help.procedure'], last['rejection.application']], [1, 0])
      assert.equal((await figures(2, { year: 2025 }))['project.local'], null)
      const { try: ask } = supervisor.caller
      assert.equal((await ask('indicator.list', { year: 2022 })).status, 422)
      assert.equal((await ask('indicator.list', { year: 2027 })).status, 422)
      assert.equal((await ask('indicator.read', { no: 42 })).status, 404)
      const { caller } = { caller: await member(w, (await firm(w)).id) }
      assert.equal((await caller.try('indicator.list', {})).status, 403)
    })

    it('figures are counted again after a minute, not before', async () => {
      const received = async () => {
        const { metrics } = await supervisor.caller.call('indicator.read', { no: 36 })
        return metrics.find(({ key }) => key === 'case.received')?.value
      }
      await figures(36)
      const before = await received()
      await someCase(w, { createdOn: '2026-11-23' })
      assert.equal(await received(), before)
      assert.equal((await figures(36))['case.received'], (before ?? 0) + 1)
    })
  })
}
