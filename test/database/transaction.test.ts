import { strict as assert } from 'node:assert'
import { OutsideTransaction } from '../../src/database/serial.js'
import {
  CommitUnknown,
  forUpdate,
  forUpdateSkipLocked,
  isDuplicate,
  isForeignKey,
  isUnavailable,
  transact,
} from '../../src/database/transaction.js'
import { QueryFailedError } from 'typeorm'
import { Book, DATABASES, makeWorld, Shelf } from './world.js'
import type { World } from './world.js'

function failure(sql: string, fields: { code?: string; errno?: number; fatal?: boolean }): QueryFailedError {
  return new QueryFailedError(sql, [], Object.assign(new Error('injected'), fields))
}

for (const database of DATABASES) {
  describe(`a transaction on ${database}`, function () {
    this.timeout(60_000)
    let world: World
    before(async () => {
      world = await makeWorld(database)
    })
    after(() => world.end())

    it('is all there or not at all', async () => {
      await assert.rejects(
        transact(world.ds, async (db) => {
          await db.insert(Shelf, { id: 's' })
          throw new Error('no')
        }),
        /no/,
      )
      assert.equal(await world.ds.getRepository(Shelf).countBy({ id: 's' }), 0)
      assert.equal(
        await transact(world.ds, async (db) => {
          await db.insert(Shelf, { id: 's' })
          return 7
        }),
        7,
      )
      assert.equal(await world.ds.getRepository(Shelf).countBy({ id: 's' }), 1)
    })

    it('tells a duplicate from a missing reference', async () => {
      await world.ds.getRepository(Book).insert({ id: 'd', title: 'd' })
      const errors = await Promise.all(
        [
          { id: 'd', title: 'other' },
          { id: 'other', title: 'd' },
          { id: 'ref', title: 'ref', shelfId: 'nowhere' },
        ].map((book) => transact(world.ds, (db) => db.insert(Book, book)).catch((error: unknown) => error)),
      )
      assert.deepEqual(errors.map(isDuplicate), [true, true, false])
      assert.deepEqual(errors.map(isForeignKey), [false, false, true])
      assert.deepEqual(errors.map(isUnavailable), [false, false, false])
    })

    it('is tried again, from the start, after a deadlock or a lost connection', async () => {
      for (const fields of [
        { errno: 1213 },
        { errno: 1205 },
        { errno: 1047 },
        { code: 'ECONNRESET' },
        { code: 'PROTOCOL_CONNECTION_LOST' },
        { code: 'PROTOCOL_SEQUENCE_TIMEOUT' },
        { fatal: true },
      ]) {
        const id = JSON.stringify(fields)
        let attempts = 0
        await transact(world.ds, async (db) => {
          await db.insert(Book, { id: id.slice(0, 36), title: id })
          if (++attempts < 3) throw failure('UPDATE', fields)
        })
        assert.equal(attempts, 3, id)
      }
    })

    it('is tried again at most five times', async () => {
      let attempts = 0
      await assert.rejects(
        transact(world.ds, async () => {
          attempts++
          throw failure('UPDATE', { errno: 1213 })
        }),
        (error) => isUnavailable(error),
      )
      assert.equal(attempts, 6)
    })

    it('is not tried again after any other error', async () => {
      let attempts = 0
      await assert.rejects(
        transact(world.ds, async (db) => {
          attempts++
          await db.query('SELECT * FROM nowhere')
        }),
      )
      assert.equal(attempts, 1)
    })

    it('whose COMMIT may have taken effect is not repeated, but reported as unknown', async () => {
      for (const fields of [
        { code: 'PROTOCOL_CONNECTION_LOST' },
        { code: 'PROTOCOL_SEQUENCE_TIMEOUT' },
        { code: 'ETIMEDOUT' },
        { errno: 1047 },
        { errno: 1180 }, // seen from a Galera node cut off at that moment: one in twenty had taken effect
      ]) {
        let attempts = 0
        await assert.rejects(
          transact(world.ds, async () => {
            attempts++
            throw failure('COMMIT', fields)
          }),
          (error) => error instanceof CommitUnknown && isUnavailable(error),
        )
        assert.equal(attempts, 1)
      }
    })

    it('that finds out whether it was done is repeated then too, and reported as unknown when that does not help', async () => {
      const work = (failures: number) => {
        let attempts = 0
        return transact(
          world.ds,
          async () => {
            if (++attempts > failures) return attempts
            throw attempts === 1 ? failure('COMMIT', { code: 'ECONNRESET' }) : failure('SELECT 1', { errno: 1213 })
          },
          { isRepeatable: true },
        )
      }
      assert.equal(await work(2), 3)
      await assert.rejects(work(99), CommitUnknown)
    })

    it('whose COMMIT was refused for a conflict is tried again', async () => {
      let attempts = 0
      await transact(world.ds, async () => {
        if (++attempts < 2) throw failure('COMMIT', { errno: 1213 })
      })
      assert.equal(attempts, 2)
    })

    it('inside another is refused', async () => {
      await assert.rejects(
        transact(world.ds, () => transact(world.ds, async () => {})),
        OutsideTransaction,
      )
    })

    it('that locks a row loses no update among 20 at the same moment', async () => {
      await world.ds.getRepository(Book).insert({ id: 'count', title: 'count', copies: 0 })
      await Promise.all(
        Array.from({ length: 20 }, () =>
          transact(world.ds, async (db) => {
            const book = await db.findOneOrFail(Book, { where: { id: 'count' }, lock: forUpdate(db) })
            await db.update(Book, { id: 'count' }, { copies: book.copies + 1 })
          }),
        ),
      )
      assert.equal((await world.ds.getRepository(Book).findOneByOrFail({ id: 'count' })).copies, 20)
    })

    it('that skips locked rows gives each row to one of many', async () => {
      await world.ds
        .getRepository(Shelf)
        .clear()
        .catch(() => world.ds.query('DELETE FROM shelf'))
      await world.ds.getRepository(Shelf).insert(Array.from({ length: 10 }, (_, n) => ({ id: `job${n}` })))
      const taken = await Promise.all(
        Array.from({ length: 10 }, () =>
          transact(world.ds, async (db) => {
            const [job] = await db.find(Shelf, { order: { id: 'ASC' }, take: 1, lock: forUpdateSkipLocked(db) })
            if (job) await db.delete(Shelf, { id: job.id })
            return job?.id
          }),
        ),
      )
      const ids = taken.filter((id) => id !== undefined)
      assert.equal(new Set(ids).size, ids.length)
      assert.equal(await world.ds.getRepository(Shelf).count(), 10 - ids.length)
    })
  })
}

describe('a real deadlock on MariaDB', () => {
  it('ends with both transactions done', async function () {
    this.timeout(60_000)
    const world = await makeWorld('MariaDB')
    await world.ds.getRepository(Book).insert([
      { id: 'a', title: 'a' },
      { id: 'b', title: 'b' },
    ])
    let ready = 0
    let attempts = 0
    let bothReady: () => void = () => {}
    const meeting = new Promise<void>((resolve) => {
      bothReady = resolve
    })
    const cross = (first: string, second: string) =>
      transact(world.ds, async (db) => {
        attempts++
        await db.increment(Book, { id: first }, 'copies', 1)
        if (++ready === 2) bothReady()
        await meeting
        await db.increment(Book, { id: second }, 'copies', 1)
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    const books = await world.ds.getRepository(Book).find()
    assert.deepEqual(
      books.map((book) => book.copies),
      [2, 2],
    )
    assert.equal(attempts, 3)
    await world.end()
  })
})
