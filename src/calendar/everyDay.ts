/** Counts every day of the calendar, for limits that a law writes in 日 and not in working days. */
import { addDays, daysBetween } from './dates.js'
import type { CountedDays } from './clock.js'

export const everyDay: CountedDays = {
  workdayAfter: addDays,
  countWorkdays: daysBetween,
  nextWorkday: (date) => addDays(date, 1),
  daysOff: () => [],
  isProvisionalBetween: () => false,
}
