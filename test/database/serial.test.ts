import { strict as assert } from 'node:assert'
import { setImmediate as turn } from 'node:timers/promises'
import { OutsideTransaction } from '../../src/database/serial.js'
import { Book, makeWorld, Shelf } from './world.js'
import type { World } from './world.js'

describe('the embedded database with many callers', () => {
  let world: World
  beforeEach(async () => {
    world = await makeWorld('embedded')
  })
  afterEach(() => world.end())

  const titles = async () => (await world.ds.getRepository(Book).find({ order: { id: 'ASC' } })).map((book) => book.id)

  it('keeps an insert that arrives during a transaction of another caller that rolls back', async () => {
    let insideNow: () => void = () => {}
    const inside = new Promise<void>((resolve) => {
      insideNow = resolve
    })
    const rolledBack = world.ds.transaction(async (db) => {
      await db.insert(Book, { id: 'lost', title: 'lost' })
      insideNow()
      await turn()
      await turn()
      throw new Error('change of mind')
    })
    await inside
    const kept = world.ds.getRepository(Book).insert({ id: 'kept', title: 'kept' })
    await assert.rejects(rolledBack, /change of mind/)
    await kept
    assert.deepEqual(await titles(), ['kept'])
  })

  it('commits 50 transactions begun at the same moment', async () => {
    await world.ds.getRepository(Book).insert({ id: 'sum', title: 'sum', copies: 0 })
    await Promise.all(
      Array.from({ length: 50 }, () =>
        world.ds.transaction(async (db) => {
          const book = await db.findOneByOrFail(Book, { id: 'sum' })
          await turn()
          await db.update(Book, { id: 'sum' }, { copies: book.copies + 1 })
        }),
      ),
    )
    const { copies } = await world.ds.getRepository(Book).findOneByOrFail({ id: 'sum' })
    assert.equal(copies, 50)
  })

  it('refuses the outer manager inside a transaction, in place of waiting for ever', async () => {
    for (const misuse of [
      () => world.ds.getRepository(Book).insert({ id: 'out', title: 'out' }),
      () => world.ds.query('SELECT 1'),
      () => world.ds.getRepository(Shelf).save({ id: 'out' }),
      () => world.ds.transaction(async () => {}),
    ]) {
      await assert.rejects(
        world.ds.transaction(async () => void (await misuse())),
        OutsideTransaction,
      )
    }
    await world.ds.getRepository(Book).insert({ id: 'after', title: 'after' })
    assert.deepEqual(await titles(), ['after'])
  })

  it('rolls back to a savepoint without ending the outer transaction', async () => {
    await world.ds.transaction(async (db) => {
      await db.insert(Book, { id: 'a', title: 'a' })
      await assert.rejects(
        db.transaction(async (inner) => {
          await inner.insert(Book, { id: 'b', title: 'b' })
          throw new Error('inner')
        }),
        /inner/,
      )
      await db.insert(Book, { id: 'c', title: 'c' })
    })
    assert.deepEqual(await titles(), ['a', 'c'])
  })

  it('goes on after a COMMIT that fails', async () => {
    const runner = world.ds.createQueryRunner()
    await runner.startTransaction()
    await runner.query('PRAGMA defer_foreign_keys = ON')
    await runner.query(`INSERT INTO book (id, title, "shelfId") VALUES ('x', 'x', 'missing')`)
    await assert.rejects(runner.commitTransaction(), /FOREIGN KEY/)
    await runner.release()
    await world.ds.getRepository(Book).insert({ id: 'after', title: 'after' })
    assert.deepEqual(await titles(), ['after'])
  })

  it('goes on after a BEGIN that fails', async () => {
    const { databaseConnection } = world.ds.driver as unknown as { databaseConnection: { exec(sql: string): void } }
    databaseConnection.exec('BEGIN')
    await assert.rejects(world.ds.transaction(async () => {}))
    await world.ds.transaction((db) => db.insert(Book, { id: 'after', title: 'after' }))
    assert.deepEqual(await titles(), ['after'])
  })

  it('ends a transaction whose runner is released in the middle', async () => {
    const runner = world.ds.createQueryRunner()
    await runner.startTransaction()
    await runner.query(`INSERT INTO book (id, title) VALUES ('half', 'half')`)
    await runner.release()
    assert.deepEqual(await titles(), [])
  })
})
