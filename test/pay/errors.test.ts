// Whatever goes wrong between us and WeChat Pay ends in one kind of error, as its table says, and none of it tells a secret.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createPay, type Pay } from '../../src/pay/client.js'
import { answeredError, PAY_ERRORS } from '../../src/pay/problems.js'
import type { Fault } from '../../src/wechat/sandbox/pay/start.js'
import { APP_ID, NAME, OPENID, order, payWorld, type PayTestWorld } from './world.js'

/** For an answer that never comes. */
const timeoutMs = 1500

describe('errors of WeChat Pay', () => {
  let world: PayTestWorld
  let pay: Pay
  before(async () => {
    world = await payWorld()
    pay = world.client({ timeoutMs })
    await pay.balance()
  })
  after(() => world.stop())
  afterEach(() => world.sandbox.clearTrouble())

  /** 403 NOT_ENOUGH and the like: by whoever reads the specification, not by whoever wrote the table. */
  const demanded: [status: number, code: string, kind: string][] = [
    [400, 'PARAM_ERROR', 'refused'],
    [400, 'INVALID_REQUEST', 'refused'],
    [400, 'ALREADY_EXISTS', 'alreadyExists'],
    [401, 'SIGN_ERROR', 'misconfigured'],
    [403, 'NO_AUTH', 'misconfigured'],
    [403, 'NOT_ENOUGH', 'notEnough'],
    [404, 'NOT_FOUND', 'notFound'],
    [429, 'FREQUENCY_LIMITED', 'limited'],
    [500, 'SYSTEM_ERROR', 'doubt'],
    [403, 'ACCOUNT_ERROR', 'doubt'],
    [500, 'PARAM_ERROR', 'doubt'],
    [200, 'NOT_FOUND', 'doubt'],
  ]
  for (const [status, code, kind] of demanded) {
    it(`${status} ${code} is ${kind}`, async () => {
      world.sandbox.setTrouble({ fault: { kind: 'error', status, code } })
      const error = await world.failure(pay.query(order().outBillNo))
      assert.equal(error.kind, kind)
      assert.equal(error.status, status)
      const created = await world.failure(pay.create(order()))
      assert.equal(created.kind, kind === 'notFound' ? 'doubt' : kind)
    })
  }

  it('what is not in the table with its status is doubt', () => {
    const code = fc.oneof(fc.constantFrom(...PAY_ERRORS.map((one) => one.code)), fc.stringMatching(/^[A-Z_]{1,12}$/))
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), code, (status, given) => {
        const { kind } = answeredError('v3/x', status, JSON.stringify({ code: given, message: '' }))
        const found = PAY_ERRORS.find((one) => one.code === given && one.statuses.includes(status))
        assert.equal(kind, found?.kind ?? 'doubt')
        // Never a clear word from a server that is in trouble, nor from one that says it went well.
        if (status >= 500 || status < 400) assert.equal(kind, 'doubt')
      }),
    )
  })

  it('of a body nothing but a code is taken, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string({ minLength: 3 }), (body, secret) => {
        const error = answeredError('v3/x', 400, body)
        assert.ok(error.code === null || /^[A-Z][A-Z0-9_]{0,39}$/.test(error.code))
        const other = answeredError('v3/x', 400, JSON.stringify({ code: `c ${secret}`, message: secret }))
        assert.equal(other.code, null)
        assert.equal(other.message, answeredError('v3/x', 400, '{}').message)
      }),
    )
  })

  it('every line says where it comes from, or that it is unconfirmed', () => {
    for (const { code, mark, source } of PAY_ERRORS) assert.equal(mark === 'F', source !== undefined, code)
  })

  const unclear: [string, Fault][] = [
    ['silence', { kind: 'silence' }],
    ['a cut connection', { kind: 'cut' }],
    ['a gateway’s page', { kind: 'reply', status: 502, text: `<html>${NAME}` }],
    ['a page instead of JSON', { kind: 'reply', status: 200, text: `<html>${NAME}` }],
    ['a redirect', { kind: 'reply', status: 302, text: '' }],
    ['a signature of another', { kind: 'forged' }],
    ['an altered answer', { kind: 'altered' }],
    ['an old signature', { kind: 'stale' }],
    ['no signature', { kind: 'unsigned' }],
    ['WeChat’s own probe', { kind: 'probe' }],
  ]
  for (const [name, fault] of unclear) {
    it(`${name} leaves doubt, at every interface, and the next look clears it`, async () => {
      const one = order()
      const { outBillNo } = await pay.create(order())
      world.sandbox.setTrouble({ fault, when: 'after' })
      const work = [pay.create(one), pay.query(outBillNo), pay.cancel(outBillNo), pay.balance()]
      const errors = await Promise.all(work.map((each) => world.failure(each)))
      assert.deepEqual(
        errors.map(({ kind }) => kind),
        work.map(() => 'doubt'),
      )
      world.sandbox.clearTrouble()
      // It was accepted all the same: whoever sent it under another number would have paid twice.
      assert.equal((await pay.query(one.outBillNo)).state, 'WAIT_USER_CONFIRM')
      assert.ok((await pay.create(one)).packageInfo)
    })
  }

  it('an error that is signed by another is no refusal', async () => {
    const one = order()
    await pay.create(one)
    world.sandbox.setTrouble({ on: 'query', fault: { kind: 'forged' } })
    assert.equal((await world.failure(pay.query('unknown'))).kind, 'doubt')
  })

  it('whoever has the wrong key is misconfigured, and nobody to connect to leaves doubt', async () => {
    const { privateKey } = await world.sandbox.keys.wrong()
    assert.equal((await world.failure(world.client({ privateKey }).balance())).kind, 'misconfigured')
    assert.equal((await world.failure(world.client({ serial: 'ABCDEF00' }).balance())).kind, 'misconfigured')
    const away = world.client({ baseUrl: 'http://127.0.0.1:9' })
    assert.equal((await world.failure(away.create(order()))).kind, 'doubt')
    assert.equal((await world.failure(world.client({ apiV3Key: 'x'.repeat(32) }).balance())).kind, 'doubt')
  })

  it('nothing of a transfer is sent unencrypted over a network', () => {
    const { privateKey, serial } = world.sandbox.keys.merchant
    for (const baseUrl of ['http://api.mch.weixin.qq.com', 'ftp://127.0.0.1', 'http://127.0.0.1.example.com']) {
      const options = {
        baseUrl,
        mchId: '1',
        appId: APP_ID,
        serial,
        privateKey,
        apiV3Key: 'x',
        notifyUrl: () => undefined,
      }
      assert.throws(() => createPay(options), TypeError)
    }
  })

  it('a proxy in the environment is not used', async () => {
    const before = { ...process.env }
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9', NO_PROXY: '' })
    try {
      assert.ok((await world.client().balance()).availableFen > 0)
    } finally {
      for (const name of ['HTTP_PROXY', 'http_proxy', 'NO_PROXY']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  })

  it('nothing logged or thrown holds a name, an openid, a number or a key', async () => {
    const one = order({ amountFen: 250_000, userName: NAME, remark: '备注暗号' })
    for (const [, fault] of unclear) {
      world.sandbox.setTrouble({ fault, when: 'after' })
      const work = [pay.create(one), pay.query(one.outBillNo), pay.cancel(one.outBillNo)]
      await Promise.all(work.map((each) => world.failure(each)))
      world.sandbox.clearTrouble()
    }
    await pay.create(one)
    await world.failure(pay.create({ ...one, amountFen: 250_001 }))
    await world.failure(pay.create(order({ userName: ' ', openid: OPENID })))
    const { apiV3Key, merchant } = world.sandbox.keys
    const pem = String(merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const evidence = world.evidence.join('\n')
    assert.ok(world.evidence.length > 100)
    const secrets = [NAME, OPENID, one.outBillNo, '备注暗号', apiV3Key, pem.slice(40, 80), 'package_info', 'signature=']
    for (const secret of secrets) assert.equal(evidence.includes(secret), false, secret)
  })
})
