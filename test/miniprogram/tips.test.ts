/** What an informer reads of their tip and of their reward, and what their form sends. */
import './fakeWx'
import assert from 'node:assert/strict'
import { emptyFields, inputOf, missing, nobody } from '../../miniprogram/tips/report/view'
import { type Claim, claimOf } from '../../miniprogram/tips/services/claims'
import { progressOf } from '../../miniprogram/tips/services/progress'
import { billStates, rewardStates } from '../../src/rewards/words'
import { tipStates } from '../../src/tips/words'

const claim = (change: Partial<Claim> = {}): Claim => ({
  state: 'approved',
  level: 'general',
  amountFen: 50_000,
  claimBy: '2026-12-26',
  channel: null,
  channels: ['wechat', 'bank'],
  needsRealName: false,
  payment: null,
  trouble: null,
  paidOn: null,
  ...change,
})
const transfer = { mchId: 'm', appId: 'a', package: 'p' }
const paying = (state: NonNullable<Claim['payment']>['state'], given: typeof transfer | null = null) =>
  claim({
    state: 'paying',
    channel: 'wechat',
    claimBy: null,
    channels: [],
    payment: { state, transfer: given, trouble: null },
  })
const here = { canTransfer: true, isTaken: false }
const onComputer = { ...here, canTransfer: false }

describe('a reward, as its informer reads it', () => {
  it('is said to be paid in no state but paid', () => {
    const claims = [
      ...rewardStates.map((state) => claim({ state })),
      ...billStates.map((state) => paying(state, transfer)),
    ]
    const paid = claims.filter((one) => /已发放|到账/.test(claimOf(one, here).title + claimOf(one, here).text))
    assert.deepEqual(
      paid.map(({ state }) => state),
      ['paid'],
    )
  })
  it('is with WeChat once it was taken on the phone, whatever was known of it, until the server says more', () => {
    for (const state of billStates.filter((one) => !['NEW', 'FAIL', 'CANCELING', 'CANCELLED'].includes(one))) {
      const line = claimOf(paying(state, transfer), { ...here, isTaken: true })
      assert.deepEqual([state, line.title, line.canConfirm, line.isGoing], [state, '微信处理中', false, true])
    }
  })
  it('is confirmed only while WeChat waits for it, and only where the server gave what that needs', () => {
    const open = billStates.filter((state) => claimOf(paying(state, transfer), here).canConfirm)
    assert.deepEqual(open, ['WAIT_USER_CONFIRM'])
    assert.equal(claimOf(paying('WAIT_USER_CONFIRM'), here).canConfirm, false)
  })
  it('waits, and says why, where nothing was sent yet', () => {
    const waits = { ...paying('NEW'), trouble: '微信发放暂时停了' }
    const line = claimOf(waits, here)
    assert.deepEqual(
      [line.title, line.trouble, line.canWechat, line.canBank],
      ['等着发放', '微信发放暂时停了', false, false],
    )
    assert.equal(claimOf({ ...paying('PROCESSING'), trouble: '微信暂时办不成' }, here).title, '微信处理中')
  })
  it('on a WeChat that cannot take transfers goes to the bank, and says why', () => {
    const { canWechat, canBank, isUnsupported } = claimOf(claim(), onComputer)
    assert.deepEqual([canWechat, canBank, isUnsupported], [false, true, true])
    assert.equal(claimOf(paying('WAIT_USER_CONFIRM', transfer), onComputer).isUnsupported, true)
    assert.equal(claimOf(claim({ channels: ['bank'] }), onComputer).isUnsupported, false)
  })
  it('that WeChat closed leaves the bank alone, and says what went wrong', () => {
    const payment = { state: 'FAIL' as const, transfer: null, trouble: '超过24小时没有收款' }
    const line = claimOf(claim({ channels: ['bank'], payment }), here)
    assert.deepEqual(
      [line.title, line.trouble, line.canWechat, line.canBank, line.isGoing],
      ['微信没有转成', '超过24小时没有收款', false, true, false],
    )
  })
  it('that the bank sent back says so, and takes another account', () => {
    const line = claimOf(claim({ state: 'bank', channels: ['bank'], channel: 'bank', trouble: '银行退回' }), here)
    assert.deepEqual([line.trouble, line.canBank, line.isAccountTold, line.isOpen], ['银行退回', true, true, false])
  })
  it('offers nothing once it is over', () => {
    for (const state of ['paid', 'rejected', 'withdrawn', 'declined', 'expired', 'bank'] as const) {
      const line = claimOf(claim({ state, channels: [] }), here)
      assert.deepEqual(
        [line.isOpen, line.canWechat, line.canBank, line.canConfirm, line.isGoing],
        [false, false, false, false, false],
      )
    }
  })
})

describe('a tip, as its informer reads it', () => {
  const tip = {
    number: 'JB20261126-K7M4Q',
    violation: 'air' as const,
    firmName: '某喷涂厂',
    submittedOn: '2026-11-26',
    isNamed: true,
    wantsReward: true,
    acceptBy: '2026-12-17',
    concludeBy: '2027-02-15',
    isProvisional: true,
    finding: null,
    reply: null,
    reward: null,
    mayAdd: false,
    steps: [],
  }
  it('says in each state what comes next, a day that may change as such', () => {
    const said = tipStates.map((state) => progressOf({ ...tip, state }).standing)
    assert.ok(
      said.slice(0, 5).every((text) => text !== ''),
      said.join('|'),
    )
    assert.match(said[0] ?? '', /^12月17日（暂定）前告诉您受不受理$|^2026年12月17日/)
  })
  it('shows of its own steps the day alone, and of the others the time', () => {
    const step = { id: '1', verb: 'tip.add', at: '2026-11-26T00:00:00+08:00', text: '又排了', isOwn: true, files: [] }
    const other = { ...step, id: '2', verb: 'tip.reply', at: '2026-11-27T09:05:00+08:00', isOwn: false }
    const { steps } = progressOf({ ...tip, state: 'accepted', steps: [step, other] })
    assert.deepEqual(
      steps.map(({ title, when }) => `${title} ${when.replace(/^\d+年/, '')}`),
      ['您补充的情况 11月26日', '承办人员告诉您 11月27日 09:05'],
    )
  })
})

describe('the form of a tip', () => {
  const who = { ...nobody, name: '李四', phone: '13800000000', idNumber: '21010219900101003X' }
  const fields = { ...emptyFields, firmName: ' 某厂 ', violation: 'air' as const, text: '夜里排黑烟' }
  it('sends nothing of who wrote it without their name, though it stands in the form', () => {
    const sent = inputOf({ ...fields, wantsReward: true }, who)
    assert.deepEqual(sent, { firmName: '某厂', violation: 'air', text: '夜里排黑烟', fileIds: [] })
  })
  it('sends the number of the identity card only where a reward is wanted', () => {
    const named = { ...fields, isNamed: true }
    assert.deepEqual(inputOf(named, who).informer, { name: '李四', phone: '13800000000' })
    assert.equal(inputOf({ ...named, wantsReward: true }, who).informer?.idNumber, who.idNumber)
  })
  it('misses what the server would miss, each beside its field', () => {
    assert.deepEqual(Object.keys(missing(emptyFields, nobody)), ['violation', 'firmName', 'text'])
    assert.deepEqual(Object.keys(missing({ ...fields, isNamed: true, wantsReward: true }, nobody)), [
      'name',
      'idNumber',
    ])
    assert.deepEqual(missing(fields, nobody), {})
  })
})
