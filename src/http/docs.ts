/** `GET /docs`: the contract as one page for people, without scripts and without anything from elsewhere. */
import { createHash } from 'node:crypto'
import type Router from '@koa/router'
import type { ParameterizedContext } from 'koa'
import { LRUCache } from 'lru-cache'
import type { Verb } from '../contract.js'
import { type Role, roles } from '../people/roles.js'
import { type Line, policy } from '../policy.js'
import { Problem, problems } from '../problem.js'
import { verbs } from '../verbs.js'
import { style } from './docsStyle.js'
import { Html, html, none } from './html.js'
import { fileRoute, type Schema, schemaOf, termsOf, verbNames } from './openapi.js'
import { readyBytes, sendReady } from './ready.js'
import type { Ready } from './serve.js'
import { namesOf } from '../words/words.js'
import { domainNames, roleNames, scopeNames } from './words.js'

const kindNames: Readonly<Record<string, string>> = {
  string: '文字',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  null: '空',
}
const formatNames: Readonly<Record<string, string>> = { uuid: '编号', date: '日期', 'date-time': '时间', uri: '网址' }

/** What may stand in a field, in words. */
function kindOf(schema: Schema): string {
  const variants = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (variants) return [...new Set(variants.map(kindOf))].join(' 或 ')
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(schema['enum'])) return choicesOf(schema['enum'].map(String))
  if (schema['type'] === 'array') return itemsOf(schema).map((item) => `多个：${kindOf(item)}`)[0] ?? '多个'
  if (schema['type'] === 'object') return schema.properties ? '一组' : '任意字段'
  if (Array.isArray(schema['type'])) return schema['type'].map((type) => kindOf({ ...schema, type })).join(' 或 ')
  if (schema['contentMediaType'] !== undefined) return '文件'
  const format = formatNames[String(schema['format'])]
  return format ?? kindNames[String(schema['type'])] ?? '任意'
}

/** The values of a closed list, each with what it is called. */
function choicesOf(values: readonly string[]): string {
  const names = namesOf(values)
  return values.map((value) => (names && names[value] !== value ? `${value}（${names[value]}）` : value)).join(' | ')
}

/** The schema of the items; of a tuple, those of its places. */
const itemsOf = (schema: Schema): Schema[] =>
  (Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [schema['items'] ?? {}]) as Schema[]

const limitNames = [
  ['minLength', '至少', '字'],
  ['maxLength', '最多', '字'],
  ['minimum', '不小于', ''],
  ['maximum', '不大于', ''],
  ['maxItems', '最多', '个'],
] as const

function limitsOf(schema: Schema): string {
  if (schema['format'] !== undefined) return ''
  const said = limitNames.flatMap(([key, before, after]) => {
    const value = schema[key]
    const isTold =
      typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER && !(key === 'minLength' && value < 2)
    return isTold ? [`${before}${value}${after}`] : []
  })
  if (typeof schema['description'] === 'string') said.push(schema['description'])
  if ('default' in schema) said.push(`不填为 ${JSON.stringify(schema['default'])}`)
  return said.join('，')
}

/** The object inside, whether alone, in a list or beside null. */
function inside(schema: Schema): Schema | undefined {
  if (schema.properties) return schema
  if (schema['type'] === 'array') return itemsOf(schema).map(inside)[0]
  return ((schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[]).map(inside).find((one) => one !== undefined)
}

interface Row {
  depth: number
  name: string
  schema: Schema
  isRequired: boolean
}

const DEEPEST = 4

function rowsOf({ properties = {}, required = [] }: Schema, depth = 0): Row[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const isRequired = required.includes(name) && !('default' in schema)
    const inner = depth < DEEPEST ? inside(schema) : undefined
    return [{ depth, name, schema, isRequired }, ...(inner ? rowsOf(inner, depth + 1) : [])]
  })
}

