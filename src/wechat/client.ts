// The one door to WeChat: the real interfaces in production, the sandbox in a demonstration, told apart by base URL alone.
import { type CodeImageOrder, codeImage } from './codeImage.js'
import { checkMedia, checkText, type MediaToCheck, type TextToCheck } from './contentCheck.js'
import type { ContentVerdict } from './contentVerdict.js'
import { codeToSession, phoneNumber, type WechatSession } from './login.js'
import { type SendResult, type SubscribeMessage, sendSubscribe } from './messages.js'
import { keepToken } from './token.js'
import { createTransport, type WechatLog } from './transport.js'

export const WECHAT_BASE_URL = 'https://api.weixin.qq.com'

export interface WechatOptions {
  readonly baseUrl: string
  readonly appId: string
  readonly secret: string
  /** Milliseconds for one exchange; 5000 unless told. */
  readonly timeoutMs?: number
  readonly log?: WechatLog
  /** Milliseconds from any beginning, by a clock that nobody can set; the token's life is measured by it. */
  readonly now?: () => number
}

/** Every method throws WechatError and nothing else. */
export interface Wechat {
  codeToSession(code: string): Promise<WechatSession>
  phoneNumber(code: string): Promise<string>
  sendSubscribe(message: SubscribeMessage): Promise<SendResult>
  checkText(text: TextToCheck): Promise<ContentVerdict>
  checkMedia(media: MediaToCheck): Promise<string>
  codeImage(order: CodeImageOrder): Promise<Buffer>
  /** Closes the kept connections. */
  close(): void
}

export function createWechat({
  baseUrl,
  appId,
  secret,
  timeoutMs,
  log,
  now = () => performance.now(),
}: WechatOptions): Wechat {
  const transport = createTransport({ baseUrl, timeoutMs, log })
  const tokens = keepToken(transport, { appId, secret, now })
  return {
    codeToSession: (code) => codeToSession(transport, { appId, secret, code }),
    phoneNumber: (code) => phoneNumber(transport, tokens, { appId, code }),
    sendSubscribe: (message) => sendSubscribe(transport, tokens, message),
    checkText: (text) => checkText(transport, tokens, text),
    checkMedia: (media) => checkMedia(transport, tokens, media),
    codeImage: (order) => codeImage(transport, tokens, order),
    close: () => transport.close(),
  }
}
