import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { Job } from '../../src/audit/job.js'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`reading the trail, on ${database}`, () => {
    let w: World
    let supervisor: StaffMember
    let admin: StaffMember
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      admin = await staff(w, { role: 'admin', unitId: 'approval' })
      clerk = await staff(w, { role: 'clerk', unitId: 'approval', name: '演示信息员' })
    })
    after(() => w.stop())

    const retitle = (id: string, title: string) =>
      clerk.caller.call('staff.save', { id, role: 'officer', unitId: 'tiexi', name: '演示专员', title })

    it('a supervisor sees who changed what from what to what, newest first', async () => {
      const { postId } = await staff(w, { role: 'officer', unitId: 'tiexi', name: '演示专员' })
      await retitle(postId, '科员')
      w.turnTo('2026-11-23T10:05:00+08:00')
      await retitle(postId, '主任科员')
      const { items } = await supervisor.caller.call('audit.list', { subjectKind: 'post', subjectId: postId })
      assert.deepEqual(
        items.map(({ seq, verb }) => [seq, verb]),
        [
          [3, 'staff.save'],
          [2, 'staff.save'],
          [1, 'test'],
        ],
      )
      assert.equal(items[0]?.at, '2026-11-23T10:05:00.000+08:00')
      assert.deepEqual(items[0]?.actor, { personId: clerk.personId, postId: clerk.postId, name: '演示信息员' })
      assert.deepEqual(items[0]?.changes, [{ field: 'title', before: '科员', after: '主任科员' }])
    })

    it('an admin sees who, what, when and which fields, and no value', async () => {
      const { postId } = await staff(w, { role: 'officer', unitId: 'tiexi', name: '不给看的名字' })
      await retitle(postId, '不给看的职务')
      const answer = await admin.caller.call('audit.list', { subjectKind: 'post', subjectId: postId })
      assert.deepEqual(answer.items[0]?.changes, [{ field: 'name' }, { field: 'title' }])
      assert.ok(!JSON.stringify(answer).includes('不给看的'))
    })

    it('personal values are shown as sealed', async () => {
      const someone = await w.as('sealed')
      const { id } = await someone.call('person.update', { name: '欧阳明月' })
      const { items } = await supervisor.caller.call('audit.list', { subjectKind: 'person', subjectId: id })
      assert.deepEqual(items[0]?.changes, [{ field: 'nameSealed', before: null, after: '「已加密」' }])
      assert.equal(items[0]?.actor?.name, '欧阳*')
    })

    it('a span of time is read page by page, each entry once', async () => {
      const input = { from: '2026-11-23T00:00:00+08:00', to: '2026-11-24T00:00:00+08:00', limit: 3 }
      const seen: string[] = []
      let times: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await supervisor.caller.call('audit.list', { ...input, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items.map((item) => item.id))
        times = [...times, ...page.items.map((item) => item.at)]
        cursor = page.next
      }
      const [{ n }] = await w.service.house.ds.query('SELECT COUNT(*) AS n FROM audit_entry')
      assert.deepEqual([seen.length, new Set(seen).size], [Number(n), Number(n)])
      assert.deepEqual(times, times.toSorted().reverse())
    })

    it('one verb is found among the others', async () => {
      const { items } = await supervisor.caller.call('audit.list', { verb: 'person.update', limit: 2 })
      assert.deepEqual([...new Set(items.map((item) => item.verb))], ['person.update'])
      assert.deepEqual((await supervisor.caller.call('audit.list', { verb: 'nothing.such' })).items, [])
    })

    it('a subject needs its kind', async () => {
      const { status, body } = await supervisor.caller.try('audit.list', { subjectId: clerk.postId })
      assert.equal(status, 422)
      assert.equal(body.errors[0].path, 'subjectKind')
    })

    it('an officer may not read the trail, nor an enterprise', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      assert.equal((await officer.caller.try('audit.list', {})).status, 403)
      assert.equal((await (await w.as('enterprise')).try('audit.verify', {})).status, 403)
    })

    it('a dead job is listed with its ids and no other value; an admin sends it on its way again, once', async () => {
      const [jobId, caseId] = [uuid(), uuid()]
      await w.service.house.ds.manager.insert(Job, {
        id: jobId,
        kind: 'house.forgetKeys',
        uniqueKey: null,
        payload: { caseId, secret: '不给看' },
        state: 'dead',
        dueAt: w.now(),
        attempts: 8,
        lastError: 'Error: 不通',
        createdAt: w.now(),
        finishedAt: w.now(),
      })
      const { items } = await supervisor.caller.call('job.list', { kind: 'house.forgetKeys' })
      assert.deepEqual([items[0]?.id, items[0]?.attempts, items[0]?.lastError], [jobId, 8, 'Error: 不通'])
      assert.deepEqual(items[0]?.ids, { caseId })
      assert.equal((await supervisor.caller.try('job.retry', { id: jobId })).status, 403)
      assert.equal((await admin.caller.call('job.retry', { id: jobId })).state, 'ready')
      assert.equal((await admin.caller.try('job.retry', { id: jobId })).status, 409)
      await w.drainJobs()
      assert.equal((await w.service.house.ds.manager.findOneByOrFail(Job, { id: jobId })).state, 'done')
      assert.equal((await admin.caller.try('job.retry', { id: uuid() })).status, 404)
    })

    it('jobs are read page by page, each once', async () => {
      const seen: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await admin.caller.call('job.list', { state: 'done', limit: 1, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items.map((item) => item.id))
        cursor = page.next
      }
      assert.equal(seen.length, await w.service.house.ds.manager.countBy(Job, { state: 'done' }))
      assert.equal(new Set(seen).size, seen.length)
    })
  })
}
