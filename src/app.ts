/** The Koa chain: every request passes it from top to bottom. */
import { randomBytes } from 'node:crypto'
import Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import type { House } from './house.js'
import { addressReader } from './http/address.js'
import { docsRoute } from './http/docs.js'
import { fileRoutes } from './http/files.js'
import { healthRoutes } from './http/health.js'
import type { Intake } from './http/intake.js'
import type { Limits } from './http/limits.js'
import { isCounted, isLogged, loggedVerb } from './http/logged.js'
import type { Metrics } from './http/metrics.js'
import { payNoticeRoutes } from './http/payNotices.js'
import { openapiRoute } from './http/openapi.js'
import { answerProblems } from './http/problems.js'
import { pushRoutes } from './http/push.js'
import type { Room } from './http/room.js'
import { safeHeaders } from './http/safeHeaders.js'
import { verbRoute } from './http/verbRoute.js'
import { grantRoutes } from './preview/serve/grants.js'
import { transferRoutes } from './preview/serve/transfers.js'
import { previewRoutes } from './preview/serve/routes.js'
import type { PaySandbox } from './wechat/sandbox/pay/start.js'
import type { Sandbox } from './wechat/sandbox/start.js'

export interface AppParts {
  house: House
  limits: Limits
  metrics: Metrics
  intake: Intake
  room: Room
  /** WeChat's interfaces on loopback, where there is no WeChat. */
  sandbox: Sandbox | undefined
  paySandbox: PaySandbox | undefined
  /** False once the service is stopping. */
  isServing(): boolean
}

export function buildApp({ house, limits, metrics, intake, room, sandbox, paySandbox, isServing }: AppParts): Koa {
  const router = new Router()
  healthRoutes(router, house, room, isServing)
  fileRoutes(router, house, limits, intake)
  pushRoutes(router, house, limits)
  payNoticeRoutes(router, house, limits)
  openapiRoute(router)
  docsRoute(router)
  // Its titles stand before the built files, of which any address may be one.
  if (sandbox && house.config.isPreviewed) grantRoutes(router, sandbox, house.know.templates)
  if (paySandbox && house.config.isPreviewed) transferRoutes(router, paySandbox)
  previewRoutes(router, house.config)
  router.all('/api/:verb', verbRoute(house, limits, intake))

  const app = new Koa()
  app.silent = true // the chain answers and logs every error itself
  app.use(observe(house, metrics, isServing))
  app.use(answerProblems(house.log, room))
  app.use(allowOrigins(house.config.corsOrigins))
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}

/** Trace id, safe headers, one log line and one observation a request, but for what is discreet. No personal data in either. */
function observe({ config, log }: House, metrics: Metrics, isServing: () => boolean): Middleware {
  const readAddress = addressReader(config.trustedProxies)
  const process_ = randomBytes(4).toString('hex')
  return async (ctx, next) => {
    const startedAt = process.hrtime.bigint()
    // Counted up, it would tell whoever asks again and again that somebody else was here.
    const traceId = `${process_}-${randomBytes(6).toString('hex')}`
    ctx.state['traceId'] = traceId
    ctx.state['address'] = readAddress(ctx.req)
    ctx.state['isLast'] = !isServing()
    await next()
    if (!ctx.headerSent) {
      for (const [name, value] of safeHeaders) if (!ctx.res.hasHeader(name)) ctx.res.setHeader(name, value)
      ctx.res.setHeader('X-Trace-Id', traceId)
      if (!isServing()) ctx.res.setHeader('Connection', 'close')
    }
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9
    const verb = (ctx.state['verb'] as string | undefined) ?? 'other'
    if (isCounted(verb, ctx.status)) metrics.observe(loggedVerb(verb), ctx.status, seconds)
    if (!isLogged(verb, ctx.status)) return
    log.info(
      { traceId, verb: loggedVerb(verb), method: ctx.method, status: ctx.status, ms: Math.round(seconds * 1e4) / 10 },
      'request',
    )
  }
}

/** Browsers of the named origins may call; the mini-program needs none of this. */
function allowOrigins(origins: readonly string[]): Middleware {
  return async (ctx, next) => {
    const origin = ctx.get('Origin')
    if (origin === '' || !origins.includes(origin)) return next()
    ctx.set('Access-Control-Allow-Origin', origin)
    ctx.vary('Origin')
    if (ctx.method !== 'OPTIONS') return next()
    ctx.set('Access-Control-Allow-Methods', 'GET, POST')
    ctx.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key')
    ctx.status = 204
  }
}
