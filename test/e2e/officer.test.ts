/** What staff do, clicked: each step on a case, absences and stand-ins, visits from the offer to the record, stages. */
import { strict as assert } from 'node:assert'
import type { Api } from '../../src/contract.js'
import type { Caller } from '../world.js'
import { button, openStage, type Phone, ready, type Stage } from './stage.js'

type CaseView = Api['case.read']['output']

const dialog = (phone: Phone, name: string) => phone.page.getByRole('dialog', { name })
const field = (phone: Phone, name: string) => phone.front().getByRole('textbox', { name, exact: true })
const choice = (phone: Phone, name: string) => phone.front().getByRole('radio', { name, exact: true })

/** The sheet has come up, or gone again: what moves is missed by a tap. */
const still = ({ page }: Phone) =>
  page.waitForFunction(() => document.querySelector('[class*="-enter-active"], [class*="-leave-active"]') === null)

describe('what staff do, clicked', function () {
  this.timeout(300_000)
  let s: Stage
  let projectId: string
  let firm: Caller
  const phones = new Map<string, Phone>()

  before(async () => {
    s = await openStage()
    firm = await s.w.as('enterprise')
    const { items } = await firm.call('project.list', {})
    assert.ok(items[0], 'the demonstration’s firm has a project')
    projectId = items[0].id
  })
  after(() => s.stop())
  afterEach(async function () {
    const all = [...phones.values()]
    if (this.currentTest?.state === 'failed') {
      await Promise.all([...phones].map(([person, phone]) => phone.picture(`failed-officer-${person}`)))
    }
    const heard = all.map(({ errors, refused, warnings }) => [
      ...errors.splice(0),
      ...refused.splice(0),
      ...warnings.splice(0),
    ])
    assert.deepEqual(heard.flat(), [])
  })

  /** One phone a person for all tests: the mini-program is started once. */
  async function at(person: string, path: string): Promise<Phone> {
    const known = phones.get(person)
    const phone = known ?? (await s.phone(person, { geolocation: PLACE, permissions: ['geolocation'] }))
    phones.set(person, phone)
    await (known ? phone.relaunch(path) : phone.open(path))
    await ready(phone)
    return phone
  }

  /** A new case of the firm's project, with the officer of it. */
  const asked = (title: string, fields: object = {}): Promise<CaseView> =>
    firm.call('case.submit', { category: 'procedure', title, text: `${title}，请帮忙看看。`, projectId, ...fields })
  const signed = async (title: string): Promise<CaseView> => {
    const { id } = await asked(title)
    return (await s.w.as('officer')).call('case.sign', { id })
  }
  const read = async (id: string): Promise<CaseView> => (await s.w.as('supervisor')).call('case.read', { id })

  /** Opens the case, takes the step wherever its button stands, fills its form and hands it in. */
  async function step(person: string, id: string, word: string, fill: (phone: Phone) => Promise<void>): Promise<Phone> {
    const phone = await at(person, `pages/case/index?id=${id}`)
    if ((await button(phone, word).count()) === 0) {
      await button(phone, '更多办法').click()
      await dialog(phone, '更多办法').getByRole('button', { name: word, exact: true }).click()
    } else await button(phone, word).first().click()
    await phone.front().locator('.submit').waitFor()
    await ready(phone)
    await fill(phone)
    await phone.front().locator('.submit').getByRole('button').click()
    await phone.page.locator('.mp-page[data-route="pages/case/index"]:not([hidden])').waitFor()
    await ready(phone)
    return phone
  }

  it('asks for more, notes what only staff see, asks another unit, has it extended, answers with a canned reply', async () => {
    const { id } = await asked('喷漆线要不要做报告表')
    const officer = await at('officer', `pages/case/index?id=${id}`)
    await button(officer, '签收').click()
    await button(officer, '答复').waitFor()

    await step('officer', id, '内部记录', async (phone) => {
      await phone.front().getByText('只有工作人员看得到').waitFor()
      await phone.picture('act-note')
      await field(phone, '记什么').fill('已电话联系，周五看现场')
    })
    await officer
      .front()
      .getByText(/内部，企业看不到/)
      .waitFor()
    await officer.front().getByText('已电话联系，周五看现场').waitFor()
    await officer.picture('case-note')

    await step('officer', id, '请别的单位会办', async (phone) => {
      await button(phone, '请选择单位').click()
      await still(phone)
      await dialog(phone, '选单位').getByRole('button', { name: '水处', exact: true }).click()
      await field(phone, '请对方看什么').fill('请看看废水能不能接入园区污水厂')
    })
    await officer.front().getByText('请来会办的单位').waitFor()
    await officer.picture('case-assisting')

    await step('officer', id, '申请延期', async (phone) => {
      await choice(phone, '2个').click()
      await field(phone, '为什么要延').fill('要去现场看排口')
    })
    await officer.front().getByText('申请延期 2 个工作日').waitFor()
    await step('supervisor', id, '同意或不同意', async (phone) => {
      await phone.front().getByText('要去现场看排口').waitFor()
      await phone.picture('act-agree')
      await choice(phone, '同意延期').click()
    })
    assert.equal((await read(id)).extensions, 1)

    await step('officer', id, '请企业补充', async (phone) => field(phone, '要补充什么').fill('请补充厂区平面图'))
    await officer.front().getByText('等企业补充').first().waitFor()
    assert.equal((await read(id)).state, 'waiting')
    await firm.call('case.supply', { id, text: '平面图已经发到群里。', fileIds: [] })

    await step('officer', id, '答复', async (phone) => {
      await field(phone, '答复内容').fill('您好。')
      await button(phone, '用常用答复').click()
      await still(phone)
      const replies = dialog(phone, '用常用答复')
      await replies.getByRole('button', { name: /约时间到现场看/ }).click()
      await replies.waitFor({ state: 'hidden' })
      await still(phone)
      assert.match(await field(phone, '答复内容').inputValue(), /^您好。\n这个问题到现场看更清楚/)
      await phone.picture('act-answer-canned')
      await button(phone, '发出答复').click()
      await phone.front().getByText('这里还没填：【哪天】').waitFor()
      await field(phone, '答复内容').fill('您好。\n这个问题到现场看更清楚，我们周五上午去。')
    })
    const answered = await read(id)
    assert.equal(answered.state, 'answered')
    assert.match(answered.timeline.find(({ verb }) => verb === 'case.answer')?.text ?? '', /^您好。\n这个问题到现场看/)

    const own = await at('enterprise', `pages/case/index?id=${id}`)
    assert.equal(await own.front().getByText('已电话联系，周五看现场').count(), 0)
    await button(own, '更多办法').click()
    await dialog(own, '更多办法').getByRole('button', { name: '确认办结' }).click()
    await dialog(own, '确认办结').getByRole('button', { name: '确认办结' }).click()
    await own
      .front()
      .getByText(/已经办结/)
      .first()
      .waitFor()
    assert.equal((await read(id)).state, 'closed')
  })

  it('declines with a basis, which takes effect when a second person agrees, and hands another case on with a reason', async () => {
    const { id } = await signed('邻居装修太吵')
    const officer = await step('officer', id, '不予办理', async (phone) => {
      await phone.front().locator('.submit').getByRole('button').click()
      // All that is missing is said at once, beside each field and by the button.
      await phone.front().getByRole('alert').nth(2).waitFor()
      await phone.picture('act-decline-wrong')
      await field(phone, '依据').fill('《社会生活噪声管理办法》第三条')
      await field(phone, '怎么跟企业说').fill('不归生态环境部门管，请找街道办事处。')
    })
    assert.equal((await read(id)).state, 'handling')
    await officer.picture('case-declining')
    await step('leader', id, '同意或不同意', async (phone) => choice(phone, '同意不予办理').click())
    assert.equal((await read(id)).state, 'declined')

    const moved = await signed('浑南的分厂怎么办手续')
    await step('officer', moved.id, '转给别的单位', async (phone) => {
      await button(phone, '请选择单位').click()
      await still(phone)
      await dialog(phone, '选单位').getByRole('button', { name: /浑南/ }).click()
      await button(phone, '请选择人').waitFor()
      await still(phone)
      await field(phone, '为什么转').fill('分厂在浑南区')
      await phone.picture('act-transfer-chosen')
    })
    const after = await read(moved.id)
    assert.deepEqual([after.unit?.id, after.timeline.at(-1)?.verb], ['hunnan', 'case.transfer'])
  })

  it('a leader lets held content through and gives the case to somebody else of the branch', async () => {
    const { id } = await asked('待核样例：厂区排口怎么改')
    await s.w.drainJobs()
    assert.equal((await read(id)).review, 'held')
    await step('leader', id, '审核内容', async (phone) => choice(phone, '没有问题，放行').click())
    assert.equal((await read(id)).review, 'passed')
    await step('leader', id, '指派承办人', async (phone) => {
      await button(phone, '请选择人').click()
      await still(phone)
      await dialog(phone, '交给谁')
        .getByRole('radio', { name: /演示丁/ })
        .click()
      await field(phone, '原因').fill('他熟悉这个园区')
    })
    assert.equal((await read(id)).officer?.name, '演示丁')
  })

  it('who is away is stood in for: the stand-in finds the cases on the desk, and no longer when it is taken back', async () => {
    const { id, title } = await asked('排污许可证要不要变更')
    const away = await at('officer', 'officer/absence/index')
    for (const when of [/选日期/, /选日期/]) {
      await button(away, when).first().click()
      await away.page.getByRole('button', { name: '确定' }).click()
      await away.page.getByRole('button', { name: '确定' }).waitFor({ state: 'hidden' })
      if ((await button(away, when).count()) === 0) break
    }
    await button(away, '选人').click()
    await still(away)
    await dialog(away, '谁替岗')
      .getByRole('radio', { name: /演示丁/ })
      .click()
    await button(away, '登记').click()
    await away.front().getByText('外出中').waitFor()
    await away.picture('absence-registered')
    assert.equal((await read(id)).officer?.name, '演示丁')

    const standIn = await at('officer2', 'pages/home/index')
    await standIn.front().getByText('您正替演示丙的岗').waitFor()
    await button(standIn, /有新诉求/).click()
    const asking = dialog(standIn, '订阅消息')
    await asking.getByLabel('新诉求').waitFor()
    await standIn.picture('desk-asks')
    await asking.getByRole('button', { name: '允许' }).click()
    await standIn.front().getByText('还能收3条').waitFor()
    await standIn.picture('desk-stand-in')
    await standIn.relaunch(`pages/cases/index`)
    await ready(standIn)
    await standIn
      .front()
      .getByLabel('查找诉求')
      .fill((await read(id)).number)
    await button(standIn, new RegExp(title)).click()
    await button(standIn, '签收').waitFor()

    await button(away, '取消：演示丙的外出').click()
    await dialog(away, '取消这次外出').getByRole('button', { name: '取消外出' }).click()
    await away.front().getByText('外出中').waitFor({ state: 'hidden' })
    assert.equal((await read(id)).officer?.name, '演示丙')
  })

  it('a visit is offered, agreed to by the firm, and recorded with the place, also past midnight', async () => {
    const officer = await at('officer', `officer/plan/index?projectId=${projectId}`)
    await choice(officer, '不针对项目').waitFor()
    await button(officer, '加人').click()
    await still(officer)
    const colleagues = dialog(officer, '谁一起去')
    await colleagues.getByRole('checkbox', { name: /演示丁/ }).click()
    await colleagues.getByRole('button', { name: '选好了' }).click()
    await button(officer, /选日期/).click()
    await officer.page.getByRole('button', { name: '确定' }).click()
    await officer.front().getByRole('checkbox', { name: '技术帮扶' }).click()
    await field(officer, '想跟企业说的').fill('想看看您准备的材料')
    await officer.picture('plan-filled')
    await button(officer, '发给企业').click()
    await officer.page.locator('.mp-page[data-route="pages/visit/index"]:not([hidden])').waitFor()
    await officer.front().getByText('等企业答复').first().waitFor()
    const [visit] = (await firm.call('visit.list', { states: ['offered'] })).items
    assert.ok(visit)

    const own = await at('enterprise', `pages/visit/index?id=${visit.id}`)
    await button(own, '同意上门').click()
    await own.front().getByText('同意上门').first().waitFor()
    assert.equal((await firm.call('visit.read', { id: visit.id })).state, 'consented')

    await officer.relaunch(`officer/record/index?visitId=${visit.id}&projectId=${projectId}`)
    await ready(officer)
    await officer.front().getByText('演示丁').waitFor()
    await officer.context.clock.setSystemTime(new Date('2026-11-24T22:50:00+08:00'))
    await button(officer, '刚到').click()
    await officer.context.clock.setSystemTime(new Date('2026-11-25T00:20:00+08:00'))
    await button(officer, '刚走').click()
    assert.equal(await choice(officer, '第二天走的').getAttribute('aria-checked'), 'true')
    await field(officer, '做了什么').fill('夜里看了喷漆线的废气收集。')
    await button(officer, '附上我的位置').click()
    await agree(officer)
    await officer.front().getByText('已附上位置').waitFor()
    await officer.picture('record-midnight')
    await button(officer, '去掉位置').click()
    await button(officer, '在地图上选').click()
    const map = dialog(officer, '选择位置')
    await map.getByLabel('地点名称').fill('二号门旁办公楼')
    await map.getByRole('button', { name: '确定' }).click()
    await officer.front().getByText('已附上位置').waitFor()
    assert.equal(await field(officer, '地点').inputValue(), '二号门旁办公楼')
    await button(officer, '保存并发送').click()
    await officer.front().getByText('已发送').waitFor()
    const sent = await firm.call('visit.read', { id: visit.id })
    assert.deepEqual(
      [sent.state, sent.startedAt, sent.endedAt, sent.place?.name],
      ['held', '2026-11-24T22:50:00.000+08:00', '2026-11-25T00:20:00.000+08:00', '二号门旁办公楼'],
    )
    await officer.context.clock.setSystemTime(new Date('2026-11-25T10:00:00+08:00'))
  })

  it('a project is moved to its next stage, and somebody is verified as of a firm', async () => {
    const before = await (await s.w.as('officer')).call('project.read', { id: projectId })
    const move = before.moves.find(({ needsReason }) => !needsReason)
    assert.ok(move)
    const officer = await at('officer', `pages/project/index?id=${projectId}`)
    await button(officer, '推进阶段').click()
    await choice(officer, move.title).click()
    await button(officer, `记为“${move.title}”`).click()
    await officer.page.locator('.mp-page[data-route="pages/project/index"]:not([hidden])').waitFor()
    assert.equal((await (await s.w.as('officer')).call('project.read', { id: projectId })).stage, move.stage)

    await officer.relaunch('officer/members/index')
    await ready(officer)
    const waiting = button(officer, /^是，通过/)
    const many = await waiting.count()
    assert.ok(many > 0)
    await waiting.first().click()
    await officer.page.getByRole('dialog').getByRole('button', { name: /通过/ }).click()
    await waiting.nth(many - 1).waitFor({ state: 'detached' })
    const { items } = await (await s.w.as('officer')).call('enterprise.members', {})
    assert.equal(items.length, many - 1)
  })
})

/** The middle of 铁西. */
const PLACE = { latitude: 41.8027, longitude: 123.3768 }

/** A new phone is asked before its first use of anything personal. */
async function agree({ page }: Phone): Promise<void> {
  const consent = page.getByRole('dialog', { name: '用之前，请您同意' })
  await consent.getByRole('button', { name: '同意', exact: true }).click()
}
