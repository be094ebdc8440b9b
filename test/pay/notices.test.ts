// A notice is believed when WeChat Pay signed it, now, and as it is; nothing else is.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { type Pay, PayNoticeRefused } from '../../src/pay/client.js'
import { answerText, isSigned, opened, signed } from './spec.js'
import { OPENID, order, payWorld, type PayTestWorld } from './world.js'

describe('notices of WeChat Pay', () => {
  let world: PayTestWorld
  let outBillNo: string
  before(async () => {
    world = await payWorld()
    const bill = await world.pay.create(order())
    outBillNo = bill.outBillNo
    assert.ok(world.sandbox.confirm(bill.packageInfo ?? '', OPENID))
    assert.equal((await world.pay.query(outBillNo)).state, 'SUCCESS')
  })
  after(() => world.stop())

  type Crafted = Awaited<ReturnType<typeof world.sandbox.craftNotice>>
  const read = ({ headers, body }: Crafted, pay: Pay = world.pay) => pay.readNotice(headers, body, world.now())
  async function reasonOf(crafted: Crafted, pay?: Pay): Promise<string> {
    try {
      await read(crafted, pay)
    } catch (error) {
      assert.ok(error instanceof PayNoticeRefused)
      return error.reason
    }
    return 'believed'
  }

  it('true ones are read', async () => {
    const crafted = await world.sandbox.craftNotice(outBillNo)
    const { id, eventType, createdAt, bill } = await read(crafted)
    assert.deepEqual(
      [id, eventType, createdAt, bill],
      [
        JSON.parse(crafted.body).id,
        'MCHTRANSFER.BILL.FINISHED',
        world.now(),
        { ...(await world.pay.query(outBillNo)), mchId: world.sandbox.mchId },
      ],
    )
  })

  it('are signed and sealed as the plugin and the specification say', async () => {
    const { headers, body } = await world.sandbox.craftNotice(outBillNo)
    const { publicKey } = await world.sandbox.keys.platform(0)
    const [at = '', nonce = '', signature = ''] = ['Timestamp', 'Nonce', 'Signature'].map(
      (name) => headers[`Wechatpay-${name}`],
    )
    assert.ok(isSigned(answerText(at, nonce, body), signature, publicKey))
    assert.ok(Rsa.verify(Formatter.response(at, nonce, body), signature, publicKey))
    const { resource } = JSON.parse(body)
    const sealed = [resource.ciphertext, world.sandbox.keys.apiV3Key, resource.nonce, 'mch_payment'] as const
    assert.equal(opened(...sealed), Aes.AesGcm.decrypt(...sealed))
    assert.equal(JSON.parse(opened(...sealed)).out_bill_no, outBillNo)
  })

  it('the same one again has the same id, for whoever keeps them', async () => {
    const crafted = await world.sandbox.craftNotice(outBillNo)
    assert.equal((await read(crafted)).id, (await read(crafted)).id)
  })

  it('header names are read in any case', async () => {
    const { headers, body } = await world.sandbox.craftNotice(outBillNo)
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    assert.equal(await reasonOf({ headers: lower, body }), 'believed')
  })

  it('forged, altered and stale ones are refused', async () => {
    const craft = (fault: 'forged' | 'altered' | 'stale') => world.sandbox.craftNotice(outBillNo, {}, fault)
    assert.equal(await reasonOf(await craft('forged')), 'forged')
    assert.equal(await reasonOf(await craft('altered')), 'forged')
    assert.equal(await reasonOf(await craft('stale')), 'stale')
  })

  it('the signature is good for five minutes either way', async () => {
    const crafted = await world.sandbox.craftNotice(outBillNo)
    const at = async (seconds: number) => {
      const now = new Date(world.now().getTime() + seconds * 1000)
      return world.pay.readNotice(crafted.headers, crafted.body, now).then(
        () => 'believed',
        (error: PayNoticeRefused) => error.reason,
      )
    }
    assert.deepEqual(await Promise.all([-301, -300, 0, 300, 301].map(at)), [
      'stale',
      'believed',
      'believed',
      'believed',
      'stale',
    ])
  })

  it('a changed byte anywhere is noticed', async () => {
    const { headers, body } = await world.sandbox.craftNotice(outBillNo)
    const names = ['Wechatpay-Timestamp', 'Wechatpay-Nonce', 'Wechatpay-Signature', 'Wechatpay-Serial', 'body']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(),
        fc.constantFrom('0', '1', 'A', '='),
        async (name, at, char) => {
          const before = name === 'body' ? body : (headers[name] ?? '')
          const place = at % before.length
          const after = before.slice(0, place) + char + before.slice(place + 1)
          // Base64 has several spellings of its last bits.
          fc.pre(after !== before && Buffer.from(after, 'base64').compare(Buffer.from(before, 'base64')) !== 0)
          const changed = name === 'body' ? { headers, body: after } : { headers: { ...headers, [name]: after }, body }
          assert.notEqual(await reasonOf(changed), 'believed')
        },
      ),
      { numRuns: 200 },
    )
  })

  it('without one of the four headers it is not looked at', async () => {
    const { headers, body } = await world.sandbox.craftNotice(outBillNo)
    for (const name of ['Timestamp', 'Nonce', 'Serial', 'Signature']) {
      const { [`Wechatpay-${name}`]: _, ...rest } = headers
      assert.equal(await reasonOf({ headers: rest, body }), 'unsigned')
    }
  })

  it('what is signed but is no notice of a finished transfer is refused', async () => {
    const { serial, privateKey } = await world.sandbox.keys.platform(0)
    const { body } = await world.sandbox.craftNotice(outBillNo)
    const sign = (text: string): Crafted => {
      const timestamp = String(Math.floor(world.now().getTime() / 1000))
      const signature = signed(answerText(timestamp, 'n', text), privateKey)
      return {
        headers: {
          'Wechatpay-Timestamp': timestamp,
          'Wechatpay-Nonce': 'n',
          'Wechatpay-Serial': serial,
          'Wechatpay-Signature': signature,
        },
        body: text,
      }
    }
    const change = (edit: (notice: { resource: Record<string, string> } & Record<string, unknown>) => void) => {
      const notice = JSON.parse(body)
      edit(notice)
      return reasonOf(sign(JSON.stringify(notice)))
    }
    assert.equal(await change(() => undefined), 'believed')
    assert.equal(await change((one) => Object.assign(one, { event_type: 'TRANSACTION.SUCCESS' })), 'otherEvent')
    assert.equal(await change((one) => Object.assign(one.resource, { algorithm: 'none' })), 'unreadable')
    assert.equal(await change((one) => Object.assign(one.resource, { nonce: 'abcdefabcdef' })), 'unreadable')
    assert.equal(await change((one) => Object.assign(one.resource, { associated_data: 'other' })), 'unreadable')
    assert.equal(await change((one) => Object.assign(one, { id: '' })), 'unreadable')
    for (const text of ['', '{', '[]', 'null', '"x"']) assert.equal(await reasonOf(sign(text)), 'unreadable', text)
  })

  it('with another APIv3 key nothing can be opened', async () => {
    const crafted = await world.sandbox.craftNotice(outBillNo)
    await read(crafted)
    const publicKey = { serial: world.sandbox.keys.publicKeyId, key: (await world.sandbox.keys.publicKey()).publicKey }
    world.sandbox.signBy('publicKey')
    try {
      const byPublicKey = await world.sandbox.craftNotice(outBillNo)
      assert.equal(await reasonOf(byPublicKey, world.client({ publicKey })), 'believed')
      assert.equal(await reasonOf(byPublicKey, world.client({ publicKey, apiV3Key: 'x'.repeat(32) })), 'unreadable')
      // A public key that is not configured is not known, and no certificate is asked for because of it.
      const before = world.sandbox.calls.length
      assert.equal(await reasonOf(byPublicKey), 'unknownSerial')
      assert.equal(world.sandbox.calls.length, before)
      // 平台证书切换公钥期间，回调两种都有
      world.sandbox.signBy('certificate')
      assert.equal(await reasonOf(crafted, world.client({ publicKey })), 'believed')
    } finally {
      world.sandbox.signBy('certificate')
    }
  })
})
