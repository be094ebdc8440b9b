import { strict as assert } from 'node:assert'
import { type Phone, sharedStage } from './stage.js'

const button = (phone: Phone, name: string | RegExp) =>
  phone.front().getByRole('button', { name }).filter({ visible: true })

describe('the task force, the hand-over and the expert group, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('task-force')
  const phone = (person: string) => shared.phone(person)

  it('a leader records a meeting, the officer reports what was decided, the leader closes it', async () => {
    const leader = await phone('leader')
    await leader.open('pages/home/index')
    await button(leader, /^推进会$/).click()
    await button(leader, /年底前要批的项目推进/).click()
    await button(leader, '记录推进会').click()
    await leader
      .front()
      .getByRole('switch', { name: /演示丁/ })
      .click()
    await leader.front().getByLabel('演示丁为什么没来').fill('在企业现场服务')
    await leader.front().getByLabel('议了什么').fill('逐个过了年底前要批的项目。')
    await button(leader, /加一个问题/).click()
    await leader.front().getByLabel('问题1', { exact: true }).fill('编制单位换人了，进度要重排')
    await leader.front().getByRole('radio', { name: '记入台账' }).click()
    await button(leader, '选项目').click()
    await leader.page.getByRole('checkbox', { name: /高精度齿轮/ }).click()
    await button(leader, /加一件事/).click()
    await leader.front().getByLabel('事项1', { exact: true }).fill('和编制单位重排进度')
    await button(leader, '选人').click()
    await leader.page.getByRole('radio', { name: /演示丙/ }).click()
    await button(leader, '选日期').click()
    await leader.page.getByRole('button', { name: '确定' }).click()
    await leader.picture('journey-meeting-record')
    // Tapped twice, recorded once.
    await button(leader, '记好了').dblclick()
    await leader.front().getByText('编制单位换人了，进度要重排').waitFor()
    await leader.front().getByText('和编制单位重排进度').waitFor()
    await leader.picture('journey-meeting-held')
    assert.equal(await leader.front().getByText('编制单位换人了，进度要重排').count(), 1)

    await shared.s.w.drainJobs()
    const officer = await phone('officer')
    await officer.open('pages/messages/index')
    await officer
      .front()
      .getByText(/推进会交您办「和编制单位重排进度」/)
      .click()
    await button(officer, '报进展').click()
    await officer.page.getByLabel('办到哪一步了').fill('新的进度表已经给企业。')
    await officer.page.getByRole('button', { name: '报上去' }).click()
    await officer.front().getByText('等核销').first().waitFor()
    await officer.picture('journey-decision-reported')

    await leader.relaunch('supervisor/decisions/index')
    await leader.front().getByText('新的进度表已经给企业。').waitFor()
    const card = leader.front().locator('.card', { hasText: '和编制单位重排进度' })
    await card.getByRole('button', { name: '核销' }).click()
    await leader.page.getByRole('button', { name: '定了' }).click()
    await card.getByText('已核销').waitFor()
  })

  it('enforcement acknowledges last month’s approvals with a remark', async () => {
    const enforcement = await phone('enforcement')
    await enforcement.open('pages/home/index')
    await enforcement
      .front()
      .getByRole('link', { name: /移交执法的批复清单/ })
      .click()
    await button(enforcement, /等您的单位签收/).click()
    await enforcement
      .front()
      .getByLabel(/^备注：/)
      .first()
      .fill('已列入日常监管名录')
    await button(enforcement, '签收这份清单').dblclick()
    await enforcement
      .front()
      .getByText(/市执法队：已列入日常监管名录/)
      .waitFor()
    await enforcement.picture('journey-handover-acknowledged')
    assert.equal(await button(enforcement, '签收这份清单').count(), 0)
  })

  it('an officer asks the expert group; its answer is proposed, worded by the clerk and stands in the guide’s draft', async () => {
    const expert = await phone('expert')
    await expert.open('pages/home/index')
    await expert.front().getByText('请我会办').click()
    await button(expert, /办理中/)
      .first()
      .click()
    await button(expert, '回复会办意见').click()
    await expert.front().getByLabel('我们的意见').fill('不用单独核，并入园区总量。')
    await expert
      .front()
      .getByRole('button', { name: /回复|发出|提交/ })
      .last()
      .click()
    await expert.front().getByText('不用单独核，并入园区总量。').waitFor()
    await expert.picture('journey-expert-replied')

    const clerk = await phone('clerk')
    await clerk.open('pages/home/index')
    await clerk
      .front()
      .getByRole('link', { name: /建议列入指南的问题/ })
      .click()
    await button(clerk, '改好列入').first().click()
    await clerk.front().getByLabel('问题怎么写').fill('总量指标怎么落实？')
    await button(clerk, '列入草稿').click()
    await clerk.front().getByText('已列入草稿').last().waitFor()
    await clerk.picture('journey-question-taken')
  })
})
