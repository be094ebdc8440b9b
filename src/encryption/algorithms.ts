/** The ways a value may be sealed, in one table; each value names its own, so that a new way never loses old values. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { keptWith } from './keptWith.js'

/** Keys are 32 bytes everywhere; each algorithm derives what it needs from them. */
export const KEY_BYTES = 32

interface Algorithm {
  /** Stands in every sealed value; the short ids differ even without regard to case, as SQLite's LIKE does. */
  shortId: string
  encrypt: (key: Buffer, plain: Buffer, bound: Buffer) => Buffer
  /** Undefined when the value, its header or its context is not what was sealed. */
  decrypt: (key: Buffer, payload: Buffer, bound: Buffer) => Buffer | undefined
}

const table = {
  // NIST SP 800-38D: 96-bit nonce, 128-bit tag. Payload: nonce, ciphertext, tag.
  'aes-256-gcm': {
    shortId: 'gcm',
    encrypt(key, plain, bound) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', gcmKey(key), nonce).setAAD(bound)
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    decrypt(key, payload, bound) {
      if (payload.length < 12 + 16) return undefined
      const decipher = createDecipheriv('aes-256-gcm', gcmKey(key), payload.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(bound).setAuthTag(payload.subarray(-16))
      const plain = decipher.update(payload.subarray(12, -16))
      try {
        return Buffer.concat([plain, decipher.final()])
      } catch {
        return undefined
      }
    },
  },
  // GB/T 32907 (SM4) in CBC, then GB/T 32905 (SM3) as HMAC over everything: encrypt-then-MAC. Payload: iv, ciphertext, tag.
  'sm4-cbc+hmac-sm3': {
    shortId: 'sm4',
    encrypt(key, plain, bound) {
      const { encryption, authentication } = sm4Keys(key)
      const iv = randomBytes(16)
      const cipher = createCipheriv('sm4-cbc', encryption, iv)
      const body = Buffer.concat([iv, cipher.update(plain), cipher.final()])
      return Buffer.concat([body, sm3Tag(authentication, bound, body)])
    },
    decrypt(key, payload, bound) {
      if (payload.length < 16 + 16 + 32) return undefined
      const { encryption, authentication } = sm4Keys(key)
      const body = payload.subarray(0, -32)
      if (!timingSafeEqual(sm3Tag(authentication, bound, body), payload.subarray(-32))) return undefined
      const decipher = createDecipheriv('sm4-cbc', encryption, body.subarray(0, 16))
      return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()])
    },
  },
} satisfies Record<string, Algorithm>

export type AlgorithmId = keyof typeof table
export const algorithms: Readonly<Record<AlgorithmId, Algorithm>> = table
export const algorithmIds = Object.keys(table) as AlgorithmId[]
export const isAlgorithmId = (text: string): text is AlgorithmId => Object.hasOwn(table, text)

const byShortId = new Map(algorithmIds.map((id) => [algorithms[id].shortId, id]))

export type SealFault = 'malformed' | 'unknownAlgorithm' | 'noKey' | 'altered'

/** A sealed value that cannot be opened. Says why, never what. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor(readonly fault: SealFault) {
    super(`sealed value cannot be opened: ${fault}`)
  }
}

const keyIdShape = /^[A-Za-z0-9_-]{1,40}$/
/** What a sealed value looks like. */
export const sealedPattern = /^v1\.[a-z0-9]+\.[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]+$/
const sealedShape = /^v1\.([a-z0-9]+)\.([A-Za-z0-9_-]{1,40})\.([A-Za-z0-9_-]+)$/

/**
 * Seals `plain` as `v1.<short id>.<key id>.<base64url>`. `context` says where the value belongs (`person.phone:<person id>`):
 * it is authenticated together with the header, so that a value moved to another field or row does not open there.
 */
export function seal(
  algorithm: AlgorithmId,
  key: Buffer,
  keyId: string,
  plain: string | Buffer,
  context: string,
): string {
  checkKey(key)
  if (!keyIdShape.test(keyId)) throw new TypeError('key id: 1 to 40 letters, digits, - or _')
  const { shortId, encrypt } = algorithms[algorithm]
  const header = `v1.${shortId}.${keyId}`
  const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain
  return `${header}.${encrypt(key, bytes, bind(header, context)).toString('base64url')}`
}

/** Opens what `seal` made. Throws SealBroken; `keyOf` answers undefined for a key that is no longer there. */
export function open(sealed: string, keyOf: (keyId: string) => Buffer | undefined, context: string): Buffer {
  const { algorithm, keyId, payload, header } = parse(sealed)
  const key = keyOf(keyId)
  if (!key) throw new SealBroken('noKey')
  checkKey(key)
  const plain = algorithms[algorithm].decrypt(key, payload, bind(header, context))
  if (!plain) throw new SealBroken('altered')
  return plain
}

/** Opens a sealed text. */
export function openText(sealed: string, keyOf: (keyId: string) => Buffer | undefined, context: string): string {
  return open(sealed, keyOf, context).toString('utf8')
}

/** The algorithm and key a sealed value names, without opening it. Throws SealBroken. */
export function sealedWith(sealed: string): { algorithm: AlgorithmId; keyId: string } {
  const { algorithm, keyId } = parse(sealed)
  return { algorithm, keyId }
}

/** How every value sealed with this algorithm begins; for LIKE. */
export const sealedPrefix = (algorithm: AlgorithmId): string => `v1.${algorithms[algorithm].shortId}.`

function parse(sealed: string): { algorithm: AlgorithmId; keyId: string; payload: Buffer; header: string } {
  const [, shortId, keyId, encoded] = sealedShape.exec(sealed) ?? []
  if (!shortId || !keyId || !encoded) throw new SealBroken('malformed')
  const algorithm = byShortId.get(shortId)
  if (!algorithm) throw new SealBroken('unknownAlgorithm')
  const payload = Buffer.from(encoded, 'base64url')
  // The last base64url character has spare bits: only the one canonical spelling of a value is accepted.
  if (payload.toString('base64url') !== encoded) throw new SealBroken('malformed')
  return { algorithm, keyId, payload, header: `v1.${shortId}.${keyId}` }
}

// The header holds no NUL, so the pair cannot be read in two ways.
const bind = (header: string, context: string): Buffer => Buffer.from(`${header}\0${context}`, 'utf8')

function checkKey(key: Buffer): void {
  if (key.length !== KEY_BYTES) throw new TypeError(`key: ${KEY_BYTES} bytes, not ${key.length}`)
}

const gcmKey = keptWith((key): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'seal aes-256-gcm', 32)))

const sm4Keys = keptWith((key): { encryption: Buffer; authentication: Buffer } => {
  const both = Buffer.from(hkdfSync('sm3', key, '', 'seal sm4-cbc+hmac-sm3', 16 + 32))
  return { encryption: both.subarray(0, 16), authentication: both.subarray(16) }
})

function sm3Tag(key: Buffer, bound: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(bound.length))
  return createHmac('sm3', key).update(length).update(bound).update(body).digest()
}
