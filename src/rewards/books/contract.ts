/** The ledger of money (资金台账). */
import { z } from 'zod'
import { date, id, instant, pageOf, paging, query } from '../../wire.js'
import { channels, moneyKinds } from '../words.js'

export const moneyContract = {
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
      reservedFen: z.int(),
      paidFen: z.int(),
      releasedFen: z.int(),
      /** Approved and neither paid nor released. */
      openFen: z.int(),
      rewards: z.int(),
      paid: z.int(),
    }),
    example: {},
  }),
}
