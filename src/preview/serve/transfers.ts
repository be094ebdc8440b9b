/**
 * What the preview needs to have a transfer confirmed as WeChat does: `POST /preview/transfers` says what somebody is to
 * receive, and with `isConfirmed` tells the sandbox of WeChat Pay that they want it.
 */
import type Router from '@koa/router'
import { z } from 'zod'
import { parseInput } from '../../http/input.js'
import { jsonBody } from '../../http/verbRoute.js'
import { Problem } from '../../problem.js'
import { demoOpenid } from '../../wechat/sandbox/people.js'
import type { PaySandbox } from '../../wechat/sandbox/pay/start.js'
import { line } from '../../wire.js'

const BODY_MS = 5000
const asked = z.strictObject({
  person: line(32),
  mchId: line(32),
  appId: line(64),
  package: line(4096),
  isConfirmed: z.boolean().optional(),
})

export function transferRoutes(router: Router, sandbox: PaySandbox): void {
  router.post('/preview/transfers', async (ctx) => {
    const { person, mchId, appId, isConfirmed, ...rest } = parseInput(asked, await jsonBody(ctx, BODY_MS)) as z.output<
      typeof asked
    >
    const openid = demoOpenid(person)
    // Another's transfer is none, as in WeChat, where only its receiver can open it.
    const bill = mchId === sandbox.mchId && appId === sandbox.appId ? sandbox.shown(rest.package, openid) : undefined
    if (!bill || (isConfirmed && !sandbox.confirm(rest.package, openid))) throw new Problem('notFound')
    ctx.body = { amountFen: bill.amountFen, perception: bill.perception, remark: bill.remark, state: bill.state }
  })
}
