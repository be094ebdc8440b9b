/** Rewards for real-name informers (举报奖励): recognised, approved by two, claimed, paid once, and accounted for. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { tipNumber } from '../tips/shapes.js'
import { command, date, id, line, pageOf, paging, prose, query, version } from '../wire.js'
import { moneyContract } from './books/contract.js'
import { payoutContract } from './payout/contract.js'
import { reconciliationContract } from './reconciliation/contract.js'
import { ruleContract } from './rules/contract.js'
import { claimView, level, rewardFilter, rewardItem, rewardView } from './shapes.js'
import { channels } from './words.js'

const rewardId = '01970000-0000-7000-8000-000000000008'
const on = { id, version: version.optional() }
const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ ...on, ...fields }),
    output: rewardView,
    example: { id: rewardId, version: 1, ...example } as never,
  })

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
    input: z.strictObject({ ...rewardFilter, ...paging }),
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
    input: z.strictObject(rewardFilter),
    output: excelRun,
    example: {},
  }),
  ...ruleContract,
  ...payoutContract,
  ...moneyContract,
  ...reconciliationContract,
}
