import { strict as assert } from 'node:assert'
import { fileURLToPath } from 'node:url'
import type { Request, Route } from 'playwright-core'
import { axeFaults, tooSmall, tooWide } from './readable.js'
import { button, type Phone, ready, sharedStage } from './stage.js'
import { released } from '../tips/tellers.js'

const photo = (name: string) => fileURLToPath(new URL(`../../seeds/demo/${name}`, import.meta.url))
const inDialog = (phone: Phone, name: string, word: string) =>
  phone.page.getByRole('dialog', { name }).getByRole('button', { name: word, exact: true })
const says = (phone: Phone, text: string | RegExp) => phone.front().getByText(text).first().waitFor()
/** What the person calls the firm is what the test finds the tip by. */
const fill = (phone: Phone, fields: Record<string, string>) =>
  Object.entries(fields).reduce(
    (before, [name, value]) => before.then(() => phone.front().getByRole('textbox', { name, exact: true }).fill(value)),
    Promise.resolve(),
  )

interface Storage {
  wx: { getStorageInfoSync(): { keys: string[] } }
}
const keptOn = ({ page }: Phone) =>
  page.evaluate(() => (globalThis as unknown as Storage).wx.getStorageInfoSync().keys.filter((key) => /tip/.test(key)))

const receiptOn = async (phone: Phone) => {
  await says(phone, '收到了')
  const text = (await phone.front().textContent()) ?? ''
  const number = /JB\d{8}-[0-9A-Z]{5}/.exec(text)?.[0] ?? ''
  const code = /查询码\s*([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})/.exec(text)?.[1] ?? ''
  assert.ok(number && code, `no receipt in ${text}`)
  return { number, code }
}

