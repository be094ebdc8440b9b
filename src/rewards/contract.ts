/** Rewards for real-name informers (举报奖励): recognised, approved by two, claimed, paid once, and accounted for. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { command, date, done, id, instant, line, pageOf, paging, prose, query, searchText, version } from '../wire.js'
import { tipNumber } from '../tips/shapes.js'
import { claimView } from './shapes.js'
import { billStates, channels, moneyKinds, rewardLevels, rewardStates } from './words.js'

const rewardId = '01970000-0000-7000-8000-000000000008'
const on = { id, version: version.optional() }
const state = z.enum(rewardStates)
const level = z.enum(rewardLevels)
/** At most 10,000,000 yuan: more is a slip of a digit. */
const fen = z.int().min(0).max(1_000_000_000, '金额太大，请核对')
const sum = z.int()

const rewardItem = z.strictObject({
  id,
  tip: z.strictObject({ id, number: z.string(), firmName: z.string() }),
  state,
  level,
  amountFen: fen,
  channel: z.enum(channels).nullable(),
  proposedOn: date,
  claimBy: date.nullable(),
  paidOn: date.nullable(),
  /** Why it does not go on, in plain words; null where nothing is wrong. */
  trouble: z.string().nullable(),
  version,
})

const rewardView = rewardItem.extend({
  reason: z.string(),
  facts: z.string().nullable(),
  decision: z.string().nullable(),
  handler: z.string(),
  approvals: z.array(z.strictObject({ by: z.string(), at: instant, text: z.string().nullable() })),
  rejectedReason: z.string().nullable(),
  payout: z
    .strictObject({
      outBillNo: z.string(),
      transferBillNo: z.string().nullable(),
      state: z.enum(billStates),
      sentAt: instant.nullable(),
      lookedAt: instant.nullable(),
      failReason: z.string().nullable(),
    })
    .nullable(),
  bank: z
    .strictObject({
      paidOn: date.nullable(),
      voucher: z.string().nullable(),
      by: z.string().nullable(),
      confirmedBy: z.string().nullable(),
    })
    .nullable(),
  timeline: z.array(z.strictObject({ id, verb: z.string(), at: instant, by: z.string(), text: z.string().nullable() })),
  can: z.array(z.string()),
})

const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ ...on, ...fields }),
    output: rewardView,
    example: { id: rewardId, version: 1, ...example } as never,
  })

const rules = z.strictObject({
  levels: z
    .array(z.strictObject({ level, amountFen: fen.nullable(), confirmed: z.boolean(), note: line(200, 0) }))
    .length(3, '三个等级都要写'),
  claimDays: z.int().min(1).max(365),
  /** In working days, or in days of the calendar. */
  claimUnit: z.enum(['workday', 'day']),
  dailyTotalFen: fen,
  dailyCount: z.int().min(0).max(1_000_000),
  perPersonDailyFen: fen,
  lowBalanceFen: fen,
  confirmed: z.boolean(),
  note: line(500),
})

const filter = {
  states: z.array(state).optional(),
  level: level.optional(),
  /** Only those that wait for the reader's own word. */
  awaitsMe: z.boolean().optional(),
  hasTrouble: z.boolean().optional(),
  from: date.optional(),
  to: date.optional(),
  q: searchText.optional(),
}

