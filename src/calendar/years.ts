/** The shape of a year's holiday arrangement, so that a clerk's file can be checked line by line before anything counts by it. */
import { z } from 'zod'
import { line } from '../wire.js'
import { daysBetween, isDate, weekday } from './dates.js'

// Aborting, so that the comparisons below only ever see real dates.
const date = z.string().refine(isDate, { error: '不是有效日期，应写成 2026-10-01 这样', abort: true })

// Written as the State Council's notice writes it: one line per holiday, first and last day off, make-up working days.
const holiday = z.strictObject({
  name: line(20),
  from: date,
  to: date,
  work: z.array(date).max(10, '一个节日的调休上班日太多'),
})

const fields = z.strictObject({
  year: z.int().min(1992, '年份太早').max(2199, '年份太晚'),
  /** False until the State Council has announced the year's arrangement; then `holidays` holds the statutory days alone. */
  isAnnounced: z.boolean(),
  source: line(500),
  holidays: z.array(holiday).min(1, '至少要有一个节日').max(30, '节日太多'),
})

export type YearCalendar = z.infer<typeof fields>

/** A year's arrangement, every fault of the file reported at once. */
export const yearCalendar = fields.superRefine((calendar, context) => {
  const seen = new Map<string, string>()
  const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })

  // New Year's holiday may begin in the December before: 2023年元旦 was 2022-12-31 to 2023-01-02.
  const isNear = (day: string) => day >= `${calendar.year - 1}-12-01` && day <= `${calendar.year}-12-31`

  for (const [index, { name, from, to, work }] of calendar.holidays.entries()) {
    const at = (...rest: (string | number)[]) => ['holidays', index, ...rest]
    const length = daysBetween(from, to) + 1
    if (length < 1) fault(at('to'), '放假结束日早于开始日')
    if (length > 15) fault(at('to'), '一个节日放假不会超过15天')
    if (!isNear(from)) fault(at('from'), `不在${calendar.year}年`)
    if (!isNear(to)) fault(at('to'), `不在${calendar.year}年`)
    if (!calendar.isAnnounced && work.length > 0) fault(at('work'), '国务院尚未公布安排，不能有调休上班日')
    for (const [place, day] of work.entries()) {
      if (!isNear(day)) fault(at('work', place), `不在${calendar.year}年`)
      if (weekday(day) < 6) fault(at('work', place), '调休上班日应是周六或周日')
      if (seen.has(day)) fault(at('work', place), `与${seen.get(day)}重复`)
      seen.set(day, `${name}调休上班日`)
    }
  }
  for (const [index, { name, from, to }] of calendar.holidays.entries()) {
    const clashes = [...seen].filter(([day]) => day >= from && day <= to).map(([, what]) => what)
    if (clashes.length > 0) fault(['holidays', index], `${name}放假期间含有${clashes.join('、')}`)
    for (const [other, second] of calendar.holidays.entries()) {
      if (other > index && second.from <= to && from <= second.to) {
        fault(['holidays', other], `与${name}放假日期重叠`)
      }
    }
  }
})

/** Reads a file such as `seeds/calendar/2026.json`. Throws ZodError with every fault. */
export function parseYearCalendar(json: unknown): YearCalendar {
  return yearCalendar.parse(json)
}
