/** Payouts by WeChat altogether: the switch, the balance, what went out today. */
import { z } from 'zod'
import { command, done, instant, prose, query } from '../../wire.js'

export const payoutContract = {
  'payout.status': query({
    summary: '发放开关、账户余额、今天已发',
    input: z.strictObject({}),
    output: z.strictObject({
      isSetUp: z.boolean().describe('微信支付是否已开通'),
      isStopped: z.boolean(),
      stoppedBy: z.string().nullable(),
      stoppedAt: instant.nullable(),
      reason: z.string().nullable(),
      /** Null: not known yet, or the reader is no reward handler. */
      balanceFen: z.int().nullable(),
      balanceAt: instant.nullable(),
      isLow: z.boolean(),
      /** Sent today; null for whoever is no reward handler. */
      today: z.strictObject({ fen: z.int(), count: z.int() }).nullable(),
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
}
