import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar } from '../../src/calendar/years.js'
import { monthEnd } from '../../src/visits/pauses.js'
import { isOdd } from '../../src/visits/recordRules.js'
import { obstacleOf, plannedState, type VisitState } from '../../src/visits/states.js'
import { daysOf, isOffered, mondayOf, type WeekFacts, type WeekStatus, weekStatus } from '../../src/visits/weeks.js'

const year2026: unknown = JSON.parse(readFileSync('seeds/calendar/2026.json', 'utf8'))
const calendar = makeCalendar([parseYearCalendar(year2026)])
const week = '2026-11-23'
const facts = (monday: string, given: Partial<WeekFacts> = {}): WeekFacts => ({
  week: monday,
  workdays: daysOf(monday).filter((day) => calendar.isWorkday(day)),
  exemption: null,
  visits: [],
  pauses: [],
  ...given,
})
const visit = (state: VisitState, onDate = '2026-11-25', ofWeek = week) => ({ id: state, state, week: ofWeek, onDate })
const pause = (fromOn: string, untilOn: string | null, liftedOn: string | null = null) => ({
  how: untilOn === null ? 'untilWeCall' : 'thisMonth',
  fromOn,
  untilOn,
  liftedOn,
  visitId: 'declined',
})

describe('a week of a project', () => {
  const table: [rule: string, WeekFacts, WeekStatus][] = [
    ['nobody has offered yet: due', facts(week), 'due'],
    ['a visit in the week: held', facts(week, { visits: [visit('offered'), visit('held')] }), 'held'],
    ['the firm has agreed: planned', facts(week, { visits: [visit('declined'), visit('consented')] }), 'planned'],
    ['asked, no answer yet: offered', facts(week, { visits: [visit('offered')] }), 'offered'],
    ['declined counts as offered', facts(week, { visits: [visit('declined')] }), 'declined'],
    ['a cancelled offer is none', facts(week, { visits: [visit('cancelled')] }), 'due'],
    [
      'an offer for another week is none',
      facts(week, { visits: [visit('offered', '2026-12-02', '2026-11-30')] }),
      'due',
    ],
    [
      'offered for this week and held in the next: planned',
      facts(week, { visits: [visit('held', '2026-12-01')] }),
      'planned',
    ],
    [
      'offered for the next week and held in this: held',
      facts(week, { visits: [visit('held', '2026-11-29', '2026-11-30')] }),
      'held',
    ],
    ['a week without working days (春节 2026) is exempt', facts('2026-02-16'), 'exempt'],
    ['a week with one make-up Saturday before it is not', facts('2026-02-23'), 'due'],
    ['National Day leaves working days in both its weeks', facts('2026-10-05'), 'due'],
    ['care ended: exempt', facts(week, { exemption: '已批复，包保已经结束' }), 'exempt'],
    [
      'a visit is shown also when care has ended',
      facts(week, { exemption: '项目暂缓', visits: [visit('held')] }),
      'held',
    ],
    [
      '本月不用: paused to the end of the month',
      facts(week, { pauses: [pause('2026-11-16', '2026-11-30')] }),
      'paused',
    ],
    [
      'said on Wednesday, it covers the same week',
      facts(week, { pauses: [pause('2026-11-25', '2026-11-30')] }),
      'paused',
    ],
    [
      'a month that ends on Monday leaves Tuesday to offer',
      facts('2026-11-30', { pauses: [pause('2026-11-16', '2026-11-30')] }),
      'due',
    ],
    ['需要时我约: paused without an end', facts('2027-03-01', { pauses: [pause('2026-11-16', null)] }), 'paused'],
    ['lifted on Thursday: due again', facts(week, { pauses: [pause('2026-11-16', null, '2026-11-26')] }), 'due'],
    [
      'lifted in the week after: this one stays paused',
      facts(week, { pauses: [pause('2026-11-16', null, '2026-12-01')] }),
      'paused',
    ],
    [
      'a pause begun later says nothing about this week',
      facts(week, { pauses: [pause('2026-12-01', '2026-12-31')] }),
      'due',
    ],
  ]
  for (const [rule, given, expected] of table) {
    it(rule, () => assert.equal(weekStatus(given).status, expected))
  }

  it('says why in words, and which visit it means', () => {
    assert.deepEqual(weekStatus(facts(week, { pauses: [pause('2026-11-16', null)] })), {
      status: 'paused',
      reason: '企业答复：需要时我约',
      visitId: 'declined',
    })
    assert.equal(weekStatus(facts('2026-02-16')).reason, '本周没有工作日')
  })

  it('counts every answer as offered, and nothing else', () => {
    const offered = (['held', 'planned', 'offered', 'declined', 'paused'] as const).every(isOffered)
    assert.ok(offered && !isOffered('due') && !isOffered('exempt'))
  })

  it('goes from Monday to Sunday', () => {
    assert.deepEqual(['2026-11-23', '2026-11-29', '2027-01-01'].map(mondayOf), [week, week, '2026-12-28'])
  })

  it('本月 ends with the last day of the month in which it is said', () => {
    const said = ['2026-11-23', '2026-11-30', '2026-12-31', '2028-02-01']
    assert.deepEqual(said.map(monthEnd), ['2026-11-30', '2026-11-30', '2026-12-31', '2028-02-29'])
  })
})

describe('answers to an offer', () => {
  it('one firm that agrees is enough to go, and only when all decline is it declined', () => {
    assert.equal(plannedState(['declined', 'consented', 'offered']), 'consented')
    assert.equal(plannedState(['declined', 'offered']), 'offered')
    assert.equal(plannedState(['declined', 'declined']), 'declined')
  })

  it('are given before the visit, and the confirmation after it, once', () => {
    const part = (state: VisitState, confirmedAt: Date | null = null) => [{ state, confirmedAt }]
    assert.equal(obstacleOf('offered', part('offered'), 'visit.consent'), undefined)
    assert.ok(obstacleOf('held', part('held'), 'visit.consent'))
    assert.ok(obstacleOf('offered', part('offered'), 'visit.confirm'))
    assert.equal(obstacleOf('held', part('held'), 'visit.confirm'), undefined)
    assert.ok(obstacleOf('held', part('held', new Date(0)), 'visit.confirm'))
  })
})

describe('the place of a visit', () => {
  it('is optional, and odd outside Shenyang or with half a position', () => {
    assert.equal(isOdd(undefined), false)
    assert.equal(isOdd({ name: '厂区' }), false)
    assert.equal(isOdd({ name: '厂区', latitude: 41.8, longitude: 123.4 }), false)
    assert.equal(isOdd({ name: '厂区', latitude: 39.9, longitude: 116.4 }), true)
    assert.equal(isOdd({ name: '厂区', latitude: 41.8 }), true)
  })
})
