/** The columns of a date or time picker: what can be chosen between a beginning and an end. */

export interface Column {
  label: string
  rows: string[]
  index: number
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
const two = (value: number) => String(value).padStart(2, '0')
const within = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value))
const daysIn = (year: number, month: number) => new Date(year, month, 0).getDate()

type Parts = [number, number, number]

function partsOf(date: string, fallback: Parts): Parts {
  const [year, month, day] = date.split('-').map(Number)
  return [year || fallback[0], month || fallback[1], day || fallback[2]]
}

export interface DateLimits {
  start: string
  end: string
  fields: string
}

/** Clamps a date into its limits. */
export function dateWithin(date: string, { start, end }: DateLimits): Parts {
  const now = new Date()
  const wanted = partsOf(date, [now.getFullYear(), now.getMonth() + 1, now.getDate()])
  const first = partsOf(start, [1900, 1, 1])
  const last = partsOf(end, [2100, 12, 31])
  const order = ([year, month, day]: Parts) => (year * 100 + month) * 100 + day
  const [year, month, day] = order(wanted) < order(first) ? first : order(wanted) > order(last) ? last : wanted
  return [year, month, Math.min(day, daysIn(year, month))]
}

export function dateColumns([year, month, day]: Parts, { start, end, fields }: DateLimits): Column[] {
  const first = partsOf(start, [1900, 1, 1])
  const last = partsOf(end, [2100, 12, 31])
  const isFirstYear = year === first[0]
  const isLastYear = year === last[0]
  const months = [isFirstYear ? first[1] : 1, isLastYear ? last[1] : 12] as const
  const days = [
    isFirstYear && month === first[1] ? first[2] : 1,
    isLastYear && month === last[1] ? Math.min(last[2], daysIn(year, month)) : daysIn(year, month),
  ] as const
  const columns = [
    { label: '年', rows: range(first[0], last[0]).map((one) => `${one}年`), index: year - first[0] },
    { label: '月', rows: range(...months).map((one) => `${one}月`), index: within(month, ...months) - months[0] },
    { label: '日', rows: range(...days).map((one) => `${one}日`), index: within(day, ...days) - days[0] },
  ]
  return columns.slice(0, { year: 1, month: 2 }[fields] ?? 3)
}

/** What the columns say, as WeChat writes it: `2026-11-23`, `2026-11` or `2026`. */
export const dateSaid = (columns: readonly Column[]) =>
  columns.map(({ rows, index }) => two(Number.parseInt(rows[index] ?? '0', 10))).join('-')

const minutesOf = (time: string, fallback: number) => {
  const [hour, minute] = time.split(':').map(Number)
  return time === '' || hour === undefined ? fallback : hour * 60 + (minute ?? 0)
}

export function timeColumns(time: string, { start, end }: { start: string; end: string }): Column[] {
  const first = minutesOf(start, 0)
  const last = minutesOf(end, 23 * 60 + 59)
  const now = new Date()
  const chosen = within(minutesOf(time, now.getHours() * 60 + now.getMinutes()), first, last)
  const hour = Math.floor(chosen / 60)
  const hours = [Math.floor(first / 60), Math.floor(last / 60)] as const
  const minutes = [hour === hours[0] ? first % 60 : 0, hour === hours[1] ? last % 60 : 59] as const
  return [
    { label: '时', rows: range(...hours).map((one) => `${two(one)}时`), index: hour - hours[0] },
    {
      label: '分',
      rows: range(...minutes).map((one) => `${two(one)}分`),
      index: within(chosen % 60, ...minutes) - minutes[0],
    },
  ]
}

export const timeSaid = (columns: readonly Column[]) =>
  columns.map(({ rows, index }) => two(Number.parseInt(rows[index] ?? '0', 10))).join(':')
