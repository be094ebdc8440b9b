/** The days of chinese-days, to hold ours against. */
import { createRequire } from 'node:module'

/** Its table as it is published: what the package makes of it by itself is a day off west of UTC. */
const { holidays, workdays } = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as Record<
  'holidays' | 'workdays',
  Record<string, string>
>

export function isWorkdayElsewhere(day: string): boolean {
  const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  return day in workdays || !(isWeekend || day in holidays)
}
