/**
 * What the preview needs to ask for messages as WeChat does: `GET /preview/templates.json` says what each template is
 * called, `POST /preview/grants` tells WeChat's sandbox which messages the person has agreed to.
 */
import type Router from '@koa/router'
import { z } from 'zod'
import { parseInput } from '../../http/input.js'
import { jsonBody } from '../../http/verbRoute.js'
import { line } from '../../wire.js'
import { demoOpenid } from '../../wechat/sandbox/people.js'
import type { Sandbox } from '../../wechat/sandbox/start.js'
import type { MessageTemplate } from '../../wechat/templates.js'

const BODY_MS = 5000
const grants = z.strictObject({ person: line(32), templateIds: z.array(line(100)).min(1).max(3) })

export function grantRoutes(
  router: Router,
  sandbox: Pick<Sandbox, 'grant'>,
  templates: ReadonlyMap<string, MessageTemplate>,
): void {
  const titles = Object.fromEntries([...templates.values()].map(({ templateId, title }) => [templateId, title]))
  router.get('/preview/templates.json', (ctx) => {
    ctx.body = titles
  })
  // As WeChat's own dialogue would: one agreement, one message.
  router.post('/preview/grants', async (ctx) => {
    const { person, templateIds } = parseInput(grants, await jsonBody(ctx, BODY_MS)) as z.output<typeof grants>
    for (const templateId of templateIds) sandbox.grant(demoOpenid(person), templateId)
    ctx.status = 204
  })
}
