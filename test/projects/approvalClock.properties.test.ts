/** What holds of the approval clock for every way through the stages. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addDays } from '../../src/calendar/dates.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar } from '../../src/calendar/years.js'
import { type ApprovalReading, readApproval, type Step } from '../../src/projects/approvalClock.js'
import { clockOf, type Kind, parseApprovalRules } from '../../src/projects/approvalRules.js'
import { moveOf, movesFrom, type Stage } from '../../src/projects/stages.js'
import { readSeed } from '../seeds/read.js'

const rules = parseApprovalRules(readSeed('approval.json'))
const years = [2025, 2026, 2027].map((year) => parseYearCalendar(readSeed(`calendar/${year}.json`)))
const calendar = makeCalendar(years)

const kind = fc.record<Kind>({
  documentType: fc.constantFrom('report' as const, 'form' as const, null),
  isImmediate: fc.boolean(),
  careLevel: fc.constantFrom('upper', 'own', 'lower'),
})

interface Walk {
  steps: Step[]
  today: string
}

/** A way that the table of stages allows, forward and back, each step some days after the one before. */
const walk: fc.Arbitrary<Walk> = fc
  .record({
    first: fc.integer({ min: 0, max: 500 }),
    from: fc.constantFrom<Stage>('submitted', 'accepted', 'accepted'),
    choices: fc.array(fc.record({ choice: fc.nat(), days: fc.integer({ min: 0, max: 40 }) }), { maxLength: 14 }),
    rest: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ first, from, choices, rest }) => {
    let [stage, on]: [Stage, string] = [from, addDays('2025-06-01', first)]
    const steps: Step[] = [{ stage, stageOn: on, isBack: false }]
    for (const { choice, days } of choices) {
      const moves = movesFrom(stage)
      // forward more often than back
      const forward = moves.filter((move) => moveOf(stage, move.stage) === 'on')
      const likely = [...moves, ...forward, ...forward]
      const next = likely[choice % likely.length]
      if (!next) break
      const isBack = moveOf(stage, next.stage) === 'back'
      stage = next.stage
      on = addDays(on, days)
      steps.push({ stage, stageOn: on, isBack })
    }
    return { steps, today: addDays(on, rest) }
  })

const read = ({ steps, today }: Walk, of: Kind, by = calendar) => readApproval(steps, of, rules, by, today)

/** Only where the clock has begun. */
const holds = (check: (reading: ApprovalReading, walk: Walk, of: Kind) => void) => {
  let begun = 0
  fc.assert(
    fc.property(walk, kind, (one, of) => {
      const reading = read(one, of)
      if (reading === null) return
      begun++
      check(reading, one, of)
    }),
    { numRuns: 1000 },
  )
  assert.ok(begun > 100, `only ${begun} ways reached an acceptance`)
}

