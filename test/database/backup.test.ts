import { strict as assert } from 'node:assert'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { BackupFailed, renameAll } from '../../src/database/backup/archive.js'
import { backupName, makeBackup } from '../../src/database/backup/make.js'
import { putBack } from '../../src/database/backup/put-back.js'
import { migrate } from '../../src/database/migrate.js'
import { parseAddress } from '../../src/database/address.js'
import { InUse } from '../../src/database/inUse.js'
import { holdRestoreLock, holdServiceLock, swapMark } from '../../src/database/service-lock.js'
import { openDatabase } from '../../src/database/source.js'
import type { DatabaseSettings } from '../../src/database/source.js'
import { transact } from '../../src/database/transaction.js'
import { Book, DATABASES, emptyPlace, makeWorld, Shelf } from './world.js'
import type { World } from './world.js'

const HARD_TEXT = 'a\nb\r\n;\u2028\u2029\\ \' " \t\x1a 😀 环评'

async function fill({ ds, settings }: World): Promise<void> {
  await ds.getRepository(Shelf).insert({ id: 's1' })
  await ds.getRepository(Book).insert({
    id: 'b1',
    title: HARD_TEXT.slice(0, 20),
    body: HARD_TEXT,
    copies: -7,
    isLent: true,
    boughtAt: new Date('2026-08-15T15:59:59.987Z'),
    dueOn: '2026-08-15',
    tags: { text: HARD_TEXT },
    cover: Buffer.from([0, 10, 13, 39, 92, 255]),
    shelfId: 's1',
  })
  await mkdir(path.join(settings.dataDir, 'files', 'ab'), { recursive: true })
  await writeFile(path.join(settings.dataDir, 'files', 'ab', 'abcd'), Buffer.from([0, 1, 2]))
  await mkdir(path.join(settings.dataDir, 'keys'), { recursive: true })
  await writeFile(path.join(settings.dataDir, 'keys', 'secret'), 'never in a backup')
}

async function contents(settings: DatabaseSettings) {
  const ds = await openDatabase(settings)
  const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } })
  const shelves = await ds.getRepository(Shelf).find({ order: { id: 'ASC' } })
  const migrations = await ds.query('SELECT name FROM migrations')
  await ds.destroy()
  return JSON.stringify({ books, shelves, migrations })
}

/** Everything in DATA_DIR by name, without what an open database adds. */
async function names(dataDir: string): Promise<string[]> {
  const all = await readdir(dataDir, { recursive: true })
  return all.filter((name) => !/-(wal|shm)$|^service\.lock|^shenhuan\.db$/.test(name)).toSorted()
}

