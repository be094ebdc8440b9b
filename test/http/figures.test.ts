/** What Prometheus is told: each figure follows what it is about. */
import assert from 'node:assert/strict'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import axios from 'axios'
import { QueryFailedError } from 'typeorm'
import { enqueue } from '../../src/audit/queue.js'
import { Job } from '../../src/audit/job.js'
import { transact } from '../../src/database/transaction.js'
import { settlements, standings } from '../../src/news.js'
import { databaseNames } from '../databases.js'
import { freePort } from '../freePort.js'
import { startMariaDb } from '../mariadb.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`figures of the service, ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let port: number

    before(async () => {
      port = await freePort()
      w = await world(database, { env: { METRICS_PORT: String(port) } })
    })
    after(() => w.stop())

    const figures = () => ask(port)
    const db = () => w.service.house.ds.manager

    it('the job that waits longest, and those that are dead', async () => {
      await w.drainJobs()
      assert.deepEqual([await figure(figures, 'shenhuan_job_oldest_wait_seconds')], [0])
      await enqueue(db(), [{ kind: 'house.forget', payload: {} }], new Date(w.now().getTime() - 90_000))
      assert.equal(await figure(figures, 'shenhuan_job_oldest_wait_seconds'), 90)
      assert.equal(await figure(figures, 'shenhuan_jobs{state="ready"}'), 1)
      assert.equal(await figure(figures, 'shenhuan_jobs{state="dead"}'), 0)
      await db().update(Job, { state: 'ready' }, { state: 'dead' })
      assert.equal(await figure(figures, 'shenhuan_jobs{state="dead"}'), 1)
      assert.equal(await figure(figures, 'shenhuan_jobs{state="ready"}'), 0)
    })

    it('transactions that were begun again, and those given up', async () => {
      const before = await figures()
      let attempts = 0
      await transact(w.service.house.ds, async () => {
        attempts += 1
        if (attempts < 3) throw deadlock()
      })
      await assert.rejects(
        transact(w.service.house.ds, async () => {
          throw deadlock()
        }),
      )
      const grown = async (name: string) => (await figure(figures, name)) - (before.get(name) ?? 0)
      assert.equal(await grown('shenhuan_transaction_retries_total{reason="1213"}'), 2 + 5)
      assert.equal(await grown('shenhuan_transaction_failures_total{reason="1213"}'), 1)
    })

    it('messages by their end, and nodes that come and go', async () => {
      const uncertain = 'shenhuan_messages_total{outcome="uncertain"}'
      assert.equal(await figure(figures, uncertain), 0, 'told before the first')
      settlements.tell({ outcome: 'uncertain' })
      assert.equal(await figure(figures, uncertain), 1)
      standings.tell({ node: 'db1:3306', standing: 'away' })
      const changes = 'shenhuan_database_standing_changes_total{node="db1:3306",standing="away"}'
      assert.equal(await figure(figures, changes), 1)
    })

    it('the newest backup, and none without one', async () => {
      const name = 'shenhuan_backup_timestamp_seconds'
      assert.equal((await figures()).has(name), false)
      const folder = join(w.service.house.config.dataDir, 'backups')
      await mkdir(folder)
      for (const [file, at] of [
        ['shenhuan-20261121-013000.tar', 1_795_195_800],
        ['shenhuan-20261122-013000.tar', 1_795_282_200],
        ['notes.txt', 1_795_999_999],
      ] as const) {
        await writeFile(join(folder, file), '')
        await utimes(join(folder, file), at, at)
      }
      assert.equal(await figure(figures, name), 1_795_282_200)
    })

    it('the last day that was sealed', async () => {
      w.turnTo('2026-11-25T03:00:00+08:00')
      await w.drainJobs()
      const sealed = await figure(figures, 'shenhuan_digest_timestamp_seconds')
      assert.equal(sealed, Date.parse('2026-11-25T00:00:00+08:00') / 1000)
    })

    it('whether the holidays of the next year are known', async () => {
      assert.equal(await figure(figures, 'shenhuan_calendar_announced{year="2026"}'), 1)
      w.turnTo('2031-12-20T03:00:00+08:00')
      assert.equal(await figure(figures, 'shenhuan_calendar_announced{year="2032"}'), 0)
      assert.equal((await figures()).has('shenhuan_calendar_announced{year="2026"}'), false)
    })
  })
}

describe('figures of a service whose database is away', function () {
  this.timeout(120_000)

  it('are told all the same, and say so', async () => {
    const server = await startMariaDb({ isOwn: true })
    try {
      const port = await freePort()
      const url = await server.createDatabase('away')
      const w = await world('embedded', { env: { METRICS_PORT: String(port), DATABASE_URL: url } })
      try {
        const held = w.service.house.ds.query('SELECT SLEEP(2)')
        const { inUse } = await connections(port)
        assert.ok(inUse >= 1)
        await held
        assert.equal(await figure(() => ask(port), 'shenhuan_database_up'), 1)
        await server.kill()
        const told = await ask(port)
        assert.equal(told.get('shenhuan_database_up'), 0)
        assert.equal(told.has('shenhuan_jobs{state="dead"}'), false, 'not known, so not told')
        assert.ok(told.has('process_cpu_seconds_total'))
        await server.restart()
        assert.equal(await figure(() => ask(port), 'shenhuan_database_up'), 1)
      } finally {
        await w.stop()
      }
    } finally {
      await server.stop()
    }
  })
})

async function connections(port: number) {
  const told = await ask(port)
  const of = (state: string) => told.get(`shenhuan_database_connections{state="${state}"}`) ?? Number.NaN
  return { inUse: of('in_use'), idle: of('idle'), waiting: of('waiting') }
}

async function ask(port: number): Promise<Map<string, number>> {
  const { data } = await axios.get<string>(`http://127.0.0.1:${port}/metrics`, { proxy: false })
  const lines = data.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

async function figure(figures: () => Promise<Map<string, number>>, name: string): Promise<number> {
  return (await figures()).get(name) ?? Number.NaN
}

const deadlock = () => new QueryFailedError('UPDATE x', [], Object.assign(new Error('Deadlock'), { errno: 1213 }))
