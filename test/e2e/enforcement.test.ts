import { strict as assert } from 'node:assert'
import { released } from '../tips/tellers.js'
import type { Caller } from '../world.js'
import { type Phone, sharedStage } from './stage.js'

const button = (phone: Phone, name: string | RegExp) =>
  phone.front().getByRole('button', { name, exact: true }).filter({ visible: true })
const link = (phone: Phone, name: string | RegExp) => phone.front().getByText(name, { exact: true })
const dialog = (phone: Phone) => phone.page.getByRole('dialog')
/** In WeChat's own question. */
const sure = ({ page }: Phone, title: string, name: string) =>
  page.getByRole('dialog', { name: title }).getByRole('button', { name })

describe('tips and rewards, clicked by those who handle them', function () {
  this.timeout(600_000)
  const shared = sharedStage('enforcement')
  const phone = (person: string) => shared.phone(person)

  /** What the phone keeps of its own accord, and what stands on all its open pages. */
  const everythingOn = ({ page }: Phone) =>
    page.evaluate(() => JSON.stringify({ ...localStorage }) + (document.body.textContent ?? ''))

  it('an enforcer accepts a tip, verifies and concludes it; the informer sees each step by the receipt', async () => {
    const told = await shared.s.w.nobody.call('tip.submit', {
      firmName: '演示·点着看的喷涂厂',
      districtCode: '210106',
      violation: 'air',
      happened: '每天夜里10点以后',
      text: '夜里开窗喷漆，不开废气设备，味道很大。',
    })
    await released(shared.s.w)
    const track = () => shared.s.w.nobody.call('tip.track', { number: told.number, code: told.code })
    const enforcer = await phone('enforcer')
    await enforcer.open('pages/home/index')
    await button(enforcer, /待受理/).click()
    await enforcer.front().getByLabel('找举报：编号或单位名称').fill(told.number)
    await button(enforcer, /演示·点着看的喷涂厂/).click()
    await enforcer.front().getByText('夜里开窗喷漆，不开废气设备，味道很大。').waitFor()
    await enforcer.picture('journey-tip')
    await button(enforcer, '受理').click()
    await enforcer.front().getByLabel('告诉举报人的话').fill('已受理，将安排夜间检查')
    // Tapped twice, done once.
    await button(enforcer, '受理').dblclick()
    await button(enforcer, '登记查证结果').waitFor()
    // The branch is asked to look on site, and is not told why.
    await button(enforcer, '更多办法').click()
    await dialog(enforcer).getByRole('button', { name: '请分局现场核查' }).click()
    await enforcer.front().getByLabel('请分局查什么').fill('有人举报夜里喷漆，请去看。')
    await button(enforcer, '交分局核查').click()
    await enforcer
      .front()
      .getByText(/不要写“举报”/)
      .first()
      .waitFor()
    await enforcer.picture('journey-tip-check')
    await enforcer.front().getByLabel('请分局查什么').fill('请夜间查看喷漆工序和废气治理设施是否运行。')
    await button(enforcer, '交分局核查').click()
    await enforcer.front().getByText('分局现场核查').waitFor()
    await enforcer.picture('journey-tip-checked')
    await button(enforcer, /铁西生态环境分局/).click()
    await enforcer.front().getByText('举报转核查').waitFor()
    await enforcer.page.goBack()
    const officer = await phone('officer')
    await officer.open('enforcement/leads/index')
    await button(officer, /演示·点着看的喷涂厂/).click()
    await officer.front().getByText('请夜间查看喷漆工序和废气治理设施是否运行。').waitFor()
    await officer.picture('journey-tip-check-officer')
    assert.doesNotMatch((await officer.front().textContent()) ?? '', /举报/)
    await button(enforcer, '登记查证结果').click()
    assert.equal((await track()).state, 'accepted')

    await button(enforcer, '登记').click()
    await enforcer.front().getByText('请选择').waitFor()
    await enforcer.front().getByRole('radio', { name: '属实', exact: true }).click()
    await enforcer.front().getByLabel('查到的事实').fill('夜间现场检查，废气治理设施未运行。')
    await enforcer.picture('journey-tip-verify')
    await button(enforcer, '登记').click()
    await button(enforcer, '办结').click()

    await enforcer.front().getByRole('radio', { name: '行政处罚' }).click()
    await enforcer.front().getByLabel('文号').fill('沈环罚〔2026〕1号')
    await enforcer.front().getByLabel('罚款多少元').fill('5万')
    await enforcer.front().getByLabel('回复举报人').fill('经查属实，已立案处罚。')
    // Somebody goes away in the middle of it: what was typed is still there.
    await enforcer.page.goBack()
    await button(enforcer, '办结').click()
    assert.equal(await enforcer.front().getByLabel('回复举报人').inputValue(), '经查属实，已立案处罚。')
    await button(enforcer, '办结').click()
    await enforcer.front().getByText('请写元数，如 50000').waitFor()
    await enforcer.front().getByLabel('罚款多少元').fill('50000')
    await button(enforcer, '办结').click()
    await enforcer.front().getByText('50,000元').waitFor()
    await enforcer.picture('journey-tip-concluded')
    const after = await track()
    assert.deepEqual([after.state, after.finding, after.reply], ['concluded', 'true', '经查属实，已立案处罚。'])
    assert.equal(await enforcer.front().getByText('查看举报人').count(), 0)
  })

  /** Told by name and found true, so that it may be rewarded. */
  async function concluded(enforcer: Caller): Promise<string> {
    const informer = await shared.s.w.as('enterprise2')
    const firmName = '演示·点着看的印染厂'
    await informer.call('tip.submit', {
      firmName,
      districtCode: '210106',
      violation: 'water',
      text: '夜里把没处理的废水排进雨水管。',
      informer: { name: '演示某某', phone: '15410009999', idNumber: '210106199001011232' },
      wantsReward: true,
    })
    await released(shared.s.w)
    const { items } = await enforcer.call('tip.list', { q: firmName })
    const { id = '' } = items[0] ?? {}
    await enforcer.call('tip.accept', { id })
    await enforcer.call('tip.verify', { id, finding: 'true', facts: '雨水管口取样超标，暗管已拍照。' })
    await enforcer.call('tip.conclude', { id, decision: 'penalty', reply: '经查属实，已立案处罚。' })
    return firmName
  }

  it('the handler recognises a reward, two approvers agree, and it waits for its informer', async () => {
    const { w } = shared.s
    const firmName = await concluded(await w.as('enforcer'))
    const handler = await phone('rewardhandler')
    await handler.open('pages/home/index')
    await button(handler, /待认定/)
      .first()
      .click()
    await handler.picture('journey-candidates')
    await button(handler, `认定奖励：${firmName}`).click()
    await handler.front().getByRole('radio', { name: /一般/ }).click()
    await handler.front().getByLabel('认定的理由').fill('举报属实，已立案处罚，首报。')
    await handler.picture('journey-propose')
    await button(handler, '报两人审批').dblclick()
    await handler.page.waitForFunction(
      () => !document.querySelector('.mp-page:not([hidden])')?.textContent?.includes('认定的理由'),
    )

    await handler.relaunch('enforcement/rewards/index?view=proposed')
    await button(handler, new RegExp(firmName)).click()
    await handler.front().getByText('还没有人同意。要两名审批人都同意。').waitFor()

    // Who informed: asked for with a reason, shown, and gone with the page.
    await button(handler, '查看举报人').click()
    await dialog(handler).getByRole('button', { name: '记下理由，查看' }).click()
    await dialog(handler).getByText('请写明为什么要看').waitFor()
    await dialog(handler).getByLabel('为什么要看').fill('核对领奖人身份')
    await handler.picture('journey-identity-asked')
    await dialog(handler).getByRole('button', { name: '记下理由，查看' }).click()
    await handler.front().getByText('演示某某').waitFor()
    await handler.picture('journey-identity')
    await button(handler, '看这件举报').click()
    await handler.front().getByText('夜里把没处理的废水排进雨水管。').waitFor()
    assert.doesNotMatch(await everythingOn(handler), /演示某某|15410009999|210106199001011232/)
    await link(handler, '谁看过举报人').click()
    await handler.front().getByText('核对领奖人身份').waitFor()
    await handler.picture('journey-looks')

    for (const [person, left] of [
      ['rewardapprover', '还要一人同意。'],
      ['rewardapprover2', '待领取'],
    ] as const) {
      const approver = await phone(person)
      await approver.open('pages/home/index')
      await button(approver, /等我审批/)
        .first()
        .click()
      await button(approver, new RegExp(firmName)).click()
      await approver.front().getByText('雨水管口取样超标，暗管已拍照。').waitFor()
      assert.equal(await approver.front().getByText('查看举报人').count(), 0)
      await button(approver, '同意发放').click()
      await button(approver, '同意').click()
      await approver.front().getByText(left).first().waitFor()
      await approver.picture(`journey-approved-${person}`)
      await button(approver, '同意发放').waitFor({ state: 'detached' })
      assert.equal(await button(approver, '不同意').count(), 0)
    }
    const supervisor = await w.as('supervisor')
    const { items } = await supervisor.call('reward.list', { q: firmName })
    assert.deepEqual(
      items.map(({ state }) => state),
      ['approved'],
    )
    const watching = await phone('supervisor')
    await watching.open('enforcement/money/index')
    await watching.front().getByText('批准占用').first().waitFor()
    await watching.picture('journey-money')
  })

  it('an approver stops all payouts after a clear question, and another resumes them', async () => {
    const approver = await phone('rewardapprover')
    await approver.open('enforcement/payout/index')
    await button(approver, '停止一切微信发放').click()
    await dialog(approver).getByLabel('为什么停止').fill('账户异常，先停')
    await dialog(approver).getByRole('button', { name: '停止发放' }).click()
    await sure(approver, '确定停止发放？', '停止').click()
    await approver.front().getByText('已停止').waitFor()
    await approver.front().getByText('账户异常，先停').waitFor()
    await approver.picture('journey-stopped')
    const handler = await phone('rewardhandler')
    await handler.open('pages/home/index')
    await handler
      .front()
      .getByText(/微信发放已停止/)
      .waitFor()
    await button(approver, '恢复微信发放').click()
    await dialog(approver).getByLabel('为什么恢复').fill('已核对')
    await dialog(approver).getByRole('button', { name: '恢复发放' }).click()
    await sure(approver, '确定恢复发放？', '恢复').click()
    await approver.front().getByText('正常发放').waitFor()
  })

  it('an approver changes the rules, and what is wrong stands beside its field', async () => {
    const approver = await phone('rewardapprover')
    await approver.open('enforcement/rules/index')
    await button(approver, '修改').click()
    await approver.front().getByLabel('重大奖励多少元').fill('一万')
    await button(approver, '保存').click()
    await approver.front().getByText('请写元数，如 500；没有定就空着').waitFor()
    await approver.front().getByLabel('重大奖励多少元').fill('10000')
    await approver.picture('journey-rules')
    await button(approver, '保存').click()
    await sure(approver, '修改奖励标准', '保存').click()
    await approver
      .front()
      .getByText(/重大.*10,000元/)
      .waitFor()
    const { levels } = await (await shared.s.w.as('supervisor')).call('reward.rules', {})
    assert.deepEqual(levels.find(({ level }) => level === 'major')?.amountFen, 1_000_000)
  })

  it('paid by the bank under the word of two; one voucher used twice is found out the next day, and explained', async () => {
    const { w } = shared.s
    const voucher = 'YH20261125-01'
    const handler = await phone('rewardhandler')
    await handler.open('pages/home/index')
    await button(handler, /待银行转账/)
      .first()
      .click()
    await button(handler, /500元.*待银行转账/).click()
    await handler.front().getByText('还没有转').waitFor()
    await button(handler, '登记银行转账').click()
    await button(handler, '登记').click()
    await handler.front().getByText('请选择').waitFor()
    await button(handler, '哪天转的').click()
    await handler.page.getByRole('button', { name: '确定' }).click()
    await handler.front().getByLabel('凭证号').fill(voucher)
    await handler.picture('journey-bank-register')
    await button(handler, '登记').dblclick()
    await handler.front().getByText('等另一人核对').waitFor()
    await handler.picture('journey-bank-registered')
    assert.equal(await button(handler, '核对银行转账').count(), 0)

    const approver = await phone('rewardapprover')
    await approver.open('enforcement/rewards/index?view=awaits')
    await button(approver, /500元.*待银行转账/).click()
    await approver.front().getByText(voucher).first().waitFor()
    await button(approver, '核对银行转账').click()
    await approver.picture('journey-bank-confirm')
    await button(approver, '核对无误').click()
    await approver.front().getByText('已核对').first().waitFor()
    await approver.front().getByText('已发放').first().waitFor()
    await approver.picture('journey-bank-confirmed')

    // Another goes by the same voucher, which nobody notices before the books are compared.
    const informer = await w.as('enterprise2')
    const own = (await informer.call('tip.mine', {})).items.find(({ reward }) => reward?.state === 'approved')
    assert.ok(own)
    const bank = { account: '6222020200112233445', bankName: '演示银行' }
    await informer.call('reward.claim', { number: own.number, channel: 'bank', bank })
    const waiting = await (await w.as('rewardhandler')).call('reward.list', { states: ['bank'] })
    const { id = '' } = waiting.items[0] ?? {}
    await (await w.as('rewardhandler')).call('reward.payBank', { id, paidOn: '2026-11-25', voucher })
    await (await w.as('rewardapprover')).call('reward.confirmBank', { id })
    w.turnTo('2026-11-26T10:45:00+08:00')
    await w.drainJobs()
    await approver.open('pages/home/index')
    await button(approver, /对账不符/).click()
    await button(approver, /11月25日.*不符/).click()
    await approver.front().getByText('另一笔奖励用了同一个凭证号').first().waitFor()
    await approver.picture('journey-difference')
    await button(approver, `说明这一笔：${own.number}`).click()
    await dialog(approver).getByRole('button', { name: '记下说明' }).click()
    await dialog(approver).getByRole('textbox').fill('同一张回单登记了两次，已更正。')
    await approver.picture('journey-difference-asked')
    await dialog(approver).getByRole('button', { name: '记下说明' }).click()
    await approver.front().getByText('同一张回单登记了两次，已更正。').waitFor()
    await approver.picture('journey-difference-settled')
    assert.equal(await button(approver, `说明这一笔：${own.number}`).count(), 0)
  })
})
