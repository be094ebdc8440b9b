/** Exceedances in Excel come in whole or not at all, and again without a change nothing happens. */
import assert from 'node:assert/strict'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import type { Api } from '../../src/contract.js'
import { columnName } from '../../src/excel/reading.js'
import { REFUSALS } from '../../src/excel/refusals.js'
import { Lead } from '../../src/leads/lead.js'
import type { Cell } from '../excel/ledger.js'
import { exported, fileOf } from '../excel/sending.js'
import { firm, staff, type StaffMember } from '../factories.js'
import { upload } from '../files/upload.js'
import { type World, world } from '../world.js'

const COUNT = 300
const headers = [
  '序号',
  '平台线索编号',
  '*排污单位名称',
  '所在区县',
  '属地分局',
  '监控点名称',
  '超标因子',
  '折算浓度',
  '标准限值',
  '单位',
  '监测时间',
  '信用代码',
  '备注',
]
const TITLES = 2
const rowOf = (line: number) => TITLES + 2 + line

/** The same hour, as people and platforms write it. */
const hours: readonly ((day: number) => Cell)[] = [
  (day) => `2026-11-${day} 09:30`,
  (day) => new Date(Date.UTC(2026, 10, day, 9, 30)),
  (day) => `2026年11月${day}日9时30分`,
  (day) => `2026/11/${day} 9:30:00`,
]

const line = (n: number): Cell[] => [
  n + 1,
  n % 3 === 0 ? `YZ2026-${String(n).padStart(5, '0')}` : null,
  `测试·第${n}号热力有限公司`,
  ['铁西区', '浑南', '沈阳市法库县'][n % 3] ?? null,
  null,
  `${(n % 4) + 1}号锅炉排口`,
  ['氮氧化物', '二氧化硫', '颗粒物'][n % 3] ?? null,
  n % 2 === 0 ? 120.5 + n : `${130 + n}`,
  100,
  'mg/m³',
  hours[n % hours.length]?.(10 + (n % 10)) ?? null,
  null,
  n % 5 === 0 ? '平台预警，企业尚未标记' : null,
]

interface Planted {
  line: number
  header: string
  value: Cell
}

async function sheet(count: number, planted: readonly Planted[] = [], more: readonly Cell[][] = []): Promise<Buffer> {
  const lines = Array.from({ length: count }, (_, n) => line(n))
  for (const { line: n, header, value } of planted) {
    const cells = lines[n]
    if (cells) cells[headers.indexOf(header)] = value
  }
  const blank = Array<null>(headers.length - 1).fill(null)
  const rows = [['自动监控超标线索', ...blank], ['导出时间：2026-11-22', ...blank], headers, ...lines, ...more]
  return Buffer.from(await writeXlsx({ sheets: [{ name: '线索', rows }] }))
}

/** Cells that are wrong, each in its own way, and what is said of them. */
const faults: readonly (Planted & { said: RegExp })[] = [
  { line: 2, header: '*排污单位名称', value: null, said: /请填写企业名称/ },
  { line: 5, header: '所在区县', value: '大连市', said: /请填其中一个/ },
  { line: 8, header: '所在区县', value: null, said: /请选择由哪个分局核查/ },
  { line: 11, header: '属地分局', value: '空港分局', said: /没有这个分局/ },
  { line: 14, header: '超标因子', value: null, said: /没有平台编号的，要写污染物和超标时间/ },
  { line: 17, header: '折算浓度', value: '超标两倍', said: /请填数字/ },
  { line: 20, header: '标准限值', value: -1, said: /不能小于 ?0|0/ },
  { line: 23, header: '监测时间', value: '昨天上午', said: /请填日期和时间/ },
  { line: 26, header: '监测时间', value: '2026-11-31 08:00', said: /请填日期和时间/ },
  { line: 29, header: '监测时间', value: '2026-11-24 08:00', said: /不能在现在以后/ },
  { line: 32, header: '监测时间', value: null, said: /没有平台编号的，要写污染物和超标时间/ },
  { line: 35, header: '信用代码', value: '91210100TEXT000019', said: /核对18位代码/ },
  { line: 36, header: '平台线索编号', value: 'YZ2026-00033', said: /和第 37 行是同一条超标/ },
  { line: 200, header: '*排污单位名称', value: '长'.repeat(101), said: /100/ },
]

