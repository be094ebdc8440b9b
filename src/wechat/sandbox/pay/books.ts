// The sandbox's bills and money: what was ordered, where it stands, what each person has received. Nothing outlives the process.
import { randomBytes } from 'node:crypto'
import { type BillState, isFinal } from '../../../pay/bill.js'
import { notFound, PayRefusal, rule } from './refusal.js'
import type { Ordered } from './rules.js'

const DAY_MS = 86_400_000
/** 用户24小时内未确认，转账单关闭 */
const CONFIRM_MS = DAY_MS
/** 只支持查询最近30天内的转账单 */
const TOLD_DAYS = 30

export interface SandboxBill extends Ordered {
  readonly transferBillNo: string
  readonly packageInfo: string
  readonly createdAt: Date
  state: BillState
  failReason: string | null
  updatedAt: Date
}

export interface Movement {
  readonly at: Date
  readonly flowNo: string
  readonly bill: SandboxBill
  readonly kind: string
  /** In is positive. */
  readonly amountFen: number
  readonly balanceFen: number
}

export interface Payment {
  readonly outBillNo: string
  readonly openid: string
  readonly amountFen: number
  readonly at: Date
}

/** How a bill goes on by itself. */
interface Coming {
  readonly at: number
  readonly state: BillState
  readonly failReason?: string
}

export interface Manner {
  /** Stays in the first states for so long. */
  readonly linger?: { readonly state: 'ACCEPTED' | 'PROCESSING'; readonly ms: number }
  /** Fails by itself although it was accepted. */
  readonly failReason?: string
  /** Low balance: is accepted and waits for money, instead of being refused. */
  readonly isPatient?: boolean
}

export interface BooksOptions {
  readonly balanceFen: number
  readonly now: () => Date
  /** From the receiver's agreement to their money. */
  readonly transferMs: number
  readonly cancelMs: number
  /** 关单可能延迟: how much later than 24 hours. */
  readonly closeLagMs: number
  readonly onFinal: (bill: SandboxBill) => void
}

export class Books {
  readonly bills = new Map<string, SandboxBill>()
  readonly movements: Movement[] = []
  readonly payments: Payment[] = []
  /** By openid: with a name that differs, a transfer that carries one fails. */
  readonly realNames = new Map<string, string>()
  balanceFen: number
  private readonly coming = new Map<SandboxBill, Coming>()
  /** Whose money has left the account. */
  private readonly locked = new Set<SandboxBill>()

  constructor(private readonly options: BooksOptions) {
    this.balanceFen = options.balanceFen
  }

  /** Does what is due by now. */
  advance(): void {
    const now = this.options.now().getTime()
    for (const [bill, next] of this.coming) {
      if (this.coming.get(bill) !== next) continue
      if (next.failReason === 'OVERDUE_CLOSE' && bill.state === 'PROCESSING' && this.balanceFen >= bill.amountFen) {
        this.lock(bill)
      } else if (next.at <= now) {
        if (next.state === 'WAIT_USER_CONFIRM') this.lock(bill)
        else this.turn(bill, next.state, next.failReason)
      }
    }
  }

  /** The same number with the same fields is the same bill. */
  order(order: Ordered, manner: Manner = {}): SandboxBill {
    const known = this.bills.get(order.outBillNo)
    if (known) {
      if (!isSame(known, order)) throw new PayRefusal(400, 'ALREADY_EXISTS', '商户单号已存在，且参数不一致')
      return known
    }
    if (order.amountFen > this.balanceFen && !manner.isPatient) {
      throw new PayRefusal(403, 'NOT_ENOUGH', '资金不足，请充值后原单重试')
    }
    const now = this.options.now()
    const bill: SandboxBill = {
      ...order,
      transferBillNo: `1330000${now.toISOString().slice(0, 10).replaceAll('-', '')}${digits(25)}`,
      packageInfo: `affffddafdfafddffda==${randomBytes(24).toString('base64url')}`,
      createdAt: now,
      updatedAt: now,
      state: 'ACCEPTED',
      failReason: null,
    }
    this.bills.set(bill.outBillNo, bill)
    const { linger, failReason } = manner
    if (linger) {
      bill.state = linger.state
      this.coming.set(bill, { at: now.getTime() + linger.ms, state: 'WAIT_USER_CONFIRM' })
    } else {
      this.lock(bill)
    }
    if (failReason !== undefined) this.coming.set(bill, { at: now.getTime(), state: 'FAIL', failReason })
    return bill
  }

