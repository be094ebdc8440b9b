// The sandbox's answers, one function for each of WeChat's interfaces, with WeChat's own field names and codes.
import { randomBytes, randomInt } from 'node:crypto'
import { codePicture } from './codePicture.js'
import type { MediaPush } from './mediaPush.js'
import { readMessageData } from './messageRules.js'
import { demoOpenid, isOpenid, readLoginCode, readPhoneCode } from './people.js'
import { Refusal } from './refusal.js'
import type { SandboxTokens } from './tokens.js'
import { sandboxVerdict } from './verdict.js'

export interface SentMessage {
  readonly openid: string
  readonly templateId: string
  readonly page: string | null
  readonly data: Readonly<Record<string, string>>
  readonly state: string
  readonly msgId: string
  readonly at: string
}

/** What the sandbox remembers while it runs. */
export interface SandboxWorld {
  readonly appId: string
  readonly secret: string
  readonly tokens: SandboxTokens
  /** How many messages each `openid templateId` may still be sent: 一次授权一条消息. */
  readonly grants: Map<string, number>
  readonly sent: SentMessage[]
  readonly usedCodes: Set<string>
  readonly isOneTime: boolean
  readonly templateIds?: ReadonlySet<string>
  readonly pages?: ReadonlySet<string>
  readonly media: MediaPush
}

export interface Asked {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Readonly<Record<string, unknown>>
}

export interface Interface {
  readonly method: 'GET' | 'POST'
  readonly needsToken: boolean
  answer(world: SandboxWorld, asked: Asked): object | Promise<object>
}

const MAX_SENT = 1000
const MAX_CONTENT = 2500
const OK = { errcode: 0, errmsg: 'ok' }

export const grantKey = (openid: string, templateId: string) => `${openid} ${templateId}`

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** With one-time codes on, a code that tells itself apart by `#` works once, as WeChat's do. */
function useOnce(world: SandboxWorld, code: string): void {
  if (!world.isOneTime || !code.includes('#')) return
  if (world.usedCodes.has(code)) throw new Refusal(40163)
  world.usedCodes.add(code)
}

function login(world: SandboxWorld, { query }: Asked) {
  if (query.appid !== world.appId) throw new Refusal(40013)
  if (query.secret !== world.secret) throw new Refusal(40125)
  if (query.grant_type !== 'authorization_code') throw new Refusal(40002)
  const code = query.js_code ?? ''
  if (!code) throw new Refusal(41008)
  const name = readLoginCode(code)
  if (!name) throw new Refusal(40029)
  useOnce(world, code)
  return { openid: demoOpenid(name), session_key: randomBytes(16).toString('base64') }
}

function stableToken(world: SandboxWorld, { body }: Asked) {
  if (body.grant_type !== 'client_credential') throw new Refusal(40002)
  if (body.appid !== world.appId) throw new Refusal(40013)
  if (body.secret !== world.secret) throw new Refusal(40125)
  return world.tokens.issue(body.force_refresh === true)
}

function phone(world: SandboxWorld, { body }: Asked) {
  const code = text(body.code)
  const found = readPhoneCode(code)
  if (!found) throw new Refusal(40029)
  useOnce(world, code)
  const { countryCode, number } = found
  return {
    ...OK,
    phone_info: {
      phoneNumber: countryCode === '86' ? number : `+${countryCode}${number}`,
      purePhoneNumber: number,
      countryCode,
      watermark: { timestamp: Math.floor(Date.now() / 1000), appid: world.appId },
    },
  }
}

