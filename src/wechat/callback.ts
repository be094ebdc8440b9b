// What WeChat pushes to us: proves that a push comes from WeChat and reads the verdict on a picture. Pure functions.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type ContentVerdict, readVerdict, VerdictAnswer } from './contentVerdict.js'

/** The query WeChat adds to our push address; with `echostr` when the address is first registered. */
export interface PushQuery {
  readonly signature?: unknown
  readonly timestamp?: unknown
  readonly nonce?: unknown
}

/** In plain mode the signature does not cover the body: an old query must not carry a new one. */
const MAX_SKEW_S = 600

/** 将 token、timestamp、nonce 三个参数进行字典序排序，拼接成一个字符串进行 sha1 加密 */
export function pushSignature(token: string, timestamp: string, nonce: string): string {
  return createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
}

/** `now` in milliseconds. False for anything malformed, signed with another token or more than ten minutes off. */
export function verifyPush({ signature, timestamp, nonce }: PushQuery, token: string, now: number): boolean {
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string') return false
  if (token === '' || !/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{40}$/.test(signature)) return false
  const isRight = timingSafeEqual(Buffer.from(signature), Buffer.from(pushSignature(token, timestamp, nonce)))
  return isRight && Math.abs(now / 1000 - Number(timestamp)) <= MAX_SKEW_S
}

export type PushEvent =
  | { readonly kind: 'mediaCheck'; readonly appId: string; readonly traceId: string; readonly verdict: ContentVerdict }
  /** WeChat could not look at the file, as when it could not be fetched: a person has to. */
  | { readonly kind: 'mediaCheckFailed'; readonly appId: string; readonly traceId: string; readonly errcode: number }
  | { readonly kind: 'other' }

const AnyPush = z.object({ MsgType: z.string(), Event: z.string().optional() })
const MediaCheck = z.object({ appid: z.string().min(1), trace_id: z.string().min(1), errcode: z.number().default(0) })

/** Reads a push in plain JSON mode; undefined when it is not one. */
export function parsePush(body: unknown): PushEvent | undefined {
  const push = AnyPush.safeParse(body)
  if (!push.success) return undefined
  if (push.data.MsgType !== 'event' || push.data.Event !== 'wxa_media_check') return { kind: 'other' }
  const event = MediaCheck.safeParse(body)
  if (!event.success) return undefined
  const { appid: appId, trace_id: traceId, errcode } = event.data
  if (errcode !== 0) return { kind: 'mediaCheckFailed', appId, traceId, errcode }
  const verdict = VerdictAnswer.safeParse(body)
  return verdict.success ? { kind: 'mediaCheck', appId, traceId, verdict: readVerdict(verdict.data) } : undefined
}