/** On the embedded database alone: reading and checking is not its business, and storing is tried in leads.test.ts. */
describe('importing leads', function () {
  this.timeout(120_000)
  let w: World
  let enforcer: StaffMember
  const count = () => w.service.house.ds.manager.count(Lead)
  before(async () => {
    w = await world('embedded', { at: '2026-11-23T10:00:00+08:00' })
    enforcer = await staff(w, { role: 'enforcer', unitId: 'enforcement' })
  })
  after(() => w.stop())

  type Options = Omit<Api['lead.import']['input'], 'fileId'>
  const send = async (bytes: Buffer, options: Options = { source: 'monitor', isDryRun: false }) => {
    const { status, body } = await upload(w, enforcer.caller, bytes, { name: '线索.xlsx' })
    assert.equal(status, 200, JSON.stringify(body))
    const { id } = await enforcer.caller.call('lead.import', { fileId: body.id, ...options })
    await w.drainJobs()
    return enforcer.caller.call('excel.read', { id })
  }

  it('with wrong cells the report names each, and nothing is imported', async () => {
    const run = await send(await sheet(COUNT, faults))
    assert.deepEqual([run.state, run.counts?.faults], ['faulty', faults.length], run.message ?? '')
    assert.equal(await count(), 0)
    const report = await readXlsx(await fileOf(w, run))
    const told = report.sheets[0]?.rows.slice(2) ?? []
    assert.deepEqual(
      told.map(([cell]) => cell),
      faults.map(({ line: n, header }) => `${columnName(headers.indexOf(header))}${rowOf(n)}`),
    )
    for (const [n, { said }] of faults.entries()) assert.match(String(told[n]?.[4]), said)
    assert.equal(report.sheets[1]?.name, '超标线索（标出问题）')
  })

  it('mended, it imports what was meant; again without a change, nothing happens', async () => {
    const { creditCode, id: enterpriseId } = await firm(w, { districtCode: '210112' })
    const known = { header: '信用代码', value: creditCode }
    const bytes = await sheet(COUNT, [
      { line: 1, ...known },
      { line: 1, header: '所在区县', value: null },
      { line: 4, header: '属地分局', value: '铁西分局' },
    ])
    const trial = await send(bytes, { source: 'monitor' })
    assert.deepEqual([trial.state, trial.counts?.created, await count()], ['done', COUNT, 0], trial.message ?? '')
    const run = await send(bytes)
    assert.deepEqual(run.counts, { lines: COUNT, created: COUNT, updated: 0, unchanged: 0, faults: 0 })
    const byFirm = (n: number) =>
      w.service.house.ds.manager.findOneByOrFail(Lead, { firmName: `测试·第${n}号热力有限公司` })
    for (const n of [0, 1, 2, 3]) {
      const { exceededAt, value, limitValue, measure, source, state } = await byFirm(n)
      const day = String(10 + (n % 10))
      assert.deepEqual(
        [exceededAt?.toISOString(), value, limitValue, measure, source, state],
        [`2026-11-${day}T01:30:00.000Z`, String(n % 2 === 0 ? 120.5 + n : 130 + n), '100', 'mg/m³', 'monitor', 'new'],
      )
    }
    const first = await byFirm(1)
    assert.deepEqual([first.enterpriseId, first.unitId, (await byFirm(4)).unitId], [enterpriseId, 'hunnan', 'tiexi'])

    const { id } = await byFirm(2)
    await enforcer.caller.call('lead.send', { ids: [id], unitId: 'heping' })
    const entries = await w.service.house.ds.manager.count(AuditEntry)
    const again = await send(bytes)
    assert.deepEqual(again.counts, { lines: COUNT, created: 0, updated: 0, unchanged: COUNT, faults: 0 })
    // The three entries are the run's own.
    assert.equal(await w.service.house.ds.manager.count(AuditEntry), entries + 3)
  })

  it('a change in the sheet is a change of the lead, but not of one that was sent', async () => {
    const before = await count()
    const changed = (n: number) => ({ line: n, header: '折算浓度', value: 999 })
    const run = await send(await sheet(10, [changed(3), { line: 1, header: '所在区县', value: null }]))
    assert.deepEqual(run.counts, { lines: 10, created: 0, updated: 1, unchanged: 9, faults: 0 }, run.message ?? '')
    const row = await w.service.house.ds.manager.findOneByOrFail(Lead, { reference: 'YZ2026-00003' })
    assert.equal(row.value, '999')
    const sent = await send(await sheet(10, [changed(2), changed(6)]))
    assert.deepEqual([sent.state, sent.counts?.faults], ['faulty', 1])
    assert.match(sent.message ?? '', /已经移交，不能再改/)
    assert.equal(await count(), before)
    assert.equal((await w.service.house.ds.manager.findOneByOrFail(Lead, { id: row.id })).version, row.version)
  })

  it('a table of something else is refused, and what somebody told of is written down one by one', async () => {
    const rows = [
      ['项目名称', '建设单位'],
      ['甲', '乙'],
    ]
    const other = await send(Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows }] })))
    assert.deepEqual([other.state, other.message], ['refused', REFUSALS.noLeads])
    const tip = [
      ['来源', '企业名称', '污染物'],
      ['举报转核查', '测试·甲', '氨氮'],
    ]
    const told = await send(Buffer.from(await writeXlsx({ sheets: [{ name: '线索', rows: tip }] })))
    assert.match(told.message ?? '', /A2：举报转核查的，请在系统里逐条登记/)
  })

  it('goes out as its reader’s list shows it: to a branch its own, with what it found', async () => {
    const leader = await staff(w, { role: 'leader', unitId: 'heping' })
    const own = await exported(w, leader.caller, 'lead.export', {})
    const [, , ...lines] = (await readXlsx(own.bytes)).sheets[0]?.rows ?? []
    assert.deepEqual(
      lines.map((cells) => cells[4]),
      ['测试·第2号热力有限公司'],
    )
    const { run } = await exported(w, enforcer.caller, 'lead.export', { states: ['new'] })
    assert.equal(run.done, COUNT - 1)
  })
})
