/** Rotation while the service runs: complete, resumable, and never in the way of a change or an erasure. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Column, DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm'
import { type AlgorithmId, sealedWith } from '../../src/encryption/algorithms.js'
import { type Keyring, loadKeyring } from '../../src/encryption/keyring.js'
import type { PersonalColumn } from '../../src/encryption/personalColumns.js'
import {
  loadPersonalKeys,
  newPersonalKey,
  openPersonal,
  type PersonalKey,
  sealPersonal,
} from '../../src/encryption/personalKeys.js'
import { PersonKey } from '../../src/encryption/personKey.js'
import { rotateCommand, type RotateCommand } from '../../src/encryption/rotateCommand.js'
import { rewrapAll } from '../../src/encryption/rotation.js'
import { Informer } from '../../src/tips/informers/informer.js'
import { INFORMERS } from '../../src/tips/informers/keys.js'
import { chooseInformerKey, resealInformers } from '../../src/tips/informers/rotation.js'
import { identityOf, keepInformer, tipIdsOf } from '../../src/tips/informers/store.js'

@Entity('citizen')
class Citizen {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('text', { nullable: true }) phoneSealed: string | null
}

@Entity('letter')
class Letter {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) authorId: string
  @Column('text', { nullable: true }) nameSealed: string | null
}

const columns: PersonalColumn[] = [
  { entity: Citizen, column: 'phoneSealed', personIdColumn: 'id', field: 'person.phone' },
  { entity: Letter, column: 'nameSealed', personIdColumn: 'authorId', field: 'letter.name' },
]
const now = new Date('2026-11-23T01:00:00.000Z')
const secret = () => randomBytes(32).toString('base64')
const personId = (index: number) => `p${String(index).padStart(3, '0')}`
const informant = { personId: 'p000', name: '张三', phone: '13800005000', idNumber: null, bank: null }
const phoneOf = (id: string) => `13800005${id.slice(1)}`

describe('rotation', () => {
  let ds: DataSource
  let keyDir: string
  let keyring: Keyring
  let informers: Keyring
  let said: string[]

  beforeEach(async () => {
    keyDir = mkdtempSync(join(tmpdir(), 'rotation-'))
    keyring = loadKeyring({ keyDir, allowGenerate: true })
    informers = loadKeyring({ set: INFORMERS, keyDir, allowGenerate: true })
    said = []
    ds = await new DataSource({
      type: 'better-sqlite3',
      driver: createRequire(import.meta.url)('libsql'),
      database: ':memory:',
      entities: [PersonKey, Informer, Citizen, Letter],
      synchronize: true,
    }).initialize()
    for (let index = 0; index < 25; index++) await addPerson(personId(index))
    for (const tipId of ['tip1', 'tip2']) await keepInformer(ds.manager, { informers }, tipId, informant)
  })
  afterEach(async () => {
    await ds.destroy()
    rmSync(keyDir, { recursive: true })
  })

  async function addPerson(id: string): Promise<PersonalKey> {
    const { row, key } = newPersonalKey(keyring, id, now)
    await ds.manager.insert(PersonKey, row)
    await ds.manager.insert(Citizen, { id, phoneSealed: sealPersonal(key, 'person.phone', id, phoneOf(id)) })
    const nameSealed = sealPersonal(key, 'letter.name', id, `姓名${id}`)
    await ds.manager.insert(Letter, { id: `letter-${id}`, authorId: id, nameSealed })
    return key
  }

  const command = (args: string[] = [], also: Partial<RotateCommand> = {}) =>
    rotateCommand({
      args,
      db: ds.manager,
      transact: (work) => ds.transaction(work),
      keyring,
      keyDir,
      columns,
      informers: { keyring: informers, choose: chooseInformerKey, reseal: resealInformers },
      now,
      say: (line) => said.push(line),
      rowsPerStep: 10,
      ...also,
    })
  const wrapIds = async () => new Set((await ds.manager.find(PersonKey)).map(({ wrapId }) => wrapId))
  const stopAfter = (lines: number) => {
    const stop = new AbortController()
    const say = (line: string) => {
      said.push(line)
      if (said.length >= lines) stop.abort()
    }
    return { signal: stop.signal, say }
  }

  async function assertAllReadable(algorithm?: AlgorithmId): Promise<void> {
    const citizens = await ds.manager.find(Citizen)
    const letters = await ds.manager.find(Letter)
    const keys = await loadPersonalKeys(
      ds.manager,
      loadKeyring({ keyDir, allowGenerate: false }),
      citizens.map(({ id }) => id),
    )
    for (const { id, phoneSealed } of citizens) {
      assert.equal(openPersonal(keys.get(id), 'person.phone', id, phoneSealed!), phoneOf(id))
      if (algorithm) assert.equal(sealedWith(phoneSealed!).algorithm, algorithm)
    }
    for (const { authorId, nameSealed } of letters) {
      assert.equal(openPersonal(keys.get(authorId), 'letter.name', authorId, nameSealed!), `姓名${authorId}`)
      if (algorithm) assert.equal(sealedWith(nameSealed!).algorithm, algorithm)
    }
  }

  it('makes a new master key current, wraps every personal key with it, and leaves the values as they are', async () => {
    const before = keyring.currentWrapId
    const values = await ds.manager.find(Citizen)
    assert.equal(await command(), 0)
    assert.notEqual(keyring.currentWrapId, before)
    assert.deepEqual(keyring.wrapIds, [keyring.currentWrapId, before])
    assert.deepEqual(await wrapIds(), new Set([keyring.currentWrapId]))
    assert.deepEqual(await ds.manager.find(Citizen), values)
    await assertAllReadable()
  })

  it('says in plain words what it did', async () => {
    assert.equal(await command(), 0)
    assert.deepEqual(said, [
      `已生成新的主密钥 ${keyring.currentWrapId}，请立即备份密钥文件`,
      '个人密钥：10/25（40%）',
      '个人密钥：20/25（80%）',
      '个人密钥：25/25（100%）',
      '个人密钥：改了 25 条',
      `已生成新的举报人密钥 ${informers.currentWrapId}，请立即备份密钥文件`,
      '举报人：2/2（100%）',
      '举报人：改了 2 条',
      '换好了。旧密钥还要用来打开以前的备份，请不要删除',
    ])
  })

  it('moves who informed to a new key of their own, and to another algorithm, and finds them as before', async () => {
    const assertKnown = async () => {
      const fresh = { informers: loadKeyring({ set: INFORMERS, keyDir, allowGenerate: false }) }
      assert.deepEqual(await identityOf(ds.manager, fresh, 'tip2'), informant)
      assert.deepEqual((await tipIdsOf(ds.manager, fresh, 'p000')).sort(), ['tip1', 'tip2'])
    }
    const before = informers.currentWrapId
    assert.equal(await command(), 0)
    assert.notEqual(informers.currentWrapId, before)
    assert.equal(await ds.manager.countBy(Informer, { keyId: informers.currentWrapId }), 2)
    await assertKnown()
    assert.equal(await command(['--reencrypt', 'sm4-cbc+hmac-sm3']), 0)
    for (const { sealed } of await ds.manager.find(Informer)) {
      assert.equal(sealedWith(sealed).algorithm, 'sm4-cbc+hmac-sm3')
    }
    await assertKnown()
  })

  it('can be stopped; run again it finishes with the same key, and only then makes another', async () => {
    assert.equal(await command([], stopAfter(2)), 130)
    assert.equal(said.at(-1), '已停下，没有做完。再运行一次就接着做')
    const current = keyring.currentWrapId
    assert.equal((await wrapIds()).size, 2)
    await assertAllReadable()

    assert.equal(await command(), 0)
    assert.equal(keyring.currentWrapId, current)
    assert.deepEqual(await wrapIds(), new Set([current]))
    assert.ok(said.includes('个人密钥：改了 15 条'))

    assert.equal(await command(), 0)
    assert.notEqual(keyring.currentWrapId, current)
    await assertAllReadable()
  })

  it('a rotation that breaks off in the middle of a transaction leaves whole rows, and is resumed', async () => {
    let transactions = 0
    const transact = <T>(work: (db: EntityManager) => Promise<T>): Promise<T> =>
      ds.transaction(async (db) => {
        const result = await work(db)
        if (++transactions === 2) throw new Error('power cut')
        return result
      })
    await assert.rejects(command([], { transact }), /power cut/)
    const current = keyring.currentWrapId
    assert.equal(await ds.manager.countBy(PersonKey, { wrapId: current }), 10)
    await assertAllReadable()
    assert.equal(await command(), 0)
    assert.deepEqual(await wrapIds(), new Set([current]))
    await assertAllReadable()
  })

  it('the service keeps working: a person who comes in the middle is readable, with the new key', async () => {
    let hasJoined = false
    const transact = async <T>(work: (db: EntityManager) => Promise<T>): Promise<T> => {
      if (!hasJoined) await addPerson('p900')
      hasJoined = true
      return ds.transaction(work)
    }
    assert.equal(await command([], { transact }), 0)
    assert.deepEqual(await wrapIds(), new Set([keyring.currentWrapId]))
    assert.equal(await ds.manager.count(Citizen), 26)
    await assertAllReadable()
  })

  it('a person erased between reading and writing stays erased', async () => {
    const transact = async <T>(work: (db: EntityManager) => Promise<T>): Promise<T> => {
      await ds.manager.delete(PersonKey, { personId: personId(3) })
      return ds.transaction(work)
    }
    assert.equal(await command([], { transact }), 0)
    assert.equal(await ds.manager.count(PersonKey), 24)
    assert.equal(await ds.manager.existsBy(PersonKey, { personId: personId(3) }), false)
    assert.ok(said.includes('个人密钥：改了 24 条'))
  })

  it('a damaged key is named and left alone, the others are done', async () => {
    const { id } = await ds.manager.findOneByOrFail(PersonKey, { personId: personId(7) })
    await ds.manager.update(PersonKey, { id }, { wrapped: 'v1.gcm.k1.AAAA' })
    assert.equal(await command(), 1)
    assert.ok(said.includes(`个人密钥：${id} 打不开，没有改动`))
    assert.equal(await ds.manager.countBy(PersonKey, { wrapId: keyring.currentWrapId }), 24)
    assert.equal((await ds.manager.findOneByOrFail(PersonKey, { id })).wrapped, 'v1.gcm.k1.AAAA')
  })

  it('with MASTER_KEYS it moves to the first of the list and makes no key of its own', async () => {
    const [k1, k2, base] = [secret(), secret(), secret()]
    const fromEnvironment = (masters: string) =>
      loadKeyring({ keysFromEnv: `${masters},base:${base}`, keyDir, allowGenerate: false })
    await ds.manager.clear(PersonKey)
    const before = newPersonalKey(fromEnvironment(`k1:${k1}`), 'p1', now)
    await ds.manager.insert(PersonKey, before.row)

    const after = fromEnvironment(`k2:${k2},k1:${k1}`)
    assert.equal(await command([], { keyring: after }), 0)
    assert.equal(said[0], '换到主密钥 k2')
    const onlyNew = fromEnvironment(`k2:${k2}`)
    assert.deepEqual((await loadPersonalKeys(ds.manager, onlyNew, ['p1'])).get('p1'), before.key)
    assert.equal(keyring.wrapIds.length, 1)
  })

  it('a key whose master key is missing is named', async () => {
    const stranger = loadKeyring({
      keysFromEnv: `k9:${secret()},base:${secret()}`,
      keyDir,
      allowGenerate: false,
    })
    assert.equal(await command([], { keyring: stranger }), 1)
    assert.equal(said.filter((line) => line.endsWith('打不开，没有改动')).length, 25)
    await assertAllReadable()
  })

  it('wraps with another algorithm when asked', async () => {
    const run = {
      db: ds.manager,
      keyring,
      transact: <T>(work: (db: EntityManager) => Promise<T>) => ds.transaction(work),
    }
    assert.equal((await rewrapAll(run, 'sm4-cbc+hmac-sm3')).done, 25)
    for (const { algorithm, wrapped } of await ds.manager.find(PersonKey)) {
      assert.equal(algorithm, 'sm4-cbc+hmac-sm3')
      assert.equal(sealedWith(wrapped).algorithm, algorithm)
    }
    assert.equal((await rewrapAll(run, 'sm4-cbc+hmac-sm3')).done, 0)
  })

  describe('to another algorithm', () => {
    const toSm4 = ['--reencrypt', 'sm4-cbc+hmac-sm3']

    it('seals keys and every personal value with it, under the same master key, and back again', async () => {
      const master = keyring.currentWrapId
      assert.equal(await command(toSm4), 0)
      await assertAllReadable('sm4-cbc+hmac-sm3')
      assert.equal(keyring.currentWrapId, master)
      assert.equal(await ds.manager.countBy(PersonKey, { algorithm: 'sm4-cbc+hmac-sm3' }), 25)
      assert.equal(await command(['--reencrypt', 'aes-256-gcm']), 0)
      await assertAllReadable('aes-256-gcm')
    })

    it('can be stopped anywhere, everything staying readable, and is resumed', async () => {
      const codes: number[] = []
      for (let lines = 1; codes.at(-1) !== 0; lines++) {
        said = []
        codes.push(await command(toSm4, stopAfter(lines)))
        await assertAllReadable()
      }
      assert.ok(codes.length > 4, codes.join())
      assert.ok(codes.slice(0, -1).every((code) => code === 130))
      await assertAllReadable('sm4-cbc+hmac-sm3')
      said = []
      assert.equal(await command(toSm4), 0)
      assert.deepEqual(said.slice(0, 3), ['个人密钥：改了 0 条', 'person.phone：改了 0 条', 'letter.name：改了 0 条'])
    })

    it('leaves empty values, and those of the erased, as they are', async () => {
      await ds.manager.update(Citizen, { id: personId(1) }, { phoneSealed: null })
      await ds.manager.delete(PersonKey, { personId: personId(2) })
      const letter = await ds.manager.findOneByOrFail(Letter, { authorId: personId(2) })
      assert.equal(await command(toSm4), 0)
      assert.ok(said.includes('person.phone：改了 23 条，已注销的 1 条不动'))
      assert.ok(said.includes('letter.name：改了 24 条，已注销的 1 条不动'))
      assert.equal((await ds.manager.findOneByOrFail(Citizen, { id: personId(1) })).phoneSealed, null)
      assert.deepEqual(await ds.manager.findOneByOrFail(Letter, { authorId: personId(2) }), letter)
    })

    it('a value changed between reading and writing keeps the change', async () => {
      const id = personId(4)
      const key = (await loadPersonalKeys(ds.manager, keyring, [id])).get(id)!
      const changed = sealPersonal(key, 'person.phone', id, '13900009999')
      const transact = async <T>(work: (db: EntityManager) => Promise<T>): Promise<T> => {
        await ds.manager.update(Citizen, { id }, { phoneSealed: changed })
        return ds.transaction(work)
      }
      assert.equal(await command(toSm4, { transact }), 0)
      const { phoneSealed } = await ds.manager.findOneByOrFail(Citizen, { id })
      assert.equal(openPersonal(key, 'person.phone', id, phoneSealed!), '13900009999')
    })

    it('a damaged value is named and left alone, the others are done', async () => {
      await ds.manager.update(Citizen, { id: personId(5) }, { phoneSealed: '13800005005' })
      assert.equal(await command(toSm4), 1)
      assert.ok(said.includes('person.phone：p005 打不开，没有改动'))
      assert.ok(said.includes('person.phone：改了 24 条'))
      assert.ok(said.includes('letter.name：改了 25 条'))
      assert.equal((await ds.manager.findOneByOrFail(Citizen, { id: personId(5) })).phoneSealed, '13800005005')
    })
  })

  it('while a personal key is damaged no value is resealed', async () => {
    const { id } = await ds.manager.findOneByOrFail(PersonKey, { personId: personId(7) })
    await ds.manager.update(PersonKey, { id }, { wrapped: 'v1.gcm.k1.AAAA' })
    const values = await ds.manager.find(Citizen)
    assert.equal(await command(['--reencrypt', 'sm4-cbc+hmac-sm3']), 1)
    assert.deepEqual(await ds.manager.find(Citizen), values)
  })

  it('wrong options are answered with how to use it, and change nothing', async () => {
    const before = keyring.currentWrapId
    for (const args of [['--reencrypt'], ['--reencrypt', 'rot13'], ['--force'], ['now']]) {
      said = []
      assert.equal(await command(args), 2)
      assert.match(said.join('\n'), /用法：npm run rotate-keys/)
    }
    assert.equal(keyring.currentWrapId, before)
  })
})
