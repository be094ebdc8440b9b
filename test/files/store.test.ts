import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type BlobStore, diskStore, hashOf } from '../../src/files/store.js'

describe('blobs on disk', () => {
  let root: string
  let store: BlobStore
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'blobs-'))
    store = diskStore(join(root, 'deep', 'blobs'))
  })
  afterEach(() => rm(root, { recursive: true }))

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
    assert.equal(await readFile(join(root, 'deep/blobs/ba/78', blob.hash), 'utf8'), 'abc')
  })

  it('equal ones are stored once, also at the same moment, and leave no draft behind', async () => {
    const blobs = await Promise.all(Array.from({ length: 10 }, () => store.put(Buffer.from('same'))))
    assert.equal(new Set(blobs.map(({ hash }) => hash)).size, 1)
    assert.deepEqual(await listed(), [hashOf(Buffer.from('same'))])
    assert.deepEqual(await readdir(join(root, 'deep/blobs/incoming')), [])
  })

  it('one that is put again counts as new, so that it is not cleared as an orphan', async () => {
    const { hash } = await store.put(Buffer.from('again'))
    const path = join(root, 'deep/blobs', hash.slice(0, 2), hash.slice(2, 4), hash)
    const old = new Date('2026-01-01T00:00:00Z')
    await utimes(path, old, old)
    for await (const blob of store.list()) assert.deepEqual(blob, { hash, size: 5, storedAt: old })
    await store.put(Buffer.from('again'))
    for await (const blob of store.list()) assert.ok(blob.storedAt > old)
  })

  it('one cut short by a fault of the disk is mended by the next put', async () => {
    const { hash } = await store.put(Buffer.from('whole'))
    await writeFile(join(root, 'deep/blobs', hash.slice(0, 2), hash.slice(2, 4), hash), 'who')
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

  it('no key reaches a file outside', async () => {
    await writeFile(join(root, 'secret'), 'secret')
    await store.put(Buffer.from('here'))
    const tricks = [
      '../../secret',
      join(root, 'secret'),
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
    assert.equal(await readFile(join(root, 'secret'), 'utf8'), 'secret')
  })

  it('drafts left by a process that died are cleared after an hour', async () => {
    await store.put(Buffer.from('first'))
    const incoming = join(root, 'deep/blobs/incoming')
    await writeFile(join(incoming, 'dead'), 'half')
    await writeFile(join(incoming, 'alive'), 'half')
    const old = new Date(Date.now() - 61 * 60 * 1000)
    await utimes(join(incoming, 'dead'), old, old)
    await diskStore(join(root, 'deep', 'blobs')).put(Buffer.from('second'))
    assert.deepEqual(await readdir(incoming), ['alive'])
  })
})
