// Everything that the sandbox can do, as the client sees it.
import assert from 'node:assert/strict'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { type Bill, PayError } from '../../src/pay/client.js'
import type { NoticeFault } from '../../src/wechat/sandbox/pay/start.js'
import { type Receiver, startReceiver } from './receiver.js'
import { NAME, OPENID, order, payWorld, type PayTestWorld } from './world.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('transfers in the sandbox', () => {
  let world: PayTestWorld
  beforeEach(async () => {
    world = await payWorld({ balanceFen: 1_000_000, transferMs: 1000, cancelMs: 1000, closeLagMs: HOUR })
  })
  afterEach(() => world.stop())

  const stateOf = async (outBillNo: string) => (await world.pay.query(outBillNo)).state
  const endOf = async (outBillNo: string) => {
    const { state, failReason } = await world.pay.query(outBillNo)
    return [state, failReason]
  }

  it('are paid to who they are for, and to nobody else, once', async () => {
    const { outBillNo, packageInfo, transferBillNo } = await world.pay.create(order())
    assert.equal(world.sandbox.confirm(packageInfo ?? '', demoOpenid('another')), false)
    assert.equal(world.sandbox.shown(packageInfo ?? '', demoOpenid('another')), undefined)
    assert.equal(await stateOf(outBillNo), 'WAIT_USER_CONFIRM')
    assert.ok(world.sandbox.confirm(transferBillNo, OPENID))
    assert.equal(await stateOf(outBillNo), 'TRANSFERING')
    assert.ok(world.sandbox.confirm(packageInfo ?? '', OPENID))
    assert.equal((await world.failure(world.pay.cancel(outBillNo))).kind, 'refused')
    world.pass(1000)
    assert.equal(await stateOf(outBillNo), 'SUCCESS')
    assert.ok(world.sandbox.confirm(packageInfo ?? '', OPENID))
    assert.deepEqual(
      world.sandbox.payments.map((one) => [one.outBillNo, one.openid, one.amountFen]),
      [[outBillNo, OPENID, 30_000]],
    )
    assert.equal((await world.pay.balance()).availableFen, 970_000)
  })

  it('are closed a day after, or somewhat later, and the money comes back', async () => {
    const { outBillNo, packageInfo } = await world.pay.create(order())
    world.pass(DAY)
    assert.equal(await stateOf(outBillNo), 'WAIT_USER_CONFIRM')
    world.pass(HOUR)
    assert.deepEqual(await endOf(outBillNo), ['FAIL', 'OVERDUE_CLOSE'])
    assert.equal(world.sandbox.confirm(packageInfo ?? '', OPENID), false)
    assert.equal((await world.pay.balance()).availableFen, 1_000_000)
    assert.equal(world.sandbox.payments.length, 0)
  })

  it('are cancelled after a while, before they are confirmed', async () => {
    const { outBillNo, packageInfo } = await world.pay.create(order())
    assert.equal((await world.pay.cancel(outBillNo)).state, 'CANCELING')
    assert.equal(world.sandbox.confirm(packageInfo ?? '', OPENID), false)
    world.pass(1000)
    assert.deepEqual(await endOf(outBillNo), ['CANCELLED', 'MCH_CANCEL'])
    assert.equal((await world.pay.cancel(outBillNo)).state, 'CANCELLED')
    assert.equal((await world.pay.balance()).availableFen, 1_000_000)
  })

  it('are the same by the same number and fields, and refused with others', async () => {
    const one = order({ amountFen: 250_000, userName: NAME })
    const first = await world.pay.create(one)
    assert.deepEqual(await world.pay.create(one), first)
    for (const change of [{ amountFen: 250_001 }, { userName: '别人' }, { remark: '别的' }, { subsidyType: '别的' }]) {
      assert.equal((await world.failure(world.pay.create({ ...one, ...change }))).kind, 'alreadyExists')
    }
    assert.equal((await world.pay.balance()).availableFen, 750_000)
  })

  it('are told of for thirty days, and never made anew', async () => {
    const one = order()
    await world.pay.create(one)
    world.pass(30 * DAY)
    assert.equal(await stateOf(one.outBillNo), 'FAIL')
    world.pass(1)
    assert.equal((await world.failure(world.pay.query(one.outBillNo))).kind, 'notFound')
    assert.equal((await world.pay.create(one)).state, 'FAIL')
    assert.equal(world.sandbox.bills.size, 1)
  })

  it('with a name that is not the receiver’s they fail', async () => {
    world.sandbox.setRealName(OPENID, '李四')
    const { outBillNo, packageInfo } = await world.pay.create(order({ amountFen: 200_000, userName: NAME }))
    assert.ok(world.sandbox.confirm(packageInfo ?? '', OPENID))
    world.pass(1000)
    assert.deepEqual(await endOf(outBillNo), ['FAIL', 'NAME_NOT_CORRECT'])
  })

  it('wait for money, or are refused without it, under the same number', async () => {
    const one = order({ amountFen: 1_000_001, userName: NAME })
    assert.equal((await world.failure(world.pay.create(one))).kind, 'notEnough')
    world.sandbox.setTrouble({ manner: { isPatient: true }, times: 1 })
    assert.equal((await world.pay.create(one)).state, 'PROCESSING')
    world.sandbox.topUp(1)
    assert.ok((await world.pay.create(one)).packageInfo)
    const other = order({ amountFen: 500 })
    world.sandbox.setTrouble({ manner: { isPatient: true }, times: 1 })
    assert.equal((await world.pay.create(other)).state, 'PROCESSING')
    assert.equal((await world.pay.cancel(one.outBillNo)).state, 'CANCELING')
    assert.equal(await stateOf(other.outBillNo), 'PROCESSING')
    world.pass(1000)
    assert.equal(await stateOf(one.outBillNo), 'CANCELLED')
    assert.equal(await stateOf(other.outBillNo), 'WAIT_USER_CONFIRM')
  })

  it('may linger, and fail after they were accepted', async () => {
    for (const state of ['ACCEPTED', 'PROCESSING'] as const) {
      world.sandbox.setTrouble({ on: 'create', manner: { linger: { state, ms: HOUR } }, times: 1 })
      const one = order()
      const created = await world.pay.create(one)
      assert.deepEqual([created.state, created.packageInfo], [state, null])
      world.pass(HOUR)
      assert.equal(await stateOf(one.outBillNo), 'WAIT_USER_CONFIRM')
      // Only asking again gives what the phone needs.
      assert.ok((await world.pay.create(one)).packageInfo)
    }
    world.sandbox.setTrouble({ on: 'create', manner: { failReason: 'ACCOUNT_FROZEN' }, times: 1 })
    const { outBillNo, state } = await world.pay.create(order())
    assert.equal(state, 'WAIT_USER_CONFIRM')
    assert.deepEqual(await endOf(outBillNo), ['FAIL', 'ACCOUNT_FROZEN'])
  })

  it('too many in a second are too many', async () => {
    const busy = await payWorld({ perSecond: 5 })
    try {
      const work = Array.from({ length: 8 }, () =>
        busy.pay.balance().then(
          () => 'done',
          (error: PayError) => error.kind,
        ),
      )
      const kinds = await Promise.all(work)
      assert.ok(kinds.includes('limited') && kinds.includes('done'))
    } finally {
      await busy.stop()
    }
  })

  it('one call or one bill may be troubled, for so many times', async () => {
    const one = order()
    world.sandbox.setTrouble({ on: 'query', outBillNo: one.outBillNo, fault: { kind: 'cut' }, times: 1 })
    await world.pay.create(one)
    const other = await world.pay.create(order())
    assert.equal(await stateOf(other.outBillNo), 'WAIT_USER_CONFIRM')
    assert.equal((await world.failure(world.pay.query(one.outBillNo))).kind, 'doubt')
    assert.equal(await stateOf(one.outBillNo), 'WAIT_USER_CONFIRM')
    world.sandbox.setTrouble({ on: 'balance', fault: { kind: 'slow', ms: 200 } })
    const startedAt = performance.now()
    await world.pay.balance()
    assert.ok(performance.now() - startedAt >= 190)
  })

  it('the day’s bill is ready on the next morning, and says where every fen went', async () => {
    const paid = await world.pay.create(order({ remark: '奖励,“一”' }))
    assert.ok(world.sandbox.confirm(paid.packageInfo ?? '', OPENID))
    const open = await world.pay.create(order({ amountFen: 101 }))
    assert.equal((await world.failure(world.pay.fundFlow('2026-11-23'))).kind, 'refused')
    assert.deepEqual(await world.pay.fundFlow('2026-11-22'), [])
    world.pass(15 * HOUR)
    assert.equal((await world.failure(world.pay.fundFlow('2026-11-23'))).kind, 'limited')
    world.pass(9 * HOUR)
    const lines = await world.pay.fundFlow('2026-11-23')
    assert.deepEqual(
      lines.map((line) => [line.outBillNo, line.transferBillNo, line.amountFen, line.balanceFen]),
      [
        [paid.outBillNo, paid.transferBillNo, -30_000, 970_000],
        [open.outBillNo, open.transferBillNo, -101, 969_899],
      ],
    )
    assert.equal(lines[0]?.at.toISOString(), '2026-11-23T02:00:00.000Z')
    world.sandbox.setTrouble({ on: 'file', fault: { kind: 'altered' }, times: 1 })
    assert.equal((await world.failure(world.pay.fundFlow('2026-11-23'))).kind, 'doubt')
  })
})

