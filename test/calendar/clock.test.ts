import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { type ClockEvent, type ClockEventKind, readClock } from '../../src/calendar/clock.js'
import { addDays, instantAt, dateOf } from '../../src/calendar/dates.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar, type YearCalendar } from '../../src/calendar/years.js'

const seed = (year: number) =>
  parseYearCalendar(JSON.parse(readFileSync(new URL(`../../seeds/calendar/${year}.json`, import.meta.url), 'utf8')))

const calendar = makeCalendar([seed(2026), seed(2027)])

const at = (day: string, time = '10:00') => instantAt(day.length === 5 ? `2026-${day}` : day, time)
/** One line of a case's story: what happened, on which day of 2026. */
const on = (kind: ClockEventKind, day: string, workdays?: number): ClockEvent => ({ kind, at: at(day), workdays })
const read = (today: string, limit: number, ...events: ClockEvent[]) =>
  readClock(events, limit, calendar, at(today, '16:00'))

describe('the clock of a case', () => {
  it('a case handed over at 16:59 on Monday with 5 working days is due the next Monday', () => {
    const start: ClockEvent = { kind: 'start', at: at('11-23', '16:59') }
    assert.deepEqual(read('11-25', 5, start), {
      startedOn: '2026-11-23',
      dueOn: '2026-11-30',
      workdays: 5,
      used: 2,
      isPaused: false,
      isProvisional: false,
      isStopped: false,
      isOverdue: false,
      overdueBy: 0,
      skipped: [
        { date: '2026-11-28', reason: '周六' },
        { date: '2026-11-29', reason: '周日' },
      ],
    })
  })

  it('a case handed over on a day off counts as handed over that day', () => {
    assert.deepEqual(
      ['11-21', '11-22', '11-20'].map((day) => read('11-23', 1, on('start', day)).dueOn),
      ['2026-11-23', '2026-11-23', '2026-11-23'],
    )
  })

  it('the day is that of Shenyang: 00:30 on Tuesday is Tuesday, though it is Monday in Greenwich', () => {
    const start: ClockEvent = { kind: 'start', at: new Date('2026-11-23T16:30:00Z') }
    assert.deepEqual([read('11-24', 1, start).startedOn, read('11-24', 1, start).dueOn], ['2026-11-24', '2026-11-25'])
  })

  it('a case due in 2027 is provisional until 2027 is announced', () => {
    const clock = read('12-31', 3, on('start', '12-30'))
    assert.deepEqual([clock.dueOn, clock.isProvisional], ['2027-01-05', true])
    assert.equal(read('12-31', 1, on('start', '12-30')).isProvisional, false)
  })
})

