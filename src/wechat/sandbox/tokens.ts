// The sandbox's stable tokens: issued, forced anew, expired and rejected as WeChat does.
import { randomBytes } from 'node:crypto'
import { Refusal } from './refusal.js'

const LIFE_S = 7200
const FORCE_APART_MS = 30_000

/** 42001 expired; 40001 replaced or withdrawn, but still handed out; 40014 malformed, but still handed out. */
export type TokenFault = 40001 | 40014 | 42001

export class SandboxTokens {
  private held: { token: string; until: number } | undefined
  private readonly faults = new Map<string, TokenFault>()
  private forcedAt = Number.NEGATIVE_INFINITY

  /** 普通调用模式：有效期内重复调用返回相同的 access_token；强制刷新模式：上次获取的立即失效 */
  issue(isForced: boolean): { access_token: string; expires_in: number } {
    const now = Date.now()
    if (isForced) {
      if (now - this.forcedAt < FORCE_APART_MS) throw new Refusal(45011)
      this.forcedAt = now
      if (this.held) this.faults.set(this.held.token, 40001)
      this.held = undefined
    }
    if (!this.held || this.held.until <= now) {
      this.held = { token: randomBytes(256).toString('base64url'), until: now + LIFE_S * 1000 }
    }
    return { access_token: this.held.token, expires_in: Math.ceil((this.held.until - now) / 1000) }
  }

  check(token: string | undefined): void {
    if (!token) throw new Refusal(41001)
    const fault = this.faults.get(token)
    if (fault) throw new Refusal(fault)
    if (token !== this.held?.token) throw new Refusal(40001)
    if (this.held.until <= Date.now()) throw new Refusal(42001)
  }

  /** From now on the current token is not accepted; an expired one is replaced at the next plain request. */
  spoil(fault: TokenFault): void {
    if (!this.held) return
    this.faults.set(this.held.token, fault)
    if (fault === 42001) this.held = undefined
  }
}
