/** The way of a tip: told, found again by its receipt, handled, and looked at by nobody without a trace. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { StoredFile } from '../../src/files/storedFile.js'
import { Membership } from '../../src/people/membership.js'
import { identityOf } from '../../src/tips/informers/store.js'
import { Tip } from '../../src/tips/tip.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff, type StaffMember } from '../factories.js'
import { photo } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { type Caller, type World, world } from '../world.js'
import { discreetPhoto, ID_NUMBER, released, tip } from './tellers.js'

const START = '2026-11-23T10:00:00+08:00'

for (const database of databaseNames) {
  describe(`tips, ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let enforcer: StaffMember
    let other: StaffMember
    let handler: StaffMember
    let supervisor: StaffMember
    let citizen: Caller

    before(async () => {
      w = await world(database, { at: START })
      enforcer = await staff(w, { role: 'enforcer', unitId: 'enforcement' })
      other = await staff(w, { role: 'enforcer', unitId: 'enforcement' })
      handler = await staff(w, { role: 'rewardHandler', unitId: 'enforcement' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      citizen = await w.as('citizen')
    })
    beforeEach(() => w.turnTo(START))
    after(() => w.stop())

    const db = () => w.service.house.ds.manager
    const row = (number: string) => db().findOneByOrFail(Tip, { number })
    const idOf = async (number: string) => (await row(number)).id

    it('without a login and without a name: a receipt, found again by number and code, and added to', async () => {
      const fileIds = [await discreetPhoto(w, w.nobody), await discreetPhoto(w, w.nobody)]
      const key = uuid()
      const receipt = await w.nobody.call('tip.submit', tip({ fileIds }), key)
      assert.match(receipt.number, /^JB20261123-[0-9A-Z]{5}$/)
      assert.match(receipt.code, /^([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/)
      assert.deepEqual([receipt.submittedOn, receipt.acceptBy, receipt.isNamed], ['2026-11-23', '2026-12-14', false])
      assert.deepEqual(await w.nobody.call('tip.submit', tip({ fileIds }), key), receipt, 'sent again, told once')
      const again = await w.nobody.try('tip.submit', tip({ text: '换了一份内容的举报。' }), { 'Idempotency-Key': key })
      assert.equal(again.body.type, 'urn:problem:keyReused')

      const { number, code } = receipt
      const seen = await w.nobody.call('tip.track', { number, code: code.toLowerCase().replaceAll('-', ' ') })
      assert.deepEqual([seen.state, seen.mayAdd, seen.steps.length], ['received', true, 1])
      assert.deepEqual(
        seen.steps[0]?.files.map(({ name }) => name),
        ['照片.jpg', '照片.jpg'],
      )
      for (const { url } of seen.steps[0]?.files ?? []) assert.equal((await w.http.get(url ?? '')).status, 200)
      const more = { number, code, text: '昨天夜里又排了一次。', fileIds: [await discreetPhoto(w, w.nobody)] }
      const added = await w.nobody.call('tip.add', more)
      assert.deepEqual(
        added.steps.map(({ verb, text, isOwn, files }) => [verb, text, isOwn, files.length]),
        [
          ['tip.submit', null, true, 2],
          ['tip.add', '昨天夜里又排了一次。', true, 1],
        ],
      )
    })

    it('a wrong number, a wrong code and none are one and the same answer', async () => {
      const { number } = await w.nobody.call('tip.submit', tip())
      const wrong = { code: 'AAAA-BBBB-CCCC' }
      const answers = await Promise.all([
        w.nobody.try('tip.track', { number, ...wrong }),
        w.nobody.try('tip.track', { number: 'JB20261123-ZZZZZ', ...wrong }),
        w.nobody.try('tip.track', { number }),
        citizen.try('tip.track', { number }),
        citizen.try('tip.add', { number, ...wrong, text: '不是我的' }),
      ])
      for (const { status, body } of answers) {
        assert.deepEqual([status, body.title], [404, answers[0]?.body.title])
      }
    })

    it('somebody else’s photos, documents and used ones are not taken', async () => {
      const fileId = await discreetPhoto(w, citizen)
      const stranger = await w.as('stranger')
      const taken = await stranger.try('tip.submit', tip({ fileIds: [fileId] }))
      assert.deepEqual([taken.status, taken.body.errors[0].path], [422, 'fileIds'])
      await citizen.call('tip.submit', tip({ fileIds: [fileId] }))
      assert.equal((await citizen.try('tip.submit', tip({ fileIds: [fileId] }))).status, 422)
      const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')
      assert.equal((await upload(w, citizen, pdf, { discreet: 'true' })).status, 415)
      assert.equal((await upload(w, w.nobody, await photo())).status, 401)
      assert.equal((await upload(w, citizen, await photo(), { discreet: 'maybe' })).status, 422)
      // What was sent discreetly goes with nothing else.
      const other = await discreetPhoto(w, citizen)
      const ask = { category: 'procedure', title: '请问', text: '请问要准备什么？', districtCode: '210106' } as const
      assert.equal((await citizen.try('case.submit', { ...ask, fileIds: [other] })).status, 422)
    })

    it('a photo sent again without a login, its answer lost, is one photo, and nothing keeps whose it was', async () => {
      const bytes = await photo()
      const send = (content: Buffer, key: string) =>
        upload(w, w.nobody, content, { discreet: 'true', headers: { 'Idempotency-Key': key } })
      const key = uuid()
      const [first, again] = [await send(bytes, key), await send(bytes, key)]
      assert.deepEqual([first.status, again.status, again.body.id], [200, 200, first.body.id])
      const other = await send(await photo({ taken: '2026:11:21 09:05:07' }), key)
      assert.equal(other.body.type, 'urn:problem:keyReused')
      assert.notEqual((await send(bytes, uuid())).body.id, first.body.id)
      const file = await db().findOneByOrFail(StoredFile, { id: first.body.id })
      assert.deepEqual([file.uploadedBy, file.name], [null, '照片.jpg'])
      // Once it is used, the answer lost before stays an answer, and the photo is not to be had twice.
      await w.nobody.call('tip.submit', tip({ fileIds: [first.body.id] }))
      assert.equal((await send(bytes, key)).body.id, first.body.id)
      assert.equal((await w.nobody.try('tip.submit', tip({ fileIds: [first.body.id] }))).status, 422)
    })

    it('who wants a reward says who they are, and is told what is missing', async () => {
      const informer = { name: '张三丰', phone: '138 1234 5678', idNumber: ID_NUMBER.toLowerCase() }
      const path = async (caller: Caller, more: Parameters<typeof tip>[0]) =>
        (await caller.try('tip.submit', tip(more))).body.errors?.[0]?.path
      assert.equal(await path(citizen, { wantsReward: true }), 'wantsReward')
      assert.equal(await path(w.nobody, { wantsReward: true, informer }), 'wantsReward')
      assert.equal(await path(citizen, { wantsReward: true, informer: { name: '张三丰' } }), 'informer.idNumber')
      const oneOff = { ...informer, idNumber: '110105194912310020' }
      assert.equal(await path(citizen, { wantsReward: true, informer: oneOff }), 'informer.idNumber')
      assert.equal(await path(citizen, { informer: { name: '张三丰', phone: '12' } }), 'informer.phone')
      assert.equal(await path(citizen, { creditCode: '91210100TEXT000000' }), 'creditCode')

      const text = '我叫张三丰，电话138-1234-5678，身份证11010519491231002x，看到夜里偷排。'
      const { number, isNamed } = await citizen.call('tip.submit', tip({ text, informer, wantsReward: true }))
      assert.equal(isNamed, true)
      const kept = await row(number)
      assert.equal(kept.text, '我叫〔已删除〕，电话〔已删除〕，身份证〔已删除〕，看到夜里偷排。')
      const identity = await identityOf(db(), w.service.house.know, kept.id)
      assert.deepEqual([identity?.name, identity?.phone, identity?.idNumber], ['张三丰', '13812345678', ID_NUMBER])
      // By name and logged in, the number alone is enough.
      assert.equal((await citizen.call('tip.track', { number })).number, number)
      const { items } = await citizen.call('tip.mine', {})
      assert.deepEqual(
        items.map((item) => item.number),
        [number],
      )
      assert.deepEqual(await (await w.as('stranger')).call('tip.mine', {}), { items: [] })
    })

    it('is handled step by step, each told to the informer or not as the table says', async () => {
      const { number, code } = await w.nobody.call('tip.submit', tip())
      await released(w)
      const id = await idOf(number)
      const enforce = enforcer.caller
      assert.equal((await enforce.try('tip.verify', { id, finding: 'true', facts: '属实' })).body.status, 409)
      await enforce.call('tip.accept', { id, text: '已受理，将在夜间检查。' })
      w.turnTo('2026-11-30T10:00:00+08:00')
      const evidence = (await upload(w, enforce, await photo())).body.id
      await enforce.call('tip.note', { id, text: '内部：已联系属地分局。' })
      const verified = await enforce.call('tip.verify', {
        id,
        finding: 'true',
        facts: '现场检查属实',
        fileIds: [evidence],
      })
      assert.equal(verified.timeline.at(-1)?.files.length, 1)
      const said = { decision: 'penalty', decisionNumber: '沈环罚〔2026〕1号', reply: '经查属实，已处罚。' } as const
      const done = await enforce.call('tip.conclude', { id, ...said })
      assert.deepEqual(
        [done.state, done.acceptBy, done.concludeBy, done.dueOn, done.isLate],
        ['concluded', '2026-12-14', '2027-01-22', null, false],
      )
      const seen = await w.nobody.call('tip.track', { number, code })
      assert.deepEqual(
        seen.steps.map(({ verb, text, files }) => [verb, text, files.length]),
        [
          ['tip.submit', null, 0],
          ['tip.accept', '已受理，将在夜间检查。', 0],
          ['tip.verify', null, 0],
          ['tip.conclude', null, 0],
        ],
      )
      assert.deepEqual([seen.finding, seen.reply, seen.mayAdd], ['true', '经查属实，已处罚。', false])
      assert.equal((await w.nobody.try('tip.add', { number, code, text: '还有' })).status, 409)
      const { findings } = await supervisor.caller.call('audit.verify', { subjectKind: 'tip', subjectId: id })
      assert.deepEqual(findings, [])
    })

    it('a branch is asked to check on site, learns nothing of a tip, and what it found stands beside the tip', async () => {
      const { number, code } = await w.nobody.call('tip.submit', tip({ firmName: '测试·请分局去看的厂' }))
      const id = await idOf(number)
      await released(w)
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const check = (text: string) => enforcer.caller.try('tip.check', { id, text })
      const asked = '请夜间查看喷漆工序和废气治理设施是否运行。'
      assert.equal((await check(asked)).status, 409, 'not accepted yet')
      await enforcer.caller.call('tip.accept', { id })
      w.turnTo('2026-11-26T10:00:00+08:00')
      for (const telling of [
        `请核实${number}。`,
        '有人举报夜里喷漆。',
        '群众来电说夜里喷漆。',
        '请按１２３４５转来的去看。',
      ]) {
        const { status, body } = await check(telling)
        assert.deepEqual([status, body.errors?.[0]?.path], [422, 'text'], telling)
      }
      const key = uuid()
      const view = await enforcer.caller.call('tip.check', { id, text: asked }, key)
      assert.deepEqual(await enforcer.caller.call('tip.check', { id, text: asked }, key), view)
      assert.deepEqual([view.state, view.timeline.at(-1)?.text, view.checks.length], ['accepted', asked, 1])
      const [{ id: leadId } = { id: '' }] = view.checks
      await w.drainJobs()

      const seen = await officer.caller.call('lead.read', { id: leadId })
      assert.deepEqual(
        [seen.state, seen.source, seen.text, seen.createdOn, seen.dueOn],
        ['sent', 'other', asked, '2026-11-26', '2026-12-03'],
      )
      const heard = await officer.caller.call('notice.list', {})
      assert.ok(heard.items.some(({ subjectId }) => subjectId === leadId))
      // Neither that it was told, nor when, nor its number, nor what was said.
      const all = JSON.stringify([seen, heard, await officer.caller.call('lead.list', {})])
      assert.doesNotMatch(all, new RegExp(`举报|JB2026|2026-11-2[345]|${tip().text}|"tip"|${id}`))
      assert.equal((await officer.caller.try('tip.read', { id })).status, 403)
      const told = await w.nobody.call('tip.track', { number, code })
      assert.ok(told.steps.every(({ verb }) => verb !== 'tip.check'))

      const fileIds = [(await upload(w, officer.caller, await photo())).body.id as string]
      const found = { outcome: 'confirmed', text: '现场属实，已取证。', fileIds } as const
      await officer.caller.call('lead.answer', { id: leadId, ...found })
      const back = (text: string) => enforcer.caller.try('lead.return', { id: leadId, text })
      assert.equal((await back('举报人说还有一处，请再去看。')).status, 422)
      const { checks } = await enforcer.caller.call('tip.read', { id })
      assert.deepEqual(
        checks.map(({ state, outcome, unit }) => [state, outcome, unit.id]),
        [['answered', 'confirmed', 'tiexi']],
      )

      // Where nobody said in which district, the handler does.
      const nowhere = await w.nobody.call('tip.submit', tip({ districtCode: undefined }))
      const other = await idOf(nowhere.number)
      await released(w)
      await enforcer.caller.call('tip.accept', { id: other })
      const refused = await enforcer.caller.try('tip.check', { id: other, text: asked })
      assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'districtCode'])
      const sent = await enforcer.caller.call('tip.check', { id: other, text: asked, districtCode: '210113' })
      assert.deepEqual(
        sent.checks.map(({ unit }) => unit.id),
        ['shenbei'],
      )
      assert.equal((await row(nowhere.number)).districtCode, null)
    })

    it('goes to the enforcer with the fewest in hand, and never to who belongs to the firm', async () => {
      const accused = await firm(w)
      await member(w, accused.id, 'insider')
      const insider = await staff(w, { role: 'enforcer', unitId: 'enforcement', as: 'insider' })
      const told = { firmName: accused.name, creditCode: accused.creditCode }
      for (let n = 0; n < 3; n += 1) {
        const { number } = await w.nobody.call('tip.submit', tip(told))
        await released(w)
        const { id, handlerPostId } = await row(number)
        assert.notEqual(handlerPostId, insider.postId)
        assert.equal((await insider.caller.try('tip.read', { id })).status, 404)
        const assigned = await enforcer.caller.try('tip.assign', { id, postId: insider.postId })
        assert.equal(assigned.status, 422)
      }
      const { items } = await insider.caller.call('tip.list', { limit: 100 })
      assert.ok(items.length > 0 && items.every(({ firmName }) => firmName !== accused.name))
      const { items: warned } = await supervisor.caller.call('tip.warnings', {})
      assert.deepEqual(
        warned.filter(({ creditCode }) => creditCode === accused.creditCode).map(({ count }) => count),
        [3],
      )
      assert.ok((await insider.caller.call('tip.warnings', {})).items.every((one) => one.firmName !== accused.name))
      await db().delete(Membership, { enterpriseId: accused.id })
      const { number } = await w.nobody.call('tip.submit', tip(told))
      assert.equal((await row(number)).handlerPostId, insider.postId, 'has none in hand')
    })

    it('who informed is seen by the reward handler alone, with a reason, and each look is listed', async () => {
      const informer = { name: '李四光', idNumber: ID_NUMBER }
      const { number } = await citizen.call('tip.submit', tip({ informer, wantsReward: true }))
      const anonymous = await w.nobody.call('tip.submit', tip())
      await released(w)
      const id = await idOf(number)
      for (const one of [enforcer, other, supervisor]) {
        assert.equal((await one.caller.try('tip.identity', { id, reason: '看看' })).status, 403)
      }
      const identity = await handler.caller.call('tip.identity', { id, reason: '核对领奖人身份' })
      assert.deepEqual(identity, { name: '李四光', phone: null, idNumber: ID_NUMBER, bank: null, hasWechat: true })
      const { items } = await supervisor.caller.call('tip.looks', { id })
      assert.deepEqual(
        items.map(({ number: of, by, reason }) => [of, by, reason]),
        [[number, handler.name, '核对领奖人身份']],
      )
      const refused = await handler.caller.try('tip.identity', { id: await idOf(anonymous.number), reason: '看看' })
      assert.equal(refused.status, 409)
    })

    it('lists, counts and lateness', async () => {
      const before = await enforcer.caller.call('tip.counts', {})
      const { number } = await w.nobody.call('tip.submit', tip({ firmName: '测试·清单厂', violation: 'water' }))
      await released(w)
      const id = await idOf(number)
      await enforcer.caller.call('tip.markPriority', { id, isPriority: true, reason: '多人反映' })
      const after = await enforcer.caller.call('tip.counts', {})
      assert.deepEqual([after.received, after.priority], [before.received + 1, before.priority + 1])
      const found = async (input: Parameters<Caller['call']>[1]) =>
        (await enforcer.caller.call('tip.list', { limit: 100, ...(input as object) })).items.map((item) => item.number)
      for (const filter of [
        { q: '测试·清单' },
        { q: number.toLowerCase() },
        { isPriority: true },
        { violation: 'water' },
      ])
        assert.deepEqual(await found(filter), [number], JSON.stringify(filter))
      assert.ok(!(await found({ due: 'overdue' })).includes(number))
      w.turnTo('2026-12-15T10:00:00+08:00')
      assert.ok((await found({ due: 'overdue' })).includes(number))
      const pages: string[] = []
      for (let cursor: string | undefined, n = 0; n < 50; n += 1) {
        const page = await supervisor.caller.call('tip.list', { limit: 3, ...(cursor && { cursor }) })
        pages.push(...page.items.map((item) => item.number))
        if (page.next === null) break
        cursor = page.next
      }
      assert.deepEqual(pages.toSorted(), (await db().find(Tip)).map((one) => one.number).sort())
    })
  })
}
