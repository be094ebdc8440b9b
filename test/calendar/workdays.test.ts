import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { addDays, weekday } from '../../src/calendar/dates.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar, type YearCalendar } from '../../src/calendar/years.js'
import { isWorkdayElsewhere } from './chineseDays.js'

const seed = (year: number) =>
  parseYearCalendar(JSON.parse(readFileSync(new URL(`../../seeds/calendar/${year}.json`, import.meta.url), 'utf8')))

const calendar = makeCalendar([seed(2026), seed(2027)])

/** Any date from 2025 to 2029: before, within and after the years known. */
const dates = fc.integer({ min: 0, max: 1825 }).map((days) => addDays('2025-01-01', days))
const counts = fc.integer({ min: 0, max: 300 })

describe('working days', () => {
  // 行政许可法82, 民法典201: the start is excluded.
  for (const [from, n, due] of [
    ['2026-09-24', 10, '2026-10-15'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-04-30', 10, '2026-05-18'],
    ['2026-09-18', 3, '2026-09-22'],
    ['2026-11-23', 1, '2026-11-24'],
    ['2026-11-23', 10, '2026-12-07'],
    ['2026-11-23', 15, '2026-12-14'],
    ['2026-12-24', 5, '2026-12-31'],
  ] as const) {
    it(`${from} + ${n} working days is ${due}`, () => {
      const sum = calendar.addWorkdays(from, n)
      assert.deepEqual([sum.date, sum.isProvisional], [due, false])
    })
  }

  it('2026-12-30 + 3 working days is 2027-01-05, provisional while 2027 is not announced', () => {
    assert.deepEqual(calendar.addWorkdays('2026-12-30', 3), {
      date: '2027-01-05',
      isProvisional: true,
      skipped: [
        { date: '2027-01-01', reason: '元旦放假' },
        { date: '2027-01-02', reason: '周六' },
        { date: '2027-01-03', reason: '周日' },
      ],
    })
  })

  it('every skipped day comes with its reason', () => {
    assert.deepEqual(calendar.addWorkdays('2026-09-18', 5).skipped, [{ date: '2026-09-19', reason: '周六' }])
    assert.deepEqual(calendar.addWorkdays('2026-10-07', 2), {
      date: '2026-10-09',
      isProvisional: false,
      skipped: [],
    })
    assert.deepEqual(calendar.addWorkdays('2026-10-02', 1).skipped, [
      { date: '2026-10-03', reason: '国庆节放假' },
      { date: '2026-10-04', reason: '国庆节放假' },
      { date: '2026-10-05', reason: '国庆节放假' },
      { date: '2026-10-06', reason: '国庆节放假' },
      { date: '2026-10-07', reason: '国庆节放假' },
    ])
  })

  it('make-up working Saturdays and Sundays count', () => {
    for (const day of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) {
      assert.ok(weekday(day) > 5 && calendar.isWorkday(day), day)
    }
    assert.equal(calendar.addWorkdays('2026-10-09', 1).date, '2026-10-10')
  })

  it('receipt on a day off counts as that day', () => {
    assert.equal(calendar.addWorkdays('2026-10-03', 1).date, '2026-10-08')
    assert.equal(calendar.addWorkdays('2026-11-21', 1).date, '2026-11-23')
    assert.equal(calendar.addWorkdays('2026-11-20', 1).date, '2026-11-23')
  })

  it('no working days at all: the day itself, or the next working day if it is off', () => {
    assert.deepEqual(calendar.addWorkdays('2026-11-23', 0), { date: '2026-11-23', isProvisional: false, skipped: [] })
    assert.deepEqual(calendar.addWorkdays('2026-11-21', 0), {
      date: '2026-11-23',
      isProvisional: false,
      skipped: [
        { date: '2026-11-21', reason: '周六' },
        { date: '2026-11-22', reason: '周日' },
      ],
    })
  })

  it('counts backwards for reminders', () => {
    assert.equal(calendar.workdayBefore('2026-10-08', 1), '2026-09-30')
    assert.equal(calendar.workdayBefore('2026-10-04', 1), '2026-09-30')
    assert.equal(calendar.workdayBefore('2026-10-04', 0), '2026-09-30')
    assert.equal(calendar.workdayBefore('2026-10-08', 0), '2026-10-08')
    assert.equal(calendar.workdayBefore('2027-01-04', 2), '2026-12-30')
  })

  it('refuses numbers of days that make no sense', () => {
    for (const n of [-1, 1.5, Number.NaN, 1e9]) assert.throws(() => calendar.addWorkdays('2026-11-23', n), RangeError)
    assert.throws(() => calendar.addWorkdays('2026-02-30', 1), RangeError)
    assert.throws(() => makeCalendar([seed(2026), seed(2026)]), RangeError)
  })
})

describe('the year 2026', () => {
  it('has 248 working days, the same ones as in chinese-days', () => {
    let workdays = 0
    for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1)) {
      assert.equal(calendar.isWorkday(date), isWorkdayElsewhere(date), date)
      assert.equal(calendar.isProvisional(date), false)
      if (calendar.isWorkday(date)) workdays++
    }
    assert.equal(workdays, 248)
    assert.equal(calendar.countWorkdays('2025-12-31', '2026-12-31'), 248)
  })
})

