/** What leaves the server about a year of the calendar. */
import { daysBetween } from './dates.js'
import type { Calendar } from './workdays.js'

export function yearView(calendar: Calendar, year: number) {
  const arrangement = calendar.years.find((one) => one.year === year)
  const [before, last] = [`${year - 1}-12-31`, `${year}-12-31`]
  const daysOff = calendar.daysOff(before, last)
  // New Year's holiday may have its make-up day in the year before, so every year's notice is looked through.
  const makeUpDays = calendar.years
    .flatMap(({ holidays }) =>
      holidays.flatMap(({ name, work }) => work.map((date) => ({ date, reason: `${name}调休` }))),
    )
    .filter(({ date }) => date.startsWith(`${year}-`) && calendar.isWorkday(date))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
  return {
    year,
    isAnnounced: arrangement?.isAnnounced ?? false,
    source: arrangement?.source ?? null,
    workdays: daysBetween(before, last) - daysOff.length,
    holidays: (arrangement?.holidays ?? []).map(({ name, from, to, work }) => ({ name, from, to, work })),
    daysOff,
    makeUpDays,
  }
}
