// APIv3's signatures and encryption once more, by Node alone and from the specification, to hold against the product and its library.
import {
  constants,
  createDecipheriv,
  createSign,
  createVerify,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'

const { RSA_PKCS1_OAEP_PADDING } = constants

/** HTTP请求方法\nURL\n请求时间戳\n请求随机串\n请求报文主体\n */
export const requestText = (method: string, url: string, timestamp: string, nonce: string, body: string): string =>
  method + '\n' + url + '\n' + timestamp + '\n' + nonce + '\n' + body + '\n'

/** 应答时间戳\n应答随机串\n应答报文主体\n */
export const answerText = (timestamp: string, nonce: string, body: string): string =>
  timestamp + '\n' + nonce + '\n' + body + '\n'

/** SHA256 with RSA, Base64 */
export const signed = (text: string, key: KeyObject): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(key).toString('base64')

export const isSigned = (text: string, signature: string, key: KeyObject): boolean =>
  createVerify('RSA-SHA256').update(text, 'utf8').verify(key, Buffer.from(signature, 'base64'))

/** `WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",…` as a record. */
export function authorizationParts(header: string): Record<string, string> {
  const [scheme, ...rest] = header.split(' ')
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048') throw new Error(`another scheme: ${scheme}`)
  const pairs = rest.join(' ').split('",')
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('="')
      return [pair.slice(0, at), pair.slice(at + 2).replace(/"$/, '')]
    }),
  )
}

/** AEAD_AES_256_GCM: the last 16 bytes are the tag. */
export function opened(ciphertext: string, key: string, nonce: string, aad: string): string {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce))
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(bytes.subarray(bytes.length - 16))
  return decipher.update(bytes.subarray(0, bytes.length - 16), undefined, 'utf8') + decipher.final('utf8')
}

/** RSAES-OAEP with SHA-1 */
export const openedName = (encrypted: string, key: KeyObject): string =>
  privateDecrypt(
    { key, padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(encrypted, 'base64'),
  ).toString()

export const sealedName = (name: string, key: KeyObject): string =>
  publicEncrypt({ key, padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.from(name)).toString('base64')
