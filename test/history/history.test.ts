/** What happened to a case, whoever did what at the same time, has an order that the rules allow. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databases } from '../databases.js'
import { environmentOf, run, type Running } from '../faults/running.js'
import { faultOf } from './explain.js'
import { record } from './record.js'
import { castOn, withinOneDay } from './stage.js'

const CASES = 6
const ACTS_EACH = 12

interface Ground {
  database: string
  processes: number
}

const grounds: readonly Ground[] = [
  { database: 'embedded', processes: 1 },
  { database: 'MariaDB', processes: 1 },
  { database: 'MariaDB', processes: 2 },
]

for (const { database, processes } of grounds) {
  describe(`everybody at the same cases at once, on ${database}, ${processes} process${processes > 1 ? 'es' : ''}`, () => {
    let dataDir: string
    const running: Running[] = []

    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-history-'))
    })
    after(async () => {
      for (const service of running) await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    })

    it('each case has a legal history', async function () {
      this.timeout(300_000)
      await withinOneDay(120)
      const url = await databases[database]?.()
      const env = environmentOf(dataDir, url)
      const cast = await castOn(env)
      for (let n = 0; n < processes; n += 1) running.push(await run(env))
      const urls = running.map((service) => service.url)
      const histories = await record({ urls, cast, casesAtOnce: 2, actsEach: ACTS_EACH, cases: CASES })
      assert.equal(histories.length, CASES)
      const operations = histories.flatMap((history) => history.operations)
      const done = operations.filter(({ answer }) => answer !== 'unknown' && 'seen' in answer)
      assert.ok(new Set(done.map(({ verb }) => verb)).size > 5, 'many kinds of acts')
      assert.deepEqual(
        histories.flatMap((history) => faultOf(history) ?? []),
        [],
      )
    })
  })
}
