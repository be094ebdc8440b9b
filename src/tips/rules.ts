/** Time limits of tips and when several become a warning, as data (`seeds/tips.json`) that an official can read and change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1)
const origin = { source: text, confirmed: z.boolean() }
const few = z.int().min(1).max(366)

const rules = z.strictObject({
  /** To be told whether it is accepted, within so many working days of receipt. */
  accept: z.strictObject({ workdays: few, ...origin }),
  /** To be concluded within so many days of acceptance. */
  conclude: z.strictObject({ days: few, ...origin }),
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
