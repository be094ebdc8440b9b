/** `GET /` and `GET /preview/…`: the mini-program in a browser, under rules of its own for what it may load. */
import type Router from '@koa/router'
import type { Context } from 'koa'
import type { Config } from '../../config.js'
import { readyBytes, sendReady } from '../../http/ready.js'
import { Problem } from '../../problem.js'
import { previewFiles } from './files.js'
import { previewPage, unbuiltPage } from './page.js'

const rules = (own: readonly string[]) =>
  ["default-src 'none'", ...own, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"].join('; ')

const rulesOfPage = rules(["script-src 'self'", "style-src 'self'", 'img-src data:', "frame-src 'self'"])

/** The engine writes styles into elements; what people choose and photograph are blobs. */
const rulesOfApp = rules([
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "connect-src 'self' blob:",
  "frame-src 'self'",
])

export type PreviewTerms = Pick<Config, 'isPreviewed' | 'isSandboxed' | 'isDemo' | 'previewDir'>

export function previewRoutes(router: Router, { isPreviewed, isSandboxed, isDemo, previewDir }: PreviewTerms): void {
  if (!isPreviewed) return
  const files = previewFiles(previewDir)
  const page = readyBytes(previewPage(isSandboxed && isDemo))
  const unbuilt = readyBytes(unbuiltPage)

  router.get('/', (ctx) => {
    open(ctx, rulesOfPage, 'text/html; charset=utf-8')
    sendReady(ctx, files().size === 0 ? unbuilt : page)
  })
  router.get('/preview/*file', async (ctx) => {
    const file = files().get((ctx['params'] as { file: string }).file)
    if (!file) throw new Problem('notFound')
    const ready = await file.ready()
    open(ctx, rulesOfApp, file.type)
    sendReady(ctx, ready)
  })
}

function open(ctx: Context, policy: string, type: string): void {
  ctx.set('Content-Security-Policy', policy)
  ctx.set('X-Frame-Options', 'SAMEORIGIN')
  ctx.set('Content-Type', type)
}
