import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { addDays } from '../../src/calendar/dates.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar } from '../../src/calendar/years.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff, type StaffMember } from '../factories.js'
import { Refused, type World, world } from '../world.js'
import { isWorkdayElsewhere } from './chineseDays.js'

// Made up: the State Council has not announced 2027 yet.
const arrangement2027 = {
  year: 2027,
  isAnnounced: true,
  source: '测试用的2027年安排',
  holidays: [
    { name: '元旦', from: '2027-01-01', to: '2027-01-03', work: [] },
    { name: '春节', from: '2027-02-05', to: '2027-02-12', work: ['2027-01-31', '2027-02-20'] },
    { name: '国庆节', from: '2027-10-01', to: '2027-10-07', work: ['2027-09-26', '2027-10-09'] },
  ],
}

describe('the arrangement of 2025', () => {
  it('has the same working days as in chinese-days', () => {
    const file = new URL('../../seeds/calendar/2025.json', import.meta.url)
    const calendar = makeCalendar([parseYearCalendar(JSON.parse(readFileSync(file, 'utf8')))])
    for (let day = '2025-01-01'; day <= '2025-12-31'; day = addDays(day, 1)) {
      assert.equal(calendar.isWorkday(day), isWorkdayElsewhere(day), day)
    }
  })
})

for (const database of databaseNames) {
  describe(`the calendar, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'tiexi' })
    })
    after(() => w.stop())

    it('anybody reads this year: what is off, what is made up for, and on whose word', async () => {
      const year = await w.nobody.call('calendar.read', {})
      assert.equal(year.year, 2026)
      assert.equal(year.isAnnounced, true)
      assert.match(year.source ?? '', /国办发明电〔2025〕7号/)
      assert.equal(year.workdays, 248)
      assert.equal(year.daysOff.length, 365 - 248)
      assert.deepEqual(
        year.makeUpDays.map(({ date }) => date),
        ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
      )
      assert.ok(year.daysOff.some(({ date, reason }) => date === '2026-10-01' && reason === '国庆节放假'))
    })

    it('a year of which nothing is known is counted by weekends and fixed days, and not announced', async () => {
      const year = await w.nobody.call('calendar.read', { year: 2031 })
      assert.deepEqual([year.isAnnounced, year.source, year.holidays], [false, null, []])
    })

    it('every fault of a file is told at once, and nothing is kept of it', async () => {
      const holidays = [
        { name: '元旦', from: '2027-01-03', to: '2027-01-01', work: [] },
        { name: '春节', from: '2027-02-05', to: '2027-02-11', work: ['2027-02-24'] },
      ]
      const refused = await clerk.caller.try('calendar.import', { ...arrangement2027, holidays })
      assert.equal(refused.status, 422)
      assert.deepEqual(
        refused.body.errors.map((error: { path: string }) => error.path),
        ['holidays.0.to', 'holidays.1.work.0'],
      )
      assert.equal((await w.nobody.call('calendar.read', { year: 2027 })).isAnnounced, false)
    })

    it('an enterprise may not import', async () => {
      const enterprise = await w.as('enterprise')
      await assert.rejects(
        enterprise.call('calendar.import', arrangement2027),
        (error: Refused) => error.status === 403,
      )
    })

    it('importing the announced year makes dates final, at once and for everybody, and is in the trail', async () => {
      assert.equal(w.service.house.know.calendar.addWorkdays('2026-12-30', 3).isProvisional, true)
      const answer = await clerk.caller.call('calendar.import', arrangement2027)
      assert.deepEqual(await w.nobody.call('calendar.read', { year: 2027 }), answer)
      assert.equal(answer.isAnnounced, true)
      const sum = w.service.house.know.calendar.addWorkdays('2026-12-30', 3)
      assert.deepEqual([sum.date, sum.isProvisional], ['2027-01-05', false])
      assert.equal(await w.service.house.ds.manager.countBy(AuditEntry, { verb: 'calendar.import' }), 1)
      const jobs = await w.service.house.ds.query(`SELECT payload FROM job WHERE kind = 'case.recompute'`)
      assert.deepEqual(
        jobs.map((job: { payload: string }) => JSON.parse(job.payload)),
        [{ year: 2027 }],
      )
    })

    it('a case due in a year not announced is provisional until that year is imported', async () => {
      const lastDays = await world(database, { at: '2026-12-30T10:00:00+08:00' })
      try {
        const importer = await staff(lastDays, { role: 'clerk', unitId: 'approval' })
        const enterprise = await member(lastDays, (await firm(lastDays)).id)
        const text = '我们要新上一条喷漆线，请问要准备哪些材料？'
        const asked = {
          category: 'procedure' as const,
          title: '报告表要准备什么',
          text,
          districtCode: '210106',
          fileIds: [],
        }
        const { id, clock } = await enterprise.call('case.submit', asked)
        assert.equal(clock.isProvisional, true)
        await importer.caller.call('calendar.import', arrangement2027)
        await lastDays.drainJobs()
        const after_ = await enterprise.call('case.read', { id })
        // Five working days after Wednesday: 12-31, and of the new year 4, 5, 6 and 7 January.
        assert.deepEqual([after_.clock.dueOn, after_.clock.isProvisional], ['2027-01-07', false])
      } finally {
        await lastDays.stop()
      }
    })

    it('a year imported again takes the place of the first', async () => {
      const later = { ...arrangement2027, source: '更正后的安排' }
      await clerk.caller.call('calendar.import', later)
      assert.equal((await w.nobody.call('calendar.read', { year: 2027 })).source, '更正后的安排')
    })

    it('ten imports of a new year at once leave one year', async () => {
      const year = {
        ...arrangement2027,
        year: 2028,
        holidays: [{ name: '元旦', from: '2028-01-01', to: '2028-01-03', work: [] }],
      }
      const answers = await Promise.all(Array.from({ length: 10 }, () => clerk.caller.try('calendar.import', year)))
      for (const { status } of answers) assert.ok(status === 200 || status === 409, String(status))
      assert.ok(answers.some(({ status }) => status === 200))
      const rows = await w.service.house.ds.query('SELECT id FROM calendar_year WHERE year = 2028')
      assert.equal(rows.length, 1)
    })
  })
}
