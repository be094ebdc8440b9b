/** Leads (超标线索): entered or imported by the enforcement team, sent to the branch, answered with photos within seven days. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds, fileView } from '../files/contract.js'
import { unitName } from '../people/contract.js'
import {
  command,
  creditCode,
  date,
  districtCode,
  id,
  instant,
  line,
  pageOf,
  paging,
  prose,
  query,
  searchText,
  version,
} from '../wire.js'
import { leadOutcomes, leadSources, leadStates } from './states.js'

const amount = z.number().min(0).max(1_000_000_000)
const isDistinct = (all: string[]) => new Set(all).size === all.length

/** Of a new lead, as a form and a line of a workbook give it. */
export const leadFields = {
  source: z.enum(leadSources),
  reference: line(60).optional(),
  firmName: line(100, 2),
  creditCode: creditCode.optional(),
  districtCode: districtCode.optional(),
  outlet: line(100).optional(),
  pollutant: line(60).optional(),
  value: amount.optional(),
  limit: amount.optional(),
  measure: line(20).optional(),
  exceededAt: instant.optional(),
  text: prose(2000).optional(),
}

const leadLine = z.strictObject({
  id,
  number: z.string(),
  state: z.enum(leadStates),
  /** To a branch, what somebody told of is `other`. */
  source: z.enum(leadSources),
  reference: z.string().nullable(),
  firmName: z.string(),
  creditCode: z.string().nullable(),
  districtCode: z.string().nullable(),
  district: z.string().nullable(),
  outlet: z.string().nullable(),
  pollutant: z.string().nullable(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  measure: z.string().nullable(),
  exceededAt: instant.nullable(),
  unit: unitName,
  createdOn: date,
  sentOn: date.nullable(),
  dueOn: date.nullable(),
  /** In the days of the rule, negative when overdue; null when nothing is owed. */
  daysLeft: z.int().nullable(),
  isOverdue: z.boolean(),
  answeredOn: date.nullable(),
  /** Whether the answer that stands came in time. */
  isInTime: z.boolean().nullable(),
  outcome: z.enum(leadOutcomes).nullable(),
  closedOn: date.nullable(),
  version,
  can: z.array(z.string()),
})

const leadView = leadLine.extend({
  text: z.string().nullable(),
  createdBy: z.string().nullable(),
  files: z.array(fileView),
  timeline: z.array(
    z.strictObject({
      id,
      verb: z.string(),
      at: instant,
      by: z.strictObject({ name: z.string(), unit: z.string() }).nullable(),
      text: z.string().nullable(),
      outcome: z.enum(leadOutcomes).nullable(),
      measured: z.string().nullable(),
      files: z.array(fileView),
    }),
  ),
  /** The rule by which `dueOn` is counted, and what of it nobody has confirmed. */
  term: z.strictObject({ days: z.int(), unit: z.enum(['day', 'workday']), isConfirmed: z.boolean(), note: z.string() }),
})

const filter = {
  scope: z
    .enum(['todo', 'all'])
    .default('all')
    .describe('todo：轮到我的（分局：待反馈；市执法队、市局：待移交、待办结）；all：我能看到的全部'),
  states: z.array(z.enum(leadStates)).optional(),
  /** Of those whose answer is owed. */
  due: z.enum(['soon', 'today', 'overdue']).optional(),
  /** Answered after the last day, or not yet though it has passed. */
  isLate: z.boolean().optional(),
  isInTime: z.boolean().optional(),
  unitId: line(36).optional(),
  sources: z.array(z.enum(leadSources)).optional(),
  outcome: z.enum(leadOutcomes).optional(),
  /** By the day on which it was written down. */
  from: date.optional(),
  to: date.optional(),
  sentFrom: date.optional(),
  sentTo: date.optional(),
  /** Number, credit code, the platform's number, or a part of the firm's name. */
  q: searchText.optional(),
}

const someId = '01970000-0000-7000-8000-000000000001'
const unknownTime = '自动监控和国家平台的线索，要写污染物、监测值和超标时间'

export const leadContract = {
  'lead.create': command({
    summary: '登记一条超标线索',
    input: z
      .strictObject({
        ...leadFields,
        /** The branch that checks; of the district unless told. */
        unitId: line(36).optional(),
        fileIds: fileIds.default([]),
      })
      .superRefine((input, context) => {
        const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
        if (input.source === 'monitor' || input.source === 'platform') {
          for (const key of ['pollutant', 'value', 'exceededAt'] as const) {
            if (input[key] === undefined) fault(key, unknownTime)
          }
        } else if (input.text === undefined) fault('text', '请写明要查什么')
      }),
    output: leadView,
    example: {
      source: 'platform',
      firmName: '演示·铁西热力有限公司',
      districtCode: '210106',
      outlet: '1号锅炉废气排放口',
      pollutant: '氮氧化物',
      value: 152,
      limit: 100,
      measure: 'mg/m³',
      exceededAt: '2026-11-25T09:00:00+08:00',
    },
  }),
  'lead.import': command({
    summary: '从 Excel 导入超标线索：先试导入，全部没有问题才写入',
    input: z.strictObject({
      /** One's own upload, .xlsx. */
      fileId: id,
      /** Of lines that do not say theirs. */
      source: z.enum(leadSources).exclude(['tip']).optional(),
      /** Checks only and writes nothing. */
      isDryRun: z.boolean().default(true),
    }),
    output: excelRun,
    example: { fileId: someId, source: 'platform', isDryRun: true },
  }),
  'lead.send': command({
    summary: '移交属地分局核查（可以一次移交几条，全部移交或者都不移交）',
    input: z.strictObject({
      ids: z.array(id).min(1, '请选择线索').max(100, '一次最多移交100条').refine(isDistinct, '有重复的，请去掉'),
      /** Another branch than the one written down. */
      unitId: line(36).optional(),
    }),
    output: z.strictObject({ items: z.array(leadLine) }),
    example: { ids: [someId] },
  }),
  'lead.list': query({
    summary: '超标线索清单',
    input: z.strictObject({ ...filter, ...paging }),
    output: pageOf(leadLine),
    example: { scope: 'todo' },
  }),
  'lead.read': query({
    summary: '一条超标线索：移交、核查反馈、照片',
    input: z.strictObject({ id }),
    output: leadView,
    example: { id: someId },
  }),
  'lead.answer': command({
    summary: '反馈现场核查结果（至少一张现场照片）',
    input: z.strictObject({
      id,
      version: version.optional(),
      outcome: z.enum(leadOutcomes),
      text: prose(2000, 2),
      /** 现场监测结果. */
      measured: line(200).optional(),
      fileIds: fileIds.min(1, '请至少附一张现场照片'),
    }),
    output: leadView,
    example: {
      id: someId,
      outcome: 'confirmed',
      text: '现场核查时脱硝设施喷氨量不足，已责令立即改正。',
      measured: '氮氧化物 148 mg/m³',
      fileIds: [someId],
    },
  }),
  'lead.return': command({
    summary: '反馈不清楚，退回分局补充（期限不变）',
    input: z.strictObject({ id, version: version.optional(), text: prose(500, 2) }),
    output: leadView,
    example: { id: someId, text: '请补充现场监测数据。' },
  }),
  'lead.close': command({
    summary: '办结；还没有移交的，写明为什么不用移交',
    input: z.strictObject({ id, version: version.optional(), text: prose(500).optional() }),
    output: leadView,
    example: { id: someId },
  }),
  'lead.export': command({
    summary: '把筛选出的超标线索导出成 Excel',
    input: z.strictObject(filter),
    output: excelRun,
    example: { from: '2026-01-01', to: '2026-12-31' },
  }),
}
