// A self-signed X.509 certificate, as small as it may be: WeChat Pay hands out its keys in certificates, and Node makes none.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11 */
const SHA256_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
/** commonName, 2.5.4.3 */
const COMMON_NAME = Buffer.from('0603550403', 'hex')

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const long = body.length.toString(16)
  const size = Buffer.from(long.length % 2 ? `0${long}` : long, 'hex')
  return Buffer.concat([
    Buffer.from(body.length < 128 ? [tag, body.length] : [tag, 0x80 | size.length]),
    body.length < 128 ? Buffer.alloc(0) : size,
    body,
  ])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)

/** GeneralizedTime */
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+/g, '')}`))

export interface Made {
  /** Capital hexadecimal, as WeChat writes it. */
  readonly serial: string
  readonly pem: string
}

export function selfSigned(privateKey: KeyObject, name: string, from: Date, to: Date): Made {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const number = createHash('sha256').update(publicKey).update(from.toISOString()).digest().subarray(0, 20)
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, number),
    SHA256_RSA,
    subject,
    sequence(time(from), time(to)),
    subject,
    publicKey,
  )
  const whole = sequence(body, SHA256_RSA, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    serial: number.toString('hex').toUpperCase(),
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
