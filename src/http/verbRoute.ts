/** `GET|POST /api/<verb>`: from the bytes of a request to a verb, and its answer back to bytes. */
import { createHash } from 'node:crypto'
import type { Middleware, ParameterizedContext } from 'koa'
import { LRUCache } from 'lru-cache'
import readBody from 'raw-body'
import { contract, type Input, type Verb } from '../contract.js'
import type { House } from '../house.js'
import { policy } from '../policy.js'
import { Problem } from '../problem.js'
import { verbs } from '../verbs.js'
import type { VerbContract } from '../wire.js'
import { dispatch } from './dispatch.js'
import { parseInput, readQuery } from './input.js'
import type { Intake } from './intake.js'
import type { Limits } from './limits.js'
import { isKept, writeReady } from './ready.js'
import type { Ready } from './serve.js'

const BODY_BYTES = 256 * 1024
const JSON_TYPE = 'application/json; charset=utf-8'

export function verbRoute(house: House, limits: Limits, { bodyMs }: Intake): Middleware {
  return async (ctx) => {
    const name = (ctx as unknown as { params: { verb: string } }).params.verb
    if (!Object.hasOwn(contract, name)) throw new Problem('notFound', { title: '没有这个接口' })
    const verb = name as Verb
    ctx.state['verb'] = verb
    const terms: VerbContract = contract[verb]
    const allowed = methodsOf(terms)
    if (!allowed.includes(ctx.method === 'HEAD' ? 'GET' : ctx.method)) {
      ctx.set('Allow', allowed.join(', '))
      throw new Problem('methodNotAllowed')
    }
    const method = ctx.method === 'POST' ? 'POST' : 'GET'
    const token = bearer(ctx.req.headers.authorization ?? '')
    if (token === undefined && method === 'GET') {
      const ready = readyAnswer(house, verb, ctx.querystring)
      if (ready) {
        writeReady(ctx, JSON_TYPE, ready)
        return
      }
    }
    const address = ctx.state['address'] as string
    if (method === 'POST') await limits.knock(address)
    const request = {
      verb,
      token,
      raw: method === 'GET' ? readQuery(terms.input, ctx.querystring) : await jsonBody(ctx, bodyMs),
      key: idempotencyKey(ctx.get('Idempotency-Key')),
      address,
    }
    const answer = await dispatch(house, request, (actor) => limits.admit(verb, actor.personId, address))
    ctx.status = 200
    ctx.set('Content-Type', JSON_TYPE)
    // What an informer asks is kept by nobody on the way.
    const isOpen = policy[verb].anyone !== undefined && !verbs[verb].isDiscreet
    const isPublic = token === undefined && isOpen && method === 'GET'
    if (isPublic) {
      const etag = `"${createHash('sha1').update(answer).digest('base64url')}"`
      ctx.set('Cache-Control', 'public, no-cache')
      ctx.set('ETag', etag)
      if (isKept(ctx.get('If-None-Match'), etag)) {
        ctx.status = 304
        return
      }
    } else ctx.set('Cache-Control', 'no-store')
    ctx.body = answer
  }
}

const methodsOf = ({ kind, mayCarryBody }: VerbContract): string[] =>
  kind === 'command' ? ['POST'] : mayCarryBody ? ['GET', 'POST'] : ['GET']

/** Good inputs by verb and query string: reading one again takes a twentieth of the time of reading a page. */
const inputs = new LRUCache<string, Input<Verb>>({ max: 1000 })
const LONGEST_KEPT = 300

/** The bytes made ready for a query that anybody may ask; undefined where there are none. */
function readyAnswer(house: House, verb: Verb, search: string): Ready | undefined {
  const { ready } = verbs[verb]
  if (!ready) return undefined
  const name = `${verb}?${search}`
  let input = inputs.get(name)
  if (input === undefined) {
    const { input: schema } = contract[verb]
    input = parseInput(schema, readQuery(schema, search)) as Input<Verb>
    if (name.length <= LONGEST_KEPT) inputs.set(name, input)
  }
  return ready(input, house.know, house.now())
}

/** The token of `Authorization: Bearer …`. @throws Problem unauthenticated, when the header says something else */
export function bearer(header: string): string | undefined {
  if (header === '') return undefined
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(header)?.[1]
  if (token === undefined) throw new Problem('unauthenticated')
  return token
}

/** The key as sent, undefined without one. @throws Problem malformed, when it is none */
export function idempotencyKey(header: string): string | undefined {
  if (header === '') return undefined
  if (!/^[\x21-\x7e]{8,100}$/.test(header)) {
    throw new Problem('malformed', { detail: 'Idempotency-Key 应为8到100个可见字符' })
  }
  return header
}

/** The JSON object of the body; an empty body is an empty object. */
export async function jsonBody(ctx: ParameterizedContext, withinMs: number): Promise<unknown> {
  const type = ctx.get('Content-Type')
  const length = ctx.request.length
  if (type === '' && !length && ctx.get('Transfer-Encoding') === '') return {}
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new Problem('unsupportedMedia', { detail: '请用 application/json' })
  if (ctx.get('Content-Encoding') !== '') throw new Problem('unsupportedMedia', { detail: '请不要压缩请求内容' })
  if (length !== undefined && length > BODY_BYTES) throw new Problem('tooLarge')
  let bytes: Buffer
  try {
    bytes = await inTime(readBody(ctx.req, { limit: BODY_BYTES }), withinMs)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem((error as { status?: number }).status === 413 ? 'tooLarge' : 'malformed', { cause: error })
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    throw new Problem('malformed', { cause: error })
  }
  throw new Problem('malformed', { detail: '请求内容应是一个 JSON 对象' })
}

/** @throws Problem tooSlow */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('tooSlow')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
