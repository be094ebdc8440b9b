import { strict as assert } from 'node:assert'
import { fileURLToPath } from 'node:url'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { released } from '../tips/tellers.js'
import { type Phone, ready, sharedStage } from './stage.js'

const photo = (name: string) => fileURLToPath(new URL(`../../seeds/demo/${name}`, import.meta.url))
const button = (phone: Phone, name: string | RegExp) =>
  phone
    .front()
    .getByRole('button', { name, exact: typeof name === 'string' })
    .filter({ visible: true })
const choice = (phone: Phone, name: string | RegExp) => phone.front().getByRole('radio', { name })
const fill = (phone: Phone, name: string, text: string) =>
  phone.front().getByRole('textbox', { name, exact: true }).fill(text)
const says = (phone: Phone, text: string | RegExp) => phone.front().getByText(text).first().waitFor()
/** In WeChat's own question, or its sheet. */
const inDialog = (phone: Phone, title: string | RegExp, name: string) =>
  phone.page.getByRole('dialog', { name: title }).getByRole('button', { name, exact: true })

const FIRM = '演示·整条路走完的喷涂厂'
const NAME = '演示某领奖'
const ID_NUMBER = '11010519491231002X'
const PHONE = '13900007777'
/** Of the level 一般 in the demonstration. */
const AMOUNT_FEN = 50_000

