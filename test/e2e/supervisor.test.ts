/** Those who watch and keep: from a number down to what it counted, late cases given over, guides on their way, the trail. */
import { strict as assert } from 'node:assert'
import { button, type Phone, sharedStage } from './stage.js'

const link = (phone: Phone, name: RegExp) => phone.front().getByRole('link', { name }).filter({ visible: true })

describe('the pages of those who watch and keep, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('watch', { mayBeRefused: true })
  const phone = (person: string) => shared.phone(person)

  it('a number of the board opens as many cases as it says, and each of them opens', async () => {
    const supervisor = await phone('supervisor')
    const { overdue } = await (await shared.s.w.as('supervisor')).call('board.overview', {
      from: '2026-10-27',
      to: '2026-11-25',
    })
    await supervisor.open('pages/home/index')
    await button(supervisor, `${overdue.value} 已超期`).click()
    await supervisor.front().getByText('都在这里了').waitFor()
    const cards = supervisor.front().locator('case-card')
    assert.equal(await cards.count(), overdue.value)
    await cards.first().click()
    await supervisor
      .front()
      .getByText(/^QZ\d{8}-/)
      .first()
      .waitFor()
  })

  it('several late cases go to one officer; the one that somebody else changed meanwhile is named and stays', async () => {
    const supervisor = await phone('supervisor')
    const api = await shared.s.w.as('supervisor')
    await supervisor.open('supervisor/overdue/index')
    const boxes = supervisor.front().getByRole('checkbox')
    await boxes.first().waitFor()
    const { items } = await api.call('case.list', { scope: 'all', due: 'overdue', limit: 3 })
    const ids = items.map(({ id }) => id)
    for (const at of [0, 1, 2]) await boxes.nth(at).click()
    await supervisor.front().getByText('选了3件').waitFor()
    await supervisor.picture('watch-chosen')
    await button(supervisor, '一起换人办').click()
    const sheet = supervisor.page.getByRole('dialog', { name: '这3件换谁来办' })
    await sheet.getByRole('button', { name: /换个单位/ }).click()
    await supervisor.page.getByRole('button', { name: '和平生态环境分局' }).click()
    const taker = sheet.getByRole('radio').first()
    const name = (await taker.textContent())?.match(/演示\S*?\d\d/)?.[0] ?? ''
    await taker.click()
    await sheet.getByLabel('为什么换人').fill('集中办理超期的')
    await supervisor.picture('watch-taker')
    const [, second] = items
    assert.ok(second)
    // A colleague is quicker with one of them.
    await api.call('case.note', { id: second.id, version: second.version, text: '已电话联系企业' })
    await sheet.getByRole('button', { name: '确定换人' }).click()
    await supervisor.front().getByText(`3件里2件交给了${name}，1件没有换成，原因写在下面`).waitFor()
    await supervisor.picture('watch-account')
    assert.equal(await supervisor.front().getByText('已换人，等签收').count(), 2)
    assert.equal(
      await supervisor
        .front()
        .getByText(/^没有换成：/)
        .count(),
      1,
    )
    await supervisor.front().getByText('选了1件').waitFor()
    const held = await Promise.all(ids.map(async (id) => (await api.call('case.read', { id })).officer?.name === name))
    assert.deepEqual(held, [true, false, true])
  })

  it('a refusal in the register leads to its case', async () => {
    const supervisor = await phone('supervisor')
    await supervisor.open('pages/home/index')
    await button(supervisor, /否决事项备案/).click()
    await supervisor.front().getByRole('radio', { name: '诉求' }).click()
    const first = button(supervisor, /^看这件诉求/).first()
    const title = (await first.getAttribute('aria-label'))?.replace('看这件诉求：', '') ?? ''
    await first.click()
    await supervisor.front().getByText(title).first().waitFor()
    await supervisor.front().getByText('不予办理').first().waitFor()
  })

  it('an indicator leads to the list behind its figure, that of the weekly visits too', async () => {
    const supervisor = await phone('supervisor')
    await supervisor.open('pages/home/index')
    await button(supervisor, '41项指标任务').click()
    await supervisor.front().getByLabel('搜任务、举措、责任单位').fill('要素服务')
    await button(supervisor, /优化环评要素服务/).click()
    const api = await shared.s.w.as('supervisor')
    const { metrics } = await api.call('indicator.read', { no: 4 })
    const weekly = metrics.find(({ filter }) => filter?.verb === 'visit.due')
    const refused = metrics.find(({ filter }) => filter?.verb === 'rejection.list')
    assert.ok(weekly?.filter && refused)
    await supervisor.picture('watch-indicator')
    await button(supervisor, `看依据：${weekly.name}`).click()
    const due = await api.call('visit.due', { ...weekly.filter.input, limit: 20 })
    await supervisor
      .front()
      .getByText(due.items[0]?.project.name ?? '')
      .first()
      .waitFor()
    assert.equal(await supervisor.front().locator('.card').count(), due.items.length)
    await supervisor.picture('watch-week')
  })

  it('a leader comes from the board to the people and to the week of the branch', async () => {
    const leader = await phone('leader')
    await leader.open('pages/home/index')
    await button(leader, '看每个项目这周约了没有').click()
    const due = await (await shared.s.w.as('leader')).call('visit.due', { unitId: 'tiexi' })
    await leader
      .front()
      .getByText(due.items[0]?.project.name ?? '')
      .waitFor()
    await leader.open('pages/home/index')
    await button(leader, '每个人手上的诉求').click()
    await leader
      .front()
      .getByRole('rowheader', { name: /演示丙/ })
      .waitFor()
  })

  it('a clerk brings a draft to the public: to the province, its consent, the filing, out', async () => {
    const api = await shared.s.w.as('clerk')
    const [published] = (await api.call('guide.list', { state: 'published', limit: 1 })).items
    assert.ok(published)
    const { content } = await api.call('guide.versions', { id: published.id })
    const title = '演示事项塔吊夜间作业备案'
    await api.call('guide.save', {
      content: { ...content, code: 'YS-98', title, aliases: ['塔吊'], related: [], ways: undefined } as never,
    })
    const clerk = await phone('clerk')
    await clerk.open('pages/home/index')
    await link(clerk, /起草、报审/).click()
    await clerk.front().getByRole('radio', { name: '草稿' }).click()
    await button(clerk, new RegExp(title)).click()
    const sure = clerk.page.getByRole('button', { name: '确定' })
    await button(clerk, '报省厅审核').click()
    await sure.click()
    await button(clerk, '登记省厅审核结果').click()
    await clerk.page.getByRole('radio', { name: '通过' }).click()
    await clerk.page.getByRole('dialog').getByRole('button', { name: '登记' }).click()
    await button(clerk, '登记备案号').click()
    await clerk.page.getByRole('textbox', { name: '备案号' }).fill('沈营商备〔2026〕98号')
    await clerk.picture('watch-filing')
    await clerk.page.getByRole('dialog').getByRole('button', { name: '登记' }).click()
    await button(clerk, '对外发布').click()
    await sure.click()
    await button(clerk, '看公开的全文').waitFor()
    await clerk.picture('watch-published')
    const found = await shared.s.w.nobody.call('guide.search', { q: '塔吊' })
    assert.equal(found.items[0]?.title, title)
  })

  it('a clerk answers a reader for all to see', async () => {
    const clerk = await phone('clerk')
    const api = await shared.s.w.as('clerk')
    const before = (await api.call('guide.comments', { isAnswered: false, limit: 100 })).items
    await clerk.open('pages/home/index')
    await link(clerk, /答复指南意见/).click()
    await button(clerk, '答复').first().click()
    await clerk.page.getByRole('dialog').getByLabel('怎么答复').fill('尺寸按国家标准，指南里已经补上。')
    await clerk.page.getByRole('dialog').getByRole('button', { name: '答复' }).click()
    await clerk.front().getByText('已公开答复').waitFor()
    await clerk.picture('watch-answered')
    const after = (await api.call('guide.comments', { isAnswered: false, limit: 100 })).items
    assert.equal(after.length, before.length - 1)
  })

  it('an administrator has the whole trail proven', async () => {
    const admin = await phone('admin')
    await admin.open('pages/home/index')
    await link(admin, /留痕与任务/).click()
    await button(admin, '查一遍').click()
    await admin.front().getByText('完整，没有被改动').waitFor({ timeout: 120_000 })
    await admin.picture('watch-trail')
  })
})
