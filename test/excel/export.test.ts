/** An export holds what the list shows to the same person: whole, typed, and ready to be printed. */
import assert from 'node:assert/strict'
import { readXlsx } from 'hucre/xlsx'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { change } from '../../src/audit/trail.js'
import { ExcelRun } from '../../src/excel/excelRun.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { project, staff, write } from '../factories.js'
import { type Stage, stage } from '../cases/stage.js'
import { exported } from './sending.js'

const sheetOf = async (bytes: Buffer, at = 0) => {
  const sheet = (await readXlsx(bytes, { readStyles: true })).sheets[at]
  assert.ok(sheet)
  return sheet
}

for (const database of databaseNames) {
  describe(`exports, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
      await s.submit({ title: '=HYPERLINK("http://example.cn")' })
      await s.answered({ title: '总量指标怎么办' })
      await project(s.w, { name: '测试·浑南的项目', unitId: 'hunnan', districtCode: '210112' })
    })
    after(() => s.w.stop())

    it('cases: the numbers of the list and no others, typed, frozen and printable', async () => {
      const { run, bytes } = await exported(s.w, s.supervisor.caller, 'case.export', {})
      const { items } = await s.supervisor.caller.call('case.list', { scope: 'all', limit: 100 })
      const sheet = await sheetOf(bytes)
      assert.equal(run.state, 'done')
      assert.match(run.file?.name ?? '', /^企业诉求20261123\.xlsx$/)
      assert.deepEqual(
        sheet.rows.slice(2).map(([number]) => number),
        items.map(({ number }) => number),
      )
      const [, headers, first] = sheet.rows
      const cell = (header: string) => first?.[headers?.indexOf(header) ?? -1]
      assert.deepEqual(sheet.freezePane, { rows: 2 })
      assert.equal(sheet.pageSetup?.orientation, 'landscape')
      assert.match(String(sheet.pageSetup?.printTitlesRow), /1.*2/)
      assert.ok(cell('应办结日') instanceof Date)
      assert.ok(cell('提出时间') instanceof Date)
      assert.equal(cell('类别'), '审批程序咨询')
      assert.ok(sheet.rows.some((row) => row.includes('=HYPERLINK("http://example.cn")')))
      assert.equal([...(sheet.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined).length, 0)
    })

    it('a filter narrows the export as it narrows the list', async () => {
      const { bytes } = await exported(s.w, s.supervisor.caller, 'case.export', { states: ['answered'] })
      assert.deepEqual(
        (await sheetOf(bytes)).rows.slice(2).map((row) => row[3]),
        ['总量指标怎么办'],
      )
    })

    it("a leader's ledger is the branch's; persons are masked as on the page", async () => {
      const clerk = await staff(s.w, { role: 'clerk', unitId: 'approval' })
      await clerk.caller.call('project.update', { id: s.projectId, contactName: '王小明', contactPhone: '13800001234' })
      const { bytes } = await exported(s.w, s.leader.caller, 'project.export', {})
      const { rows } = await sheetOf(bytes)
      const { items } = await s.leader.caller.call('project.list', { limit: 100 })
      const at = (header: string) => rows[1]?.indexOf(header) ?? -1
      assert.deepEqual(
        rows.slice(2).map((row) => row[at('项目名称')]),
        items.map(({ name }) => name),
      )
      assert.ok(!rows.some((row) => row.includes('测试·浑南的项目')))
      assert.deepEqual([rows[2]?.[at('联系人')], rows[2]?.[at('联系电话')]], ['王*', '138****1234'])
      assert.equal(rows[2]?.[at('包保专员')], s.officer.name)
    })

    it('visits, the rejection register and the 41 tasks', async () => {
      const visits = await exported(s.w, s.supervisor.caller, 'visit.export', {})
      assert.equal(visits.run.state, 'done')
      const { id } = await s.signed({ title: '不归我们管的事' })
      await s.officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '=请向市场监管部门反映' })
      await s.leader.caller.call('case.agreeDecline', { id })
      const register = await exported(s.w, s.leader.caller, 'rejection.export', {})
      const { rows } = await sheetOf(register.bytes)
      assert.equal(rows.length, 3)
      assert.ok(rows[2]?.includes('=请向市场监管部门反映'))
      const tasks = await exported(s.w, s.supervisor.caller, 'indicator.export', {})
      assert.equal(tasks.run.done, 41)
      const { items } = await s.supervisor.caller.call('indicator.list', {})
      assert.deepEqual(
        (await sheetOf(tasks.bytes)).rows.slice(2).map(([no, , , task]) => [no, task]),
        items.map(({ no, task }) => [no, task]),
      )
      const figures = (await sheetOf(tasks.bytes, 1)).rows.slice(2)
      assert.equal(figures.length, items.flatMap(({ metrics }) => metrics).length)
    })

    it('is on record with who asked and for what, without the search text', async () => {
      const { run } = await exported(s.w, s.supervisor.caller, 'case.export', {
        category: 'procedure',
        q: '13812345678',
      })
      const entries = await s.w.service.house.ds.manager.find(AuditEntry, {
        where: { subjectKind: 'excelRun', subjectId: run.id },
        order: { seq: 'ASC' },
      })
      assert.equal(entries[0]?.verb, 'case.export')
      assert.equal(entries[0]?.actorId, s.supervisor.personId)
      assert.match(entries[0]?.changes ?? '', /"category":"procedure"/)
      assert.doesNotMatch(JSON.stringify(entries), /13812345678/)
      const proof = await s.supervisor.caller.call('audit.verify', { subjectKind: 'excelRun', subjectId: run.id })
      assert.deepEqual(proof.findings, [])
    })

    it('is seen by nobody else, and an officer or a firm may not ask for one', async () => {
      const { run } = await exported(s.w, s.supervisor.caller, 'case.export', {})
      assert.equal((await s.leader.caller.try('excel.read', { id: run.id })).status, 404)
      assert.equal((await s.officer.caller.try('case.export', {})).status, 403)
      assert.equal((await s.asker.try('case.export', {})).status, 403)
      const mine = await s.supervisor.caller.call('excel.list', { verb: 'case.export' })
      assert.equal(mine.items[0]?.id, run.id)
    })

    it('whose post is taken away meanwhile gets nothing', async () => {
      const gone = await staff(s.w, { role: 'supervisor', unitId: 'approval' })
      const { id } = await gone.caller.call('case.export', {})
      await write(s.w, async (db) => {
        const post = await db.findOneByOrFail(Post, { id: gone.postId })
        await change(db, Post, post, { isActive: false })
      })
      await s.w.drainJobs()
      const run = await s.w.service.house.ds.manager.findOneByOrFail(ExcelRun, { id })
      assert.deepEqual([run.state, run.fileId], ['failed', null])
    })

    it('at most three at a time for one person', async () => {
      for (let n = 0; n < 3; n += 1) await s.supervisor.caller.call('case.export', {})
      const { status, body } = await s.supervisor.caller.try('case.export', {})
      assert.equal(status, 409)
      assert.match(body.title, /等一等/)
      await s.w.drainJobs()
    })

    it('the file is gone after a week, the record stays', async () => {
      const { run } = await exported(s.w, s.supervisor.caller, 'case.export', {})
      s.w.turnTo('2026-12-02T10:00:00+08:00')
      await s.w.drainJobs()
      const { manager } = s.w.service.house.ds
      assert.equal(await manager.countBy(StoredFile, { ownerKind: 'excel' }), 0)
      const later = await s.supervisor.caller.call('excel.read', { id: run.id })
      assert.deepEqual([later.state, later.file], ['done', null])
    })
  })
}
