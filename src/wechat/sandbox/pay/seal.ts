// APIv3's signatures and encryption by Node alone: the other side of the client is not to share its library.
import { constants, createCipheriv, type KeyObject, privateDecrypt, randomBytes, sign, verify } from 'node:crypto'

/** 每一行以换行符 \n 结束，包括最后一行 */
const lines = (...parts: readonly string[]) => Buffer.from(parts.map((part) => `${part}\n`).join(''))

export const newNonce = (bytes = 16): string => randomBytes(bytes).toString('hex')

export interface Sealed {
  readonly algorithm: 'AEAD_AES_256_GCM'
  readonly nonce: string
  readonly associated_data: string
  readonly ciphertext: string
}

export function seal(plain: string, apiV3Key: string, associated_data: string): Sealed {
  const nonce = newNonce(6)
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associated_data))
  const parts = [cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data, ciphertext: Buffer.concat(parts).toString('base64') }
}

/** Undefined where it was not encrypted for this key. */
export function openName(encrypted: string, privateKey: KeyObject): string | undefined {
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const bytes = Buffer.from(encrypted, 'base64')
    return privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, bytes).toString('utf8')
  } catch {
    return undefined
  }
}

/** The four headers of an answer or a notice. */
export function signedHeaders(body: string, serial: string, privateKey: KeyObject, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = newNonce()
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': serial,
    'Wechatpay-Signature': sign('sha256', lines(timestamp, nonce, body), privateKey).toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

export interface MerchantRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly authorization: string
  readonly body: string
}

export interface Merchant {
  readonly mchId: string
  readonly serial: string
  readonly publicKey: KeyObject
}

const AUTHORIZATION = /^WECHATPAY2-SHA256-RSA2048 (.+)$/
const MAX_SKEW_S = 300

/** Whether a request is the merchant's, and of now. */
export function isOfMerchant(request: MerchantRequest, merchant: Merchant): boolean {
  const [, list = ''] = AUTHORIZATION.exec(request.authorization) ?? []
  const given = Object.fromEntries([...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  const { mchid, serial_no: serial, timestamp = '', nonce_str: nonce = '', signature = '' } = given
  if (mchid !== merchant.mchId || serial !== merchant.serial || !/^\d{1,12}$/.test(timestamp) || nonce === '') {
    return false
  }
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > MAX_SKEW_S) return false
  const said = lines(request.method, request.url, timestamp, nonce, request.body)
  return verify('sha256', said, merchant.publicKey, Buffer.from(signature, 'base64'))
}
