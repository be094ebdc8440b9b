/**
 * Counts working days, since every promise of the bureau is made in them.
 *
 * 行政许可法第八十二条: 「本法规定的行政机关实施行政许可的期限以工作日计算，不含法定节假日。」
 * 民法典第二百零一条: 「按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。」 So the start is excluded, also when
 * it is a day off: receipt on a day off counts as that day.
 *
 * A year is provisional until the State Council has announced its arrangement. Then weekends and the statutory days of
 * 全国年节及纪念日放假办法 count as days off, and nothing more: its 第六条 「全体公民放假的假日，如果适逢周六、周日，应当在工作日补假」
 * promises a day in lieu without saying which, and make-up working days are the State Council's choice, so neither can
 * be computed with certainty. Working days are therefore marked provisional rather than guessed at. In years without
 * any file, only the statutory days fixed in the solar calendar are known.
 */
import { dateFromDayNumber, dayNumber, weekdayName, weekdayOfDayNumber, yearOf } from './dates.js'
import type { YearCalendar } from './years.js'

export interface SkippedDay {
  date: string
  /** Plain Chinese: 周六, 国庆节放假, 等待企业补充. */
  reason: string
}

export interface WorkdaySum {
  date: string
  isProvisional: boolean
  skipped: SkippedDay[]
}

/** 放假办法（2024年修订）第二条: 元旦1天（1月1日）, 劳动节2天（5月1日、2日）, 国庆节3天（10月1日至3日）. */
const SOLAR_HOLIDAYS = [
  { name: '元旦', from: '01-01', to: '01-01' },
  { name: '劳动节', from: '05-01', to: '05-02' },
  { name: '国庆节', from: '10-01', to: '10-03' },
] as const

/** Ten years of working days: nobody promises more, and a slip of a digit should not cost a long search. */
const MOST = 2600

interface YearTable {
  first: number
  /** prefix[i]: working days among the first i days of the year. */
  prefix: Uint16Array
  /** The day numbers of the year's working days, in order. */
  workdays: number[]
  /** The others, in order. */
  daysOff: SkippedDay[]
}

type Entry = { isOff: true; reason: string } | { isOff: false }

export type Calendar = ReturnType<typeof makeCalendar>

