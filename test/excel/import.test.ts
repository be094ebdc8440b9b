/** Ledgers in Excel come in whole or not at all, and every wrong cell is named. */
import assert from 'node:assert/strict'
import { readXlsx } from 'hucre/xlsx'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { columnName } from '../../src/excel/reading.js'
import { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { project, staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'
import { officeHeaders, officeLedger, rowOf, thirtyFaults } from './ledger.js'
import { exported, fileOf, importFile, importLedger } from './sending.js'

const COUNT = 5000

for (const database of databaseNames) {
  describe(`importing ledgers, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    const count = () => w.service.house.ds.manager.count(Project)
    before(async () => {
      w = await world(database, { env: { LOG_LEVEL: 'warn' } })
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    it('5 000 lines with 30 wrong cells: the report names the 30, and nothing is imported', async () => {
      const run = await importLedger(w, clerk.caller, await officeLedger(COUNT, thirtyFaults), { isDryRun: false })
      assert.equal(run.state, 'faulty')
      if (run.counts?.faults !== 30) console.log(run)
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
      const startedAt = performance.now()
      const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      console.log(database, Math.round(performance.now() - startedAt), Math.round(process.memoryUsage().rss / 1e6))
      assert.equal(run.state, 'done', run.message ?? '')
      assert.deepEqual(run.counts, { lines: COUNT, created: COUNT, updated: 0, unchanged: 0, faults: 0 })
      assert.equal(await count(), COUNT)
      const entries = await w.service.house.ds.manager.count(AuditEntry)
      const again = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
      assert.deepEqual(again.counts, { lines: COUNT, created: 0, updated: 0, unchanged: COUNT, faults: 0 })
      // The three entries are the run's own.
      assert.equal(await w.service.house.ds.manager.count(AuditEntry), entries + 3)
    })
  })
}
