/** What crosses the wire about rewards, for several contracts. */
import { z } from 'zod'
import { date, instant } from '../wire.js'
import { billStates, channels, rewardLevels, rewardStates } from './words.js'

/** A reward as its informer sees it. */
export const claimView = z.strictObject({
  state: z.enum(rewardStates),
  level: z.enum(rewardLevels),
  /** In fen. */
  amountFen: z.int(),
  /** The last day to claim it; null where that is over or not begun. */
  claimBy: date.nullable(),
  channel: z.enum(channels).nullable(),
  /** Ways of payment open now. */
  channels: z.array(z.enum(channels)),
  /** From this amount on WeChat compares the real name. */
  needsRealName: z.boolean(),
  payment: z
    .strictObject({
      state: z.enum(billStates),
      /** What wx.requestMerchantTransfer wants, while the informer has to confirm. */
      transfer: z.strictObject({ mchId: z.string(), appId: z.string(), package: z.string() }).nullable(),
      /** Plain words for a failure. */
      trouble: z.string().nullable(),
    })
    .nullable(),
  /** What else the informer has to know: why they wait for WeChat, or that the bank sent the money back. */
  trouble: z.string().nullable(),
  paidAt: instant.nullable(),
})
