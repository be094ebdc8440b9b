/** The roster brings posts by phone; who is away is stood in for. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { Absence } from '../../src/people/absence.js'
import { Project } from '../../src/projects/project.js'
import { phoneHash } from '../../src/encryption/lookup.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember, write } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`the staff roster, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    const postsOf = async (caller: Caller) => (await caller.call('session.me', {})).posts.map(({ id }) => id)

    it('the units are listed in their order, those whose name nobody has confirmed last', async () => {
      const { items } = await clerk.caller.call('unit.list', {})
      const isSure = items.map(({ isConfirmed }) => isConfirmed)
      assert.ok(isSure.includes(false))
      assert.equal(isSure.indexOf(false), isSure.lastIndexOf(true) + 1)
    })

    describe('posts', () => {
      const post = { role: 'officer' as const, unitId: 'tiexi', name: '演示专员' }

      it('come with the phone of the roster, all of them, at the moment it is bound', async () => {
        const phone = '15400090001'
        const one = await clerk.caller.call('staff.save', { ...post, phone })
        const two = await clerk.caller.call('staff.save', { ...post, role: 'leader', unitId: 'heping', phone })
        assert.equal(one.isBound, false)
        const someone = await w.as('new-officer')
        assert.deepEqual(await postsOf(someone), [])
        const me = await someone.call('person.bindPhone', { code: `phone:${phone}` })
        assert.deepEqual(
          me.posts.map(({ id, role, unit }) => [id, role, unit.id]),
          [
            [one.id, 'officer', 'tiexi'],
            [two.id, 'leader', 'heping'],
          ],
        )
      })

      it('come at once when the phone was bound before the post was made', async () => {
        const someone = await w.as('early')
        await someone.call('person.bindPhone', { code: 'phone:15400090002' })
        const made = await clerk.caller.call('staff.save', { ...post, phone: '15400090002' })
        assert.equal(made.isBound, true)
        assert.deepEqual(await postsOf(someone), [made.id])
      })

      it('follow the phone to another WeChat account, and never return to the one before', async () => {
        const phone = '15400090003'
        const made = await clerk.caller.call('staff.save', { ...post, phone })
        const [before, now] = [await w.as('old-account'), await w.as('new-account')]
        await before.call('person.bindPhone', { code: `phone:${phone}` })
        await now.call('person.bindPhone', { code: `phone:${phone}` })
        assert.deepEqual([await postsOf(before), await postsOf(now)], [[], [made.id]])
        const later = await clerk.caller.call('staff.save', { ...post, phone })
        assert.deepEqual([await postsOf(before), await postsOf(now)], [[], [made.id, later.id]])
        assert.equal((await before.call('session.me', {})).phone, null)
      })

      it('a post taken away counts from the next request, and comes back when it is given back', async () => {
        const phone = '15400030001'
        const hash = phoneHash(w.service.house.know.keyring.purposeKey('lookup'), phone)
        const someone = await staff(w, { role: 'supervisor', unitId: 'leaders', phoneHash: hash })
        await someone.caller.call('person.bindPhone', { code: `phone:${phone}` })
        const { items } = await clerk.caller.call('staff.list', { unitId: 'leaders', role: 'supervisor' })
        const { id, version, role, unit, name } = items.find((one) => one.id === someone.postId) ?? items[0]!
        const fields = { id, role, unitId: unit.id, name }
        assert.equal((await someone.caller.try('project.list', {})).status, 200)
        assert.equal((await someone.caller.try('staff.list', {})).status, 200)
        await clerk.caller.call('staff.save', { ...fields, version, isActive: false })
        assert.equal((await someone.caller.try('staff.list', {})).status, 403)
        assert.deepEqual(await postsOf(someone.caller), [])
        await clerk.caller.call('staff.save', { ...fields, isActive: true })
        assert.equal((await someone.caller.try('staff.list', {})).status, 200)
      })

      it('a post given back after its phone was bound finds its person', async () => {
        const phone = '15400090004'
        const made = await clerk.caller.call('staff.save', { ...post, phone, isActive: false })
        const someone = await w.as('returning')
        await someone.call('person.bindPhone', { code: `phone:${phone}` })
        assert.deepEqual(await postsOf(someone), [])
        await clerk.caller.call('staff.save', { ...post, id: made.id, isActive: true })
        assert.deepEqual(await postsOf(someone), [made.id])
      })

      it('given back, it is whose the number is now: the new holder’s, or nobody’s', async () => {
        const phone = '15400020001'
        const made = await clerk.caller.call('staff.save', { ...post, phone })
        const [former, holder] = [await w.as('former-holder'), await w.as('present-holder')]
        await former.call('person.bindPhone', { code: `phone:${phone}` })
        await clerk.caller.call('staff.save', { ...post, id: made.id, isActive: false })
        await holder.call('person.bindPhone', { code: `phone:${phone}` })
        const resting = await w.service.house.ds.manager.findOneByOrFail(Post, { id: made.id })
        assert.equal(resting.personId, (await holder.call('session.me', {})).id)
        await clerk.caller.call('staff.save', { ...post, id: made.id, isActive: true })
        assert.deepEqual([await postsOf(former), await postsOf(holder)], [[], [made.id]])
        // A post whose holder never bound its number is nobody's when it is given back.
        const unbound = await staff(w, { role: 'officer', unitId: 'tiexi' })
        await clerk.caller.call('staff.save', { ...post, id: unbound.postId, isActive: false })
        const back = await clerk.caller.call('staff.save', { ...post, id: unbound.postId, isActive: true })
        assert.equal(back.isBound, false)
        assert.deepEqual(await postsOf(unbound.caller), [])
      })

      it('nobody gives a post to themselves or changes what their own may do; another clerk or the admin does', async () => {
        const admin = await staff(w, { role: 'admin', unitId: 'approval' })
        const self = await staff(w, { role: 'clerk', unitId: 'approval' })
        const phone = '15400020002'
        await self.caller.call('person.bindPhone', { code: `phone:${phone}` })
        const own = await clerk.caller.call('staff.save', { ...post, role: 'clerk', unitId: 'approval', phone })
        const wrong = [
          { ...post, role: 'supervisor', phone },
          { ...post, id: own.id, role: 'supervisor', unitId: 'approval' },
          { ...post, id: own.id, role: 'clerk', unitId: 'tiexi' },
          { ...post, id: own.id, role: 'clerk', unitId: 'approval', isActive: false },
        ]
        for (const input of wrong) {
          const { status, body } = await self.caller.try('staff.save', input)
          assert.deepEqual([status, body.title], [403, '自己的岗位请由另一位信息员或技术管理员登记'])
        }
        const others = await clerk.caller.call('staff.save', { ...post, phone: '15400020003' })
        assert.equal((await self.caller.try('staff.save', { ...post, id: others.id, phone })).status, 403)
        const title = { ...post, id: own.id, role: 'clerk' as const, unitId: 'approval', title: '二级主任科员' }
        assert.equal((await self.caller.call('staff.save', title)).title, '二级主任科员')
        const given = await admin.caller.call('staff.save', { ...post, id: own.id, role: 'leader', unitId: 'tiexi' })
        assert.equal(given.role, 'leader')
      })

      it('only the clerk and the admin keep the roster; phones of officials are never listed', async () => {
        const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
        assert.equal((await officer.caller.try('staff.save', { ...post, phone: '15400090005' })).status, 403)
        assert.equal((await (await w.as('anybody')).try('staff.list', {})).status, 403)
        const { body } = await officer.caller.try('staff.list', { limit: 100 })
        assert.ok(!JSON.stringify(body).includes('15400'))
      })

      it('are listed with the cases that each has in hand, the finished ones left out', async () => {
        const officer = await staff(w, { role: 'officer', unitId: 'kangping' })
        const { id: projectId } = await project(w, { unitId: 'kangping', officerPostId: officer.postId })
        const { id: firmId } = await firm(w)
        const asker = await member(w, firmId)
        await write(w, (db) => db.update(Project, { id: projectId }, { enterpriseId: firmId }))
        const ask = () =>
          asker.call('case.submit', { category: 'procedure', title: '要准备什么', text: '请问要哪些材料？', projectId })
        const inHand = async () => {
          const { items } = await clerk.caller.call('staff.list', { unitId: 'kangping' })
          return items.find(({ id }) => id === officer.postId)?.openCases
        }
        assert.equal(await inHand(), 0)
        const { id } = await ask()
        await ask()
        assert.equal(await inHand(), 2)
        await officer.caller.call('case.sign', { id })
        await officer.caller.call('case.answer', { id, text: '需要申请书和报告表。' })
        assert.equal(await inHand(), 1)
      })

      it('an unknown unit, a missing phone and an old version are refused', async () => {
        const unit = await clerk.caller.try('staff.save', { ...post, unitId: 'nowhere', phone: '15400090006' })
        assert.deepEqual([unit.status, unit.body.errors[0].path], [422, 'unitId'])
        const phone = await clerk.caller.try('staff.save', post)
        assert.deepEqual([phone.status, phone.body.errors[0].path], [422, 'phone'])
        const made = await clerk.caller.call('staff.save', { ...post, phone: '15400090007' })
        await clerk.caller.call('staff.save', { ...post, id: made.id, version: 1, title: '科长' })
        assert.equal((await clerk.caller.try('staff.save', { ...post, id: made.id, version: 1 })).status, 409)
      })
    })

    describe('absence (代岗)', () => {
      let away: StaffMember
      let standIn: StaffMember
      let leader: StaffMember
      let elsewhere: StaffMember
      beforeEach(async () => {
        away = await staff(w, { role: 'officer', unitId: 'tiexi' })
        standIn = await staff(w, { role: 'officer', unitId: 'tiexi' })
        leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
        elsewhere = await staff(w, { role: 'officer', unitId: 'heping' })
      })
      const period = { fromOn: '2026-11-23', toOn: '2026-11-25' }
      const standsInFor = async (who: StaffMember) =>
        (await who.caller.call('session.me', {})).posts.flatMap((one) => one.standsInFor.map(({ postId }) => postId))

      /** Written past the verb, which lets nobody be away who stands in for another: a post may still change hands so. */
      const absent = (who: StaffMember, by: StaffMember) => {
        const row = { id: uuid(), postId: who.postId, standInPostId: by.postId, ...period, isCancelled: false }
        return write(w, (db) => create(db, Absence, row))
      }
      const refusal = async (who: StaffMember, input: Record<string, unknown>) => {
        const { status, body } = await who.caller.try('staff.setAbsence', input)
        return [status, body.errors?.[0]]
      }

      it('is not entered twice for the same days, not even for one of them', async () => {
        await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...period })
        const twice = { path: 'fromOn', message: '这段时间已经登记过外出' }
        for (const days of [period, { fromOn: '2026-11-25', toOn: '2026-11-30' }]) {
          const input = { standInPostId: elsewhere.postId, postId: away.postId, ...days }
          for (const who of [away, leader, clerk]) assert.deepEqual(await refusal(who, input), [422, twice])
        }
        const after = { standInPostId: elsewhere.postId, fromOn: '2026-11-26', toOn: '2026-11-30' }
        const { id } = await away.caller.call('staff.setAbsence', after)
        const { toOn } = await away.caller.call('staff.setAbsence', { id, ...after, toOn: '2026-12-01' })
        assert.equal(toOn, '2026-12-01')
      })

      it('two who enter it at the same moment enter it once', async () => {
        const input = { postId: away.postId, standInPostId: standIn.postId, ...period }
        const answers = await Promise.all([away, leader, clerk].map((who) => who.caller.try('staff.setAbsence', input)))
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422, 422])
      })

      it('names no stand-in who is away on one of the days', async () => {
        const days = { fromOn: '2026-11-25', toOn: '2026-11-27' }
        await standIn.caller.call('staff.setAbsence', { standInPostId: elsewhere.postId, ...days })
        const input = { standInPostId: standIn.postId, postId: away.postId, ...period }
        const refused = [422, { path: 'standInPostId', message: '替岗人这几天也不在' }]
        for (const who of [away, clerk]) assert.deepEqual(await refusal(who, input), refused)
        await away.caller.call('staff.setAbsence', { ...input, toOn: '2026-11-24' })
      })

      it('waits until who is relied on as a stand-in is replaced', async () => {
        const { id } = await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...period })
        const input = { standInPostId: elsewhere.postId, postId: standIn.postId, ...period }
        const message = `这几天您要替${away.name}的岗，请先改由别人替岗`
        for (const who of [standIn, leader, clerk])
          assert.deepEqual(await refusal(who, input), [422, { path: 'fromOn', message }])
        await leader.caller.call('staff.setAbsence', { id, standInPostId: elsewhere.postId })
        await standIn.caller.call('staff.setAbsence', input)
      })

      it('is shown to oneself when it comes, and to whoever hands over work while it lasts', async () => {
        const listed = async () => {
          const { items } = await leader.caller.call('staff.list', { q: away.name })
          return items.find(({ id }) => id === away.postId)?.awayUntil
        }
        const own = async () => (await away.caller.call('session.me', {})).posts[0]?.absence
        assert.deepEqual([await own(), await listed()], [null, null])
        const later = { fromOn: '2026-12-07', toOn: '2026-12-08' }
        await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...later })
        const next = { fromOn: '2026-11-24', toOn: '2026-11-25' }
        const { id } = await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...next })
        const shown = { id, ...next, standIn: { postId: standIn.postId, name: standIn.name } }
        assert.deepEqual([await own(), await listed()], [shown, null])
        w.turnTo('2026-11-25T10:00:00+08:00')
        assert.deepEqual([await own(), await listed()], [shown, '2026-11-25'])
        w.turnTo('2026-11-26T10:00:00+08:00')
        assert.deepEqual([(await own())?.fromOn, await listed()], ['2026-12-07', null])
        w.turnTo('2026-11-23T10:00:00+08:00')
      })

      it('is set by oneself, by the branch’s leader, by a supervisor and by the clerk', async () => {
        const supervisor = await staff(w, { role: 'supervisor', unitId: 'leaders' })
        const input = { standInPostId: standIn.postId, ...period }
        const own = await away.caller.call('staff.setAbsence', input)
        assert.deepEqual(own, {
          id: own.id,
          postId: away.postId,
          name: away.name,
          standIn: { postId: standIn.postId, name: standIn.name },
          ...period,
          isCancelled: false,
          version: 1,
        })
        await away.caller.call('staff.setAbsence', { id: own.id, cancel: true })
        for (const who of [leader, supervisor, clerk]) {
          const { id, postId } = await who.caller.call('staff.setAbsence', { ...input, postId: away.postId })
          assert.equal(postId, away.postId)
          await who.caller.call('staff.setAbsence', { id, cancel: true })
        }
      })

      it('is not set by a colleague, nor by another branch’s leader', async () => {
        const other = await staff(w, { role: 'leader', unitId: 'heping' })
        const input = { postId: away.postId, standInPostId: standIn.postId, ...period }
        for (const who of [standIn, elsewhere, other]) {
          assert.equal((await who.caller.try('staff.setAbsence', input)).status, 403)
        }
      })

      it('counts on both its days and all between, and on no other', async () => {
        await away.caller.call('staff.setAbsence', {
          standInPostId: standIn.postId,
          fromOn: '2026-11-24',
          toOn: '2026-11-25',
        })
        const days: [string, boolean][] = [
          ['2026-11-23T23:59:59+08:00', false],
          ['2026-11-24T00:00:00+08:00', true],
          ['2026-11-25T23:59:59+08:00', true],
          ['2026-11-26T00:00:00+08:00', false],
        ]
        for (const [at, isStandingIn] of days) {
          w.turnTo(at)
          assert.deepEqual(await standsInFor(standIn), isStandingIn ? [away.postId] : [], at)
        }
        w.turnTo('2026-11-23T10:00:00+08:00')
      })

      it('ends when it is cancelled', async () => {
        const { id } = await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...period })
        assert.deepEqual(await standsInFor(standIn), [away.postId])
        const { isCancelled } = await away.caller.call('staff.setAbsence', { id, cancel: true })
        assert.equal(isCancelled, true)
        assert.deepEqual(await standsInFor(standIn), [])
      })

      it('with the stand-in away too, whoever stands in for both does the work of both', async () => {
        await absent(away, standIn)
        await absent(standIn, elsewhere)
        assert.deepEqual(await standsInFor(elsewhere), [standIn.postId, away.postId])
        const { id } = await project(w, { officerPostId: away.postId })
        const entry = await elsewhere.caller.call('project.update', { id, park: '演示园区' })
        assert.equal(entry.park, '演示园区')
      })

      it('two who stand in for each other is no endless chain', async () => {
        await absent(away, standIn)
        await absent(standIn, away)
        assert.deepEqual([await standsInFor(away), await standsInFor(standIn)], [[standIn.postId], [away.postId]])
      })

      it('asks for a stand-in who can do the work, and for days that make sense', async () => {
        const gone = await staff(w, { role: 'officer', unitId: 'tiexi', isActive: false })
        const admin = await staff(w, { role: 'admin', unitId: 'approval' })
        const input = { standInPostId: standIn.postId, ...period }
        const wrong: [string, Record<string, unknown>][] = [
          ['standInPostId', { ...period }],
          ['standInPostId', { ...input, standInPostId: away.postId }],
          ['standInPostId', { ...input, standInPostId: gone.postId }],
          ['standInPostId', { ...input, standInPostId: admin.postId }],
          ['fromOn', { standInPostId: standIn.postId }],
          ['toOn', { ...input, toOn: '2026-11-22' }],
          ['toOn', { ...input, fromOn: '2026-11-20', toOn: '2026-11-22' }],
          ['toOn', { ...input, toOn: '2026-02-30' }],
        ]
        for (const [path, fields] of wrong) {
          const { status, body } = await away.caller.try('staff.setAbsence', fields)
          assert.deepEqual([status, body.errors[0]?.path], [422, path], JSON.stringify(fields))
        }
        assert.deepEqual((await away.caller.call('staff.absences', { postId: away.postId })).items, [])
      })
    })
  })
}
