// Posts the verdict on a picture to our own push address, signed as WeChat signs, a moment after the check was asked for.
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { pushSignature } from '../callback.js'

export interface PushTarget {
  /** On loopback: the sandbox speaks to nobody else. */
  readonly url: string
  /** The message-push token both sides know. */
  readonly token: string
}

export class MediaPush {
  private readonly waiting = new Set<NodeJS.Timeout>()
  private target: URL | undefined
  private token = ''
  private readonly delayMs: number

  constructor(delayMs: number) {
    this.delayMs = delayMs
  }

  aimAt({ url, token }: PushTarget): void {
    const target = new URL(url)
    if (target.protocol !== 'http:' || !['127.0.0.1', 'localhost'].includes(target.hostname)) {
      throw new TypeError('the sandbox pushes to http on loopback only')
    }
    this.target = target
    this.token = token
  }

  later(event: object): void {
    if (!this.target) return
    const timer = setTimeout(() => {
      this.waiting.delete(timer)
      this.post(event)
    }, this.delayMs)
    timer.unref()
    this.waiting.add(timer)
  }

  stop(): void {
    for (const timer of this.waiting) clearTimeout(timer)
    this.waiting.clear()
  }

  private post(event: object): void {
    if (!this.target) return
    const timestamp = String(Math.floor(Date.now() / 1000))
    const nonce = randomBytes(6).toString('hex')
    const url = new URL(this.target)
    const signature = pushSignature(this.token, timestamp, nonce)
    for (const [name, value] of Object.entries({ signature, timestamp, nonce })) url.searchParams.set(name, value)
    const body = JSON.stringify(event)
    const request = http.request(url, {
      method: 'POST',
      timeout: 5000,
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
    })
    request.on('response', (answer) => answer.resume())
    request.on('timeout', () => request.destroy())
    // As with WeChat, a push that does not arrive is lost: the picture then waits for an officer.
    request.on('error', () => undefined)
    request.end(body)
  }
}
