// The sandbox of WeChat Pay with the real client before it; everything logged or thrown is kept as evidence.
import { inspect } from 'node:util'
import { createPay, type Pay, PayError, type PayOptions, type TransferOrder } from '../../src/pay/client.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { type PaySandbox, type PaySandboxOptions, startPaySandbox } from '../../src/wechat/sandbox/pay/start.js'

export const APP_ID = 'wx0123456789abcdef'
export const OPENID = demoOpenid('informer')
export const NAME = '张沈环'
const NOTIFY_URL = 'http://127.0.0.1:9/wechat/pay/notify'

let counter = 0

export const order = (changes: Partial<TransferOrder> = {}): TransferOrder => ({
  outBillNo: `t${(counter += 1).toString().padStart(31, '0')}`,
  openid: OPENID,
  amountFen: 30_000,
  remark: '举报奖励',
  userName: null,
  subsidyType: '生态环境违法行为举报奖励',
  ...changes,
})

export interface PayTestWorld {
  readonly sandbox: PaySandbox
  readonly pay: Pay
  readonly evidence: string[]
  client(options?: Partial<PayOptions>): Pay
  /** Runs what must fail, and gives its error. */
  failure(work: Promise<unknown>): Promise<PayError>
  now(): Date
  /** Turns the sandbox's clock. */
  pass(ms: number): void
  stop(): Promise<void>
}

export async function payWorld(options: Partial<PaySandboxOptions> = {}): Promise<PayTestWorld> {
  let shift = Date.parse('2026-11-23T10:00:00+08:00')
  const now = () => new Date(shift)
  const sandbox = await startPaySandbox({ appId: APP_ID, now, isAutomatic: false, perSecond: 10_000, ...options })
  const evidence: string[] = []
  const clients: Pay[] = []
  const keep = (...things: unknown[]) => {
    for (const thing of things) evidence.push(JSON.stringify(thing), inspect(thing, { depth: 9, showHidden: true }))
  }
  const { mchId, keys, baseUrl } = sandbox
  const client = (changes: Partial<PayOptions> = {}) => {
    const one = createPay({
      baseUrl,
      mchId,
      appId: APP_ID,
      serial: keys.merchant.serial,
      privateKey: keys.merchant.privateKey,
      apiV3Key: keys.apiV3Key,
      notifyUrl: () => NOTIFY_URL,
      log: { debug: keep, info: keep, warn: keep },
      ...changes,
    })
    clients.push(one)
    keep(one)
    return one
  }
  return {
    sandbox,
    pay: client(),
    evidence,
    client,
    async failure(work) {
      const error = await work.then(
        (value) => {
          throw new Error(`expected a failure, got ${inspect(value)}`)
        },
        (reason: unknown) => reason,
      )
      if (!(error instanceof PayError)) throw error
      keep(error, error.message, error.stack, { ...error })
      return error
    },
    now,
    pass(ms) {
      shift += ms
    },
    async stop() {
      for (const one of clients) one.close()
      await sandbox.stop()
    },
  }
}
