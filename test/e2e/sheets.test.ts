import { strict as assert } from 'node:assert'
import { checkCharacter } from '../../src/people/creditCode.js'
import { button, openStage, type Stage } from './stage.js'

describe('a service sheet, clicked', function () {
  this.timeout(240_000)
  let s: Stage
  before(async () => {
    s = await openStage()
  })
  after(() => s.stop())

  it('is issued by the officer, brings the firm to its project, and is confirmed by it', async () => {
    const clerk = await s.w.as('clerk')
    const { posts } = await (await s.w.as('officer')).call('session.me', {})
    const line = { book: 'local' as const, name: '演示·热处理线改造', builderName: '演示·星河齿轮（沈阳）有限公司' }
    const made = await clerk.call('project.create', {
      ...line,
      careLevel: 'own',
      documentType: 'form',
      districtCode: '210106',
    })
    await clerk.call('project.assign', { id: made.id, officerPostId: posts[0]?.id ?? '' })

    const officer = await s.phone('officer')
    await officer.open(`pages/project/index?id=${made.id}`)
    await button(officer, /环评审批服务单/).click()
    await button(officer, '出具服务单').click()
    await officer.page.getByLabel('给企业的嘱咐').fill('先把总量指标落实了再报')
    await officer.page.getByRole('dialog').getByRole('button', { name: '出具' }).dblclick()
    await officer.front().getByText('先把总量指标落实了再报').waitFor()
    await s.w.drainJobs()
    await officer.page.reload()
    await button(officer, /打开PDF/).waitFor()
    await officer.picture('sheet-issued')
    const issued = await (await s.w.as('officer')).call('project.sheet', { id: made.id })
    assert.equal(issued.editions.length, 1, 'tapped twice, issued once')

    const firm = await s.phone('enterprise')
    const scene = (issued.sheet?.code?.text ?? '').replaceAll('-', '')
    await firm.open(`pages/bind/index?scene=${scene}`)
    await firm.front().getByText('演示·热处理线改造').waitFor()
    await firm.picture('sheet-bind')
    await button(firm, '申请绑定').click()
    await firm.page.getByRole('button', { name: '知道了' }).click()
    await firm.front().getByText('待确认').waitFor()

    // Somebody who has read the builder's name off the code, and registered a firm under it.
    const thief = await s.w.as('thief')
    const first17 = '91210100TEXT70001'
    const creditCode = first17 + checkCharacter(first17)
    const { enterprise } = await thief.call('enterprise.join', { creditCode, name: line.builderName })
    const forged = await thief.call('project.bind', { code: scene, enterpriseId: enterprise.id })

    await officer.open(`pages/project/index?id=${made.id}`)
    await button(officer, /企业申请绑定/).click()
    await officer.front().getByText('名称一致').waitFor()
    await officer.front().getByText('名称由申请人填写，待核实').waitFor()
    await officer.front().getByText('申请人还没有核实为这家企业的人').waitFor()
    await officer.picture('sheet-confirm-forged')
    await (await s.w.as('officer')).call('project.refuseBind', { id: forged.id, reason: '信用代码不对' })
    await officer.open(`pages/project/index?id=${made.id}`)
    await button(officer, /企业申请绑定/).click()
    await officer.front().getByText('名称一致').waitFor()
    await officer.picture('sheet-confirm')
    await button(officer, /确认绑定/).click()
    await officer.page.getByRole('button', { name: '是，确认' }).click()
    await officer.front().getByText('没有等您确认的绑定申请').waitFor()

    await firm.open(`pages/sheet/index?id=${made.id}`)
    await button(firm, '确认收到').click()
    await firm
      .front()
      .getByText(/企业已确认收到/)
      .waitFor()
    await firm.picture('sheet-received')
    const read = await (await s.w.as('officer')).call('project.read', { id: made.id })
    assert.equal(read.enterprise?.name, '演示·星河齿轮（沈阳）有限公司')
    for (const phone of [officer, firm]) assert.deepEqual([phone.errors, phone.refused], [[], []])
  })
})
