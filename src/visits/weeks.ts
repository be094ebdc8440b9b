/**
 * The weekly list: every major project under care is offered an on-site service every week until its approval is done
 * (每周上门服务，直到环评办结). A week is Monday to Sunday in Asia/Shanghai; declining counts as having been offered.
 */
import { addDays, weekday } from '../calendar/dates.js'
import type { VisitState } from './states.js'

export const weekStatuses = ['held', 'planned', 'offered', 'declined', 'paused', 'exempt', 'due'] as const
export type WeekStatus = (typeof weekStatuses)[number]

/** Monday of the date's week. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekday(date))
/** Monday to Sunday. */
export const daysOf = (monday: string): string[] => Array.from({ length: 7 }, (_, n) => addDays(monday, n))

export interface WeekVisit {
  id: string
  state: VisitState
  /** Monday of the week it was offered for. */
  week: string
  /** Where held, the day it took place. */
  onDate: string
}

export interface WeekPause {
  how: string
  fromOn: string
  untilOn: string | null
  liftedOn: string | null
  visitId: string
}

export interface WeekFacts {
  /** Monday. */
  week: string
  /** The week's working days, in order. */
  workdays: readonly string[]
  /** Why the project needs no offer this week, apart from the calendar; null where it does. */
  exemption: string | null
  visits: readonly WeekVisit[]
  pauses: readonly WeekPause[]
}

export interface WeekReading {
  status: WeekStatus
  reason: string
  visitId: string | null
}

/** A pause covers the day: from it on, until its end or its lifting, that day excluded. */
export const isPausedOn = ({ fromOn, untilOn, liftedOn }: Omit<WeekPause, 'how' | 'visitId'>, day: string): boolean =>
  fromOn <= day && (untilOn === null || day <= untilOn) && (liftedOn === null || day < liftedOn)

const pauseWords: Readonly<Record<string, string>> = {
  thisMonth: '企业答复：本月不用',
  untilWeCall: '企业答复：需要时我约',
}

/** Each visit of the week, the one that says most first. */
const wordsOfVisit: readonly [state: VisitState, status: WeekStatus, reason: string][] = [
  ['consented', 'planned', '企业已同意，待上门'],
  ['offered', 'offered', '已约，等企业答复'],
  ['declined', 'declined', '企业谢绝了这一次'],
]

/** Where a project stands in a week, and why. */
export function weekStatus({ week, workdays, exemption, visits, pauses }: WeekFacts): WeekReading {
  const sunday = addDays(week, 6)
  const held = visits.filter(({ state }) => state === 'held')
  const here = held.find(({ onDate }) => week <= onDate && onDate <= sunday)
  if (here) return { status: 'held', reason: `已于${here.onDate}上门`, visitId: here.id }
  const ofWeek = visits.filter((visit) => visit.week === week)
  for (const [state, status, reason] of wordsOfVisit) {
    const visit = ofWeek.find((one) => one.state === state)
    if (visit) return { status, reason, visitId: visit.id }
  }
  const moved = held.find((visit) => visit.week === week)
  if (moved) return { status: 'planned', reason: `已约，改在${moved.onDate}上门`, visitId: moved.id }
  const lastWorkday = workdays.at(-1)
  if (lastWorkday === undefined) return { status: 'exempt', reason: '本周没有工作日', visitId: null }
  if (exemption !== null) return { status: 'exempt', reason: exemption, visitId: null }
  // What is left of the week after a pause is time enough to offer: only a pause to its last working day counts.
  const pause = pauses.find((one) => isPausedOn(one, lastWorkday))
  if (pause) return { status: 'paused', reason: pauseWords[pause.how] ?? '', visitId: pause.visitId }
  return { status: 'due', reason: '还没有约', visitId: null }
}

/** 谢绝也算已约: the firm was asked, whatever it said. */
export const isOffered = (status: WeekStatus): boolean => status !== 'due' && status !== 'exempt'
