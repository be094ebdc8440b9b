// A login code gives the WeChat identity and a phone code the number, or the reason why not.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { codeToSession } from '../../src/wechat/login.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { createTransport } from '../../src/wechat/transport.js'
import { PHONE, wechatWorld, type World } from './world.js'

describe('wechat login', () => {
  let world: World
  beforeEach(async () => {
    world = await wechatWorld({ isOneTime: true })
  })
  afterEach(() => world.stop())

  it('the code demo:<name> logs in as the same person each time, whatever follows the #', async () => {
    const first = await world.wechat.codeToSession('demo:enterprise')
    const again = await world.wechat.codeToSession('demo:enterprise#2')
    const other = await world.wechat.codeToSession('demo:officer')
    assert.equal(first.openid, demoOpenid('enterprise'))
    assert.match(first.openid, /^o[\w-]{27}$/)
    assert.equal(again.openid, first.openid)
    assert.notEqual(other.openid, first.openid)
  })

  it('a session key can be used and is not written out with the session', async () => {
    const session = await world.wechat.codeToSession('demo:enterprise')
    assert.equal(Buffer.from(session.sessionKey, 'base64').length, 16)
    assert.deepEqual(JSON.parse(JSON.stringify(session)), { openid: session.openid })
    assert.deepEqual({ ...session }, { openid: session.openid })
  })

  it('any other code is 40029, and a used one 40163', async () => {
    for (const code of ['enterprise', 'demo:', 'demo:a b', `demo:${'x'.repeat(33)}`, 'phone:13900001234', "demo:'--"]) {
      const { errcode, kind, retryable } = await world.failure(world.wechat.codeToSession(code))
      assert.deepEqual({ errcode, kind, retryable }, { errcode: 40029, kind: 'badInput', retryable: false })
    }
    await world.wechat.codeToSession('demo:enterprise#once')
    const used = await world.failure(world.wechat.codeToSession('demo:enterprise#once'))
    assert.deepEqual([used.errcode, used.kind], [40163, 'badInput'])
  })

  it('a code that works once goes over a connection of its own, which nobody can be closing', async () => {
    const ports = new Set<number | undefined>()
    const server = createServer(({ socket }, answer) => {
      ports.add(socket.remotePort)
      answer.end(JSON.stringify({ openid: 'o', session_key: 'k' }))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const transport = createTransport({ baseUrl: `http://127.0.0.1:${port}` })
    for (const code of ['one', 'two']) await codeToSession(transport, { appId: 'a', secret: 's', code })
    transport.close()
    server.close()
    assert.equal(ports.size, 2)
  })

  it('an empty code is not sent', async () => {
    const { kind, sent } = await world.failure(world.wechat.codeToSession(''))
    assert.deepEqual({ kind, sent }, { kind: 'badInput', sent: false })
    assert.equal(world.count('/sns/jscode2session'), 0)
  })

  it('a wrong secret or appid is a fault of configuration', async () => {
    const wrongSecret = await world.failure(world.client({ secret: 'wrong' }).codeToSession('demo:enterprise'))
    assert.deepEqual([wrongSecret.errcode, wrongSecret.kind, wrongSecret.retryable], [40125, 'config', false])
    const wrongApp = await world.failure(world.client({ appId: 'wxother' }).codeToSession('demo:enterprise'))
    assert.deepEqual([wrongApp.errcode, wrongApp.kind], [40013, 'config'])
  })

  it('a phone code gives the eleven digits of a mainland number', async () => {
    assert.equal(await world.wechat.phoneNumber(`phone:${PHONE}`), PHONE)
  })

  it('a foreign number, a landline and a wrong phone code are bad input', async () => {
    for (const code of ['phone:+852-91234567', 'phone:+1-13900001234', 'phone:02412345678']) {
      const { kind, errcode } = await world.failure(world.wechat.phoneNumber(code))
      assert.deepEqual({ kind, errcode }, { kind: 'badInput', errcode: undefined })
    }
    const wrong = await world.failure(world.wechat.phoneNumber('demo:enterprise'))
    assert.deepEqual([wrong.errcode, wrong.kind], [40029, 'badInput'])
  })

  it('a number watermarked for another mini-program is not believed', async () => {
    const phone_info = { purePhoneNumber: PHONE, countryCode: '86', watermark: { appid: 'wxother' } }
    const text = JSON.stringify({ errcode: 0, phone_info })
    world.sandbox.setBehaviour({
      path: '/wxa/business/getuserphonenumber',
      fault: { kind: 'reply', status: 200, text },
    })
    const error = await world.failure(world.wechat.phoneNumber(`phone:${PHONE}`))
    assert.equal(error.kind, 'unavailable')
  })
})