describe('from a tip to its reward, clicked by everybody it takes', function () {
  this.timeout(600_000)
  const shared = sharedStage('reward')
  const phone = (person: string) => shared.phone(person)
  /** What is due is done meanwhile, as the worker does it. */
  async function untilSaid(on: Phone, text: string | RegExp) {
    const found = on.front().getByText(text).first()
    for (let tries = 0; tries < 40; tries++) {
      await shared.s.w.drainJobs()
      if (
        await found.waitFor({ timeout: 500 }).then(
          () => true,
          () => false,
        )
      )
        return
    }
    await found.waitFor({ timeout: 1000 })
  }
  const received = (person: string) =>
    (shared.s.w.service.paySandbox?.payments ?? []).filter(({ openid }) => openid === demoOpenid(person))

  it('told with photos, verified, recognised, agreed to by two, taken in WeChat, paid, and reconciled', async () => {
    const { w } = shared.s
    const informer = await phone('enterprise')
    await informer.open('tips/start/index')
    await button(informer, '我要举报').click()
    await ready(informer)
    await choice(informer, '废气异味').click()
    await fill(informer, '哪家单位', FIRM)
    await fill(informer, '看到了什么', '每天夜里开窗喷漆，味道很大')
    await button(informer, /加照片/).click()
    const [chooser] = await Promise.all([
      informer.page.waitForEvent('filechooser'),
      inDialog(informer, '用之前，请您同意', '同意').click(),
    ])
    await chooser.setFiles([photo('photo-plant.png'), photo('photo-plant.png')])
    await informer.front().getByText('已上传').nth(1).waitFor()
    await choice(informer, /^留姓名$/).click()
    await fill(informer, '姓名', NAME)
    await fill(informer, '电话', PHONE)
    await informer
      .front()
      .getByRole('checkbox', { name: /我要奖励/ })
      .click()
    await fill(informer, '身份证号码', ID_NUMBER)
    await button(informer, '提交举报').click()
    await says(informer, '收到了')
    await released(w)

    const [told] = (await (await w.as('enforcer')).call('tip.list', { q: FIRM })).items
    assert.ok(told)
    // Whoever it was given to.
    const enforcer = await phone(told.handler === '演示丑' ? 'enforcer2' : 'enforcer')
    await enforcer.open('pages/home/index')
    await button(enforcer, /待受理/).click()
    await enforcer.front().getByLabel('找举报：编号或单位名称').fill(told.number)
    await button(enforcer, new RegExp(FIRM)).click()
    await says(enforcer, '每天夜里开窗喷漆，味道很大')
    await enforcer.picture('reward-1-tip')
    await button(enforcer, '受理').click()
    await button(enforcer, '受理').click()
    await button(enforcer, '登记查证结果').click()
    await choice(enforcer, /^属实$/).click()
    await enforcer.front().getByLabel('查到的事实').fill('夜间现场检查，废气治理设施未运行。')
    await button(enforcer, '登记').click()
    await button(enforcer, '办结').click()
    await choice(enforcer, '行政处罚').click()
    await enforcer.front().getByLabel('罚款多少元').fill('50000')
    await enforcer.front().getByLabel('回复举报人').fill('经查属实，已立案处罚。')
    await button(enforcer, '办结').click()
    await says(enforcer, '50,000元')

    const handler = await phone('rewardhandler')
    await handler.open('pages/home/index')
    await button(handler, new RegExp(`${FIRM}.*待认定`)).waitFor()
    await handler.picture('reward-2-desk')
    await button(handler, new RegExp(`${FIRM}.*待认定`)).click()
    await button(handler, `认定奖励：${FIRM}`).click()
    await choice(handler, /一般/).click()
    await handler.front().getByLabel('认定的理由').fill('举报属实，已立案处罚，首报。')
    await button(handler, '报两人审批').click()
    await handler.front().getByLabel('认定的理由').waitFor({ state: 'detached' })
    await w.drainJobs()

    for (const person of ['rewardapprover', 'rewardapprover2']) {
      const approver = await phone(person)
      await approver.open('pages/messages/index')
      await approver
        .front()
        .getByText(new RegExp(`${told.number} 的奖励等您审批`))
        .first()
        .click()
      await says(approver, '夜间现场检查，废气治理设施未运行。')
      await button(approver, '同意发放').click()
      await button(approver, '同意').click()
      await button(approver, '同意发放').waitFor({ state: 'detached' })
      await w.drainJobs()
      await approver.picture(`reward-2-${person}`)
    }

    // The informer comes back by what is theirs, and takes it in WeChat: at first not, then yes.
    await informer.relaunch('tips/mine/index')
    await informer
      .front()
      .getByRole('link', { name: new RegExp(FIRM) })
      .click()
    await says(informer, '经查属实，已立案处罚。')
    await informer.picture('reward-3-own')
    await informer
      .front()
      .getByRole('link', { name: /奖励500元|500元/ })
      .click()
    await says(informer, '等您领取')
    await informer.picture('reward-4-claim')
    await button(informer, '用微信领').click()
    await inDialog(informer, '用微信领500元？', '用微信领').click()
    const sheet = informer.page.getByRole('dialog', { name: '行政奖励' })
    for (let tries = 0; tries < 40 && (await sheet.count()) === 0; tries++) {
      await w.drainJobs()
      await sheet.waitFor({ timeout: 500 }).catch(() => undefined)
      if (await button(informer, '确认收款').count()) break
    }
    if ((await sheet.count()) === 0) await button(informer, '确认收款').click()
    await sheet.getByText('¥500.00').waitFor()
    await informer.picture('reward-5-sheet')
    await inDialog(informer, '行政奖励', '取消').click()
    await says(informer, '还没有收款')
    assert.deepEqual(received('enterprise'), [])
    await button(informer, '确认收款').click()
    await inDialog(informer, '行政奖励', '收款').click()
    // What the phone says is no payment.
    await says(informer, '微信处理中')
    await untilSaid(informer, '已发放')
    await informer.picture('reward-6-paid')
    assert.deepEqual(
      received('enterprise').map(({ amountFen }) => amountFen),
      [AMOUNT_FEN],
    )

    w.turnTo('2026-11-26T10:45:00+08:00')
    await w.drainJobs()
    await handler.open('pages/home/index')
    await button(handler, /每日对账/).click()
    await button(handler, /相符/).first().click()
    await says(handler, '每一笔都对得上。')
    await handler.picture('reward-7-reconciled')
    await handler.open('enforcement/money/index')
    await says(handler, told.number)
    await handler.picture('reward-8-money')

    // Of all who had it before them, nobody's phone shows who told.
    const shown = await Promise.all(
      [enforcer, handler].map(({ page }) =>
        page.evaluate(() => JSON.stringify({ ...localStorage }) + (document.body.textContent ?? '')),
      ),
    )
    for (const text of shown) assert.doesNotMatch(text, new RegExp([NAME, ID_NUMBER, PHONE].join('|')))
  })
})
