// The access token is fetched once for all, renewed early, and replaced once when WeChat rejects it.
import assert from 'node:assert/strict'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import type { Wechat } from '../../src/wechat/client.js'
import { wechatWorld, type World } from './world.js'

const TOKEN = '/cgi-bin/stable_token'
const TEXT = '/wxa/msg_sec_check'
const openid = demoOpenid('enterprise')
const check = (wechat: Wechat) => wechat.checkText({ openid, scene: 'comment', content: '请问环评怎么办' })

describe('wechat stable token', () => {
  let world: World
  let clock: number
  let wechat: Wechat
  beforeEach(async () => {
    world = await wechatWorld()
    clock = 1_800_000_000_000
    wechat = world.client({ now: () => clock })
  })
  afterEach(() => world.stop())

  it('twenty calls at once fetch one token', async () => {
    await Promise.all(Array.from({ length: 20 }, () => check(wechat)))
    assert.equal(world.count(TOKEN), 1)
    assert.equal(world.count(TEXT), 20)
  })

  it('is kept until five minutes before its end, then renewed', async () => {
    await check(wechat)
    clock += (7200 - 300) * 1000 - 1000
    await check(wechat)
    assert.equal(world.count(TOKEN), 1)
    clock += 1001
    await check(wechat)
    assert.equal(world.count(TOKEN), 2)
  })

  it('an expired token is renewed without force and the call repeated, once for all who wait', async () => {
    await check(wechat)
    world.sandbox.spoilToken(42001)
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => check(wechat)))
    assert.deepEqual(new Set(verdicts.map(({ outcome }) => outcome)), new Set(['pass']))
    assert.equal(world.count(TOKEN), 2)
  })

  for (const fault of [40001, 40014] as const) {
    it(`a token rejected with ${fault} while WeChat still hands it out is renewed by force`, async () => {
      await check(wechat)
      const before = await world.token()
      world.sandbox.spoilToken(fault)
      assert.equal((await check(wechat)).outcome, 'pass')
      assert.notEqual(await world.token(), before)
    })
  }

  it('a token that another process has replaced is taken over without force', async () => {
    await check(wechat)
    const other = world.client()
    world.sandbox.spoilToken(40001)
    await check(other)
    const asked = world.count(TOKEN)
    assert.equal((await check(wechat)).outcome, 'pass')
    assert.equal(world.count(TOKEN), asked + 1)
  })

  it('forced renewals are at least 30 seconds apart', async () => {
    await check(wechat)
    world.sandbox.spoilToken(40001)
    await check(wechat)
    world.sandbox.spoilToken(40001)
    const asked = world.count(TOKEN)
    clock += 29_999
    const error = await world.failure(check(wechat))
    assert.deepEqual([error.kind, error.retryable, error.sent, error.errcode], ['busy', true, false, undefined])
    assert.equal(world.count(TOKEN), asked + 1)
  })

  it('WeChat itself refuses forced renewals that follow too closely', async () => {
    await check(wechat)
    world.sandbox.spoilToken(40001)
    await check(wechat)
    world.sandbox.spoilToken(40001)
    clock += 30_000
    const error = await world.failure(check(wechat))
    assert.deepEqual([error.errcode, error.kind, error.sent], [45011, 'busy', false])
  })

  it('a call that is rejected with the new token too gives up after one renewal', async () => {
    world.sandbox.setBehaviour({ path: TEXT, fault: { kind: 'errcode', errcode: 40001 } })
    const error = await world.failure(check(wechat))
    assert.deepEqual([error.errcode, error.kind, error.retryable], [40001, 'config', false])
    assert.equal(world.count(TEXT), 2)
  })

  it('a token that could not be fetched is asked for again by the next call', async () => {
    world.sandbox.setBehaviour({ path: TOKEN, fault: { kind: 'errcode', errcode: -1 }, times: 1 })
    const errors = await Promise.all(Array.from({ length: 5 }, () => world.failure(check(wechat))))
    assert.deepEqual(
      errors.map(({ errcode, retryable, sent }) => ({ errcode, retryable, sent })),
      errors.map(() => ({ errcode: -1, retryable: true, sent: false })),
    )
    assert.equal((await check(wechat)).outcome, 'pass')
    assert.equal(world.count(TOKEN), 2)
  })

  it('an answer without a usable token is unavailable', async () => {
    for (const text of ['{}', '{"access_token":"","expires_in":7200}', '{"access_token":"x","expires_in":-1}']) {
      world.sandbox.setBehaviour({ path: TOKEN, fault: { kind: 'reply', status: 200, text }, times: 1 })
      const error = await world.failure(check(wechat))
      assert.equal(error.kind, 'unavailable')
    }
  })
})
