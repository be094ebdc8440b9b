// The one door to WeChat Pay: the real interfaces in production, the sandbox in a demonstration, told apart by base URL alone.
import type { KeyObject } from 'node:crypto'
import { createAsker } from './ask.js'
import type { Bill } from './bill.js'
import { createExchange, type PayLog } from './exchange.js'
import { balance, type FlowLine, fundFlow, type PayAccount } from './funds.js'
import { type PayNotice, readNotice } from './notice.js'
import { keepPlatformKeys, type PlatformKey } from './platformKeys.js'
import type { Headers } from './signature.js'
import { cancel, create, query, type TransferOrder } from './transfers.js'

export type { Bill, BillState } from './bill.js'
export type { FlowLine, PayAccount } from './funds.js'
export { type NoticeFault, type PayNotice, PayNoticeRefused } from './notice.js'
export { PayError, type PayErrorKind } from './problems.js'
export type { TransferOrder } from './transfers.js'

export const PAY_BASE_URL = 'https://api.mch.weixin.qq.com'

/** Every method but `readNotice` throws PayError and nothing else. */
export interface Pay {
  readonly mchId: string
  readonly appId: string
  /**
   * Asked again with the same order it gives the same bill, its `packageInfo` too while the receiver has yet to confirm.
   * After doubt: query before anything else.
   */
  create(order: TransferOrder): Promise<Bill>
  /** 只支持查询最近30天内的转账单: notFound does not prove that an older one never was. */
  query(outBillNo: string): Promise<Bill>
  /** CANCELING at first, as a rule. */
  cancel(outBillNo: string): Promise<Bill>
  balance(): Promise<{ availableFen: number }>
  /** @param day such as `2026-11-25`, ready from ten on the next morning */
  fundFlow(day: string): Promise<FlowLine[]>
  /** @throws PayNoticeRefused */
  readNotice(headers: Headers, rawBody: string, now: Date): Promise<PayNotice>
  /** Closes the kept connections. */
  close(): void
}

export interface PayOptions {
  readonly baseUrl: string
  readonly mchId: string
  readonly appId: string
  /** Of the merchant's API certificate. */
  readonly serial: string
  readonly privateKey: KeyObject
  readonly apiV3Key: string
  /** 微信支付公钥; without it, platform certificates are fetched. */
  readonly publicKey?: PlatformKey
  readonly account?: PayAccount
  readonly notifyUrl: () => string | undefined
  /** Milliseconds for one exchange; 10,000 unless told. */
  readonly timeoutMs?: number
  readonly log?: PayLog
  /** Milliseconds from any beginning, by a clock that nobody can set; the age of certificates is measured by it. */
  readonly now?: () => number
}

const TIMEOUT_MS = 10_000

export function createPay(options: PayOptions): Pay {
  const { mchId, appId, apiV3Key, publicKey, notifyUrl, account = 'OPERATION' } = options
  const { timeoutMs = TIMEOUT_MS, now = () => performance.now() } = options
  const base = new URL(options.baseUrl).origin
  const exchange = createExchange({ ...options, timeoutMs })
  const keys = keepPlatformKeys({ exchange, apiV3Key, publicKey, now })
  const asker = createAsker(exchange, keys)
  const terms = { mchId, appId, notifyUrl }
  /** A bill may lie at another of WeChat's entrances. */
  const isOurs = (origin: string) => origin === base || /^https:\/\/([a-z0-9]+\.)*mch\.weixin\.qq\.com$/.test(origin)
  return {
    mchId,
    appId,
    create: (order) => create(asker, keys, terms, order),
    query: (outBillNo) => query(asker, terms, outBillNo),
    cancel: (outBillNo) => cancel(asker, terms, outBillNo),
    balance: () => balance(asker, account),
    fundFlow: (day) => fundFlow(asker, account, isOurs, day),
    readNotice: (headers, rawBody, at) => readNotice(keys, apiV3Key, headers, rawBody, at),
    close: () => exchange.close(),
  }
}