describe('waiting for the enterprise', () => {
  const start = on('start', '11-23')

  it('days after the day of asking, up to and including the day of the supply, do not count', () => {
    const clock = read('11-30', 5, start, on('ask', '11-25'), on('supply', '11-27'))
    assert.deepEqual(
      { dueOn: clock.dueOn, used: clock.used, isPaused: clock.isPaused, skipped: clock.skipped },
      {
        dueOn: '2026-12-02',
        used: 3,
        isPaused: false,
        skipped: [
          { date: '2026-11-26', reason: '等待企业补充' },
          { date: '2026-11-27', reason: '等待企业补充' },
          { date: '2026-11-28', reason: '周六' },
          { date: '2026-11-29', reason: '周日' },
        ],
      },
    )
  })

  it('asked and supplied on the same day, nothing is skipped', () => {
    const events = [
      start,
      { kind: 'ask', at: at('11-25', '09:00') },
      { kind: 'supply', at: at('11-25', '18:00') },
    ] as const
    assert.deepEqual(read('11-26', 5, ...events), read('11-26', 5, start))
  })

  it('while it waits, the due date is the one of a supply today', () => {
    const clocks = ['11-25', '11-26', '11-27', '11-28', '11-30'].map((day) => read(day, 5, start, on('ask', '11-25')))
    assert.deepEqual(
      clocks.map(({ dueOn, used, isPaused, isOverdue }) => [dueOn, used, isPaused, isOverdue]),
      [
        ['2026-11-30', 2, true, false],
        ['2026-12-01', 2, true, false],
        ['2026-12-02', 2, true, false],
        ['2026-12-02', 2, true, false],
        ['2026-12-03', 2, true, false],
      ],
    )
  })

  it('a wait over the National Day holiday skips its working days and keeps the names of the days off', () => {
    const clock = read('10-12', 5, on('start', '09-28'), on('ask', '09-29'), on('supply', '10-09'))
    assert.equal(clock.dueOn, '2026-10-14')
    assert.deepEqual(
      clock.skipped.map(({ date, reason }) => `${date.slice(5)} ${reason}`),
      [
        '09-30 等待企业补充',
        ...['01', '02', '03', '04', '05', '06', '07'].map((day) => `10-${day} 国庆节放假`),
        '10-08 等待企业补充',
        '10-09 等待企业补充',
        '10-11 周日',
      ],
    )
  })

  it('several waits add up', () => {
    const waits = [on('ask', '11-24'), on('supply', '11-25'), on('ask', '11-26'), on('supply', '11-30')]
    const clock = read('12-01', 5, start, ...waits)
    assert.deepEqual([clock.dueOn, clock.used], ['2026-12-03', 3])
  })

  it('asked on the due day, the case is due on the day of the supply, and answered that day it is in time', () => {
    const waits = [on('ask', '11-30'), on('supply', '12-02')]
    const clock = read('12-04', 5, start, ...waits, on('stop', '12-02'))
    assert.deepEqual([clock.dueOn, clock.used, clock.isOverdue], ['2026-12-02', 5, false])
    const late = read('12-04', 5, start, ...waits)
    assert.deepEqual([late.dueOn, late.used, late.overdueBy], ['2026-12-02', 7, 2])
  })

  it('asked on the due day and supplied on a Saturday, the case is due on Monday', () => {
    const waits = [on('ask', '11-30'), on('supply', '12-05')]
    const monday = read('12-07', 5, start, ...waits)
    assert.deepEqual([monday.dueOn, monday.used, monday.isOverdue], ['2026-12-07', 5, false])
    assert.equal(read('12-07', 5, start, ...waits, on('extend', '12-07', 1)).dueOn, '2026-12-08')
  })

  it('asking when it is overdue does not undo that, but the wait adds nothing', () => {
    const clock = read('12-04', 5, start, on('ask', '12-01'), on('supply', '12-03'))
    assert.deepEqual([clock.dueOn, clock.used, clock.overdueBy], ['2026-11-30', 7, 2])
    const waiting = read('12-08', 5, start, on('ask', '12-01'))
    assert.deepEqual(
      [waiting.dueOn, waiting.isPaused, waiting.isOverdue, waiting.overdueBy],
      ['2026-11-30', true, true, 1],
    )
  })

  it('a second ask while waiting and a supply nobody waits for change nothing', () => {
    const once = read('11-30', 5, start, on('ask', '11-25'), on('supply', '11-27'))
    const twice = [
      on('supply', '11-24'),
      on('ask', '11-25'),
      on('ask', '11-26'),
      on('supply', '11-27'),
      on('supply', '11-30'),
    ]
    assert.deepEqual(read('11-30', 5, start, ...twice), once)
  })
})

describe('extensions', () => {
  const start = on('start', '11-23')

  it('twice five working days are added one after the other', () => {
    const clock = read('12-01', 5, start, on('extend', '11-27', 5), on('extend', '12-01', 5))
    assert.deepEqual([clock.dueOn, clock.workdays, clock.used], ['2026-12-14', 15, 6])
  })

  it('granted while the case waits, they are left when it goes on', () => {
    const clock = read('12-02', 5, start, on('ask', '11-30'), on('extend', '12-01', 5), on('supply', '12-02'))
    assert.deepEqual([clock.dueOn, clock.used], ['2026-12-09', 5])
  })

  it('granted during a wait that began on the due day, they do as much as granted after it', () => {
    const [ask, supply] = [on('ask', '11-30'), on('supply', '12-05')]
    assert.deepEqual(
      [
        read('12-07', 5, start, ask, supply).dueOn,
        read('12-07', 5, start, ask, on('extend', '12-02', 1), supply).dueOn,
        read('12-07', 5, start, ask, supply, on('extend', '12-07', 1)).dueOn,
      ],
      ['2026-12-07', '2026-12-08', '2026-12-08'],
    )
  })

  it('granted to an overdue case while it waits, they step over the wait', () => {
    const clock = read('12-04', 5, start, on('ask', '12-01'), on('extend', '12-02', 5), on('supply', '12-03'))
    assert.deepEqual([clock.dueOn, clock.isOverdue], ['2026-12-09', false])
  })

  it('granted to an overdue case that waited, they step over the wait', () => {
    const clock = read('12-04', 5, start, on('ask', '12-01'), on('supply', '12-03'), on('extend', '12-04', 5))
    assert.deepEqual([clock.dueOn, clock.used, clock.isOverdue], ['2026-12-09', 7, false])
  })

  it('without a number of days they are refused', () => {
    for (const days of [undefined, 0, -1, 1.5]) {
      assert.throws(() => read('12-01', 5, start, on('extend', '11-27', days)), RangeError)
    }
  })
})

