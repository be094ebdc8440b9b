/**
 * Works out a case's due date from what happened to it, so that the same story always gives the same date and a new
 * calendar needs only another reading.
 *
 * - The day of receipt does not count (民法典第二百零一条: 「开始的当日不计入，自下一日开始计算」).
 * - Working days after the day the officer asks, up to and including the day the enterprise supplies, do not count.
 *   What was left on the day of asking is what is left after the supply. Asked on the due day itself, nothing is left:
 *   then the case is due on the day of the supply, so that waiting makes nobody late; if that is a day off, on the next
 *   working day (民法典第二百零三条: 「期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日」).
 * - While the case waits, the due date is the one it would have if the enterprise supplied today; it moves with the day.
 * - Asking when the case is already overdue does not undo that, but the days of waiting add nothing to `overdueBy`.
 * - A case that stops while it waits stops waiting on that day.
 * - A reopened case begins a new round with the whole limit; the earlier round's pauses and extensions are gone.
 *
 * Which events may follow which is for the case's states to say. An event that changes nothing here (a second ask while
 * waiting, a supply nobody waits for, anything between a stop and a restart) is passed over.
 */
import { dateOf } from './dates.js'
import type { Calendar, SkippedDay } from './workdays.js'

/** What a clock needs of a calendar. */
export type CountedDays = Pick<
  Calendar,
  'workdayAfter' | 'countWorkdays' | 'nextWorkday' | 'daysOff' | 'isProvisionalBetween'
>

export type ClockEventKind = 'start' | 'ask' | 'supply' | 'extend' | 'stop' | 'restart'

export interface ClockEvent {
  kind: ClockEventKind
  at: Date
  /** How many working days an `extend` adds. */
  workdays?: number | null
}

export interface ClockReading {
  /** The day the round began; it does not count itself. */
  startedOn: string
  dueOn: string
  /** Working days allowed, extensions included. */
  workdays: number
  /** Working days used up to today, or to the day the clock stopped. More than `workdays` only when overdue. */
  used: number
  isPaused: boolean
  /** The way to the due date leads through a year whose arrangement is not announced. */
  isProvisional: boolean
  isStopped: boolean
  /** Today, or the day the clock stopped, is after the due date. */
  isOverdue: boolean
  /** Working days past the due date; 0 on the days off just after it. */
  overdueBy: number
  /** The days from start to due date that do not count, in order. */
  skipped: SkippedDay[]
}

interface Pause {
  /** Excluded. */
  from: string
  /** Included. */
  to: string
}

interface Round {
  startedOn: string
  total: number
  /** Knows the pauses that are over, not the one under way. */
  dueOn: string
  pauses: Pause[]
  askedOn: string | null
  /** Extensions granted during the wait under way, added one after the other when it ends. */
  granted: number[]
  stoppedOn: string | null
}

const WAITING = '等待企业补充'

/**
 * Reads the clock at the instant `now`. Events may come in any order; those of one instant keep the order given.
 * Throws RangeError when the first is not `start`, or a limit or extension is not a whole number from 1 up.
 */
export function readClock(
  events: readonly ClockEvent[],
  allowedWorkdays: number,
  calendar: CountedDays,
  now: Date,
): ClockReading {
  const inOrder = events.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const [first, ...others] = inOrder
  if (first?.kind !== 'start') throw new RangeError('A clock begins with start')

  let round = newRound(dateOf(first.at), allowedWorkdays, calendar)
  for (const event of others) {
    round =
      event.kind === 'restart' ? newRound(dateOf(event.at), allowedWorkdays, calendar) : step(round, event, calendar)
  }
  // Machines' clocks differ a little: today is never before the last thing that happened.
  const lastAt = inOrder.at(-1)?.at ?? now
  return reading(round, calendar, dateOf(now > lastAt ? now : lastAt))
}

function newRound(startedOn: string, total: number, calendar: CountedDays): Round {
  checkPositive(total)
  const dueOn = calendar.workdayAfter(startedOn, total)
  return { startedOn, total, dueOn, pauses: [], askedOn: null, granted: [], stoppedOn: null }
}

