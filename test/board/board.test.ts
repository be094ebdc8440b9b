import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { CaseDay } from '../../src/board/caseDay.js'
import { recountDay } from '../../src/board/countDay.js'
import { daysOfCase } from '../../src/board/rollUp.js'
import { unreviewed } from '../../src/cases/register.js'
import { Rejection } from '../../src/cases/rejection.js'
import { databaseNames } from '../databases.js'
import { firm, member, type StaffMember, staff, write } from '../factories.js'
import type { Caller, World } from '../world.js'
import { world } from '../world.js'
import { linesOf, numbersOf, someCase } from './cases.js'

const verbs = ['board.overview', 'board.units', 'board.officers', 'board.trend'] as const

for (const database of databaseNames) {
  describe(`the board, on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let supervisor: StaffMember
    let leader: StaffMember
    let anna: StaffMember
    let bo: StaffMember
    let owner: Caller
    let reopenable: string

    before(async () => {
      // Monday
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      anna = await staff(w, { role: 'officer', unitId: 'tiexi', name: '安娜' })
      bo = await staff(w, { role: 'officer', unitId: 'hunnan', name: '阿波' })
      const { id: enterpriseId } = await firm(w)
      owner = await member(w, enterpriseId)
      const { id: createdBy } = await owner.call('session.me', {})
      const annas = { unitId: 'tiexi', officerPostId: anna.postId, enterpriseId, createdBy }
      const bos = { unitId: 'hunnan', officerPostId: bo.postId }
      const answered = { answeredOn: '2026-11-18', usedWorkdays: 4, isInTime: true, dueOn: '2026-11-20' }
      const late = { answeredOn: '2026-11-19', usedWorkdays: 8, isInTime: false, dueOn: '2026-11-16' }

      // under way
      await someCase(w, { ...annas, createdOn: '2026-11-23', state: 'assigned', dueOn: '2026-11-30' })
      await someCase(w, { ...annas, createdOn: '2026-11-16', dueOn: '2026-11-23' })
      await someCase(w, { ...annas, createdOn: '2026-11-17', dueOn: '2026-11-24', review: 'held' })
      await someCase(w, { ...annas, createdOn: '2026-11-10', dueOn: '2026-11-17' })
      await someCase(w, { ...bos, createdOn: '2026-11-09', state: 'waiting', dueOn: '2026-11-16' })
      await someCase(w, { ...bos, createdOn: '2026-11-12', dueOn: '2026-11-19' })
      await someCase(w, { createdOn: '2026-11-22', state: 'assigned', dueOn: '2026-11-27' })
      // answered, and ended
      await someCase(w, { ...annas, ...answered, createdOn: '2026-11-12', state: 'answered' })
      const ended = { ...annas, ...answered, createdOn: '2026-11-12', state: 'closed' as const, closedOn: '2026-11-20' }
      reopenable = (await someCase(w, { ...ended, rating: 5 })).id
      await someCase(w, { ...ended, rating: 5 })
      await someCase(w, {
        ...bos,
        ...late,
        createdOn: '2026-11-09',
        state: 'closed',
        closedOn: '2026-11-23',
        rating: 1,
      })
      await someCase(w, {
        ...bos,
        createdOn: '2026-11-09',
        state: 'declined',
        closedOn: '2026-11-18',
        dueOn: '2026-11-16',
      })
      await someCase(w, {
        ...bos,
        createdOn: '2026-11-13',
        state: 'withdrawn',
        closedOn: '2026-11-13',
        category: 'complaint',
      })
      // before the last thirty days
      await someCase(w, {
        ...annas,
        createdOn: '2026-08-03',
        state: 'closed',
        answeredOn: '2026-08-07',
        usedWorkdays: 4,
        isInTime: true,
        closedOn: '2026-08-10',
        dueOn: '2026-08-10',
        rating: 4,
      })
      await write(w, (db) =>
        create(db, Rejection, {
          id: uuid(),
          kind: 'help',
          ...unreviewed,
          applicationId: null,
          caseId: null,
          enterpriseId: null,
          projectId: null,
          unitId: 'hunnan',
          basis: '《信访工作条例》',
          reason: '不属于生态环境部门职责',
          proposedByPostId: bo.postId,
          agreedByPostId: supervisor.postId,
          registeredOn: '2026-11-18',
        }),
      )
    })
    after(() => w.stop())

    const expected = {
      dueSoon: 2,
      dueToday: 1,
      overdue: 2,
      answered: 4,
      averageWorkdays: 5,
      promisedWorkdays: 5,
      inTimeShare: 75,
      'states.assigned': 2,
      'states.handling': 4,
      'states.waiting': 1,
      'states.answered': 1,
      'states.closed': 3,
      'states.declined': 1,
      'states.withdrawn': 1,
      submitted: 13,
      unassigned: 1,
      held: 1,
      openRectifications: 0,
      rejectionsThisYear: 1,
      'ratings.0': 2,
      'ratings.1': 0,
      'ratings.2': 0,
      'ratings.3': 0,
      'ratings.4': 1,
      'visitsThisWeek.offered': 0,
      'visitsThisWeek.consented': 0,
      'visitsThisWeek.held': 0,
      'visitsThisWeek.declined': 0,
    }
    const flat = (answer: unknown) => Object.fromEntries(numbersOf(answer).map(([path, { value }]) => [path, value]))

    const opensAs = async (caller: Caller, answer: unknown, about: string) => {
      const numbers = numbersOf(answer)
      assert.ok(numbers.length > 0)
      for (const [path, { value, of, filter }] of numbers) {
        assert.equal(await linesOf(caller, filter as never), of ?? value, `${about} ${path} ${JSON.stringify(filter)}`)
      }
    }

    /** Of 27 units, those that have something to count, and one that has nothing. */
    const inSight = (answer: object) => {
      const items = 'items' in answer && Array.isArray(answer.items) ? answer.items : []
      const shown = items.filter(({ unit }) => !unit || ['tiexi', 'hunnan', 'heping'].includes(unit.id))
      return { ...answer, items: shown }
    }

    it('counts today from the cases themselves before any day has been rolled up', async () => {
      assert.deepEqual(flat(await supervisor.caller.call('board.overview', {})), expected)
    })

    it('says the same from the roll-up, whatever has been counted into it', async () => {
      const ask = () => Promise.all(verbs.map((verb) => supervisor.caller.call(verb, { from: '2026-08-01' })))
      const before = (await ask()).map((answer) => numbersOf(answer))
      await w.drainJobs()
      const rows = await w.service.house.ds.manager.count(CaseDay)
      assert.ok(rows > 100, 'a row at least for every day since the first case')
      assert.deepEqual(
        (await ask()).map((answer) => numbersOf(answer)),
        before,
      )
      assert.deepEqual(flat(await supervisor.caller.call('board.overview', {})), expected)
    })

    it('every number opens as a list with as many lines, for a supervisor and for a leader', async () => {
      for (const { caller } of [supervisor, leader]) {
        for (const verb of verbs) await opensAs(caller, inSight(await caller.call(verb, {})), verb)
      }
      const trend = await supervisor.caller.call('board.trend', { from: '2026-08-01', by: 'month' })
      await opensAs(supervisor.caller, trend, 'by month')
    })

    it('a leader sees the branch and nothing else', async () => {
      const overview = await leader.caller.call('board.overview', {})
      assert.equal(overview.overdue.value, 1)
      assert.equal(overview.submitted.value, 7)
      assert.equal(overview.rejectionsThisYear.value, 0)
      const units = await leader.caller.call('board.units', {})
      assert.deepEqual(
        units.items.map(({ unit }) => unit.id),
        ['tiexi'],
      )
      const officers = await leader.caller.call('board.officers', {})
      assert.deepEqual(
        officers.items.map(({ officer }) => officer.name),
        ['安娜'],
      )
      for (const verb of ['board.overview', 'board.officers', 'board.trend']) {
        assert.equal((await leader.caller.try(verb, { unitId: 'hunnan' })).status, 403)
      }
      assert.equal((await anna.caller.try('board.overview', {})).status, 403)
      assert.equal((await w.nobody.try('board.overview', {})).status, 401)
    })

    it('shows units in full and officers by what is late, never by their visits', async () => {
      const { items } = await supervisor.caller.call('board.units', {})
      assert.equal(items.length, 27)
      const hunnan = items.find(({ unit }) => unit.id === 'hunnan')
      assert.deepEqual(
        [hunnan?.overdue.value, hunnan?.states.waiting.value, hunnan?.averageWorkdays.value, hunnan?.inTimeShare.value],
        [1, 1, 8, 0],
      )
      const officers = await supervisor.caller.call('board.officers', {})
      const annas = officers.items.find(({ officer }) => officer.name === '安娜')
      assert.deepEqual(
        [annas?.open.value, annas?.dueSoon.value, annas?.overdue.value, annas?.answered.value],
        [4, 2, 1, 3],
      )
      assert.ok(!JSON.stringify(officers).includes('visit'))
    })

    it('the trend knows how many were overdue at the end of each day', async () => {
      const { items } = await supervisor.caller.call('board.trend', { from: '2026-11-16', to: '2026-11-23' })
      assert.deepEqual(
        items.map(({ to, overdue }) => [to.slice(8), overdue.value]),
        [
          ['16', 0],
          // due on the 16th and answered on the 19th, declined on the 18th
          ['17', 2],
          // declined; due on the 17th and still open
          ['18', 2],
          ['19', 1],
          // due on the 19th and still open
          ['20', 2],
          ['21', 2],
          ['22', 2],
          ['23', 2],
        ],
      )
      const weeks = await supervisor.caller.call('board.trend', { from: '2026-11-12', by: 'week' })
      assert.deepEqual(
        weeks.items.map(({ from, to, submitted, answered }) => [from, to, submitted.value, answered.value]),
        [
          ['2026-11-12', '2026-11-15', 5, 0],
          ['2026-11-16', '2026-11-22', 3, 4],
          ['2026-11-23', '2026-11-23', 1, 0],
        ],
      )
    })

    it('a period that is none is refused, and one that runs ahead ends today', async () => {
      for (const input of [
        { from: '2026-11-24' },
        { from: '2026-11-02', to: '2026-11-01' },
        { from: '2019-01-01' },
        { from: '2026-02-30' },
        { unitId: '' },
      ]) {
        assert.equal((await supervisor.caller.try('board.overview', input)).status, 422, JSON.stringify(input))
      }
      const { period } = await supervisor.caller.call('board.overview', { from: '2026-11-01', to: '2027-01-01' })
      assert.deepEqual(period, { from: '2026-11-01', to: '2026-11-23' })
    })

    it('a case opened again is taken out of the days that had counted it', async () => {
      await owner.call('case.reopen', { id: reopenable, text: '还有一个问题。' })
      await w.drainJobs()
      const overview = await supervisor.caller.call('board.overview', {})
      assert.deepEqual(
        [
          overview.answered.value,
          overview.states.closed.value,
          overview.ratings[0]?.value,
          overview.states.assigned.value,
        ],
        [3, 2, 1, 3],
      )
      await opensAs(supervisor.caller, overview, 'after reopening')
    })

    it('a case handed on is counted where it now is, from the day it was asked', async () => {
      await supervisor.caller.call('case.assign', { id: reopenable, officerId: bo.postId })
      await w.drainJobs()
      const { items } = await supervisor.caller.call('board.units', {})
      const submitted = (id: string) => items.find(({ unit }) => unit.id === id)?.submitted.value
      assert.deepEqual([submitted('tiexi'), submitted('hunnan')], [6, 6])
      await opensAs(supervisor.caller, inSight({ items }), 'after assigning')
    })

    it('a complaint about a leader is in no number of theirs, and in the supervisor’s', async () => {
      const ask = ({ caller }: StaffMember) => Promise.all(verbs.map((verb) => caller.call(verb, {})))
      const [before, above] = [await ask(leader), await supervisor.caller.call('board.overview', {})]
      const about = { unitId: 'tiexi', category: 'complaint', aboutPostId: leader.postId }
      const ended = { answeredOn: '2026-11-19', usedWorkdays: 9, isInTime: false, closedOn: '2026-11-20', rating: 1 }
      const old = await someCase(w, {
        ...about,
        ...ended,
        createdOn: '2026-11-06',
        dueOn: '2026-11-13',
        state: 'closed',
      })
      await someCase(w, { ...about, createdOn: '2026-11-23', dueOn: '2026-11-20' })
      await write(w, async (db) => {
        for (const day of await daysOfCase(db, old.id)) await recountDay(db, day)
      })
      const numbers = (answers: unknown[]) => answers.map((answer) => numbersOf(answer))
      assert.deepEqual(numbers(await ask(leader)), numbers(before))
      const after = await supervisor.caller.call('board.overview', {})
      assert.equal(after.submitted.value, above.submitted.value + 2)
      assert.equal(after.states.closed.value, above.states.closed.value + 1)
      assert.equal(after.overdue.value, above.overdue.value + 1)
      for (const { caller } of [leader, supervisor]) {
        await opensAs(caller, await caller.call('board.overview', {}), 'with a complaint')
      }
    })

    it('a declined complaint is not counted for whom it is about', async () => {
      const year = async (who: StaffMember) => (await who.caller.call('board.overview', {})).rejectionsThisYear.value
      const other = await staff(w, { role: 'supervisor', unitId: 'leaders' })
      const before = await year(other)
      assert.equal(await year(supervisor), before)
      const { id: caseId } = await someCase(w, {
        createdOn: '2026-11-20',
        category: 'complaint',
        state: 'declined',
        unitId: 'hunnan',
        aboutPostId: supervisor.postId,
      })
      await write(w, (db) =>
        create(db, Rejection, {
          id: uuid(),
          kind: 'help',
          ...unreviewed,
          applicationId: null,
          caseId,
          enterpriseId: null,
          projectId: null,
          unitId: 'hunnan',
          basis: '《信访工作条例》',
          reason: '查无此事',
          proposedByPostId: bo.postId,
          agreedByPostId: other.postId,
          registeredOn: '2026-11-20',
        }),
      )
      await write(w, async (db) => {
        for (const day of await daysOfCase(db, caseId)) await recountDay(db, day)
      })
      assert.deepEqual([await year(supervisor), await year(other)], [before, before + 1])
      for (const who of [supervisor, other]) {
        const { items } = await who.caller.call('rejection.list', { from: '2026-01-01', to: '2026-11-23', limit: 100 })
        assert.equal(items.length, await year(who))
      }
    })

    it('days on which the service did not run are counted when it is back, once', async () => {
      w.turnTo('2026-11-30T09:00:00+08:00')
      await w.drainJobs()
      const days = async () =>
        (await w.service.house.ds.query('SELECT day, COUNT(*) AS n FROM case_day GROUP BY day ORDER BY day')) as {
          day: string
        }[]
      const counted = await days()
      assert.equal(counted.at(-1)?.day, '2026-11-29')
      assert.equal(counted[0]?.day, '2026-08-03')
      assert.equal(counted.length, 119)
      w.turnTo('2026-12-01T09:00:00+08:00')
      await w.drainJobs()
      assert.deepEqual((await days()).slice(0, -1), counted)
      const fresh = await staff(w, { role: 'supervisor', unitId: 'approval' })
      await opensAs(fresh.caller, await fresh.caller.call('board.overview', {}), 'a week later')
    })
  })
}
