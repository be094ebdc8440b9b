/** Changes of schema beside a running service: what an author may say, and that nobody waits long for it. */
import { strict as assert } from 'node:assert'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { boolean, index, integer, optional, text, unique, varchar } from '../../src/database/columns.js'
import { InUse } from '../../src/database/inUse.js'
import { contract, migrate } from '../../src/database/migrate.js'
import { addColumn, addIndex, dropColumn, dropIndex, loosen } from '../../src/database/online.js'
import { livesWith, NewerDatabase, phaseOf } from '../../src/database/phases.js'
import { holdServiceLock } from '../../src/database/service-lock.js'
import type { DatabaseSettings } from '../../src/database/source.js'
import { Begin1700000000000, Book, DATABASES, makeWorld, Shelf } from './world.js'
import type { World } from './world.js'

/** A migration of that name. */
function named(name: string, up: (runner: QueryRunner) => Promise<void>): new () => MigrationInterface {
  return class implements MigrationInterface {
    name = name
    up = up
    down = async () => {}
  }
}

const Expand = named('ExpandBookColour1800000000001', (runner) =>
  addColumn(runner, 'book', optional(varchar('colour', 20))),
)
const Contract = named('ContractBookCover1800000000002', (runner) => dropColumn(runner, 'book', 'cover'))
const Standstill = named('Reform1800000000003', (runner) => runner.query('UPDATE book SET copies = copies + 1'))

describe('a migration tells by its name', () => {
  it('what it means to older programs', () => {
    assert.equal(phaseOf('ExpandBookColour1800000000001'), 'expand')
    assert.equal(phaseOf('ContractBookCover1800000000002'), 'contract')
    assert.equal(phaseOf('House1763900000001'), 'standstill')
    assert.equal(phaseOf('Expanded1763900000001'), 'standstill')
  })
})

