// Tells the merchant how a bill ended, signed and sealed, again and again until it is heard, and badly where told to.
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { SandboxBill } from './books.js'
import type { Platform } from './keys.js'
import { seal, signedHeaders } from './seal.js'
import type { NoticeFault, NoticeTrouble } from './trouble.js'

/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h */
export const RETRY_S = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]
const AT_ONCE = 8
const STALE_MS = 10 * 60_000

export interface Crafted {
  readonly headers: Record<string, string>
  readonly body: string
}

interface Signer {
  readonly serial: string
  readonly privateKey: Platform['privateKey']
}

export interface NoticeTerms {
  readonly mchId: string
  readonly appId: string
  readonly apiV3Key: string
  readonly now: () => Date
  /** Who signs at the moment, and somebody else. */
  readonly signer: () => Promise<Signer>
  readonly stranger: () => Promise<Signer>
  readonly trouble: (outBillNo: string) => NoticeTrouble | undefined
}

interface Waiting {
  readonly url: string
  readonly bill: SandboxBill
  readonly text: string
  readonly fault?: 'forged' | 'altered' | 'stale'
  readonly attempt: number
  readonly dueAt: number
}

export class Notices {
  /** Bad notices that were answered as if they were good. */
  readonly believed: string[] = []
  /** How often each bill's notice was heard, by its number. */
  readonly heard = new Map<string, number>()
  private waiting: Waiting[] = []
  private held: Waiting[] = []
  private sending: Promise<void> | undefined

  constructor(private readonly terms: NoticeTerms) {}

  tell(bill: SandboxBill): void {
    const url = bill.notifyUrl
    // The sandbox speaks to nobody but this machine.
    if (!url?.startsWith('http://')) return
    const now = this.terms.now().getTime()
    const text = this.bodyOf(bill)
    const trouble = this.terms.trouble(bill.outBillNo)
    const one: Waiting = { url, bill, text, attempt: 0, dueAt: now }
    const released = this.held
    this.held = []
    const plans: Record<NoticeFault, () => void> = {
      twice: () => this.waiting.push(one, one),
      late: () => this.waiting.push({ ...one, dueAt: now + (trouble?.lateMs ?? 60_000) }),
      held: () => this.held.push({ ...one, dueAt: now + (trouble?.lateMs ?? 60_000) }),
      lost: () => this.again(one),
      forged: () => this.waiting.push(this.falseOne(one, 'forged'), one),
      altered: () => this.waiting.push(this.falseOne(one, 'altered'), one),
      stale: () => this.waiting.push(this.falseOne(one, 'stale'), one),
    }
    if (trouble) plans[trouble.fault]()
    else this.waiting.push(one)
    this.waiting.push(...released.map((before) => ({ ...before, dueAt: now })))
  }

  get isSending(): boolean {
    return this.sending !== undefined
  }

  /** Everything that is due by the sandbox's clock. */
  async deliver(): Promise<void> {
    while (this.sending) await this.sending
    this.sending = this.deliverDue().finally(() => {
      this.sending = undefined
    })
    await this.sending
  }

  stop(): void {
    this.waiting = []
    this.held = []
  }

  /** What a notice would look like, true or not. */
  async craft(text: string, fault?: 'forged' | 'altered' | 'stale'): Promise<Crafted> {
    const { signer, stranger, now } = this.terms
    const own = await signer()
    const { privateKey } = fault === 'forged' ? await stranger() : own
    const at = new Date(now().getTime() - (fault === 'stale' ? STALE_MS : 0))
    const headers = { 'Content-Type': 'application/json', ...signedHeaders(text, own.serial, privateKey, at) }
    return { headers, body: fault === 'altered' ? text.replace('"summary":"', '"summary":"。') : text }
  }

  bodyOf(bill: SandboxBill, changes: Partial<SandboxBill> = {}): string {
    const { mchId, appId, apiV3Key, now } = this.terms
    const told = { ...bill, ...changes }
    const plain = JSON.stringify({
      out_bill_no: told.outBillNo,
      transfer_bill_no: told.transferBillNo,
      state: told.state,
      mch_id: mchId,
      appid: appId,
      transfer_amount: told.amountFen,
      openid: told.openid,
      ...(told.failReason === null ? {} : { fail_reason: told.failReason }),
      create_time: told.createdAt.toISOString(),
      update_time: told.updatedAt.toISOString(),
    })
    return JSON.stringify({
      id: randomUUID(),
      create_time: now().toISOString(),
      resource_type: 'encrypt-resource',
      event_type: 'MCHTRANSFER.BILL.FINISHED',
      summary: '商家转账单据终态通知',
      resource: { original_type: 'mch_payment', ...seal(plain, apiV3Key, 'mch_payment') },
    })
  }

  private falseOne(one: Waiting, fault: 'forged' | 'altered' | 'stale'): Waiting {
    return { ...one, fault, text: this.bodyOf(one.bill, { state: 'SUCCESS', failReason: null }) }
  }

  private async deliverDue(): Promise<void> {
    const now = this.terms.now().getTime()
    const all = [...this.waiting, ...this.held]
    const due = all.filter(({ dueAt }) => dueAt <= now)
    this.waiting = this.waiting.filter(({ dueAt }) => dueAt > now)
    this.held = this.held.filter(({ dueAt }) => dueAt > now)
    for (let done = 0; done < due.length; done += AT_ONCE) {
      await Promise.all(due.slice(done, done + AT_ONCE).map((one) => this.send(one)))
    }
  }

  private async send(one: Waiting): Promise<void> {
    const { outBillNo } = one.bill
    const status = await this.post(one)
    const isHeard = status === 200 || status === 204
    if (one.fault) {
      if (isHeard) this.believed.push(outBillNo)
    } else if (isHeard) {
      this.heard.set(outBillNo, (this.heard.get(outBillNo) ?? 0) + 1)
    } else {
      this.again(one)
    }
  }

  private again(one: Waiting): void {
    const seconds = RETRY_S[one.attempt]
    if (seconds === undefined) return
    this.waiting.push({ ...one, attempt: one.attempt + 1, dueAt: this.terms.now().getTime() + seconds * 1000 })
  }

  private async post({ url, text, fault }: Waiting): Promise<number | undefined> {
    const { headers, body } = await this.craft(text, fault)
    return new Promise((resolve) => {
      const request = http.request(url, {
        method: 'POST',
        timeout: 5000,
        agent: false,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      })
      request.on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      request.on('timeout', () => request.destroy())
      request.on('error', () => resolve(undefined))
      request.end(body)
    })
  }
}
