/** `GET /openapi.json`: the contract as OpenAPI 3.1, so that others can call us without asking us. */
import type Router from '@koa/router'
import { z } from 'zod'
import { contract, type Verb } from '../contract.js'
import { fileView } from '../files/contract.js'
import { type Line, policy, type PolicyName, type Route } from '../policy.js'
import { type ProblemType, problems } from '../problem.js'
import { verbs } from '../verbs.js'
import { readyBytes, sendReady } from './ready.js'
import type { Ready } from './serve.js'
import { domainNames } from './words.js'
import type { VerbContract } from '../wire.js'

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[] }
type Json = Record<string, unknown>

export const termsOf = (verb: Verb): VerbContract => contract[verb]
export const verbNames = Object.keys(contract) as Verb[]

export function schemaOf(type: z.core.$ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any', reused: 'inline' })
  return schema as Schema
}

/** Statuses that any request may meet, then those that only a body or a change may. */
const always: readonly ProblemType[] = [
  'malformed',
  'unauthenticated',
  'forbidden',
  'notFound',
  'invalid',
  'tooMany',
  'unavailable',
]
const onBodies: readonly ProblemType[] = ['tooSlow', 'tooLarge', 'unsupportedMedia']
const onCommands: readonly ProblemType[] = ['stale', ...onBodies]

const answerTo = (type: ProblemType) => [String(problems[type][0]), { $ref: `#/components/responses/${type}` }] as const
const refusals = (...types: ProblemType[]) => Object.fromEntries(types.map(answerTo))

const json = (schema: Json, example?: unknown) => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
})

const allowed = (name: PolicyName) => {
  const line: Line = policy[name]
  const isPublic = line.anyone !== undefined
  return { 'x-policy': line, security: isPublic ? [{}, { token: [] }] : [{ token: [] }] }
}

function operation(verb: Verb): Json {
  const { kind, summary, input, output, example } = termsOf(verb)
  const shared = { operationId: verb, summary, tags: [domainOf(verb)], ...allowed(verb) }
  const schema = schemaOf(input, 'input')
  const ok = { description: '成功', content: json(schemaOf(output, 'output')) }
  if (kind === 'query') {
    return {
      ...shared,
      parameters: parametersOf(schema, example as Json),
      responses: { 200: ok, ...refusals(...always) },
    }
  }
  return {
    ...shared,
    ...(verbs[verb].isUnrepeatable ? {} : { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
    requestBody: { required: true, content: json(schema, example) },
    responses: { 200: ok, ...refusals(...always, ...onCommands) },
  }
}

/** A query by `POST`, for what should not stand in an address. */
function bodied(verb: Verb): Json {
  const { summary, input, output, example } = termsOf(verb)
  return {
    operationId: `${verb}.post`,
    summary: `${summary}（内容不宜写在地址里时，用 POST 查询）`,
    tags: [domainOf(verb)],
    ...allowed(verb),
    requestBody: { required: true, content: json(schemaOf(input, 'input'), example) },
    responses: {
      200: { description: '成功', content: json(schemaOf(output, 'output')) },
      ...refusals(...always, ...onBodies),
    },
  }
}

const domainOf = (verb: Verb) => {
  const noun = verb.split('.')[0] as string
  return domainNames[noun] ?? noun
}

/** Arrays go by repeated key, which is what OpenAPI takes for granted. */
function parametersOf({ properties = {}, required = [] }: Schema, example: Json): Json[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    // A default is there whenever nothing is sent.
    required: required.includes(name) && !('default' in schema),
    schema,
    ...(example[name] === undefined ? {} : { example: example[name] }),
  }))
}

/** `POST /api/files`, which takes a form instead of JSON. */
export const fileRoute: { summary: string; input: Schema; output: Schema } = {
  summary: '上传一个文件（图片、PDF、Word、Excel，不超过10 MB）',
  input: {
    type: 'object',
    required: ['file'],
    additionalProperties: false,
    properties: {
      file: { type: 'string', contentMediaType: 'application/octet-stream' },
      keepPlace: { type: 'string', enum: ['true', 'false'], description: '是否同意保留照片的时间和地点' },
      name: { type: 'string', description: '文件叫什么；不填时用文件自己的名字' },
    },
  },
  output: schemaOf(fileView, 'output'),
}

const text = (schema: Json = { type: 'string' }) => ({ 'text/plain': { schema } })

const page = { 'text/html': { schema: { type: 'string' } } }

