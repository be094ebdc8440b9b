/** A case's clock: its stored events read by the calendar, and the fields of the row that follow from it. */
import { type ClockReading, readClock } from '../calendar/clock.js'
import type { Knowledge } from '../house.js'
import type { HelpCase, StoredClockEvent } from './helpCase.js'

type Clocked = Pick<HelpCase, 'clock' | 'allowedWorkdays'>
export type Rules = Pick<Knowledge, 'calendar' | 'deadlines'>

export function clockOf({ clock, allowedWorkdays }: Clocked, { calendar }: Rules, now: Date): ClockReading {
  const events = clock.map(({ kind, at, workdays }) => ({ kind, at: new Date(at), workdays: workdays ?? null }))
  return readClock(events, allowedWorkdays, calendar, now)
}

/** What the row keeps of its clock, so that lists and reminders need not read it. */
export function kept(row: Clocked, know: Rules, now: Date) {
  const { dueOn, isProvisional } = clockOf(row, know, now)
  return { dueOn, isProvisional }
}

/** The machine's clock may have been put back: nothing happens to a case before what has happened to it already. */
export function notBefore({ clock }: Pick<Clocked, 'clock'>, now: Date): Date {
  const last = clock.at(-1)
  return last !== undefined && Date.parse(last.at) > now.getTime() ? new Date(last.at) : now
}

export function withEvent(row: Clocked, kind: StoredClockEvent['kind'], now: Date, workdays?: number) {
  const event = { kind, at: notBefore(row, now).toISOString(), ...(workdays === undefined ? {} : { workdays }) }
  return [...row.clock, event]
}
