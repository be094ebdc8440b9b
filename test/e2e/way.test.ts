import { strict as assert } from 'node:assert'
import { axeFaults, tooSmall, tooWide } from './readable.js'
import { openStage, type Phone, ready, type Stage } from './stage.js'

const front = (phone: Phone) => phone.front()
const tap = (phone: Phone, role: 'button' | 'radio' | 'checkbox' | 'link', name: string | RegExp) =>
  front(phone).getByRole(role, { name }).filter({ visible: true }).first().click()
const question = (phone: Phone, title: string) => front(phone).getByRole('heading', { name: title }).waitFor()

/** Keeps a picture, and finds nothing that somebody could not read or tap. */
async function look(phone: Phone, name: string): Promise<void> {
  await phone.picture(name)
  assert.deepEqual([...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))], [])
}

describe('我的项目怎么办, clicked', function () {
  this.timeout(180_000)
  let s: Stage
  let phone: Phone

  before(async () => {
    s = await openStage()
    phone = await s.phone('enterprise')
  })
  after(() => s.stop())
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await phone.picture('failed-way')
    assert.deepEqual([phone.errors, phone.refused], [[], []])
  })

  it('from home through the questions to an answer, which is kept and becomes a request for help', async () => {
    await phone.open('pages/home/index')
    await tap(phone, 'link', /我的项目怎么办/)
    await question(phone, '您的项目做什么？')
    await front(phone).getByText('第 1 题，最多 6 题').waitFor()
    await front(phone).getByLabel('您的项目做什么').fill('fengdian')
    await front(phone)
      .getByRole('radio', { name: /风电、光伏/ })
      .waitFor()
    await look(phone, 'way-1-class')
    await tap(phone, 'radio', /风电、光伏/)
    await question(phone, '项目在不在这些地方？')
    await front(phone).getByText('第 2 题，共 6 题').waitFor()
    await look(phone, 'way-2-area')
    await tap(phone, 'radio', '不在')
    await question(phone, '您的项目是哪一种？')
    // Lines that are only for sensitive areas are not among the choices.
    assert.equal(
      await front(phone)
        .getByRole('radio', { name: /涉及环境敏感区/ })
        .count(),
      0,
    )
    await look(phone, 'way-3-line')
    await tap(phone, 'radio', /其他风力发电/)
    await question(phone, '项目在哪个区县？')

    // Closed in the middle: what was answered is still there, also on the way back.
    await phone.page.reload()
    await question(phone, '项目在哪个区县？')
    await front(phone).getByText('上次答到这里').waitFor()
    await tap(phone, 'button', '上一题')
    await front(phone)
      .getByRole('radio', { name: /其他风力发电/, checked: true })
      .waitFor()
    await tap(phone, 'button', '下一题')
    await look(phone, 'way-4-district')
    await tap(phone, 'radio', '法库县')
    await question(phone, '是新建，还是在原有基础上改？')
    await look(phone, 'way-5-nature')
    await tap(phone, 'radio', /^新建/)
    await question(phone, '下面哪些说的是您的项目？')
    await tap(phone, 'checkbox', /大型风电、光伏基地/)
    await look(phone, 'way-6-situations')
    await tap(phone, 'button', '看结果')

    await front(phone).getByRole('heading', { name: '做生态环境影响报告表' }).waitFor()
    await front(phone).getByText('11月26日 周四前').waitFor()
    await front(phone).getByText('12月25日 周五前').waitFor()
    await front(phone).getByText('法库生态环境分局').waitFor()
    await look(phone, 'way-7-result')
    await tap(phone, 'button', '每一条的依据')
    await front(phone)
      .getByText(/六十日内/)
      .waitFor()
    await tap(phone, 'button', /^存下/)
    await tap(phone, 'button', '我要求助')
    await front(phone).getByLabel('详细情况').waitFor()
    const text = await front(phone).getByLabel('详细情况').inputValue()
    assert.match(text, /您的项目做什么？风电、光伏、地热等发电\n/)
    assert.match(text, /下面哪些说的是您的项目？大型风电、光伏基地\n结果：做生态环境影响报告表\n/)
    // All of it is in sight, and the place was answered already.
    const hidden = await front(phone)
      .getByLabel('详细情况')
      .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
    assert.ok(hidden <= 1, `${hidden} px of the text are hidden`)
    await front(phone).getByText('法库县', { exact: true }).waitFor()
    await phone.picture('way-8-help')
  })

  it('what was kept is read again without a network', async () => {
    const keeper = await s.phone('visitor-keeps')
    await keeper.open('pages/way-result/index?classCode=53&line=f1&districtCode=210106&nature=new')
    await front(keeper).getByRole('heading', { name: '做生态环境影响报告表' }).waitFor()
    await tap(keeper, 'button', /^存下/)
    await tap(keeper, 'button', '改一改答案')
    await question(keeper, '您的项目做什么？')
    await front(keeper).getByText('存在手机里的').waitFor()
    await keeper.context.setOffline(true)
    await tap(keeper, 'link', /塑料制品业/)
    await front(keeper)
      .getByText(/先看您11月25日存的/)
      .waitFor()
    await front(keeper).getByRole('heading', { name: '做生态环境影响报告表' }).waitFor()
    await keeper.context.close()
  })

  it('a result that somebody sent can be changed; answers that do not fit are said and asked again', async () => {
    const other = await s.phone('visitor-sent')
    await other.open('pages/way-result/index?classCode=90&sensitive=no&line=f3&districtCode=210124&nature=new')
    await tap(other, 'button', '改一改答案')
    await question(other, '您的项目做什么？')
    await front(other).getByText('风电、光伏、地热等发电').waitFor()
    await tap(other, 'button', '接着答')
    await front(other).getByRole('radio', { name: '不在', checked: true }).waitFor()
    // The line is open to either place, so it stays chosen.
    await tap(other, 'radio', '在，或者挨着、会影响到')
    await question(other, '您的项目是哪一种？')
    await front(other)
      .getByRole('radio', { name: /其他风力发电/, checked: true })
      .waitFor()

    await other.open('pages/way-result/index?classCode=90&sensitive=no&line=r1&districtCode=210124&nature=new')
    await front(other).getByText('这一种和您选的行业、地方对不上，请重新选').waitFor()
    await tap(other, 'button', '重新回答')
    await question(other, '您的项目做什么？')
    await other.context.close()
  })

  it('an industry that is not in the list leads to whom to ask, without a document', async () => {
    const visitor = await s.phone('visitor-way')
    await visitor.open('pages/way/index')
    await front(visitor).getByLabel('您的项目做什么').fill('算命')
    await front(visitor).getByText('没有找到“算命”').waitFor()
    await look(visitor, 'way-none')
    await tap(visitor, 'button', /这里没有我的行业/)
    await tap(visitor, 'radio', '铁西区')
    await tap(visitor, 'radio', /^新建/)
    await tap(visitor, 'button', '看结果')
    await front(visitor).getByRole('heading', { name: '还定不下来做哪一种' }).waitFor()
    await ready(visitor)
    await front(visitor).getByText('铁西生态环境分局').waitFor()
    assert.equal(await front(visitor).getByText('我们承诺').count(), 0)
    assert.deepEqual([visitor.errors, visitor.refused], [[], []])
    await visitor.context.close()
  })
})
