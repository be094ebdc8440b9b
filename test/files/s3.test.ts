/** What only a storage elsewhere can do: be away, slow, wrong or refuse. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import type { S3Limits, S3Settings } from '../../src/files/bucket.js'
import { s3Store, type S3Store } from '../../src/files/s3Store.js'
import { hashOf, keyOf } from '../../src/files/store.js'
import { Problem } from '../../src/problem.js'
import { openDoor, type S3Door } from './s3Door.js'
import { startS3 } from './s3Server.js'
import { age, bucket, s3 } from './stores.js'

const isUnavailable = (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.type, 'unavailable')
  assert.match(error.title, /^文件.*请稍后再试$/)
  assert.ok(error.particulars.cause instanceof Error)
  return true
}
async function writeFileIn(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
/** Short enough to wait for, in a storage that answers at once. */
const HASTY: Partial<S3Limits> = { attemptMs: 400 }

describe('a store on S3', function () {
  this.timeout(60_000)
  let settings: S3Settings
  let door: S3Door
  let store: S3Store
  const opened: S3Store[] = []
  const open = async (given?: Partial<S3Limits>, more: Partial<S3Settings> = {}) => {
    const one = await s3Store({ ...settings, endpoint: door.url, ...more }, given)
    opened.push(one)
    return one
  }

  beforeEach(async () => {
    settings = await bucket()
    door = await openDoor(settings.endpoint)
    store = await open()
  })
  afterEach(async () => {
    for (const one of opened.splice(0)) one.close()
    await door.close()
  })

  const lines = () => door.asked.map(({ line }) => line.replaceAll(settings.bucket, 'bucket').replace(/\?.*/, ''))
  const readBack = async (from: S3Store, hash: string) => {
    const stream = await from.get(hash)
    assert.ok(stream)
    return buffer(stream)
  }
  /** Waits for what must come, however long a busy machine takes. */
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await delay(20)
  }

  it('signs every request and every body, and asks for nothing that compatible storages lack', async () => {
    const { hash } = await store.put(randomBytes(100_000))
    await readBack(store, hash)
    await store.has(hash)
    for await (const blob of store.list()) assert.equal(blob.hash, hash)
    await store.remove(hash)
    const at = `/bucket/${keyOf(hash)}`
    assert.deepEqual(lines(), [`PUT ${at}`, `GET ${at}`, `HEAD ${at}`, 'GET /bucket/', `HEAD ${at}`, `DELETE ${at}`])
    for (const { headers } of door.asked) {
      const odd = Object.keys(headers).filter((name) => /checksum|trailer|acl|x-amz-sdk|encoding/.test(name))
      assert.deepEqual(odd, [])
    }
  })

  it('lists more than one page', async () => {
    const file = (n: number) => hashOf(Buffer.from(String(n)))
    for (let n = 0; n < 1001; n += 1) {
      const path = (await s3()).fileOf(settings.bucket, keyOf(file(n)))
      await writeFileIn(path, String(n))
    }
    let count = 0
    for await (const { size } of store.list()) count += Math.sign(size)
    assert.equal(count, 1001)
    assert.deepEqual(lines(), ['GET /bucket/', 'GET /bucket/'])
  })

  it('one that fails for a moment is asked again', async () => {
    door.trouble.push({ status: 500, code: 'InternalError' }, { status: 503, code: 'SlowDown' })
    const { hash } = await store.put(Buffer.from('at last'))
    door.trouble.push({ status: 500, code: 'InternalError' })
    assert.equal(String(await readBack(store, hash)), 'at last')
    assert.equal(lines().length, 5)
  })

  it('one that goes on failing, or does not answer, is 503 after three attempts', async () => {
    const { hash } = await store.put(Buffer.from('there'))
    const hasty = await open(HASTY)
    const asks = [
      () => hasty.put(Buffer.from('x')),
      () => hasty.get(hash),
      () => hasty.has(hash),
      () => hasty.remove(hash),
    ]
    const troubles = [{ status: 500, code: 'InternalError' }, 'silence'] as const
    for (const trouble of troubles) {
      for (const ask of asks) {
        const before = door.asked.length
        door.trouble.push(trouble, trouble, trouble)
        await assert.rejects(ask, isUnavailable)
        assert.ok(door.asked.length - before <= 3)
        door.trouble.length = 0
      }
    }
    assert.equal(String(await readBack(store, hash)), 'there')
  })

  it('one that was killed is 503, and works again once it is back, with what it had', async () => {
    const server = await startS3()
    try {
      const name = await server.createBucket('mortal')
      const own = await open({}, { endpoint: server.url, bucket: name })
      const { hash } = await own.put(Buffer.from('before'))
      await server.kill()
      await assert.rejects(own.put(Buffer.from('meanwhile')), isUnavailable)
      await assert.rejects(own.get(hash), isUnavailable)
      await assert.rejects(own.list()[Symbol.asyncIterator]().next(), isUnavailable)
      await server.restart()
      assert.equal(String(await readBack(own, hash)), 'before')
      await own.put(Buffer.from('meanwhile'))
    } finally {
      await server.stop()
    }
  })

  it('one killed in the middle of a download breaks the download off', async () => {
    const { hash } = await store.put(randomBytes(3_000_000))
    door.trouble.push({ breaksOffAfter: 1_500_000 })
    await assert.rejects(readBack(store, hash))
    assert.equal((await readBack(store, hash)).length, 3_000_000)
  })

  it('one that stands still in the middle of a download is given up, and its connection with it', async () => {
    const { hash } = await store.put(randomBytes(3_000_000))
    const hasty = await open({ stallMs: 400 })
    door.trouble.push({ standsStillAfter: 1_500_000 })
    await assert.rejects(readBack(hasty, hash), /nothing arrived/)
    hasty.close()
    store.close()
    await until(async () => (await door.connections()) === 0)
  })

  it('a reader that is slow is waited for', async () => {
    const { hash } = await store.put(randomBytes(3_000_000))
    const stream = await (await open({ stallMs: 1_000 })).get(hash)
    assert.ok(stream)
    let size = 0
    for await (const chunk of stream) {
      size += (chunk as Buffer).length
      if (size < 100_000) await delay(2_500)
    }
    assert.equal(size, 3_000_000)
  })

  it('a reader that goes away takes its connection along', async () => {
    const patient = await open({ stallMs: 3_600_000 })
    const { hash } = await patient.put(randomBytes(9_000_000))
    const idle = await door.connections()
    for (let n = 0; n < 5; n += 1) {
      const stream = await patient.get(hash)
      assert.ok(stream)
      stream.destroy()
    }
    await until(async () => (await door.connections()) <= idle)
  })

  for (const size of [10, 3_000_000]) {
    it(`an object of ${size} bytes that was altered is never received whole`, async () => {
      const { hash } = await store.put(randomBytes(size))
      const file = (await s3()).fileOf(settings.bucket, keyOf(hash))
      const bytes = await readFile(file)
      bytes[size - 5] = (bytes[size - 5] ?? 0) ^ 1
      await writeFile(file, bytes)
      const received: Buffer[] = []
      const read = async () => {
        for await (const chunk of (await store.get(hash)) ?? []) received.push(chunk as Buffer)
      }
      await assert.rejects(read, /not what they were/)
      assert.ok(Buffer.concat(received).length < size)
    })
  }

  it('spares what another process has put again since', async () => {
    const other = await open()
    const { hash } = await other.put(Buffer.from('orphan'))
    await age((await s3()).fileOf(settings.bucket, keyOf(hash)), new Date('2026-01-01T00:00:00Z'))
    const before = new Date(Date.now() - 60_000)
    await other.put(Buffer.from('orphan'))
    assert.equal(await store.remove(hash, before), false)
    assert.equal(await store.has(hash), true)
  })

  const refusals: Record<string, [change: Partial<S3Settings>, code: string]> = {
    'a secret that is wrong': [{ secret: 'not-the-secret' }, 'SignatureDoesNotMatch'],
    'a key that nobody knows': [{ keyId: 'NOBODY' }, 'InvalidAccessKeyId'],
    'a bucket that is not there': [{ bucket: 'missing' }, 'NoSuchBucket'],
  }
  for (const [what, [change, code]] of Object.entries(refusals)) {
    it(`says so of ${what}`, async () => {
      const refused = await open({}, change)
      await assert.rejects(refused.check(), { name: 'S3Refused', code })
      await assert.rejects(refused.put(Buffer.from('x')), isUnavailable)
    })
  }

  it('an operator asks once whether it will do', async () => {
    await store.check()
    assert.deepEqual(lines(), ['GET /bucket/'])
  })
})
