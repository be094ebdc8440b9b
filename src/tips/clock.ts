/** The two days an informer waits for: whether it is accepted, in working days, and the end, in days of the calendar. */
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import type { Tip } from './tip.js'

type Rules = Pick<Knowledge, 'calendar' | 'tips'>

/** The day of receipt does not count. */
export function acceptBy({ calendar, tips }: Rules, receivedOn: string): Pick<Tip, 'acceptBy' | 'isProvisional'> {
  const { date, isProvisional } = calendar.addWorkdays(receivedOn, tips.accept.workdays)
  return { acceptBy: date, isProvisional }
}

export const concludeBy = ({ tips }: Pick<Rules, 'tips'>, acceptedOn: string): string =>
  addDays(acceptedOn, tips.conclude.days)

/**
 * When what is told at `now` reaches the bureau: with everything else told since the last time, so that the moment points
 * at nobody. The informer has the receipt, and can look it up, at once.
 */
export function releaseAt({ tips }: Pick<Rules, 'tips'>, now: Date): Date {
  const [day, step] = [instantAt(dateOf(now)).getTime(), tips.release.minutes * 60_000]
  return new Date(day + (Math.floor((now.getTime() - day) / step) + 1) * step)
}

/** The day that counts now; null once nothing is owed. */
export function dueOn({ state, acceptBy: first, concludeBy: last }: Pick<Tip, 'state' | 'acceptBy' | 'concludeBy'>) {
  if (state === 'received') return first
  return state === 'accepted' || state === 'verified' ? last : null
}

export const isLate = (row: Pick<Tip, 'dueOn'>, today: string): boolean => row.dueOn !== null && row.dueOn < today
