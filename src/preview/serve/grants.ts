/** `POST /preview/grants`: the preview tells WeChat's sandbox which messages its person has agreed to. */
import type Router from '@koa/router'
import { z } from 'zod'
import { parseInput } from '../../http/input.js'
import { jsonBody } from '../../http/verbRoute.js'
import { line } from '../../wire.js'
import { demoOpenid } from '../../wechat/sandbox/people.js'
import type { Sandbox } from '../../wechat/sandbox/start.js'

const BODY_MS = 5000
const grants = z.strictObject({ person: line(32), templateIds: z.array(line(100)).min(1).max(3) })

/** As WeChat's own dialogue would: one agreement, one message. */
export function grantRoute(router: Router, sandbox: Pick<Sandbox, 'grant'>): void {
  router.post('/preview/grants', async (ctx) => {
    const { person, templateIds } = parseInput(grants, await jsonBody(ctx, BODY_MS)) as z.output<typeof grants>
    for (const templateId of templateIds) sandbox.grant(demoOpenid(person), templateId)
    ctx.status = 204
  })
}
