/** The days that a figure covers. */
import { addDays, daysBetween, weekday } from '../calendar/dates.js'
import { invalid } from '../problem.js'

export interface Period {
  from: string
  to: string
}

const USUAL_DAYS = 30
/** About three years: nobody compares more on a screen. */
const MOST_DAYS = 1100

/** The days asked for; the last thirty unless told. What lies ahead is left out. */
export function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  if (from !== undefined && from > today) throw invalid('from', '开始日期不能晚于今天')
  const last = to === undefined || to > today ? today : to
  const first = from ?? addDays(last, 1 - USUAL_DAYS)
  if (first > last) throw invalid('to', '结束日期不能早于开始日期')
  if (daysBetween(first, last) >= MOST_DAYS) throw invalid('from', '时间太长，最多看三年')
  return { from: first, to: last }
}

/** Monday to Sunday of the week that the day is in. */
export function weekOf(day: string): Period {
  const from = addDays(day, 1 - weekday(day))
  return { from, to: addDays(from, 6) }
}

export const yearUpTo = (day: string): Period => ({ from: `${day.slice(0, 4)}-01-01`, to: day })
