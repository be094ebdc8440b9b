/**
 * The keys that WeChat Pay signs with and that we encrypt with: its certificates, fetched and renewed, or its public key.
 *
 * 平台证书切换公钥期间，应答与请求的 Wechatpay-Serial 一致，而回调两种都有: with a public key, certificates are fetched
 * only when something is signed by one. https://developers.weixin.qq.com/community/develop/doc/0004e8c40b09182972936db6d69400
 */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { Aes } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { Exchange } from './exchange.js'
import { answeredError, doubtful, PayError } from './problems.js'
import { isFresh, isSignedBy, signatureIn } from './signature.js'

const PATH = 'v3/certificates'
// 定时调用，间隔应小于12小时 https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter7_1_3.shtml
const RENEW_MS = 11 * 3_600_000
/** Serials that nobody knows must not make us ask again and again. */
const APART_MS = 60_000

export interface PlatformKey {
  /** A certificate's serial number, or `PUB_KEY_ID_…`. */
  readonly serial: string
  readonly key: KeyObject
}

export interface PlatformKeys {
  /** To encrypt with, and to be answered by. @throws PayError */
  current(): Promise<PlatformKey>
  /** The key that signed; asks for certificates when it is a new one. */
  find(serial: string): Promise<KeyObject | undefined>
}

export interface PlatformKeysOptions {
  readonly exchange: Exchange
  readonly apiV3Key: string
  readonly publicKey?: PlatformKey
  /** Milliseconds from any beginning, by a clock that nobody can set. */
  readonly now: () => number
}

const Answer = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string().regex(/^[0-9A-F]{8,64}$/i),
        effective_time: z.string(),
        expire_time: z.string(),
        encrypt_certificate: z.object({
          algorithm: z.literal('AEAD_AES_256_GCM'),
          nonce: z.string(),
          associated_data: z.string(),
          ciphertext: z.string(),
        }),
      }),
    )
    .min(1),
})

interface Certificate extends PlatformKey {
  readonly expiresAt: number
}

export function keepPlatformKeys({ exchange, apiV3Key, publicKey, now }: PlatformKeysOptions): PlatformKeys {
  let certificates: readonly Certificate[] = []
  let fetchedAt = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  let underway: Promise<void> | undefined

  async function fetch(): Promise<void> {
    triedAt = now()
    const { status, headers, body } = await exchange.send({ method: 'get', path: PATH, serial: publicKey?.serial })
    const text = body.toString('utf8')
    if (status !== 200) throw answeredError(PATH, status, text)
    const found = opened(text, apiV3Key)
    const signature = signatureIn(headers)
    const signer = [...found, ...(publicKey ? [publicKey] : [])].find(({ serial }) => serial === signature?.serial)
    // It is signed by one of the certificates in it, which could be sealed only with the key we share.
    if (!signature || !signer || !isFresh(signature, Date.now()) || !isSignedBy(signer.key, signature, text)) {
      throw doubtful(PATH, '平台证书的签名不对')
    }
    certificates = found
    fetchedAt = now()
  }

  const fetchOnce = () =>
    (underway ??= fetch().finally(() => {
      underway = undefined
    }))

  const valid = () => certificates.filter(({ expiresAt }) => expiresAt > Date.now())

  return {
    async current() {
      if (publicKey) return publicKey
      const isDue = now() - fetchedAt > RENEW_MS && now() - triedAt > APART_MS
      if (isDue || valid().length === 0) {
        await fetchOnce().catch((error: unknown) => {
          if (valid().length === 0) throw error
        })
      }
      // 敏感信息加密时，建议使用最新的平台证书（即证书有效期较大的证书）
      const newest = valid().reduce<Certificate | undefined>(
        (best, one) => (best && best.expiresAt >= one.expiresAt ? best : one),
        undefined,
      )
      if (!newest) throw new PayError({ kind: 'misconfigured', meaning: '没有有效的平台证书', path: PATH })
      return newest
    },
    async find(serial) {
      const known = () => [...(publicKey ? [publicKey] : []), ...valid()].find((one) => one.serial === serial)?.key
      // A public key is never told of by WeChat: what is not configured is not known.
      if (known() || serial.startsWith('PUB_KEY_ID_')) return known()
      if (underway || now() - triedAt > APART_MS) await fetchOnce().catch(() => undefined)
      return known()
    },
  }
}

function opened(text: string, apiV3Key: string): Certificate[] {
  try {
    const { data } = Answer.parse(JSON.parse(text))
    return data.map(({ serial_no: serial, expire_time, encrypt_certificate: sealed }) => {
      const pem = Aes.AesGcm.decrypt(sealed.ciphertext, apiV3Key, sealed.nonce, sealed.associated_data)
      const expiresAt = Date.parse(expire_time)
      if (Number.isNaN(expiresAt)) throw new TypeError('no instant')
      return { serial, key: new X509Certificate(pem).publicKey, expiresAt }
    })
  } catch {
    throw doubtful(PATH, '平台证书无法读取，请核对 APIv3 密钥')
  }
}
