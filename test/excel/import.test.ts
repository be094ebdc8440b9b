/** Ledgers in Excel come in whole or not at all, and every wrong cell is named. */
import assert from 'node:assert/strict'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { columnName } from '../../src/excel/reading.js'
import { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { upload } from '../files/upload.js'
import { project, staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'
import { officeHeaders, officeLedger, rowOf, thirtyFaults } from './ledger.js'
import { exported, fileOf, importFile, importLedger } from './sending.js'

/** The measure of a large ledger on one database; on the other the rules are the same. */
const LARGE = 5000
const SMALL = 500

for (const database of databaseNames) {
  const COUNT = database === 'embedded' ? LARGE : SMALL
  describe(`importing ledgers, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    const count = () => w.service.house.ds.manager.count(Project)
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    it(`${LARGE} lines with 30 wrong cells: the report names the 30, and nothing is imported`, async () => {
      const run = await importLedger(w, clerk.caller, await officeLedger(LARGE, thirtyFaults), { isDryRun: false })
      assert.equal(run.state, 'faulty')
      assert.equal(run.counts?.faults, 30)
      assert.equal(await count(), 0)
      const report = await readXlsx(await fileOf(w, run))
      const named = report.sheets[0]?.rows.slice(2).map(([cell]) => cell)
      const expected = thirtyFaults.map(
        ({ line, header }) => `${columnName(officeHeaders.indexOf(header))}${rowOf(line)}`,
      )
      assert.deepEqual(named, expected)
      for (const [, , , , said] of report.sheets[0]?.rows.slice(2) ?? []) assert.match(String(said), /\p{Script=Han}/u)
    })

    it('mended, it imports; again without a change, nothing happens', async () => {
      const bytes = await officeLedger(COUNT)
      const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      assert.equal(run.state, 'done', run.message ?? '')
      assert.deepEqual(run.counts, { lines: COUNT, created: COUNT, updated: 0, unchanged: 0, faults: 0 })
      assert.equal(await count(), COUNT)
      const entries = await w.service.house.ds.manager.count(AuditEntry)
      const again = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      assert.deepEqual(again.counts, { lines: COUNT, created: 0, updated: 0, unchanged: COUNT, faults: 0 })
      // The three entries are the run's own.
      assert.equal(await w.service.house.ds.manager.count(AuditEntry), entries + 3)
    })

    it('what was meant is what is kept: words, dates, money and texts as offices write them', async () => {
      const [first] = await w.service.house.ds.manager.findBy(Project, { projectCode: '2026-210106-04-01-000005' })
      assert.ok(first)
      const { name, builderName, book, districtCode, unitId, scale } = first
      assert.deepEqual(
        { name, builderName, book, districtCode, unitId, scale },
        {
          name: '测试·第5号项目',
          builderName: '测试·第5号有限公司',
          book: 'foreign',
          districtCode: '210105',
          unitId: 'huanggu',
          scale: '=年产齿轮 120 万件\n-不含电镀',
        },
      )
      assert.equal(first.investmentHundreds, 2500 * 100)
      assert.equal(first.plannedStartOn, '2027-01-06')
    })

    it('a change in the sheet is a change in the ledger, under the name of who sent it', async () => {
      const bytes = await officeLedger(10, [
        { line: 2, header: '环保投资(万元)', value: 999 },
        { line: 2, header: '建设单位名称', value: '测试·改了名的有限公司' },
      ])
      const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      assert.deepEqual(run.counts, { lines: 10, created: 0, updated: 1, unchanged: 9, faults: 0 })
      const row = await w.service.house.ds.manager.findOneByOrFail(Project, { projectCode: '2026-210106-04-01-000002' })
      assert.deepEqual([row.environmentalInvestmentHundreds, row.builderName], [99_900, '测试·改了名的有限公司'])
      const { items } = await clerk.caller.call('project.history', { id: row.id })
      assert.equal(items[0]?.verb, 'project.import')
      assert.equal(items[0]?.by?.name, clerk.name)
      assert.deepEqual(
        items[0]?.changes.map(({ title }) => title).toSorted(),
        ['环保投资（万元）', '建设单位'].toSorted(),
      )
    })

    it('a trial run writes nothing, and the same file is then imported', async () => {
      const before = await count()
      const bytes = await officeLedger(COUNT + 2)
      const { status, body } = await upload(w, clerk.caller, bytes, { name: '台账.xlsx' })
      assert.equal(status, 200)
      const trial = await importFile(w, clerk.caller, body.id)
      assert.deepEqual([trial.isDryRun, trial.state, trial.counts?.created], [true, 'done', 2])
      assert.match(trial.message ?? '', /可以导入：新增 2 个/)
      assert.equal(await count(), before)
      const run = await importFile(w, clerk.caller, body.id, { isDryRun: false })
      assert.deepEqual([run.state, run.counts?.created], ['done', 2])
      assert.equal(await count(), before + 2)
    })

    it('the report, mended in Excel, is imported as it is', async () => {
      const bytes = await officeLedger(3, [{ line: 1, header: '环评类别', value: '报告单' }])
      const faulty = await importLedger(w, clerk.caller, bytes)
      assert.deepEqual([faulty.state, faulty.counts?.faults], ['faulty', 1])
      const book = await readXlsx(await fileOf(w, faulty), { readStyles: true })
      const marked = book.sheets[1]
      assert.ok(marked)
      assert.match(String(marked.rows[3]?.[1]), /K5：请填其中一个：报告书、报告表、登记表/)
      const mended = marked.rows.map((row) => row.map((cell) => (cell === '报告单' ? '报告表' : cell)))
      const sent = Buffer.from(await writeXlsx({ sheets: [{ name: '改好的', rows: mended }] }))
      const run = await importLedger(w, clerk.caller, sent)
      assert.deepEqual([run.state, run.counts?.faults], ['done', 0], run.message ?? '')
    })

    it('two lines of the same project, one by its code and one by its name, are told apart from two projects', async () => {
      const known = await project(w, { book: 'national', projectCode: 'A-1', name: '测试·只有一个' })
      const rows = [
        ['台账类别', '项目代码', '项目名称', '建设单位'],
        ['国家', 'A-1', known.name, known.builderName],
        ['国家', null, known.name, known.builderName],
      ]
      const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows }] }))
      const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      assert.equal(run.state, 'faulty')
      assert.match(run.message ?? '', /C3：和第 2 行是同一个项目/)
    })

    it('a stage moves on as by hand, and where a reason is needed it is refused', async () => {
      const known = await project(w, { book: 'local', projectCode: 'B-1', stage: 'drafting', stageOn: '2026-11-01' })
      const sheet = async (...line: (string | null)[]) => {
        const rows = [['台账类别', '项目代码', '项目名称', '建设单位', '状态', '状态日期'], line]
        return Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows }] }))
      }
      const line = ['地方', 'B-1', known.name, known.builderName]
      const back = await importLedger(w, clerk.caller, await sheet(...line, '暂缓', null), { isDryRun: false })
      assert.match(back.message ?? '', /E2：退回、暂缓和终止要写原因/)
      const on = await importLedger(w, clerk.caller, await sheet(...line, '已报批', '2026.11.20'), { isDryRun: false })
      assert.equal(on.counts?.updated, 1, on.message ?? '')
      const view = await clerk.caller.call('project.read', { id: known.id })
      assert.deepEqual([view.stage, view.stageOn], ['submitted', '2026-11-20'])
      assert.deepEqual(
        view.stages.map(({ stage }) => stage),
        ['drafting', 'submitted'],
      )
      assert.equal(view.stages[1]?.movedBy?.name, clerk.name)
    })

    it('merged cells, a header of two rows, totals and officials by name', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'hunnan', name: '测试·包保专员乙' })
      const rows = [
        ['重大项目台账', null, null, null, null, null],
        ['建设单位', '项目', '投资', null, '包保专员', '所在区县'],
        [null, '项目名称', '总投资（亿元）', '环保投资', null, null],
        ['测试·同一家公司', '测试·合并甲', 1.2, 30, officer.name, '浑南'],
        [null, '测试·合并乙', '5000万元', 40, officer.name, '浑南区'],
        ['合计', null, 1.7, 70, null, null],
      ]
      const merges = [
        { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
        { startRow: 1, startCol: 2, endRow: 1, endCol: 3 },
      ]
      const withCare = rows.map((row, at) => [...row, at === 1 ? '包保层级' : at === 3 || at === 4 ? '本级' : null])
      const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows: withCare, merges }] }))
      const run = await importLedger(w, clerk.caller, bytes, { book: 'local', isDryRun: false })
      assert.deepEqual(run.counts, { lines: 2, created: 2, updated: 0, unchanged: 0, faults: 0 }, run.message ?? '')
      const found = await w.service.house.ds.manager.find(Project, {
        where: { builderName: '测试·同一家公司' },
        order: { name: 'ASC' },
      })
      assert.deepEqual(
        found.map((one) => [one.investmentHundreds, one.officerPostId, one.unitId]).toSorted(),
        [
          [1_200_000, officer.postId, 'hunnan'],
          [500_000, officer.postId, 'hunnan'],
        ].toSorted(),
      )
    })

    it('what is exported, imported again, is no change; emptied and imported, it is the same ledger', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi', name: '测试·包保专员甲' })
      await project(w, {
        name: '-测试·以减号开头',
        builderName: '@测试·建设单位',
        totalQuota: '+1.2 吨',
        scale: '=SUM(A1:A9)\n第二行',
        officerPostId: officer.postId,
        book: 'national',
        investmentHundreds: 123_456_789,
      })
      const mine = { book: ['national' as const], q: '-测试' }
      const first = await exported(w, clerk.caller, 'project.export', mine)
      const again = await importLedger(w, clerk.caller, first.bytes, { isDryRun: false })
      assert.deepEqual(again.counts, { lines: 1, created: 0, updated: 0, unchanged: 1, faults: 0 }, again.message ?? '')
      const { ds } = w.service.house
      await ds.query(`DELETE FROM project WHERE name = '-测试·以减号开头'`)
      const back = await importLedger(w, clerk.caller, first.bytes, { isDryRun: false })
      assert.equal(back.counts?.created, 1, back.message ?? '')
      const second = await exported(w, clerk.caller, 'project.export', mine)
      const linesOf = async (bytes: Buffer) => (await readXlsx(bytes)).sheets[0]?.rows.slice(1)
      assert.deepEqual(await linesOf(second.bytes), await linesOf(first.bytes))
      const text = JSON.stringify(await linesOf(second.bytes))
      for (const said of ['-测试·以减号开头', '@测试·建设单位', '+1.2 吨', '=SUM(A1:A9)\\n第二行', '1234567.89']) {
        assert.ok(text.includes(said), said)
      }
    })

    it('the whole ledger goes out, and comes in again without a change', async () => {
      const { run, bytes } = await exported(w, clerk.caller, 'project.export', {})
      assert.equal(run.done, await count())
      const again = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      const { created, updated, unchanged, faults } = again.counts ?? {}
      assert.deepEqual([created, updated, unchanged, faults], [0, 0, run.done, 0], again.message ?? '')
    })
  })
}