describe('stopping and beginning again', () => {
  const start = on('start', '11-23')

  it('answered on the due day is in time, on the next working day one day late', () => {
    const [inTime, late] = ['11-30', '12-01'].map((day) => read('12-24', 5, start, on('stop', day)))
    assert.deepEqual([inTime?.used, inTime?.isStopped, inTime?.isOverdue, inTime?.overdueBy], [5, true, false, 0])
    assert.deepEqual([late?.used, late?.isStopped, late?.isOverdue, late?.overdueBy], [6, true, true, 1])
  })

  it('on the Saturday after a Friday it was due, a case is overdue by no working day yet', () => {
    const clock = read('11-28', 4, start)
    assert.deepEqual([clock.dueOn, clock.isOverdue, clock.overdueBy], ['2026-11-27', true, 0])
  })

  it('stopped while it waits, it waits no longer', () => {
    const clock = read('12-24', 5, start, on('ask', '11-25'), on('stop', '11-27'))
    assert.deepEqual([clock.dueOn, clock.used, clock.isPaused, clock.isStopped], ['2026-12-02', 2, false, true])
  })

  it('what comes after the stop changes nothing', () => {
    const stopped = read('12-24', 5, start, on('stop', '11-27'))
    assert.deepEqual(
      read('12-24', 5, start, on('stop', '11-27'), on('ask', '11-30'), on('extend', '12-01', 5)),
      stopped,
    )
  })

  it('reopened, it has the whole limit again from that day, without the earlier waits and extensions', () => {
    const before = [start, on('ask', '11-24'), on('supply', '11-26'), on('extend', '11-27', 5), on('stop', '11-30')]
    assert.deepEqual(read('12-09', 5, ...before, on('restart', '12-07')), read('12-09', 5, on('start', '12-07')))
  })

  it('read by a machine whose clock is behind, it is as of the last thing that happened', () => {
    const supplied = [start, on('ask', '11-25'), on('supply', '11-27')]
    assert.deepEqual(read('11-24', 5, ...supplied), read('11-27', 5, ...supplied))
  })

  it('a clock without a start is refused', () => {
    assert.throws(() => read('12-01', 5), RangeError)
    assert.throws(() => read('12-01', 5, on('ask', '11-25')), RangeError)
    assert.throws(() => read('12-01', 0, start), RangeError)
  })
})

interface Story {
  events: ClockEvent[]
  limit: number
  now: Date
}

/** Stories from late 2025 to early 2028 of one round: waits and extensions, perhaps a stop, seen some days later. */
const stories: fc.Arbitrary<Story> = fc
  .record({
    day: fc.integer({ min: 0, max: 640 }),
    limit: fc.integer({ min: 1, max: 15 }),
    steps: fc.array(
      fc.record({
        kind: fc.constantFrom<ClockEventKind>('ask', 'supply', 'ask', 'supply', 'extend'),
        hours: fc.integer({ min: 1, max: 240 }),
        workdays: fc.integer({ min: 1, max: 5 }),
      }),
      { maxLength: 8 },
    ),
    isStopped: fc.boolean(),
    later: fc.integer({ min: 0, max: 600 }),
  })
  .map(({ day, limit, steps, isStopped, later }) => {
    let time = at(addDays('2026-01-01', day), '09:00').getTime()
    const next = (hours: number) => new Date((time += hours * 3_600_000))
    const events: ClockEvent[] = [{ kind: 'start', at: next(0) }]
    for (const { kind, hours, workdays } of steps) {
      events.push(kind === 'extend' ? { kind, at: next(hours), workdays } : { kind, at: next(hours) })
    }
    if (isStopped) events.push({ kind: 'stop', at: next(5) })
    return { events, limit, now: next(later) }
  })

