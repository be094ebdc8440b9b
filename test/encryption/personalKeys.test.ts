/** A key per person: what it opens, and that nothing opens once it is gone. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { DataSource } from 'typeorm'
import { algorithmIds, SealBroken, type SealFault, sealedWith } from '../../src/encryption/algorithms.js'
import { type Keyring, KeyringBroken, loadKeyring } from '../../src/encryption/keyring.js'
import {
  hasForeignKeys,
  loadPersonalKeys,
  newPersonalKey,
  openPersonal,
  sealPersonal,
  unwrap,
} from '../../src/encryption/personalKeys.js'
import { PersonKey } from '../../src/encryption/personKey.js'

const now = new Date('2026-11-23T01:00:00.000Z')
const secret = () => randomBytes(32).toString('base64')
const keyringWith = (masters: string): Keyring =>
  loadKeyring({ keysFromEnv: `${masters},base:${secret()}`, keyDir: '/nowhere', allowGenerate: false })
const breaks = (fault: SealFault, work: () => unknown) =>
  assert.throws(work, (error) => error instanceof SealBroken && error.fault === fault)

describe('a person’s key', () => {
  const k1 = secret()
  const keyring = keyringWith(`k1:${k1}`)
  let ds: DataSource

  beforeEach(async () => {
    ds = await new DataSource({
      type: 'better-sqlite3',
      driver: createRequire(import.meta.url)('libsql'),
      database: ':memory:',
      entities: [PersonKey],
      synchronize: true,
    }).initialize()
  })
  afterEach(() => ds.destroy())

  it('is stored wrapped by the current master key, and comes back', async () => {
    const { row, key } = newPersonalKey(keyring, 'p1', now)
    await ds.manager.insert(PersonKey, row)
    const stored = await ds.manager.findOneByOrFail(PersonKey, { personId: 'p1' })
    assert.deepEqual(stored, Object.assign(new PersonKey(), row))
    assert.equal(stored.wrapId, 'k1')
    assert.deepEqual(unwrap(keyring, stored), key)
    assert.ok(!JSON.stringify(stored).includes(key.bytes.toString('base64url')))
  })

  for (const algorithm of algorithmIds) {
    it(`seals and opens with ${algorithm}, naming itself in the value`, () => {
      const { row, key } = newPersonalKey(keyring, 'p1', now, algorithm)
      assert.equal(row.algorithm, algorithm)
      assert.deepEqual(sealedWith(row.wrapped), { algorithm, keyId: 'k1' })
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (plain) => {
          const sealed = sealPersonal(key, 'person.name', 'p1', plain, algorithm)
          assert.deepEqual(sealedWith(sealed), { algorithm, keyId: key.id })
          assert.equal(openPersonal(key, 'person.name', 'p1', sealed), plain)
        }),
      )
    })
  }

  it('does not open its values in another field or for another person', () => {
    const { key } = newPersonalKey(keyring, 'p1', now)
    const sealed = sealPersonal(key, 'person.name', 'p1', '张三')
    breaks('altered', () => openPersonal(key, 'person.phone', 'p1', sealed))
    breaks('altered', () => openPersonal(key, 'person.name', 'p2', sealed))
  })

  it('does not open the values of somebody else', () => {
    const one = newPersonalKey(keyring, 'p1', now)
    const other = newPersonalKey(keyring, 'p2', now)
    breaks('noKey', () =>
      openPersonal(other.key, 'person.name', 'p1', sealPersonal(one.key, 'person.name', 'p1', '张三')),
    )
  })

  it('cannot be put on another person’s row', () => {
    const one = newPersonalKey(keyring, 'p1', now).row
    const other = newPersonalKey(keyring, 'p2', now).row
    breaks('altered', () => unwrap(keyring, { ...other, wrapped: one.wrapped }))
    breaks('altered', () => unwrap(keyring, { ...one, personId: 'p2' }))
  })

  it('is read for exactly the persons asked for', async () => {
    const keys = ['p1', 'p2', 'p3'].map((personId) => newPersonalKey(keyring, personId, now))
    await ds.manager.insert(
      PersonKey,
      keys.map(({ row }) => row),
    )
    const read = await loadPersonalKeys(ds.manager, keyring, ['p3', 'p1', 'p1', 'unknown'])
    assert.deepEqual([...read.keys()].sort(), ['p1', 'p3'])
    assert.deepEqual(read.get('p3'), keys[2]!.key)
    assert.equal((await loadPersonalKeys(ds.manager, keyring, [])).size, 0)
  })

  it('exists once a person', async () => {
    await ds.manager.insert(PersonKey, newPersonalKey(keyring, 'p1', now).row)
    await assert.rejects(ds.manager.insert(PersonKey, newPersonalKey(keyring, 'p1', now).row), /UNIQUE/)
  })

  it('once destroyed leaves every value unreadable, also when the person gets a new key', async () => {
    const { row, key } = newPersonalKey(keyring, 'p1', now)
    await ds.manager.insert(PersonKey, row)
    const sealed = sealPersonal(key, 'person.phone', 'p1', '13800005678')
    await ds.manager.delete(PersonKey, { personId: 'p1' })
    const gone = await loadPersonalKeys(ds.manager, keyring, ['p1'])
    assert.equal(gone.size, 0)
    breaks('noKey', () => openPersonal(gone.get('p1'), 'person.phone', 'p1', sealed))

    await ds.manager.insert(PersonKey, newPersonalKey(keyring, 'p1', now).row)
    const renewed = await loadPersonalKeys(ds.manager, keyring, ['p1'])
    breaks('noKey', () => openPersonal(renewed.get('p1'), 'person.phone', 'p1', sealed))
  })

  it('without its master key is an error that names the missing key, not an erased person', async () => {
    await ds.manager.insert(PersonKey, newPersonalKey(keyring, 'p1', now).row)
    const stranger = keyringWith(`k9:${secret()}`)
    await assert.rejects(
      loadPersonalKeys(ds.manager, stranger, ['p1']),
      (error) => error instanceof KeyringBroken && /k1/.test(error.message),
    )
    breaks('altered', () => unwrap(keyringWith(`k1:${secret()}`), newPersonalKey(keyring, 'p1', now).row))
  })

  it('a database met with a stranger’s keys is noticed', async () => {
    const stranger = keyringWith(`k9:${secret()}`)
    assert.equal(await hasForeignKeys(ds.manager, stranger), false)
    await ds.manager.insert(PersonKey, newPersonalKey(keyring, 'p1', now).row)
    assert.equal(await hasForeignKeys(ds.manager, stranger), true)
    assert.equal(await hasForeignKeys(ds.manager, keyring), false)
    assert.equal(await hasForeignKeys(ds.manager, keyringWith(`k9:${secret()},k1:${k1}`)), false)
  })
})

describe('the algorithm an installation has chosen', () => {
  it('seals new values, and opens what was sealed with another before', () => {
    const keysFromEnv = `k1:${randomBytes(32).toString('base64')},base:${randomBytes(32).toString('base64')}`
    const before = loadKeyring({ keysFromEnv, keyDir: '/nowhere', allowGenerate: false })
    const after = loadKeyring({ keysFromEnv, keyDir: '/nowhere', allowGenerate: false, algorithm: 'sm4-cbc+hmac-sm3' })
    const { row, key } = newPersonalKey(before, 'person', new Date())
    const old = sealPersonal(key, 'person.name', 'person', '王女士')
    const again = unwrap(after, row)
    const fresh = sealPersonal(again, 'person.name', 'person', '王女士')
    assert.equal(sealedWith(old).algorithm, 'aes-256-gcm')
    assert.equal(sealedWith(fresh).algorithm, 'sm4-cbc+hmac-sm3')
    assert.equal(openPersonal(again, 'person.name', 'person', old), '王女士')
    assert.equal(openPersonal(again, 'person.name', 'person', fresh), '王女士')
  })
})
