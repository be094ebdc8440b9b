// The stable access token: fetched once for everybody who waits, renewed before it ends, replaced when WeChat rejects it.
import { z } from 'zod'
import { answerUnusable, WechatError } from './problems.js'
import { readJson, type Transport } from './transport.js'

const PATH = '/cgi-bin/stable_token'
// stable_token: 有效期目前为 7200 秒，提前 5 分钟更新，新老 access_token 在 5 分钟内都可用
const RENEW_EARLY_MS = 5 * 60_000
// stable_token: force_refresh 每天限用 20 次且需间隔 30 秒
const FORCE_APART_MS = 30_000

/** Codes that mean the token was not accepted, and so that the call had no effect. */
const REJECTED = new Set([40001, 40014, 42001])

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().max(7200) })

export interface TokenKeeper {
  /** Runs a call with the token; when WeChat rejects the token, renews it and runs the call once more. */
  withToken<T>(call: (token: string) => Promise<T>): Promise<T>
}

export interface TokenOptions {
  readonly appId: string
  readonly secret: string
  readonly now: () => number
}

export function keepToken(transport: Transport, { appId, secret, now }: TokenOptions): TokenKeeper {
  let held: { token: string; renewAt: number } | undefined
  let underway: Promise<string> | undefined
  let forcedAt = Number.NEGATIVE_INFINITY

  async function fetchToken(isForced: boolean): Promise<string> {
    const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: isForced }
    const askedAt = now()
    const parsed = Answer.safeParse(readJson(PATH, await transport.send({ path: PATH, body })))
    if (!parsed.success) throw answerUnusable(PATH)
    const { access_token: token, expires_in: seconds } = parsed.data
    held = { token, renewAt: askedAt + Math.max(seconds * 1000 - RENEW_EARLY_MS, 1000) }
    return token
  }

  /** The plain call first: another process may have renewed already, and forced renewals are few. */
  async function replace(rejected: string): Promise<string> {
    held = undefined
    const current = await fetchToken(false)
    if (current !== rejected) return current
    held = undefined
    if (now() - forcedAt < FORCE_APART_MS) {
      throw new WechatError({ kind: 'busy', meaning: '刚刚强制更新过凭证，请稍候再试', path: PATH, sent: false })
    }
    forcedAt = now()
    return fetchToken(true)
  }

  function once(work: () => Promise<string>): Promise<string> {
    underway ??= work()
      .catch((error: unknown) => {
        throw notSent(error)
      })
      .finally(() => {
        underway = undefined
      })
    return underway
  }

  async function current(): Promise<string> {
    if (underway) return underway
    if (held && now() < held.renewAt) return held.token
    return once(() => fetchToken(false))
  }

  async function renewed(rejected: string): Promise<string> {
    if (underway) await underway.catch(() => undefined)
    if (held && held.token !== rejected) return held.token
    return once(() => replace(rejected))
  }

  return {
    async withToken(call) {
      const token = await current()
      try {
        return await call(token)
      } catch (error) {
        if (!(error instanceof WechatError) || !REJECTED.has(error.errcode ?? 0)) throw error
        return call(await renewed(token))
      }
    },
  }
}

/** While the token is fetched, the call it is for has not left: whoever sends a message may safely repeat it. */
function notSent(error: unknown): unknown {
  if (!(error instanceof WechatError)) return error
  const { kind, meaning, path, errcode, rid } = error
  return new WechatError({ kind, meaning, path, errcode, rid, sent: false })
}