function fields(title: string, schema: Schema, isInput: boolean): Html {
  const rows = rowsOf(schema)
  if (rows.length === 0) return isInput ? html`<p class="quiet">不用填任何内容。</p>` : none
  return html`<h4>${title}</h4><ul class="fields">${rows.map(
    ({ depth, name, schema: one, isRequired }) =>
      html`<li class="d${depth}"><code>${name}</code>${isInput && isRequired ? html` <b>必填</b>` : none} <span>${kindOf(one)}</span>${limitsOf(one) === '' ? none : html` <i>${limitsOf(one)}</i>`}</li>`,
  )}</ul>`
}

/** Safe inside single quotes of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

function curl(verb: Verb): string {
  const { kind, example } = termsOf(verb)
  const line: Line = policy[verb]
  const lines = ['curl']
  if (line.anyone === undefined) lines.push('-H "Authorization: Bearer $TOKEN"')
  if (kind === 'command') {
    lines.push(`-H 'Content-Type: application/json'`)
    if (!verbs[verb].isUnrepeatable) lines.push('-H "Idempotency-Key: $(uuidgen)"')
    lines.push(`-d ${quoted(JSON.stringify(example))}`)
    lines.push(`"$HOST/api/${verb}"`)
  } else {
    lines[0] = 'curl -G'
    for (const [key, value] of Object.entries(example as Record<string, unknown>)) {
      for (const one of Array.isArray(value) ? value : [value])
        lines.push(`--data-urlencode ${quoted(`${key}=${one}`)}`)
    }
    lines.push(`"$HOST/api/${verb}"`)
  }
  return lines.join(' \\\n  ')
}

function who(line: Line): Html {
  const cells = roles.flatMap((role: Role) => {
    const scopes = line[role]
    return scopes
      ? [html`<li><b>${roleNames[role]}</b>：${scopes.map((scope) => scopeNames[scope]).join('、')}</li>`]
      : []
  })
  return html`<h4>谁可以</h4><ul class="who">${cells}</ul>`
}

function article(verb: Verb): Html {
  const { kind, summary, input, output } = termsOf(verb)
  const method = kind === 'query' ? 'GET' : 'POST'
  return html`<details id="${verb}"><summary><span class="${kind}">${kind === 'query' ? '查询' : '办理'}</span><code>${verb}</code><span class="what">${summary}</span></summary>
<p class="address"><code>${method} /api/${verb}</code></p>
${who(policy[verb])}
${fields('要填的', schemaOf(input, 'input'), true)}
${fields('得到的', schemaOf(output, 'output'), false)}
<h4>例子</h4><pre tabindex="0">${curl(verb)}</pre></details>
`
}

const curlOfUpload = [
  'curl',
  '-H "Authorization: Bearer $TOKEN"',
  '-H "Idempotency-Key: $(uuidgen)"',
  `-F 'file=@照片.jpg'`,
  `-F 'keepPlace=false'`,
  '"$HOST/api/files"',
].join(' \\\n  ')

/** Uploading is no verb, but nobody gets far without it. */
const uploadArticle = (): Html =>
  html`<details id="files"><summary><span class="command">办理</span><code>POST /api/files</code><span class="what">${fileRoute.summary}</span></summary>
<p class="address"><code>POST /api/files</code>，内容是 multipart/form-data。每次一个文件；得到的编号放进办理的 <code>fileIds</code>。</p>
${who(policy['POST /api/files'])}
${fields('要填的', fileRoute.input, true)}
${fields('得到的', fileRoute.output, false)}
<h4>例子</h4><pre tabindex="0">${curlOfUpload}</pre></details>
`

