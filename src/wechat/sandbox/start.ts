// A stand-in for WeChat's HTTP interfaces on loopback, so that the demonstration and the tests run the product's own client.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import readBody from 'raw-body'
import { type Behaviour, Behaviours, type Fault } from './behaviour.js'
import { type Asked, grantKey, INTERFACES, type Interface, type SandboxWorld, type SentMessage } from './interfaces.js'
import { MediaPush, type PushTarget } from './mediaPush.js'
import { demoOpenid, isOpenid, readLoginCode } from './people.js'
import { Refusal } from './refusal.js'
import { SandboxTokens, type TokenFault } from './tokens.js'

export type { Behaviour, Fault, PushTarget, SentMessage, TokenFault }
export { demoOpenid }

export interface SandboxOptions {
  readonly appId: string
  readonly secret: string
  /** Any free one unless told. */
  readonly port?: number
  /** Templates that exist; any without it. */
  readonly templateIds?: Iterable<string>
  /** Pages that are published; any without it. */
  readonly pages?: Iterable<string>
  /** Codes with a `#` work once, as WeChat's do. */
  readonly isOneTime?: boolean
  /** Where verdicts on pictures are pushed; may be told later. */
  readonly push?: PushTarget
  /** Milliseconds between a picture's check and the push of its verdict. */
  readonly pushDelayMs?: number
}

export interface Sandbox {
  readonly baseUrl: string
  readonly sent: readonly SentMessage[]
  /** Paths in the order they were asked for. */
  readonly calls: readonly string[]
  setBehaviour(behaviour: Behaviour): void
  clearBehaviour(): void
  /** As the client's subscribe dialogue: one grant, one message. */
  grant(openid: string, templateId: string): void
  setPush(target: PushTarget): void
  spoilToken(fault: TokenFault): void
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const MAX_BODY_BYTES = 512 * 1024
const MAX_CALLS = 10_000

async function readJsonBody(ctx: Koa.Context): Promise<Record<string, unknown>> {
  const bytes = await readBody(ctx.req, { limit: MAX_BODY_BYTES })
  if (bytes.length === 0) throw new Refusal(44002)
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Falls through to WeChat's own code for it.
  }
  throw new Refusal(47001)
}

/** WeChat writes its long numbers unquoted. */
function toJson(answer: object): string {
  const marked = JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'bigint' ? `\u0001${value}\u0001` : value,
  )
  return marked.replace(/"\\u0001(\d+)\\u0001"/g, '$1')
}

function reply(ctx: Koa.Context, answer: object): void {
  ctx.status = 200
  if (Buffer.isBuffer(answer)) {
    ctx.type = 'image/png'
    ctx.body = answer
  } else {
    // jscode2session answers JSON as text/plain; clients must read the content, not the label.
    ctx.type = ctx.path.startsWith('/sns/') ? 'text/plain' : 'application/json'
    ctx.body = toJson(answer)
  }
}

function fail(ctx: Koa.Context, fault: Fault): void {
  if (fault.kind === 'errcode') {
    reply(ctx, new Refusal(fault.errcode, fault.errmsg).answer())
  } else if (fault.kind === 'reply') {
    ctx.status = fault.status
    ctx.type = 'text/html'
    ctx.body = fault.text
  } else {
    ctx.respond = false
    if (fault.kind === 'drop') ctx.req.socket.destroy()
  }
}

function personOf({ query, body }: Asked): string | undefined {
  const name = readLoginCode(query.js_code ?? '')
  const openid = name ? demoOpenid(name) : (body.touser ?? body.openid)
  return typeof openid === 'string' ? openid : undefined
}

const queryOf = (ctx: Koa.Context) => Object.fromEntries(new URLSearchParams(ctx.querystring))

async function serve(ctx: Koa.Context, one: Interface, world: SandboxWorld, behaviours: Behaviours): Promise<void> {
  if (ctx.method !== one.method) throw new Refusal(one.method === 'GET' ? 43001 : 43002)
  const asked: Asked = { query: queryOf(ctx), body: one.method === 'POST' ? await readJsonBody(ctx) : {} }
  const behaviour = behaviours.take(ctx.path, personOf(asked))
  if (behaviour && behaviour.when !== 'after') {
    fail(ctx, behaviour.fault)
    return
  }
  if (one.needsToken) world.tokens.check(asked.query.access_token)
  const answer = await one.answer(world, asked)
  if (behaviour) fail(ctx, behaviour.fault)
  else reply(ctx, answer)
}

function addGrant(world: SandboxWorld, openid: string, templateId: string): void {
  const key = grantKey(openid, templateId)
  world.grants.set(key, (world.grants.get(key) ?? 0) + 1)
}

function buildApp(world: SandboxWorld, behaviours: Behaviours, calls: string[]): Koa {
  const router = new Router()
  for (const [path, one] of Object.entries(INTERFACES)) {
    router.all(path, async (ctx) => {
      if (calls.length < MAX_CALLS) calls.push(path)
      await serve(ctx, one, world, behaviours)
    })
  }
  router.post('/sandbox/grant', async (ctx) => {
    const { openid, templateId } = await readJsonBody(ctx)
    if (!isOpenid(openid)) throw new Refusal(40003)
    if (typeof templateId !== 'string' || !templateId) throw new Refusal(40037)
    addGrant(world, openid, templateId)
    reply(ctx, { errcode: 0, errmsg: 'ok' })
  })
  router.get('/sandbox/sent', (ctx) => reply(ctx, { items: world.sent }))

  const app = new Koa()
  app.silent = true
  app.use(async (ctx, next) => {
    // A page in a browser that reaches loopback under another name has no business here.
    if (![HOST, 'localhost'].includes(ctx.hostname)) ctx.throw(421)
    try {
      await next()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reply(ctx, error.answer())
    }
  })
  app.use(router.routes())
  return app
}

function listen(app: Koa, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, HOST)
    server.once('listening', () => resolve(server))
    server.once('error', reject)
  })
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { appId, secret, port = 0, templateIds, pages, isOneTime = false, push, pushDelayMs = 300 } = options
  const behaviours = new Behaviours()
  const calls: string[] = []
  const world: SandboxWorld = {
    appId,
    secret,
    tokens: new SandboxTokens(),
    grants: new Map(),
    sent: [],
    usedCodes: new Set(),
    isOneTime,
    templateIds: templateIds && new Set(templateIds),
    pages: pages && new Set(pages),
    media: new MediaPush(pushDelayMs),
  }
  if (push) world.media.aimAt(push)
  const server = await listen(buildApp(world, behaviours, calls), port)
  const address = server.address() as AddressInfo

  return {
    baseUrl: `http://${HOST}:${address.port}`,
    sent: world.sent,
    calls,
    setBehaviour: (behaviour) => behaviours.add(behaviour),
    clearBehaviour: () => behaviours.clear(),
    grant: (openid, templateId) => addGrant(world, openid, templateId),
    setPush: (target) => world.media.aimAt(target),
    spoilToken: (fault) => world.tokens.spoil(fault),
    async stop() {
      world.media.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
