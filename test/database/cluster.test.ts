import { strict as assert } from 'node:assert'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import { alone } from '../../src/database/alone.js'
import { parseAddress } from '../../src/database/address.js'
import { migrate } from '../../src/database/migrate.js'
import { InUse } from '../../src/database/inUse.js'
import { holdRestoreLock, holdServiceLock } from '../../src/database/service-lock.js'
import { type DatabaseSettings, openDatabase } from '../../src/database/source.js'
import { isUnavailable, transact } from '../../src/database/transaction.js'
import { type Galera, startGalera } from '../galera.js'
import { emptyPlace, Shelf } from './world.js'

const DATABASE = 'cluster'
const WRITERS = 8

describe('a Galera cluster of three nodes', function () {
  this.timeout(180_000)
  let cluster: Galera
  let settings: DatabaseSettings
  let ds: DataSource

  before(async () => {
    cluster = await startGalera({ isPatient: true })
    await cluster.createDatabase(DATABASE)
    settings = { ...(await emptyPlace('embedded')), url: cluster.url(DATABASE) }
    await migrate(settings)
    ds = await openDatabase(settings)
  })
  after(async () => {
    await ds?.destroy()
    await cluster?.stop()
    await rm(settings.dataDir, { recursive: true, force: true })
  })

  const portOf = async (source: DataSource): Promise<unknown> =>
    (await source.query('SELECT @@port AS port').catch(() => [{}]))[0].port
  const untilUsed = async (n: 0 | 1 | 2) => {
    while ((await portOf(ds)) !== cluster.nodes[n].port) await delay(100)
  }

  for (const { what, harm, mend } of [
    {
      what: 'killed',
      harm: () => cluster.nodes[0].kill(),
      mend: () => cluster.nodes[0].restart(),
    },
    {
      what: 'frozen',
      harm: () => cluster.nodes[0].freeze(),
      mend: async () => cluster.nodes[0].thaw(),
    },
    {
      what: 'cut off from the others',
      harm: () => cluster.nodes[0].isolate(),
      mend: () => cluster.nodes[0].rejoin(),
    },
    {
      what: 'busy bringing another one up to date',
      harm: () => asked(0, 'SET GLOBAL wsrep_desync = ON'),
      mend: () => asked(0, 'SET GLOBAL wsrep_desync = OFF'),
    },
  ]) {
    it(`whose first node is ${what} goes on with the second, keeps what it acknowledged, and goes back`, async () => {
      await untilUsed(0)
      const load = writing(ds, what)
      await load.untilMore(20)
      await harm()
      await untilUsed(1)
      await load.untilMore(20)
      await mend()
      await cluster.untilSynced()
      await untilUsed(0)
      await load.untilMore(20)
      await load.stop()
      await holdsAll(load.acknowledged)
    })
  }

  it('that has lost two of three acknowledges nothing until it has been recovered, and then goes on', async () => {
    await untilUsed(0)
    const load = writing(ds, 'majority')
    await load.untilMore(20)
    const [first, second, third] = cluster.nodes
    await Promise.all([first.kill(), second.kill()])
    while ((await third.state())?.status === 'Primary') await delay(50)
    const before = load.acknowledged.size
    const failure = await transact(ds, (db) => db.insert(Shelf, { id: 'alone' })).catch((error: unknown) => error)
    assert.ok(isUnavailable(failure), String(failure))
    assert.equal(load.acknowledged.size, before)
    await cluster.recover()
    await cluster.untilSynced()
    await load.untilMore(20)
    await load.stop()
    await holdsAll(load.acknowledged)
  })

  it('shows what was written through another node, however far behind it is', async () => {
    await untilUsed(0)
    const other = await openDatabase({ ...settings, url: cluster.nodes[2].url(DATABASE) })
    const holder = other.createQueryRunner()
    await holder.query('FLUSH TABLES WITH READ LOCK') // the node takes in nothing meanwhile
    await transact(ds, (db) => db.insert(Shelf, { id: 'behind' }))
    const isThere = () => other.getRepository(Shelf).existsBy({ id: 'behind' })
    const seen = [isThere(), transact(other, (db) => db.existsBy(Shelf, { id: 'behind' }))]
    await delay(200) // time enough to answer without looking
    await holder.query('UNLOCK TABLES')
    await holder.release()
    assert.deepEqual(await Promise.all(seen), [true, true])
    await other.destroy()
  })

  it('is brought to the newest schema once, by processes on different nodes', async () => {
    await cluster.createDatabase('fresh')
    const urls = cluster.nodes.map((node) => node.url('fresh'))
    const done = await Promise.all([...urls, ...urls].map((url) => migrate({ ...settings, url })))
    assert.deepEqual(done.flat(), ['Begin1700000000000'])
    assert.deepEqual(await ds.query('SELECT * FROM fresh.schema_claim'), [])
  })

  it('is no longer kept by a process that died while it worked on the schema', async () => {
    await ds.query(`INSERT INTO schema_claim (name, holder, beat) VALUES ('schema', 'dead', 3)`)
    const holders = await alone(ds, () => ds.query('SELECT holder FROM schema_claim'), 5)
    assert.equal(holders.length, 1)
    assert.notEqual(holders[0].holder, 'dead')
  })

  it('finds the place of a service on whichever node it is, and restores nothing while a node cannot be asked', async () => {
    await untilUsed(0)
    const [first, second] = cluster.nodes
    const { dataDir } = settings
    const backwards = cluster
      .url(DATABASE)
      .replace(/@[^/]+/, (hosts) => `@${hosts.slice(1).split(',').toReversed().join(',')}`)
    const elsewhere = await openDatabase({ ...settings, url: backwards })
    const restore = (url: string) => holdRestoreLock(parseAddress(url), dataDir)
    let lost: unknown
    const services = [
      await holdServiceLock({ ds, dataDir, onLost: (error) => void (lost = error) }),
      await holdServiceLock({ ds: elsewhere, dataDir }),
    ]
    await assert.rejects(restore(cluster.url(DATABASE)), InUse)
    await services[1]?.()
    await elsewhere.destroy()
    await assert.rejects(restore(second.url(DATABASE)), InUse, 'the other nodes were not asked')

    // The first node keeps the connection of the place that is left, and will not say so.
    await first.isolate()
    while ((await first.state())?.status === 'Primary') await delay(50)
    await assert.rejects(restore(cluster.url(DATABASE)), InUse)
    const places = `SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE DB IS NULL AND USER = 'shenhuan'`
    while ((await asked(1, places))[0].n === 0) await delay(100)
    await first.rejoin()
    await cluster.untilSynced()
    await assert.rejects(restore(cluster.url(DATABASE)), InUse)
    assert.equal(lost, undefined)
    await services[0]?.()
    await (await restore(cluster.url(DATABASE)))()
  })

  async function asked(n: 0 | 1 | 2, sql: string) {
    const node = await openDatabase({ ...settings, url: cluster.nodes[n].url(DATABASE) })
    return node.query(sql).finally(() => node.destroy())
  }

  /** Every node has them, each once. */
  async function holdsAll(acknowledged: ReadonlySet<string>): Promise<void> {
    for (const { url } of cluster.nodes) {
      const node = await openDatabase({ ...settings, url: url(DATABASE) })
      const rows = await node.getRepository(Shelf).find()
      await node.destroy()
      const there = new Set(rows.map(({ id }) => id))
      assert.deepEqual(
        [...acknowledged].filter((id) => !there.has(id)),
        [],
      )
    }
  }
})

interface Load {
  acknowledged: ReadonlySet<string>
  /** Resolves once so many more were acknowledged. */
  untilMore(count: number): Promise<void>
  stop(): Promise<void>
}

/** Several writers, each beginning the next row when the one before was acknowledged or refused. */
function writing(ds: DataSource, what: string): Load {
  const acknowledged = new Set<string>()
  let isOver = false
  const unforeseen: unknown[] = []
  const writer = async (_: unknown, n: number) => {
    for (let row = 0; !isOver; row++) {
      const id = `${what.slice(0, 20)} ${n} ${row}`
      try {
        await transact(ds, (db) => db.insert(Shelf, { id }))
        acknowledged.add(id)
      } catch (error) {
        if (!isUnavailable(error)) unforeseen.push(error)
        await delay(20)
      }
    }
  }
  const writers = Array.from({ length: WRITERS }, writer)
  return {
    acknowledged,
    async untilMore(count) {
      const enough = acknowledged.size + count
      while (acknowledged.size < enough) await delay(10)
    },
    async stop() {
      isOver = true
      await Promise.all(writers)
      assert.deepEqual(unforeseen, [])
    },
  }
}
