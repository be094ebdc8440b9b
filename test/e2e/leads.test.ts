import { strict as assert } from 'node:assert'
import { fileURLToPath } from 'node:url'
import { button, type Phone, ready, sharedStage } from './stage.js'

const photo = fileURLToPath(new URL('../../seeds/demo/photo-plant.png', import.meta.url))
const FIRM = '演示·云梯轴承（沈阳）有限公司'

const field = (phone: Phone, name: string) => phone.front().getByRole('textbox', { name, exact: true })
const choice = (phone: Phone, name: string) => phone.front().getByRole('radio', { name, exact: true })

/** The phone's own wheel, turned to that word. */
async function turn(phone: Phone, name: string | RegExp, word: string) {
  await button(phone, name).click()
  await phone.page.getByRole('option', { name: word, exact: true }).click()
  await phone.page.getByRole('button', { name: '确定' }).click()
}

describe('leads of exceedances, clicked', function () {
  this.timeout(300_000)
  const shared = sharedStage('leads')

  it('written down, sent, answered with a photo by the branch, and closed', async () => {
    const enforcer = await shared.phone('enforcer')
    await enforcer.open('pages/home/index')
    await button(enforcer, '超标线索').click()
    await button(enforcer, '登记').click()
    await choice(enforcer, '自动监控').click()
    await field(enforcer, '企业名称').fill(FIRM)
    await turn(enforcer, /在哪个区县/, '铁西区')
    await field(enforcer, '排放口').fill('热处理废气排放口')
    await field(enforcer, '污染物').fill('颗粒物')
    await field(enforcer, '监测值').fill('41.2')
    await field(enforcer, '限值').fill('30')
    await button(enforcer, '超标日期').click()
    await enforcer.page.getByRole('button', { name: '确定' }).click()
    await button(enforcer, '超标时刻').click()
    await enforcer.page.getByRole('button', { name: '确定' }).click()
    await enforcer.picture('journey-lead-new')
    // Tapped twice, there once.
    await button(enforcer, '登记').dblclick()
    await enforcer.front().getByText('41.2 mg/m³，限值 30 mg/m³').waitFor()
    await button(enforcer, '移交分局').click()
    await enforcer.front().getByText('待核查').waitFor()
    await enforcer.picture('journey-lead-sent')

    await shared.s.w.drainJobs()
    const officer = await shared.phone('officer')
    await officer.open('pages/messages/index')
    await officer
      .front()
      .getByText(new RegExp(`超标线索待核查：${FIRM}`))
      .click()
    await button(officer, '反馈核查结果').click()
    await choice(officer, '监测设备故障').click()
    await field(officer, '核查情况').fill('现场比对监测达标，在线设备探头积灰。')
    await button(officer, '反馈').click()
    await officer.front().getByText('请至少附一张现场照片').waitFor()
    const [chooser] = await Promise.all([
      officer.page.waitForEvent('filechooser'),
      (async () => {
        await button(officer, '加照片').click()
        const asked = officer.page.getByRole('dialog', { name: '用之前，请您同意' })
        await asked.getByRole('button', { name: '同意', exact: true }).click()
      })(),
    ])
    await chooser.setFiles([photo])
    await officer.front().getByText('已上传').waitFor()
    await officer.picture('journey-lead-answer')
    await button(officer, '反馈').dblclick()
    await officer.front().getByText('已反馈').first().waitFor()
    await ready(officer)
    await officer.picture('journey-lead-answered')

    await enforcer.relaunch('enforcement/leads/index?view=answered')
    await button(enforcer, new RegExp(FIRM)).click()
    await enforcer.front().getByText('现场比对监测达标，在线设备探头积灰。').waitFor()
    await button(enforcer, '办结').click()
    await enforcer.front().getByText('已办结').first().waitFor()
    await enforcer.picture('journey-lead-closed')
    const { items } = await (await shared.s.w.as('enforcer')).call('lead.list', { q: FIRM })
    assert.deepEqual(
      items.map(({ state, outcome }) => [state, outcome]),
      [['closed', 'equipment']],
    )
  })

  it('several are chosen and sent together', async () => {
    const enforcer = await shared.phone('enforcer')
    await enforcer.open('enforcement/leads/index?view=new')
    await ready(enforcer)
    await enforcer.front().getByRole('checkbox').first().click()
    await button(enforcer, '全选').click()
    await enforcer.picture('journey-leads-chosen')
    await button(enforcer, '移交分局').click()
    await enforcer.page.getByRole('button', { name: '移交', exact: true }).click()
    await enforcer.front().getByText('这里没有线索').waitFor()
  })
})
