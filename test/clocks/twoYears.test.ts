/**
 * Two working years, day by day, through the real service: firms ask, officials are late, away or quick, projects go
 * through their approval. Beside it stands a book that knows no rule but counting: each working day of what is open is
 * a day used or, where it began the day waiting, a day paused.
 */
import assert from 'node:assert/strict'
import { In } from 'typeorm'
import { addDays, dateOf } from '../../src/calendar/dates.js'
import { clockOf as caseClock } from '../../src/cases/clock.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { openStates } from '../../src/cases/states.js'
import { untilDay } from '../../src/cases/tidings.js'
import { holdersOf } from '../../src/notices/holders.js'
import { Notice } from '../../src/notices/notice.js'
import { readingOf, stepsOf } from '../../src/projects/approvalRow.js'
import { clockOf, pausedStages, runningStages } from '../../src/projects/approvalRules.js'
import { deadlineKeys, dueColumns } from '../../src/projects/deadline.js'
import { ownersOf } from '../../src/projects/owner.js'
import { Project } from '../../src/projects/project.js'
import { at } from '../cases/stage.js'
import { type World, world } from '../world.js'
import { diceOf } from './dice.js'
import { firmsAct, officialsAct, settle, type Town } from './town.js'

const FIRST = '2025-01-02'
const LAST = '2026-12-31'

/** One open thing in the book: a round of a case, or an approval since its acceptance. */
interface Line {
  startedOn: string
  used: number
  paused: number
  /** Days since a decision; used after all where it is taken back. */
  held: number
}

/** A deadline that was found passed: on which mornings, and how late it was. */
interface Passed {
  kind: 'case' | 'project'
  id: string
  dueOn: string
  /** What the notices' keys begin with, by what they tell. */
  keys: { dueSoon: string; overdue: string; overdueLong: string }
  leaderIds: string[]
  mornings: { day: string; late: number }[]
}