describe('the approval clock, whatever happens', () => {
  it('days used and days paused are all working days that have passed', () => {
    holds(({ startedOn, stoppedOn, used, paused, stretches }, { today }) => {
      assert.equal(used + paused, calendar.countWorkdays(startedOn, stoppedOn ?? today))
      for (const [at, { from, to }] of stretches.entries()) {
        assert.ok(from <= to)
        assert.equal(stretches[at + 1]?.from ?? stoppedOn ?? today, to)
      }
    })
  })

  it('a deadline is not passed before its days are used up, and what uses them up passes it or ends on it', () => {
    holds(({ promised, used, isPaused, startedOn, stoppedOn }, { today }) => {
      if (!promised) return
      const { term, isOverdue, dueOn, overdueBy } = promised
      if (isOverdue) assert.ok(used >= term.workdays && overdueBy >= 0)
      else assert.ok((stoppedOn ?? today) <= dueOn)
      if (used < term.workdays) assert.ok(!isOverdue)
      // one working day of grace, where a pause that began on the due day ended on a day off
      if (used > term.workdays + 1) assert.ok(isOverdue)
      if (!isPaused && !isOverdue && stoppedOn === null && used < term.workdays) {
        assert.equal(calendar.countWorkdays(today, dueOn), term.workdays - used)
      }
      assert.ok(dueOn > startedOn)
    })
  })

  it('the legal deadline is the earlier of both readings, and a working day', () => {
    holds(({ legal }) => {
      if (!legal) return
      const { dueOn, dueOnByCalendar, dueOnByWorkdays } = legal
      assert.equal(dueOn, dueOnByCalendar < dueOnByWorkdays ? dueOnByCalendar : dueOnByWorkdays)
      assert.ok(calendar.isWorkday(dueOn))
    })
  })

  it('while it stands still no deadline comes nearer, while it runs none moves', () => {
    holds((reading, one, of) => {
      if (reading.stoppedOn !== null) return
      const tomorrow = calendar.nextWorkday(one.today)
      const later = read({ ...one, today: tomorrow }, of)
      for (const key of ['promised', 'legal'] as const) {
        const [before, after] = [reading[key], later?.[key]]
        if (!before || !after) continue
        if (!reading.isPaused || before.isOverdue) assert.equal(after.dueOn, before.dueOn)
        // moved to a working day, two days may share one
        else assert.ok(after.dueOn >= before.dueOn)
        // a pause that begins on the days off after the last day of the law's own count comes too late
        if (reading.isPaused && !before.isOverdue && key === 'promised') assert.ok(!after.isOverdue)
      }
      assert.equal(later?.used, reading.used + (reading.isPaused ? 0 : 1))
    })
  })

  it('taking a step back to its own day, and taking it again, changes nothing', () => {
    holds((reading, { steps, today }, of) => {
      const last = steps.at(-1)
      const before = steps.at(-2)
      if (!last || !before || moveOf(last.stage, before.stage) !== 'back' || last.isBack) return
      // an acceptance taken back makes a clock of its own, from the same day
      const again = [...steps, { ...before, stageOn: before.stageOn, isBack: true }, last]
      const repeated = readApproval(again, of, rules, calendar, today)
      if (clockOf(rules, before.stage) === 'before' && clockOf(rules, last.stage) !== 'start') return
      assert.deepEqual(
        [repeated?.startedOn, repeated?.used, repeated?.paused, repeated?.promised?.dueOn, repeated?.legal?.dueOn],
        [reading.startedOn, reading.used, reading.paused, reading.promised?.dueOn, reading.legal?.dueOn],
      )
    })
  })

  it('back before the acceptance there is no clock; a decision ends it, and its days never grow again', () => {
    holds((reading, { steps, today }, of) => {
      const submitted = [...steps, { stage: 'submitted' as const, stageOn: today, isBack: true }]
      assert.equal(readApproval(submitted, of, rules, calendar, today), null)
      const decided = [...steps, { stage: 'approved' as const, stageOn: today, isBack: false }]
      if (reading.stoppedOn !== null) return
      const now = readApproval(decided, of, rules, calendar, today)
      const muchLater = readApproval(decided, of, rules, calendar, addDays(today, 100))
      assert.equal(now?.decidedOn, today)
      assert.equal(now?.used, reading.used)
      assert.deepEqual(muchLater, now)
    })
  })

  it('a new calendar needs only another reading: days off announced later never bring a deadline nearer', () => {
    const announced = makeCalendar(
      years.map((year) =>
        year.year === 2027
          ? parseYearCalendar({
              year: 2027,
              isAnnounced: true,
              source: '测试用的2027年安排',
              holidays: [
                { name: '元旦', from: '2027-01-01', to: '2027-01-05', work: [] },
                { name: '春节', from: '2027-02-05', to: '2027-02-12', work: [] },
                { name: '清明节', from: '2027-04-05', to: '2027-04-05', work: [] },
                { name: '劳动节', from: '2027-05-01', to: '2027-05-05', work: [] },
                { name: '端午节', from: '2027-06-09', to: '2027-06-09', work: [] },
                { name: '中秋节', from: '2027-09-15', to: '2027-09-15', work: [] },
                { name: '国庆节', from: '2027-10-01', to: '2027-10-07', work: [] },
              ],
            })
          : year,
      ),
    )
    holds((reading, one, of) => {
      const fresh = read(one, of, announced)
      assert.ok((fresh?.used ?? 0) <= reading.used)
      const [before, after] = [reading.promised, fresh?.promised]
      if (before && after && !reading.isPaused) assert.ok(after.dueOn >= before.dueOn)
      if (!reading.isProvisional) assert.equal(after?.dueOn, before?.dueOn)
      assert.ok(!fresh?.isProvisional || (fresh.promised?.dueOn ?? fresh.legal?.dueOn ?? '') >= '2028')
    })
  })
})