/** The rule told day by day, slowly, as a person with a paper calendar would. */
function byHand({ events, limit, now }: Story) {
  const day = (event: ClockEvent) => dateOf(event.at)
  const stop = events.find(({ kind }) => kind === 'stop')
  const end = stop ? day(stop) : dateOf(now)
  const waited = new Set<string>()
  const askedOn: string[] = []
  let asked: string | undefined
  for (const event of [...events, { kind: 'supply', at: instantAt(end) } as ClockEvent]) {
    if (event.kind === 'ask' && asked === undefined) asked = day(event)
    if (event.kind !== 'supply' || asked === undefined) continue
    for (let date = asked; date < day(event); ) waited.add((date = addDays(date, 1)))
    askedOn.push(asked)
    asked = undefined
  }
  const total = events.reduce((sum, { workdays }) => sum + (workdays ?? 0), limit)
  const counted: string[] = []
  for (let date = dateOf(events[0]?.at ?? now); counted.length < total || date < end; ) {
    date = addDays(date, 1)
    if (calendar.isWorkday(date) && !waited.has(date)) counted.push(date)
  }
  const limits = events.reduce(
    (all, { workdays }) => (workdays ? [...all, (all.at(-1) ?? 0) + workdays] : all),
    [limit],
  )
  return {
    dueOn: counted[total - 1],
    used: counted.filter((date) => date <= end).length,
    /** Somebody asked when nothing was left: the one case that needs more than counting. */
    isAskedAtTheEnd: limits.some((each) => askedOn.includes(counted[each - 1] ?? '')),
  }
}

describe('rules that hold for every story', () => {
  it('agrees with counting by hand', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const expected = byHand(story)
        fc.pre(!expected.isAskedAtTheEnd)
        const clock = readClock(story.events, story.limit, calendar, story.now)
        assert.deepEqual([clock.dueOn, clock.used], [expected.dueOn, expected.used])
        assert.equal(clock.overdueBy, Math.max(0, clock.used - clock.workdays))
      }),
      { numRuns: 300 },
    )
  })

  it('the due date is a working day, and the skipped days before it are in order and each there once', () => {
    fc.assert(
      fc.property(stories, ({ events, limit, now }) => {
        const { startedOn, dueOn, skipped, workdays } = readClock(events, limit, calendar, now)
        assert.ok(calendar.isWorkday(dueOn))
        const days = skipped.map(({ date }) => date)
        assert.deepEqual(days, [...new Set(days)].sort())
        assert.ok(days.every((date) => date > startedOn && date <= dueOn))
        assert.ok(addDays(startedOn, workdays + skipped.length) <= dueOn)
      }),
    )
  })

  it('waiting never brings the due date nearer, nor makes anybody late', () => {
    fc.assert(
      fc.property(stories, ({ events, limit, now }) => {
        const waits = readClock(events, limit, calendar, now)
        const never = events.filter(({ kind }) => kind !== 'ask')
        const without = readClock(never, limit, calendar, now)
        assert.ok(waits.dueOn >= without.dueOn)
        assert.ok(waits.overdueBy <= without.overdueBy)
      }),
    )
  })

  it('extending by n working days moves the due date by at least n days', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 10 }), ({ events, limit, now }, n) => {
        const running = events.filter(({ kind }) => kind !== 'stop')
        const before = readClock(running, limit, calendar, now)
        const after = readClock([...running, { kind: 'extend', at: now, workdays: n }], limit, calendar, now)
        assert.ok(after.dueOn >= addDays(before.dueOn, n))
        assert.equal(after.workdays, before.workdays + n)
      }),
    )
  })

  it('once stopped, it reads the same for ever', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 500 }), ({ events, limit, now }, days) => {
        fc.pre(events.at(-1)?.kind === 'stop')
        const later = new Date(now.getTime() + days * 86_400_000)
        assert.deepEqual(readClock(events, limit, calendar, later), readClock(events, limit, calendar, now))
      }),
    )
  })

  it('reads the same in whatever order the events are given', () => {
    fc.assert(
      fc.property(stories, ({ events, limit, now }) => {
        assert.deepEqual(readClock(events.toReversed(), limit, calendar, now), readClock(events, limit, calendar, now))
      }),
    )
  })

  it('read again with an announced year, only provisional due dates may change', () => {
    fc.assert(
      fc.property(
        stories,
        fc.array(fc.integer({ min: 0, max: 364 }), { minLength: 1, maxLength: 25 }),
        (story, days) => {
          const holidays = days
            .map((each) => addDays('2027-01-01', each))
            .map((day) => ({ name: '假日', from: day, to: day, work: [] }))
          const announced: YearCalendar = { year: 2027, isAnnounced: true, source: '测试', holidays }
          const before = readClock(story.events, story.limit, calendar, story.now)
          const after = readClock(story.events, story.limit, makeCalendar([seed(2026), announced]), story.now)
          if (!before.isProvisional) {
            assert.deepEqual([after.dueOn, after.skipped, after.isProvisional], [before.dueOn, before.skipped, false])
          }
        },
      ),
    )
  })
})
