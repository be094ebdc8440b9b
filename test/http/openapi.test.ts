import assert from 'node:assert/strict'
import { Validator } from '@seriousme/openapi-schema-validator'
import { z } from 'zod'
import type { Verb } from '../../src/contract.js'
import { docsPage } from '../../src/http/docs.js'
import { openapi, termsOf, verbNames } from '../../src/http/openapi.js'
import { domainNames } from '../../src/http/words.js'
import { policy, routes } from '../../src/policy.js'
import type { World } from '../world.js'
import { type Crowd, crowd } from './crowd.js'

interface Operation {
  summary: string
  parameters?: { name?: string; $ref?: string }[]
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, unknown>
  'x-policy': unknown
}
const described = openapi()
const paths = described['paths'] as Record<string, Record<string, Operation>>

describe('the interface described', () => {
  it('is OpenAPI 3.1 by the letter', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(described)))
    assert.deepEqual(result, { valid: true, ...(result.errors ? { errors: [] } : {}) })
  })

  it('tells of every verb: what it is for, what to send, who may, and what can go wrong', () => {
    for (const verb of verbNames) {
      const { kind } = termsOf(verb)
      const operation = paths[`/api/${verb}`]?.[kind === 'query' ? 'get' : 'post']
      assert.ok(operation, verb)
      assert.match(operation.summary, /\p{Script=Han}/u, verb)
      assert.deepEqual(operation['x-policy'], policy[verb])
      assert.ok(domainNames[verb.split('.')[0] ?? ''], `${verb} belongs to a domain without a name`)
      const refusals = ['400', '401', '403', '404', '422', '429', '503']
      const onCommands = kind === 'command' ? ['409', '413', '415'] : []
      for (const status of ['200', ...refusals, ...onCommands])
        assert.ok(operation.responses[status], `${verb} ${status}`)
      if (kind === 'command') assert.ok(operation.requestBody?.content['application/json']?.example, verb)
    }
  })

  it('tells of every other route too', () => {
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ')
      assert.ok(paths[path.replace(/:(\w+)/, '{$1}')]?.[method.toLowerCase()], route)
    }
  })

  it('every example is a good input', () => {
    for (const verb of verbNames) {
      const { input, example } = termsOf(verb)
      const result = z.safeParse(input, example)
      assert.ok(result.success, `${verb}: ${result.error?.message}`)
    }
  })

  it('the page for people shows every verb and loads nothing from elsewhere', () => {
    const page = docsPage('http://127.0.0.1:3000')
    for (const verb of verbNames) assert.ok(page.includes(`<details id="${verb}">`), verb)
    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(|src=|undefined|\[object/)
    assert.deepEqual(page.match(/https?:\/\/[^\s<"'/]+/g)?.filter((url) => !url.includes('127.0.0.1')) ?? [], [])
  })
})

describe('the page for people', () => {
  const page = docsPage('http://127.0.0.1:3000')

  it('says in Chinese what each value of a closed list means', () => {
    for (const said of ['siteSelection（规划选址选线）', 'waiting（等企业补充）', 'untilWeCall（需要时我约）'])
      assert.ok(page.includes(said), said)
  })

  it('tells how a file is uploaded: its fields, what comes back and an example', () => {
    const entry = page.split('<details id="files">')[1]?.split('</details>')[0] ?? ''
    assert.match(entry, /<code>file<\/code> <b>必填<\/b> <span>文件<\/span>/)
    for (const said of ['keepPlace', '是否同意保留照片的时间和地点', 'isHeld', 'file=@', '任何人（不用登录）'])
      assert.ok(entry.includes(said), said)
  })
})

describe('the interface described, over HTTP', () => {
  let w: World
  let c: Crowd
  before(async () => {
    c = await crowd('embedded')
    w = c.w
  })
  after(() => w.stop())

  for (const [path, type] of [
    ['/openapi.json', /^application\/json/],
    ['/docs', /^text\/html; charset=utf-8/],
  ] as const) {
    it(`${path} is there for anybody, compressed, and not sent twice`, async () => {
      const first = await w.http.get(path, { headers: { 'Accept-Encoding': 'gzip' } })
      assert.equal(first.status, 200)
      assert.match(String(first.headers['content-type']), type)
      const again = await w.http.get(path, { headers: { 'If-None-Match': `W/${first.headers['etag']}` } })
      assert.deepEqual([again.status, again.data], [304, ''])
      const plain = await w.http.get(path, { decompress: false, headers: { 'Accept-Encoding': 'identity' } })
      assert.equal(plain.headers['content-encoding'], undefined)
      const packed = await w.http.get(path, {
        decompress: false,
        responseType: 'arraybuffer',
        headers: { 'Accept-Encoding': 'gzip' },
      })
      assert.equal(packed.headers['content-encoding'], 'gzip')
    })
  }

  it('the examples go to the address at which the page was asked for, and to no forged one', async () => {
    const hostIn = async (headers: Record<string, string>) => {
      const { status, data } = await w.http.get('/docs', { headers })
      return status === 200 ? /HOST=(\S+)/.exec(data)?.[1] : status
    }
    assert.equal(await hostIn({}), w.service.url)
    assert.equal(await hostIn({ Host: 'help.example.cn' }), 'http://help.example.cn')
    assert.equal(
      await hostIn({ Host: 'help.example.cn:8443', 'X-Forwarded-Proto': 'https' }),
      'https://help.example.cn:8443',
    )
    assert.equal(await hostIn({ Host: '[::1]:3000' }), 'http://[::1]:3000')
    for (const forged of ['a;rm', '$(id)', 'a b', "a'b", 'a/b', 'user@host', 'x'.repeat(200)])
      assert.equal(await hostIn({ Host: forged }), 400, forged)
  })

  it('the page may use its own style and nothing else', async () => {
    const { headers } = await w.http.get('/docs')
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-[\w+/=]+'; /)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  it('another method is refused with what is allowed', async () => {
    const answer = await w.http.post('/openapi.json', {})
    assert.deepEqual([answer.status, answer.data.type], [405, 'urn:problem:methodNotAllowed'])
    assert.match(String(answer.headers['allow']), /GET/)
  })

  it('the example of every query is understood, and of every command', async () => {
    const last: Verb[] = ['session.logout', 'person.erase']
    for (const verb of [...verbNames.filter((one) => !last.includes(one)), ...last]) {
      const { kind, example } = termsOf(verb)
      const caller = c.allowed(verb)
      const { status, body } = await caller.try(verb, example)
      if (kind === 'query')
        assert.ok([200, 401, 403, 404].includes(status), `${verb}: ${status} ${JSON.stringify(body)}`)
      else assert.ok(status < 500 && ![400, 413, 415].includes(status), `${verb}: ${status} ${JSON.stringify(body)}`)
    }
  })
})
