/** Time limits of tips and when several become a warning, as data (`seeds/tips.json`) that an official can read and change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1)
const origin = { source: text, confirmed: z.boolean() }
const few = z.int().min(1).max(366)
/** How often the timetable asks what is to be released. */
export const RELEASED_EACH_MINUTES = 30
const DAY_MINUTES = 1440

const rules = z.strictObject({
  /** To be told whether it is accepted, within so many working days of receipt. */
  accept: z.strictObject({ workdays: few, ...origin }),
  /** To be concluded within so many days of acceptance. */
  conclude: z.strictObject({ days: few, ...origin }),
  /** What was told reaches the bureau at the next full so many minutes of the day. */
  release: z.strictObject({
    minutes: z
      .int()
      .min(RELEASED_EACH_MINUTES)
      .refine(
        (minutes) => DAY_MINUTES % minutes === 0 && minutes % RELEASED_EACH_MINUTES === 0,
        '半小时的整数倍，并能分完一天',
      ),
    ...origin,
  }),
  /** The handler is reminded so many working days before. */
  remind: z.strictObject({ workdays: few, ...origin }),
  /** So many tips on one firm within so many days are a warning. */
  warn: z.strictObject({ at: z.int().min(2).max(100), days: few, ...origin }),
  /** What an informer is told of what nobody has confirmed yet. */
  notes: z.array(text),
})
export type TipRules = z.infer<typeof rules>

/** @throws ZodError with every fault */
export const readTipRules = (root: string): TipRules =>
  rules.parse(JSON.parse(readFileSync(join(root, 'seeds/tips.json'), 'utf8')))