describe('somebody tells of a violation, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('tips')
  const tipsOn = async (firm: string) => {
    await released(shared.s.w)
    return (await (await shared.s.w.as('enforcer')).call('tip.list', { q: firm })).items.map(({ number }) => number)
  }

  async function write(phone: Phone, firm: string, more: Record<string, string> = {}) {
    await phone.open('tips/report/index')
    await ready(phone)
    await phone.front().getByRole('radio', { name: '废气异味' }).click()
    await fill(phone, { 哪家单位: firm, 看到了什么: '夜里开窗喷漆，味道很大', ...more })
  }

  it('without a name and without a login: two photos, the receipt, the way it goes, more to tell', async () => {
    const phone = await shared.phone('teller-nameless')
    const asked: Request[] = []
    phone.page.on('request', (request) => /\/api\/(tip\.|files)/.test(request.url()) && asked.push(request))
    await phone.page.route('**/api/session.login', (route) => route.fulfill({ status: 503, body: '{}' }))
    await phone.open('pages/home/index')
    await phone
      .front()
      .getByRole('link', { name: /举报环境违法/ })
      .click()
    await says(phone, '15 个工作日内告诉您受不受理')
    await phone.picture('tip-start')
    await button(phone, '我要举报').click()
    await ready(phone)
    await phone.front().getByRole('radio', { name: '废气异味' }).click()
    await fill(phone, { 哪家单位: '无名喷涂点甲', 具体地点: '开发大路二十八号', 看到了什么: '夜里开窗喷漆，味道很大' })
    await button(phone, /在地图上选/).click()
    await inDialog(phone, '用之前，请您同意', '同意').click()
    await phone.page.getByRole('dialog', { name: '选择位置' }).getByLabel('地点名称').fill('厂区北门')
    await inDialog(phone, '选择位置', '确定').click()
    await says(phone, '厂区北门')
    const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), button(phone, '加照片').click()])
    await chooser.setFiles([photo('photo-plant.png'), photo('photo-plant.png')])
    await phone.front().getByText('已上传').nth(1).waitFor()
    await phone.picture('tip-written')
    assert.deepEqual(await keptOn(phone), ['draft.tip'])
    await button(phone, '不留姓名，提交举报').click()
    const { number, code } = await receiptOn(phone)
    await phone.picture('tip-receipt')
    assert.deepEqual(await keptOn(phone), [])

    // Leaving is asked about: nobody can give the code again.
    await button(phone, '回到首页').click()
    await inDialog(phone, '要离开吗？', '再看看').click()
    await button(phone, '查进度').click()
    await says(phone, '无名喷涂点甲')
    await button(phone, '补充情况或照片').click()
    await fill(phone, { 补充什么: '昨天夜里又排了一次' })
    await button(phone, '提交').click()
    await says(phone, '您补充的情况')
    await says(phone, '昨天夜里又排了一次')
    await phone.picture('tip-progress')

    // From another phone, by what is on the paper alone; with a wrong code there is nothing to see.
    const other = await shared.phone('teller-elsewhere')
    await other.open('tips/track/index')
    await fill(other, { 编号: number.toLowerCase(), 查询码: 'ABCD-EFGH-JKLM' })
    await button(other, '查进度').click()
    await other.front().getByRole('alert').waitFor()
    assert.equal(await other.front().getByText('无名喷涂点甲').count(), 0)
    await fill(other, { 查询码: code.toLowerCase() })
    await button(other, '查进度').click()
    await says(other, '昨天夜里又排了一次')

    const said = asked.map((request) => [new URL(request.url()).pathname, request.headers()['authorization']] as const)
    assert.ok(said.filter(([path]) => path === '/api/files').length === 2)
    assert.deepEqual(
      said.filter(([path, authorization]) => path !== '/api/tip.settings' && authorization !== undefined),
      [],
    )
    await released(shared.s.w)
    const enforcer = await shared.s.w.as('enforcer')
    const [item] = (await enforcer.call('tip.list', { q: '无名喷涂点甲' })).items
    assert.ok(item)
    const tip = await enforcer.call('tip.read', { id: item.id })
    assert.deepEqual(
      [tip.number, tip.isNamed, tip.files.length, tip.point?.name, tip.address],
      [number, false, 2, '厂区北门', '开发大路二十八号'],
    )
  })

  it('by name, tapped twice: one tip, found again under one’s own, and nothing of the name stays on the phone', async () => {
    const phone = await shared.phone('teller-named')
    await write(phone, '实名喷涂点乙')
    await phone.front().getByRole('radio', { name: '留姓名', exact: true }).click()
    await fill(phone, { 姓名: '赵实名', 电话: '13900001111' })
    await phone
      .front()
      .getByRole('checkbox', { name: /我要奖励/ })
      .click()
    // What is wrong is said beside its field, by the form and by the server.
    await button(phone, '提交举报').click()
    await says(phone, '要奖励的，请填身份证号码')
    await fill(phone, { 身份证号码: '210102199001010011' })
    await button(phone, '提交举报').click()
    await says(phone, /身份证号不对/)
    await phone.picture('tip-refused')
    assert.deepEqual(await tipsOn('实名喷涂点乙'), [])
    await fill(phone, { 身份证号码: '11010519491231002X' })
    await button(phone, '提交举报').dblclick()
    const { number } = await receiptOn(phone)
    assert.deepEqual(await tipsOn('实名喷涂点乙'), [number])
    assert.deepEqual(await keptOn(phone), [])
    const stored = await phone.page.evaluate(() => JSON.stringify({ ...localStorage }))
    assert.doesNotMatch(stored, /赵实名|13900001111|11010519491231002X/)

    await phone.relaunch('tips/mine/index')
    await phone
      .front()
      .getByRole('link', { name: /实名喷涂点乙/ })
      .click()
    await says(phone, '留了姓名')
    await phone.picture('tip-own')
    await phone.relaunch('tips/reward/index?number=' + number)
    await says(phone, '没有可以领的奖励')
    // Somebody else's number is nobody's.
    const other = await shared.phone('teller-curious')
    await other.open(`tips/tip/index?number=${number}`)
    await ready(other)
    assert.equal(await other.front().getByText('实名喷涂点乙').count(), 0)
    // What no trying again can help is not tried again.
    for (const page of ['tip', 'reward']) {
      await other.relaunch(`tips/${page}/index?number=nonsense`)
      await says(other, '没有找到您的这件举报')
      assert.equal(await button(other, '再试一次').count(), 0)
      await button(other, '返回').waitFor()
    }
  })

  it('where answers are lost on the way: the tip is there once, and its receipt comes after all', async () => {
    const phone = await shared.phone('teller-offline')
    /** The service does it, and the phone does not hear of it. */
    const lost = async (route: Route) => {
      await route.fetch()
      await route.abort('connectionreset')
    }
    let tries = 0
    await phone.page.route('**/api/tip.submit', (route) => (++tries === 1 ? lost(route) : route.continue()))
    await write(phone, '断网喷涂点丙')
    await button(phone, '不留姓名，提交举报').click()
    const first = await receiptOn(phone)
    assert.deepEqual([tries, await tipsOn('断网喷涂点丙')], [2, [first.number]])

    // No try is answered; written on, closed, opened again: it is still the first that was taken.
    await phone.page.unrouteAll({ behavior: 'wait' })
    await phone.page.route('**/api/tip.submit', lost)
    await write(phone, '断网喷涂点丁')
    await button(phone, '不留姓名，提交举报').click()
    await says(phone, '网络不通')
    await phone.page.unrouteAll({ behavior: 'wait' })
    await phone.open('tips/report/index')
    await says(phone, '上次没写完的，已经接着放在这里')
    await fill(phone, { 看到了什么: '夜里开窗喷漆，味道很大，今天又来了' })
    await button(phone, '不留姓名，提交举报').click()
    const second = await receiptOn(phone)
    await says(phone, '您前一次提交的已经收到了')
    assert.deepEqual(await tipsOn('断网喷涂点丁'), [second.number])
    const tracked = await shared.s.w.nobody.call('tip.track', second)
    assert.equal(tracked.number, second.number)
  })

  it('and keeps the receipt on the phone only when they ask for it, until they take it off', async () => {
    const phone = await shared.phone('teller-keeps')
    await write(phone, '留底喷涂点戊')
    await button(phone, '不留姓名，提交举报').click()
    const { number } = await receiptOn(phone)
    await button(phone, '记在这台手机上').click()
    await says(phone, '收到了')
    await inDialog(phone, '记在这台手机上？', '记下').click()
    await phone.relaunch('tips/track/index')
    await button(phone, new RegExp(`^${number}`)).click()
    await says(phone, '留底喷涂点戊')
    await button(phone, '不看了，清掉').click()
    await button(phone, `从手机上去掉${number}`).click()
    await inDialog(phone, '从手机上去掉？', '去掉').click()
    await button(phone, new RegExp(`^${number}`)).waitFor({ state: 'detached' })
    assert.deepEqual(await keptOn(phone), [])
  })

  it('in the largest letters as well as in the usual ones', async () => {
    for (const font of [16, 28]) {
      const phone = await shared.s.phone('teller-large', { font })
      await write(phone, `大字喷涂点${font}`)
      await phone.front().getByRole('radio', { name: '留姓名', exact: true }).click()
      await phone
        .front()
        .getByRole('checkbox', { name: /我要奖励/ })
        .click()
      const form = [...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))]
      await phone.front().getByRole('radio', { name: '不留姓名', exact: true }).click()
      await button(phone, '不留姓名，提交举报').click()
      await receiptOn(phone)
      await phone.picture(`tip-receipt-${font}`)
      const receipt = [...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))]
      await button(phone, '查进度').click()
      await says(phone, `大字喷涂点${font}`)
      await phone.picture(`tip-progress-${font}`)
      const progress = [...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))]
      await phone.context.close()
      assert.deepEqual({ font, form, receipt, progress }, { font, form: [], receipt: [], progress: [] })
    }
  })
})