/** `host`: the address at which whoever reads it has reached the service. */
export function docsPage(host: string): string {
  const nouns = [...new Set([...Object.keys(domainNames), ...verbNames.map((verb) => verb.split('.')[0] as string)])]
  const groups = nouns
    .map((noun) => ({
      noun,
      name: domainNames[noun] ?? noun,
      of: verbNames.filter((verb) => verb.split('.')[0] === noun),
    }))
    .filter(({ of }) => of.length > 0)
  const page = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>沈环帮办 接口说明</title><style>${new Html(style)}</style></head><body>
<header><h1>沈环帮办 接口说明</h1>
<p>查询用 GET，内容写在地址里；办理用 POST，内容是 JSON。机器读的版本在 <a href="/openapi.json">/openapi.json</a>。</p></header>
<nav aria-label="目录"><ul>${groups.map(({ noun, name, of }) => html`<li><a href="#g-${noun}">${name}</a> <i>${of.length}</i></li>`)}<li><a href="#g-files">${domainNames['files'] ?? ''}</a> <i>1</i></li></ul></nav>
<main>
<section><h2>先看这些</h2>
<ul class="plain">
<li><b>登录</b>：<code>session.login</code> 得到令牌，以后放在 <code>Authorization: Bearer 令牌</code>。</li>
<li><b>不会办两次</b>：办理时带上 <code>Idempotency-Key</code>（自己起的编号）。网断了就用同一编号再送一次，得到第一次的答复。</li>
<li><b>翻页</b>：答复里的 <code>next</code> 不为空时，放进 <code>cursor</code> 再查，其他条件不变。</li>
<li><b>版本</b>：带上看到的 <code>version</code>；别人先改过就会得到409。</li>
<li><b>多个值</b>：地址里重复写字段名，如 <code>states=assigned&amp;states=handling</code>。</li>
<li><b>文件</b>：<a href="#g-files"><code>POST /api/files</code></a> 上传，再把编号放进办理的 <code>fileIds</code>。</li>
</ul>
<p>下面例子里的地址和令牌：</p>
<pre tabindex="0">HOST=${host}
TOKEN=登录得到的令牌</pre>
<h3>办不成的时候</h3>
<p>答复是 <code>application/problem+json</code>：<code>title</code> 说该怎么办，<code>errors</code> 一次列出所有要改的字段，<code>traceId</code> 供查日志。</p>
<table><thead><tr><th>状态</th><th>类型</th><th>意思</th></tr></thead><tbody>${Object.entries(problems).map(
    ([type, [status, title]]) => html`<tr><td>${status}</td><td><code>${type}</code></td><td>${title}</td></tr>`,
  )}</tbody></table></section>
${groups.map(({ noun, name, of }) => html`<section id="g-${noun}"><h2>${name}</h2>${of.map(article)}</section>`)}
<section id="g-files"><h2>${domainNames['files'] ?? ''}</h2>${uploadArticle()}</section>
</main></body></html>
`
  return page.text
}

const policyOfPage = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A name or an address, with or without a port. */
const HOST = /^([\w-]+(\.[\w-]+)*|\[[\da-f:.]+\])(:\d{1,5})?$/i
const LONGEST_HOST = 120

/** Where the request was sent to. @throws Problem malformed, where that is no host */
function hostOf(ctx: ParameterizedContext): string {
  const name = ctx.get('Host')
  if (name.length > LONGEST_HOST || !HOST.test(name)) throw new Problem('malformed')
  return `${ctx.get('X-Forwarded-Proto') === 'https' ? 'https' : 'http'}://${name}`
}

/** Stands for the host until it is known: the rest of the page is made once. */
const UNKNOWN_HOST = 'http://host.invalid'
let made: string | undefined
/** One service has few names. */
const pages = new LRUCache<string, Ready>({ max: 8 })

function pageFor(host: string): Ready {
  const kept = pages.get(host)
  if (kept) return kept
  made ??= docsPage(UNKNOWN_HOST)
  const page = readyBytes(made.replace(UNKNOWN_HOST, host))
  pages.set(host, page)
  return page
}

export function docsRoute(router: Router): void {
  router.get('/docs', (ctx) => {
    const host = hostOf(ctx)
    ctx.set('Content-Security-Policy', policyOfPage)
    ctx.set('Content-Type', 'text/html; charset=utf-8')
    ctx.vary('X-Forwarded-Proto')
    sendReady(ctx, pageFor(host))
  })
}
