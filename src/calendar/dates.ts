/**
 * Dates and instants as Shenyang writes them, so that a day never shifts with the machine's own time zone.
 *
 * Asia/Shanghai has been UTC+8 without summer time since 15 September 1991, so the offset is a constant and no time
 * zone table is asked. An older instant is still the same instant, but its date could be wrong near midnight.
 */

const DAY = 86_400_000
const OFFSET = 8 * 3_600_000
const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/** Days since 1970-01-01, or NaN when the text is no date of the years 1900 to 9999 in the form `YYYY-MM-DD`. */
function parseDay(text: string): number {
  const match = DATE.exec(text)
  if (!match) return Number.NaN
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const at = Date.UTC(year, month - 1, day)
  const read = new Date(at)
  const isReal = year >= 1900 && read.getUTCMonth() === month - 1 && read.getUTCDate() === day
  return isReal ? at / DAY : Number.NaN
}

/** Whether the text is a real date of the years 1900 to 9999, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return !Number.isNaN(parseDay(text))
}

/** Days since 1970-01-01. Throws RangeError for what is no date. */
export function dayNumber(date: string): number {
  const day = parseDay(date)
  if (Number.isNaN(day)) throw new RangeError(`Not a date: ${date}`)
  return day
}

/** The date `day` days after 1970-01-01. Throws RangeError outside the years 1900 to 9999. */
export function dateFromDayNumber(day: number): string {
  const at = new Date(day * DAY)
  const year = at.getUTCFullYear()
  if (!Number.isInteger(day) || !(year >= 1900 && year <= 9999)) throw new RangeError(`Not a day number: ${day}`)
  return at.toISOString().slice(0, 10)
}

/** The date in Shenyang at this instant. */
export function dateOf(at: Date): string {
  return dateFromDayNumber(Math.floor((at.getTime() + OFFSET) / DAY))
}

/** The instant at which the clocks of Shenyang show `time` (`HH:MM`) on that date; without a time, its first moment. */
export function instantAt(date: string, time = '00:00'): Date {
  const match = TIME.exec(time)
  if (!match) throw new RangeError(`Not a time: ${time}`)
  return new Date(dayNumber(date) * DAY + (Number(match[1]) * 60 + Number(match[2])) * 60_000 - OFFSET)
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

/** The date `days` calendar days later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  return dateFromDayNumber(dayNumber(date) + days)
}

/** Calendar days from one date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export function weekdayOfDayNumber(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export function weekday(date: string): number {
  return weekdayOfDayNumber(dayNumber(date))
}

/** 周一 … 周日. */
export function weekdayName(date: string): string {
  return WEEKDAYS[weekday(date) - 1] ?? ''
}

/** An instant as it goes over the wire: `2026-11-23T09:30:00.000+08:00`. Throws RangeError for an invalid Date. */
export function toWireInstant(at: Date): string {
  return `${new Date(at.getTime() + OFFSET).toISOString().slice(0, -1)}+08:00`
}

/**
 * Reads an ISO 8601 instant, to the millisecond. Any offset will do, but it must be there: a time without one would
 * depend on who reads it. What is no real instant gives undefined.
 */
export function parseWireInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text)
  if (!match) return undefined
  const day = parseDay(match[1] ?? '')
  if (Number.isNaN(day)) return undefined
  const minutes = Number(match[2]) * 60 + Number(match[3])
  const millis = Number(match[4]) * 1000 + Number((match[5] ?? '').slice(0, 3).padEnd(3, '0'))
  const offset = (match[6] === '-' ? -1 : 1) * (Number(match[7] ?? 0) * 60 + Number(match[8] ?? 0))
  return new Date(day * DAY + (minutes - offset) * 60_000 + millis)
}
