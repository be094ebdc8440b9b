/** Two processes serve one database: either answers, and nothing happens twice. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { pino } from 'pino'
import { workOnce, writeDueSlots } from '../../src/audit/worker.js'
import { addDays, dateOf, instantAt } from '../../src/calendar/dates.js'
import { readConfig } from '../../src/config.js'
import { startService } from '../../src/service.js'
import { timetable } from '../../src/jobs.js'
import { databases } from '../databases.js'
import { asks, send } from './asking.js'
import { type Ground, ground } from './ground.js'

describe('two service processes on one MariaDB', function () {
  this.timeout(300_000)
  let place: Ground

  before(async () => {
    place = await ground(await databases['MariaDB']?.())
  })
  after(() => place.end())

  it('do what follows from a request once, whichever of them took it', async () => {
    const twins = await Promise.all([place.start(), place.start()])
    const some = asks(place.tokens, 120)
    const both = await Promise.all(
      some.flatMap((ask) => twins.map(async ({ url }) => (await send(url, ask)).body.id as string)),
    )
    // The same key at both at the same moment: one case.
    for (const [n, ask] of some.entries()) assert.deepEqual(both.slice(2 * n, 2 * n + 2), [ask.caseId, ask.caseId])
    await delay(1000) // the two compete for the jobs
    for (const twin of twins) assert.equal(await twin.stop(), 0)

    const settled = await place.settle()
    assert.equal(settled.cases, some.length)
    for (const ask of some) assert.equal(settled.noticesOf(ask.caseId ?? ''), 1)
    assert.deepEqual(settled.jobsLeft, [])
    assert.deepEqual(settled.findings, [])
  })

  it('do a slot of the timetable once', async () => {
    // Far enough for every case to be overdue, near enough for the board to count the days until then.
    let day = addDays(dateOf(new Date()), 60)
    const HOUR = '09:00'
    const now = () => instantAt(day, HOUR)
    const parts = { now, withWorker: false, log: pino({ level: 'silent' }) }
    const twins = await Promise.all([place.env, place.env].map((env) => startService(readConfig(env), parts)))
    try {
      while (!twins[0]?.house.know.calendar.isWorkday(day)) day = addDays(day, 1)
      await Promise.all(twins.map(({ house }) => writeDueSlots(house)))
      await Promise.all(
        twins.map(async ({ house }) => {
          for (let done = await workOnce(house); done > 0; ) done = await workOnce(house)
        }),
      )
      const [first] = twins
      const slots: { kind: string; state: string; attempts: number }[] =
        (await first?.house.ds.query(`SELECT kind, state, attempts FROM job WHERE uniqueKey LIKE '%@${day}T%'`)) ?? []
      assert.deepEqual(
        slots.map(({ kind, state, attempts }) => `${kind} ${state} ${attempts}`).sort(),
        timetable
          .filter(({ at }) => typeof at === 'object' || at <= HOUR)
          .map(({ kind }) => `${kind} done 1`)
          .sort(),
      )
      // Each case is long overdue: its officer's leader would be told once, its officer was told once at sending.
      const overdue: { n: number }[] = await first!.house.ds.query(
        `SELECT COUNT(*) AS n FROM job WHERE uniqueKey LIKE 'case.overdue:%' AND state = 'done' AND attempts = 1`,
      )
      assert.deepEqual(overdue, [{ n: 120 }])
    } finally {
      for (const twin of twins) await twin.stop()
    }
  })
})
