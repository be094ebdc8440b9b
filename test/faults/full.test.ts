/** There is no room left to write: commands are refused in plain words, reading goes on, and so does all once there is room. */
import assert from 'node:assert/strict'
import { type AnyJob, job } from '../../src/audit/jobKind.js'
import { Job } from '../../src/audit/job.js'
import { enqueue } from '../../src/audit/queue.js'
import { workOnce } from '../../src/audit/worker.js'
import { isBroken, isFull } from '../../src/database/full.js'
import { transact } from '../../src/database/transaction.js'
import { jobs } from '../../src/jobs.js'
import { staff } from '../factories.js'
import { type World, world } from '../world.js'

const request = {
  category: 'procedure',
  title: '报告表要准备什么',
  text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？'.repeat(40),
  districtCode: '210106',
}

describe('no room left for the embedded database', function () {
  this.timeout(60_000)
  let w: World
  before(async () => {
    w = await world('embedded')
  })
  after(() => w.stop())

  /** The engine's own limit gives the very error of a full disk. */
  const limit = async (pages: number) => {
    await w.service.house.ds.query(`PRAGMA max_page_count = ${pages}`)
  }
  const pagesNow = async () => {
    const [row] = (await w.service.house.ds.query('PRAGMA page_count')) as { page_count: number }[]
    return row?.page_count ?? 0
  }
  const ready = async () => (await w.http.get('/health/ready')).status

  it('a command is refused, what was acknowledged is read, and the same command succeeds once there is room', async () => {
    await staff(w, { role: 'officer', unitId: 'tiexi' })
    const asker = await w.as('asker')
    const first = await asker.call('case.submit', { ...request, category: 'procedure' })
    assert.equal(await ready(), 200)

    await limit(await pagesNow())
    const key = 'the-one-that-finds-no-room'
    let refusal = await asker.try('case.submit', request, { 'Idempotency-Key': key })
    for (let n = 0; refusal.status === 200 && n < 100; n += 1) {
      refusal = await asker.try('case.submit', request, { 'Idempotency-Key': `${key}-${n}` })
    }
    assert.equal(refusal.status, 503)
    assert.equal(refusal.body.type, 'urn:problem:full')
    assert.match(refusal.body.title, /存储空间不足/)
    assert.ok(Number(refusal.headers['retry-after']) > 0)

    const read = await asker.call('case.read', { id: first.id })
    assert.equal(read.text, first.text)
    const before = (await asker.call('case.list', { scope: 'mine' })).items.length

    await limit(1_000_000)
    assert.equal(await ready(), 200, 'it is found out by trying, not by waiting for somebody to command')
    const last = await asker.call('case.submit', { ...request, category: 'procedure' }, key)
    assert.notEqual(last.id, first.id)
    assert.ok((await asker.call('case.list', { scope: 'mine' })).items.length >= before)
    await w.drainJobs()
    assert.equal(await w.service.house.ds.manager.countBy(Job, { state: 'dead' }), 0)
  })

  it('it says that it is not ready for as long as nothing can be written', async () => {
    const asker = await w.as('asker')
    await limit(await pagesNow())
    for (let status = 200; status === 200; ) ({ status } = await asker.try('case.submit', request))
    // What is left within the last page takes a short row.
    await w.service.house.ds.query('PRAGMA query_only = ON')
    assert.equal(await ready(), 503)
    assert.equal((await w.http.get('/health/live')).status, 200)
    await w.service.house.ds.query('PRAGMA query_only = OFF')
    await limit(1_000_000)
    assert.equal(await ready(), 200)
  })

  it('a job that finds no room is not given up, however often it is tried', async () => {
    let hasRoom = false
    const kinds = jobs as Record<string, AnyJob>
    kinds['test.needsRoom'] = job({
      async handle() {
        if (!hasRoom) throw Object.assign(new Error('write'), { code: 'ENOSPC' })
      },
    })
    try {
      const { house } = w.service
      const at = w.now()
      await transact(house.ds, (db) => enqueue(db, [{ kind: 'test.needsRoom', payload: {} }], at))
      for (let n = 1; n <= 12; n += 1) {
        w.turnTo(new Date(w.now().getTime() + 3_600_000).toISOString())
        await workOnce(house)
      }
      const [waiting] = await house.ds.manager.findBy(Job, { kind: 'test.needsRoom' })
      assert.equal(waiting?.state, 'ready')
      hasRoom = true
      w.turnTo(new Date(w.now().getTime() + 3_600_000).toISOString())
      while ((await workOnce(house)) > 0);
      const [done] = await house.ds.manager.findBy(Job, { kind: 'test.needsRoom' })
      assert.equal(done?.state, 'done')
    } finally {
      delete kinds['test.needsRoom']
    }
  })
})

describe('errors of storage', () => {
  const failed = (fields: object) => Object.assign(new Error('injected'), fields)

  it('tell a full disk from a broken one, and both from a fault of the request', () => {
    const mysql = (errno: number, message: string) => failed({ errno, code: 'ER', message, sqlMessage: message })
    for (const full of [
      failed({ code: 'SQLITE_FULL' }),
      failed({ code: 'ENOSPC', errno: -28 }),
      mysql(1114, "The table 'help_case' is full"),
      mysql(1021, 'Disk full (tmp); waiting for someone to free some space...'),
      mysql(1030, 'Got error 28 "No space left on device" from storage engine InnoDB'),
      mysql(3, 'Error writing file \'binlog\' (Errcode: 28 "No space left on device")'),
    ]) {
      assert.equal(isFull(full), true, String(full.message))
      assert.equal(isBroken(full), false)
    }
    for (const broken of ['SQLITE_IOERR', 'SQLITE_IOERR_FSYNC', 'SQLITE_READONLY_DBMOVED', 'EIO', 'EROFS']) {
      assert.equal(isBroken(failed({ code: broken })), true, broken)
      assert.equal(isFull(failed({ code: broken })), false, broken)
    }
    for (const other of [
      failed({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      mysql(1062, 'Duplicate entry 28'),
      new Error('28'),
    ]) {
      assert.equal(isFull(other) || isBroken(other), false, other.message)
    }
  })
})
