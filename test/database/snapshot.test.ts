import { strict as assert } from 'node:assert'
import Libsql from 'libsql'
import { snapshot } from '../../src/database/snapshot.js'
import { OutsideTransaction } from '../../src/database/serial.js'
import { embeddedFile } from '../../src/database/source.js'
import { Book, DATABASES, makeWorld } from './world.js'
import type { World } from './world.js'

function gate() {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

for (const database of DATABASES) {
  describe(`readings that belong together, on ${database}`, function () {
    this.timeout(60_000)
    let world: World
    const copies = async () => (await world.ds.getRepository(Book).findOneByOrFail({ id: 'a' })).copies

    before(async () => {
      world = await makeWorld(database)
      await world.ds.getRepository(Book).insert({ id: 'a', title: 'a' })
    })
    after(() => world.end())

    it('see nothing of what is written between them', async () => {
      const [looked, written] = [gate(), gate()]
      const reading = snapshot(world.ds, async (db) => {
        const before = await db.findOneByOrFail(Book, { id: 'a' })
        looked.open()
        await written.opened
        const after = await db.findOneByOrFail(Book, { id: 'a' })
        return [before.copies, after.copies]
      })
      await looked.opened
      const writing = world.ds.getRepository(Book).update({ id: 'a' }, { copies: 7 })
      // The embedded database lets the writer wait in line, the server lets it commit.
      if (database === 'MariaDB') await writing
      written.open()
      assert.deepEqual(await reading, [0, 0])
      await writing
      assert.equal(await copies(), 7)
    })

    it('wait for no lock that another process holds', async () => {
      const release = await (database === 'embedded' ? writeElsewhere(world) : lockElsewhere(world))
      try {
        const { title } = await snapshot(world.ds, (db) => db.findOneByOrFail(Book, { id: 'a' }))
        assert.equal(title, 'a')
      } finally {
        await release()
      }
    })

    it('leave the next transaction able to write', async () => {
      await snapshot(world.ds, (db) => db.find(Book))
      await world.ds.transaction((db) => db.update(Book, { id: 'a' }, { copies: 8 }))
      assert.equal(await copies(), 8)
    })

    if (database !== 'embedded') return
    it('are not mixed with others, which would wait for ever', async () => {
      await assert.rejects(
        snapshot(world.ds, () => world.ds.getRepository(Book).find()),
        OutsideTransaction,
      )
    })
  })
}

async function writeElsewhere({ settings }: World): Promise<() => Promise<void>> {
  const other = new Libsql(embeddedFile(settings.dataDir))
  other.exec('BEGIN IMMEDIATE')
  return async () => {
    other.exec('ROLLBACK')
    other.close()
  }
}

async function lockElsewhere({ ds }: World): Promise<() => Promise<void>> {
  const runner = ds.createQueryRunner()
  await runner.startTransaction()
  await runner.query('SELECT id FROM book WHERE id = ? FOR UPDATE', ['a'])
  return async () => {
    await runner.rollbackTransaction()
    await runner.release()
  }
}