/** The routes that are not verbs. */
const routes: Readonly<Record<Route, Json>> = {
  'GET /health/live': {
    summary: '进程活着',
    responses: { 200: { description: '活着', content: json({ type: 'object' }, { status: 'live' }) } },
  },
  'GET /health/ready': {
    summary: '可以提供服务',
    responses: {
      200: { description: '就绪', content: json({ type: 'object' }, { status: 'ready' }) },
      ...refusals('unavailable'),
    },
  },
  'GET /openapi.json': {
    summary: '这份接口说明',
    responses: { 200: { description: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
  },
  'GET /docs': {
    summary: '给人看的接口说明',
    responses: { 200: { description: '网页', content: page } },
  },
  'GET /': {
    summary: '在浏览器里看小程序（可关闭）',
    responses: { 200: { description: '网页', content: page }, ...refusals('notFound') },
  },
  'GET /preview/:file': {
    summary: '在浏览器里看小程序：页面用到的文件',
    parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: { description: '文件内容', content: { 'application/octet-stream': { schema: { type: 'string' } } } },
      304: { description: '没有变化' },
      ...refusals('notFound'),
    },
  },
  'POST /preview/grants': {
    summary: '演示中同意接收微信消息（只在沙箱中有）',
    requestBody: {
      required: true,
      content: json({ type: 'object' }, { person: 'enterprise', templateIds: ['demo-case-answered'] }),
    },
    responses: {
      204: { description: '记下了' },
      ...refusals('malformed', 'notFound', 'invalid', 'tooLarge', 'unsupportedMedia'),
    },
  },
  'POST /preview/transfers': {
    summary: '演示中确认收款：先问转的是什么，再确认（只在沙箱中有）',
    requestBody: {
      required: true,
      content: json(
        { type: 'object' },
        {
          person: 'enterprise',
          mchId: '1900000109',
          appId: 'wx-sandbox',
          package: 'affffddafdfafddffda==…',
          isConfirmed: true,
        },
      ),
    },
    responses: {
      200: {
        description: '微信会给收款人看的内容',
        content: json({ type: 'object' }, { amountFen: 30000, perception: '行政奖励' }),
      },
      ...refusals('malformed', 'notFound', 'invalid', 'tooLarge', 'unsupportedMedia'),
    },
  },
  'POST /api/files': {
    summary: fileRoute.summary,
    parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
    requestBody: { required: true, content: { 'multipart/form-data': { schema: fileRoute.input } } },
    responses: {
      200: { description: '已上传，还没有附到诉求或走访上', content: json(fileRoute.output) },
      ...refusals(
        'malformed',
        'unauthenticated',
        'tooSlow',
        'keyReused',
        'tooLarge',
        'unsupportedMedia',
        'invalid',
        'tooMany',
        'unavailable',
      ),
    },
  },
  'GET /api/files/:id': {
    summary: '打开一个文件：用页面里给出的链接（10分钟内有效），或打开自己刚上传的',
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'e', in: 'query', schema: { type: 'string' }, description: '链接到期时间' },
      { name: 'p', in: 'query', schema: { type: 'string' }, description: '链接给谁' },
      { name: 's', in: 'query', schema: { type: 'string' }, description: '签名' },
    ],
    responses: {
      200: { description: '文件内容', content: { 'application/octet-stream': { schema: { type: 'string' } } } },
      304: { description: '没有变化' },
      ...refusals('unauthenticated', 'notFound', 'tooMany', 'unavailable'),
    },
  },
  'GET /wechat/push': {
    summary: '微信验证推送地址',
    responses: {
      200: { description: '原样返回 echostr', content: text() },
      ...refusals('forbidden', 'notFound', 'tooMany'),
    },
  },
  'POST /wechat/pay/notify': {
    summary: '微信支付通知商家转账的结果（微信支付签名、加密）',
    responses: {
      204: { description: '收到' },
      401: { description: '签名不对、过期或者读不懂，什么也没有改变' },
      ...refusals('tooMany', 'unavailable'),
    },
  },
  'POST /wechat/push': {
    summary: '微信推送图片审核结果',
    requestBody: { required: true, content: json({ type: 'object' }) },
    responses: {
      200: { description: '收到', content: text() },
      ...refusals('malformed', 'forbidden', 'notFound', 'tooLarge', 'tooMany'),
    },
  },
}

const routeTag = (route: Route) => domainNames[route.includes('/api/files') ? 'files' : 'house'] as string

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'errors', 'traceId'],
  properties: {
    type: { type: 'string', enum: Object.keys(problems).map((type) => `urn:problem:${type}`) },
    title: { type: 'string', description: '一句说明该怎么办的话' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    traceId: { type: 'string' },
  },
}

function problemResponse([type, [status, title]]: [string, readonly [number, string]]): [string, Json] {
  const example = { type: `urn:problem:${type}`, title, status, errors: [], traceId: '3f9a1c02-b7d4e856a01f' }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } }
  const wait = { 'Retry-After': { description: '过几秒再试', schema: { type: 'integer' } } }
  return [type, { description: title, content, ...(status === 429 || status === 503 ? { headers: wait } : {}) }]
}

export function openapi(): Json {
  const paths: Record<string, Json> = {}
  for (const verb of verbNames) {
    const { kind, mayCarryBody } = termsOf(verb)
    paths[`/api/${verb}`] = {
      [kind === 'query' ? 'get' : 'post']: operation(verb),
      ...(mayCarryBody ? { post: bodied(verb) } : {}),
    }
  }
  for (const [route, terms] of Object.entries(routes) as [Route, Json][]) {
    const [method = '', path = ''] = route.split(' ')
    const place = path.replace(/:(\w+)/g, '{$1}')
    const operationId = `${method.toLowerCase()}${path.replace(/\W+/g, '_')}`
    const told = { operationId, tags: [routeTag(route)], ...allowed(route), ...terms }
    paths[place] = { ...paths[place], [method.toLowerCase()]: told }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '沈环帮办',
      version: '1',
      description: '查询用 GET，办理用 POST，内容都是 JSON。时间带 +08:00，日期为 YYYY-MM-DD。给人看的说明在 /docs。',
    },
    servers: [{ url: '/' }],
    tags: Object.values(domainNames).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'session.login 给的令牌' } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: '这次提交的编号（8到100个可见字符）。同一编号再送一次，得到第一次的答复，不会办两次。',
          schema: { type: 'string', minLength: 8, maxLength: 100, pattern: '^[\\x21-\\x7e]+$' },
        },
      },
      schemas: { Problem: problemSchema },
      responses: Object.fromEntries(Object.entries(problems).map(problemResponse)),
    },
  }
}

let made: Ready | undefined

export function openapiRoute(router: Router): void {
  router.get('/openapi.json', (ctx) => {
    ctx.set('Content-Type', 'application/json; charset=utf-8')
    sendReady(ctx, (made ??= readyBytes(JSON.stringify(openapi()))))
  })
}
