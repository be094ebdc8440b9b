// Whatever goes wrong between us and WeChat ends in one kind of error, and none of it tells a secret.
import assert from 'node:assert/strict'
import { createWechat } from '../../src/wechat/client.js'
import { answeredError, ERROR_CODES } from '../../src/wechat/problems.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import type { Fault } from '../../src/wechat/sandbox/start.js'
import { APP_ID, PHONE, SECRET, wechatWorld, type World } from './world.js'

const openid = demoOpenid('enterprise')

/** For an answer that never comes; one that does comes sooner, also on a busy machine. */
const timeoutMs = 2000

/** Every interface once. */
function everything({ client }: World) {
  const wechat = client({ timeoutMs })
  const message = { openid, templateId: 'demo', data: { thing1: { value: '你好' } }, state: 'formal' } as const
  const mediaUrl = 'https://files.example/a.jpg'
  return [
    () => wechat.codeToSession('demo:enterprise'),
    () => wechat.phoneNumber(`phone:${PHONE}`),
    () => wechat.checkText({ openid, scene: 'comment', content: '你好' }),
    () => wechat.checkMedia({ openid, mediaUrl, mediaType: 'image', scene: 'comment' }),
    () => wechat.codeImage({ scene: 'x', page: 'pages/bind/bind' }),
    () => wechat.sendSubscribe(message),
  ]
}

describe('wechat failures', () => {
  let world: World
  beforeEach(async () => {
    world = await wechatWorld()
  })
  afterEach(() => world.stop())

  const faults: [string, Fault][] = [
    ['silence', { kind: 'silence' }],
    ['a cut connection', { kind: 'drop' }],
    ['HTTP 500', { kind: 'reply', status: 500, text: `${SECRET} ${PHONE}` }],
    ['a redirect', { kind: 'reply', status: 302, text: '' }],
    ['a page instead of JSON', { kind: 'reply', status: 200, text: `<html>${SECRET} ${PHONE}` }],
    ['an endless answer', { kind: 'reply', status: 200, text: 'x'.repeat(5 * 1024 * 1024) }],
    ['an unlisted code', { kind: 'errcode', errcode: 12345, errmsg: `secret ${SECRET} of ${PHONE}` }],
  ]
  for (const [name, fault] of faults) {
    it(`${name} is unavailable and may be tried again, at every interface`, async () => {
      const calls = everything(world).slice(0, 5)
      // Where the token must be fetched first, nothing but that would fail.
      for (const call of calls) await call()
      world.sandbox.setBehaviour({ fault })
      const errors = await Promise.all(calls.map((call) => world.failure(call())))
      for (const error of errors) assert.deepEqual([error.kind, error.retryable], ['unavailable', true])
    })
  }

  for (const [code, { kind, meaning }] of Object.entries(ERROR_CODES)) {
    it(`${code} ${meaning} is ${kind}`, async () => {
      const errcode = Number(code)
      world.sandbox.setBehaviour({ path: '/sns/jscode2session', fault: { kind: 'errcode', errcode } })
      const error = await world.failure(world.wechat.codeToSession('demo:enterprise'))
      assert.deepEqual([error.errcode, error.kind, error.meaning, error.sent], [errcode, kind, meaning, true])
      assert.equal(error.retryable, kind === 'busy' || kind === 'unavailable')
    })
  }

  it('every code of the table carries where it comes from or that it is unconfirmed', () => {
    for (const [code, { mark, source }] of Object.entries(ERROR_CODES)) {
      assert.equal(mark === 'F', source !== undefined, code)
    }
  })

  it('nothing logged or thrown holds the secret, a token, a session key or a phone number', async () => {
    const { sessionKey } = await world.wechat.codeToSession('demo:enterprise')
    const token = await world.token()
    const kinds: Fault[] = [
      ...faults.map(([, fault]) => fault),
      { kind: 'errcode', errcode: 40029, errmsg: `${token}` },
    ]
    const keep = (error: unknown) => world.failure(Promise.reject(error))
    for (const path of ['/cgi-bin/stable_token', undefined]) {
      for (const fault of kinds) {
        const calls = everything(world)
        if (path === undefined) for (const call of calls) await call()
        world.sandbox.setBehaviour({ path, fault })
        await Promise.all(calls.map((call) => call().catch(keep)))
        world.sandbox.clearBehaviour()
      }
    }
    for (const call of everything(world)) await call()
    await world.failure(world.wechat.phoneNumber(`phone:+1-${PHONE}`))
    await world.sandbox.stop()
    for (const call of everything(world)) await world.failure(call())

    const evidence = world.evidence.join('\n')
    assert.ok(world.evidence.length > 300)
    for (const private_ of [SECRET, token, sessionKey, PHONE, 'access_token', 'session_key', 'js_code=']) {
      assert.equal(evidence.includes(private_), false)
    }
  })

  it('of WeChat’s own message only the request id is kept', () => {
    const error = answeredError('/x', 40029, `invalid code ${SECRET}, rid: 6573d2a1-0fa7c2f1-1a2b3c4d`)
    assert.equal(error.rid, '6573d2a1-0fa7c2f1-1a2b3c4d')
    assert.equal(JSON.stringify(error).includes(SECRET) || error.message.includes(SECRET), false)
  })

  it('the secret is never sent unencrypted over a network', () => {
    for (const baseUrl of ['http://api.weixin.qq.com', 'ftp://127.0.0.1', 'http://127.0.0.1.example.com']) {
      assert.throws(() => createWechat({ baseUrl, appId: APP_ID, secret: SECRET }), TypeError)
    }
  })

  it('a proxy in the environment is not used', async () => {
    const before = { ...process.env }
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9', NO_PROXY: '' })
    try {
      assert.equal((await world.wechat.codeToSession('demo:enterprise')).openid, openid)
    } finally {
      for (const name of ['HTTP_PROXY', 'http_proxy', 'NO_PROXY']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  })
})

describe('the sandbox of wechat', () => {
  it('listens on loopback, knows WeChat’s interfaces only, and answers no other host name', async () => {
    const world = await wechatWorld()
    try {
      const { baseUrl } = world.sandbox
      assert.equal(new URL(baseUrl).hostname, '127.0.0.1')
      assert.equal((await fetch(`${baseUrl}/cgi-bin/token`)).status, 404)
      const wrongMethod = await fetch(`${baseUrl}/wxa/msg_sec_check`)
      assert.equal(((await wrongMethod.json()) as { errcode: number }).errcode, 43002)
      const noToken = await fetch(`${baseUrl}/wxa/msg_sec_check`, { method: 'POST', body: '{}' })
      assert.equal(((await noToken.json()) as { errcode: number }).errcode, 41001)
      const noJson = await fetch(`${baseUrl}/sandbox/grant`, { method: 'POST', body: '{' })
      assert.equal(((await noJson.json()) as { errcode: number }).errcode, 47001)
      const { request } = await import('node:http')
      const status = await new Promise((resolve, reject) => {
        request(`${baseUrl}/sandbox/sent`, { headers: { Host: 'evil.example' } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
      assert.equal(status, 421)
    } finally {
      await world.stop()
    }
  })
})
