/** The connection breaks at COMMIT, and nobody is told whether it took effect: the key finds out, and nothing is done twice. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { Delivery } from '../../src/notices/delivery.js'
import { Notice } from '../../src/notices/notice.js'
import { tell } from '../../src/notices/tell.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { type CuttingProxy, startCuttingProxy } from '../cuttingProxy.js'
import { staff, type StaffMember, write } from '../factories.js'
import { pdf } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { startMariaDb } from '../mariadb.js'
import { type World, world } from '../world.js'

describe('a COMMIT whose answer does not come', function () {
  this.timeout(60_000)
  let proxy: CuttingProxy
  let w: World
  let clerk: StaffMember

  before(async () => {
    const server = await startMariaDb()
    const url = await server.createDatabase(`unknown_${process.pid}`)
    proxy = await startCuttingProxy(server.port)
    w = await world('embedded', { env: { DATABASE_URL: url.replace(`:${server.port}/`, `:${proxy.port}/`) } })
    clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
  })
  after(async () => {
    await w?.stop()
    await proxy?.close()
  })

  const rows = (sql: string, ...values: unknown[]): Promise<unknown[]> => w.service.house.ds.query(sql, values)
  /** Does `work` with its transaction cut, exactly once. */
  async function cut<T>(moment: 'before' | 'after', statements: RegExp, work: () => Promise<T>): Promise<T> {
    const before = proxy.cuts
    proxy.cut(moment, statements)
    const result = await work()
    assert.equal(proxy.cuts, before + 1)
    return result
  }

  for (const moment of ['before', 'after'] as const) {
    describe(`cut ${moment} it reached the server`, () => {
      const newPost = (name: string) => ({ role: 'clerk', unitId: 'approval', name, phone: '13800000000' })

      it('a command with a key is answered as if nothing had been', async () => {
        const name = `有钥${moment}`
        const key = { 'Idempotency-Key': uuid() }
        const first = await cut(moment, /`idempotency`/, () => clerk.caller.try('staff.save', newPost(name), key))
        assert.equal(first.status, 200, JSON.stringify(first.body))
        assert.deepEqual(await rows('SELECT id FROM post WHERE name = ?', name), [{ id: first.body.id }])
        assert.equal((await rows('SELECT id FROM audit_entry WHERE subjectId = ?', first.body.id)).length, 1)
        assert.deepEqual((await clerk.caller.try('staff.save', newPost(name), key)).body, first.body)
      })

      it('a command without a key is answered with 503, as nobody could find out', async () => {
        const name = `无钥${moment}`
        const { status, body } = await cut(moment, /`post`/, () => clerk.caller.try('staff.save', newPost(name)))
        assert.deepEqual([status, body.type], [503, 'urn:problem:unavailable'])
        assert.equal((await rows('SELECT id FROM post WHERE name = ?', name)).length, moment === 'after' ? 1 : 0)
      })

      it('a file sent with a key is kept once', async () => {
        const headers = { 'Idempotency-Key': uuid() }
        const name = `${moment}.pdf`
        const send = () => upload(w, clerk.caller, pdf(), { name, headers })
        const { status, body } = await cut(moment, /`stored_file`/, send)
        assert.equal(status, 200, JSON.stringify(body))
        assert.deepEqual(await rows('SELECT id FROM stored_file WHERE name = ?', name), [{ id: body.id }])
      })

      it('a job takes effect once', async () => {
        await staff(w, { role: 'officer', unitId: 'tiexi' })
        const asker = await w.as(`asker-${moment}`)
        const { id } = await asker.call('case.submit', {
          category: 'procedure',
          title: `${moment}的诉求`,
          text: '报告表要准备哪些材料？',
          districtCode: '210106',
        })
        await cut(moment, /INSERT INTO `notice`/, () => w.drainJobs())
        const { ds } = w.service.house
        assert.equal(await ds.getRepository(Notice).countBy({ subjectId: id, template: 'caseAssigned' }), 1)
        assert.deepEqual(await rows(`SELECT kind, lastError FROM job WHERE state <> 'done' AND attempts > 0`), [])
      })

      it('a message that was marked before it left is sent at most once', async () => {
        const name = `reader-${moment}`
        const reader = await w.as(name)
        const { id: personId } = await reader.call('session.me', {})
        w.service.sandbox?.grant(demoOpenid(name), 'demo-case-signed')
        await reader.call('notice.grant', { templates: [{ key: 'caseSigned', accepted: true }] })
        await write(w, (db) =>
          tell(db, w.service.house.know, w.now(), {
            template: 'caseSigned',
            personIds: [personId],
            subjectKind: 'case',
            subjectId: uuid(),
            title: '诉求已签收',
            text: '您的诉求已由专员签收。',
            values: { number: 'QZ20261123-K7M4Q', title: '问', officer: '演示专员', dueOn: '2026-11-30' },
          }),
        )
        await cut(moment, /UPDATE `delivery`[^\n]*sending/, () => w.drainJobs())
        w.turnTo(new Date(w.now().getTime() + 3_600_000).toISOString())
        await w.drainJobs()
        const [delivery] = await w.service.house.ds.getRepository(Delivery).findBy({ personId })
        const sent = w.service.sandbox?.sent.filter(({ openid }) => openid === demoOpenid(name)).length
        // Marked and not known to have left: whoever finds it so must think that it has.
        const wanted = moment === 'before' ? { state: 'sent', sent: 1 } : { state: 'uncertain', sent: 0 }
        assert.deepEqual({ state: delivery?.state, sent }, wanted)
      })
    })
  }
})
