/** What a reward looks like on the wire: to its informer, to staff, as a line of a list, and by what lists are filtered. */
import { z } from 'zod'
import { date, id, instant, searchText, version } from '../wire.js'
import { billStates, channels, rewardLevels, rewardStates } from './words.js'

const state = z.enum(rewardStates)
export const level = z.enum(rewardLevels)
/** At most 10,000,000 yuan: more is a slip of a digit. */
export const fen = z.int().min(0).max(1_000_000_000, '金额太大，请核对')

/** A reward as its informer sees it. */
export const claimView = z.strictObject({
  state,
  level,
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
  paidOn: date.nullable(),
})

export const rewardItem = z.strictObject({
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

export const rewardView = rewardItem.extend({
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
      sentOn: date.nullable(),
      lookedOn: date.nullable(),
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

export const rewardFilter = {
  states: z.array(state).optional(),
  level: level.optional(),
  /** Only those that wait for the reader's own word. */
  awaitsMe: z.boolean().optional(),
  hasTrouble: z.boolean().optional(),
  from: date.optional(),
  to: date.optional(),
  q: searchText.optional(),
}
