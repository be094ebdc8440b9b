/** The service with its files in a bucket: several processes, a storage in trouble, the demonstration, backup and restore. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../src/audit/queue.js'
import { BadConfiguration, readConfig } from '../../src/config.js'
import { makeBackup } from '../../src/database/backup/make.js'
import { putBack } from '../../src/database/backup/put-back.js'
import { transact } from '../../src/database/transaction.js'
import type { FileView } from '../../src/files/contract.js'
import type { S3Settings } from '../../src/files/bucket.js'
import { hashOf, keyOf } from '../../src/files/store.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { startService } from '../../src/service.js'
import { databases } from '../databases.js'
import { staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'
import { openDoor, type S3Door } from './s3Door.js'
import { pdf } from './samples.js'
import { type S3Server, startS3 } from './s3Server.js'
import { age, bucket, envOf, s3, stores } from './stores.js'
import { upload } from './upload.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const fetch = (w: World, url: string | null) => w.http.request<Buffer>({ url: url ?? '', responseType: 'arraybuffer' })

/** A PDF of about that many bytes, none like another. */
const large = (size: number) => Buffer.concat([pdf(), randomBytes(size)])

describe('two services on one database and one bucket', function () {
  this.timeout(120_000)
  const worlds: World[] = []
  let settings: S3Settings

  before(async () => {
    settings = await bucket()
    const key = () => randomBytes(32).toString('base64')
    const env = {
      ...envOf(settings),
      DATABASE_URL: (await databases['MariaDB']?.()) ?? '',
      MASTER_KEYS: `k1:${key()},base:${key()}`,
    }
    for (let n = 0; n < 2; n += 1) worlds.push(await world('embedded', { env }))
  })
  after(async () => {
    for (const w of worlds) await w.stop()
  })

  it('what is uploaded at one is read at the other, and its sweep spares what was just put', async () => {
    const [one, other] = worlds as [World, World]
    const sender = await one.as('sender')
    const view = (await upload(one, sender, pdf('%both'))).body as FileView
    const { status, data } = await fetch(other, view.url)
    assert.equal(status, 200)
    assert.deepEqual(data, pdf('%both'))

    const { blobs } = one.service.house.outside
    const orphans = await Promise.all(['left', 'again'].map((text) => blobs.put(Buffer.from(text))))
    for (const { hash } of orphans) {
      await age((await s3()).fileOf(settings.bucket, keyOf(hash)), new Date('2026-11-01T00:00:00Z'))
    }
    await blobs.put(Buffer.from('again')) // no row names it yet
    await age((await s3()).fileOf(settings.bucket, keyOf(hashOf(pdf('%both')))), new Date('2026-11-01T00:00:00Z'))
    await transact(other.service.house.ds, (db) => enqueue(db, [{ kind: 'files.sweep', payload: {} }], other.now()))
    await other.drainJobs()
    const left = await Promise.all(orphans.map(({ hash }) => blobs.has(hash)))
    assert.deepEqual(left, [false, true])
    assert.equal((await fetch(one, view.url)).status, 200)
  })

  it('the trail is sealed into the bucket by whichever does it, and verified against it by the other', async () => {
    const [one, other] = worlds as [World, World]
    for (const w of worlds) w.turnTo('2026-11-24T02:31:00+08:00')
    await one.drainJobs()
    for (const w of worlds) w.turnTo('2026-11-25T02:31:00+08:00')
    await other.drainJobs()
    const { caller } = await staff(other, { role: 'supervisor', unitId: 'approval' })
    const verify = () => caller.call('audit.verify', {})
    const { days, forgedDays } = await verify()
    assert.deepEqual([days > 1, forgedDays], [true, []])

    const file = (await s3()).fileOf(settings.bucket, 'digests/2026-11-23.json')
    const kept = await readFile(file)
    await rm(file)
    assert.deepEqual((await verify()).forgedDays, ['2026-11-23'])
    await writeFile(file, kept)
    assert.deepEqual((await verify()).forgedDays, [])
  })
})

