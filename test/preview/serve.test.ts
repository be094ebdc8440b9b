import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Router from '@koa/router'
import axios, { type AxiosResponse } from 'axios'
import Koa from 'koa'
import { pino } from 'pino'
import { readConfig } from '../../src/config.js'
import { namedLogins } from '../../src/demo/names.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { answerProblems } from '../../src/http/problems.js'
import { type PreviewTerms, previewRoutes } from '../../src/preview/serve/routes.js'
import { type World, world } from '../world.js'

const script = `console.log('你好')\n`.repeat(200)
const keys = { MASTER_KEYS: 'k1:x', INFORMER_KEYS: 'n1:x' }
const production = { NODE_ENV: 'production', ...keys, WECHAT_APP_ID: 'wx1', WECHAT_SECRET: 'real' }

describe('the preview in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'))
  const previewDir = join(folder, 'app')
  const servers: Server[] = []
  after(async () => {
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    rmSync(folder, { recursive: true, force: true })
  })

  function build(): void {
    mkdirSync(join(previewDir, 'images'), { recursive: true })
    writeFileSync(join(previewDir, 'index.html'), '<!doctype html>')
    writeFileSync(join(previewDir, 'app.js'), script)
    writeFileSync(join(previewDir, 'images', 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    writeFileSync(join(previewDir, 'stamp.json'), '{}')
    writeFileSync(join(folder, 'secret.js'), 'secret')
  }

  async function open(terms: Partial<PreviewTerms> = {}) {
    const app = new Koa()
    const router = new Router()
    previewRoutes(router, { isPreviewed: true, isSandboxed: true, isDemo: true, previewDir, ...terms })
    app.use(answerProblems(pino({ level: 'silent' }), { missed() {} }))
    app.use(router.routes())
    const server = createServer(app.callback())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    servers.push(server)
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return (path: string, headers: Record<string, string> = {}): Promise<AxiosResponse<Buffer>> =>
      axios.get(baseURL + path, {
        headers: { 'Accept-Encoding': 'identity', ...headers },
        responseType: 'arraybuffer',
        decompress: false,
        validateStatus: () => true,
        proxy: false,
      })
  }

  it('says what to do where nothing has been built, and has it as soon as it is there', async () => {
    const get = await open()
    assert.match((await get('/')).data.toString(), /npm run preview/)
    assert.equal((await get('/preview/app.js')).status, 404)
    build()
    assert.match((await get('/')).data.toString(), /<iframe/)
    assert.equal((await get('/preview/app.js')).status, 200)
  })

  it('sends a file as it can be taken, and not twice', async () => {
    build()
    const get = await open()
    const plain = await get('/preview/app.js')
    assert.equal(plain.data.toString(), script)
    assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8')
    const brotli = await get('/preview/app.js', { 'Accept-Encoding': 'gzip, br' })
    assert.equal(brotli.headers['content-encoding'], 'br')
    assert.equal(brotliDecompressSync(brotli.data).toString(), script)
    const gzip = await get('/preview/app.js', { 'Accept-Encoding': 'gzip, br;q=0' })
    assert.equal(gzip.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(gzip.data).toString(), script)
    const again = await get('/preview/app.js', { 'If-None-Match': String(plain.headers['etag']) })
    assert.deepEqual([again.status, again.data.length], [304, 0])
  })

  it('has pictures in folders, and nothing that is not of the build', async () => {
    build()
    const get = await open()
    assert.equal((await get('/preview/images/mark.svg')).headers['content-type'], 'image/svg+xml')
    for (const path of ['stamp.json', 'images', '..%2fsecret.js', '%2e%2e/secret.js', 'x.js', '', '%00']) {
      assert.equal((await get(`/preview/${path}`)).status, 404, path)
    }
  })

  it('may be framed by itself only, and loads nothing from elsewhere', async () => {
    build()
    const get = await open()
    for (const path of ['/', '/preview/index.html', '/preview/app.js']) {
      const { headers } = await get(path)
      assert.equal(headers['x-frame-options'], 'SAMEORIGIN', path)
      const rules = String(headers['content-security-policy'])
      assert.match(rules, /^default-src 'none'; script-src 'self';/, path)
      assert.match(rules, /frame-ancestors 'self'$/, path)
      assert.doesNotMatch(rules, /https?:|\*|unsafe-eval|script-src[^;]*unsafe/, path)
    }
    const page = (await get('/')).data.toString()
    assert.doesNotMatch(page, /<style|<script(?! src)| style=| on\w+=|https?:\/\//)
  })

  it('offers everybody of the demonstration by what they are, and a new user', async () => {
    build()
    const page = (await (await open())('/')).data.toString()
    for (const login of [...namedLogins, 'visitor-']) {
      assert.ok(page.includes(`<option value="${login}">`), login)
      assert.ok(page.includes(`<a href="/?as=${login}"`), login)
    }
    for (const role of ['企业环保专员', '包保服务专员', '分局领导', '市局', '信息员', '系统管理员', '新用户']) {
      assert.ok(page.includes(role), role)
    }
    assert.doesNotMatch(page, /undefined|\[object/)
  })

  it('shows the phone only where there is no demonstration', async () => {
    build()
    for (const terms of [{ isSandboxed: false }, { isDemo: false }]) {
      const page = (await (await open(terms))('/')).data.toString()
      assert.match(page, /<iframe[^>]* src="\/preview\/index.html"/)
      assert.doesNotMatch(page, /<option|as=/)
    }
  })

  it('is not there where it is off', async () => {
    build()
    const get = await open({ isPreviewed: false })
    assert.deepEqual([(await get('/')).status, (await get('/preview/app.js')).status], [404, 404])
  })

  it('is on with the sandbox, and in production only where asked for', () => {
    assert.equal(readConfig({}).isPreviewed, true)
    assert.equal(readConfig({ PREVIEW: 'off' }).isPreviewed, false)
    assert.equal(readConfig(production).isPreviewed, false)
    assert.equal(readConfig({ ...production, PREVIEW: 'on' }).isPreviewed, true)
  })
})

describe('the preview of a running service', () => {
  let w: World
  before(async () => {
    w = await world('embedded', { env: { PREVIEW: 'on' } })
  })
  after(() => w.stop())

  it('is at / under rules of its own, beside the other headers that every answer has', async () => {
    const { status, headers } = await w.http.get('/')
    assert.equal(status, 200)
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.ok(headers['x-trace-id'])
  })

  it('says what each message is called, as WeChat shows it when it asks', async () => {
    const { status, data } = await w.http.get('/preview/templates.json')
    const { items } = await (await w.as('officer')).call('notice.templates', {})
    const known = items.flatMap(({ templates }) => templates)
    assert.equal(status, 200)
    assert.ok(known.length > 0)
    for (const { templateId, title } of known) assert.equal(data[templateId], title)
  })

  it('hands on which messages its person agreed to, and nothing else', async () => {
    const post = (body: unknown) => w.http.post('/preview/grants', body)
    const granted = { person: 'enterprise', templateIds: ['demo-case-answered'] }
    assert.equal((await post(granted)).status, 204)
    for (const bad of [{}, { ...granted, templateIds: [] }, { ...granted, more: 1 }, { ...granted, person: 1 }]) {
      assert.equal((await post(bad)).status, 422)
    }
    const sandbox = w.service.sandbox
    assert.ok(sandbox)
    const message = {
      touser: demoOpenid('enterprise'),
      template_id: 'demo-case-answered',
      data: { thing2: { value: '标题' } },
    }
    const token = await axios.post(`${sandbox.baseUrl}/cgi-bin/stable_token`, {
      grant_type: 'client_credential',
      appid: w.service.house.config.wechat.appId,
      secret: w.service.house.config.wechat.secret,
    })
    const send = () =>
      axios.post(`${sandbox.baseUrl}/cgi-bin/message/subscribe/send?access_token=${token.data.access_token}`, message)
    assert.equal((await send()).data.errcode, 0)
    assert.equal((await send()).data.errcode, 43101)
  })
})
