/** The tasks of the table, each with what has been counted for it. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { unitName } from '../people/contract.js'
import { command, instant, query } from '../wire.js'

/** Where a figure can be looked up: a list and its input. */
const evidence = z.strictObject({
  verb: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** The list has just the lines that were counted; otherwise they are among its lines. */
  isExact: z.boolean(),
})

const metric = z.strictObject({
  key: z.string(),
  name: z.string(),
  /** Null where there is nothing to count yet, or where a past year is asked for what only the present shows. */
  value: z.number().nullable(),
  unit: z.string(),
  /** For a share: of how many it is taken. */
  of: z.int().optional(),
  /** To be reached, at least. */
  target: z.number().optional(),
  targetSource: z.string().optional(),
  isMet: z.boolean().optional(),
  filter: evidence.optional(),
})

const task = z.strictObject({
  no: z.int(),
  area: z.string(),
  item: z.string(),
  task: z.string(),
  measures: z.array(z.string()),
  leadUnits: z.array(unitName),
  supportUnits: z.array(unitName),
  /** The cell as printed. */
  unitText: z.string(),
  scanNote: z.string().nullable(),
  metrics: z.array(metric),
  note: z.string().nullable(),
})

const year = z.int().min(2000).max(2100).optional()
const head = {
  /** The year counted. */
  year: z.int(),
  /** The table it is held against: the year's own, or the newest before it. */
  table: z.strictObject({ year: z.int(), title: z.string(), source: z.string(), note: z.string() }),
  countedAt: instant,
}

export const indicatorContract = {
  'indicator.list': query({
    summary: '指标任务：任务分解表逐项及已统计的数据',
    input: z.strictObject({ year }),
    output: z.strictObject({ ...head, items: z.array(task) }),
    example: {},
  }),
  'indicator.export': command({
    summary: '把指标任务和已统计的数据导出成 Excel',
    input: z.strictObject({ year }),
    output: excelRun,
    example: {},
  }),
  'indicator.read': query({
    summary: '一项指标任务：数据怎么统计、依据在哪里',
    input: z.strictObject({ no: z.int().min(1).max(999), year }),
    output: z.strictObject({
      ...head,
      ...task.shape,
      metrics: z.array(metric.extend({ method: z.string() })),
    }),
    example: { no: 4 },
  }),
}
