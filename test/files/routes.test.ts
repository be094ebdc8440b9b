import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { readdir, utimes } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../src/audit/queue.js'
import { transact } from '../../src/database/transaction.js'
import { attachFiles, fileViews, releaseFiles } from '../../src/files/attach.js'
import type { FileView } from '../../src/files/contract.js'
import { fileView } from '../../src/files/contract.js'
import { hashOf, keyOf } from '../../src/files/store.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { timetable } from '../../src/jobs.js'
import { Problem } from '../../src/problem.js'
import { databaseNames } from '../databases.js'
import { staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'
import { canvas, docx, ole, pdf, photo, wordHead, workbook, xlsx } from './samples.js'
import { bucket, envOf, s3 } from './stores.js'
import { upload } from './upload.js'

const START = '2026-11-23T10:00:00+08:00'

/** Each database with its files on disk, and one with them in a bucket. */
const grounds = [...databaseNames.map((database) => [database, 'disk'] as const), ['embedded', 'S3'] as const]

for (const [database, store] of grounds) {
  describe(`files over HTTP, on ${database} and ${store}`, function () {
    this.timeout(120_000)
    let w: World
    let fileOf: (hash: string) => string
    let sender: Caller
    let senderId: string

    before(async () => {
      const settings = store === 'S3' ? await bucket({ prefix: 'files/' }) : undefined
      w = await world(database, { at: START, env: settings ? envOf(settings) : {} })
      const { filesDir } = w.service.house.config
      const server = settings && (await s3())
      fileOf = (hash) => (server ? server.fileOf(settings.bucket, `files/${keyOf(hash)}`) : join(filesDir, keyOf(hash)))
      sender = await w.as('sender')
      senderId = (await sender.call('session.me', {})).id
    })
    beforeEach(() => w.turnTo(START))
    after(() => w.stop())

    const db = () => w.service.house.ds.manager
    const know = () => w.service.house.know
    const take = async (bytes: Buffer, name?: string, more = {}): Promise<FileView> => {
      const answer = await upload(w, sender, bytes, { name, ...more })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return fileView.parse(answer.body)
    }
    const fetch = (url: string | null, headers = {}, method = 'GET') =>
      w.http.request<Buffer>({ url: url ?? '', method, headers, responseType: 'arraybuffer' })
    const attach = (fileIds: string[], ownerId: string, more: { personId?: string; isStaff?: boolean } = {}) =>
      transact(w.service.house.ds, (manager) =>
        attachFiles(manager, { fileIds, personId: senderId, isStaff: false, ownerKind: 'case', ownerId, ...more }),
      )
    const refusedOnFileIds = (error: unknown) => {
      assert.ok(error instanceof Problem, String(error))
      assert.equal(error.status, 422)
      assert.equal(error.particulars.errors?.[0]?.path, 'fileIds')
      return true
    }
    const viewsOf = async (ownerId: string, reader = {}) =>
      (await fileViews(db(), know(), w.now(), 'case', [ownerId], reader)).get(ownerId) ?? []
    const blobs = async () => {
      const found: string[] = []
      for await (const { hash } of w.service.house.outside.blobs.list()) found.push(hash)
      return found
    }
    /** As if the bytes had been put at that moment. */
    const age = (hash: string, at: string) => utimes(fileOf(hash), new Date(at), new Date(at))

    const sweep = async (at: string) => {
      w.turnTo(at)
      await transact(w.service.house.ds, (manager) => enqueue(manager, [{ kind: 'files.sweep', payload: {} }], w.now()))
      await w.drainJobs()
    }

    const types: Record<string, [make: () => Buffer | Promise<Buffer>, mime: string, disposition: string]> = {
      '现场.jpg': [() => photo(), 'image/jpeg', 'inline'],
      '截图.png': [() => canvas().png().toBuffer(), 'image/png', 'inline'],
      '照片.webp': [() => canvas().webp().toBuffer(), 'image/jpeg', 'inline'],
      '环评报告.pdf': [() => pdf(), 'application/pdf', 'inline'],
      '情况说明.docx': [
        () => docx(),
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'attachment',
      ],
      '台账.xlsx': [() => xlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'attachment'],
      '说明.doc': [() => ole([{ name: 'WordDocument', data: wordHead() }]), 'application/msword', 'attachment'],
      '表.xls': [() => ole([{ name: 'Workbook', data: workbook() }]), 'application/vnd.ms-excel', 'attachment'],
    }
    for (const [name, [make, mime, disposition]] of Object.entries(types)) {
      it(`${name} is taken and comes back as what it is, unable to run anything`, async () => {
        const view = await take(await make(), name)
        assert.equal(view.mime, mime)
        assert.equal(view.name, name)
        assert.equal(view.isHeld, false)
        const { status, headers, data } = await fetch(view.url)
        assert.equal(status, 200)
        assert.equal(headers['content-type'], mime)
        assert.equal(data.length, view.size)
        assert.equal(headers['content-length'], String(view.size))
        assert.ok(String(headers['content-disposition']).startsWith(`${disposition}; filename=`))
        assert.equal(headers['x-content-type-options'], 'nosniff')
        assert.equal(headers['content-security-policy'], "default-src 'none'; sandbox")
        assert.equal(headers['cache-control'], 'private')
        assert.equal(headers['etag'], `"${hashOf(data)}"`)
      })
    }

    it('what is not wanted is refused with the advice what to do', async () => {
      const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(20)])
      const cases: [Buffer, number, RegExp][] = [
        [heic, 415, /兼容性最佳/],
        [docx({ name: 'word/vbaProject.bin' }), 415, /另存为不带宏的/],
        [Buffer.from('<html><script>alert(1)</script></html>'), 415, /只接收照片/],
        [Buffer.from('GIF89a............'), 415, /只接收照片/],
        [Buffer.from('ffd8ffe000', 'hex'), 422, /打不开/],
        [Buffer.alloc(0), 422, /空的/],
      ]
      for (const [bytes, status, advice] of cases) {
        const answer = await upload(w, sender, bytes, { name: '现场.jpg' })
        assert.equal(answer.status, status)
        assert.match(answer.body.title, advice)
        assert.match(String(answer.headers['content-type']), /problem\+json/)
      }
      const json = await sender.try('files', { file: 'x' })
      assert.equal(json.status, 415)
    })

    it('more than 10 MB is refused with 413, and the sender gets to hear it', async () => {
      for (const size of [10 * 1024 * 1024 + 1, 30 * 1024 * 1024]) {
        const { status, body } = await upload(w, sender, Buffer.concat([pdf(), Buffer.alloc(size)]))
        assert.equal(status, 413)
        assert.match(body.title, /10 MB/)
      }
    })

    it('a phone that listens only after it has sent everything hears why its file is too large', async () => {
      const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-`
      const size = 14 * 1024 * 1024
      const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
      socket.pause()
      const sent = [
        `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sender.token}\r\n`,
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${head.length + size}\r\n\r\n${head}`,
      ]
      for (const text of sent) socket.write(text)
      for (let n = 0; n < 14; n += 1) {
        await new Promise((resolve) => socket.write(Buffer.alloc(1024 * 1024), resolve))
        await delay(5)
      }
      let heard = ''
      for await (const chunk of socket) {
        heard += String(chunk)
        if (heard.includes('}')) break
      }
      assert.match(heard, /^HTTP\/1\.1 413 /)
      assert.match(heard, /10 MB/)
    })

    it('who has not logged in uploads nothing', async () => {
      assert.equal((await upload(w, w.nobody, pdf())).status, 401)
    })

    it('a sender who goes away in the middle leaves nothing behind', async () => {
      const before_ = await db().count(StoredFile)
      await new Promise<void>((resolve) => {
        const headers = {
          authorization: `Bearer ${sender.token}`,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': '5000',
          expect: '100-continue',
        }
        const req = request(`${w.service.url}/api/files`, { method: 'POST', headers })
        req.on('error', () => resolve())
        req.flushHeaders()
        // The server asks for the body: the upload is under way.
        req.on('continue', () => {
          const half = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
          req.write(half, () => req.destroy(new Error('gone')))
        })
      })
      assert.equal((await upload(w, sender, pdf('%'))).status, 200)
      assert.equal(await db().count(StoredFile), before_ + 1)
    })

    it('the camera and the place are gone from the served bytes, and kept with us only where agreed', async () => {
      const bytes = await photo()
      assert.ok(bytes.includes('SecretCamera'))
      const agreed = await take(bytes, '一.jpg', { keepPlace: 'true' })
      const silent = await take(bytes, '二.jpg')
      for (const { url } of [agreed, silent]) {
        const { data } = await fetch(url)
        assert.equal((await sharp(data).metadata()).exif, undefined)
        assert.ok(!data.includes('SecretCamera'))
      }
      const row = await db().findOneByOrFail(StoredFile, { id: agreed.id })
      assert.equal(row.takenAt?.toISOString(), '2026-11-20T01:05:07.000Z')
      assert.ok(row.placeSealed && !row.placeSealed.includes('41.8'))
      const other = await db().findOneByOrFail(StoredFile, { id: silent.id })
      assert.deepEqual([other.takenAt, other.placeSealed], [null, null])
      const { sections } = await sender.call('person.export', {})
      const own = sections['上传的文件'] as Record<string, string>[]
      assert.equal(own.find((file) => file['文件名'] === '一.jpg')?.['拍摄地点'], '41.8051, 123.4319')
    })

    it('the same content twice is two files and one blob', async () => {
      const bytes = pdf('%twice')
      const [first, second] = [await take(bytes, '一.pdf'), await take(bytes, '二.pdf')]
      assert.notEqual(first.id, second.id)
      assert.equal((await blobs()).filter((hash) => hash === hashOf(bytes)).length, 1)
      const { filesDir } = w.service.house.config
      if (store === 'disk') assert.deepEqual(await readdir(join(filesDir, 'incoming')), [])
      else await assert.rejects(readdir(filesDir), { code: 'ENOENT' })
    })

    it('the same Idempotency-Key gives the same file with a fresh link, and another content is a conflict', async () => {
      const headers = { 'Idempotency-Key': uuid() }
      const first = await take(pdf('%key'), '一.pdf', { headers })
      w.turnTo('2026-11-23T10:30:00+08:00')
      const second = await take(pdf('%key'), '一.pdf', { headers })
      assert.equal(second.id, first.id)
      assert.equal((await fetch(second.url)).status, 200)
      const other = await upload(w, sender, pdf('%other'), { headers })
      assert.equal(other.status, 409)
      assert.equal((await upload(w, sender, pdf(), { headers: { 'Idempotency-Key': 'short' } })).status, 400)
    })

    it('a link works for ten minutes', async () => {
      const { url } = await take(pdf())
      w.turnTo('2026-11-23T10:09:59+08:00')
      assert.equal((await fetch(url)).status, 200)
      w.turnTo('2026-11-23T10:10:00+08:00')
      const over = await fetch(url)
      assert.equal(over.status, 404)
      assert.match(String(over.data), /链接已过期/)
      assert.equal(over.headers['cache-control'], 'no-store')
    })

    it('a link opens nothing any more once whom it was for has been erased', async () => {
      const leaver = await w.as('link-leaver')
      const { id: personId } = await leaver.call('session.me', {})
      const { id } = (await upload(w, leaver, pdf('%theirs'))).body as FileView
      const caseId = uuid()
      await attach([id], caseId, { personId, isStaff: true })
      const url = (await viewsOf(caseId, { personId }))[0]?.url ?? null
      assert.equal((await fetch(url)).status, 200)
      await leaver.call('person.erase', { confirm: '注销' })
      assert.equal((await fetch(url)).status, 404)
    })

    it('a file held back after the link was made opens for its sender and for staff alone', async () => {
      const { id } = await take(pdf('%held'))
      const caseId = uuid()
      await attach([id], caseId, { isStaff: true })
      const reader = await w.as('link-reader')
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const { id: readerId } = await reader.call('session.me', {})
      const links = await Promise.all(
        [readerId, senderId, officer.personId].map(async (personId) => (await viewsOf(caseId, { personId }))[0]?.url),
      )
      const statuses = () => Promise.all(links.map(async (url) => (await fetch(url ?? null)).status))
      assert.deepEqual(await statuses(), [200, 200, 200])
      await db().update(StoredFile, { id }, { review: 'held' })
      assert.deepEqual(await statuses(), [404, 200, 200])
    })

    it('a link altered anywhere opens nothing', async () => {
      const [mine, other] = [await take(pdf()), await take(pdf('%2'))]
      const url = mine.url ?? ''
      const altered = [
        url.replace(mine.id, other.id),
        url.replace(/e=\d+/, 'e=99999999999'),
        url.replace(/p=[^&]+/, `p=${uuid()}`),
        url.replace(/&p=[^&]+/, ''),
        url.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
        url.replace(/&s=.*/, ''),
        url.replace(/\?.*/, ''),
        `/api/files/nonsense?${url.split('?')[1]}`,
      ]
      for (const one of altered) assert.equal((await fetch(one)).status, 404, one)
    })

    it('without a link, only the sender sees a file, and only until it is attached', async () => {
      const { id } = await take(pdf())
      const auth = (caller: Caller) => ({ Authorization: `Bearer ${caller.token}` })
      assert.equal((await fetch(`/api/files/${id}`, auth(sender))).status, 200)
      assert.equal((await fetch(`/api/files/${id}`, auth(await w.as('stranger')))).status, 404)
      assert.equal((await fetch(`/api/files/${id}`)).status, 404)
      await attach([id], uuid())
      assert.equal((await fetch(`/api/files/${id}`, auth(sender))).status, 404)
    })

    it('HEAD gives the headers alone, and an unchanged file is not sent again', async () => {
      const { url, size } = await take(pdf())
      const head = await fetch(url, {}, 'HEAD')
      assert.equal(head.status, 200)
      assert.equal(head.headers['content-length'], String(size))
      assert.equal(head.data.length, 0)
      const same = await fetch(url, { 'If-None-Match': head.headers['etag'] })
      assert.equal(same.status, 304)
      assert.equal(same.data.length, 0)
    })

    it('nine files can be on one case, and no tenth, together or one after the other', async () => {
      const ids: string[] = []
      for (let n = 0; n < 10; n += 1) ids.push((await take(pdf(`%${n}`))).id)
      const caseId = uuid()
      await assert.rejects(attach(ids, caseId), refusedOnFileIds)
      assert.deepEqual(await viewsOf(caseId), [])
      await attach(ids.slice(0, 8), caseId)
      await assert.rejects(attach(ids.slice(8), caseId), refusedOnFileIds)
      await attach(ids.slice(8, 9), caseId)
      assert.deepEqual(
        (await viewsOf(caseId)).map((view) => view.id),
        ids.slice(0, 9),
      )
      await attach(ids.slice(9), uuid())
    })

    it('only own uploads are attached, once, to one owner', async () => {
      const { id } = await take(pdf())
      const stranger = (await (await w.as('stranger')).call('session.me', {})).id
      await assert.rejects(attach([id], uuid(), { personId: stranger }), refusedOnFileIds)
      await assert.rejects(attach([uuid()], uuid()), refusedOnFileIds)
      await assert.rejects(attach([id, id], uuid()), refusedOnFileIds)
      await attach([id], uuid())
      await assert.rejects(attach([id], uuid()), refusedOnFileIds)
    })

    it('two cases that want the same file at the same moment: one gets it', async () => {
      const files = [await take(pdf('%a')), await take(pdf('%b'))].map((view) => view.id)
      const owners = [uuid(), uuid(), uuid(), uuid()]
      const outcomes = await Promise.allSettled(
        owners.map((owner, n) => attach(n % 2 ? [...files].reverse() : files, owner)),
      )
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      assert.equal(lost.length, 3)
      for (const { reason } of lost) refusedOnFileIds(reason)
      const counts = await Promise.all(owners.map(async (owner) => (await viewsOf(owner)).length))
      assert.deepEqual(counts.sort(), [0, 0, 0, 2])
    })

    it("an enterprise's file is shown to staff alone until an officer releases it; staff files need no release", async () => {
      const caseId = uuid()
      const { id } = await take(pdf())
      await attach([id], caseId)
      const shown = async (reader = {}) => (await viewsOf(caseId, reader))[0]
      assert.deepEqual(
        [await shown(), await shown({ canSeeHeld: true })].map((view) => [view?.isHeld, view?.url !== null]),
        [
          [true, false],
          [true, true],
        ],
      )
      const staffLink = (await shown({ canSeeHeld: true }))?.url ?? null
      assert.equal((await fetch(staffLink)).status, 200)
      await transact(w.service.house.ds, (manager) => releaseFiles(manager, 'case', caseId, 'held'))
      assert.equal((await shown())?.url, null)
      await transact(w.service.house.ds, (manager) => releaseFiles(manager, 'case', caseId, 'passed'))
      assert.equal((await shown())?.isHeld, false)
      assert.equal((await fetch((await shown())?.url ?? null)).status, 200)
      await transact(w.service.house.ds, (manager) => releaseFiles(manager, 'case', caseId, 'held'))
      assert.equal((await shown())?.isHeld, false, 'what was released stays so')

      const answer = await take(pdf('%staff'))
      await attach([answer.id], caseId, { isStaff: true })
      assert.equal((await viewsOf(caseId)).find((view) => view.id === answer.id)?.isHeld, false)
    })

    it('files can be asked for by the line of the timeline they came with', async () => {
      const [first, second] = [await take(pdf('%1')), await take(pdf('%2'))]
      const [ownerId, entryId] = [uuid(), uuid()]
      await attach([first.id], ownerId)
      await transact(w.service.house.ds, (manager) =>
        attachFiles(manager, {
          fileIds: [second.id],
          personId: senderId,
          isStaff: true,
          ownerKind: 'case',
          ownerId,
          entryId,
        }),
      )
      const byEntry = await fileViews(db(), know(), w.now(), 'case', [ownerId], { by: 'entryId' })
      assert.deepEqual(
        [...byEntry].map(([entry, views]) => [entry, views.map((view) => view.id)]),
        [[entryId, [second.id]]],
      )
    })

    it('an upload that was never attached goes after a day with its bytes, and not before', async () => {
      const kept = await take(pdf('%kept'))
      const lost = await take(pdf('%lost'))
      const shared = [await take(pdf('%shared'), 'a.pdf'), await take(pdf('%shared'), 'b.pdf')]
      const hashes = ['%kept', '%lost', '%shared'].map((mark) => hashOf(pdf(mark)))
      await attach([kept.id, shared[0]?.id ?? ''], uuid())
      await age(hashes[0] ?? '', START)
      await age(hashes[1] ?? '', START)
      await age(hashes[2] ?? '', START)
      const remaining = async () => {
        const all = await db().find(StoredFile)
        return [kept, lost, ...shared].map(({ id }) => all.some((row) => row.id === id))
      }
      const stored = async () => {
        const all = await blobs()
        return hashes.map((hash) => all.includes(hash))
      }

      await sweep('2026-11-24T09:59:59+08:00')
      assert.deepEqual(await remaining(), [true, true, true, true])
      assert.deepEqual(await stored(), [true, true, true])

      await sweep('2026-11-24T10:00:02+08:00')
      assert.deepEqual(await remaining(), [true, false, true, false])
      assert.deepEqual(await stored(), [true, false, true])
    })

    it('the sweep runs every night', () => {
      assert.deepEqual(
        timetable.filter(({ kind }) => kind === 'files.sweep'),
        [{ kind: 'files.sweep', at: '03:00', onlyWorkdays: false }],
      )
    })

    it('bytes that were put again lately are spared, though no row names them yet', async () => {
      const bytes = pdf('%again')
      const { hash } = await w.service.house.outside.blobs.put(bytes)
      await age(hash, '2026-11-27T02:00:00+08:00')
      await sweep('2026-11-27T03:00:00+08:00')
      assert.ok((await blobs()).includes(hash))
      await sweep('2026-11-28T03:00:00+08:00')
      assert.ok(!(await blobs()).includes(hash))
    })

    it('erasing a person removes what was not attached, and takes the person away from the rest', async () => {
      const leaver = await w.as('leaver')
      const { id: personId } = await leaver.call('session.me', {})
      const loose = (await upload(w, leaver, pdf('%loose'))).body.id as string
      const tied = (await upload(w, leaver, await photo(), { name: '张三.jpg', keepPlace: 'true' })).body.id as string
      await attach([tied], uuid(), { personId })
      await leaver.call('person.erase', { confirm: '注销' })
      assert.equal(await db().findOneBy(StoredFile, { id: loose }), null)
      const { name, uploadedBy, placeSealed, takenAt, ownerKind } = await db().findOneByOrFail(StoredFile, { id: tied })
      assert.deepEqual(
        { name, uploadedBy, placeSealed, takenAt, ownerKind },
        { name: '附件.jpg', uploadedBy: null, placeSealed: null, takenAt: null, ownerKind: 'case' },
      )
    })
  })
}