function step(round: Round, event: ClockEvent, calendar: CountedDays): Round {
  if (round.stoppedOn !== null) return round
  const on = dateOf(event.at)
  switch (event.kind) {
    case 'ask':
      return { ...round, askedOn: round.askedOn ?? on }
    case 'supply':
      return endPause(round, on, calendar)
    case 'extend':
      return extend(round, event.workdays ?? 0, calendar)
    case 'stop':
      return { ...endPause(round, on, calendar), stoppedOn: on }
    default:
      return round
  }
}

function endPause(round: Round, on: string, calendar: CountedDays): Round {
  if (round.askedOn === null) return round
  const pause = { from: round.askedOn, to: on }
  const dueOn = shift(round.dueOn, pause, calendar)
  const ended: Round = { ...round, dueOn, pauses: [...round.pauses, pause], askedOn: null, granted: [] }
  return round.granted.reduce((after, workdays) => ({ ...after, dueOn: lengthen(after, workdays, calendar) }), ended)
}

function extend(round: Round, workdays: number, calendar: CountedDays): Round {
  checkPositive(workdays)
  const total = round.total + workdays
  if (round.askedOn !== null) return { ...round, total, granted: [...round.granted, workdays] }
  return { ...round, total, dueOn: lengthen(round, workdays, calendar) }
}

/** The due date so many working days later. Granted to an overdue case, they step over the waits since it was due. */
function lengthen({ dueOn, pauses }: Round, workdays: number, calendar: CountedDays): string {
  const later = pauses.filter((pause) => pause.from > dueOn)
  return later.reduce((due, pause) => shift(due, pause, calendar), calendar.workdayAfter(dueOn, workdays))
}

/** The due date once a pause is known: what was left on the day of asking is left after the supply. */
function shift(dueOn: string, { from, to }: Pause, calendar: CountedDays): string {
  if (from > dueOn) return dueOn
  return calendar.workdayAfter(to, calendar.countWorkdays(from, dueOn))
}

function reading(round: Round, calendar: CountedDays, today: string): ClockReading {
  const end = round.stoppedOn ?? today
  const { startedOn, dueOn, total, pauses } = endPause(round, end, calendar)

  const counted = (from: string, to: string) => {
    let days = calendar.countWorkdays(from, to)
    for (const pause of pauses) {
      const overlapFrom = pause.from > from ? pause.from : from
      const overlapTo = pause.to < to ? pause.to : to
      if (overlapFrom < overlapTo) days -= calendar.countWorkdays(overlapFrom, overlapTo)
    }
    return days
  }
  const isOverdue = end > dueOn
  const overdueBy = isOverdue ? counted(dueOn, end) : 0
  // A due day moved to the end of the waiting is one day beyond the limit, and forgiven.
  const usedInTime = Math.min(total, counted(startedOn, isOverdue ? dueOn : end))

  return {
    startedOn,
    dueOn,
    workdays: total,
    used: usedInTime + overdueBy,
    isPaused: round.askedOn !== null,
    isProvisional: calendar.isProvisionalBetween(startedOn, dueOn),
    isStopped: round.stoppedOn !== null,
    isOverdue,
    overdueBy,
    skipped: skippedDays(startedOn, dueOn, pauses, calendar),
  }
}

/** Days off keep their own reason also during a pause: they would not have counted anyway. */
function skippedDays(startedOn: string, dueOn: string, pauses: readonly Pause[], calendar: CountedDays): SkippedDay[] {
  const waiting = pauses.flatMap(({ from, to }) => {
    const days: SkippedDay[] = []
    for (let date = calendar.nextWorkday(from); date <= to && date <= dueOn; date = calendar.nextWorkday(date)) {
      days.push({ date, reason: WAITING })
    }
    return days
  })
  return [...calendar.daysOff(startedOn, dueOn), ...waiting].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

function checkPositive(workdays: number): void {
  if (!Number.isInteger(workdays) || workdays < 1) throw new RangeError(`Not a number of working days: ${workdays}`)
}
