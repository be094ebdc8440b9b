// Both directions of every exchange, by the plugin's own functions and by a second implementation that shares nothing with it.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import type { PayOptions } from '../../src/pay/client.js'
import { type Exchanged, type Recorder, startRecorder } from './recorder.js'
import {
  answerText,
  authorizationParts,
  isSigned,
  opened,
  openedName,
  requestText,
  sealedName,
  signed,
} from './spec.js'
import { NAME, order, payWorld, type PayTestWorld } from './world.js'

describe('signatures of WeChat Pay', () => {
  let world: PayTestWorld
  let recorder: Recorder
  before(async () => {
    world = await payWorld()
    recorder = await startRecorder(world.sandbox.baseUrl)
  })
  after(async () => {
    await recorder.stop()
    await world.stop()
  })

  /** Everything the client can ask, once. */
  async function walk(options: Partial<PayOptions> = {}): Promise<Exchanged[]> {
    recorder.exchanges.length = 0
    const pay = world.client({ baseUrl: recorder.baseUrl, ...options })
    const { outBillNo } = await pay.create(order({ amountFen: 250_000, userName: NAME, remark: '奖励 “&=+%”' }))
    await pay.query(outBillNo)
    await pay.cancel(outBillNo)
    await world.failure(pay.query('unknown'))
    await pay.balance()
    world.pass(86_400_000)
    const day = new Date(world.now().getTime() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
    assert.ok((await pay.fundFlow(day)).length > 0)
    return recorder.exchanges
  }

  function check({ method, url, headers, body, answer }: Exchanged, keyOf: (serial: string) => ReturnType<typeof key>) {
    const { merchant } = world.sandbox.keys
    const parts = authorizationParts(headers['authorization'] ?? '')
    const { timestamp = '', nonce_str: nonce = '', signature = '' } = parts
    assert.deepEqual([parts['mchid'], parts['serial_no']], [world.sandbox.mchId, merchant.serial])
    assert.ok(isSigned(requestText(method, url, timestamp, nonce, body), signature, merchant.publicKey), url)
    assert.ok(Rsa.verify(Formatter.request(method, url, timestamp, nonce, body), signature, merchant.publicKey), url)
    if (url.startsWith('/v3/billdownload/')) return
    const [at = '', random = '', serial = '', sign = ''] = ['timestamp', 'nonce', 'serial', 'signature'].map(
      (name) => answer.headers[`wechatpay-${name}`] ?? '',
    )
    const platform = keyOf(serial)
    assert.ok(platform, serial)
    const text = answer.body.toString()
    assert.ok(isSigned(answerText(at, random, text), sign, platform), url)
    assert.ok(Rsa.verify(Formatter.response(at, random, text), sign, platform), url)
  }
  const key = (pem: string) => new X509Certificate(pem).publicKey

  it('hold for every request and every answer, by certificate', async () => {
    const exchanges = await walk()
    const listed = exchanges.find(({ url }) => url === '/v3/certificates')
    assert.ok(listed)
    const { data } = JSON.parse(listed.answer.body.toString())
    const { serial_no, encrypt_certificate: sealed } = data[0]
    const text = opened(sealed.ciphertext, world.sandbox.keys.apiV3Key, sealed.nonce, sealed.associated_data)
    assert.equal(
      text,
      Aes.AesGcm.decrypt(sealed.ciphertext, world.sandbox.keys.apiV3Key, sealed.nonce, sealed.associated_data),
    )
    assert.equal(new X509Certificate(text).serialNumber, serial_no)
    assert.ok(new X509Certificate(text).verify(key(text)))
    assert.ok(exchanges.length >= 8)
    for (const one of exchanges) check(one, (serial) => key(serial === serial_no ? text : ''))
    const created = exchanges.find(({ method }) => method === 'POST')
    const body = JSON.parse(created?.body ?? '')
    assert.equal(created?.headers['wechatpay-serial'], serial_no)
    assert.equal(openedName(body.user_name, (await world.sandbox.keys.platform(0)).privateKey), NAME)
    assert.equal(Rsa.decrypt(body.user_name, (await world.sandbox.keys.platform(0)).privateKey), NAME)
    assert.equal(created?.body.includes(NAME), false)
    const { transfer_scene_id, user_recv_perception, transfer_scene_report_infos } = body
    assert.deepEqual(
      [transfer_scene_id, user_recv_perception, transfer_scene_report_infos],
      ['1002', '行政奖励', [{ info_type: '补贴类型', info_content: '生态环境违法行为举报奖励' }]],
    )
  })

  it('hold by public key, which asks for no certificate', async () => {
    const { keys } = world.sandbox
    const publicKey = { serial: keys.publicKeyId, key: (await keys.publicKey()).publicKey }
    const exchanges = await walk({ publicKey })
    assert.equal(
      exchanges.some(({ url }) => url === '/v3/certificates'),
      false,
    )
    for (const one of exchanges) check(one, (serial) => (serial === keys.publicKeyId ? publicKey.key : key('')))
    const created = exchanges.find(({ method }) => method === 'POST')
    assert.equal(openedName(JSON.parse(created?.body ?? '').user_name, (await keys.publicKey()).privateKey), NAME)
  })

  it('are the same by the plugin and by the specification, whatever is signed', async () => {
    const { privateKey, publicKey } = world.sandbox.keys.merchant
    const word = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' })
    await fc.assert(
      fc.asyncProperty(word, word, word, (url, nonce, body) => {
        const text = requestText('POST', url, '1', nonce, body)
        assert.equal(text, Formatter.request('POST', url, '1', nonce, body))
        assert.equal(answerText('1', nonce, body), Formatter.response('1', nonce, body))
        assert.equal(signed(text, privateKey), Rsa.sign(text, privateKey))
        assert.ok(Rsa.verify(text, signed(text, privateKey), publicKey))
        assert.equal(isSigned(`${text}x`, Rsa.sign(text, privateKey), publicKey), false)
        const name = body.slice(0, 20)
        assert.equal(openedName(Rsa.encrypt(name, publicKey), privateKey), Buffer.from(name).toString())
        assert.equal(Rsa.decrypt(sealedName(name, publicKey), privateKey), Buffer.from(name).toString())
        return Promise.resolve()
      }),
      { numRuns: 25 },
    )
  })
})
