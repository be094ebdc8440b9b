// Sends one subscribe message, and says honestly when nobody knows whether it went out.
import { WechatError } from './problems.js'
import type { MessageTemplate, TemplateData } from './templates.js'
import type { TokenKeeper } from './token.js'
import { readJson, type Transport } from './transport.js'

const PATH = '/cgi-bin/message/subscribe/send'

/** By the template's key, as `parseTemplates` gives them. */
export type Templates = ReadonlyMap<string, MessageTemplate>

export type MiniprogramState = 'developer' | 'trial' | 'formal'

export interface SubscribeMessage {
  readonly openid: string
  readonly templateId: string
  /** A page of the mini-program, without leading slash; may carry a query. */
  readonly page?: string
  readonly data: TemplateData
  readonly state: MiniprogramState
}

/** uncertain: the request left and the answer was lost; sending again could deliver it twice. */
export type SendOutcome = 'sent' | 'refused' | 'invalid' | 'uncertain'

export interface SendResult {
  readonly outcome: SendOutcome
  readonly errcode?: number
  readonly msgId?: string
}

/** Codes that settle this one message for good; every other code is thrown. */
const SETTLED: Readonly<Record<number, SendOutcome>> = {
  43101: 'refused',
  40003: 'invalid',
  40037: 'invalid',
  41030: 'invalid',
  45168: 'invalid',
  47003: 'invalid',
}

/** Throws a WechatError when the message certainly did not go out and the cause may pass (`retryable`) or is ours. */
export async function sendSubscribe(
  transport: Transport,
  tokens: TokenKeeper,
  { openid, templateId, page, data, state }: SubscribeMessage,
): Promise<SendResult> {
  const body = {
    touser: openid,
    template_id: templateId,
    ...(page === undefined ? {} : { page }),
    data,
    miniprogram_state: state,
    lang: 'zh_CN',
  }
  try {
    return await tokens.withToken(async (token) => {
      const bytes = await transport.send({ path: PATH, query: { access_token: token }, body, isFresh: true })
      readJson(PATH, bytes)
      // Taken from the text: the number may be larger than a JavaScript number holds exactly.
      const msgId = /"msgid"\s*:\s*"?(\d+)/.exec(bytes.toString('utf8'))?.[1]
      return msgId ? { outcome: 'sent', msgId } : { outcome: 'sent' }
    })
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    const { errcode, sent } = error
    if (errcode === undefined) {
      if (sent) return { outcome: 'uncertain' }
      throw error
    }
    const outcome = SETTLED[errcode]
    if (sent && outcome) return { outcome, errcode }
    throw error
  }
}
