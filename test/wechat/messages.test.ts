// A subscribe message is sent at most once, and its outcome is told as it is.
import assert from 'node:assert/strict'
import type { SubscribeMessage } from '../../src/wechat/messages.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import type { Behaviour } from '../../src/wechat/sandbox/start.js'
import { wechatWorld, type World } from './world.js'

const SEND = '/cgi-bin/message/subscribe/send'
const openid = demoOpenid('enterprise')
const templateId = 'demo-case-answered'
/** For an answer that never comes; one that does comes sooner, also on a busy machine. */
const timeoutMs = 2000
const message: SubscribeMessage = {
  openid,
  templateId,
  page: 'pages/case/case?id=1',
  data: { character_string1: { value: 'QZ20261123-K7M4Q' }, thing2: { value: '环评审批咨询' } },
  state: 'formal',
}

describe('wechat subscribe messages', () => {
  let world: World
  beforeEach(async () => {
    world = await wechatWorld({ templateIds: [templateId] })
  })
  afterEach(() => world.stop())

  it('一次授权一条消息: one grant sends one message, the next is refused', async () => {
    world.sandbox.grant(openid, templateId)
    const first = await world.wechat.sendSubscribe(message)
    assert.equal(first.outcome, 'sent')
    assert.match(first.msgId ?? '', /^23\d{17}$/)
    assert.deepEqual(await world.wechat.sendSubscribe(message), { outcome: 'refused', errcode: 43101 })
    const [sent, ...more] = world.sandbox.sent
    assert.equal(more.length, 0)
    assert.equal(sent?.msgId, first.msgId)
    assert.deepEqual(sent?.data, { character_string1: 'QZ20261123-K7M4Q', thing2: '环评审批咨询' })
  })

  it('the preview records grants and reads what was sent over the sandbox routes', async () => {
    const granted = await fetch(`${world.sandbox.baseUrl}/sandbox/grant`, {
      method: 'POST',
      body: JSON.stringify({ openid, templateId }),
    })
    assert.deepEqual(await granted.json(), { errcode: 0, errmsg: 'ok' })
    await world.wechat.sendSubscribe(message)
    const listed = (await (await fetch(`${world.sandbox.baseUrl}/sandbox/sent`)).json()) as { items: unknown[] }
    assert.deepEqual(listed.items, world.sandbox.sent)
    assert.equal(listed.items.length, 1)
  })

  it('an unknown template, person or page and a value that breaks its limit are invalid', async () => {
    const cases: [Partial<SubscribeMessage>, number][] = [
      [{ templateId: 'unknown' }, 40037],
      [{ openid: 'nobody' }, 40003],
      [{ page: '/pages/case/case' }, 41030],
      [{ data: {} }, 47003],
      [{ data: { thing1: { value: '长'.repeat(21) } } }, 47003],
      [{ data: { thing1: { value: '' } } }, 47003],
      [{ data: { phrase1: { value: 'done' } } }, 47003],
      [{ data: { date1: { value: '23 November' } } }, 47003],
    ]
    for (const [change, errcode] of cases) {
      assert.deepEqual(await world.wechat.sendSubscribe({ ...message, ...change }), { outcome: 'invalid', errcode })
    }
    assert.equal(world.sandbox.sent.length, 0)
  })

  const lost: [string, Omit<Behaviour, 'path'>, number][] = [
    ['no answer comes in time', { fault: { kind: 'silence' } }, 0],
    ['WeChat sent it and never answered', { fault: { kind: 'silence' }, when: 'after' }, 1],
    ['the connection breaks after it was sent', { fault: { kind: 'drop' }, when: 'after' }, 1],
    ['the connection breaks before it was handled', { fault: { kind: 'drop' } }, 0],
    ['a gateway answers 502', { fault: { kind: 'reply', status: 502, text: '<html>' } }, 0],
    ['the answer is not JSON', { fault: { kind: 'reply', status: 200, text: '<html>' }, when: 'after' }, 1],
  ]
  for (const [name, behaviour, delivered] of lost) {
    it(`uncertain, and not repeated, when ${name}`, async () => {
      world.sandbox.grant(openid, templateId)
      world.sandbox.setBehaviour({ path: SEND, ...behaviour })
      const wechat = world.client({ timeoutMs })
      assert.deepEqual(await wechat.sendSubscribe(message), { outcome: 'uncertain' })
      assert.equal(world.count(SEND), 1)
      assert.equal(world.sandbox.sent.length, delivered)
    })
  }

  it('throws as retryable when nothing left: connection refused, or no token', async () => {
    world.sandbox.setBehaviour({ path: '/cgi-bin/stable_token', fault: { kind: 'silence' }, times: 1 })
    const noToken = await world.failure(world.client({ timeoutMs }).sendSubscribe(message))
    assert.deepEqual([noToken.kind, noToken.retryable, noToken.sent], ['unavailable', true, false])
    assert.equal(world.count(SEND), 0)

    world.sandbox.grant(openid, templateId)
    await world.wechat.sendSubscribe(message)
    await world.sandbox.stop()
    const refused = await world.failure(world.wechat.sendSubscribe(message))
    assert.deepEqual([refused.kind, refused.retryable, refused.sent], ['unavailable', true, false])
    assert.equal(refused.path, SEND)
  })

  it('a busy WeChat is thrown as retryable, a fault of ours as not', async () => {
    for (const [errcode, kind, retryable] of [
      [-1, 'busy', true],
      [45009, 'busy', true],
      [45011, 'busy', true],
      [48001, 'config', false],
      [99999, 'unavailable', true],
    ] as const) {
      world.sandbox.setBehaviour({ path: SEND, openid, fault: { kind: 'errcode', errcode }, times: 1 })
      const error = await world.failure(world.wechat.sendSubscribe(message))
      assert.deepEqual([error.errcode, error.kind, error.retryable], [errcode, kind, retryable])
      assert.match(error.rid ?? '', /^[0-9a-f-]{10,}$/)
    }
  })

  it('a token rejected at sending is renewed and the message goes out once', async () => {
    world.sandbox.grant(openid, templateId)
    await world.wechat.checkText({ openid, scene: 'comment', content: '你好' })
    world.sandbox.spoilToken(42001)
    assert.equal((await world.wechat.sendSubscribe(message)).outcome, 'sent')
    assert.equal(world.sandbox.sent.length, 1)
  })

  it('a behaviour for one person leaves the others alone', async () => {
    const other = demoOpenid('enterprise2')
    world.sandbox.setBehaviour({ path: SEND, openid, fault: { kind: 'errcode', errcode: 43101 } })
    world.sandbox.grant(openid, templateId)
    world.sandbox.grant(other, templateId)
    assert.equal((await world.wechat.sendSubscribe(message)).outcome, 'refused')
    assert.equal((await world.wechat.sendSubscribe({ ...message, openid: other })).outcome, 'sent')
  })
})
