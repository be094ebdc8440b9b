import { strict as assert } from 'node:assert'
import { fileURLToPath } from 'node:url'
import { button, openStage, type Phone, ready, type Stage } from './stage.js'

const dialog = (phone: Phone, name: string) => phone.page.getByRole('dialog', { name })
/** Of the sheet that is open. */
const inDialog = (phone: Phone, name: string, word: string) =>
  dialog(phone, name).getByRole('button', { name: word, exact: true })

const photo = fileURLToPath(new URL('../../seeds/demo/photo-plant.png', import.meta.url))

describe('what an enterprise does beside the main journeys, clicked', function () {
  this.timeout(300_000)
  let s: Stage
  const phones: Phone[] = []
  const phone = async (person: string) => {
    const opened = await s.phone(person)
    phones.push(opened)
    return opened
  }

  before(async () => {
    s = await openStage()
  })
  after(() => s.stop())
  afterEach(async function () {
    const heard = phones.splice(0)
    if (this.currentTest?.state === 'failed') await Promise.all(heard.map((one, at) => one.picture(`failed-ent-${at}`)))
    await Promise.all(heard.map(({ context }) => context.close()))
    // Also nothing is asked in vain: not even at the very first start, before anybody has logged in.
    assert.deepEqual(
      heard.map(({ errors, refused, badAnswers }) => ({ errors, refused, badAnswers })),
      heard.map(() => ({ errors: [], refused: [], badAnswers: [] })),
    )
  })

  it('a newcomer joins a firm, is verified, leaves it, and may ask again', async () => {
    const visitor = await phone('visitor-joins')
    await visitor.open('pages/home/index')
    await button(visitor, '加入企业').click()
    await visitor.front().getByLabel('统一社会信用代码').fill('9121 0100 dem0 0001 4a')
    await visitor.front().getByLabel('您的职务，可以不写').fill('安环部长')
    await button(visitor, '申请加入').click()
    await visitor.front().getByText('待核实', { exact: true }).waitFor()
    await visitor.picture('firm-pending')

    const clerk = await s.w.as('clerk')
    const asked = (await clerk.call('enterprise.members', { limit: 100 })).items.find(
      ({ title }) => title === '安环部长',
    )
    assert.equal(asked?.enterprise.name, '演示·星河齿轮（沈阳）有限公司')
    await s.w.drainJobs()
    const staff = await phone('clerk')
    await staff.open('pages/messages/index')
    await button(staff, /有人申请加入企业/)
      .first()
      .click()
    // Somebody else's wish to join is opened where it is decided on.
    await staff
      .front()
      .getByText(/安环部长/)
      .waitFor()
    assert.match(staff.page.url(), /officer\/members\/index/)
    await clerk.call('enterprise.verifyMember', { id: asked.id })
    await s.w.drainJobs()

    await visitor.relaunch('pages/messages/index')
    await button(visitor, /您已通过企业成员核实/).click()
    await visitor.front().getByText('已核实', { exact: true }).waitFor()
    await button(visitor, /^退出/).click()
    await inDialog(visitor, '退出这家企业？', '退出').click()
    await visitor.front().getByText('已退出', { exact: true }).waitFor()
    await visitor.picture('firm-left')
    await button(visitor, /再次申请加入/).click()
    assert.equal(await visitor.front().getByLabel('统一社会信用代码').inputValue(), '91210100DEM000014A')
    await button(visitor, /^申请加入$/).click()
    await visitor.front().getByText('待核实', { exact: true }).waitFor()
    const { items } = await (await s.w.as('visitor-joins')).call('enterprise.mine', {})
    assert.deepEqual(
      items.map(({ id, state }) => [id, state]),
      [[asked.id, 'pending']],
    )
  })

  it('a phone number is asked for while asking for help, with consent, and need not be given', async () => {
    const visitor = await phone('visitor-calls')
    await visitor.open('pages/help/index')
    await visitor
      .front()
      .getByRole('radio', { name: /别的事/ })
      .click()
    await visitor.front().getByLabel('用一句话说').fill('食堂油烟要不要装净化器')
    await visitor.front().getByLabel('详细情况').fill('厂里食堂两个灶头，请问油烟净化器怎么选、要不要报。')
    const give = button(visitor, '用微信手机号')
    // No to the privacy guide: nothing is taken, and the way on stays open.
    await give.click()
    await inDialog(visitor, '用之前，请您同意', '不同意').click()
    await visitor.front().getByText('没关系，不留也能提交').waitFor()
    await give.click()
    await inDialog(visitor, '用之前，请您同意', '同意').click()
    const asked = dialog(visitor, '申请获取并验证你的手机号')
    await asked.getByLabel('手机号').fill('13912345678')
    await visitor.picture('phone-asked')
    await asked.getByRole('button', { name: '允许', exact: true }).click()
    await give.waitFor({ state: 'detached' })
    await button(visitor, '提交').click()
    await visitor.front().getByText('收到了').waitFor()
    const caller = await s.w.as('visitor-calls')
    assert.equal((await caller.call('session.me', {})).phone, '139****5678')
    assert.equal((await caller.call('case.list', {})).items.length, 1)
  })

  it('a case is urged, supplied, asked again when the answer did not help, and withdrawn', async () => {
    const [api, officer] = [await s.w.as('enterprise'), await s.w.as('officer')]
    const project = (await api.call('project.list', {})).items[0]
    assert.ok(project)
    const { id } = await api.call('case.submit', {
      category: 'procedure',
      title: '废气排口位置能不能改',
      text: '原来定在东侧，想改到北侧。',
      projectId: project.id,
    })
    const stateNow = async () => (await api.call('case.read', { id })).state
    const firm = await phone('enterprise')
    await firm.open(`pages/case/index?id=${id}`)
    await button(firm, '催一下').click()
    await firm.front().getByRole('textbox', { name: '催一下' }).fill('下周就要打基础了')
    await firm.front().locator('.send').getByRole('button').click()
    await firm.front().getByText('下周就要打基础了').waitFor()
    // Once a working day: the button is gone.
    assert.equal(await button(firm, '催一下').count(), 0)

    await officer.call('case.sign', { id })
    await officer.call('case.askMore', { id, text: '请补一张厂区平面图' })
    await firm.relaunch(`pages/case/index?id=${id}`)
    await firm.front().getByText('请补一张厂区平面图').waitFor()
    await button(firm, '补充材料').click()
    await firm.front().getByRole('textbox', { name: '补充材料' }).fill('平面图在附件里')
    const [chooser] = await Promise.all([
      firm.page.waitForEvent('filechooser'),
      (async () => {
        await button(firm, '加照片').click()
        await inDialog(firm, '用之前，请您同意', '同意').click()
      })(),
    ])
    await chooser.setFiles([photo])
    await firm.front().getByText('已上传').waitFor()
    await firm.front().locator('.send').getByRole('button').click()
    await firm.front().getByText('平面图在附件里').waitFor()
    await firm.picture('case-supplied')
    const supplied = await api.call('case.read', { id })
    assert.deepEqual([supplied.state, supplied.files.length], ['handling', 1])

    await officer.call('case.answer', { id, text: '可以改，改后重新核一下距离。' })
    await firm.relaunch(`pages/case/index?id=${id}`)
    await button(firm, '没解决，再提').click()
    await firm.front().getByRole('textbox', { name: '没解决，再提' }).fill('距离怎么核没有说')
    await firm.front().locator('.send').getByRole('button').click()
    await firm.front().getByText('距离怎么核没有说').waitFor()
    assert.ok(['assigned', 'handling'].includes(await stateNow()))

    await button(firm, '更多办法').click()
    await inDialog(firm, '更多办法', '撤回').click()
    await firm.front().getByRole('textbox', { name: '撤回' }).fill('已经自己核好了')
    await firm.front().locator('.send').getByRole('button').click()
    await firm.front().getByText('已撤回').first().waitFor()
    await firm.picture('case-withdrawn')
    assert.equal(await stateNow(), 'withdrawn')
  })

  it('a visit is agreed to, then declined for the month, and wished for again', async () => {
    const api = await s.w.as('enterprise')
    const offered = (await api.call('visit.list', { states: ['offered'] })).items[0]
    assert.ok(offered)
    const mine = async () => (await api.call('visit.read', { id: offered.id })).firms[0]
    const firm = await phone('enterprise')
    await firm.open('pages/visits/index')
    await button(firm, /等您答复/)
      .first()
      .click()
    await button(firm, '同意上门').click()
    await firm
      .front()
      .getByText(/同意上门$/)
      .waitFor()
    assert.equal((await mine())?.state, 'consented')

    await button(firm, '又不方便了，改为谢绝').click()
    const sheet = dialog(firm, '谢绝上门服务')
    await sheet.getByRole('radio', { name: /这个月都不用/ }).click()
    await sheet.getByLabel('谢绝的原因，可以不写').fill('这个月停产检修')
    await firm.picture('visit-decline')
    await sheet.getByRole('button', { name: '谢绝', exact: true }).click()
    await firm
      .front()
      .getByText(/谢绝：/)
      .waitFor()
    const declined = await mine()
    assert.deepEqual(
      [declined?.state, declined?.declinedHow, declined?.reason],
      ['declined', 'thisMonth', '这个月停产检修'],
    )

    await firm.relaunch('pages/visits/index')
    await button(firm, '现在需要，恢复上门').click()
    await button(firm, '现在需要，恢复上门').waitFor({ state: 'detached' })
    const { items } = await api.call('visit.counter', {})
    assert.deepEqual(
      items.flatMap(({ pauses }) => pauses),
      [],
    )
  })

  it('one sees, takes along and erases what is kept of oneself', async () => {
    const api = await s.w.as('visitor-goes')
    await api.call('person.update', { name: '要走的人' })
    await api.call('person.bindPhone', { code: 'phone:13711112222' })
    await api.call('case.submit', { category: 'suggestion', title: '窗口多放两把椅子', text: '排队的人多，站着累。' })
    const visitor = await phone('visitor-goes')
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await visitor.open('pages/help/index')
    await visitor
      .front()
      .getByRole('radio', { name: /别的事/ })
      .click()
    await visitor.front().getByLabel('用一句话说').fill('没写完的话')
    await visitor.relaunch('pages/data/index')
    await visitor.front().getByText('要走的人', { exact: true }).waitFor()
    await visitor.front().getByText('13711112222').waitFor()
    await button(visitor, '复制').click()
    await inDialog(visitor, '用之前，请您同意', '同意').click()
    await visitor.page.getByText('内容已复制').waitFor()
    const copied = await visitor.page.evaluate(() => navigator.clipboard.readText())
    assert.deepEqual(
      JSON.parse(copied).sections['本人'].手机号 ?? JSON.parse(copied).sections['本人'].phone,
      '13711112222',
    )

    await button(visitor, '我要注销').click()
    // Nothing happens before the word is written.
    await button(visitor, /^注销$/).click()
    await visitor.front().getByLabel('写注销两个字').fill('注销')
    assert.equal((await api.call('session.me', {})).name, '要走的人')
    await button(visitor, /^注销$/).click()
    await inDialog(visitor, '已经注销', '知道了').click()
    await button(visitor, '加入企业').waitFor()
    await ready(visitor)
    const me = await (await s.w.as('visitor-goes')).call('session.me', {})
    assert.deepEqual([me.name, me.phone], [null, null])
    await visitor.relaunch('pages/help/index')
    await visitor.front().getByText('是哪方面的事？').waitFor()
    assert.equal(await visitor.front().getByText('上次没写完的').count(), 0)
  })
})
