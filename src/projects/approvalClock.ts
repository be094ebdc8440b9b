/**
 * The approval clock of a project: read from the stages it went through, so that the same story always gives the same
 * deadlines, and a new calendar or rule needs only another reading.
 *
 * - The day of acceptance does not count. Every day after belongs to the stage in which it began: a step of a day ends
 *   with that day, so each working day falls into one stage and either counts or does not.
 * - A step written for an earlier day than steps before it takes those back: they never happened.
 * - Taken back before the acceptance, the clock is gone; accepted anew, it begins anew. A decision that stands stays
 *   told until the next acceptance.
 * - The promise runs in working days. The legal limit is written in 日: counted in calendar days, the last one moved to
 *   a working day (民法典第二百零三条), and in working days; the earlier of both is kept.
 * - Pausing follows calendar/clock.ts: what was left on the day of the pause is left after it. A pause that begins on the
 *   days off after the law's last calendar day does not move it any more.
 */
import { type ClockEvent, type CountedDays, readClock } from '../calendar/clock.js'
import { daysBetween, instantAt } from '../calendar/dates.js'
import { everyDay } from '../calendar/everyDay.js'
import type { Calendar } from '../calendar/workdays.js'
import {
  type ApprovalRules,
  clockOf,
  isCounting,
  type Kind,
  type LegalTerm,
  legalTerm,
  type PromisedTerm,
  promisedTerm,
} from './approvalRules.js'
import { isOpen, type Stage } from './stages.js'

export interface Step {
  stage: Stage
  stageOn: string
  isBack: boolean
}

/** A stretch in one stage: the working days after `from`, up to and including `to`. */
export interface Stretch {
  stage: Stage
  from: string
  to: string
  counts: boolean
  workdays: number
  days: number
}

export interface Deadline {
  dueOn: string
  /** The day it is held against (today, or the day the clock stopped) is after the due date. */
  isOverdue: boolean
  /** Working days past the due date that count. */
  overdueBy: number
  isProvisional: boolean
}

export interface ApprovalReading {
  /** The day of acceptance; it does not count itself. */
  startedOn: string
  decidedOn: string | null
  /** The day it ended, with a decision or without. */
  stoppedOn: string | null
  isPaused: boolean
  /** The way to one of the due dates leads through a year whose arrangement is not announced. */
  isProvisional: boolean
  /** Counted working days, and those that did not count; together all working days from the start to the end. */
  used: number
  paused: number
  /** Calendar days that count. */
  usedDays: number
  stretches: Stretch[]
  promised: (Deadline & { term: PromisedTerm }) | null
  legal: (Deadline & { term: LegalTerm; dueOnByCalendar: string; dueOnByWorkdays: string }) | null
  /** Of a decided one, by how much the legal time was shortened, in percent with one decimal; both readings of 日. */
  reduction: { byWorkdays: number; byCalendar: number } | null
}

interface Round {
  steps: readonly Step[]
  /** It ended, and nothing has taken that back. */
  isStopped: boolean
  /** It ended, and the project has gone its way since. */
  isLeft: boolean
}

/** Null while nothing has been accepted, and where nobody wrote down the acceptance. */
export function readApproval(
  steps: readonly Step[],
  kind: Kind,
  rules: ApprovalRules,
  calendar: Calendar,
  today: string,
): ApprovalReading | null {
  const round = lastRound(standing(steps), rules)
  const first = round?.steps[0]
  const last = round?.steps.at(-1)
  if (!round || !first || !last) return null

  const startedOn = first.stageOn
  const stoppedOn = round.isStopped ? last.stageOn : null
  const end = stoppedOn ?? (today > last.stageOn ? today : last.stageOn)
  const stretches = stretchesOf(round, end, rules, calendar)
  const sum = (counts: boolean, of: 'workdays' | 'days') =>
    stretches.reduce((total, one) => (one.counts === counts ? total + one[of] : total), 0)

  const events = eventsOf(startedOn, stretches, stoppedOn)
  const deadline = (limit: number, days: CountedDays): Deadline => {
    const { dueOn, isOverdue, overdueBy, isProvisional } = readClock(events, limit, days, instantAt(end))
    return { dueOn, isOverdue, overdueBy, isProvisional }
  }
  const promise = promisedTerm(rules, kind, startedOn)
  const law = legalTerm(rules, kind, startedOn)
  const promised = promise ? { ...deadline(promise.workdays, calendar), term: promise } : null
  const legal = law ? legalDeadline(law, deadline, calendar, end) : null
  const decidedOn = stoppedOn !== null && clockOf(rules, last.stage) === 'decide' ? stoppedOn : null
  const used = sum(true, 'workdays')
  const usedDays = sum(true, 'days')
  return {
    startedOn,
    decidedOn,
    stoppedOn,
    isPaused: !round.isStopped && !isCounting(rules, last.stage),
    isProvisional: Boolean(promised?.isProvisional) || Boolean(legal?.isProvisional),
    used,
    paused: sum(false, 'workdays'),
    usedDays,
    stretches,
    promised,
    legal,
    reduction:
      decidedOn !== null && law
        ? { byWorkdays: reductionOf(used, law.days), byCalendar: reductionOf(usedDays, law.days) }
        : null,
  }
}