export const rewardContract = {
  'reward.candidates': query({
    summary: '查实的实名举报，还没有认定奖励的',
    input: z.strictObject({ ...paging }),
    output: pageOf(
      z.strictObject({
        tipId: id,
        number: z.string(),
        firmName: z.string(),
        concludedOn: date,
        decision: z.string().nullable(),
        /** Why it cannot be rewarded; null where it can. */
        obstacle: z.string().nullable(),
      }),
    ),
    example: {},
  }),
  'reward.propose': command({
    summary: '认定奖励等级，报两人审批',
    input: z.strictObject({ tipId: id, level, reason: prose(1000, 2) }),
    output: rewardView,
    example: { tipId: rewardId, level: 'general', reason: '举报属实，已立案处罚，首报。' },
  }),
  'reward.list': query({
    summary: '奖励清单；发给谁不在里面',
    input: z.strictObject({ ...filter, ...paging }),
    output: pageOf(rewardItem),
    example: { states: ['proposed'] },
  }),
  'reward.read': query({
    summary: '一笔奖励',
    input: z.strictObject({ id }),
    output: rewardView,
    example: { id: rewardId },
  }),
  'reward.approve': act('同意发放', { text: prose(500).optional() }, {}),
  'reward.reject': act('不同意', { reason: prose(500, 2) }, { reason: '等级偏高，请按一般认定。' }),
  'reward.withdraw': act('经办人撤回', { reason: prose(500, 2) }, { reason: '重新认定等级。' }),
  'reward.claim': command({
    summary: '本人领取奖励',
    input: z.strictObject({
      number: tipNumber,
      channel: z.enum(channels),
      /** For the bank. */
      bank: z
        .strictObject({
          account: z
            .string()
            .trim()
            .regex(/^\d{12,19}$/, '银行卡号是12到19位数字，请核对'),
          bankName: line(60, 4),
        })
        .optional(),
    }),
    output: claimView,
    example: { number: 'JB20261126-K7M4Q', channel: 'wechat' },
  }),
  'reward.decline': command({
    summary: '本人放弃奖励',
    input: z.strictObject({ number: tipNumber }),
    output: claimView,
    example: { number: 'JB20261126-K7M4Q' },
  }),
  'reward.checkPayment': command({
    summary: '手机上收款以后，问一次微信支付',
    input: z.strictObject({ number: tipNumber }),
    output: claimView,
    example: { number: 'JB20261126-K7M4Q' },
  }),
  'reward.payBank': act(
    '登记银行转账',
    { paidOn: date, voucher: line(60, 2).describe('凭证号') },
    { paidOn: '2026-11-26', voucher: 'YH20261126001' },
  ),
  'reward.confirmBank': act('第二人核对银行转账', {}, {}),
  'reward.returnBank': act('银行退回，重新转', { reason: prose(500, 2) }, { reason: '账号与户名不符。' }),
  'reward.cancelPayout': act('撤销还没有收款的微信转账', { reason: prose(500, 2) }, { reason: '本人要求改走银行。' }),
  'reward.export': command({
    summary: '导出奖励台账；发给谁不在里面',
    input: z.strictObject(filter),
    output: excelRun,
    example: {},
  }),
  'reward.rules': query({
    summary: '奖励标准和发放限额',
    input: z.strictObject({}),
    output: rules.extend({ version, can: z.array(z.string()) }),
    example: {},
  }),
  'reward.saveRules': command({
    summary: '修改奖励标准和发放限额',
    input: rules.extend({ version }),
    output: rules.extend({ version, can: z.array(z.string()) }),
    example: {
      levels: [
        { level: 'major', amountFen: 500000, confirmed: false, note: '待市局确认' },
        { level: 'large', amountFen: 200000, confirmed: false, note: '待市局确认' },
        { level: 'general', amountFen: 50000, confirmed: false, note: '待市局确认' },
      ],
      claimDays: 60,
      claimUnit: 'day',
      dailyTotalFen: 5000000,
      dailyCount: 100,
      perPersonDailyFen: 500000,
      lowBalanceFen: 1000000,
      confirmed: false,
      note: '待市局确认',
      version: 1,
    },
  }),
  'payout.status': query({
    summary: '发放开关、账户余额、今天已发',
    input: z.strictObject({}),
    output: z.strictObject({
      isSetUp: z.boolean().describe('微信支付是否已开通'),
      isStopped: z.boolean(),
      stoppedBy: z.string().nullable(),
      stoppedAt: instant.nullable(),
      reason: z.string().nullable(),
      /** Null: not known yet. */
      balanceFen: z.int().nullable(),
      balanceAt: instant.nullable(),
      isLow: z.boolean(),
      todayFen: sum,
      todayCount: z.int(),
      unfinished: z.int(),
      can: z.array(z.string()),
    }),
    example: {},
  }),
  'payout.stop': command({
    summary: '停止一切微信发放',
    input: z.strictObject({ reason: prose(200, 2) }),
    output: done,
    example: { reason: '账户异常，先停。' },
  }),
  'payout.resume': command({
    summary: '恢复发放',
    input: z.strictObject({ reason: prose(200, 2) }),
    output: done,
    example: { reason: '已核对。' },
  }),
  'money.list': query({
    summary: '资金台账',
    input: z.strictObject({
      from: date.optional(),
      to: date.optional(),
      kind: z.enum(moneyKinds).optional(),
      ...paging,
    }),
    output: pageOf(
      z.strictObject({
        id,
        on: date,
        at: instant,
        kind: z.enum(moneyKinds),
        amountFen: z.int(),
        channel: z.enum(channels).nullable(),
        /** WeChat's bill, or the bank's voucher. */
        reference: z.string().nullable(),
        rewardId: id,
        tipNumber: z.string(),
      }),
    ),
    example: {},
  }),
  'money.totals': query({
    summary: '批准、已付、占用、释放各多少',
    input: z.strictObject({ year: z.int().min(2020).max(2100).optional() }),
    output: z.strictObject({
      reservedFen: sum,
      paidFen: sum,
      releasedFen: sum,
      /** Approved and neither paid nor released. */
      openFen: sum,
      rewards: z.int(),
      paid: z.int(),
    }),
    example: {},
  }),
  'reconciliation.list': query({
    summary: '每日对账',
    input: z.strictObject({ onlyDifferent: z.boolean().optional(), ...paging }),
    output: pageOf(
      z.strictObject({
        id,
        on: date,
        at: instant,
        bills: z.int(),
        oursFen: z.int(),
        theirsFen: z.int(),
        differences: z.int(),
        settled: z.int(),
        isEqual: z.boolean(),
        version,
      }),
    ),
    example: {},
  }),
  'reconciliation.read': query({
    summary: '一天的对账：每一笔不符',
    input: z.strictObject({ id }),
    output: z.strictObject({
      id,
      on: date,
      at: instant,
      bills: z.int(),
      oursFen: z.int(),
      theirsFen: z.int(),
      isEqual: z.boolean(),
      lines: z.array(
        z.strictObject({
          key: z.string(),
          rewardId: id.nullable(),
          tipNumber: z.string().nullable(),
          reference: z.string().nullable(),
          ours: z.string(),
          theirs: z.string(),
          oursFen: z.int(),
          theirsFen: z.int(),
          note: z.string().nullable(),
          settledBy: z.string().nullable(),
        }),
      ),
      version,
      can: z.array(z.string()),
    }),
    example: { id: rewardId },
  }),
  'reconciliation.settle': command({
    summary: '说明一笔不符',
    input: z.strictObject({ id, version: version.optional(), key: line(80), note: prose(500, 2) }),
    output: done,
    example: { id: rewardId, key: '0193', note: '微信侧晚到账，次日已平。' },
  }),
}
