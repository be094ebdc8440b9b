// The days that figures are asked for: the last seven or thirty, this year, or any that are chosen.

export type PeriodCode = 'week' | 'month' | 'year' | 'own'
export interface Period {
  from: string
  to: string
}

export const periods: readonly { value: PeriodCode; text: string }[] = [
  { value: 'month', text: '近30天' },
  { value: 'week', text: '近7天' },
  { value: 'year', text: '今年' },
  { value: 'own', text: '自选' },
]

const DAY_MS = 86_400_000
const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

const starts: Record<Exclude<PeriodCode, 'own'>, (today: string) => string> = {
  week: (today) => addDays(today, -6),
  month: (today) => addDays(today, -29),
  year: (today) => `${today.slice(0, 4)}-01-01`,
}

/** The days of a choice; own ones stay as they are. */
export function periodOf(code: PeriodCode, today: string, own: Period): Period {
  return code === 'own' ? own : { from: starts[code](today), to: today }
}

export const daysIn = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** A chosen day later than the other moves the other along. */
export function withDay(period: Period, end: 'from' | 'to', day: string): Period {
  const next = { ...period, [end]: day }
  return next.from <= next.to ? next : { from: day, to: day }
}
