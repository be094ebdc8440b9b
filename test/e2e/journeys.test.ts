import { strict as assert } from 'node:assert'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { button, type Phone, sharedStage } from './stage.js'

const tab = (page: Page, name: string) => page.getByRole('tab', { name }).filter({ visible: true })

/** A photo as a phone would hand it over. */
const photo = fileURLToPath(new URL('../../seeds/demo/photo-plant.png', import.meta.url))

describe('the main journeys, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('journey')
  const phone = (person: string) => shared.phone(person)

  it('an enterprise looks a guide up, asks for help on its project, is answered, and rates the answer', async () => {
    const firm = await phone('enterprise')
    await firm.open('pages/home/index')
    await tab(firm.page, '指南').click()
    await firm.front().getByLabel('查办事指南').fill('环凭')
    await firm.front().getByRole('link').filter({ hasText: '报告表' }).first().click()
    await firm.picture('journey-guide')
    await button(firm, '我要求助').last().click()
    // The guide says what it is about; another kind could be chosen.
    await button(firm, '手续怎么办，换一类').waitFor()
    await firm.front().getByLabel('用一句话说').fill('喷漆线的报告表要准备什么')
    await firm.front().getByLabel('详细情况').fill('二号车间新上一条喷漆线，请问报告表审批要准备哪些材料？')
    await firm.picture('journey-help')

    // What was typed is still there after the mini-program was closed in between.
    await firm.page.reload()
    await firm.front().getByText('上次没写完的').waitFor()
    assert.equal(await firm.front().getByLabel('用一句话说').inputValue(), '喷漆线的报告表要准备什么')
    const project = button(firm, /^哪个项目/)
    await project.click()
    await firm.page.getByRole('option').nth(1).click()
    await firm.page.getByRole('button', { name: '确定' }).click()
    // Tapped twice, handed in once.
    await button(firm, /提交/).dblclick()
    await firm.front().getByText('收到了').waitFor()
    await firm.picture('journey-submitted')
    const number =
      (await firm
        .front()
        .getByText(/^QZ\d{8}-/)
        .textContent()) ?? ''
    assert.match(number, /^QZ\d{8}-/)
    await firm.front().getByText('演示丙').waitFor()
    await button(firm, '看这件诉求').click()

    const officer = await phone('officer')
    const asked = await (await shared.s.w.as('officer')).call('case.list', { scope: 'todo', q: number })
    assert.equal(asked.items.length, 1)
    await officer.open('pages/cases/index')
    await officer.front().getByLabel('查找诉求').fill(number)
    await button(officer, /喷漆线的报告表要准备什么/).click()
    await button(officer, '签收').click()
    await button(officer, '答复').click()
    await officer.front().getByRole('textbox', { name: /答复/ }).fill('需要申请书和报告表两件，承诺10个工作日。')
    await officer.picture('journey-answer')
    await officer.front().locator('.submit').getByRole('button').click()
    await officer.front().getByText('需要申请书和报告表两件').waitFor()
    await officer.picture('journey-answered')

    await firm.open('pages/cases/index')
    await button(firm, /喷漆线的报告表要准备什么/).click()
    await firm.front().getByText('需要申请书和报告表两件').waitFor()
    await button(firm, '评价').click()
    await firm.front().getByRole('radio', { name: '非常满意' }).click()
    await firm.front().locator('.send').getByRole('button').click()
    await firm.front().getByText('您的评价').waitFor()
    await firm.picture('journey-rated')
    const { items } = await (await shared.s.w.as('officer')).call('case.list', { q: number })
    assert.deepEqual([items.length, items[0]?.rating, items[0]?.state], [1, 5, 'closed'])
  })

  it('a visit recorded without a network is kept, found again after reopening, and sent once when there is one', async () => {
    const officer = await phone('officer')
    await officer.open('pages/home/index')
    await button(officer, '记录上门服务').click()
    await button(officer, '选企业').click()
    const firms = officer.page.getByRole('dialog', { name: '选企业' })
    await firms.getByRole('checkbox').first().click()
    await firms.getByRole('button', { name: '选好了' }).click()
    await button(officer, '加人').click()
    const colleagues = officer.page.getByRole('dialog', { name: '谁一起去' })
    await colleagues.getByRole('checkbox').filter({ hasText: '演示丁' }).click()
    await colleagues.getByRole('button', { name: '选好了' }).click()
    await officer.context.setOffline(true)
    await officer.context.clock.setSystemTime(new Date('2026-11-25T09:10:00+08:00'))
    await button(officer, '刚到').click()
    await officer.context.clock.setSystemTime(new Date('2026-11-25T09:50:00+08:00'))
    await button(officer, '刚走').click()
    await button(officer, '加一位').click()
    await officer.front().getByLabel('第1位的姓名').fill('王女士')
    await officer.front().getByRole('radio', { name: '王女士' }).click()
    await officer.front().getByLabel('做了什么').fill('讲解了报告表的材料和时限，看了二号车间。')
    await officer.front().getByRole('radio', { name: '企业同意拍照' }).click()
    const [chooser] = await Promise.all([
      officer.page.waitForEvent('filechooser'),
      (async () => {
        await button(officer, '加照片').click()
        await agreeToPrivacy(officer)
      })(),
    ])
    await chooser.setFiles([photo])
    await officer.front().getByLabel('看第1张照片').waitFor()
    await officer.picture('visit-offline')
    await button(officer, '保存并发送').click()
    await officer.front().getByText('待发送').waitFor()
    await officer.picture('visit-queued')

    // Reopened while the service cannot be reached.
    await officer.context.route('**/api/**', (route) => route.abort('internetdisconnected'))
    await officer.context.setOffline(false)
    await officer.open('officer/outbox/index')
    await officer
      .front()
      .getByText(/待发送|发送中/)
      .waitFor()
    const before = (await (await shared.s.w.as('officer')).call('visit.list', { states: ['held'], limit: 100 })).items
    await officer.context.unroute('**/api/**')
    await button(officer, '现在发送').click()
    await officer.front().getByText('已发送').waitFor()
    await officer.picture('visit-sent')
    await officer.open('officer/outbox/index')
    await officer.front().getByText('已发送').waitFor()

    const after = (await (await shared.s.w.as('officer')).call('visit.list', { states: ['held'], limit: 100 })).items
    const fresh = after.filter(({ id }) => !before.some((one) => one.id === id))
    assert.equal(fresh.length, 1)
    const sent = await (await shared.s.w.as('officer')).call('visit.read', { id: fresh[0]?.id ?? '' })
    assert.deepEqual(
      [sent.summary, sent.files.length, sent.staff.length, sent.photosAgreed],
      ['讲解了报告表的材料和时限，看了二号车间。', 1, 2, true],
    )
    // The phone complained of what it could not reach: that is its right here, and nothing else is.
    officer.errors.splice(0, officer.errors.length, ...officer.errors.filter((said) => !/net::ERR_INTERNET/.test(said)))
  })

  it('the window takes an application in by the list, tells once what is missing, and accepts what was supplied', async () => {
    const officer = await phone('officer')
    await officer.open('officer/applications/index')
    await button(officer, '收件').click()
    await officer.front().getByLabel('办什么事').last().click()
    await officer.page.getByRole('option', { name: '建设项目生态环境影响报告表审批', exact: true }).click()
    await officer.page.getByRole('button', { name: '确定' }).click()
    await button(officer, '选企业').click()
    const firms = officer.page.getByRole('dialog', { name: '选企业' })
    await firms.getByRole('textbox', { name: '找企业' }).fill('演示·星河齿轮')
    await firms.getByRole('checkbox').filter({ hasText: '星河齿轮' }).first().click()
    await firms.getByRole('button', { name: '选好了' }).click()
    // Handed in before every material was looked at: said at once, and nothing sent.
    await button(officer, '收件').click()
    await officer.front().getByText('清单上的每一件都要核对').waitFor()
    await officer.front().getByRole('radio', { name: '有', exact: true }).first().click()
    await officer.front().getByRole('radio', { name: '没有' }).last().click()
    await officer.front().getByRole('textbox', { name: '生态环境影响报告表缺什么' }).fill('缺盖章页')
    await officer.front().getByText('缺1件').waitFor()
    await officer.picture('journey-receive')
    await button(officer, '收件').click()
    await button(officer, '一次性告知').first().waitFor()
    await officer.picture('journey-received')
    await officer.front().getByRole('textbox', { name: '还要说明的' }).fill('补盖章页后送到窗口')
    await officer.front().locator('.submit').getByRole('button').click()
    await officer.front().getByText('待补正').waitFor()

    const firm = await phone('enterprise')
    await firm.open('pages/applications/index')
    await button(firm, /还要补：生态环境影响报告表/).click()
    await firm.front().getByText('补盖章页后送到窗口').waitFor()
    await firm.picture('journey-application')

    await officer.front().getByRole('checkbox', { name: '生态环境影响报告表' }).click()
    await officer.front().locator('.submit').getByRole('button').click()
    await officer.front().getByText('要件齐全，应当受理。').waitFor()
    await officer.picture('journey-complete')
    await officer.front().locator('.submit').getByRole('button').click()
    await officer.front().getByText('补正后受理').waitFor()
    await firm.page.reload()
    await firm.front().getByText('已受理').first().waitFor()
    const { items } = await (await shared.s.w.as('enterprise')).call('application.list', {
      acceptedHow: 'supplemented',
    })
    assert.equal(items[0]?.acceptedOn, '2026-11-25')
  })

  it('a supervisor gives an overdue case to somebody else, who finds it on their desk', async () => {
    const supervisor = await phone('supervisor')
    await supervisor.open('pages/home/index')
    await button(supervisor, '看超期的，换人办').click()
    const { items } = await (await shared.s.w.as('supervisor')).call('case.list', { due: 'overdue', limit: 100 })
    const late = items.find(({ unit }) => unit?.id === 'tiexi')
    assert.ok(late, 'the demonstration has an overdue case in 铁西')
    const row = supervisor.front().locator('.card', { hasText: late.title })
    const choose = row
      .filter({ hasText: late.enterprise?.name ?? '' })
      .filter({ hasText: '铁西分局' })
      .getByRole('button', { name: /换人办/ })
    while ((await choose.count()) === 0) {
      await supervisor.page.mouse.wheel(0, 3000)
      await supervisor.page.waitForTimeout(50)
    }
    await supervisor.picture('overdue')
    await choose.first().click()
    const other = late.officer?.name === '演示丁' ? '演示丙' : '演示丁'
    await supervisor.page.getByRole('radio', { name: other }).click()
    await supervisor.page.getByLabel('为什么换人').fill('原承办人在外办案')
    await supervisor.page.getByRole('button', { name: '确定换人' }).click()
    await supervisor.front().getByText(other).first().waitFor()
    await supervisor.picture('overdue-reassigned')
    const officer = await phone(other === '演示丁' ? 'officer2' : 'officer')
    await officer.open('pages/home/index')
    await button(officer, /已超期/).click()
    await button(officer, new RegExp(late.title)).first().waitFor()
    await officer.picture('desk-overdue')
  })

  it('a guide published through the API is found by searching', async () => {
    const clerk = await shared.s.w.as('clerk')
    const { items } = await clerk.call('guide.list', { state: 'published', limit: 1 })
    const first = items[0]
    assert.ok(first)
    const { content } = await clerk.call('guide.versions', { id: first.id })
    const title = '演示事项龙门吊噪声备案'
    const code = 'YS-99'
    const made = await clerk.call('guide.save', {
      content: { ...content, code, title, aliases: ['龙门吊'], related: [], ways: undefined } as never,
    })
    const { id } = made
    await clerk.call('guide.submit', { id })
    await clerk.call('guide.review', { id, isPassed: true })
    await clerk.call('guide.file', { id, filingNumber: '演示备〔2026〕99号' })
    await clerk.call('guide.publish', { id })
    const visitor = await phone('visitor-e2e')
    await visitor.open('pages/guides/index')
    await visitor.front().getByLabel('查办事指南').fill('龙门吊')
    await visitor
      .front()
      .getByRole('link', { name: new RegExp(title) })
      .click()
    await visitor.front().getByText(title).first().waitFor()
    await visitor.picture('published-guide')
  })

  it('a link that leads to nothing says what there is not, and leads back instead of trying again', async () => {
    const firm = await phone('enterprise')
    for (const [path, absent] of [
      ['pages/case/index?id=QZ20261125-K7M4Q', '没有这件诉求'],
      ['pages/case/index?id=01900000-0000-7000-8000-000000000000', '没有这件诉求，可能已被删除或不对您开放'],
      ['pages/project/index?id=x', '没有这个项目'],
    ] as const) {
      await firm.open(path)
      await firm.front().getByText(absent, { exact: true }).waitFor()
      assert.equal(await button(firm, '再试一次').count(), 0)
    }
    await firm.picture('journey-absent')
    await button(firm, '返回').click()
    await tab(firm.page, '首页').waitFor()
  })
})

/** A new phone is asked before its first photo. */
async function agreeToPrivacy({ page }: Phone): Promise<void> {
  const asked = page.getByRole('dialog', { name: '用之前，请您同意' })
  await asked.getByRole('button', { name: '同意', exact: true }).click()
}