describe('a reward reaches who told, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('rewards')

  /** Told, found true, recognised and approved by two: the informer's number. */
  async function approved(person: string, firmName: string, level: 'large' | 'general') {
    const [api, enforcer, handler, first, second] = await Promise.all(
      [person, 'enforcer', 'rewardhandler', 'rewardapprover', 'rewardapprover2'].map((name) => shared.s.w.as(name)),
    )
    assert.ok(api && enforcer && handler && first && second)
    const { number } = await api.call('tip.submit', {
      firmName,
      violation: 'water',
      text: '雨水口往外排带颜色的水',
      informer: { name: '钱领奖', idNumber: '11010519491231002X' },
      wantsReward: true,
    })
    await released(shared.s.w)
    const id = (await enforcer.call('tip.list', { q: number })).items[0]?.id
    assert.ok(id)
    await enforcer.call('tip.accept', { id })
    await enforcer.call('tip.verify', { id, finding: 'true', facts: '现场检查，雨水口排放生产废水。' })
    await enforcer.call('tip.conclude', { id, decision: 'penalty', reply: '经查属实，已立案处罚。' })
    const reward = await handler.call('reward.propose', { tipId: id, level, reason: '属实，首报。' })
    await first.call('reward.approve', { id: reward.id })
    await second.call('reward.approve', { id: reward.id })
    return { number, read: () => handler.call('reward.read', { id: reward.id }) }
  }
  /** The service's jobs are done only when the test does them. */
  async function until(phone: Phone, text: string | RegExp) {
    for (let tries = 0; tries < 60 && (await phone.front().getByText(text).count()) === 0; tries += 1) {
      await shared.s.w.drainJobs()
      await phone.page.waitForTimeout(500)
    }
    await says(phone, text)
  }

  it('in WeChat: taken on the phone is not yet paid, and paid is what the server says', async () => {
    const { number, read } = await approved('winner-wechat', '领奖废水点甲', 'general')
    const phone = await shared.phone('winner-wechat')
    await phone.open('tips/mine/index')
    await phone
      .front()
      .getByRole('link', { name: /等您领取/ })
      .click()
    await says(phone, '经查属实，已立案处罚。')
    await phone.front().getByRole('link', { name: /500元/ }).click()
    await says(phone, /过了.*不再发放/)
    await phone.picture('reward-open')
    await button(phone, '用微信领').click()
    await inDialog(phone, '用微信领500元？', '用微信领').click()
    await until(phone, '等您确认收款')
    await phone.picture('reward-to-confirm')
    // Not now: it waits, and says so.
    await button(phone, '确认收款').click()
    await inDialog(phone, '行政奖励', '取消').click()
    await says(phone, '还没有收款')
    await button(phone, '确认收款').click()
    await phone.picture('reward-sheet')
    await inDialog(phone, '行政奖励', '收款').click()
    await says(phone, '微信处理中')
    assert.equal(await button(phone, '确认收款').count(), 0)
    await phone.picture('reward-going')
    await until(phone, '已发放')
    await phone.picture('reward-paid')
    assert.equal((await read()).state, 'paid')
    await phone.relaunch(`tips/tip/index?number=${number}`)
    await says(phone, /500元，已发放/)
  })

  it('through the bank, where this WeChat takes no transfers; the account is put right once more', async () => {
    const { number, read } = await approved('winner-bank', '领奖废水点乙', 'large')
    const phone = await shared.phone('winner-bank')
    await phone.open('pages/home/index')
    await phone.page.evaluate(() => {
      const { wx } = globalThis as unknown as { wx: { canIUse(name: string): boolean } }
      wx.canIUse = (name) => name !== 'requestMerchantTransfer'
    })
    await phone.relaunch(`tips/reward/index?number=${number}`)
    await says(phone, '这里的微信不能收款')
    await phone.picture('reward-unsupported')
    assert.equal(await button(phone, '用微信领').count(), 0)
    await button(phone, '用银行卡领').click()
    await button(phone, '转到这张卡').click()
    await says(phone, '请填银行卡号')
    await fill(phone, { 银行卡号: '62284', 开户银行: '中国农业银行沈阳和平支行' })
    await button(phone, '转到这张卡').click()
    await inDialog(phone, '转到这张卡？', '就是这张').click()
    await says(phone, '银行卡号是12到19位数字')
    await phone.picture('reward-bank')
    await fill(phone, { 银行卡号: '6228480402564890018' })
    await button(phone, '转到这张卡').click()
    await inDialog(phone, '转到这张卡？', '就是这张').click()
    await says(phone, '等银行转账')
    await phone.picture('reward-at-bank')
    const { state, channel } = await read()
    assert.deepEqual([state, channel], ['bank', 'bank'])
    await button(phone, '换一张银行卡').click()
    await fill(phone, { 银行卡号: '6228480402564890026', 开户银行: '中国农业银行沈阳铁西支行' })
    await button(phone, '转到这张卡').click()
    await inDialog(phone, '转到这张卡？', '就是这张').click()
    await button(phone, '换一张银行卡').waitFor()
    const stored = await phone.page.evaluate(() => JSON.stringify({ ...localStorage }))
    assert.doesNotMatch(stored, /62284804025648900/)
  })

  it('or is not wanted', async () => {
    const { number, read } = await approved('winner-declines', '领奖废水点丙', 'general')
    const phone = await shared.phone('winner-declines')
    await phone.open(`tips/reward/index?number=${number}`)
    await button(phone, '我不要这笔奖励').click()
    await inDialog(phone, '不要这笔奖励？', '放弃').click()
    await says(phone, '您已放弃')
    assert.equal((await read()).state, 'declined')
    assert.equal(await button(phone, /领/).count(), 0)
  })
})