  byNumber(outBillNo: string): SandboxBill {
    return this.told(this.bills.get(outBillNo))
  }

  byTransferNo(transferBillNo: string): SandboxBill {
    return this.told([...this.bills.values()].find((bill) => bill.transferBillNo === transferBillNo))
  }

  /** 在用户确认收款之前可以撤销 */
  cancel(outBillNo: string): SandboxBill {
    const bill = this.byNumber(outBillNo)
    if (['CANCELING', 'CANCELLED'].includes(bill.state)) return bill
    if (isFinal(bill.state) || bill.state === 'TRANSFERING') throw rule('当前单据状态不支持撤销')
    this.turn(bill, 'CANCELING')
    this.coming.set(bill, { at: this.options.now().getTime() + this.options.cancelMs, state: 'CANCELLED' })
    return bill
  }

  /** The bill that somebody is asked to confirm; undefined where there is none for them. */
  shown(packageInfo: string, openid: string): SandboxBill | undefined {
    this.advance()
    const found = [...this.bills.values()].find((bill) => [bill.packageInfo, bill.transferBillNo].includes(packageInfo))
    return found?.openid === openid ? found : undefined
  }

  /** The receiver says yes. False: it is another's, or there is nothing to confirm any more. */
  confirm(packageInfo: string, openid: string): boolean {
    const bill = this.shown(packageInfo, openid)
    if (bill?.state === 'TRANSFERING' || bill?.state === 'SUCCESS') return true
    if (bill?.state !== 'WAIT_USER_CONFIRM') return false
    const at = this.options.now().getTime() + this.options.transferMs
    const name = this.realNames.get(openid)
    this.turn(bill, 'TRANSFERING')
    const isOther = bill.userName !== null && name !== undefined && name !== bill.userName
    this.coming.set(bill, isOther ? { at, state: 'FAIL', failReason: 'NAME_NOT_CORRECT' } : { at, state: 'SUCCESS' })
    return true
  }

  topUp(fen: number): void {
    this.balanceFen += fen
    this.advance()
  }

  private told(bill: SandboxBill | undefined): SandboxBill {
    const oldest = this.options.now().getTime() - TOLD_DAYS * DAY_MS
    if (!bill || bill.createdAt.getTime() < oldest) throw notFound()
    return bill
  }

  private lock(bill: SandboxBill): void {
    const { closeLagMs } = this.options
    const closesAt = bill.createdAt.getTime() + CONFIRM_MS + closeLagMs
    if (this.balanceFen < bill.amountFen) {
      // 账户余额不足时，24小时内未充值则关单
      this.turn(bill, 'PROCESSING')
    } else {
      this.locked.add(bill)
      this.move(bill, '商家转账', -bill.amountFen)
      this.turn(bill, 'WAIT_USER_CONFIRM')
    }
    this.coming.set(bill, { at: closesAt, state: 'FAIL', failReason: 'OVERDUE_CLOSE' })
  }

  private turn(bill: SandboxBill, state: BillState, failReason: string | null = null): void {
    this.coming.delete(bill)
    bill.state = state
    bill.failReason = state === 'CANCELLED' ? 'MCH_CANCEL' : failReason
    bill.updatedAt = this.options.now()
    if (!isFinal(state)) return
    if (state === 'SUCCESS') {
      const { outBillNo, openid, amountFen } = bill
      this.payments.push({ outBillNo, openid, amountFen, at: bill.updatedAt })
    } else if (this.locked.delete(bill)) {
      this.move(bill, '商家转账退回', bill.amountFen)
    }
    this.options.onFinal(bill)
  }

  private move(bill: SandboxBill, kind: string, amountFen: number): void {
    this.balanceFen += amountFen
    const flowNo = `190000${digits(22)}`
    this.movements.push({ at: this.options.now(), flowNo, bill, kind, amountFen, balanceFen: this.balanceFen })
  }
}

const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('')

const SAME = ['openid', 'amountFen', 'remark', 'userName', 'perception', 'subsidyType', 'notifyUrl'] as const

const isSame = (one: Ordered, other: Ordered) => SAME.every((name) => one[name] === other[name])
