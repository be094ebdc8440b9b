/** When the clock alone makes something happen: slots of the day in Asia/Shanghai, each written as one job. */
import { addDays, dateOf } from '../calendar/dates.js'
import type { Calendar } from '../calendar/workdays.js'
import type { NewJob } from './queue.js'

export interface Slot {
  kind: string
  /** `HH:MM` in Asia/Shanghai, or every so many minutes of the day. */
  at: string | { everyMinutes: number }
  onlyWorkdays: boolean
}

export const everyWorkday = (at: string, kind: string): Slot => ({ kind, at, onlyWorkdays: true })
export const everyDay = (at: string, kind: string): Slot => ({ kind, at, onlyWorkdays: false })
export const everyMinutes = (minutes: number, kind: string): Slot => ({
  kind,
  at: { everyMinutes: minutes },
  onlyWorkdays: false,
})

type DueSlot = NewJob & { uniqueKey: string }

/**
 * The slots that have come due and are not in `written`: each one's latest, today's or, if today's is still to come,
 * yesterday's, so that a service that was down over night makes up for it.
 */
export function dueSlots(
  table: readonly Slot[],
  now: Date,
  calendar: Calendar,
  written: ReadonlySet<string>,
): DueSlot[] {
  const today = dateOf(now)
  return table.flatMap((slot) => {
    const [day, time] = latest(slot, now, today)
    if (slot.onlyWorkdays && !calendar.isWorkday(day)) return []
    const uniqueKey = `${slot.kind}@${day}T${time}`
    if (written.has(uniqueKey)) return []
    return [{ kind: slot.kind, payload: { day, time }, uniqueKey }]
  })
}

function latest(slot: Slot, now: Date, today: string): [day: string, time: string] {
  const minute = minuteOfDay(now)
  if (typeof slot.at === 'object') {
    const { everyMinutes: step } = slot.at
    return [today, clockTime(Math.floor(minute / step) * step)]
  }
  const [hours, minutes] = slot.at.split(':').map(Number) as [number, number]
  return minute >= hours * 60 + minutes ? [today, slot.at] : [addDays(today, -1), slot.at]
}

const clockTime = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Minutes since midnight in Shanghai, which is UTC+8 all year. */
const minuteOfDay = (now: Date) => Math.floor(((now.getTime() / 60_000) % 1440) + 480) % 1440
