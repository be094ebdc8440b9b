// The keys of the sandbox and of its merchant, made when first asked for and never kept.
import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { type Made, selfSigned } from './certificate.js'

export interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export interface Platform extends Pair, Made {
  readonly from: Date
  readonly to: Date
}

export interface PayKeys {
  readonly apiV3Key: string
  readonly merchant: Pair & Made
  /** 微信支付公钥, and what it is called. */
  readonly publicKeyId: string
  publicKey(): Promise<Pair>
  /** The platform's certificates in their order: 0 is the first, 1 its successor, … */
  platform(index: number): Promise<Platform>
  /** Of whoever only pretends to be WeChat. */
  wrong(): Promise<Pair>
}

const generate = promisify(generateKeyPair)
const FROM = new Date('2020-01-01T00:00:00Z')
const TO = new Date('2050-01-01T00:00:00Z')

/** Several sandboxes of one process may share theirs: making one takes a tenth of a second. */
const shared = makeKeys()

export function sharedKeys(): Promise<PayKeys> {
  return shared()
}

function makeKeys(): () => Promise<PayKeys> {
  const pairs = new Map<string, Promise<Pair>>()
  const pair = (name: string): Promise<Pair> => {
    const known = pairs.get(name) ?? generate('rsa', { modulusLength: 2048 })
    pairs.set(name, known)
    return known
  }
  const apiV3Key = randomBytes(16).toString('hex')
  const publicKeyId = `PUB_KEY_ID_${BigInt(`0x${randomBytes(14).toString('hex')}`)
    .toString()
    .padStart(34, '0')
    .slice(-34)}`
  return async () => {
    const own = await pair('merchant')
    return {
      apiV3Key,
      merchant: { ...own, ...selfSigned(own.privateKey, 'Merchant of the sandbox', FROM, TO) },
      publicKeyId,
      publicKey: () => pair('publicKey'),
      async platform(index) {
        const { privateKey, publicKey } = await pair(`platform ${index}`)
        const from = new Date(FROM.getTime() + index * 86_400_000)
        const to = new Date(TO.getTime() + index * 86_400_000)
        return { privateKey, publicKey, from, to, ...selfSigned(privateKey, 'Sandbox of WeChat Pay', from, to) }
      },
      wrong: () => pair('wrong'),
    }
  }
}

/** Keys that no other sandbox has. */
export const ownKeys = (): Promise<PayKeys> => makeKeys()()
