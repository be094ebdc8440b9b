// Who is calling: exchanges the mini-program's login code for the WeChat identity, and its phone code for the number.
import { z } from 'zod'
import { answerUnusable, inputError } from './problems.js'
import type { TokenKeeper } from './token.js'
import { readJson, type Transport } from './transport.js'

const SESSION_PATH = '/sns/jscode2session'
const PHONE_PATH = '/wxa/business/getuserphonenumber'

export interface WechatSession {
  readonly openid: string
  readonly unionid?: string
  /** 会话密钥不应下发到小程序: not enumerable, so that it does not slip into JSON or a log. */
  readonly sessionKey: string
}

const SessionAnswer = z.object({
  openid: z.string().min(1),
  session_key: z.string().min(1),
  unionid: z.string().min(1).optional(),
})

const PhoneAnswer = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string(),
    countryCode: z.union([z.string(), z.number()]).transform(String),
    watermark: z.object({ appid: z.string() }),
  }),
})

/** Source: api_code2session. The code works once, for five minutes: it is not risked on a connection that may be closing. */
export async function codeToSession(
  transport: Transport,
  { appId, secret, code }: { appId: string; secret: string; code: string },
): Promise<WechatSession> {
  if (!code) throw inputError(SESSION_PATH, '缺少 code')
  const query = { appid: appId, secret, js_code: code, grant_type: 'authorization_code' }
  const answer = readJson(SESSION_PATH, await transport.send({ path: SESSION_PATH, query, isFresh: true }))
  const parsed = SessionAnswer.safeParse(answer)
  if (!parsed.success) throw answerUnusable(SESSION_PATH)
  const { openid, unionid, session_key: sessionKey } = parsed.data
  const session = unionid ? { openid, unionid } : { openid }
  return Object.defineProperty(session, 'sessionKey', { value: sessionKey, enumerable: false }) as WechatSession
}

/** Source: getuserphonenumber. Gives the eleven digits of a mainland mobile number; any other is badInput. */
export async function phoneNumber(
  transport: Transport,
  tokens: TokenKeeper,
  { appId, code }: { appId: string; code: string },
): Promise<string> {
  if (!code) throw inputError(PHONE_PATH, '缺少 code')
  const answer = await tokens.withToken(async (token) =>
    readJson(
      PHONE_PATH,
      await transport.send({ path: PHONE_PATH, query: { access_token: token }, body: { code }, isFresh: true }),
    ),
  )
  const parsed = PhoneAnswer.safeParse(answer)
  if (!parsed.success) throw answerUnusable(PHONE_PATH)
  const { purePhoneNumber, countryCode, watermark } = parsed.data.phone_info
  if (watermark.appid !== appId) throw answerUnusable(PHONE_PATH, '手机号不是发给本小程序的')
  if (countryCode !== '86' || !/^1\d{10}$/.test(purePhoneNumber)) {
    throw inputError(PHONE_PATH, '只支持中国大陆手机号')
  }
  return purePhoneNumber
}
