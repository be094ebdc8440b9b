/** Master keys: where they come from, what they give, and when the start is refused. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMasterKey, createKeyFile, keyFilePath } from '../../src/encryption/keyFile.js'
import { KeyringBroken, loadKeyring, purposes } from '../../src/encryption/keyring.js'

const fresh = () => randomBytes(32).toString('base64')
const broken = (says: RegExp) => (error: unknown) => error instanceof KeyringBroken && says.test(error.message)
const fromEnvironment = (keysFromEnv: string) => loadKeyring({ keysFromEnv, keyDir: '/nowhere', allowGenerate: false })

let folder: string
let keyDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-'))
  keyDir = join(folder, 'keys')
})
afterEach(() => rmSync(folder, { recursive: true }))
const fromFile = (allowGenerate = false) => loadKeyring({ keyDir, allowGenerate })

describe('keys from the environment', () => {
  const [k1, k2, base] = [fresh(), fresh(), fresh()]

  it('the first is current, the others still open', () => {
    const keyring = fromEnvironment(`k2:${k2},k1:${k1},base:${base}`)
    assert.equal(keyring.source, 'environment')
    assert.equal(keyring.currentWrapId, 'k2')
    assert.deepEqual(keyring.wrapIds, ['k2', 'k1'])
    assert.equal(keyring.wrapKey('k1').length, 32)
    assert.throws(() => keyring.wrapKey('k3'), broken(/缺少主密钥 k3/))
  })

  it('the place of base in the list does not matter, nor do spaces', () => {
    assert.equal(fromEnvironment(` base:${base}, k1:${k1} `).currentWrapId, 'k1')
  })

  it('look-up hashes and the trail survive a change of every master key', () => {
    const before = fromEnvironment(`k1:${k1},base:${base}`)
    const after = fromEnvironment(`k2:${k2},base:${base}`)
    for (const purpose of purposes) assert.deepEqual(after.purposeKey(purpose), before.purposeKey(purpose))
    assert.deepEqual(fromEnvironment(`k2:${k2},k1:${k1},base:${base}`).wrapKey('k1'), before.wrapKey('k1'))
  })

  it('every purpose has a key of its own, none of them a secret as given', () => {
    const keyring = fromEnvironment(`k1:${k1},base:${base}`)
    const keys = [...purposes.map((purpose) => keyring.purposeKey(purpose)), keyring.wrapKey('k1')]
    const all = [...keys.map((key) => key.toString('base64')), k1, base]
    assert.equal(new Set(all).size, purposes.length + 3)
  })

  it('a purpose named in the list is changed alone', () => {
    const before = fromEnvironment(`k1:${k1},base:${base}`)
    const after = fromEnvironment(`k1:${k1},base:${base},links:${fresh()}`)
    assert.deepEqual(after.wrapIds, ['k1'])
    for (const purpose of purposes)
      assert.equal(after.purposeKey(purpose).equals(before.purposeKey(purpose)), purpose !== 'links')
  })

  it('missing, malformed, repeated and typed keys are refused, and the message shows no key', () => {
    const short = randomBytes(31).toString('base64')
    const typed = Buffer.alloc(32, 'secret').toString('base64')
    const refused: [string, RegExp][] = [
      [`k1:${k1}`, /缺少 base/],
      [`base:${base}`, /缺少主密钥/],
      [`k1:${short},base:${base}`, /第 1 项格式不对/],
      [`k1:${k1},${base}`, /第 2 项格式不对/],
      [`k.1:${k1},base:${base}`, /第 1 项格式不对/],
      [`k1:${k1},base:${base},`, /第 3 项格式不对/],
      [`k1:${k1},k1:${k2},base:${base}`, /k1 出现了两次/],
      [`k1:${k1},base:${k1}`, /base 与另一项的密钥相同/],
      [`k1:${typed},base:${base}`, /k1 不是随机密钥/],
    ]
    for (const [text, says] of refused) {
      assert.throws(
        () => fromEnvironment(text),
        (error) => {
          assert.ok(broken(says)(error), `${says}`)
          for (const secret of [k1, k2, base, short, typed]) assert.ok(!(error as Error).message.includes(secret))
          return true
        },
      )
    }
  })
})

describe('keys of the demonstration', () => {
  it('without keys and without leave to make them, nothing starts and nothing is made', () => {
    assert.throws(() => fromFile(), broken(/没有密钥/))
    assert.deepEqual(readdirSync(folder), [])
  })

  it('are made once, for their owner only, and read again at the next start', () => {
    const first = fromFile(true)
    assert.equal(first.source, 'file')
    assert.deepEqual(readdirSync(keyDir), ['master.json'])
    if (process.platform !== 'win32') {
      assert.equal(statSync(keyDir).mode & 0o777, 0o700)
      assert.equal(statSync(keyFilePath(keyDir)).mode & 0o777, 0o600)
    }
    for (const next of [fromFile(true), fromFile(false)]) {
      assert.equal(next.currentWrapId, first.currentWrapId)
      assert.deepEqual(next.wrapKey(next.currentWrapId), first.wrapKey(first.currentWrapId))
      for (const purpose of purposes) assert.deepEqual(next.purposeKey(purpose), first.purposeKey(purpose))
    }
  })

  it('a second first start does not replace the keys of the first', () => {
    createKeyFile(keyDir, new Date())
    const made = readFileSync(keyFilePath(keyDir), 'utf8')
    createKeyFile(keyDir, new Date())
    assert.equal(readFileSync(keyFilePath(keyDir), 'utf8'), made)
    assert.deepEqual(readdirSync(keyDir), ['master.json'])
  })

  it('a running service notices a key that the rotation command added', () => {
    const running = fromFile(true)
    const before = running.currentWrapId
    const added = addMasterKey(keyDir, new Date())
    assert.equal(running.wrapKey(added).length, 32)
    assert.equal(running.currentWrapId, added)
    assert.deepEqual(running.wrapIds, [added, before])
    assert.deepEqual(readdirSync(keyDir), ['master.json'])
  })

  it('purpose keys survive an added master key', () => {
    const before = fromFile(true)
    addMasterKey(keyDir, new Date())
    const after = fromFile()
    for (const purpose of purposes) assert.deepEqual(after.purposeKey(purpose), before.purposeKey(purpose))
  })

  it('a running service refuses a file with another base', () => {
    const running = fromFile(true)
    rmSync(keyFilePath(keyDir))
    assert.equal(running.wrapIds.length, 1)
    createKeyFile(keyDir, new Date(0))
    assert.throws(() => running.currentWrapId, broken(/另一套密钥/))
  })

  it('two rotations never add a key at the same moment', () => {
    fromFile(true)
    const lock = join(keyDir, 'master.lock')
    writeFileSync(lock, '')
    const before = readFileSync(keyFilePath(keyDir), 'utf8')
    assert.throws(() => addMasterKey(keyDir, new Date()), broken(/另一个命令/))
    assert.equal(readFileSync(keyFilePath(keyDir), 'utf8'), before)
    rmSync(lock)
    addMasterKey(keyDir, new Date())
  })

  it('a damaged file is refused, never replaced', () => {
    fromFile(true)
    for (const text of ['', '{', '{}', '{"format":1,"base":"AAAA","master":[]}']) {
      writeFileSync(keyFilePath(keyDir), text)
      assert.throws(() => fromFile(true), broken(/已损坏/))
      assert.equal(readFileSync(keyFilePath(keyDir), 'utf8'), text)
    }
  })

  it('a file that others may read is refused with the command that mends it', function () {
    if (process.platform === 'win32') this.skip()
    fromFile(true)
    chmodSync(keyFilePath(keyDir), 0o640)
    assert.throws(() => fromFile(true), broken(/chmod 600/))
  })
})
