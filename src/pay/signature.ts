// What WeChat Pay signs: its answers and its notices, in the same four headers.
import type { KeyObject } from 'node:crypto'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'

/** 时间戳与当前时间相差超过 5 分钟的应拒绝 */
const MAX_SKEW_S = 300

export type Headers = Readonly<Record<string, unknown>>

export interface Signature {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: string
}

/** Undefined where any of the four is missing or malformed. */
export function signatureIn(headers: Headers): Signature | undefined {
  const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const read = (name: string, shape: RegExp) => {
    const value = all[`wechatpay-${name}`]
    return typeof value === 'string' && shape.test(value) ? value : undefined
  }
  const timestamp = read('timestamp', /^\d{1,12}$/)
  const nonce = read('nonce', /^[\x21-\x7e]{1,128}$/)
  const serial = read('serial', /^\w{1,64}$/)
  // Long enough for a probe (WECHATPAY/SIGNTEST/…), which then fails as it should.
  const signature = read('signature', /^[\x21-\x7e]{1,2048}$/)
  return timestamp && nonce && serial && signature ? { timestamp, nonce, serial, signature } : undefined
}

export function isFresh({ timestamp }: Signature, nowMs: number): boolean {
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= MAX_SKEW_S
}

export function isSignedBy(key: KeyObject, { timestamp, nonce, signature }: Signature, body: string): boolean {
  return Rsa.verify(Formatter.response(timestamp, nonce, body), signature, key)
}