describe('two years', function () {
  this.timeout(600_000)
  let w: World
  let town: Town
  const book = new Map<string, Line>()
  const passed = new Map<string, Passed>()
  const seen = { cases: 0, projects: 0, decided: 0, answered: 0, mornings: 0 }
  const know = () => w.service.house.know
  const db = () => w.service.house.ds.manager

  const count = (key: string, startedOn: string, as: keyof Omit<Line, 'startedOn'>, today: string) => {
    const known = book.get(key)
    const line = known?.startedOn === startedOn ? known : { startedOn, used: 0, paused: 0, held: 0 }
    book.set(key, line)
    if (as !== 'held') [line.used, line.held] = [line.used + line.held, 0]
    if (startedOn < today) line[as] += 1
    return line
  }
  const pass = (key: string, fresh: Omit<Passed, 'mornings'>, day: string, late: number) => {
    const one = passed.get(key) ?? { ...fresh, mornings: [] }
    one.mornings.push({ day, late })
    passed.set(key, one)
  }

  async function morningOfCases(today: string): Promise<void> {
    for (const row of await db().findBy(HelpCase, { state: In([...openStates]) })) {
      seen.cases += 1
      const holders = row.officerPostId === null ? [] : await holdersOf(db(), [row.officerPostId], today)
      assert.ok(holders.length > 0, `case ${row.id} has nobody on ${today}`)
      const clock = caseClock(row, know(), w.now())
      const isWaiting = row.state === 'waiting'
      assert.equal(clock.isPaused, isWaiting, 'a clock runs on one side only')
      const { used, paused } = count(
        `case:${row.id}:${row.round}`,
        clock.startedOn,
        isWaiting ? 'paused' : 'used',
        today,
      )
      assert.equal(used + paused, know().calendar.countWorkdays(clock.startedOn, today))
      if (!clock.isOverdue) assert.ok(used <= clock.workdays + 1 && clock.used === Math.min(used, clock.workdays))
      else assert.ok(used > clock.workdays)
      if (isWaiting || row.dueOn >= today) continue
      const leader = town.branches.find(({ unitId }) => unitId === row.unitId)?.leader
      const keys = {
        dueSoon: `dueSoon:${row.id}:${row.dueOn}`,
        overdue: `overdue:${row.id}:${row.dueOn}`,
        overdueLong: `overdueLong:${row.id}:${row.dueOn}`,
      }
      const late = know().calendar.countWorkdays(row.dueOn, today)
      const fresh = {
        kind: 'case' as const,
        id: row.id,
        dueOn: row.dueOn,
        keys,
        leaderIds: leader ? [leader.personId] : [],
      }
      pass(keys.overdue, fresh, today, late)
    }
  }

  async function morningOfProjects(today: string): Promise<void> {
    const { approval, calendar } = know()
    const open = [...runningStages(approval), ...pausedStages(approval)]
    for (const row of await db().find(Project)) {
      if (row.careEndedOn === null) {
        assert.ok((await ownersOf(db(), row, today)).length > 0, `project ${row.id} has nobody on ${today}`)
      }
      if (row.acceptedOn === null) continue
      const key = `project:${row.id}`
      if (!open.includes(row.stage) || row.decidedOn !== null) {
        if (book.get(key)?.startedOn === row.acceptedOn) count(key, row.acceptedOn, 'held', today)
        continue
      }
      seen.projects += 1
      const reading = readingOf(row, await stepsOf(db(), row.id), know(), w.now())
      assert.ok(reading)
      const isPaused = clockOf(approval, row.stage) === 'off'
      assert.equal(reading.isPaused, isPaused, 'a clock runs on one side only')
      const { used, paused } = count(key, reading.startedOn, isPaused ? 'paused' : 'used', today)
      assert.deepEqual([reading.used, reading.paused], [used, paused], `${row.id} on ${today}`)
      if (isPaused) continue
      for (const limit of deadlineKeys) {
        const dueOn = row[dueColumns[limit]]
        assert.equal(dueOn, reading[limit]?.dueOn ?? null)
        if (dueOn === null || dueOn >= today) continue
        const told = (what: string) => `project.${what}:${limit}:${row.id}:${dueOn}`
        const keys = { dueSoon: told('dueSoon'), overdue: told('overdue'), overdueLong: told('overdueLong') }
        const leader = town.branches.find(({ unitId }) => unitId === row.unitId)?.leader
        const fresh = { kind: 'project' as const, id: row.id, dueOn, keys, leaderIds: leader ? [leader.personId] : [] }
        pass(keys.overdue, fresh, today, calendar.countWorkdays(dueOn, today))
      }
    }
  }

  before(async () => {
    w = await world('embedded', { at: at(FIRST, '07:00') })
    town = await settle(w)
    // Nobody pulls the plug here, and a disk that is waited for at each commit would be all that is measured.
    await w.service.house.ds.query('PRAGMA synchronous = OFF')
    const dice = diceOf(20_250_102)
    const { calendar } = know()
    for (let today = FIRST; today <= LAST; today = addDays(today, 1)) {
      const isWorkday = calendar.isWorkday(today)
      w.turnTo(at(today, '09:05'))
      if (isWorkday) {
        await w.drainJobs()
        seen.mornings += 1
        await morningOfCases(today)
        await morningOfProjects(today)
        w.turnTo(at(today, '10:00'))
        await officialsAct(w, town, dice, today)
      }
      w.turnTo(at(today, '15:00'))
      const deeds = await firmsAct(w, town, dice)
      if (isWorkday || deeds > 0) await w.drainJobs()
    }
  })
  after(() => w.stop())

  it('were lived through: enough was asked, accepted, decided, waited for and late', () => {
    assert.equal(seen.mornings, 248 + 248)
    const lines = [...book.values()]
    assert.ok(book.size > 150, `${book.size} clocks`)
    assert.ok(lines.filter(({ paused }) => paused > 0).length > 50)
    const of = (kind: Passed['kind']) => [...passed.values()].filter((one) => one.kind === kind).length
    assert.ok(of('case') > 20 && of('project') > 20, `${of('case')} cases and ${of('project')} approvals were late`)
  })

  it('every sum of used days is what the book says', async () => {
    let compared = 0
    for (const row of await db().find(HelpCase)) {
      const line = book.get(`case:${row.id}:${row.round}`)
      if (row.usedWorkdays === null || !line) continue
      compared += 1
      const { workdays } = caseClock(row, know(), w.now())
      assert.equal(row.usedWorkdays, row.isInTime ? Math.min(line.used, workdays) : line.used)
    }
    for (const row of await db().find(Project)) {
      const line = book.get(`project:${row.id}`)
      if (row.usedWorkdays === null || line?.startedOn !== row.acceptedOn) continue
      compared += 1
      assert.equal(row.usedWorkdays, line?.used)
    }
    assert.ok(compared > 100, `${compared} compared`)
  })

  it('no deadline passed without its reminder before, and its escalations by the morning they were due', async () => {
    const { calendar } = know()
    const notices = await db().find(Notice)
    const told = (prefix: string, to: readonly string[]) =>
      notices
        .filter(({ uniqueKey, personId }) => uniqueKey?.startsWith(prefix) && to.includes(personId))
        .map(({ at: when }) => dateOf(when))
    for (const { id, keys, dueOn, leaderIds, mornings } of passed.values()) {
      const reminders = notices.filter(
        ({ subjectId, uniqueKey, title, at: when }) =>
          uniqueKey?.startsWith(keys.dueSoon) ||
          // supplied when nothing was left: that word names the day
          (subjectId === id &&
            dateOf(when) <= dueOn &&
            title.includes('企业已补充') &&
            title.includes(untilDay(dueOn))),
      )
      assert.ok(reminders.length > 0, `${keys.dueSoon} was never told`)
      for (const { at: when } of reminders) assert.ok(dateOf(when) <= dueOn, `${keys.dueSoon} on ${dateOf(when)}`)
      const first = mornings[0]?.day ?? ''
      const toLeaders = told(keys.overdue, leaderIds)
      assert.equal(toLeaders.length, leaderIds.length, keys.overdue)
      for (const day of toLeaders) assert.ok(dueOn < day && day <= first, `${keys.overdue} on ${day}`)

      const long = mornings.find(({ late }) => late >= 2)
      const toBureau = told(keys.overdueLong, [town.supervisor.personId])
      assert.ok(toBureau.length === 1 || (!long && toBureau.length === 0), keys.overdueLong)
      for (const day of toBureau) {
        assert.ok(calendar.countWorkdays(dueOn, day) >= 2 && day <= (long?.day ?? day), `${keys.overdueLong} on ${day}`)
      }
    }
  })

  it('nobody was called late who was not', async () => {
    const isOverdue = /(^|\.)overdue(Long)?:/
    for (const { uniqueKey } of await db().find(Notice)) {
      if (uniqueKey === null || !isOverdue.test(uniqueKey)) continue
      assert.ok(
        [...passed.keys()].some((key) => uniqueKey.replace('overdueLong', 'overdue').startsWith(key)),
        uniqueKey,
      )
    }
  })

  it('at the end there are decisions and answers, and what is open has its line in the book', async () => {
    const decided = await db().countBy(Project, { stage: 'approved' })
    const answered = (await db().find(HelpCase)).filter(({ answeredOn }) => answeredOn !== null).length
    assert.ok(decided > 20 && answered > 60, `${decided} approvals and ${answered} answers`)
  })
})