function send(world: SandboxWorld, { body }: Asked) {
  const { touser: openid, page = null } = body
  const templateId = text(body.template_id)
  const state = text(body.miniprogram_state) || 'formal'
  if (!isOpenid(openid)) throw new Refusal(40003)
  if (!templateId || world.templateIds?.has(templateId) === false) throw new Refusal(40037)
  if (!['developer', 'trial', 'formal'].includes(state)) throw new Refusal(40097)
  if (page !== null && (typeof page !== 'string' || page.startsWith('/'))) throw new Refusal(41030)
  const data = readMessageData(body.data)
  const key = grantKey(openid, templateId)
  const left = world.grants.get(key) ?? 0
  if (left < 1) throw new Refusal(43101)
  world.grants.set(key, left - 1)
  // WeChat's numbers are too long for a JavaScript number; the server writes this one unquoted.
  const msgId = `23${String(randomInt(10 ** 9)).padStart(9, '0')}${String(randomInt(10 ** 8)).padStart(8, '0')}`
  world.sent.push({ openid, templateId, page, data, state, msgId, at: new Date().toISOString() })
  if (world.sent.length > MAX_SENT) world.sent.shift()
  return { ...OK, msgid: BigInt(msgId) }
}

/** The rules that both content checks share. */
function checkAsked(body: Asked['body']): void {
  if (body.version !== 2) throw new Refusal(40097)
  if (!isOpenid(body.openid)) throw new Refusal(40003)
  if (![1, 2, 3, 4].includes(body.scene as number)) throw new Refusal(40129)
}

function textCheck(_world: SandboxWorld, { body }: Asked) {
  checkAsked(body)
  const content = text(body.content)
  if (!content) throw new Refusal(44002)
  if ([...content].length > MAX_CONTENT) throw new Refusal(45002)
  return { ...OK, ...sandboxVerdict([content, text(body.title), text(body.nickname)].join('\n')) }
}

function readable({ pathname, search }: URL): string {
  try {
    return decodeURIComponent(pathname + search)
  } catch {
    throw new Refusal(47001)
  }
}

/** The picture itself is not fetched: the words decide where they stand in its address. */
function mediaCheck(world: SandboxWorld, { body }: Asked) {
  checkAsked(body)
  const address = URL.canParse(text(body.media_url)) ? new URL(text(body.media_url)) : undefined
  if (!address || !['http:', 'https:'].includes(address.protocol)) throw new Refusal(47001)
  if (![1, 2].includes(body.media_type as number)) throw new Refusal(40097)
  const verdict = sandboxVerdict(readable(address))
  world.media.later({
    ToUserName: 'gh_sandbox',
    FromUserName: body.openid,
    CreateTime: Math.floor(Date.now() / 1000),
    MsgType: 'event',
    Event: 'wxa_media_check',
    appid: world.appId,
    version: 2,
    ...OK,
    ...verdict,
  })
  return { ...OK, trace_id: verdict.trace_id }
}

function code(world: SandboxWorld, { body }: Asked) {
  const { scene, page, width = 430, env_version: version = 'release', check_path: isChecked = true } = body
  if (typeof scene !== 'string' || !/^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/.test(scene)) throw new Refusal(40169)
  if (page !== undefined && (typeof page !== 'string' || page.startsWith('/') || page.includes('?'))) {
    throw new Refusal(41030)
  }
  if (isChecked && typeof page === 'string' && world.pages?.has(page) === false) throw new Refusal(41030)
  if (!['release', 'trial', 'develop'].includes(text(version))) throw new Refusal(40097)
  if (!Number.isInteger(width) || (width as number) < 280 || (width as number) > 1280) throw new Refusal(40097)
  return codePicture(scene, width as number)
}

export const INTERFACES: Readonly<Record<string, Interface>> = {
  '/sns/jscode2session': { method: 'GET', needsToken: false, answer: login },
  '/cgi-bin/stable_token': { method: 'POST', needsToken: false, answer: stableToken },
  '/wxa/business/getuserphonenumber': { method: 'POST', needsToken: true, answer: phone },
  '/cgi-bin/message/subscribe/send': { method: 'POST', needsToken: true, answer: send },
  '/wxa/msg_sec_check': { method: 'POST', needsToken: true, answer: textCheck },
  '/wxa/media_check_async': { method: 'POST', needsToken: true, answer: mediaCheck },
  '/wxa/getwxacodeunlimit': { method: 'POST', needsToken: true, answer: code },
}
