import assert from 'node:assert/strict'
import { phoneHash } from '../../src/encryption/lookup.js'
import { change } from '../../src/audit/trail.js'
import { Post } from '../../src/people/post.js'
import { policy } from '../../src/policy.js'
import { databaseNames } from '../databases.js'
import { project, staff, type StaffMember, write } from '../factories.js'
import type { Caller } from '../world.js'
import { at, type Stage, stage } from './stage.js'

for (const database of databaseNames) {
  describe(`ratings and what follows from bad ones, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const rectificationsOf = async (who: StaffMember, caseId: string) =>
      (await who.caller.call('rectification.list', { limit: 100 })).items.filter((item) => item.case.id === caseId)
    /** A case that `taker` has answered, in the unit where they are. */
    const answeredBy = async (taker: StaffMember) => {
      const { id } = await s.submit()
      await s.supervisor.caller.call('case.assign', { id, officerId: taker.postId })
      await taker.caller.call('case.sign', { id })
      return taker.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
    }
    const rest = (...members: StaffMember[]) =>
      write(s.w, async (db) => {
        for (const { postId } of members) {
          await change(db, Post, await db.findOneByOrFail(Post, { id: postId }), { isActive: false })
        }
      })

    it('one rating a closing; a reopened case is rated anew', async () => {
      const { id } = await s.answered()
      const first = await s.asker.call('case.rate', { id, score: 4, text: '还行' })
      assert.deepEqual([first.state, first.rating?.score], ['closed', 4])
      assert.ok(!first.can.includes('case.rate'))
      assert.equal((await s.partner.try('case.rate', { id, score: 1 })).status, 409)
      const reopened = await s.asker.call('case.reopen', { id, text: '还有问题' })
      assert.deepEqual(
        [reopened.state, reopened.rating, reopened.officer?.postId],
        ['assigned', null, s.officer.postId],
      )
      assert.deepEqual([reopened.answeredAt, reopened.closedAt, reopened.clock.used], [null, null, 0])
      await s.officer.caller.call('case.sign', { id })
      await s.officer.caller.call('case.answer', { id, text: '再答复', fileIds: [] })
      await s.asker.call('case.close', { id })
      assert.equal((await s.asker.call('case.rate', { id, score: 5 })).rating?.score, 5)
    })

    it('only the five levels', async () => {
      const { id } = await s.answered()
      for (const score of [0, 6, 2.5, '3']) assert.equal((await s.asker.try('case.rate', { id, score })).status, 422)
    })

    it('a rating of three or more asks nothing of anybody', async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 3 })
      assert.deepEqual(await rectificationsOf(s.supervisor, id), [])
    })

    it('a refusal can be rated too: it is about whoever proposed it', async () => {
      const { id } = await s.signed()
      await s.officer.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不属于职责' })
      await s.leader.caller.call('case.agreeDecline', { id })
      const rated = await s.asker.call('case.rate', { id, score: 2 })
      assert.equal(rated.state, 'declined')
      const [one] = await rectificationsOf(s.leader, id)
      assert.equal(one?.ratedOfficer, s.officer.name)
    })

    it("the unit's leader puts it right; the one rated sees nothing of it", async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 1, text: '没说清楚' })
      await s.w.drainJobs()
      const [one] = await rectificationsOf(s.leader, id)
      assert.ok(one)
      assert.deepEqual([one.handler?.postId, one.state, one.text], [s.leader.postId, 'assigned', '没说清楚'])
      assert.ok((await s.told(s.leader.caller, one.id)).some((title) => title.includes('差评')))
      assert.deepEqual(await s.told(s.officer.caller, one.id), [])
      assert.deepEqual(await rectificationsOf(s.officer, id), [])
      const acts: [string, object][] = [
        ['rectification.verify', { verdict: 'mistaken', finding: '不属实' }],
        ['rectification.resolve', { measures: '没有' }],
        ['rectification.callBack', { text: '没有', isSatisfied: true }],
      ]
      for (const [verb, fields] of acts) {
        assert.equal((await s.officer.caller.try(verb, { id: one.id, ...fields })).status, 404, verb)
      }
      const linkFor = async (caller: Caller) => (await caller.call('case.read', { id })).rectificationId
      assert.equal(await linkFor(s.leader.caller), one.id)
      assert.deepEqual([await linkFor(s.officer.caller), await linkFor(s.asker)], [undefined, undefined])
    })

    it('verified, put right, called back; not satisfied goes back to be put right', async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 2 })
      const { caller } = s.leader
      const [one] = await rectificationsOf(s.leader, id)
      const on = { id: one?.id ?? '' }
      assert.deepEqual(one?.can, ['rectification.verify'])
      assert.equal((await caller.try('rectification.resolve', { ...on, measures: '太早了' })).status, 409)
      const verified = await caller.call('rectification.verify', { ...on, verdict: 'founded', finding: '确实如此' })
      assert.deepEqual([verified.state, verified.verifiedOn], ['verified', '2026-11-23'])
      await caller.call('rectification.resolve', { ...on, measures: '重新答复' })
      const back = await caller.call('rectification.callBack', { ...on, text: '还是不行', isSatisfied: false })
      assert.deepEqual([back.state, back.resolvedOn, back.isSatisfied], ['verified', null, false])
      await caller.call('rectification.resolve', { ...on, measures: '上门说明' })
      const closed = await caller.call('rectification.callBack', { ...on, text: '满意了', isSatisfied: true })
      assert.deepEqual([closed.state, closed.can], ['closed', []])
      const stale = await caller.try('rectification.callBack', { ...on, version: 1, text: '再来', isSatisfied: true })
      assert.equal(stale.status, 409)
    })

    /** A bad rating of the officer's answer, as the leader has it. */
    const badlyRated = async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 1, text: '没说清楚' })
      const [one] = await rectificationsOf(s.leader, id)
      return { id, on: { id: one?.id ?? '' } }
    }

    it('the rated may appeal once, within 5 working days; the bureau decides, and a founded appeal ends it', async () => {
      const { id, on } = await badlyRated()
      const { caller } = s.officer
      const seen = await caller.call('case.read', { id })
      assert.deepEqual([seen.appeal, seen.rectificationId], [{ untilOn: '2026-11-30', said: null }, undefined])
      assert.ok(seen.can.includes('rectification.appeal'))
      // neither a colleague, nor the leader who puts it right, nor the rater
      for (const other of [s.colleague.caller, s.leader.caller]) {
        const refused = await other.try('rectification.appeal', { caseId: id, text: '有异议' })
        assert.deepEqual([refused.status, refused.body.title], [403, '只有被评价的人可以申诉'])
        assert.ok(!(await other.call('case.read', { id })).can.includes('rectification.appeal'))
      }
      assert.equal((await s.asker.try('rectification.appeal', { caseId: id, text: '有异议' })).status, 403)
      const said = await caller.call('rectification.appeal', { caseId: id, text: '当天已电话答复' })
      assert.equal(said.appeal?.said?.dueOn, '2026-11-30')
      assert.ok(!said.can.includes('rectification.appeal'))
      assert.equal((await caller.try('rectification.appeal', { caseId: id, text: '再申诉' })).status, 409)
      await s.w.drainJobs()
      assert.ok((await s.told(s.supervisor.caller, id)).some((title) => title.includes('有申诉')))
      const decision = { ...on, isUpheld: true, finding: '有通话记录，属误评' }
      assert.equal((await s.leader.caller.try('rectification.decideAppeal', decision)).status, 403)
      const decided = await s.supervisor.caller.call('rectification.decideAppeal', decision)
      assert.deepEqual(
        [decided.state, decided.verdict, decided.appeal?.result, decided.can],
        ['closed', 'mistaken', 'upheld', []],
      )
      assert.equal((await s.supervisor.caller.try('rectification.decideAppeal', decision)).status, 409)
      const own = await caller.call('case.read', { id })
      assert.deepEqual([own.appeal?.said?.result, own.appeal?.said?.finding], ['upheld', decision.finding])
      assert.equal((await s.asker.call('case.read', { id })).appeal, undefined)
    })

    it('an appeal that is dismissed changes nothing of what is to be put right; too late is too late', async () => {
      const { id, on } = await badlyRated()
      await s.officer.caller.call('rectification.appeal', { caseId: id, text: '有异议' })
      const decided = await s.supervisor.caller.call('rectification.decideAppeal', {
        ...on,
        isUpheld: false,
        finding: '申诉理由不成立',
      })
      assert.deepEqual([decided.state, decided.verdict, decided.appeal?.result], ['assigned', null, 'dismissed'])
      const late = await badlyRated()
      s.w.turnTo(at('2026-12-01'))
      const refused = await s.officer.caller.try('rectification.appeal', { caseId: late.id, text: '有异议' })
      assert.deepEqual([refused.status, refused.body.title], [409, '已经过了申诉期限'])
      assert.ok(!(await s.officer.caller.call('case.read', { id: late.id })).can.includes('rectification.appeal'))
    })

    it('put right and called back, it is rated once again; still bad, the bureau learns of it', async () => {
      const { id, on } = await badlyRated()
      const { caller } = s.leader
      assert.equal((await s.asker.try('rectification.rateAgain', { caseId: id, score: 4 })).status, 409)
      await caller.call('rectification.verify', { ...on, verdict: 'founded', finding: '确实如此' })
      await caller.call('rectification.resolve', { ...on, measures: '重新答复' })
      await caller.call('rectification.callBack', { ...on, text: '满意', isSatisfied: true })
      await s.w.drainJobs()
      assert.ok((await s.told(s.asker, id)).some((title) => title.includes('可以再评价一次')))
      assert.ok((await s.asker.call('case.read', { id })).can.includes('rectification.rateAgain'))
      for (const { caller: staffCaller } of [s.officer, s.leader, s.supervisor]) {
        assert.ok(!(await staffCaller.call('case.read', { id })).can.includes('rectification.rateAgain'))
        assert.equal((await staffCaller.try('rectification.rateAgain', { caseId: id, score: 5 })).status, 403)
      }
      const again = await s.asker.call('rectification.rateAgain', { caseId: id, score: 2 })
      assert.deepEqual([again.secondRating, again.rating?.score], [{ score: 2, on: '2026-11-23' }, 1])
      assert.equal((await s.partner.try('rectification.rateAgain', { caseId: id, score: 5 })).status, 409)
      await s.w.drainJobs()
      assert.ok((await s.told(s.supervisor.caller, id)).some((title) => title.includes('仍不满意')))
      const [listed] = (await caller.call('rectification.list', { isRatedAgain: true })).items
      assert.deepEqual([listed?.case.id, listed?.secondScore], [id, 2])
      // whom it is about learns nothing of how it was put right
      assert.equal((await s.officer.caller.call('case.read', { id })).secondRating, undefined)
    })

    it('staff can neither ask for a rating nor find out who is about to give one', async () => {
      const { id } = await s.answered()
      const team = [s.officer, s.colleague, s.leader, s.supervisor]
      for (const { caller } of team) {
        const row = await caller.call('case.read', { id })
        assert.deepEqual(
          row.can.filter((verb) => /rate/i.test(verb)),
          [],
        )
        assert.equal((await caller.try('case.rate', { id, score: 5 })).status, 403)
        const { items } = await caller.call('case.list', { rated: false, limit: 100 })
        assert.deepEqual(items, [])
      }
      const own = await s.asker.call('case.list', { rated: false, limit: 100 })
      assert.ok(own.items.some((item) => item.id === id))
      // no verb of staff asks anybody to rate, and what they are told of a rating names neither person nor mark
      for (const [verb, line] of Object.entries(policy)) {
        if (/rate/i.test(verb)) assert.deepEqual(Object.keys(line), ['enterprise'], verb)
      }
      await s.asker.call('case.rate', { id, score: 5, text: '很好' })
      await s.w.drainJobs()
      const told = (await s.told(s.officer.caller, id)).filter((title) => title.includes('评价'))
      assert.deepEqual(told, ['企业已评价《报告表要准备什么》'])
    })

    it('a mistaken or malicious rating is closed when verified', async () => {
      for (const verdict of ['mistaken', 'malicious'] as const) {
        const { id } = await s.answered()
        await s.asker.call('case.rate', { id, score: 1 })
        const [one] = await rectificationsOf(s.leader, id)
        const closed = await s.leader.caller.call('rectification.verify', {
          id: one?.id ?? '',
          verdict,
          finding: '已核实',
        })
        assert.deepEqual([closed.state, closed.verdict], ['closed', verdict])
      }
    })

    it('what is late is found: not verified in one, not put right in fifteen working days', async () => {
      const { id } = await s.answered()
      await s.asker.call('case.rate', { id, score: 1 })
      const late = async () =>
        (await s.leader.caller.call('rectification.list', { isOverdue: true, limit: 100 })).items.filter(
          (item) => item.case.id === id,
        )
      s.w.turnTo(at('2026-11-24'))
      assert.equal((await late()).length, 0)
      s.w.turnTo(at('2026-11-25'))
      const [one] = await late()
      assert.deepEqual([one?.verifyDueOn, one?.resolveDueOn], ['2026-11-24', '2026-12-14'])
      await s.leader.caller.call('rectification.verify', { id: one?.id ?? '', verdict: 'founded', finding: '确实如此' })
      assert.equal((await late()).length, 0)
      s.w.turnTo(at('2026-12-15'))
      assert.equal((await late()).length, 1)
    })

    it('whoever answered is the one rated, the stand-in too', async () => {
      const { id } = await s.submit()
      await s.officer.caller.call('staff.setAbsence', {
        standInPostId: s.colleague.postId,
        fromOn: '2026-11-23',
        toOn: '2026-11-23',
      })
      await s.colleague.caller.call('case.sign', { id })
      await s.colleague.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
      await s.asker.call('case.rate', { id, score: 1 })
      const [one] = await rectificationsOf(s.leader, id)
      assert.equal(one?.ratedOfficer, s.colleague.name)
      assert.equal((await s.colleague.caller.try('rectification.read', { id: one?.id })).status, 404)
    })

    it('a leader who answered is rated: another of the unit puts it right', async () => {
      const unitId = 'sujiatun'
      const leader = await staff(s.w, { role: 'leader', unitId })
      const officer = await staff(s.w, { role: 'officer', unitId })
      const { id } = await answeredBy(leader)
      await s.asker.call('case.rate', { id, score: 1 })
      const [one] = await rectificationsOf(officer, id)
      assert.equal(one?.handler?.postId, officer.postId)
      assert.deepEqual(await rectificationsOf(leader, id), [])
    })

    it('a person with two posts does not put their own rating right under the other', async () => {
      const unitId = 'liaozhong'
      const key = phoneHash(s.w.service.house.know.keyring.purposeKey('lookup'), '15400018888')
      const as = `double-${database}`
      const officer = await staff(s.w, { role: 'officer', unitId, as, phoneHash: key })
      const alsoLeader = await staff(s.w, { role: 'leader', unitId, as, phoneHash: key })
      const { id } = await answeredBy(officer)
      await s.asker.call('case.rate', { id, score: 1 })
      const [one] = await rectificationsOf(s.supervisor, id)
      assert.equal(one?.handler?.postId, s.supervisor.postId)
      assert.deepEqual(await rectificationsOf(alsoLeader, id), [])
    })

    it('a leader who is away is passed over', async () => {
      const unitId = 'xinmin'
      const officer = await staff(s.w, { role: 'officer', unitId })
      const leader = await staff(s.w, { role: 'leader', unitId })
      const other = await staff(s.w, { role: 'officer', unitId })
      await leader.caller.call('staff.setAbsence', {
        postId: leader.postId,
        standInPostId: officer.postId,
        fromOn: '2026-11-23',
        toOn: '2026-11-23',
      })
      const { id } = await answeredBy(officer)
      await s.asker.call('case.rate', { id, score: 1 })
      const [one] = await rectificationsOf(s.supervisor, id)
      assert.equal(one?.handler?.postId, other.postId)
    })

    it('with nobody else there, the supervisors are told, but not the one rated', async () => {
      const lone = await staff(s.w, { role: 'supervisor', unitId: 'leaders' })
      const { id } = await answeredBy(lone)
      await rest(s.supervisor)
      await s.asker.call('case.rate', { id, score: 1 })
      await write(s.w, async (db) =>
        change(db, Post, await db.findOneByOrFail(Post, { id: s.supervisor.postId }), { isActive: true }),
      )
      const [one] = await rectificationsOf(s.supervisor, id)
      assert.equal(one?.handler, null)
      await s.w.drainJobs()
      assert.equal((await s.told(s.supervisor.caller, one?.id ?? '')).length, 1)
      assert.equal((await s.told(lone.caller, one?.id ?? '')).length, 0)
      assert.deepEqual(await rectificationsOf(lone, id), [])
      const verified = await s.supervisor.caller.call('rectification.verify', {
        id: one?.id ?? '',
        verdict: 'founded',
        finding: '确实如此',
      })
      assert.equal(verified.state, 'verified')
    })

    it("reopened when its officer has gone, it goes to the branch of the project's place", async () => {
      const gone = await staff(s.w, { role: 'officer', unitId: 'shenhe' })
      const fresh = await staff(s.w, { role: 'officer', unitId: 'shenhe' })
      const { id: projectId } = await project(s.w, {
        enterpriseId: s.enterpriseId,
        officerPostId: gone.postId,
        unitId: 'shenhe',
        districtCode: '210103',
      })
      const { id } = await s.submit({ projectId })
      await gone.caller.call('case.sign', { id })
      await gone.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
      await rest(gone)
      const reopened = await s.asker.call('case.reopen', { id, text: '还有问题' })
      assert.deepEqual([reopened.officer?.postId, reopened.unit?.id], [fresh.postId, 'shenhe'])
    })

    it('fifteen days after closing is the last day to reopen', async () => {
      for (const [day, status] of [
        ['2026-12-08', 200],
        ['2026-12-09', 409],
      ] as const) {
        s.w.turnTo(at('2026-11-23'))
        const { id } = await s.answered()
        await s.asker.call('case.close', { id })
        s.w.turnTo(at(day))
        assert.equal((await s.asker.call('case.read', { id })).can.includes('case.reopen'), status === 200)
        assert.equal((await s.asker.try('case.reopen', { id, text: '还有问题' })).status, status)
      }
    })
  })
}