for (const database of DATABASES) {
  describe(`a backup of the ${database} database`, function () {
    this.timeout(60_000)
    let world: World
    let target: DatabaseSettings
    let file: string

    beforeEach(async () => {
      world = await makeWorld(database)
      await fill(world)
      target = await emptyPlace(database)
      file = path.join(world.settings.dataDir, 'made', 'backup.tar')
    })
    afterEach(async () => {
      await world.end()
      await rm(target.dataDir, { recursive: true, force: true })
    })

    it('put back in an empty place gives the same rows and files', async () => {
      const manifest = await makeBackup(world.settings, file)
      assert.deepEqual(manifest.rows, { book: 1, shelf: 1, migrations: 1 })
      assert.deepEqual(manifest.migrations, ['Begin1700000000000'])
      const { replaced } = await putBack(target, file)
      assert.deepEqual(replaced, [])
      assert.equal(await contents(target), await contents(world.settings))
      assert.deepEqual(await readFile(path.join(target.dataDir, 'files', 'ab', 'abcd')), Buffer.from([0, 1, 2]))
      assert.deepEqual(await names(target.dataDir), ['files', 'files/ab', 'files/ab/abcd'])
      assert.deepEqual(await migrate(target), [])
      const ds = await openDatabase(target)
      const { upQueries } = await ds.driver.createSchemaBuilder().log()
      assert.deepEqual(upQueries, [])
      await assert.rejects(ds.getRepository(Book).insert({ id: 'x', title: 'x', shelfId: 'missing' }))
      await ds.destroy()
    })

    it('holds no keys, is for its owner only, and leaves no traces', async () => {
      const before = await names(world.settings.dataDir)
      await makeBackup(world.settings, file)
      const listed = execFileSync('tar', ['-tf', file], { encoding: 'utf8' })
      assert.match(listed, /files\/ab\/abcd/)
      assert.doesNotMatch(listed, /keys|secret/)
      assert.equal((await stat(file)).mode & 0o077, 0)
      assert.deepEqual(await names(world.settings.dataDir), [...before, 'made', 'made/backup.tar'].toSorted())
    })

    it('made during writes holds each transaction whole or not at all', async () => {
      let isDone = false
      const writing = (async () => {
        for (let n = 0; !isDone; n++) {
          // The embedded driver is synchronous: without a pause this loop would let nothing else run.
          await new Promise(setImmediate)
          await transact(world.ds, async (db) => {
            await db.insert(Shelf, { id: `w${n}` })
            await db.insert(Book, { id: `w${n}a`, title: `w${n}a`, shelfId: `w${n}` })
            await db.insert(Book, { id: `w${n}b`, title: `w${n}b`, shelfId: `w${n}` })
          })
        }
        return world.ds.getRepository(Shelf).count()
      })()
      while ((await world.ds.getRepository(Shelf).count()) < 20) await new Promise(setImmediate)
      const lock = await holdServiceLock({ ds: world.ds, dataDir: world.settings.dataDir })
      const { rows } = await makeBackup(world.settings, file)
      isDone = true
      await writing
      await lock()
      assert.ok((rows['shelf'] ?? 0) >= 20)
      assert.equal(rows['book'], 2 * (rows['shelf'] ?? 0) - 1)
      await putBack(target, file)
      const ds = await openDatabase(target)
      assert.equal(await ds.getRepository(Book).count(), rows['book'])
      await ds.destroy()
    })

    it('never overwrites a file', async () => {
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, 'mine')
      await assert.rejects(makeBackup(world.settings, file), /文件已存在/)
      assert.equal(await readFile(file, 'utf8'), 'mine')
    })

    it('is not put back while a service runs', async () => {
      await makeBackup(world.settings, file)
      const before = await contents(world.settings)
      const lock = await holdServiceLock({ ds: world.ds, dataDir: world.settings.dataDir })
      await assert.rejects(putBack(world.settings, file, { replace: true }), InUse)
      assert.equal(await contents(world.settings), before)
      await lock()
      await world.ds.destroy()
      await putBack(world.settings, file, { replace: true })
      assert.equal(await contents(world.settings), before)
    })

    it('is not put back over other data unless told to, and then keeps that data', async () => {
      await makeBackup(world.settings, file)
      await world.ds.getRepository(Book).update({ id: 'b1' }, { copies: 99 })
      await writeFile(path.join(world.settings.dataDir, 'files', 'later'), 'later')
      const changed = await contents(world.settings)
      await assert.rejects(putBack(world.settings, file), /--replace/)
      assert.equal(await contents(world.settings), changed)
      await world.ds.destroy()

      const { replaced } = await putBack(world.settings, file, { replace: true })
      const restored = JSON.parse(await contents(world.settings))
      assert.equal(restored.books[0].copies, -7)
      assert.deepEqual(await readdir(path.join(world.settings.dataDir, 'files')), ['ab'])
      const [folder = '', oldDatabase] = replaced
      assert.equal(await readFile(path.join(folder, 'files', 'later'), 'utf8'), 'later')
      if (world.settings.url) {
        const old = { ...world.settings, url: world.settings.url.replace(/[^/]+$/, oldDatabase ?? '') }
        assert.equal(await contents(old), changed)
      } else {
        assert.equal(await contents({ ...world.settings, dataDir: folder }), changed)
      }
    })

    it('that is cut off, altered or something else is refused, and nothing is touched', async () => {
      await makeBackup(world.settings, file)
      const whole = await readFile(file)
      const wrong: Buffer[] = [whole.subarray(0, whole.length / 3), Buffer.from('not a tar'), Buffer.alloc(0)]
      for (const name of ['database.gz', 'manifest.json', 'abcd']) {
        const altered = Buffer.from(whole)
        const header = altered.indexOf(name)
        altered[header - (header % 512) + 512] = (altered[header - (header % 512) + 512] ?? 0) ^ 1
        wrong.push(altered)
      }
      const before = await contents(world.settings)
      const listed = await names(world.settings.dataDir)
      await world.ds.destroy()
      for (const bytes of wrong) {
        await writeFile(file, bytes)
        await assert.rejects(putBack(world.settings, file, { replace: true }), BackupFailed)
        assert.equal(await contents(world.settings), before)
        assert.deepEqual(await names(world.settings.dataDir), listed)
      }
    })

    it('of another kind of database is refused', async () => {
      await makeBackup(world.settings, file)
      const other = await emptyPlace(database === 'embedded' ? 'MariaDB' : 'embedded')
      await assert.rejects(putBack(other, file), /不能恢复到/)
      assert.deepEqual(await names(other.dataDir), [])
      await rm(other.dataDir, { recursive: true, force: true })
    })
  })
}

