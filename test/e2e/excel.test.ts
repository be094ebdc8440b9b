/** Excel in the mini-program: a list taken out, and a ledger brought in, with clicks. */
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { readXlsx } from 'hucre/xlsx'
import { Project } from '../../src/projects/project.js'
import { officeLedger } from '../excel/ledger.js'
import { openStage, type Phone, ready, type Stage } from './stage.js'

describe('Excel in the mini-program', () => {
  let s: Stage
  let drain: NodeJS.Timeout
  before(async function () {
    this.timeout(300_000)
    s = await openStage()
    let last: Promise<unknown> = Promise.resolve()
    // The worker's part, which the tests' service leaves out.
    drain = setInterval(() => {
      last = last.then(() => s.w.drainJobs())
    }, 300)
  })
  after(async () => {
    clearInterval(drain)
    await s.stop()
  })

  const button = (phone: Phone, name: string) => phone.front().getByRole('button', { name, exact: true })
  const chosen = async (phone: Phone, name: string, bytes: Buffer, isFirst = false) => {
    const [chooser] = await Promise.all([
      phone.page.waitForEvent('filechooser'),
      (async () => {
        await button(phone, name).click()
        if (isFirst) await phone.page.getByRole('button', { name: '同意', exact: true }).click()
      })(),
    ])
    await chooser.setFiles({
      name: '台账.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: bytes,
    })
  }

  it('a supervisor takes the list of cases out: the workbook holds what the list shows', async () => {
    const phone = await s.phone('supervisor')
    await phone.open('pages/cases/index')
    await ready(phone)
    const [download] = await Promise.all([phone.page.waitForEvent('download'), button(phone, '导出 Excel').click()])
    assert.match(download.suggestedFilename(), /\.xlsx$/)
    const { sheets } = await readXlsx(readFileSync(await download.path()))
    assert.ok((sheets[0]?.rows.length ?? 0) > 2)
    await phone
      .front()
      .getByText(/^共 \d+ 条$/)
      .waitFor()
    await phone.picture('excel-export')
    await phone.context.close()
  })

  it('tips, rewards and leads go out as they are listed, and no workbook says who informed', async () => {
    for (const [person, path] of [
      ['enforcer', 'enforcement/tips/index?view=all'],
      ['enforcer', 'enforcement/leads/index?view=all'],
      ['rewardhandler', 'enforcement/rewards/index?view=all'],
    ] as const) {
      const phone = await s.phone(person)
      await phone.open(path)
      await ready(phone)
      const [download] = await Promise.all([phone.page.waitForEvent('download'), button(phone, '导出 Excel').click()])
      const { sheets } = await readXlsx(readFileSync(await download.path()))
      const rows = sheets[0]?.rows ?? []
      assert.ok(rows.length > 4, path)
      assert.doesNotMatch(JSON.stringify(rows), /1541000|2101061990|演示银行/)
      await phone
        .front()
        .getByText(/^共 \d+ 条$/)
        .waitFor()
      await phone.picture(`excel-${path.split('/')[1]}`)
      await phone.context.close()
    }
  })

  it('a clerk brings a ledger in: checked, reported, mended, imported', async () => {
    const count = () => s.w.service.house.ds.manager.count(Project)
    const before = await count()
    const phone = await s.phone('clerk')
    await phone.open('supervisor/import/index')
    await ready(phone)
    await chosen(phone, '选文件', await officeLedger(20, [{ line: 4, header: '环评类别', value: '报告单' }]), true)
    await phone.front().getByText('有 1 处要改，什么都没有导入').waitFor()
    await phone
      .front()
      .getByText(/K8：请填其中一个/)
      .waitFor()
    await phone.picture('excel-import-report')
    const [report] = await Promise.all([
      phone.page.waitForEvent('download'),
      phone.front().getByText('打开报告').click(),
    ])
    assert.match(report.suggestedFilename(), /\.xlsx$/)
    await chosen(phone, '换一个文件', await officeLedger(20))
    await phone.front().getByText('检查过了，没有问题').waitFor()
    assert.equal(await count(), before)
    await phone.picture('excel-import-checked')
    await phone.front().getByText('导入', { exact: true }).click()
    await phone.page.getByText('现在导入？').waitFor()
    await phone.page.getByRole('button', { name: '导入', exact: true }).last().click()
    await phone.front().getByText('已经导入').waitFor()
    assert.equal(await count(), before + 20)
    await phone.picture('excel-import-done')
    await phone.context.close()
  })
})