describe('a service whose bucket is in trouble', function () {
  this.timeout(120_000)
  const secret = `SECRET-${uuid()}`
  let server: S3Server
  let door: S3Door
  let settings: S3Settings
  let w: World
  let sender: Caller
  let logged = ''
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk)
        done()
      },
    }),
  )

  before(async () => {
    server = await startS3()
    door = await openDoor(server.url, secret)
    settings = { ...(await bucket({ endpoint: door.url, secret })), bucket: await server.createBucket('files') }
    w = await world('embedded', { env: envOf(settings), parts: { log } })
    sender = await w.as('sender')
  })
  after(async () => {
    await w.stop()
    await door.close()
    await server.stop()
  })
  const rows = () => w.service.house.ds.manager.count(StoredFile)

  it('says that files are not to be had while it is away, keeps nothing half done, and goes on with the rest', async () => {
    const view = (await upload(w, sender, pdf('%kept'))).body as FileView
    const before_ = await rows()
    await server.kill()
    const headers = { 'Idempotency-Key': uuid() }
    const refused = await upload(w, sender, pdf('%later'), { headers })
    assert.deepEqual([refused.status, refused.body.title], [503, '文件暂时存不进去，请稍后再试'])
    assert.equal(await rows(), before_)
    const unread = await fetch(w, view.url)
    assert.equal(unread.status, 503)
    assert.equal(JSON.parse(String(unread.data)).title, '文件暂时打不开，请稍后再试')
    assert.equal(unread.headers['etag'], undefined)
    assert.equal((await sender.try('session.me', {})).status, 200)
    assert.equal((await w.http.get('/health/ready')).status, 200)
    await server.restart()
    assert.equal((await fetch(w, view.url)).status, 200)
    const taken = await upload(w, sender, pdf('%later'), { headers })
    assert.equal(taken.status, 200)
    assert.equal((await upload(w, sender, pdf('%later'), { headers })).body.id, taken.body.id)
    assert.equal(await rows(), before_ + 1)
  })

  it('a sweep that it interrupts is done later', async () => {
    const { house } = w.service
    const { hash } = await house.outside.blobs.put(Buffer.from('orphan'))
    const file = server.fileOf('files', keyOf(hash))
    await age(file, new Date('2026-11-01T00:00:00Z'))
    await transact(house.ds, (db) => enqueue(db, [{ kind: 'files.sweep', payload: {} }], w.now()))
    for (let n = 0; n < 50; n += 1) door.trouble.push({ status: 500, code: 'InternalError' })
    await w.drainJobs()
    assert.ok(door.trouble.length < 50)
    door.trouble.length = 0
    assert.equal(await house.outside.blobs.has(hash), true)
    w.turnTo('2026-11-23T11:00:00+08:00')
    await w.drainJobs()
    assert.equal(await house.outside.blobs.has(hash), false)
    w.turnTo('2026-11-23T10:00:00+08:00')
  })

  it('starts without it when it is away, but not when it refuses', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-'))
    const start = (more: Record<string, string>) =>
      startService(
        readConfig({ NODE_ENV: 'test', PORT: '0', DEMO: 'off', DATA_DIR: dataDir, ...envOf(settings), ...more }),
        {
          log,
          withWorker: false,
        },
      )
    const refusals: [more: Record<string, string>, sentence: RegExp][] = [
      [{ FILES_S3_SECRET: 'WRONG' }, /FILES_S3_SECRET: is not the one of FILES_S3_KEY_ID$/],
      [{ FILES_S3_KEY_ID: 'NOBODY' }, /FILES_S3_KEY_ID: is not known to the storage$/],
      [{ FILES_S3_BUCKET: 'missing' }, /FILES_S3_BUCKET: there is no such bucket$/],
    ]
    for (const [more, sentence] of refusals) {
      await assert.rejects(start(more), (error: unknown) => {
        assert.ok(error instanceof BadConfiguration)
        assert.match(error.message, sentence)
        assert.doesNotMatch(error.message, /SECRET-|WRONG/)
        return true
      })
    }
    await server.kill()
    const service = await start({})
    await server.restart()
    const { hash } = await service.house.outside.blobs.put(Buffer.from('at last'))
    assert.equal(await w.service.house.outside.blobs.has(hash), true)
    await service.stop()
    await rm(dataDir, { recursive: true })
  })

  it('an altered file is refused: with an answer when it is small, and never sent whole', async () => {
    for (const [bytes, answer] of [
      [pdf('%small'), 500],
      [large(400_000), undefined],
    ] as const) {
      const view = (await upload(w, sender, bytes)).body as FileView
      const file = server.fileOf('files', keyOf(hashOf(bytes)))
      const stored = await readFile(file)
      stored[stored.length - 3] = (stored[stored.length - 3] ?? 0) ^ 1
      await writeFile(file, stored)
      const fetched = fetch(w, view.url)
      if (answer === undefined) await assert.rejects(fetched)
      else assert.equal((await fetched).status, answer)
      assert.match(logged, new RegExp(`The stored bytes of ${hashOf(bytes)} are not what they were`))
    }
  })

  it('its secret is in no log and no answer', async () => {
    assert.ok(logged.includes('unavailable'))
    const all = [logged, JSON.stringify((await w.http.get('/openapi.json')).data)]
    for (const text of all) assert.ok(!text.includes(secret))
  })
})

