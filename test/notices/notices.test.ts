import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../src/audit/queue.js'
import { create } from '../../src/audit/trail.js'
import { openCase } from '../../src/cases/open.js'
import { Delivery } from '../../src/notices/delivery.js'
import { MessageGrant } from '../../src/notices/messageGrant.js'
import { Notice } from '../../src/notices/notice.js'
import { type Telling, tell } from '../../src/notices/tell.js'
import { Absence } from '../../src/people/absence.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { databaseNames } from '../databases.js'
import { firm, project, staff, write } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

const SEND = '/cgi-bin/message/subscribe/send'
const template = 'caseSigned'
const templateId = 'demo-case-signed'
const title = '环评报告表审批要多久、需要哪些材料，能不能先批后审？'

for (const database of databaseNames) {
  describe(`notices, on ${database}`, () => {
    let w: World
    let start: number
    let serial = 0

    before(async () => {
      w = await world(database)
    })
    beforeEach(() => {
      start = w.now().getTime()
    })
    afterEach(() => w.service.sandbox?.clearBehaviour())
    after(() => w.stop())

    const sandbox = () => {
      assert.ok(w.service.sandbox)
      return w.service.sandbox
    }
    const db = () => w.service.house.ds.manager
    const minutesLater = (minutes: number) => w.turnTo(new Date(w.now().getTime() + minutes * 60_000).toISOString())
    const tellNow = (telling: Partial<Telling>) =>
      write(w, (manager) =>
        tell(manager, w.service.house.know, w.now(), {
          template,
          subjectKind: 'case',
          subjectId: uuid(),
          title: '诉求已签收',
          text: '您的诉求已由专员签收。',
          values: { number: 'QZ20261123-K7M4Q', title, officer: '演示专员', dueOn: '2026-11-30' },
          ...telling,
        }),
      )

    interface Somebody {
      caller: Caller
      personId: string
      openid: string
    }
    async function somebody(): Promise<Somebody> {
      const name = `reader-${++serial}`
      const caller = await w.as(name)
      return { caller, personId: (await caller.call('session.me', {})).id, openid: demoOpenid(name) }
    }
    /** As in WeChat: the dialogue says yes, and the mini-program reports it. */
    async function accept({ caller, openid }: Somebody, times = 1): Promise<void> {
      for (let n = 0; n < times; n++) {
        sandbox().grant(openid, templateId)
        await caller.call('notice.grant', { templates: [{ key: template, accepted: true }] })
      }
    }
    const sentTo = ({ openid }: Somebody) => sandbox().sent.filter((message) => message.openid === openid)
    const deliveriesOf = ({ personId }: Somebody) => db().find(Delivery, { where: { personId }, order: { id: 'ASC' } })
    const statesOf = async (who: Somebody) => (await deliveriesOf(who)).map(({ state }) => state)
    const granted = async ({ personId }: Somebody) =>
      (await db().findOneBy(MessageGrant, { personId, template }))?.count
    /** Does what comes due within the next hours, minute by minute as a worker would. */
    async function letTimePass(minutes: number): Promise<void> {
      for (let n = 0; n < minutes; n++) {
        minutesLater(1)
        await w.drainJobs()
      }
    }

    describe('the inbox', () => {
      it('is written for everybody, newest first, and counts what is unread', async () => {
        const { caller, personId } = await somebody()
        const subjectId = uuid()
        await tellNow({ personIds: [personId], title: '第一条', subjectId })
        await tellNow({ personIds: [personId, personId], title: '第二条' })
        const { items, unread, next } = await caller.call('notice.list', {})
        assert.deepEqual(
          items.map((item) => [item.title, item.isRead]),
          [
            ['第二条', false],
            ['第一条', false],
          ],
        )
        assert.deepEqual([items[1]?.subjectKind, items[1]?.subjectId], ['case', subjectId])
        assert.equal(unread, 2)
        assert.equal(next, null)
      })

      it('marks single notices read, then all, and filters by it page by page', async () => {
        const { caller, personId } = await somebody()
        for (const heading of ['一', '二', '三', '四']) await tellNow({ personIds: [personId], title: heading })
        const all = await caller.call('notice.list', {})
        const [newest] = all.items
        assert.ok(newest)
        assert.deepEqual(await caller.call('notice.markRead', { ids: [newest.id] }), { unread: 3 })
        const first = await caller.call('notice.list', { isRead: false, limit: 2 })
        const second = await caller.call('notice.list', { isRead: false, limit: 2, cursor: first.next ?? '' })
        assert.deepEqual(
          [...first.items, ...second.items].map((item) => item.title),
          ['三', '二', '一'],
        )
        assert.equal(second.next, null)
        const read = await caller.call('notice.list', { isRead: true })
        assert.deepEqual(
          read.items.map((item) => item.title),
          ['四'],
        )
        assert.deepEqual(await caller.call('notice.markRead', { all: true }), { unread: 0 })
        assert.equal((await caller.call('notice.list', { isRead: false })).items.length, 0)
      })

      it('of others is invisible and cannot be marked read', async () => {
        const owner = await somebody()
        const other = await somebody()
        await tellNow({ personIds: [owner.personId] })
        const [mine] = (await owner.caller.call('notice.list', {})).items
        assert.ok(mine)
        assert.deepEqual((await other.caller.call('notice.list', {})).items, [])
        await other.caller.call('notice.markRead', { ids: [mine.id] })
        await other.caller.call('notice.markRead', { all: true })
        assert.equal((await owner.caller.call('notice.list', {})).unread, 1)
        assert.equal((await w.nobody.try('notice.list', {})).status, 401)
      })

      it('marking read says which, or all: not neither, not both', async () => {
        const { caller } = await somebody()
        assert.equal((await caller.try('notice.markRead', {})).status, 422)
        assert.equal((await caller.try('notice.markRead', { ids: [uuid()], all: true })).status, 422)
      })

      it('tells a person of one event once, however often and however many at once ask for it', async () => {
        const { caller, personId } = await somebody()
        const uniqueKey = `case.dueSoon:${uuid()}:2026-11-23`
        await Promise.all(Array.from({ length: 5 }, () => tellNow({ personIds: [personId], uniqueKey })))
        assert.deepEqual(await tellNow({ personIds: [personId], uniqueKey }), [])
        assert.equal((await caller.call('notice.list', {})).items.length, 1)
      })

      it('a post that is absent today: its holder and the stand-in are both told, once each', async () => {
        const absent = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const standIn = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const both = [absent.personId, standIn.personId].sort()
        const postIds = [absent.postId]
        assert.deepEqual(await tellNow({ postIds }), [absent.personId])
        await write(w, (manager) =>
          create(manager, Absence, {
            id: uuid(),
            postId: absent.postId,
            standInPostId: standIn.postId,
            fromOn: '2026-11-23',
            toOn: '2026-11-23',
            isCancelled: false,
          }),
        )
        assert.deepEqual((await tellNow({ postIds, personIds: [standIn.personId] })).sort(), both)
        w.turnTo('2026-11-24T08:00:00+08:00')
        assert.deepEqual(await tellNow({ postIds }), [absent.personId])
      })
    })

    describe('messages in WeChat', () => {
      it('一次授权一条消息: a stored grant is used once, the next notice stays in the inbox', async () => {
        const who = await somebody()
        await accept(who)
        const subjectId = uuid()
        await tellNow({ personIds: [who.personId], subjectId })
        await tellNow({ personIds: [who.personId] })
        await w.drainJobs()
        const [message, ...more] = sentTo(who)
        assert.equal(more.length, 0)
        assert.equal(message?.page, `pages/case/index?id=${subjectId}`)
        assert.equal(message?.data['thing2'], `${title.slice(0, 19)}…`)
        assert.equal(message?.data['date4'], '2026年11月30日')
        assert.deepEqual(await statesOf(who), ['sent'])
        assert.equal((await deliveriesOf(who))[0]?.msgId, message?.msgId)
        assert.equal(await granted(who), 0)
        assert.equal((await who.caller.call('notice.list', {})).items.length, 2)
      })

      it('two notices at the same moment do not use one grant twice', async () => {
        const who = await somebody()
        await accept(who)
        await Promise.all([1, 2, 3].map(() => tellNow({ personIds: [who.personId] })))
        assert.equal((await deliveriesOf(who)).length, 1)
        assert.equal(await granted(who), 0)
      })

      it('a refusal (43101) is not retried, and what seemed granted counts no more', async () => {
        const who = await somebody()
        await accept(who, 3)
        sandbox().setBehaviour({ path: SEND, openid: who.openid, fault: { kind: 'errcode', errcode: 43101 }, times: 1 })
        await tellNow({ personIds: [who.personId] })
        await letTimePass(5)
        assert.deepEqual(await statesOf(who), ['refused'])
        assert.equal((await deliveriesOf(who))[0]?.errcode, 43101)
        assert.equal(sentTo(who).length, 0)
        assert.equal(await granted(who), 0)
      })

      it('sent, and the answer lost: uncertain, and never sent again', async () => {
        const who = await somebody()
        await accept(who)
        sandbox().setBehaviour({ path: SEND, openid: who.openid, fault: { kind: 'drop' }, when: 'after', times: 1 })
        await tellNow({ personIds: [who.personId] })
        await letTimePass(5)
        assert.deepEqual(await statesOf(who), ['uncertain'])
        assert.equal(sentTo(who).length, 1)
        assert.equal(await granted(who), 0)
      })

      it('WeChat busy before sending: retried with growing pauses, and sent exactly once', async () => {
        const who = await somebody()
        await accept(who)
        sandbox().setBehaviour({ path: SEND, openid: who.openid, fault: { kind: 'errcode', errcode: -1 }, times: 2 })
        await tellNow({ personIds: [who.personId] })
        await w.drainJobs()
        const [waiting] = await deliveriesOf(who)
        assert.deepEqual([waiting?.state, waiting?.attempts, waiting?.errcode], ['queued', 1, -1])
        await letTimePass(1)
        assert.deepEqual(await statesOf(who), ['queued'])
        await letTimePass(1)
        assert.equal((await deliveriesOf(who))[0]?.attempts, 2)
        await letTimePass(5)
        const [sent] = await deliveriesOf(who)
        assert.deepEqual([sent?.state, sent?.attempts, sent?.errcode], ['sent', 3, null])
        assert.equal(sentTo(who).length, 1)
      })

      it('after eight attempts it has failed for good, and the grant is kept for the next notice', async () => {
        const who = await somebody()
        await accept(who)
        sandbox().setBehaviour({ path: SEND, openid: who.openid, fault: { kind: 'errcode', errcode: -1 } })
        await tellNow({ personIds: [who.personId] })
        await w.drainJobs()
        for (let n = 0; n < 10; n++) {
          minutesLater(61)
          await w.drainJobs()
        }
        const [failed] = await deliveriesOf(who)
        assert.deepEqual([failed?.state, failed?.attempts, failed?.reason], ['failed', 8, '系统繁忙，请稍候再试'])
        assert.equal(await granted(who), 1)
      })

      it('killed between the mark and the answer: uncertain, and never sent again', async () => {
        const who = await somebody()
        await accept(who)
        await tellNow({ personIds: [who.personId] })
        // What a killed process leaves behind: the mark committed, the job still to be done.
        await db().update(Delivery, { personId: who.personId }, { state: 'sending', attempts: 1 })
        await letTimePass(5)
        assert.deepEqual(await statesOf(who), ['uncertain'])
        assert.equal(sentTo(who).length, 0)
      })

      it('values that do not fit the template: invalid, nothing is sent, the inbox has it all the same', async () => {
        const who = await somebody()
        await accept(who)
        await tellNow({ personIds: [who.personId], values: { number: 'QZ20261123-K7M4Q' } })
        await letTimePass(2)
        const [delivery] = await deliveriesOf(who)
        assert.equal(delivery?.state, 'invalid')
        assert.match(delivery?.reason ?? '', /officer/)
        assert.equal(sentTo(who).length, 0)
        assert.equal(await granted(who), 1)
        assert.equal((await who.caller.call('notice.list', {})).unread, 1)
      })

      it('what a message said is forgotten once it is settled', async () => {
        const who = await somebody()
        await accept(who)
        await tellNow({ personIds: [who.personId] })
        assert.ok((await deliveriesOf(who))[0]?.content)
        await w.drainJobs()
        assert.equal((await deliveriesOf(who))[0]?.content, null)
      })
    })

    describe('asking for messages', () => {
      it('shows by moment what to ask for, and what is in stock', async () => {
        const who = await somebody()
        await accept(who, 2)
        const { items } = await who.caller.call('notice.templates', {})
        const submitted = items.find(({ moment }) => moment === 'caseSubmitted')
        assert.deepEqual(
          submitted?.templates.find(({ key }) => key === template),
          { key: template, templateId, title: '诉求已签收', granted: 2 },
        )
        assert.ok(!items.some(({ moment }) => moment === 'officerWork'))
        const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const forOfficer = await officer.caller.call('notice.templates', {})
        assert.ok(forOfficer.items.some(({ moment }) => moment === 'officerWork'))
      })

      it('a no adds nothing; an unknown or repeated template is refused as a whole', async () => {
        const who = await somebody()
        const no = await who.caller.call('notice.grant', { templates: [{ key: template, accepted: false }] })
        assert.equal(no.items[0]?.granted, 0)
        const twice = [template, template].map((key) => ({ key, accepted: true }))
        assert.equal((await who.caller.try('notice.grant', { templates: twice })).status, 422)
        const unknown = [template, 'nonsense'].map((key) => ({ key, accepted: true }))
        const refused = await who.caller.try('notice.grant', { templates: unknown })
        assert.equal(refused.body.errors[0].path, 'templates.1.key')
        assert.equal(await granted(who), undefined)
      })

      it('ten taps at once add ten', async () => {
        const who = await somebody()
        const tap = () => who.caller.call('notice.grant', { templates: [{ key: template, accepted: true }] })
        await Promise.all(Array.from({ length: 10 }, tap))
        assert.equal(await granted(who), 10)
      })
    })

    describe('what became of the messages of a case', () => {
      it('is seen by staff who see the case, and by nobody else', async () => {
        const officer = await staff(w, { role: 'officer', unitId: 'huanggu' })
        const stranger = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const who = await somebody()
        const { house } = w.service
        const { id: subjectId } = await write(w, (manager) =>
          openCase(manager, house.know, w.now(), {
            source: 'help',
            category: 'consultation',
            title,
            text: title,
            enterpriseId: null,
            projectId: null,
            guideId: null,
            districtCode: '210105',
            visitId: null,
            createdBy: who.personId,
          }),
        )
        await accept(who)
        sandbox().setBehaviour({ path: SEND, openid: who.openid, fault: { kind: 'errcode', errcode: 43101 }, times: 1 })
        await tellNow({ personIds: [who.personId], subjectId })
        await w.drainJobs()
        await tellNow({ personIds: [who.personId], subjectId })
        await who.caller.call('notice.markRead', { all: true })
        const asked = { subjectKind: 'case' as const, subjectId }
        const { items } = await officer.caller.call('notice.deliveries', asked)
        assert.deepEqual(
          items.map(({ state, attempts, errcode, isRead }) => [state, attempts, errcode, isRead]),
          [
            ['inboxOnly', 0, null, true],
            ['refused', 1, 43101, true],
          ],
        )
        assert.equal((await stranger.caller.try('notice.deliveries', asked)).status, 404)
        assert.equal((await officer.caller.try('notice.deliveries', { ...asked, subjectId: uuid() })).status, 404)
        assert.equal((await who.caller.try('notice.deliveries', asked)).status, 403)
      })
    })

    describe('membership of a firm', () => {
      it('the clerks and the officers of its projects hear of who asks, and that person of the decision', async () => {
        const clerk = await staff(w, { role: 'clerk', unitId: 'tiexi' })
        const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const stranger = await staff(w, { role: 'officer', unitId: 'tiexi' })
        const { id: enterpriseId, creditCode, name } = await firm(w)
        await project(w, { enterpriseId, officerPostId: officer.postId })
        const who = await somebody()
        sandbox().grant(who.openid, 'demo-membership-verified')
        await who.caller.call('notice.grant', { templates: [{ key: 'membershipVerified', accepted: true }] })
        const { id } = await who.caller.call('enterprise.join', { creditCode })
        await who.caller.call('enterprise.join', { creditCode })
        await w.drainJobs()
        const toldOf = async ({ caller }: { caller: Caller }) =>
          (await caller.call('notice.list', {})).items.filter(({ subjectId }) => subjectId === id)
        for (const decider of [clerk, officer]) {
          const asked = (await toldOf(decider)).map((item) => [item.subjectKind, item.text])
          assert.deepEqual(asked, [['membership', `有人申请加入「${name}」，请核实。`]])
        }
        assert.deepEqual(await toldOf(stranger), [])
        await clerk.caller.call('enterprise.verifyMember', { id })
        await w.drainJobs()
        const { items } = await who.caller.call('notice.list', {})
        assert.deepEqual(
          items.map((item) => item.title),
          ['您已通过企业成员核实'],
        )
        assert.deepEqual(
          sentTo(who).map(({ data }) => data['phrase2']),
          ['已通过'],
        )
      })
    })

    describe('keeping and leaving', () => {
      it('what was read 400 days ago is removed at night; what is unread or newer stays', async () => {
        const { caller, personId } = await somebody()
        for (const heading of ['旧的', '刚读的', '没读的']) await tellNow({ personIds: [personId], title: heading })
        const day = 86_400_000
        for (const [heading, days] of [
          ['旧的', 401],
          ['刚读的', 399],
        ] as const) {
          const readAt = new Date(start - days * day)
          await db().update(Notice, { personId, title: heading }, { readAt })
        }
        await write(w, (manager) => enqueue(manager, [{ kind: 'notice.forget', payload: {} }], w.now()))
        await w.drainJobs()
        assert.deepEqual(
          (await caller.call('notice.list', {})).items.map((item) => item.title),
          ['没读的', '刚读的'],
        )
      })

      it('one takes the inbox along; after erasing nothing of it is left, and nothing is sent', async () => {
        const who = await somebody()
        await accept(who, 2)
        await tellNow({ personIds: [who.personId], text: '只有我看得到的话' })
        const { sections } = await who.caller.call('person.export', {})
        assert.match(JSON.stringify(sections['消息']), /只有我看得到的话/)
        await who.caller.call('person.erase', { confirm: '注销' })
        await w.drainJobs()
        assert.equal(sentTo(who).length, 0)
        for (const entity of [Notice, Delivery, MessageGrant]) {
          assert.equal(await db().countBy(entity, { personId: who.personId }), 0)
        }
        assert.deepEqual(await tellNow({ personIds: [who.personId] }), [])
      })
    })
  })
}
