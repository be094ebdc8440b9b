/** What anybody may tell of a violation (举报), and what they see of it afterwards. */
import { z } from 'zod'
import { fileIds as uploads, fileView } from '../files/contract.js'
import { claimView } from '../rewards/shapes.js'
import { command, date, districtCode, id, instant, line, prose, query } from '../wire.js'
import { point, state, tipNumber, violation } from './shapes.js'
import { findings } from './words.js'

const fileIds = uploads.default([])

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

export const informerContract = {
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
}
