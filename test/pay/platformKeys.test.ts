// WeChat Pay changes its certificates; nobody has to be told.
import assert from 'node:assert/strict'
import { ownKeys } from '../../src/wechat/sandbox/pay/start.js'
import { NAME, order, payWorld, type PayTestWorld } from './world.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('certificates of WeChat Pay', () => {
  let world: PayTestWorld
  let elapsed: number
  let client: PayTestWorld['pay']
  beforeEach(async () => {
    world = await payWorld()
    elapsed = 0
    client = world.client({ now: () => elapsed })
  })
  afterEach(() => world.stop())
  const fetched = () => world.sandbox.calls.filter((name) => name === 'certificates').length

  it('are fetched once for everybody who waits, and again within twelve hours', async () => {
    await Promise.all([client.balance(), client.balance(), client.create(order())])
    assert.equal(fetched(), 1)
    elapsed = 10 * HOUR
    await client.balance()
    assert.equal(fetched(), 1)
    elapsed = 12 * HOUR
    await client.balance()
    assert.equal(fetched(), 2)
  })

  it('a new one is fetched when something is signed by it, in answers and notices, and is encrypted with', async () => {
    const bill = await client.create(order())
    const old = await world.sandbox.craftNotice(bill.outBillNo)
    elapsed = 2 * MINUTE
    world.sandbox.renewCertificate()
    await client.balance()
    assert.equal(fetched(), 2)
    // For a while both sign.
    assert.equal((await client.readNotice(old.headers, old.body, world.now())).bill.outBillNo, bill.outBillNo)
    await client.create(order({ amountFen: 200_000, userName: NAME }))
    elapsed = 4 * MINUTE
    world.sandbox.renewCertificate(false)
    const crafted = await world.sandbox.craftNotice(bill.outBillNo)
    assert.equal((await client.readNotice(crafted.headers, crafted.body, world.now())).bill.outBillNo, bill.outBillNo)
    await client.create(order({ amountFen: 200_000, userName: NAME }))
    await assert.rejects(client.readNotice(old.headers, old.body, world.now()), { reason: 'unknownSerial' })
  })

  it('serials that nobody knows are asked after once a minute at most', async () => {
    const { outBillNo } = await client.create(order())
    const { headers, body } = await world.sandbox.craftNotice(outBillNo)
    const unknown = { ...headers, 'Wechatpay-Serial': 'ABCDEF0123456789' }
    elapsed = 2 * MINUTE
    for (let time = 0; time < 10; time += 1) {
      await assert.rejects(client.readNotice(unknown, body, world.now()), { reason: 'unknownSerial' })
    }
    assert.equal(fetched(), 2)
  })

  it('while they cannot be fetched, those that are known serve on', async () => {
    await client.balance()
    world.sandbox.setTrouble({ on: 'certificates', fault: { kind: 'error', status: 500, code: 'SYSTEM_ERROR' } })
    elapsed = 20 * HOUR
    await client.balance()
    await client.balance()
    assert.equal(fetched(), 2)
    assert.equal((await world.failure(world.client().balance())).kind, 'doubt')
  })

  it('such as another signed, or sealed with another key, are not believed', async () => {
    for (const kind of ['forged', 'altered', 'stale', 'unsigned'] as const) {
      world.sandbox.setTrouble({ on: 'certificates', fault: { kind }, times: 1 })
      assert.equal((await world.failure(world.client().balance())).kind, 'doubt', kind)
    }
    const other = await payWorld({ keys: { ...(await ownKeys()), merchant: world.sandbox.keys.merchant } })
    try {
      assert.equal((await world.failure(world.client({ baseUrl: other.sandbox.baseUrl }).balance())).kind, 'doubt')
    } finally {
      await other.stop()
    }
  })
})
