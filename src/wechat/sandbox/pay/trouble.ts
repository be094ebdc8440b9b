// Lets a test make the pay sandbox misbehave: one request or one notice as told, or all of them at random by a seed.
import type { Manner } from './books.js'

export type PayInterface = 'certificates' | 'create' | 'query' | 'cancel' | 'balance' | 'flow' | 'file'

/**
 * `silence`: never answers. `cut`: closes the connection. `error`: one of WeChat's codes, signed. `reply`: what a broken
 * gateway might say. The last five answer, but sign it wrong: with another's key, over another body, long ago, not at all,
 * or as WeChat itself does to see whether we look (WECHATPAY/SIGNTEST/).
 */
export type Fault =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  | { readonly kind: 'reply'; readonly status: number; readonly text: string }
  | { readonly kind: 'forged' | 'altered' | 'stale' | 'unsigned' | 'probe' }

export interface Trouble {
  /** Every interface without it. */
  readonly on?: PayInterface
  /** A bill; every one without it. */
  readonly outBillNo?: string
  readonly fault?: Fault
  /** `after`: it is done first, and only the answer is lost. */
  readonly when?: 'before' | 'after'
  /** How the bill that is created goes on. */
  readonly manner?: Manner
  /** How many requests it holds for; for all without it. */
  readonly times?: number
}

/**
 * `twice`: comes again at once. `late`: so much later. `held`: after the next bill's, or so much later. `lost`: the first one does not
 * arrive. The last three come before the true one and say that it was paid, with another's key, with a body altered after
 * signing, or with a signature of long ago.
 */
export type NoticeFault = 'twice' | 'late' | 'held' | 'lost' | 'forged' | 'altered' | 'stale'

export interface NoticeTrouble {
  readonly outBillNo?: string
  readonly fault: NoticeFault
  readonly lateMs?: number
  readonly times?: number
}

export interface Weather {
  readonly seed: number
  /** Of a hundred requests, how many have some trouble. */
  readonly requests: number
  /** Of a hundred notices. */
  readonly notices: number
  /** For `slow` and `late`. */
  readonly ms: number
}

/** What bad weather is made of, each as likely as the other; the client never waits for ever, so nothing is silent. */
const BAD_REQUESTS: readonly ((ms: number) => Trouble)[] = [
  (ms) => ({ fault: { kind: 'slow', ms } }),
  () => ({ fault: { kind: 'cut' } }),
  () => ({ fault: { kind: 'cut' }, when: 'after' }),
  () => ({ fault: { kind: 'error', status: 500, code: 'SYSTEM_ERROR' } }),
  () => ({ fault: { kind: 'error', status: 500, code: 'SYSTEM_ERROR' }, when: 'after' }),
  () => ({ fault: { kind: 'error', status: 429, code: 'FREQUENCY_LIMITED' } }),
  () => ({ fault: { kind: 'reply', status: 502, text: '<html>Bad Gateway</html>' }, when: 'after' }),
  () => ({ fault: { kind: 'forged' }, when: 'after' }),
  () => ({ fault: { kind: 'altered' }, when: 'after' }),
  () => ({ fault: { kind: 'probe' }, when: 'after' }),
]
const BAD_CREATES: readonly ((ms: number) => Trouble)[] = [
  () => ({ fault: { kind: 'error', status: 403, code: 'NOT_ENOUGH' } }),
  (ms) => ({ manner: { linger: { state: 'ACCEPTED', ms } } }),
  (ms) => ({ manner: { linger: { state: 'PROCESSING', ms } } }),
  () => ({ manner: { failReason: 'ACCOUNT_FROZEN' } }),
]
const BAD_NOTICES: readonly NoticeFault[] = ['twice', 'late', 'held', 'lost', 'forged', 'altered', 'stale']

/** Mulberry32: the same seed, the same throws. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

class Told<T extends { readonly times?: number }> {
  private readonly list: { one: T; left: number }[] = []

  add(one: T): void {
    this.list.push({ one, left: one.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.list.length = 0
  }

  take(fits: (one: T) => boolean): T | undefined {
    const found = this.list.find(({ one, left }) => left > 0 && fits(one))
    if (found) found.left -= 1
    return found?.one
  }
}

export class Troubles {
  readonly requests = new Told<Trouble>()
  readonly notices = new Told<NoticeTrouble>()
  private weather: { terms: Weather; roll: (sides: number) => number } | undefined

  setWeather(terms: Weather | undefined): void {
    this.weather = terms && { terms, roll: dice(terms.seed) }
  }

  clear(): void {
    this.requests.clear()
    this.notices.clear()
    this.weather = undefined
  }

  /** The first one that fits, counted as used. */
  forRequest(on: PayInterface, outBillNo: string | undefined): Trouble {
    const told = this.requests.take(
      (one) => (one.on ?? on) === on && (one.outBillNo === undefined || one.outBillNo === outBillNo),
    )
    if (told || !this.weather) return told ?? {}
    const { terms, roll } = this.weather
    if (roll(100) >= terms.requests) return {}
    const bad = on === 'create' ? [...BAD_REQUESTS, ...BAD_CREATES] : BAD_REQUESTS
    return bad[roll(bad.length)]?.(terms.ms) ?? {}
  }

  forNotice(outBillNo: string): NoticeTrouble | undefined {
    const told = this.notices.take((one) => (one.outBillNo ?? outBillNo) === outBillNo)
    if (told || !this.weather) return told
    const { terms, roll } = this.weather
    if (roll(100) >= terms.notices) return undefined
    return { fault: BAD_NOTICES[roll(BAD_NOTICES.length)] ?? 'twice', lateMs: terms.ms }
  }
}