/** A calendar of the years given, in any order. Throws RangeError when a year is given twice. */
export function makeCalendar(years: readonly YearCalendar[]) {
  const known = new Map(years.map((each) => [each.year, each]))
  if (known.size !== years.length) throw new RangeError('A year is given twice')

  // A year's notice may reach into the December before, where it has the last word.
  const entries = new Map<number, Entry>()
  for (const { holidays } of years.toSorted((a, b) => a.year - b.year)) {
    for (const { name, from, to, work } of holidays) {
      for (let day = dayNumber(from); day <= dayNumber(to); day++) {
        entries.set(day, { isOff: true, reason: `${name}放假` })
      }
      for (const date of work) entries.set(dayNumber(date), { isOff: false })
    }
  }

  const tables = new Map<number, YearTable>()

  function solarHoliday(date: string): string | undefined {
    if (known.has(yearOf(date))) return undefined
    const monthAndDay = date.slice(5)
    return SOLAR_HOLIDAYS.find(({ from, to }) => from <= monthAndDay && monthAndDay <= to)?.name
  }

  function reasonOf(day: number): string | undefined {
    const entry = entries.get(day)
    if (entry) return entry.isOff ? entry.reason : undefined
    const date = dateFromDayNumber(day)
    const name = solarHoliday(date)
    if (name !== undefined) return `${name}放假`
    return weekdayOfDayNumber(day) > 5 ? weekdayName(date) : undefined
  }

  function tableOf(year: number): YearTable {
    const made = tables.get(year)
    if (made) return made
    const first = dayNumber(`${year}-01-01`)
    const length = dayNumber(`${year}-12-31`) - first + 1
    const table: YearTable = { first, prefix: new Uint16Array(length + 1), workdays: [], daysOff: [] }
    for (let index = 0; index < length; index++) {
      const reason = reasonOf(first + index)
      if (reason === undefined) table.workdays.push(first + index)
      else table.daysOff.push({ date: dateFromDayNumber(first + index), reason })
      table.prefix[index + 1] = table.workdays.length
    }
    tables.set(year, table)
    return table
  }

  /** Working days of its year up to and including the date. */
  function workdaysUpTo(date: string): number {
    const table = tableOf(yearOf(date))
    return table.prefix[dayNumber(date) - table.first + 1] ?? 0
  }

  /** The place-th working day of the year, counted from 1; places outside the year lead into its neighbours. */
  function workdayAt(year: number, place: number): string {
    let [inYear, left] = [year, place]
    while (left < 1) left += tableOf(--inYear).workdays.length
    for (let table = tableOf(inYear); left > table.workdays.length; table = tableOf(++inYear)) {
      left -= table.workdays.length
    }
    return dateFromDayNumber(tableOf(inYear).workdays[left - 1] ?? Number.NaN)
  }

  function isWorkday(date: string): boolean {
    return reasonOf(dayNumber(date)) === undefined
  }

  /** True when the date's year has no announced arrangement. */
  function isProvisional(date: string): boolean {
    dayNumber(date)
    return known.get(yearOf(date))?.isAnnounced !== true
  }

  /** Whether a count over the days after `fromExclusive`, up to and including `toInclusive`, meets a provisional year. */
  function isProvisionalBetween(fromExclusive: string, toInclusive: string): boolean {
    if (dayNumber(fromExclusive) >= dayNumber(toInclusive)) return false
    const firstYear = yearOf(dateFromDayNumber(dayNumber(fromExclusive) + 1))
    for (let year = firstYear; year <= yearOf(toInclusive); year++) {
      if (known.get(year)?.isAnnounced !== true) return true
    }
    return false
  }

  /** The n-th working day after the date; for n = 0 the date itself if it is one, otherwise the next. */
  function workdayAfter(date: string, n: number): string {
    checkCount(n)
    if (n === 0) return isWorkday(date) ? date : workdayAfter(date, 1)
    return workdayAt(yearOf(date), workdaysUpTo(date) + n)
  }

  /** The n-th working day before the date; for n = 0 the date itself if it is one, otherwise the last before it. */
  function workdayBefore(date: string, n: number): string {
    checkCount(n)
    return workdayAt(yearOf(date), workdaysUpTo(date) - n + (n > 0 && !isWorkday(date) ? 1 : 0))
  }

  /** The first working day after the date, the date itself excluded. */
  function nextWorkday(date: string): string {
    return workdayAfter(date, 1)
  }

  /** The days off after `fromExclusive`, up to and including `toInclusive`, each with its reason. */
  function daysOff(fromExclusive: string, toInclusive: string): SkippedDay[] {
    const skipped: SkippedDay[] = []
    for (let year = yearOf(fromExclusive); year <= yearOf(toInclusive); year++) {
      const { first, prefix, daysOff: off } = tableOf(year)
      const offUpTo = (date: string) => dayNumber(date) - first + 1 - (prefix[dayNumber(date) - first + 1] ?? 0)
      const from = year === yearOf(fromExclusive) ? offUpTo(fromExclusive) : 0
      const to = year === yearOf(toInclusive) ? offUpTo(toInclusive) : off.length
      // Copies: what a caller does to its list stays its own.
      for (const day of off.slice(from, to)) skipped.push({ ...day })
    }
    return skipped
  }

  /**
   * The date n working days later, the start excluded, with the days off passed over on the way. For n = 0 it is the
   * date itself if that is a working day, otherwise the next one (and the date, being passed over, is among the skipped).
   */
  function addWorkdays(date: string, n: number): WorkdaySum {
    const due = workdayAfter(date, n)
    const from = n === 0 ? dateFromDayNumber(dayNumber(date) - 1) : date
    return { date: due, isProvisional: isProvisionalBetween(from, due), skipped: daysOff(from, due) }
  }

  /** Working days after `fromExclusive`, up to and including `toInclusive`; negative when the order is reversed. */
  function countWorkdays(fromExclusive: string, toInclusive: string): number {
    const [fromYear, toYear] = [yearOf(fromExclusive), yearOf(toInclusive)]
    if (fromYear > toYear) return -countWorkdays(toInclusive, fromExclusive)
    let between = 0
    for (let year = fromYear; year < toYear; year++) between += tableOf(year).workdays.length
    return workdaysUpTo(toInclusive) - workdaysUpTo(fromExclusive) + between
  }

  return {
    /** The arrangements it was made of, in the order of their years. */
    years: years.toSorted((a, b) => a.year - b.year) as readonly YearCalendar[],
    isWorkday,
    isProvisional,
    isProvisionalBetween,
    workdayAfter,
    workdayBefore,
    nextWorkday,
    daysOff,
    addWorkdays,
    countWorkdays,
  }
}

function checkCount(n: number): void {
  if (!Number.isInteger(n) || n < 0 || n > MOST) throw new RangeError(`Not a number of working days: ${n}`)
}
