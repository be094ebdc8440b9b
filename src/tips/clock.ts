/** The two days an informer waits for: whether it is accepted, in working days, and the end, in days of the calendar. */
import { addDays } from '../calendar/dates.js'
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

/** The day that counts now; null once nothing is owed. */
export function dueOn({ state, acceptBy: first, concludeBy: last }: Pick<Tip, 'state' | 'acceptBy' | 'concludeBy'>) {
  if (state === 'received') return first
  return state === 'accepted' || state === 'verified' ? last : null
}

export const isLate = (row: Pick<Tip, 'dueOn'>, today: string): boolean => row.dueOn !== null && row.dueOn < today
