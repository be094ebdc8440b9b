// Starts the sandbox with the real client before it, and keeps everything that was logged or thrown as evidence.
import { inspect } from 'node:util'
import { createWechat, type Wechat, type WechatOptions } from '../../src/wechat/client.js'
import { WechatError } from '../../src/wechat/problems.js'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/wechat/sandbox/start.js'

export const APP_ID = 'wx0123456789abcdef'
export const SECRET = 'e8a1c0ffee5ec2e7e8a1c0ffee5ec2e7'
export const PHONE = '13900001234'

export interface World {
  readonly sandbox: Sandbox
  readonly wechat: Wechat
  /** Every log line and every error, serialised in the ways a log or an answer might. */
  readonly evidence: string[]
  client(options?: Partial<WechatOptions>): Wechat
  /** Runs what must fail, and gives its error. */
  failure(work: Promise<unknown>): Promise<WechatError>
  /** How often a path was asked for. */
  count(path: string): number
  /** The token that the sandbox hands out now. */
  token(): Promise<string>
  stop(): Promise<void>
}

export async function wechatWorld(options: Partial<SandboxOptions> = {}): Promise<World> {
  const sandbox = await startSandbox({ appId: APP_ID, secret: SECRET, ...options })
  const evidence: string[] = []
  const clients: Wechat[] = []
  const keep = (...things: unknown[]) => {
    for (const thing of things) evidence.push(JSON.stringify(thing), inspect(thing, { depth: 9, showHidden: true }))
  }
  const client = (changes: Partial<WechatOptions> = {}) => {
    const log = { info: keep, warn: keep }
    const one = createWechat({ baseUrl: sandbox.baseUrl, appId: APP_ID, secret: SECRET, log, ...changes })
    clients.push(one)
    keep(one)
    return one
  }
  return {
    sandbox,
    wechat: client(),
    evidence,
    client,
    async failure(work) {
      const error = await work.then(
        (value) => {
          throw new Error(`expected a failure, got ${inspect(value)}`)
        },
        (reason: unknown) => reason,
      )
      if (!(error instanceof WechatError)) throw error
      keep(error, error.message, error.stack, { ...error })
      return error
    },
    count: (path) => sandbox.calls.filter((call) => call === path).length,
    async token() {
      const body = { grant_type: 'client_credential', appid: APP_ID, secret: SECRET, force_refresh: false }
      const answer = await fetch(`${sandbox.baseUrl}/cgi-bin/stable_token`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      return ((await answer.json()) as { access_token: string }).access_token
    },
    async stop() {
      for (const one of clients) one.close()
      await sandbox.stop()
    },
  }
}
