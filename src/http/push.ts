/** `/wechat/push`: where WeChat tells us what it found in a picture. It does not exist until the bureau sets a token. */
import type Router from '@koa/router'
import type { ParameterizedContext } from 'koa'
import readBody from 'raw-body'
import { takeVerdict } from '../files/check.js'
import type { House } from '../house.js'
import type { Route } from '../policy.js'
import { Problem } from '../problem.js'
import { parsePush, verifyPush } from '../wechat/callback.js'
import type { Limits } from './limits.js'

const BODY_BYTES = 64 * 1024

export function pushRoutes(router: Router, house: House, limits: Limits): void {
  const { pushToken, appId } = house.config.wechat
  if (pushToken === undefined) return
  const enter = async (ctx: ParameterizedContext, route: Route) => {
    ctx.state['verb'] = route
    await limits.admit(route, null, ctx.state['address'] as string)
    if (!verifyPush(ctx.query, pushToken, house.now().getTime())) throw new Problem('forbidden')
    ctx.set('Cache-Control', 'no-store')
    ctx.type = 'text/plain'
  }

  // 若确认此次 GET 请求来自微信服务器，请原样返回 echostr 参数内容
  router.get('/wechat/push', async (ctx) => {
    await enter(ctx, 'GET /wechat/push')
    ctx.body = String(ctx.query['echostr'] ?? '')
  })

  router.post('/wechat/push', async (ctx) => {
    await enter(ctx, 'POST /wechat/push')
    const event = parsePush(await readJson(ctx))
    if (event === undefined) throw new Problem('malformed')
    if (event.kind !== 'other' && event.appId === appId) {
      // WeChat pushes again what was not answered with 200: by then the trace id is written down.
      if (!(await takeVerdict(house.ds.manager, event))) throw new Problem('notFound')
    }
    ctx.body = 'success'
  })
}

async function readJson(ctx: ParameterizedContext): Promise<unknown> {
  try {
    return JSON.parse(await readBody(ctx.req, { limit: BODY_BYTES, encoding: 'utf-8' }))
  } catch (error) {
    throw new Problem((error as { status?: number }).status === 413 ? 'tooLarge' : 'malformed', { cause: error })
  }
}
