/** Several posts unite; the trail says which one was used; lists and single decisions cannot disagree. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { change } from '../../src/audit/trail.js'
import { Membership } from '../../src/people/membership.js'
import { memberTarget } from '../../src/people/memberTarget.js'
import { Post } from '../../src/people/post.js'
import { blankProject } from '../../src/projects/ledger.js'
import { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, write } from '../factories.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`several posts of one person, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('unite, and the trail records which one was used', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi', as: 'both' })
      const clerk = await staff(w, { role: 'clerk', unitId: 'approval', as: 'both' })
      const { caller } = clerk
      const mine = await firm(w)
      await project(w, { enterpriseId: mine.id, officerPostId: officer.postId })
      const other = await firm(w)
      for (const [{ id: enterpriseId }, postId] of [
        [mine, officer.postId],
        [other, clerk.postId],
      ] as const) {
        const asker = await member(w, enterpriseId, undefined, 'pending')
        const { id } = (await asker.call('enterprise.mine', {})).items[0] ?? { id: '' }
        await caller.call('enterprise.verifyMember', { id })
        const { ds } = w.service.house
        const [entry] = await ds.query(
          `SELECT verb, actorId, postId FROM audit_entry WHERE subjectKind = 'membership' AND subjectId = ? AND seq = 2`,
          [id],
        )
        assert.deepEqual({ ...entry }, { verb: 'enterprise.verifyMember', actorId: officer.personId, postId })
        assert.equal((await ds.manager.findOneByOrFail(Membership, { id })).decidedByPostId, postId)
      }
    })

    it('what a stand-in does is recorded under the stand-in’s own post', async () => {
      const away = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const standIn = await staff(w, { role: 'officer', unitId: 'heping' })
      const days = { fromOn: '2026-11-23', toOn: '2026-11-23' }
      await away.caller.call('staff.setAbsence', { standInPostId: standIn.postId, ...days })
      const { id } = await project(w, { officerPostId: away.postId })
      await standIn.caller.call('project.update', { id, park: '演示园区' })
      const { items } = await away.caller.call('project.history', { id })
      assert.deepEqual(items[0]?.by, { postId: standIn.postId, name: standIn.name })
    })

    it('a complaint about a post that rests stays hidden from its person, whichever other post is used', async () => {
      const accused = await staff(w, { role: 'officer', unitId: 'faku' })
      const complainer = await w.as('complainer')
      const { id } = await complainer.call('case.submit', {
        category: 'complaint',
        title: '投诉办事拖延',
        text: '说了三次没有回音。',
        aboutPostId: accused.postId,
      })
      const now = { role: 'supervisor' as const, unitId: 'legal', personId: accused.personId }
      const other = await staff(w, now)
      const colleague = await staff(w, { role: 'supervisor', unitId: 'legal' })
      await write(w, async (db) => {
        const post = await db.findOneByOrFail(Post, { id: accused.postId })
        await change(db, Post, post, { isActive: false })
      })
      const { posts } = await accused.caller.call('session.me', {})
      assert.deepEqual(
        posts.map((post) => post.id),
        [other.postId],
      )
      assert.equal((await colleague.caller.try('case.read', { id })).status, 200)
      assert.equal((await accused.caller.try('case.read', { id })).status, 404)
      const { items } = await accused.caller.call('case.list', { limit: 100 })
      assert.ok(!items.some((one) => one.id === id))
    })

    it('a member who is an official too keeps both: what the firm sees, and what the post does', async () => {
      const { id: enterpriseId } = await firm(w)
      const line = await project(w, { enterpriseId, districtCode: '210102', unitId: 'heping' })
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      assert.equal((await officer.caller.try('project.read', { id: line.id })).status, 404)
      const { id: personId } = await officer.caller.call('session.me', {})
      await w.service.house.ds.manager.insert(Membership, {
        id: personId,
        version: 1,
        auditHead: '',
        personId,
        enterpriseId,
        title: null,
        state: 'verified',
        createdAt: w.now(),
        decidedByPostId: null,
      })
      const { can } = await officer.caller.call('project.read', { id: line.id })
      assert.deepEqual(can, [])
    })
  })

  describe(`the scopes of memberships, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())
    const askers = pool.rows.slice(0, 4)

    it('for every person, the members listed are those that can be decided on', async () => {
      const tally: Tally = new Map()
      const lines = fc.array(fc.record({ enterpriseId: maybe(pool.firms), officerPostId: maybe(pool.posts) }), {
        minLength: 1,
        maxLength: pool.rows.length,
      })
      await fc.assert(
        fc.asyncProperty(
          cast,
          lines,
          fc.array(fc.constantFrom(...pool.firms), { minLength: 4, maxLength: 4 }),
          async (people, projects, firms) => {
            const actor = await play(w, people)
            const { manager } = w.service.house.ds
            await manager.clear(Project)
            const head = { version: 1, auditHead: '' }
            await manager.insert(
              Project,
              projects.map((line, n) => ({
                ...blankProject,
                ...head,
                ...line,
                id: pool.rows[n] as string,
                book: 'local' as const,
                name: '演示',
                builderName: '演示',
                careLevel: 'own' as const,
                stage: 'drafting' as const,
                stageOn: '2026-11-23',
                careEndedOn: null,
                createdAt: w.now(),
                updatedAt: w.now(),
              })),
            )
            await manager.insert(
              Membership,
              firms.map((enterpriseId, n) => ({
                ...head,
                id: askers[n] as string,
                personId: askers[n] as string,
                enterpriseId,
                title: null,
                state: 'pending' as const,
                createdAt: w.now(),
                decidedByPostId: null,
              })),
            )
            await assertAgreement(
              w,
              actor,
              {
                target: memberTarget,
                from: 'membership m',
                id: 'm.id',
                ids: askers,
                verbs: ['enterprise.members', 'enterprise.verifyMember'],
              },
              tally,
            )
          },
        ),
        { numRuns: 40, seed: 20261123 },
      )
      assertBothSeen(tally, ['assigned', 'standIn', 'all'])
    })
  })
}