/** By how much `used` shortens a limit of `days`, in percent with one decimal; negative where it was exceeded. */
export const reductionOf = (used: number, days: number): number => Math.round((1 - used / days) * 1000) / 10

/** The steps that nothing written later has taken back. */
const standing = (steps: readonly Step[]): Step[] =>
  steps.reduce<Step[]>((way, step) => [...way.filter(({ stageOn }) => stageOn <= step.stageOn), step], [])

function lastRound(steps: readonly Step[], rules: ApprovalRules): Round | null {
  return steps.reduce<Round | null>((round, step) => {
    const clock = clockOf(rules, step.stage)
    const isOver = round !== null && round.isStopped && !step.isBack
    if (clock === 'before') return isOver ? { ...round, isLeft: true } : null
    if (clock === 'start' && (round === null || isOver)) return { steps: [step], isStopped: false, isLeft: false }
    if (round === null) return null
    // Taken up in the middle after a decision: of this application nobody wrote down the acceptance.
    if (isOver && isOpen(step.stage)) return null
    // Put aside or given up since, and back among what is: the decision stands.
    if (isOver || (round.isLeft && !isOpen(step.stage))) return { ...round, isLeft: true }
    return { steps: [...round.steps, step], isStopped: clock === 'decide' || clock === 'stop', isLeft: false }
  }, null)
}

function stretchesOf({ steps }: Round, end: string, rules: ApprovalRules, calendar: Calendar): Stretch[] {
  return steps.map(({ stage, stageOn: from }, at) => {
    const to = steps[at + 1]?.stageOn ?? end
    return {
      stage,
      from,
      to,
      counts: isCounting(rules, stage),
      workdays: calendar.countWorkdays(from, to),
      days: daysBetween(from, to),
    }
  })
}

/** The stretches as a clock's events: it is asked to wait where the days no longer count, and goes on where they do. */
function eventsOf(startedOn: string, stretches: readonly Stretch[], stoppedOn: string | null): ClockEvent[] {
  const changes = stretches.flatMap(({ from, counts }, at): ClockEvent[] => {
    const before = stretches[at - 1]?.counts ?? true
    return counts === before ? [] : [{ kind: counts ? 'supply' : 'ask', at: instantAt(from) }]
  })
  const end: ClockEvent[] = stoppedOn === null ? [] : [{ kind: 'stop', at: instantAt(stoppedOn) }]
  return [{ kind: 'start', at: instantAt(startedOn) }, ...changes, ...end]
}

function legalDeadline(
  term: LegalTerm,
  deadline: (limit: number, days: CountedDays) => Deadline,
  calendar: Calendar,
  end: string,
) {
  const byDay = deadline(term.days, everyDay)
  const byWorkday = deadline(term.days, calendar)
  const dueOnByCalendar = calendar.workdayAfter(byDay.dueOn, 0)
  const dueOnByWorkdays = byWorkday.dueOn
  const isEarlier = dueOnByCalendar <= dueOnByWorkdays
  const dueOn = isEarlier ? dueOnByCalendar : dueOnByWorkdays
  const isOverdue = end > dueOn
  return {
    term,
    dueOn,
    dueOnByCalendar,
    dueOnByWorkdays,
    isOverdue,
    overdueBy: isOverdue ? calendar.countWorkdays(dueOn, end) : 0,
    isProvisional: isEarlier ? calendar.isProvisional(dueOn) : byWorkday.isProvisional,
  }
}