describe('a switch that fails at the last moment', function () {
  this.timeout(60_000)

  it('leaves the old tables and files of a server in place', async () => {
    const world = await makeWorld('MariaDB')
    const { dataDir } = world.settings
    const file = path.join(dataDir, 'made', 'backup.tar')
    await fill(world)
    await makeBackup(world.settings, file)
    await writeFile(path.join(dataDir, 'files', 'later'), 'later')
    const before = await contents(world.settings)
    const listed = await names(dataDir)
    // A trigger keeps its table from being moved to another database.
    await world.ds.query('CREATE TRIGGER stay BEFORE INSERT ON shelf FOR EACH ROW SET @x = 1')
    await assert.rejects(putBack(world.settings, file, { replace: true }), /[Tt]rigger/)
    assert.equal(await contents(world.settings), before)
    assert.deepEqual(await names(dataDir), listed)
    const databases: { Database: string }[] = await world.ds.query('SHOW DATABASES')
    const own = String(world.ds.options.database)
    assert.deepEqual(
      databases.map((row) => row.Database).filter((name) => name.startsWith(`${own}_`)),
      [],
    )
    await world.end()
  })

  it('takes back the renames that were done', async () => {
    const { dataDir } = await emptyPlace('embedded')
    const at = (name: string) => path.join(dataDir, name)
    await writeFile(at('a'), 'a')
    await writeFile(at('b'), 'b')
    await assert.rejects(
      renameAll([
        [at('a'), at('c')],
        [at('b'), at('a')],
        [at('missing'), at('b')],
      ]),
      /ENOENT/,
    )
    assert.deepEqual(await readdir(dataDir), ['a', 'b'])
    assert.equal(await readFile(at('a'), 'utf8'), 'a')
    await rm(dataDir, { recursive: true, force: true })
  })
})

describe('a service', function () {
  this.timeout(60_000)

  it('has the embedded database to itself', async () => {
    const world = await makeWorld('embedded')
    const { dataDir } = world.settings
    const release = await holdServiceLock({ ds: world.ds, dataDir })
    await assert.rejects(holdServiceLock({ ds: world.ds, dataDir }), InUse)
    await release()
    const again = await holdServiceLock({ ds: world.ds, dataDir })
    await again()
    await world.end()
  })

  it('shares a server with others of its kind', async () => {
    const world = await makeWorld('MariaDB')
    const { dataDir } = world.settings
    const releases = await Promise.all([1, 2, 3].map(() => holdServiceLock({ ds: world.ds, dataDir })))
    for (const release of releases) await release()
    await world.end()
  })

  it('does not start while data is being restored', async () => {
    for (const database of DATABASES) {
      const world = await makeWorld(database)
      const { dataDir, url } = world.settings
      const release = await holdRestoreLock(url ? parseAddress(url) : undefined, dataDir)
      await assert.rejects(holdServiceLock({ ds: world.ds, dataDir }), InUse)
      await release()
      const started = await holdServiceLock({ ds: world.ds, dataDir })
      await started()
      await world.end()
    }
  })

  it('does not start on data that a restore left half done', async () => {
    const world = await makeWorld('embedded')
    await writeFile(swapMark(world.settings.dataDir), '')
    await assert.rejects(holdServiceLock({ ds: world.ds, dataDir: world.settings.dataDir }), InUse)
    await world.end()
  })
})

describe('the name of a backup', () => {
  it('is the date and time in Shenyang', () => {
    assert.equal(backupName(new Date('2026-12-31T16:05:09Z')), 'shenhuan-20270101-000509.tar')
  })
})
