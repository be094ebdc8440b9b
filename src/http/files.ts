/** `POST /api/files` takes a file in, `GET /api/files/:id` gives it out again under a signed link. */
import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import type Router from '@koa/router'
import type { ParameterizedContext } from 'koa'
import { IsNull } from 'typeorm'
import { downloadHeaders } from '../files/headers.js'
import { type Link, verifyLink } from '../files/links.js'
import { StoredFile } from '../files/storedFile.js'
import { takeUpload } from '../files/take.js'
import type { House } from '../house.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import type { Route } from '../policy.js'
import { Problem } from '../problem.js'
import { identify } from './dispatch.js'
import { type Intake, uploadPlaces } from './intake.js'
import type { Limits } from './limits.js'
import { grantsOf } from './scopes.js'
import { bearer, idempotencyKey } from './verbRoute.js'

const PATIENCE_MS = 15_000

export function fileRoutes(router: Router, house: House, limits: Limits, intake: Intake): void {
  const places = uploadPlaces(intake)
  const enterPlace = async (ctx: ParameterizedContext, personId: string) => {
    try {
      return places.take(personId)
    } catch (error) {
      await heardOut(ctx.req, intake.refusedPatienceMs)
      if (!ctx.req.complete) ctx.set('Connection', 'close')
      throw error
    }
  }
  const enter = async (ctx: ParameterizedContext, route: Route) => {
    ctx.state['verb'] = route
    const actor = await identify(house, bearer(ctx.get('Authorization')))
    await limits.admit(route, actor.personId, ctx.state['address'] as string)
    if (grantsOf(actor, route).length === 0) throw new Problem('unauthenticated')
    return actor
  }

  router.post('/api/files', async (ctx) => {
    const { personId } = await enter(ctx, 'POST /api/files')
    const key = idempotencyKey(ctx.get('Idempotency-Key'))
    const leave = await enterPlace(ctx, personId ?? (ctx.state['address'] as string))
    const view = await takeUpload(house, ctx.req, { personId, key, stallMs: intake.uploadStallMs })
      .catch(async (error: unknown) => {
        const hasStalled = error instanceof Problem && error.type === 'tooSlow'
        if (!hasStalled) await heardOut(ctx.req, PATIENCE_MS)
        throw error
      })
      .finally(leave)
    ctx.set('Cache-Control', 'no-store')
    ctx.set('Content-Type', 'application/json; charset=utf-8')
    ctx.body = JSON.stringify(view)
  })

  router.get('/api/files/:id', async (ctx) => {
    const { personId } = await enter(ctx, 'GET /api/files/:id')
    const fileId = ctx.params['id'] as string
    const link = goodLink(house, fileId, ctx.query)
    if (!link && personId === null) throw new Problem('notFound')
    const file = await house.ds.manager.findOneBy(StoredFile, { id: fileId })
    const isOwnUpload = file !== null && file.ownerId === null && file.uploadedBy === personId
    if (!file || !(isOwnUpload || (link && (await stillHolds(house, file, link.personId)))))
      throw new Problem('notFound')
    await send(ctx, house, file)
  })
}

/** Phones read the answer only once they have sent everything: until then, or for a while, the rest is let go by. */
async function heardOut(req: IncomingMessage, patienceMs: number): Promise<void> {
  if (req.complete || req.destroyed) return
  req.resume()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), patienceMs)
  await finished(req, { signal: patience.signal, cleanup: true }).catch(() => undefined)
  clearTimeout(timer)
}

/** Undefined without a link. @throws Problem notFound for a link that is over or was not made here */
function goodLink(house: House, fileId: string, { e, p, s }: Record<string, unknown>): Link | undefined {
  if (e === undefined && s === undefined) return undefined
  const check = verifyLink(house.know.keyring.purposeKey('links'), { fileId, e, p, s }, house.now())
  if (check.isValid) return check
  throw new Problem('notFound', check.reason === 'expired' ? { title: '链接已过期，请回到原来的页面重新打开' } : {})
}

/** Whoever the link was made for is still there, and the file was not held back from them since. */
async function stillHolds({ ds }: House, file: StoredFile, personId: string | null): Promise<boolean> {
  if (personId === null) return true
  if (!(await ds.manager.existsBy(Person, { id: personId, erasedAt: IsNull() }))) return false
  if (file.review !== 'held' || file.uploadedBy === personId) return true
  return ds.manager.existsBy(Post, { personId, isActive: true })
}

async function send(ctx: ParameterizedContext, house: House, file: StoredFile): Promise<void> {
  const { blobs } = house.outside
  const etag = `"${file.hash}"`
  ctx.set(downloadHeaders(file))
  ctx.set('ETag', etag)
  if (ctx.get('If-None-Match') === etag) {
    ctx.status = 304
    return
  }
  const bytes = ctx.method === 'HEAD' ? await blobs.has(file.hash) : await blobs.get(file.hash)
  if (!bytes) throw new Error(`The bytes of file ${file.id} are missing from the store`)
  ctx.status = 200
  if (bytes !== true) {
    bytes.on('error', (error: NodeJS.ErrnoException) => {
      const isReaderGone = error.code === 'ERR_STREAM_PREMATURE_CLOSE'
      if (!isReaderGone) house.log.error({ err: error, fileId: file.id }, 'a file could not be sent whole')
    })
    ctx.body = bytes
  }
  ctx.length = file.size
}