describe('a backup of a service with files in a bucket', function () {
  this.timeout(120_000)

  for (const database of Object.keys(databases)) {
    it(`on ${database} leaves them there; a restore names what is missing, and refuses without the bucket`, async () => {
      const settings = await bucket()
      const w = await world(database, { env: envOf(settings) })
      const target = await mkdtemp(join(tmpdir(), 'shenhuan-target-'))
      try {
        const sender = await w.as('sender')
        for (const text of ['%here', '%lost', '%short']) await upload(w, sender, pdf(text))
        const { dataDir, databaseUrl: url, filesS3 } = w.service.house.config
        const file = join(target, 'made', 'backup.tar')
        const manifest = await makeBackup({ url, dataDir, filesS3 }, file)
        assert.deepEqual([manifest.files, manifest.filesAt], [0, `${settings.endpoint}/${settings.bucket}/`])
        const [, lost = '', short = ''] = ['%here', '%lost', '%short'].map((text) => hashOf(pdf(text)))
        await w.service.house.outside.blobs.remove(lost)
        await writeFile((await s3()).fileOf(settings.bucket, keyOf(short)), 'sh')

        const place = { url: await databases[database]?.(), dataDir: join(target, 'data') }
        await assert.rejects(putBack(place, file), /请先配置 FILES_S3_/)
        await assert.rejects(
          putBack({ ...place, filesS3: { ...settings, endpoint: 'http://127.0.0.1:1' } }, file),
          /对象存储连不上/,
        )
        const { missing } = await putBack({ ...place, filesS3 }, file)
        assert.deepEqual(missing.toSorted(), [lost, short].toSorted())
        await assert.rejects(readdir(join(target, 'data', 'files')), { code: 'ENOENT' })
      } finally {
        await w.stop()
        await rm(target, { recursive: true })
      }
    })
  }

  it('made with files on disk is put back into a bucket, and says what was lost on a disk too', async () => {
    const settings = await bucket({ prefix: 'moved/' })
    const w = await world('embedded')
    const target = await mkdtemp(join(tmpdir(), 'shenhuan-target-'))
    try {
      const sender = await w.as('sender')
      const hashes = ['%a', '%b'].map((text) => hashOf(pdf(text)))
      for (const text of ['%a', '%b']) await upload(w, sender, pdf(text))
      await w.service.house.outside.blobs.remove(hashes[1] ?? '')
      const { dataDir } = w.service.house.config
      const file = join(target, 'backup.tar')
      await makeBackup({ dataDir }, file)
      const onDisk = await putBack({ dataDir: join(target, 'disk') }, file)
      assert.deepEqual(onDisk.missing, [hashes[1]])
      const inBucket = await putBack({ dataDir: join(target, 'bucket'), filesS3: settings }, file)
      assert.deepEqual(inBucket.missing, [hashes[1]])
      const stored = await readFile((await s3()).fileOf(settings.bucket, `moved/${keyOf(hashes[0] ?? '')}`))
      assert.deepEqual(stored, pdf('%a'))
    } finally {
      await w.stop()
      await rm(target, { recursive: true })
    }
  })
})

describe('the client of S3', function () {
  this.timeout(120_000)

  it('is read only by a service that has a bucket', async () => {
    const settings = await bucket()
    const program = `
      const { createRequire } = await import('node:module')
      const { openBlobs } = await import('./src/files/open.ts')
      await import('./src/service.ts')
      const isRead = () => Object.keys(createRequire(import.meta.url).cache).some((name) => name.includes('@aws-sdk'))
      await openBlobs({ filesDir: 'nowhere' })
      const without = isRead()
      await openBlobs({ filesDir: 'nowhere', filesS3: ${JSON.stringify(settings)} })
      console.log(without, isRead())`
    const options = ['--import', 'tsx', '--input-type=module', '-e', program]
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root })
    assert.equal(stdout.trim(), 'false true')
  })
})

describe('files that move from a disk to a bucket', () => {
  it('keep their names, so that any tool can move them', async () => {
    const [disk, s3Place] = [await stores['disk']?.(), await stores['S3']?.()]
    assert.ok(disk && s3Place)
    const { hash } = await disk.store.put(Buffer.from('moved'))
    const to = s3Place.fileOf(hash)
    await cp(dirname(disk.fileOf(hash)), dirname(to), { recursive: true })
    await cp(disk.fileOf(hash), to)
    assert.ok(await s3Place.store.get(hash))
    await disk.end()
    await s3Place.end()
  })
})

describe('a demonstration with files in a bucket', function () {
  this.timeout(300_000)

  it('has its pictures there', async () => {
    const settings = await bucket()
    const w = await world('embedded', { env: { ...envOf(settings), DEMO: 'on' } })
    const { ds, outside } = w.service.house
    const named = new Set((await ds.manager.find(StoredFile, { select: { hash: true } })).map(({ hash }) => hash))
    assert.ok(named.size >= 3)
    for (const hash of named) assert.equal(await outside.blobs.has(hash), true)
    await w.stop()
  })
})
