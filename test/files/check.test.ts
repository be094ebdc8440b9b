import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../src/audit/queue.js'
import { transact } from '../../src/database/transaction.js'
import { attachFiles, releaseFiles } from '../../src/files/attach.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { consequencesOf } from '../../src/jobs.js'
import { pushSignature } from '../../src/wechat/callback.js'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'
import { pdf, photo } from './samples.js'
import { upload } from './upload.js'

const TOKEN = 'push-token-of-the-test'
const MEDIA_CHECK = '/wxa/media_check_async'

/** The files of a new case, as submitting it leaves them. */
async function submit(w: World, name: string, ...contents: Buffer[]): Promise<{ caseId: string; ids: string[] }> {
  const sender = await w.as(name)
  const { id: personId } = await sender.call('session.me', {})
  const ids: string[] = []
  for (const bytes of contents) ids.push((await upload(w, sender, bytes)).body.id)
  const caseId = uuid()
  await transact(w.service.house.ds, async (db) => {
    await attachFiles(db, { fileIds: ids, personId, isStaff: false, ownerKind: 'case', ownerId: caseId })
    const event = { input: { fileIds: ids }, output: { id: caseId }, target: undefined, actor: undefined, now: w.now() }
    const checks = consequencesOf('case.submit', event).filter(({ kind }) => kind === 'files.check')
    assert.equal(checks.length, 1)
    await enqueue(db, checks, w.now())
  })
  await w.drainJobs()
  return { caseId, ids }
}

const fileOf = (w: World, id: string | undefined) =>
  w.service.house.ds.manager.findOneByOrFail(StoredFile, { id: id ?? '' })

const checksAsked = (w: World) => w.service.sandbox?.calls.filter((path) => path.includes(MEDIA_CHECK)).length

for (const database of databaseNames) {
  describe(`WeChat's look at case files, on ${database}`, () => {
    let w: World
    before(async () => {
      const env = { CASE_FILES_TO_WECHAT: 'on', WECHAT_PUSH_TOKEN: TOKEN, PUBLIC_URL: 'https://bangban.example' }
      w = await world(database, { env })
    })
    after(() => w.stop())

    const signed = (at = w.now()) => {
      const [timestamp, nonce] = [String(Math.floor(at.getTime() / 1000)), 'n0nce']
      return { timestamp, nonce, signature: pushSignature(TOKEN, timestamp, nonce) }
    }
    const push = (traceId: string | null, suggest: string, { params = signed(), appid = 'wx-sandbox' } = {}) =>
      w.http.post(
        '/wechat/push',
        {
          MsgType: 'event',
          Event: 'wxa_media_check',
          appid,
          trace_id: traceId,
          errcode: 0,
          result: { suggest, label: suggest === 'pass' ? 100 : 20006 },
        },
        { params },
      )

    it('pictures are shown to WeChat, documents wait for an officer', async () => {
      const asked = checksAsked(w) ?? 0
      const { ids } = await submit(w, 'one', await photo(), pdf())
      const [picture, document] = [await fileOf(w, ids[0]), await fileOf(w, ids[1])]
      assert.ok(picture.traceId)
      assert.equal(document.traceId, null)
      assert.deepEqual([picture.review, document.review], ['pending', 'pending'])
      assert.equal(checksAsked(w), asked + 1)
    })

    for (const [suggest, review] of [
      ['pass', 'passed'],
      ['review', 'held'],
      ['risky', 'held'],
    ] as const) {
      it(`the verdict ${suggest} leaves a picture ${review}`, async () => {
        const { ids } = await submit(w, 'two', await photo())
        const { traceId } = await fileOf(w, ids[0])
        const { status, data } = await push(traceId, suggest)
        assert.deepEqual([status, data], [200, 'success'])
        assert.equal((await fileOf(w, ids[0])).review, review)
      })
    }

    it("an officer's word, given before the verdict came, stands", async () => {
      const { caseId, ids } = await submit(w, 'three', await photo())
      await transact(w.service.house.ds, (db) => releaseFiles(db, 'case', caseId, 'passed'))
      await push((await fileOf(w, ids[0])).traceId, 'risky')
      assert.equal((await fileOf(w, ids[0])).review, 'passed')
    })

    it('a verdict that WeChat did not sign, signed long ago or gave to another account changes nothing', async () => {
      const { ids } = await submit(w, 'four', await photo())
      const { traceId } = await fileOf(w, ids[0])
      const forged = { ...signed(), signature: '0'.repeat(40) }
      assert.equal((await push(traceId, 'pass', { params: forged })).status, 403)
      const old = signed(new Date(w.now().getTime() - 3_600_000))
      assert.equal((await push(traceId, 'pass', { params: old })).status, 403)
      assert.equal((await push(traceId, 'pass', { appid: 'wx-other' })).status, 200)
      assert.equal((await fileOf(w, ids[0])).review, 'pending')
    })

    it('a verdict on a picture not yet known is not acknowledged, so that WeChat sends it again', async () => {
      assert.equal((await push(uuid(), 'pass')).status, 404)
    })

    it('other messages are acknowledged, and what is no message is refused', async () => {
      const send = (body: unknown) => w.http.post('/wechat/push', body, { params: signed() })
      assert.equal((await send({ MsgType: 'text', Content: '您好' })).status, 200)
      assert.equal((await send({ hello: 1 })).status, 400)
      assert.equal((await send('<xml>')).status, 400)
    })

    it('the address is proved to WeChat by giving back what it sent', async () => {
      const { status, data } = await w.http.get('/wechat/push', {
        params: { ...signed(), echostr: '4711' },
        responseType: 'text',
      })
      assert.deepEqual([status, String(data)], [200, '4711'])
      assert.equal((await w.http.get('/wechat/push', { params: { echostr: '4711' } })).status, 403)
    })
  })

  describe(`case files that the bureau does not show to WeChat, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('stay here until an officer releases them', async () => {
      const { ids } = await submit(w, 'one', await photo())
      const { traceId, review } = await fileOf(w, ids[0])
      assert.deepEqual([traceId, review], [null, 'pending'])
      assert.equal(checksAsked(w), 0)
    })

    it('without a token there is no push address', async () => {
      assert.equal((await w.http.get('/wechat/push', { params: { echostr: '1' } })).status, 404)
      assert.equal((await w.http.post('/wechat/push', {})).status, 404)
    })
  })
}
