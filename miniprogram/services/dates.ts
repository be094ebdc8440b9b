// Puts days and instants of the wire into words. Nothing is calculated here: deadlines come from the server.

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** The day of an instant, or a day, in Shanghai: `2026-11-25`. */
export function dayOf(value: string): string {
  return value.length === 10 ? value : shanghai(value).toISOString().slice(0, 10)
}

/** `2026-11-25` or an instant → `11月25日`; with the year where it is not this one. */
export function dayText(value: string | null | undefined, today = new Date()): string {
  if (!value) return ''
  const [year, month, day] = dayOf(value).split('-').map(Number)
  const isThisYear = year === shanghai(today.toISOString()).getUTCFullYear()
  return `${isThisYear ? '' : `${year}年`}${month}月${day}日`
}

/** `11月25日 周三`. */
export function weekdayText(value: string | null | undefined): string {
  if (!value) return ''
  const at = new Date(`${dayOf(value)}T00:00:00Z`)
  return `${dayText(value)} ${WEEKDAYS[at.getUTCDay()]}`
}

/** `14:05`. */
export const clockText = (instant: string): string => shanghai(instant).toISOString().slice(11, 16)

/** `11月25日 14:05`. */
export const momentText = (instant: string | null | undefined): string =>
  instant ? `${dayText(instant)} ${clockText(instant)}` : ''

/** The instant moved so that its UTC fields read as Shanghai's: there has been no summer time since 1991. */
const shanghai = (instant: string) => new Date(new Date(instant).getTime() + 8 * 3_600_000)

/** An instant of now as the wire wants it, `2026-11-25T14:05:00+08:00`. */
export const instantNow = (now = Date.now()): string =>
  `${new Date(now + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

export const today = (now = Date.now()): string => instantNow(now).slice(0, 10)

/** By the clock, `09:30`. */
export function greetingAt(clock: string): string {
  if (clock < '11:00') return '早上好'
  if (clock < '13:30') return '中午好'
  return clock < '18:00' ? '下午好' : '晚上好'
}
