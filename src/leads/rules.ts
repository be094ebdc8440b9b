/** By when a branch answers a lead, as data (`seeds/leads.json`) that an official can check and change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, daysBetween } from '../calendar/dates.js'
import type { Calendar } from '../calendar/workdays.js'

const rules = z.strictObject({
  answer: z.strictObject({
    days: z.int().min(1, '不能少于1天').max(250, '不能超过250天'),
    /** 自然日 or 工作日. */
    unit: z.enum(['day', 'workday']),
    source: z.string().trim().min(1, '请写明来源'),
    confirmed: z.boolean(),
    note: z.string().trim().min(1),
  }),
})
export type LeadRules = z.infer<typeof rules>

/** @throws ZodError with every fault */
export const readLeadRules = (root: string): LeadRules =>
  rules.parse(JSON.parse(readFileSync(join(root, 'seeds/leads.json'), 'utf8')))

interface Known {
  readonly leads: LeadRules
  readonly calendar: Calendar
}

/** 移交当天不算: the last day on which an answer is in time. */
export function dueAfter({ leads, calendar }: Known, sentOn: string): string {
  const { days, unit } = leads.answer
  return unit === 'day' ? addDays(sentOn, days) : calendar.workdayAfter(sentOn, days)
}

/** Days left in the rule's own days, negative when overdue. */
export function daysLeft({ leads, calendar }: Known, today: string, dueOn: string): number {
  return leads.answer.unit === 'day' ? daysBetween(today, dueOn) : calendar.countWorkdays(today, dueOn)
}
