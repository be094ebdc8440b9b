import { strict as assert } from 'node:assert'
import { LessThan } from 'typeorm'
import { readInstant } from '../../src/database/instants.js'
import { migrate } from '../../src/database/migrate.js'
import { NewerDatabase } from '../../src/database/phases.js'
import { isEmbedded } from '../../src/database/source.js'
import { Book, DATABASES, makeWorld, Shelf } from './world.js'
import type { World } from './world.js'

for (const database of DATABASES) {
  describe(`the ${database} database`, function () {
    this.timeout(60_000)
    let world: World
    before(async () => {
      world = await makeWorld(database)
    })
    after(() => world.end())

    it('keeps every portable type as it was given', async () => {
      const book = {
        id: 'types',
        title: '环评 😀 O\'Brien "\\" %_',
        body: 'line\r\nline\u2028\t',
        copies: 2_147_483_647,
        isLent: true,
        boughtAt: new Date('2026-08-15T15:59:59.987Z'),
        dueOn: '2026-08-15',
        tags: { 类: ['书'], none: null },
        cover: Buffer.from([0, 255, 39, 92, 10]),
        shelfId: null,
      }
      await world.ds.getRepository(Book).insert({ ...book })
      const read = await world.ds.getRepository(Book).findOneByOrFail({ id: 'types' })
      assert.deepEqual({ ...read, cover: Buffer.from(read.cover ?? []) }, book)
    })

    it('stores instants in UTC, whatever the time zone of the machine', async () => {
      const zone = process.env['TZ']
      process.env['TZ'] = 'Asia/Shanghai'
      try {
        const boughtAt = new Date('2026-08-15T16:30:00.001Z')
        await world.ds.getRepository(Book).insert({ id: 'utc', title: 'utc', boughtAt })
        const [text] = await world.ds.query(
          isEmbedded(world.ds)
            ? `SELECT "boughtAt" AS stored FROM book WHERE id = 'utc'`
            : `SELECT CAST(boughtAt AS CHAR) AS stored FROM book WHERE id = 'utc'`,
        )
        assert.equal(text.stored, '2026-08-15 16:30:00.001')
        const [raw] = await world.ds.query('SELECT id, boughtAt FROM book WHERE boughtAt = ?', [boughtAt])
        assert.equal(raw.id, 'utc')
        assert.deepEqual(readInstant(raw.boughtAt), boughtAt)
        const before = await world.ds.getRepository(Book).countBy({ id: 'utc', boughtAt: LessThan(boughtAt) })
        assert.equal(before, 0)
      } finally {
        if (zone === undefined) delete process.env['TZ']
        else process.env['TZ'] = zone
      }
    })

    it('tells 大小写 and accents apart', async () => {
      await world.ds.getRepository(Book).insert({ id: 'case', title: 'Résumé' })
      assert.equal(await world.ds.getRepository(Book).countBy({ title: 'résumé' }), 0)
      assert.equal(await world.ds.getRepository(Book).countBy({ title: 'Resume' }), 0)
      await world.ds.getRepository(Book).insert({ id: 'case2', title: 'resume' })
    })

    it('counts and sums in numbers, also in raw queries', async () => {
      await world.ds.getRepository(Book).insert([
        { id: 'n1', title: 'n1', copies: 2 },
        { id: 'n2', title: 'n2', copies: 3 },
      ])
      const [row] = await world.ds.query(`SELECT COUNT(*) AS n, SUM(copies) AS s FROM book WHERE id IN ('n1', 'n2')`)
      assert.deepEqual({ ...row }, { n: 2, s: 5 })
    })

    it('takes a lone null, boolean or buffer as a parameter', async () => {
      const cover = Buffer.from('cover')
      await world.ds.getRepository(Book).insert({ id: 'lone', title: 'lone', cover, isLent: true })
      const count = async (where: string, parameter: unknown) =>
        (await world.ds.query(`SELECT COUNT(*) AS n FROM book WHERE id = 'lone' AND ${where}`, [parameter]))[0].n
      assert.equal(await count('cover = ?', cover), 1)
      assert.equal(await count('isLent = ?', true), 1)
      assert.equal(await count('body = ?', null), 0)
    })

    it('has exactly the schema of the entities after the migrations', async () => {
      const { upQueries } = await world.ds.driver.createSchemaBuilder().log()
      assert.deepEqual(
        upQueries.map((query) => query.query),
        [],
      )
    })

    it('runs each migration once, and refuses a database newer than the program', async () => {
      assert.deepEqual(await migrate(world.settings), [])
      await assert.rejects(migrate({ ...world.settings, migrations: [] }), NewerDatabase)
    })

    it('refuses a search whose condition was left empty', async () => {
      await assert.rejects(world.ds.getRepository(Shelf).findOneBy({ id: undefined as never }))
    })
  })
}

describe('processes that start at the same moment', () => {
  it('migrate a server once', async function () {
    this.timeout(60_000)
    const world = await makeWorld('MariaDB')
    await world.ds.query('DROP TABLE book')
    await world.ds.query('DROP TABLE shelf')
    await world.ds.query('DROP TABLE migrations')
    const done = await Promise.all([migrate(world.settings), migrate(world.settings), migrate(world.settings)])
    assert.deepEqual(done.flat(), ['Begin1700000000000'])
    await world.end()
  })
})

describe('the embedded database', () => {
  let world: World
  before(async () => {
    world = await makeWorld('embedded')
  })
  after(() => world.end())

  it('writes through to the disk at every commit', async () => {
    const [synchronous] = await world.ds.query('PRAGMA synchronous')
    const [journal] = await world.ds.query('PRAGMA journal_mode')
    const [foreignKeys] = await world.ds.query('PRAGMA foreign_keys')
    const [busy] = await world.ds.query('PRAGMA busy_timeout')
    assert.deepEqual(
      { ...synchronous, ...journal, ...foreignKeys, ...busy },
      {
        synchronous: 2,
        journal_mode: 'wal',
        foreign_keys: 1,
        timeout: 5000,
      },
    )
  })

  it('refuses what its driver would store wrongly: NUL in text, NaN, an object', async () => {
    for (const wrong of ['a\0b', Number.NaN, {}, Symbol('s')]) {
      await assert.rejects(world.ds.query('SELECT ? AS v', [wrong]), /A query parameter cannot/)
    }
  })
})

describe('a connection to a server', () => {
  it('reads what is committed, in strict mode, on every connection of the pool', async function () {
    this.timeout(60_000)
    const world = await makeWorld('MariaDB', { poolLimit: 3 })
    const runners = [1, 2, 3].map(() => world.ds.createQueryRunner())
    for (const runner of runners) {
      const [row] = await runner.query(
        'SELECT @@tx_isolation AS isolation, @@sql_mode AS mode, @@time_zone AS zone, @@collation_connection AS collation',
      )
      assert.deepEqual(
        { ...row },
        {
          isolation: 'READ-COMMITTED',
          mode: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
          zone: '+00:00',
          collation: 'utf8mb4_bin',
        },
      )
    }
    await Promise.all(runners.map((runner) => runner.release()))
    await world.end()
  })
})
