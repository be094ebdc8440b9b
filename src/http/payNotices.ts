/** `/wechat/pay/notify`: where WeChat Pay tells how a transfer ended. It does not exist until WeChat Pay is set up. */
import type Router from '@koa/router'
import readBody from 'raw-body'
import type { House } from '../house.js'
import { PayNoticeRefused } from '../pay/client.js'
import { NOTIFY_PATH } from '../pay/open.js'
import type { Route } from '../policy.js'
import { NoticeUnfit, takeNotice } from '../rewards/payout/takeNotice.js'
import type { Limits } from './limits.js'

const ROUTE: Route = 'POST /wechat/pay/notify'
const BODY_BYTES = 64 * 1024

/** 验签通过且处理成功的应答 200 或 204；失败的应答 4XX 或 5XX 和 code、message，微信支付会再通知. */
const FAILED = { code: 'FAIL', message: '失败' }

export function payNoticeRoutes(router: Router, house: House, limits: Limits): void {
  const { pay } = house.outside
  if (!pay) return
  router.post(NOTIFY_PATH, async (ctx) => {
    ctx.state['verb'] = ROUTE
    await limits.admit(ROUTE, null, ctx.state['address'] as string)
    ctx.set('Cache-Control', 'no-store')
    const raw = await readBody(ctx.req, { limit: BODY_BYTES, encoding: 'utf-8' }).catch(() => undefined)
    if (raw === undefined) return refuse(400, 'body')
    try {
      const notice = await pay.readNotice(ctx.headers as Record<string, string>, raw, house.now())
      await takeNotice(house, notice)
      house.kick()
      ctx.status = 204
    } catch (error) {
      if (error instanceof PayNoticeRefused) return refuse(401, error.reason)
      if (error instanceof NoticeUnfit) return refuse(400, error.reason)
      throw error
    }

    function refuse(status: number, reason: string): void {
      house.log.warn({ reason }, 'a notice of WeChat Pay was refused')
      ctx.status = status
      ctx.body = FAILED
    }
  })
}
