/** The tables of tasks (营商环境建设评价指标任务分解表), one file a year, read at the start: nobody changes them while we run. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const task = z.strictObject({
  no: z.int().min(1),
  area: z.string(),
  item: z.string(),
  task: z.string(),
  measures: z.array(z.string()),
  leadUnits: z.array(z.string()),
  supportUnits: z.array(z.string()),
  unitText: z.string(),
  scanNote: z.string().optional(),
})
export type Task = z.infer<typeof task>

const yearTable = z.strictObject({
  year: z.int(),
  title: z.string(),
  source: z.string(),
  note: z.string(),
  indicators: z.array(task),
})
export type YearTable = z.infer<typeof yearTable>

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'seeds/indicators')

/** Oldest first. */
const tables: readonly YearTable[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => yearTable.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  .sort((a, b) => a.year - b.year)

/** The table in force in a year: its own, or the newest before it. Undefined for a year before the first. */
export const tableOf = (year: number): YearTable | undefined => tables.findLast((table) => table.year <= year)
