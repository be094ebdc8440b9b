// The sandbox refuses what WeChat Pay would refuse, so that what passes a demonstration passes in production.
import assert from 'node:assert/strict'
import axios from 'axios'
import { requestText, sealedName, signed } from './spec.js'
import { APP_ID, NAME, OPENID, order, payWorld, type PayTestWorld } from './world.js'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'

describe('what the sandbox of WeChat Pay demands of a transfer', () => {
  let world: PayTestWorld
  before(async () => {
    world = await payWorld()
  })
  after(() => world.stop())

  /** As any merchant's own code would, signed from the specification. */
  async function post(body: object, changes: Record<string, string> = {}) {
    const { keys, mchId, baseUrl } = world.sandbox
    const text = JSON.stringify(body)
    const timestamp = changes['timestamp'] ?? String(Math.floor(Date.now() / 1000))
    const signature = signed(requestText('POST', BILLS, timestamp, 'abc', text), keys.merchant.privateKey)
    const parts = {
      mchid: mchId,
      nonce_str: 'abc',
      signature,
      timestamp,
      serial_no: keys.merchant.serial,
      ...changes,
    }
    const list = Object.entries(parts).map(([name, value]) => `${name}="${value}"`)
    const answer = await axios.post(`${baseUrl}${BILLS}`, changes['body'] ?? text, {
      headers: {
        'Content-Type': 'application/json',
        Authorization: `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`,
        'Wechatpay-Serial': (await keys.platform(0)).serial,
      },
      validateStatus: () => true,
      proxy: false,
    })
    return `${answer.status} ${answer.data.code ?? answer.data.state}`
  }

  const good = (changes: object = {}) => ({
    appid: APP_ID,
    out_bill_no: order().outBillNo,
    transfer_scene_id: '1002',
    openid: OPENID,
    transfer_amount: 30_000,
    transfer_remark: '举报奖励',
    notify_url: 'https://help.example.cn/wechat/pay/notify',
    user_recv_perception: '行政奖励',
    transfer_scene_report_infos: [{ info_type: '补贴类型', info_content: '举报奖励' }],
    ...changes,
  })
  const info = (...all: [string, string][]) => all.map(([info_type, info_content]) => ({ info_type, info_content }))

  it('takes what is right', async () => {
    assert.equal(await post(good()), '200 WAIT_USER_CONFIRM')
    const { publicKey } = await world.sandbox.keys.platform(0)
    const named = good({ transfer_amount: 200_000, user_name: sealedName(NAME, publicKey) })
    assert.equal(await post(named), '200 WAIT_USER_CONFIRM')
  })

  const wrong: [string, object, string][] = [
    ['another app', { appid: 'wx1' }, 'INVALID_REQUEST'],
    ['a number with a dash', { out_bill_no: 'a-b' }, 'PARAM_ERROR'],
    ['a number too long', { out_bill_no: 'a'.repeat(33) }, 'PARAM_ERROR'],
    ['a scene it has not got', { transfer_scene_id: '1000' }, 'INVALID_REQUEST'],
    ['a scene that is no text', { transfer_scene_id: 1002 }, 'INVALID_REQUEST'],
    ['a perception of another scene', { user_recv_perception: '现金奖励' }, 'INVALID_REQUEST'],
    ['no report', { transfer_scene_report_infos: [] }, 'PARAM_ERROR'],
    ['another report', { transfer_scene_report_infos: info(['补贴类别', '举报奖励']) }, 'PARAM_ERROR'],
    [
      'two reports',
      { transfer_scene_report_infos: info(['补贴类型', '举报奖励'], ['补贴类型', '举报奖励']) },
      'PARAM_ERROR',
    ],
    ['a report too long', { transfer_scene_report_infos: info(['补贴类型', '奖'.repeat(33)]) }, 'PARAM_ERROR'],
    ['nobody', { openid: 'x' }, 'PARAM_ERROR'],
    ['half a fen', { transfer_amount: 0.5 }, 'PARAM_ERROR'],
    ['an amount in text', { transfer_amount: '30000' }, 'PARAM_ERROR'],
    ['2,000 yuan without a name', { transfer_amount: 200_000 }, 'PARAM_ERROR'],
    ['a name in the clear', { user_name: NAME }, 'PARAM_ERROR'],
    ['a remark too long', { transfer_remark: '备'.repeat(33) }, 'PARAM_ERROR'],
    ['a notice over plain http', { notify_url: 'http://help.example.cn/notify' }, 'PARAM_ERROR'],
    ['a notice with a query', { notify_url: 'https://help.example.cn/notify?a=1' }, 'PARAM_ERROR'],
  ]
  for (const [name, change, code] of wrong) {
    it(`refuses ${name}`, async () => {
      assert.equal(await post(good(change)), `400 ${code}`)
    })
  }

  it('knows its merchant by every part of the signature', async () => {
    for (const change of [
      { mchid: '1900000000' },
      { serial_no: 'AB' },
      { nonce_str: 'abd' },
      { signature: 'AAAA' },
      { timestamp: String(Math.floor(Date.now() / 1000) - 400) },
      { body: JSON.stringify(good()) },
    ] as Record<string, string>[]) {
      assert.equal(await post(good(), change), '401 SIGN_ERROR', Object.keys(change)[0])
    }
  })

  it('what the client would be refused for, it does not send', async () => {
    const before = world.sandbox.calls.length
    for (const change of [
      { outBillNo: 'a-b' },
      { amountFen: 0 },
      { amountFen: 1.5 },
      { amountFen: 200_000 },
      { remark: '备'.repeat(33) },
      { subsidyType: '' },
      { openid: '' },
    ]) {
      const error = await world.failure(world.pay.create(order(change)))
      assert.deepEqual([error.kind, error.status], ['refused', null])
    }
    assert.equal(world.sandbox.calls.length, before)
  })
})