describe('years without an announced arrangement', () => {
  it('2027 takes weekends and the statutory days off, and no day in lieu', () => {
    const off = calendar.daysOff('2026-12-31', '2027-12-31').filter(({ date }) => weekday(date) < 6)
    assert.deepEqual(off, [
      { date: '2027-01-01', reason: '元旦放假' },
      { date: '2027-02-05', reason: '春节放假' },
      { date: '2027-02-08', reason: '春节放假' },
      { date: '2027-04-05', reason: '清明节放假' },
      { date: '2027-06-09', reason: '端午节放假' },
      { date: '2027-09-15', reason: '中秋节放假' },
      { date: '2027-10-01', reason: '国庆节放假' },
    ])
    assert.equal(calendar.isProvisional('2027-07-01'), true)
  })

  it('a year beyond all data takes weekends and the fixed solar days off', () => {
    const off = calendar.daysOff('2029-12-31', '2030-12-31').filter(({ date }) => weekday(date) < 6)
    assert.deepEqual(off, [
      { date: '2030-01-01', reason: '元旦放假' },
      { date: '2030-05-01', reason: '劳动节放假' },
      { date: '2030-05-02', reason: '劳动节放假' },
      { date: '2030-10-01', reason: '国庆节放假' },
      { date: '2030-10-02', reason: '国庆节放假' },
      { date: '2030-10-03', reason: '国庆节放假' },
    ])
    assert.equal(calendar.isProvisional('2030-07-01'), true)
  })

  it('only the days counted make a date provisional, not the excluded start', () => {
    assert.equal(calendar.addWorkdays('2025-12-31', 1).isProvisional, false)
    assert.equal(calendar.addWorkdays('2025-12-30', 1).isProvisional, true)
    assert.equal(calendar.addWorkdays('2026-12-30', 1).isProvisional, false)
  })

  const year = (number: number, ...holidays: YearCalendar['holidays']): YearCalendar => ({
    year: number,
    isAnnounced: true,
    source: '测试',
    holidays,
  })
  const newYear2027 = { name: '元旦', from: '2026-12-31', to: '2027-01-01', work: ['2026-12-27'] }

  it("next year's notice has the last word about this December", () => {
    const december = { name: '节日', from: '2026-12-26', to: '2026-12-28', work: [] }
    for (const years of [
      [year(2026, december), year(2027, newYear2027)],
      [year(2027, newYear2027), year(2026, december)],
    ]) {
      const { isWorkday } = makeCalendar(years)
      assert.deepEqual(['2026-12-27', '2026-12-28', '2026-12-31'].map(isWorkday), [true, false, false])
    }
  })

  it('an announced year has the days off of its notice and no others', () => {
    assert.equal(makeCalendar([year(2027, newYear2027)]).isWorkday('2027-10-01'), true)
    assert.equal(makeCalendar([]).isWorkday('2027-10-01'), false)
  })
})

describe('rules that hold for every date', () => {
  it('counting gives back what was added', () => {
    fc.assert(
      fc.property(dates, counts, (date, n) => {
        const due = calendar.addWorkdays(date, n).date
        assert.ok(calendar.isWorkday(due))
        if (n > 0) assert.equal(calendar.countWorkdays(date, due), n)
      }),
    )
  })

  it('counting agrees with looking at each day', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        let seen = 0
        for (let date = from; date < to; ) {
          date = addDays(date, 1)
          if (calendar.isWorkday(date)) seen++
        }
        assert.equal(calendar.countWorkdays(from, to), seen)
        assert.equal(calendar.countWorkdays(to, from) + seen, 0)
      }),
      { numRuns: 50 },
    )
  })

  it('working days and skipped days together fill the time to the due date', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, n) => {
        const { date: due, skipped } = calendar.addWorkdays(date, n)
        assert.equal(addDays(date, n + skipped.length), due)
        assert.ok(skipped.every((each) => each.date > date && each.date < due && !calendar.isWorkday(each.date)))
      }),
    )
  })

  it('going back from a due date leads to the working day it started from', () => {
    fc.assert(
      fc.property(dates, counts, (date, n) => {
        const start = calendar.workdayAfter(date, 0)
        assert.equal(calendar.workdayBefore(calendar.workdayAfter(start, n), n), start)
      }),
    )
  })

  it('an announced year changes provisional dates only', () => {
    const offs = fc.array(fc.integer({ min: 0, max: 364 }), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(offs, dates, counts, (days, date, n) => {
        const announced: YearCalendar = {
          year: 2027,
          isAnnounced: true,
          source: '测试',
          holidays: days.map((each) => {
            const day = addDays('2027-01-01', each)
            return { name: '假日', from: day, to: day, work: [] }
          }),
        }
        const before = calendar.addWorkdays(date, n)
        const after = makeCalendar([seed(2026), announced]).addWorkdays(date, n)
        if (!before.isProvisional) assert.deepEqual(after, before)
      }),
      { numRuns: 50 },
    )
  })
})
