/** Tips about violations (举报): what anybody may tell, and what the enforcement team does with it. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds as uploads } from '../files/contract.js'
import { command, date, districtCode, id, instant, line, pageOf, paging, prose, query, version } from '../wire.js'
import { informerContract } from './informerContract.js'
import { state, tipFilter, tipItem, tipView } from './shapes.js'
import { decisions, findings } from './words.js'

const tipId = '01970000-0000-7000-8000-000000000007'
const on = { id, version: version.optional() }
const fileIds = uploads.default([])
const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ ...on, ...fields }),
    output: tipView,
    example: { id: tipId, version: 1, ...example } as never,
  })

export const tipContract = {
  ...informerContract,
  'tip.list': query({
    summary: '举报清单',
    mayCarryBody: true,
    input: z.strictObject({ ...tipFilter, ...paging }),
    output: pageOf(tipItem),
    example: { states: ['received'] },
  }),
  'tip.counts': query({
    summary: '举报各有几件',
    input: z.strictObject({}),
    output: z.strictObject({
      received: z.int(),
      accepted: z.int(),
      verified: z.int(),
      overdue: z.int(),
      priority: z.int(),
    }),
    example: {},
  }),
  'tip.read': query({
    summary: '一件举报；谁举报的不在里面',
    input: z.strictObject({ id }),
    output: tipView,
    example: { id: tipId },
  }),
  'tip.accept': act('受理', { text: prose(500).optional() }, {}),
  'tip.refuse': act(
    '不予受理，写明依据和理由',
    { basis: line(200, 2), reason: prose(1000, 2) },
    { basis: '《信访工作条例》', reason: '反映的事项不属于生态环境部门职责。' },
  ),
  'tip.transfer': act(
    '移送有管辖权的机关',
    { to: line(100, 2).describe('移送到哪个机关'), reason: prose(1000, 2) },
    { to: '沈阳市城市管理综合行政执法局', reason: '油烟扰民归该机关管辖。' },
  ),
  'tip.assign': act('换承办人', { postId: id }, { postId: tipId }),
  'tip.note': act('内部记录，举报人看不到', { text: prose(2000, 2), fileIds }, { text: '已联系属地分局夜间监测。' }),
  'tip.reply': act('告诉举报人一句话', { text: prose(1000, 2) }, { text: '已安排夜间检查。' }),
  'tip.check': act(
    '请属地分局现场核查：分局收到的是一条线索，看不到举报',
    {
      text: prose(1000, 5).describe('请分局查什么：不提举报'),
      /** Where the tip does not say. */
      districtCode: districtCode.optional(),
    },
    { text: '请夜间查看喷漆工序和废气治理设施是否运行。' },
  ),
  'tip.verify': act(
    '查证结果',
    {
      finding: z.enum(findings),
      facts: prose(3000, 2),
      fileIds,
      /** The earlier tip that told the same. */
      sameMatterAs: id.optional(),
    },
    { finding: 'true', facts: '夜间现场检查，废气治理设施未运行。' },
  ),
  'tip.conclude': act(
    '办结，回复举报人',
    {
      decision: z.enum(decisions),
      decisionNumber: line(60).optional(),
      decidedOn: date.optional(),
      penaltyFen: z.int().min(0).max(2_000_000_000, '请填写以分为单位的金额').optional(),
      reply: prose(2000, 2),
    },
    { decision: 'penalty', decisionNumber: '沈环罚〔2026〕1号', reply: '经查属实，已立案处罚。' },
  ),
  'tip.markPriority': act(
    '列入或移出重点信访事项清单',
    { isPriority: z.boolean(), reason: prose(500, 2) },
    { isPriority: true, reason: '三个月内五人次反映。' },
  ),
  'tip.warnings': query({
    summary: '多次被举报的单位',
    input: z.strictObject({}),
    output: z.strictObject({
      /** So many within so many days. */
      at: z.int(),
      days: z.int(),
      items: z.array(
        z.strictObject({
          firmName: z.string(),
          creditCode: z.string().nullable(),
          count: z.int(),
          latestOn: date,
          tips: z.array(z.strictObject({ id, number: z.string(), state, submittedOn: date })),
        }),
      ),
    }),
    example: {},
  }),
  'tip.export': command({
    summary: '导出举报清单；谁举报的不在里面',
    input: z.strictObject(tipFilter),
    output: excelRun,
    example: { isPriority: true },
  }),
  'tip.identity': command({
    summary: '查看是谁举报的：每次都记录在案',
    input: z.strictObject({ id, reason: prose(200, 2) }),
    output: z.strictObject({
      name: z.string(),
      phone: z.string().nullable(),
      idNumber: z.string().nullable(),
      bank: z.strictObject({ holder: z.string(), account: z.string(), bankName: z.string() }).nullable(),
      /** Has a WeChat user to pay to. */
      hasWechat: z.boolean(),
    }),
    example: { id: tipId, reason: '核对领奖人身份' },
  }),
  'tip.looks': query({
    summary: '谁在什么时候看过举报人信息',
    input: z.strictObject({ id: id.optional(), ...paging }),
    output: pageOf(z.strictObject({ id, number: z.string(), by: z.string(), at: instant, reason: z.string() })),
    example: {},
  }),
}
