/** What the bureau puts on every sheet, as data (`seeds/service-sheet.json`) that an official can read and change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1)
const sourced = z.strictObject({ text, source: text })

const rules = z.strictObject({
  source: text,
  /** A printed code can be used for so many days. */
  codeDays: z.strictObject({ value: z.int().min(1).max(366), source: text, confirmed: z.boolean() }),
  /** Whose materials, steps and times stand on the sheet, by document type. */
  guides: z.strictObject({ report: text, form: text, registration: text }),
  /** 服务措施: for every project, and by who approves. */
  measures: z.strictObject({
    all: z.array(sourced),
    upper: z.array(sourced),
    own: z.array(sourced),
    lower: z.array(sourced),
  }),
  /** 服务包: 政策清单. */
  policies: z.array(z.strictObject({ title: text, text, source: text })),
})
export type SheetRules = z.infer<typeof rules>

/** @throws ZodError with every fault */
export const readSheetRules = (root: string): SheetRules =>
  rules.parse(JSON.parse(readFileSync(join(root, 'seeds/service-sheet.json'), 'utf8')))
