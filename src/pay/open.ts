// WeChat Pay as this service is configured: the bureau's merchant, the sandbox's, or none.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { BadConfiguration } from '../config.js'
import type { PaySandbox } from '../wechat/sandbox/pay/start.js'
import { createPay, PAY_BASE_URL, type Pay, type PayAccount } from './client.js'
import type { PayLog } from './exchange.js'

/** Where WeChat Pay tells how a transfer ended, below the service's own address. */
export const NOTIFY_PATH = '/wechat/pay/notify'

export interface PaySettings {
  mchId: string
  serial: string
  privateKeyFile: string
  apiV3Key: string
  publicKey: { id: string; file: string } | undefined
  baseUrl: string | undefined
}

export interface PayTerms {
  readonly settings: PaySettings | undefined
  /** Takes the place of settings. */
  readonly sandbox: PaySandbox | undefined
  readonly appId: string
  readonly account: PayAccount
  readonly notifyUrl: () => string | undefined
  readonly log?: PayLog
}

/** Undefined: only the bank is left. @throws BadConfiguration */
export function openPay({ settings, sandbox, appId, account, notifyUrl, log }: PayTerms): Pay | undefined {
  const common = { appId, account, notifyUrl, log }
  if (settings) {
    const { mchId, serial, apiV3Key, publicKey, baseUrl = PAY_BASE_URL } = settings
    return createPay({
      ...common,
      baseUrl,
      mchId,
      serial: serial.toUpperCase(),
      apiV3Key,
      privateKey: readPrivateKey(settings.privateKeyFile),
      publicKey: publicKey && { serial: publicKey.id, key: readPublicKey(publicKey.file) },
    })
  }
  if (!sandbox) return undefined
  const { baseUrl, mchId, keys } = sandbox
  const { serial, privateKey } = keys.merchant
  return createPay({ ...common, baseUrl, mchId, serial, privateKey, apiV3Key: keys.apiV3Key })
}

function readPrivateKey(file: string): KeyObject {
  const name = 'WECHATPAY_PRIVATE_KEY_FILE'
  const isShared = guarded(name, () => (statSync(file).mode & 0o077) !== 0)
  if (isShared && process.platform !== 'win32') throw broken(name, 'others can read the file: chmod 600')
  return guarded(name, () => rsa(createPrivateKey(readFileSync(file))))
}

const readPublicKey = (file: string) =>
  guarded('WECHATPAY_PUBLIC_KEY_FILE', () => rsa(createPublicKey(readFileSync(file))))

function rsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new TypeError('no RSA key')
  return key
}

/** Without the cause, which might quote the file. */
function guarded<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch {
    throw broken(name, 'cannot be read, or is no RSA key in PEM format')
  }
}

const broken = (name: string, what: string) =>
  new BadConfiguration(`The configuration cannot be used:\n  ${name}: ${what}`)
