/** What could be read between the lines: the order of rows, equal photos, counted guesses, answers kept on the way, names in passing. */
import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { toWireInstant } from '../../src/calendar/dates.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { staff } from '../factories.js'
import { upload } from '../files/upload.js'
import { approved, concludedTip, informer, type Scene, scene } from '../rewards/stage.js'
import { type Caller, type World, world } from '../world.js'
import { discreetPhoto, tip } from './tellers.js'

describe('what an informer leaves between the lines', function () {
  this.timeout(120_000)
  let w: World
  let s: Scene
  let citizen: Caller

  before(async () => {
    w = await world('embedded', { env: { LIMIT_SCALE: '1' } })
    s = await scene(w)
    citizen = await w.as('citizen')
  })
  after(() => w.stop())
  const db = () => w.service.house.ds.manager

  it('rows lie in no order that says between which others they were made', async () => {
    for (let n = 0; n < 6; n += 1) {
      const fileIds = [await discreetPhoto(w, citizen)]
      const told = tip({ fileIds, informer: { name: '张三丰' } })
      const { number, code } = await citizen.call('tip.submit', told)
      await citizen.call('tip.add', { number, code, text: '又排了一次。' })
    }
    const counted = {
      tip: '1 = 1',
      tip_entry: 'postId IS NULL',
      informer: '1 = 1',
      tip_addition: '1 = 1',
      idempotency: 'personId IS NULL',
    }
    const own = { audit_entry: `verb IN ('tip.submit', 'tip.add')`, stored_file: `ownerKind = 'tip'` }
    for (const [table, of] of Object.entries({ ...counted, ...own })) {
      const rows = (await db().query(`SELECT rowid AS place FROM ${table} WHERE ${of}`)) as { place: number }[]
      assert.ok(rows.length >= 6, table)
      for (const { place } of rows) assert.ok(place < 0, `${table} counts its rows`)
    }
  })

  it('a photo sent with a case and with a tip is not known by its bytes, and still opens', async () => {
    const raw = { create: { width: 40, height: 30, channels: 4 as const, background: '#3a7' } }
    const samples = [
      ['jpg', await sharp(raw).jpeg().toBuffer()],
      ['png', await sharp(raw).png().toBuffer()],
    ] as const
    for (const [extension, bytes] of samples) {
      const ids = [
        (await upload(w, citizen, bytes)).body.id as string,
        (await upload(w, citizen, bytes, { discreet: 'true' })).body.id as string,
        (await upload(w, citizen, bytes, { discreet: 'true' })).body.id as string,
      ]
      const files = await Promise.all(ids.map((id) => db().findOneByOrFail(StoredFile, { id })))
      assert.equal(new Set(files.map(({ hash }) => hash)).size, 3, extension)
      for (const file of files) {
        const parts: Buffer[] = []
        for await (const part of (await w.service.house.outside.blobs.get(file.hash)) ?? []) parts.push(part as Buffer)
        const { info } = await sharp(Buffer.concat(parts), { failOn: 'warning' })
          .raw()
          .toBuffer({ resolveWithObject: true })
        assert.deepEqual([info.width, info.height, file.extension], [40, 30, extension])
      }
    }
  })

  it('a photo on the disk has the day, and no folder on its way says more', async () => {
    const fileId = await discreetPhoto(w, w.nobody)
    const { hash } = await db().findOneByOrFail(StoredFile, { id: fileId })
    const root = join(w.service.house.config.dataDir, 'files')
    const [a, b] = [hash.slice(0, 2), hash.slice(2, 4)]
    for (const path of [join(a, b, hash), join(a, b), a, 'incoming']) {
      const { mtime, atime } = await stat(join(root, path))
      assert.deepEqual([mtime, atime].map(toWireInstant), Array(2).fill('2026-11-24T00:00:00.000+08:00'), path)
    }
    // Swept all the same, once it has gone unused for a day.
    w.turnTo('2026-11-25T10:00:00+08:00')
    await w.drainJobs()
    assert.equal(await w.service.house.outside.blobs.has(hash), false)
    w.turnTo('2026-11-23T10:00:00+08:00')
  })

  it('who tries wrong codes uses up their own tries, and keeps nobody from their tip', async () => {
    const { number, code } = await w.nobody.call('tip.submit', tip())
    const wrong = { number, code: 'AAAA-BBBB-CCCC' }
    const tries = async (caller: Caller) => {
      for (let n = 0; ; n += 1) if ((await caller.try('tip.track', wrong)).status === 429) return n
    }
    assert.equal(await tries(s.enforcer.caller), 300)
    assert.equal((await w.nobody.call('tip.track', { number, code })).number, number)
    assert.equal((await citizen.call('tip.track', { number, code })).number, number)
    // Nor does a stranger at the same address keep out who has logged in.
    assert.equal(await tries(w.nobody), 299, 'one was the right one')
    assert.equal((await citizen.call('tip.track', { number, code })).number, number)
    for (const hers of [number, 'JB20261123-ZZZZZ']) {
      const { status } = await citizen.try('tip.track', { ...wrong, number: hers })
      assert.equal(status, 404)
    }
  })

  it('nobody who asks again and again counts what others ask in between', async () => {
    const counted = async () =>
      Number.parseInt((await w.http.get('/health/live')).headers['x-trace-id'].split('-')[1], 36)
    const first = await counted()
    await w.nobody.call('tip.settings', {})
    assert.ok(Math.abs((await counted()) - first) > 100)
  })

  it('nothing on the way keeps what an informer asks', async () => {
    const { number, code } = await w.nobody.call('tip.submit', tip())
    for (const [verb, input] of [
      ['tip.track', { number, code }],
      ['tip.settings', {}],
    ] as const) {
      const { status, headers } = await citizen.try(verb, input)
      assert.deepEqual([status, headers['cache-control'], headers['etag']], [200, 'no-store', undefined], verb)
    }
  })

  it('who has looked names nobody in passing; who has not learns nothing by trying names', async () => {
    const by = await informer(w)
    const { id: tipId } = await concludedTip(w, { by, enforcer: s.enforcer })
    const curious = await staff(w, { role: 'rewardHandler', unitId: 'enforcement' })
    const named = '王小明（210106 19900101 0018）首报属实。'
    await s.handler.caller.call('tip.identity', { id: tipId, reason: `核对王小明的身份` })
    const { id, version, reason } = await curious.caller.call('reward.propose', {
      tipId,
      level: 'general',
      reason: named,
    })
    assert.equal(reason, named)
    await curious.caller.call('reward.withdraw', { id, version, reason: '重新认定' })
    const again = await s.handler.caller.call('reward.propose', { tipId, level: 'general', reason: named })
    assert.equal(again.reason, '〔已删除〕（〔已删除〕）首报属实。')
    const { items } = await s.supervisor.caller.call('tip.looks', { id: tipId })
    assert.deepEqual(
      items.map(({ by: who, reason: why }) => [who, why]),
      [[s.handler.name, '核对〔已删除〕的身份']],
    )
    for (const caller of [s.supervisor, s.approver, s.enforcer].map((one) => one.caller)) {
      assert.equal((await caller.try('tip.identity', { id: tipId, reason: '想知道' })).status, 403)
    }
    assert.equal((await s.supervisor.caller.call('tip.looks', { id: tipId })).items.length, 1)
  })

  it('that two rewards wait for one person is told in the words for everybody', async () => {
    const by = await informer(w)
    const own = await scene(w, { dailyTotalFen: 1e8, dailyCount: 100, perPersonDailyFen: 60_000 })
    for (const second of [false, true]) {
      const { id: tipId, number } = await concludedTip(w, { by, enforcer: own.enforcer })
      const { id } = await approved(own, tipId)
      await by.caller.call('reward.claim', { number, channel: 'wechat' })
      await w.drainJobs()
      const { trouble } = await own.handler.caller.call('reward.read', { id })
      assert.equal(trouble, second ? '今天的发放额度到了上限，明天自动继续' : null)
    }
  })
})
