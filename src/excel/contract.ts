/** Imports and exports under way: how far, how they ended, and the file. */
import { z } from 'zod'
import { fileView } from '../files/contract.js'
import { id, instant, paging, pageOf, query } from '../wire.js'

export const excelVerbs = [
  'project.import',
  'project.export',
  'case.export',
  'visit.export',
  'rejection.export',
  'indicator.export',
  'tip.export',
  'lead.import',
  'lead.export',
  'reward.export',
] as const
export type ExcelVerb = (typeof excelVerbs)[number]

/** `faulty`: lines are wrong, nothing was imported. `refused`: the workbook was not read at all. */
export const excelStates = ['waiting', 'working', 'done', 'faulty', 'refused', 'failed'] as const
export type ExcelState = (typeof excelStates)[number]

/** Answered by every import and export at once; the rest is asked by `excel.read`. */
export const excelRun = z.strictObject({
  id,
  verb: z.enum(excelVerbs),
  isDryRun: z.boolean(),
  state: z.enum(excelStates),
  /** Lines done, of so many; null while nobody knows. */
  done: z.int(),
  total: z.int().nullable(),
  /** Of an import only. */
  counts: z
    .strictObject({
      lines: z.int(),
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      faults: z.int(),
    })
    .nullable(),
  message: z.string().nullable(),
  /** The workbook made: the export, or what is wrong with an import. Kept for seven days. */
  file: fileView.nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

const someId = '01970000-0000-7000-8000-000000000001'

export const excelContract = {
  'excel.read': query({
    summary: '一次导入或导出：进度、结果和文件',
    input: z.strictObject({ id }),
    output: excelRun,
    example: { id: someId },
  }),
  'excel.list': query({
    summary: '我最近的导入和导出（保留七天）',
    input: z.strictObject({ verb: z.enum(excelVerbs).optional(), ...paging }),
    output: pageOf(excelRun),
    example: {},
  }),
}
