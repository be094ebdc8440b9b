/** Tips about violations (举报): what anybody may tell, and what the enforcement team does with it. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds as uploads, fileView } from '../files/contract.js'
import { unitName } from '../people/contract.js'
import { claimView } from '../rewards/shapes.js'
import {
  command,
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
import { tipNumber } from './shapes.js'
import { decisions, findings, tipStates, violations } from './words.js'

const tipId = '01970000-0000-7000-8000-000000000007'
const on = { id, version: version.optional() }
const fileIds = uploads.default([])
const state = z.enum(tipStates)
const violation = z.enum(violations)

/** A point on the map, where the informer chose one. */
const point = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: line(100).optional(),
})

/** The code is shown this once. */
const code = z.string().trim().toUpperCase().min(8, '查询码不对，请照回执填写').max(40, '查询码不对，请照回执填写')
/** The informer's way to their tip: by the receipt, or, logged in and by name, by the number alone. */
const receipt = { number: tipNumber, code: code.optional() }

const step = z.strictObject({
  id,
  verb: z.string(),
  at: instant,
  /** What was said to the informer, or by them; null where the step says it all. */
  text: z.string().nullable(),
  isOwn: z.boolean().describe('举报人自己补充的'),
  files: z.array(fileView),
})

/** A tip as its informer sees it. */
const progress = z.strictObject({
  number: z.string(),
  state,
  violation,
  firmName: z.string(),
  submittedOn: date,
  isNamed: z.boolean(),
  wantsReward: z.boolean(),
  /** The last day to be told whether it is accepted; null once that is said. */
  acceptBy: date.nullable(),
  /** The last day to conclude; null before acceptance and once it is over. */
  concludeBy: date.nullable(),
  isProvisional: z.boolean(),
  finding: z.enum(findings).nullable(),
  reply: z.string().nullable(),
  steps: z.array(step),
  reward: claimView.nullable(),
  mayAdd: z.boolean(),
})

const tipItem = z.strictObject({
  id,
  number: z.string(),
  state,
  violation,
  firmName: z.string(),
  districtCode: z.string().nullable(),
  submittedOn: date,
  /** The day that counts now: acceptance or conclusion; null when it is over. */
  dueOn: date.nullable(),
  isLate: z.boolean(),
  isProvisional: z.boolean(),
  isNamed: z.boolean(),
  wantsReward: z.boolean(),
  isPriority: z.boolean(),
  handler: z.string().nullable().describe('承办人'),
  unit: unitName.nullable(),
  version,
})

const entry = z.strictObject({
  id,
  verb: z.string(),
  at: instant,
  /** The official's name; 「举报人」 for the informer. */
  by: z.string(),
  text: z.string().nullable(),
  files: z.array(fileView),
})

const tipView = tipItem.extend({
  creditCode: z.string().nullable(),
  address: z.string().nullable(),
  point: point.nullable(),
  happened: z.string().nullable(),
  text: z.string(),
  files: z.array(fileView),
  acceptBy: date,
  concludeBy: date.nullable(),
  finding: z.enum(findings).nullable(),
  facts: z.string().nullable(),
  decision: z.enum(decisions).nullable(),
  decisionNumber: z.string().nullable(),
  decidedOn: date.nullable(),
  penaltyFen: z.int().nullable(),
  reply: z.string().nullable(),
  /** Earlier tips on the same firm. */
  others: z.array(z.strictObject({ id, number: z.string(), state, submittedOn: date })),
  /** The tip that told the same matter first, as the handler found. */
  sameMatterAs: z.strictObject({ id, number: z.string() }).nullable(),
  priorityReason: z.string().nullable(),
  timeline: z.array(entry),
  rewardId: id.nullable(),
  can: z.array(z.string()),
})

const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ ...on, ...fields }),
    output: tipView,
    example: { id: tipId, version: 1, ...example } as never,
  })

const filter = {
  states: z.array(state).optional(),
  due: z.enum(['soon', 'overdue']).optional(),
  violation: violation.optional(),
  districtCode: districtCode.optional(),
  isPriority: z.boolean().optional(),
  /** Only those a reward was wanted for. */
  wantsReward: z.boolean().optional(),
  mine: z.boolean().optional().describe('只看我承办的'),
  from: date.optional(),
  to: date.optional(),
  /** Number, or the beginning of the firm's name. */
  q: searchText.optional(),
}

export const tipContract = {
  'tip.submit': command({
    summary: '举报环境违法行为，可以不留姓名',
    input: z.strictObject({
      firmName: line(100, 2).describe('被举报的单位，不知道名称就写门牌、招牌或特征'),
      creditCode: z.string().trim().length(18, '统一社会信用代码是18位').optional(),
      districtCode: districtCode.optional(),
      address: line(200).optional(),
      point: point.optional(),
      violation,
      happened: line(100).optional().describe('什么时候：如 11月20日晚10点，每天夜里'),
      text: prose(3000, 5),
      fileIds,
      /** By name; left out, nothing of the person is kept. */
      informer: z
        .strictObject({
          name: line(40, 2),
          phone: line(20).optional(),
          idNumber: line(18).optional().describe('要奖励时必填，用来核对本人'),
          /** The informer tapped 允许 for `messageTemplateId` in WeChat: one neutral message may be sent. */
          mayMessage: z.boolean().default(false),
        })
        .optional(),
      wantsReward: z.boolean().default(false),
    }),
    output: z.strictObject({
      number: z.string(),
      /** Shown once: with it the informer finds their tip again. */
      code: z.string(),
      submittedOn: date,
      acceptBy: date,
      isProvisional: z.boolean(),
      isNamed: z.boolean(),
    }),
    example: {
      firmName: '某喷涂厂',
      districtCode: '210106',
      violation: 'air',
      happened: '每天夜里10点以后',
      text: '夜里开窗喷漆，不开废气设备，味道很大。',
    },
  }),
  'tip.settings': query({
    summary: '举报须知：时限、奖励条件，哪些待市局确认',
    input: z.strictObject({}),
    output: z.strictObject({
      acceptWorkdays: z.int(),
      concludeDays: z.int(),
      /** What nobody has confirmed yet, in plain words. */
      notes: z.array(z.string()),
      /** What wx.requestSubscribeMessage is called with; the answer goes with `tip.submit`, never to `notice.grant`. */
      messageTemplateId: z.string().nullable(),
    }),
    example: {},
  }),
  'tip.track': query({
    summary: '凭编号和查询码看进度',
    mayCarryBody: true,
    input: z.strictObject(receipt),
    output: progress,
    example: { number: 'JB20261126-K7M4Q', code: 'ABCD-EFGH-JKLM' },
  }),
  'tip.add': command({
    summary: '补充情况或照片',
    input: z.strictObject({ ...receipt, text: prose(3000, 2), fileIds }),
    output: progress,
    example: { number: 'JB20261126-K7M4Q', code: 'ABCD-EFGH-JKLM', text: '昨天夜里又排了一次。' },
  }),
  'tip.mine': query({
    summary: '我实名举报的',
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(progress.omit({ steps: true })) }),
    example: {},
  }),
  'tip.list': query({
    summary: '举报清单',
    mayCarryBody: true,
    input: z.strictObject({ ...filter, ...paging }),
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
    input: z.strictObject(filter),
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
