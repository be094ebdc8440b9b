import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type BlobStore, diskStore, hashOf } from '../../src/files/store.js'
import { age, type Place, stores } from './stores.js'

for (const [name, open] of Object.entries(stores)) {
  describe(`blobs on ${name}`, function () {
    this.timeout(60_000)
    let place: Place
    let store: BlobStore
    beforeEach(async () => {
      place = await open()
      store = place.store
    })
    afterEach(() => place.end())

    const listed = async () => {
      const hashes: string[] = []
      for await (const { hash } of store.list()) hashes.push(hash)
      return hashes
    }
    const read = async (hash: string) => {
      const stream = await store.get(hash)
      return stream && (await buffer(stream)).toString()
    }

    it('come back as they were put, under their own SHA-256', async () => {
      const blob = await store.put(Buffer.from('abc'))
      assert.deepEqual(blob, { hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', size: 3 })
      assert.equal(await store.has(blob.hash), true)
      assert.equal(await read(blob.hash), 'abc')
      assert.match(place.fileOf(blob.hash), /\/deep\/blobs\/ba\/78\/ba7816bf/)
      assert.equal(await readFile(place.fileOf(blob.hash), 'utf8'), 'abc')
    })

    it('large ones come back whole', async () => {
      const bytes = randomBytes(9 * 1024 * 1024 + 1)
      const { hash } = await store.put(bytes)
      const stream = await store.get(hash)
      assert.ok(stream && bytes.equals(await buffer(stream)))
    })

    it('equal ones are stored once, also at the same moment', async () => {
      const blobs = await Promise.all(Array.from({ length: 10 }, () => store.put(Buffer.from('same'))))
      assert.equal(new Set(blobs.map(({ hash }) => hash)).size, 1)
      assert.deepEqual(await listed(), [hashOf(Buffer.from('same'))])
    })

    it('one process reads, lists and removes what another has put', async () => {
      const other = await place.again()
      const { hash } = await other.put(Buffer.from('shared'))
      assert.equal(await read(hash), 'shared')
      assert.deepEqual(await listed(), [hash])
      assert.equal(await store.remove(hash), true)
      assert.equal(await other.has(hash), false)
    })

    it('one that is put again counts as new, so that it is not cleared as an orphan', async () => {
      const { hash } = await store.put(Buffer.from('again'))
      const old = new Date('2026-01-01T00:00:00Z')
      const later = new Date('2026-01-02T00:00:00Z')
      await age(place.fileOf(hash), old)
      for await (const blob of store.list()) assert.deepEqual(blob, { hash, size: 5, storedAt: old })
      await store.put(Buffer.from('again'))
      for await (const blob of store.list()) assert.ok(blob.storedAt > later)
      assert.equal(await store.remove(hash, later), false)
      await age(place.fileOf(hash), old)
      assert.equal(await store.remove(hash, later), true)
    })

    it('one cut short by a fault of the disk is mended by the next put', async () => {
      const { hash } = await store.put(Buffer.from('whole'))
      await writeFile(place.fileOf(hash), 'who')
      await store.put(Buffer.from('whole'))
      assert.equal(await read(hash), 'whole')
    })

    it('are gone once removed, and absent ones are no error', async () => {
      const { hash } = await store.put(Buffer.from('gone'))
      assert.equal(await store.remove(hash), true)
      assert.equal(await store.remove(hash), false)
      assert.equal(await store.has(hash), false)
      assert.equal(await store.get(hash), undefined)
      assert.deepEqual(await listed(), [])
    })

    it('nothing but hashes is a name, and what else is there is not listed', async () => {
      const { hash } = await store.put(Buffer.from('here'))
      const outside = place.fileOf(hash).replace(hash, 'secret')
      await writeFile(outside, 'secret')
      const tricks = [
        '../../secret',
        outside,
        '',
        '.',
        'incoming',
        '%2e%2e/secret',
        `${'a'.repeat(64)}/..`,
        'A'.repeat(64),
        `${'a'.repeat(64)}\n`,
      ]
      for (const trick of tricks) {
        assert.equal(await store.has(trick), false, trick)
        assert.equal(await store.get(trick), undefined, trick)
        assert.equal(await store.remove(trick), false, trick)
      }
      assert.equal(await readFile(outside, 'utf8'), 'secret')
      assert.deepEqual(await listed(), [hash])
    })
  })
}

describe('drafts of blobs on disk', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'blobs-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  it('are gone once the blob is there', async () => {
    const store = diskStore(root)
    await Promise.all(Array.from({ length: 10 }, () => store.put(Buffer.from('same'))))
    assert.deepEqual(await readdir(join(root, 'incoming')), [])
  })

  it('left by a process that died are cleared after an hour', async () => {
    await diskStore(root).put(Buffer.from('first'))
    const incoming = join(root, 'incoming')
    await writeFile(join(incoming, 'dead'), 'half')
    await writeFile(join(incoming, 'alive'), 'half')
    await age(join(incoming, 'dead'), new Date(Date.now() - 61 * 60 * 1000))
    await diskStore(root).put(Buffer.from('second'))
    assert.deepEqual(await readdir(incoming), ['alive'])
  })
})
