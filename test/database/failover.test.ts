import { strict as assert } from 'node:assert'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { InUse } from '../../src/database/inUse.js'
import { holdServiceLock, holdRestoreLock } from '../../src/database/service-lock.js'
import { parseAddress } from '../../src/database/address.js'
import { migrate } from '../../src/database/migrate.js'
import { openDatabase } from '../../src/database/source.js'
import type { DatabaseSettings } from '../../src/database/source.js'
import { isUnavailable, transact } from '../../src/database/transaction.js'
import { startMariaDb } from '../mariadb.js'
import type { MariaDb } from '../mariadb.js'
import { emptyPlace, Shelf } from './world.js'

describe('a server that fails', function () {
  this.timeout(180_000)
  let servers: [MariaDb, MariaDb]
  let settings: DatabaseSettings

  before(async () => {
    servers = await Promise.all([startMariaDb({ isDurable: true }), startMariaDb({ isOwn: true })])
    const place = await emptyPlace('embedded')
    for (const server of servers) {
      await server.createDatabase('failover')
      await migrate({ ...place, url: server.url('failover') })
    }
    settings = place
  })
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await rm(settings.dataDir, { recursive: true, force: true })
  })

  const insert = (ds: Awaited<ReturnType<typeof openDatabase>>, id: string) =>
    transact(ds, (db) => db.insert(Shelf, { id }))

  it('and comes back is used again, with all that it acknowledged', async () => {
    const ds = await openDatabase({ ...settings, url: servers[0].url('failover') })
    for (let n = 0; n < 20; n++) await insert(ds, `before${n}`)
    await servers[0].kill()
    let isThere = false
    const during = async () => {
      while (!isThere) {
        // A slow machine may start the server for longer than one caller is kept waiting.
        await insert(ds, 'during').then(
          () => (isThere = true),
          (error: unknown) => assert.ok(isUnavailable(error), String(error)),
        )
      }
    }
    await Promise.all([during(), servers[0].restart()])
    assert.equal(await ds.getRepository(Shelf).count(), 21)
    await ds.destroy()
  })

  it('without an answer does not hold its callers for ever, nor any connection of the pool', async () => {
    const ds = await openDatabase({ ...settings, url: servers[0].url('failover'), poolLimit: 2, queryTimeoutMs: 2000 })
    await ds.query('SELECT 1')
    await servers[0].freeze()
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => ds.query('SELECT 1')))
    servers[0].thaw()
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set(['rejected']))
    const ask = () => ds.query('SELECT 42 AS n').catch(() => undefined)
    let rows = await ask()
    // Where the pool had lost a connection with each caller, none would ever be answered.
    while (rows === undefined) rows = await ask()
    assert.equal(rows[0].n, 42)
    await ds.destroy()
  })

  it('is passed over for the next host in DATABASE_URL', async () => {
    const [first, second] = servers
    const url = first.url('failover').replace(`:${first.port}/`, `:${first.port},127.0.0.1:${second.port}/`)
    const ds = await openDatabase({ ...settings, url })
    const portInUse = async () => (await ds.query('SELECT @@port AS port'))[0].port
    assert.equal(await portInUse(), first.port)
    await first.kill()
    await insert(ds, 'second')
    assert.equal(await portInUse(), second.port)
    await first.restart()
    await ds.destroy()
  })

  it('gives the service its lock back when it returns', async () => {
    const url = servers[0].url('failover')
    const ds = await openDatabase({ ...settings, url })
    let isLost = false
    const release = await holdServiceLock({ ds, dataDir: settings.dataDir, onLost: () => void (isLost = true) })
    await servers[0].kill()
    await servers[0].restart()
    const isHeld = () =>
      holdRestoreLock(parseAddress(url), settings.dataDir).then(
        (unlock) => unlock().then(() => false),
        (error: unknown) => {
          assert.ok(error instanceof InUse)
          return true
        },
      )
    // The lock's own connection is the one that is in no database; it asks for the lock, and then nothing any more.
    const back =
      `SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST ` +
      `WHERE DB IS NULL AND USER = 'shenhuan' AND COMMAND = 'Sleep' AND TIME_MS > 300`
    while (Number((await ds.query(back).catch(() => [{ n: 0 }]))[0].n) === 0) await delay(50)
    assert.deepEqual({ isLost, isHeld: await isHeld() }, { isLost: false, isHeld: true })
    await release()
    assert.equal(await isHeld(), false)
    await ds.destroy()
  })
})