for (const database of DATABASES) {
  describe(`a change of schema beside others, on the ${database} database`, function () {
    this.timeout(60_000)
    let world: World
    let runner: QueryRunner
    const later = (...more: (new () => MigrationInterface)[]): DatabaseSettings => ({
      ...world.settings,
      migrations: [Begin1700000000000, ...more],
    })
    const columnsOf = async (table: string) => (await runner.getTable(table))?.columns.map(({ name }) => name) ?? []
    const serve = (says: string[] = []) => holdServiceLock({ ds: world.ds, dataDir: world.settings.dataDir, says })

    beforeEach(async () => {
      world = await makeWorld(database)
      runner = world.ds.createQueryRunner()
      await world.ds.manager.insert(Shelf, { id: 's1' })
      await world.ds.manager.insert(Book, {
        id: 'b1',
        title: 'one',
        body: 'kept',
        cover: Buffer.from([0, 1]),
        shelfId: 's1',
      })
    })
    afterEach(async () => {
      await runner.release()
      await world.end()
    })

    it('adds, loosens and drops, each as often as it is told to', async () => {
      for (let again = 0; again < 2; again++) {
        await addColumn(runner, 'book', optional(varchar('colour', 20)))
        await addColumn(runner, 'book', { ...integer('weight'), default: 7 })
        await addColumn(runner, 'book', { ...boolean('isNew'), default: false })
        await addColumn(runner, 'book', optional(text('story')))
        await addIndex(runner, 'book', index('book_colour', 'colour', 'copies'))
        await loosen(runner, 'book', varchar('title', 100))
      }
      await world.ds.query(`INSERT INTO book (id) VALUES ('b2')`)
      const rows = await world.ds.query('SELECT id, title, body, colour, weight, isNew, story FROM book ORDER BY id')
      const added = { colour: null, weight: 7, isNew: 0, story: null }
      assert.deepEqual(
        rows.map((row: object) => ({ ...row })),
        [
          { id: 'b1', title: 'one', body: 'kept', ...added },
          { id: 'b2', title: null, body: null, ...added },
        ],
      )
      const table = await runner.getTable('book')
      assert.ok(table?.indices.some(({ name }) => name === 'book_colour'))
      assert.ok(table?.indices.some(({ name, isUnique }) => name === 'ix_book_title' && isUnique))
      assert.deepEqual(
        table?.foreignKeys.map(({ name }) => name),
        ['fk_book_shelf'],
      )
      for (let again = 0; again < 2; again++) {
        await dropIndex(runner, 'book', 'book_colour')
        for (const name of ['colour', 'weight', 'isNew', 'story']) await dropColumn(runner, 'book', name)
      }
      assert.equal((await columnsOf('book')).includes('colour'), false)
      assert.equal((await world.ds.manager.findOneByOrFail(Book, { id: 'b1' })).body, 'kept')
    })

    it('refuses what older programs could not write beside', async () => {
      await assert.rejects(addColumn(runner, 'book', varchar('colour', 20)), /may be empty or has a default/)
      await assert.rejects(addIndex(runner, 'book', unique('book_body', 'body')), /not a unique one/)
    })

    it('expand leaves older programs at work, and lets them start again', async () => {
      const release = await serve()
      assert.deepEqual(await migrate(later(Expand)), ['ExpandBookColour1800000000001'])
      await release()
      assert.deepEqual(await migrate(world.settings), [])
      assert.deepEqual(await migrate(later(Expand)), [])
    })

    it('contract waits for its command, until no older program serves, and shuts them out', async () => {
      assert.deepEqual(await migrate(later(Expand, Contract)), ['ExpandBookColour1800000000001'])
      assert.deepEqual(await migrate(world.settings), [])
      const old = await serve()
      await assert.rejects(contract(later(Expand, Contract)), InUse)
      await old()
      assert.ok((await columnsOf('book')).includes('cover'))
      assert.deepEqual(await contract(later(Expand, Contract)), ['ContractBookCover1800000000002'])
      assert.deepEqual(await contract(later(Expand, Contract)), [])
      assert.equal((await columnsOf('book')).includes('cover'), false)
      await assert.rejects(migrate(world.settings), NewerDatabase)
      await assert.rejects(migrate(world.settings), /（ContractBookCover1800000000002）/)
      assert.deepEqual(await migrate(later(Expand, Contract)), [])
    })

    it('contract comes after what it builds on, and a new database has everything at once', async () => {
      await assert.rejects(contract(later(Expand, Contract)), /新版本还没有启动过/)
      const fresh = await makeWorld(database, { migrations: [Begin1700000000000, Expand, Contract] })
      assert.deepEqual(await migrate(fresh.settings), [])
      assert.deepEqual(await contract(fresh.settings), [])
      await fresh.end()
    })

    it('any other needs everything to stand still, and shuts older programs out', async () => {
      const release = await serve()
      await assert.rejects(migrate(later(Standstill)), /请先停止所有服务进程/)
      assert.equal((await world.ds.manager.findOneByOrFail(Book, { id: 'b1' })).copies, 0)
      await release()
      assert.deepEqual(await migrate(later(Standstill)), ['Reform1800000000003'])
      await assert.rejects(migrate(world.settings), NewerDatabase)
    })

    if (database === 'MariaDB') {
      it('contract goes on beside programs that live with it, however many places are taken', async () => {
        await migrate(later(Expand, Contract))
        const words = [livesWith('ContractBookCover1800000000002'), 'something else']
        const [one, two] = [await serve(words), await serve(words)]
        const old = await serve(['something else'])
        await assert.rejects(contract(later(Expand, Contract)), /还有旧版本的服务进程在运行/)
        await old()
        assert.deepEqual(await contract(later(Expand, Contract)), ['ContractBookCover1800000000002'])
        await one()
        await two()
      })

      it('a table that is in use is waited for a moment at a time: others are served meanwhile', async () => {
        const reader = world.ds.createQueryRunner()
        await reader.startTransaction()
        await reader.query('SELECT * FROM book')
        let isChanged = false
        const change = addColumn(runner, 'book', optional(varchar('colour', 20))).then(() => (isChanged = true))
        // Several of its attempts fall among these; each of these ends while the first reader holds the table.
        for (let n = 0; n < 40; n++) {
          await world.ds.query('SELECT COUNT(*) FROM book')
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        assert.equal(isChanged, false)
        await reader.commitTransaction()
        await reader.release()
        await change
        assert.ok((await columnsOf('book')).includes('colour'))
      })
    }
  })
}