describe('the sandbox tells of transfers', () => {
  let world: PayTestWorld
  let receiver: Receiver
  let finish: (fault?: NoticeFault) => Promise<Bill>
  beforeEach(async () => {
    world = await payWorld()
    receiver = await startReceiver(world.pay, world.now)
    const pay = world.client({ notifyUrl: () => receiver.url })
    finish = async (fault) => {
      const bill = await pay.create(order())
      if (fault) world.sandbox.setNoticeTrouble({ outBillNo: bill.outBillNo, fault, lateMs: HOUR, times: 1 })
      assert.ok(world.sandbox.confirm(bill.packageInfo ?? '', OPENID))
      await world.sandbox.settle()
      return bill
    }
  })
  afterEach(async () => {
    await receiver.stop()
    await world.stop()
  })
  const numbers = () => receiver.heard.map(({ bill }) => bill.outBillNo)

  it('once, with how it ended', async () => {
    const { outBillNo } = await finish()
    assert.deepEqual(
      receiver.heard.map(({ bill }) => [bill.outBillNo, bill.state, bill.mchId]),
      [[outBillNo, 'SUCCESS', world.sandbox.mchId]],
    )
    assert.equal(world.sandbox.heard(outBillNo), 1)
    world.pass(DAY)
    await world.sandbox.settle()
    assert.equal(receiver.heard.length, 1)
  })

  it('twice, with one id', async () => {
    await finish('twice')
    assert.equal(receiver.heard.length, 2)
    assert.equal(new Set(receiver.heard.map(({ id }) => id)).size, 1)
  })

  it('late', async () => {
    await finish('late')
    assert.equal(receiver.heard.length, 0)
    world.pass(HOUR)
    await world.sandbox.settle()
    assert.equal(receiver.heard.length, 1)
  })

  it('out of order', async () => {
    const first = await finish('held')
    assert.deepEqual(numbers(), [])
    const second = await finish()
    assert.deepEqual(new Set(numbers()), new Set([first.outBillNo, second.outBillNo]))
  })

  it('again at WeChat’s times until it is heard', async () => {
    receiver.isDown = true
    await finish()
    const gaps = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600]
    for (const seconds of gaps) {
      world.pass(seconds * 1000)
      await world.sandbox.settle()
    }
    receiver.isDown = false
    world.pass(21_600_000 - 1)
    await world.sandbox.settle()
    assert.equal(receiver.heard.length, 0)
    world.pass(1)
    await world.sandbox.settle()
    assert.equal(receiver.heard.length, 1)
    await finish('lost')
    assert.equal(receiver.heard.length, 1)
    world.pass(15_000)
    await world.sandbox.settle()
    assert.equal(receiver.heard.length, 2)
  })

  for (const [fault, reason] of [
    ['forged', 'forged'],
    ['altered', 'forged'],
    ['stale', 'stale'],
  ] as const) {
    it(`${fault} beside the true one, and notices who believes it`, async () => {
      const { outBillNo } = await finish(fault)
      assert.deepEqual(receiver.refused, [reason])
      assert.deepEqual(numbers(), [outBillNo])
      assert.deepEqual(world.sandbox.believed, [])
    })
  }

  it('in bad weather every transfer is paid once by whoever asks before repeating, and the books agree', async () => {
    world.sandbox.setWeather({ seed: 22, requests: 45, notices: 60, ms: 5 })
    const pay = world.client({ notifyUrl: () => receiver.url, timeoutMs: 3000 })
    const before = world.sandbox.balanceFen()
    /** As the rewards do it: after any doubt the question first, and the same number again when there is no such bill. */
    const insist = async (isFailing: boolean): Promise<string> => {
      const one = order({ amountFen: 100 })
      const manner = { failReason: 'ACCOUNT_FROZEN' }
      if (isFailing) world.sandbox.setTrouble({ on: 'create', outBillNo: one.outBillNo, manner, times: 1 })
      for (let wasSent = false; ; ) {
        try {
          const known = wasSent ? await pay.query(one.outBillNo) : await pay.create(one)
          if (known.state === 'FAIL' || known.state === 'SUCCESS') return known.state
          if (known.state === 'WAIT_USER_CONFIRM') world.sandbox.confirm(known.transferBillNo, OPENID)
          wasSent = true
          world.pass(5)
        } catch (error) {
          assert.ok(error instanceof PayError)
          assert.ok(['doubt', 'limited', 'notEnough', 'notFound'].includes(error.kind), error.message)
          wasSent = error.kind !== 'notFound'
        }
      }
    }
    const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => insist(index % 10 === 0)))
    world.sandbox.setWeather(undefined)
    for (let round = 0; round < 5; round += 1) {
      world.pass(HOUR)
      await world.sandbox.settle()
    }
    const paid = ends.filter((end) => end === 'SUCCESS').length
    assert.ok(paid > 0 && paid < ends.length)
    assert.equal(world.sandbox.payments.length, paid)
    assert.equal(new Set(world.sandbox.payments.map(({ outBillNo }) => outBillNo)).size, paid)
    assert.equal(world.sandbox.balanceFen(), before - 100 * paid)
    const told = receiver.heard.filter(({ bill }) => bill.state === 'SUCCESS').map(({ bill }) => bill.outBillNo)
    assert.equal(new Set(told).size, paid)
    assert.ok(receiver.refused.length > 0)
    assert.deepEqual(world.sandbox.believed, [])
  })
})
