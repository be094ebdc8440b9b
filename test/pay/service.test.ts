// The service has WeChat Pay by its sandbox, by the environment, or not at all; the preview confirms as the receiver would.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadConfiguration, readConfig } from '../../src/config.js'
import { openPay } from '../../src/pay/open.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { ownKeys, type PaySandbox, startPaySandbox } from '../../src/wechat/sandbox/pay/start.js'
import { type World, world } from '../world.js'
import { order } from './world.js'

const openid = demoOpenid('enterprise')

describe('WeChat Pay in a service', () => {
  let dir: string
  let other: PaySandbox
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'shenhuan-pay-'))
    other = await startPaySandbox({ appId: 'wx-sandbox', keys: await ownKeys() })
  })
  after(async () => {
    await other.stop()
    await rm(dir, { recursive: true, force: true })
  })

  describe('with its own sandbox', () => {
    let w: World
    before(async () => {
      w = await world('embedded', { env: { PREVIEW: 'on' } })
    })
    after(() => w.stop())

    it('pays who confirms in the preview, as WeChat shows it to them, and nobody else', async () => {
      const { pay } = w.service.house.outside
      const { paySandbox } = w.service
      assert.ok(pay && paySandbox)
      const bill = await pay.create(order({ openid, remark: '举报奖励' }))
      assert.equal(paySandbox.bills.get(bill.outBillNo)?.notifyUrl, `${w.service.url}/wechat/pay/notify`)
      const { mchId, appId } = pay
      const asked = { person: 'enterprise', mchId, appId, package: bill.packageInfo ?? '' }
      const post = (body: object) => w.http.post('/preview/transfers', body)
      const shown = await post(asked)
      assert.deepEqual(
        [shown.status, shown.data],
        [200, { amountFen: 30_000, perception: '行政奖励', remark: '举报奖励', state: 'WAIT_USER_CONFIRM' }],
      )
      const strangers = [{ person: 'officer' }, { package: 'x' }, { mchId: '1' }, { appId: 'wx1' }]
      for (const change of strangers) {
        assert.equal((await post({ ...asked, ...change, isConfirmed: true })).status, 404)
      }
      for (const bad of [{}, { ...asked, more: 1 }, { ...asked, person: 1 }])
        assert.equal((await post(bad)).status, 422)
      assert.equal((await pay.query(bill.outBillNo)).state, 'WAIT_USER_CONFIRM')
      assert.equal((await post({ ...asked, isConfirmed: true })).status, 200)
      assert.equal((await pay.query(bill.outBillNo)).state, 'SUCCESS')
      assert.equal((await post({ ...asked, isConfirmed: true })).data.state, 'SUCCESS')
      assert.equal(paySandbox.payments.length, 1)
    })
  })

  it('by the environment: another sandbox, which outlives the service', async () => {
    for (const isByPublicKey of [false, true]) {
      const env = await other.environment(dir, isByPublicKey)
      const w = await world('embedded', { env: { ...env, PREVIEW: 'on' } })
      const one = order({ openid, amountFen: 200_000, userName: '张沈环' })
      try {
        const { pay } = w.service.house.outside
        assert.equal(w.service.paySandbox, undefined)
        assert.equal((await pay?.create(one))?.state, 'WAIT_USER_CONFIRM')
        assert.equal((await w.http.post('/preview/transfers', {})).status, 405)
      } finally {
        await w.stop()
      }
      assert.equal(other.bills.get(one.outBillNo)?.userName, '张沈环')
    }
  })

  const production = {
    NODE_ENV: 'production',
    MASTER_KEYS: 'k1:x',
    INFORMER_KEYS: 'n1:x',
    WECHAT_APP_ID: 'wx1',
    WECHAT_SECRET: '00112233445566778899aabbccddeeff',
    PUBLIC_URL: 'https://help.example.cn',
  }
  const own = {
    WECHATPAY_MCH_ID: '1900000109',
    WECHATPAY_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
    WECHATPAY_PRIVATE_KEY_FILE: 'apiclient_key.pem',
    WECHATPAY_API_V3_KEY: 'a'.repeat(32),
  }
  const said = (env: Record<string, string>) => {
    try {
      readConfig(env)
    } catch (error) {
      assert.ok(error instanceof BadConfiguration)
      return error.message
    }
    return ''
  }

  it('in production it is set up as a whole or not at all, and tells WeChat an address with https', () => {
    assert.equal(readConfig(production).pay, undefined)
    assert.equal(readConfig({ ...production, ...own }).pay?.baseUrl, undefined)
    for (const name of Object.keys(own)) {
      assert.match(said({ ...production, ...own, [name]: '' }), new RegExp(`\n  ${name}: is needed with the other`))
    }
    assert.match(
      said({ ...production, ...own, WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_01' }),
      /PUBLIC_KEY_FILE: is needed/,
    )
    for (const address of ['', 'http://help.example.cn', 'https://help.example.cn?a=1']) {
      assert.match(said({ ...production, ...own, PUBLIC_URL: address }), /PUBLIC_URL: is needed with https/, address)
    }
    for (const [name, value] of [
      ['WECHATPAY_MCH_ID', 'mch'],
      ['WECHATPAY_SERIAL', 'xyz'],
      ['WECHATPAY_API_V3_KEY', 'a'.repeat(31)],
      ['WECHATPAY_PUBLIC_KEY_ID', 'KEY'],
      ['WECHATPAY_ACCOUNT', 'FEES'],
      ['WECHATPAY_BASE_URL', 'https://api.mch.weixin.qq.com/x'],
    ] as const) {
      const message = said({ ...production, ...own, [name]: value })
      assert.match(message, new RegExp(`\n  ${name}: (is no|must)`))
      assert.equal(message.includes('a'.repeat(31)), false)
    }
  })

  it('money is paid by WeChat alone, and with the sandbox by nobody', () => {
    for (const origin of [
      'http://127.0.0.1:80',
      'https://mch.weixin.qq.com.example.cn',
      'http://api.mch.weixin.qq.com',
    ]) {
      assert.match(said({ ...production, ...own, WECHATPAY_BASE_URL: origin }), /WECHATPAY_BASE_URL: money is paid/)
    }
    const entrance = 'https://api2.mch.weixin.qq.com'
    assert.equal(readConfig({ ...production, ...own, WECHATPAY_BASE_URL: entrance }).pay?.baseUrl, entrance)
    for (const origin of ['', entrance]) {
      assert.match(
        said({ ...own, WECHATPAY_BASE_URL: origin }),
        /WECHATPAY_BASE_URL: with the sandbox no money is paid/,
      )
    }
  })

  it('without the sandbox and without the variables there is only the bank', () => {
    const { wechat, payAccount: account, pay: settings } = readConfig(production)
    const terms = { settings, sandbox: undefined, appId: wechat.appId, account, notifyUrl: () => undefined }
    assert.equal(openPay(terms), undefined)
  })

  it('a key that others can read, or that is none, is refused without a word of it', async () => {
    const file = join(dir, 'key.pem')
    const broken = () => {
      const { pay: settings, payAccount: account } = readConfig({
        ...production,
        ...own,
        WECHATPAY_PRIVATE_KEY_FILE: file,
      })
      try {
        openPay({ settings, sandbox: undefined, appId: 'wx1', account, notifyUrl: () => undefined })?.close()
      } catch (error) {
        assert.ok(error instanceof BadConfiguration && error.cause === undefined)
        return error.message
      }
      return ''
    }
    assert.match(broken(), /WECHATPAY_PRIVATE_KEY_FILE: cannot be read/)
    await writeFile(file, 'BEGIN hidden', { mode: 0o600 })
    assert.match(broken(), /cannot be read/)
    assert.doesNotMatch(broken(), /hidden/)
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    await writeFile(file, curve.export({ type: 'pkcs8', format: 'pem' }))
    assert.match(broken(), /no RSA key/)
    await writeFile(file, other.keys.merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    assert.equal(broken(), '')
    await chmod(file, 0o640)
    assert.match(broken(), /others can read the file: chmod 600/)
  })
})
