/** On which days of the year people asked, so that no month stands out for what the demonstration shows of today. */
import { addDays } from '../calendar/dates.js'
import { diceOf } from './dice.js'
import type { Stage } from './stage.js'

const YEAR_DAYS = 364
/** Few ask on a day off. */
const DAY_OFF = 0.06
/** January to December: little before and during 春节, most after it and when building starts. */
const season = [0.9, 1.02, 1.1, 1.12, 1.04, 1, 0.95, 1, 1.08, 1, 1.02, 0.96]

interface Month {
  days: { day: string; weight: number }[]
  weight: number
  laid: number
}

/** So many more days of the year before today, filling the months up beside what is laid already. */
export function spread({ today, ground: { calendar } }: Stage, count: number, laid: readonly string[]): string[] {
  const months = new Map<string, Month>()
  for (let back = YEAR_DAYS; back >= 1; back -= 1) {
    const day = addDays(today, -back)
    const key = day.slice(0, 7)
    const month = months.get(key) ?? { days: [], weight: 0, laid: laid.filter((one) => one.startsWith(key)).length }
    const weight = (season[Number(day.slice(5, 7)) - 1] as number) * (calendar.isWorkday(day) ? 1 : DAY_OFF)
    month.days.push({ day, weight })
    month.weight += weight
    months.set(key, month)
  }
  const dice = diceOf('spread')
  return [...shares([...months.values()], count)].flatMap(([{ days, weight }, share]) =>
    Array.from({ length: share }, () => {
      let left = dice.throw() * weight
      return (days.find((one) => (left -= one.weight) < 0) ?? days.at(-1))?.day as string
    }),
  )
}

/** One at a time to the month that lacks most. */
function shares(months: readonly Month[], count: number): Map<Month, number> {
  const given = new Map(months.map((month) => [month, 0]))
  const fullness = (month: Month) => (month.laid + (given.get(month) ?? 0) + 0.5) / month.weight
  for (let n = 0; n < count; n += 1) {
    const least = months.reduce((a, b) => (fullness(b) < fullness(a) ? b : a))
    given.set(least, (given.get(least) ?? 0) + 1)
  }
  return given
}
