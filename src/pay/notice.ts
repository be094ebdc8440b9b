/**
 * 商家转账回调通知: proves that a notice comes from WeChat Pay, and reads it. That it comes once is for whoever keeps its `id`.
 *
 * https://pay.weixin.qq.com/docs/merchant/apis/batch-transfer-to-balance/callback-notice.html
 */
import { Aes } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import { type Bill, ToldBill, toldBill } from './bill.js'
import type { PlatformKeys } from './platformKeys.js'
import { type Headers, isFresh, isSignedBy, signatureIn } from './signature.js'

export interface PayNotice {
  /** The same for every repetition. */
  id: string
  eventType: string
  createdAt: Date
  bill: Bill & { mchId: string }
}

export type NoticeFault = 'unsigned' | 'stale' | 'unknownSerial' | 'forged' | 'unreadable' | 'otherEvent'

export class PayNoticeRefused extends Error {
  constructor(readonly reason: NoticeFault) {
    super(`a notice of WeChat Pay is refused: ${reason}`)
    this.name = 'PayNoticeRefused'
  }
}

const Notice = z.object({
  id: z.string().min(1).max(64),
  create_time: z.string(),
  resource_type: z.literal('encrypt-resource'),
  event_type: z.string().min(1).max(64),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    original_type: z.string().optional(),
    associated_data: z.string().nullish(),
    nonce: z.string().min(1),
    ciphertext: z.string().min(24),
  }),
})

export const FINISHED = 'MCHTRANSFER.BILL.FINISHED'

/** @throws PayNoticeRefused */
export async function readNotice(
  keys: PlatformKeys,
  apiV3Key: string,
  headers: Headers,
  rawBody: string,
  now: Date,
): Promise<PayNotice> {
  const signature = signatureIn(headers)
  if (!signature) throw new PayNoticeRefused('unsigned')
  if (!isFresh(signature, now.getTime())) throw new PayNoticeRefused('stale')
  const key = await keys.find(signature.serial)
  if (!key) throw new PayNoticeRefused('unknownSerial')
  if (!isSignedBy(key, signature, rawBody)) throw new PayNoticeRefused('forged')
  const notice = Notice.safeParse(jsonIn(rawBody))
  if (!notice.success) throw new PayNoticeRefused('unreadable')
  const { id, create_time, event_type: eventType, resource } = notice.data
  if (eventType !== FINISHED) throw new PayNoticeRefused('otherEvent')
  const told = ToldBill.safeParse(jsonIn(openedText(resource, apiV3Key)))
  const createdAt = new Date(create_time)
  if (!told.success || Number.isNaN(createdAt.getTime())) throw new PayNoticeRefused('unreadable')
  return { id, eventType, createdAt, bill: { ...toldBill(told.data), mchId: told.data.mch_id } }
}

function openedText({ ciphertext, nonce, associated_data }: z.output<typeof Notice>['resource'], key: string): string {
  try {
    return Aes.AesGcm.decrypt(ciphertext, key, nonce, associated_data ?? '')
  } catch {
    throw new PayNoticeRefused('unreadable')
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
