import assert from 'node:assert/strict'
import { enqueue } from '../../src/audit/queue.js'
import { CaseEntry } from '../../src/cases/caseEntry.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { caseJobs } from '../../src/cases/jobs.js'
import { beginAct } from '../../src/audit/act.js'
import { transact } from '../../src/database/transaction.js'
import { databaseNames } from '../databases.js'
import { canvas } from '../files/samples.js'
import { upload } from '../files/upload.js'
import type { Caller } from '../world.js'
import { at, type Stage, stage } from './stage.js'

const CHECK = '/wxa/msg_sec_check'
const BAD = '这里有违规样例，请看。'

for (const database of databaseNames) {
  describe(`the content check of what an enterprise writes, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    afterEach(() => s.w.service.sandbox?.clearBehaviour())
    after(() => s.w.stop())

    const fault = (errcode: number, times = 100) =>
      s.w.service.sandbox?.setBehaviour({ path: CHECK, fault: { kind: 'errcode', errcode }, times })
    const read = (who: Caller, id: string) => who.call('case.read', { id })
    const shownIn = async (who: Caller, id: string) =>
      (await who.call('case.list', { limit: 100 })).items.find((item) => item.id === id)?.title
    const askedToLook = async (who: Caller, id: string) =>
      (await s.told(who, id)).filter((title) => title.includes('没有问题就放行')).length

    it('a text that passes is there for the firm once it has passed, and before only for its writer and staff', async () => {
      const { id, review } = await s.submit({ title: '平常的问题' })
      assert.equal(review, 'pending')
      assert.equal((await read(s.asker, id)).text, '请问要哪些材料？')
      assert.equal((await read(s.officer.caller, id)).text, '请问要哪些材料？')
      const early = await read(s.partner, id)
      assert.deepEqual([early.title, early.text], ['（内容待核）', ''])
      assert.equal(await shownIn(s.partner, id), '（内容待核）')
      assert.equal(await shownIn(s.asker, id), '平常的问题')
      await s.w.drainJobs()
      const later = await read(s.partner, id)
      assert.deepEqual([later.review, later.title, later.text], ['passed', '平常的问题', '请问要哪些材料？'])
      assert.equal(await shownIn(s.partner, id), '平常的问题')
      assert.equal(await askedToLook(s.officer.caller, id), 0)
    })

    it('a risky text is held until the officer releases it; the officer is told, and the clock runs', async () => {
      const { id, clock } = await s.submit({ title: '有问题的', text: BAD })
      await s.w.drainJobs()
      const held = await read(s.officer.caller, id)
      assert.deepEqual([held.review, held.text, held.clock.dueOn], ['held', BAD, clock.dueOn])
      assert.ok(held.can.includes('case.release'))
      assert.equal(await askedToLook(s.officer.caller, id), 1)
      const listed = await s.officer.caller.call('case.list', { review: 'held' })
      assert.ok(listed.items.some((item) => item.id === id))
      const hidden = JSON.stringify([await read(s.partner, id), await s.partner.call('case.list', { limit: 100 })])
      assert.ok(!hidden.includes('违规样例') && !hidden.includes('有问题的'))
      const similar = await s.partner.call('case.similar', { title: '有问题的', text: BAD })
      assert.deepEqual(similar.items, [])
      assert.equal((await read(s.asker, id)).text, BAD)
      assert.equal((await s.partner.try('case.release', { id })).status, 403)
      const kept = await s.officer.caller.call('case.release', { id, isAllowed: false })
      assert.equal(kept.review, 'held')
      assert.equal((await read(s.partner, id)).text, '')
      const released = await s.officer.caller.call('case.release', { id })
      assert.equal(released.review, 'passed')
      assert.ok(!released.can.includes('case.release'))
      assert.equal((await read(s.partner, id)).text, BAD)
    })

    it('what is added later is held by itself: the question that has passed stays readable', async () => {
      const { id } = await s.signed({ title: '先问后补' })
      await s.w.drainJobs()
      await s.officer.caller.call('case.askMore', { id, text: '请补充', fileIds: [] })
      const supplied = await s.asker.call('case.supply', { id, text: BAD })
      assert.equal(supplied.state, 'handling')
      await s.w.drainJobs()
      const seen = await read(s.partner, id)
      assert.deepEqual([seen.review, seen.title, seen.text], ['held', '先问后补', '请问要哪些材料？'])
      assert.equal(await shownIn(s.partner, id), '先问后补')
      const entry = (view: typeof seen) => view.timeline.find(({ verb }) => verb === 'case.supply')
      assert.deepEqual([entry(seen)?.text, entry(seen)?.isHeld], [null, true])
      assert.equal(entry(await read(s.asker, id))?.text, BAD)
      assert.equal(entry(await read(s.officer.caller, id))?.text, BAD)
      assert.equal(await askedToLook(s.officer.caller, id), 1)
      await s.officer.caller.call('case.release', { id })
      assert.equal(entry(await read(s.partner, id))?.text, BAD)
    })

    it('reasons, urgings and ratings are looked at like questions', async () => {
      const { id } = await s.answered({ title: '评价也要看' })
      await s.w.drainJobs()
      await s.asker.call('case.rate', { id, score: 3, text: BAD })
      await s.w.drainJobs()
      const seen = await read(s.partner, id)
      assert.deepEqual([seen.rating?.score, seen.rating?.text], [3, null])
      assert.ok(!JSON.stringify(seen).includes('违规样例'))
      assert.equal((await read(s.asker, id)).rating?.text, BAD)
      await s.officer.caller.call('case.release', { id })
      assert.equal((await read(s.partner, id)).rating?.text, BAD)
      const urged = await s.submit({ title: '催也要看' })
      await s.asker.call('case.urge', { id: urged.id, text: BAD })
      await s.w.drainJobs()
      assert.ok(!JSON.stringify(await read(s.partner, urged.id)).includes('违规样例'))
    })

    it('with WeChat down the case is accepted and worked on; after some tries an officer is asked to look', async () => {
      fault(-1)
      const { id } = await s.submit({ title: '微信不通' })
      await s.w.drainJobs()
      assert.equal((await read(s.officer.caller, id)).review, 'pending')
      assert.equal(await askedToLook(s.officer.caller, id), 0)
      await s.officer.caller.call('case.sign', { id })
      for (let minute = 1; minute <= 5; minute += 1) {
        s.w.turnTo(at('2026-11-23', `12:0${minute}`))
        await s.w.drainJobs()
      }
      assert.equal(await askedToLook(s.officer.caller, id), 1)
      const released = await s.officer.caller.call('case.release', { id })
      assert.equal(released.review, 'passed')
      assert.equal((await read(s.partner, id)).title, '微信不通')
    })

    it('with WeChat back in time the check is made up for, and nobody is asked', async () => {
      fault(-1, 2)
      const { id } = await s.submit({ title: '微信一时不通' })
      await s.w.drainJobs()
      for (const minute of ['12:01', '12:02', '12:03']) {
        s.w.turnTo(at('2026-11-23', minute))
        await s.w.drainJobs()
      }
      assert.equal((await read(s.partner, id)).review, 'passed')
      assert.equal(await askedToLook(s.officer.caller, id), 0)
    })

    it("past WeChat's two hours the text stays pending and the officer is asked to look", async () => {
      fault(61010)
      const { id } = await s.submit({ title: '超过两小时' })
      await s.w.drainJobs()
      assert.equal((await read(s.officer.caller, id)).review, 'pending')
      assert.equal((await read(s.partner, id)).title, '（内容待核）')
      assert.equal(await askedToLook(s.officer.caller, id), 1)
    })

    it('what nobody has in hand is looked at by a supervisor', async () => {
      const { id } = await s.submit({ title: '没人承办', text: BAD, projectId: undefined, districtCode: '210123' })
      assert.equal((await read(s.asker, id)).officer, null)
      await s.w.drainJobs()
      assert.equal(await askedToLook(s.supervisor.caller, id), 1)
      assert.equal((await s.supervisor.caller.call('case.release', { id })).review, 'passed')
    })

    it("an officer's word given before the check comes back stands", async () => {
      const { ds, know } = s.w.service.house
      const { id } = await s.submit({ title: '先放行', text: BAD })
      const { id: personId } = await s.asker.call('session.me', {})
      const [entry] = await ds.manager.findBy(CaseEntry, { caseId: id, review: 'pending' })
      assert.ok(entry)
      await s.officer.caller.call('case.release', { id })
      // The check that had left before the release comes back now.
      const comeBack = (entryIds: string[]) =>
        transact(ds, async (db) => {
          const auditKey = know.keyring.purposeKey('audit')
          beginAct(db, {
            verb: 'case.screen',
            personId: null,
            postId: null,
            now: s.w.now(),
            auditKey,
            revised: new Set(),
          })
          const call = { db, know, now: s.w.now(), attempt: 1, payload: { caseId: id, personId } }
          return caseJobs['case.screen']?.handle({ ...call, claimed: { entryIds }, result: 'held' })
        })
      assert.deepEqual(await comeBack([entry.id]), { isHeld: false })
      assert.equal((await read(s.partner, id)).text, BAD)
      // Nor does it take what was added in between along with it.
      await s.asker.call('case.urge', { id, text: '请快一点' })
      await comeBack([entry.id])
      assert.equal((await ds.manager.findOneByOrFail(HelpCase, { id })).review, 'pending')
      await s.w.drainJobs()
      const done = await read(s.partner, id)
      assert.deepEqual([done.review, done.text], ['passed', BAD])
      assert.equal(await askedToLook(s.officer.caller, id), 0)
    })

    it('a check asked for twice changes nothing the second time', async () => {
      const { ds } = s.w.service.house
      const { id } = await s.submit({ title: '两次', text: BAD })
      const { id: personId } = await s.asker.call('session.me', {})
      await s.w.drainJobs()
      const { version } = await read(s.officer.caller, id)
      await transact(ds, (db) => enqueue(db, [{ kind: 'case.screen', payload: { caseId: id, personId } }], s.w.now()))
      await s.w.drainJobs()
      assert.equal((await read(s.officer.caller, id)).version, version)
      assert.equal(await askedToLook(s.officer.caller, id), 1)
    })

    it('files go with what they came with: staff open them, the firm after release, another firm never', async () => {
      const taken = await upload(s.w, s.asker, await canvas().png().toBuffer(), { name: '现场.png' })
      const later = await upload(s.w, s.asker, await canvas(80, 50).png().toBuffer(), { name: '补充.png' })
      assert.deepEqual([taken.status, later.status], [200, 200])
      const stolen = await s.stranger.try('case.submit', {
        category: 'procedure',
        title: '别人的文件',
        text: '试试看',
        fileIds: [taken.body.id],
      })
      assert.deepEqual([stolen.status, stolen.body.errors[0].path], [422, 'fileIds'])
      const { id } = await s.submit({ title: '带照片', fileIds: [taken.body.id] })
      await s.officer.caller.call('case.sign', { id })
      await s.asker.call('case.supply', { id, text: '再补一张', fileIds: [later.body.id] })
      await s.w.drainJobs()
      const staffView = await read(s.officer.caller, id)
      assert.deepEqual(
        staffView.files.map(({ name, isHeld }) => [name, isHeld]),
        [
          ['现场.png', true],
          ['补充.png', true],
        ],
      )
      const supply = staffView.timeline.find(({ verb }) => verb === 'case.supply')
      assert.deepEqual(
        supply?.files.map(({ id: fileId }) => fileId),
        [later.body.id],
      )
      const open = (url: string | null | undefined, who?: Caller) =>
        s.w.http.get(url ?? '/missing', { headers: who ? { Authorization: `Bearer ${who.token}` } : {} })
      const staffUrl = staffView.files[0]?.url
      assert.equal((await open(staffUrl)).status, 200)
      const firmView = await read(s.partner, id)
      assert.deepEqual(
        firmView.files.map(({ url, isHeld }) => [url, isHeld]),
        [
          [null, true],
          [null, true],
        ],
      )
      // Whoever uploaded it opens it, though it is held.
      const own = (await read(s.asker, id)).files[0]
      assert.equal(own?.isHeld, true)
      assert.equal((await open(own?.url, s.asker)).status, 200)
      // The texts have passed by themselves; the photos wait for a person, who is offered to release them.
      assert.equal(staffView.review, 'passed')
      assert.ok(staffView.can.includes('case.release'))
      await s.officer.caller.call('case.release', { id })
      const released = await read(s.partner, id)
      assert.ok(released.files.every(({ url, isHeld }) => url !== null && !isHeld))
      assert.equal((await open(released.files[0]?.url)).status, 200)
      // Another firm: not by the id, not by a made-up signature, not with the signature of another file.
      const [first, second] = released.files
      const guesses = [
        `/api/files/${first?.id}`,
        `/api/files/${first?.id}?e=4102444800&s=${'A'.repeat(43)}`,
        `/api/files/${first?.id}?${second?.url?.split('?')[1]}`,
      ]
      for (const guess of guesses) assert.equal((await open(guess, s.stranger)).status, 404, guess)
      s.w.turnTo(at('2026-11-23', '12:30'))
      assert.equal((await open(staffUrl)).status, 404)
    })
  })
}
