/** Who sees which project: the firm's verified members, the officers in charge, their stand-ins, the branch, the bureau. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import type { Enterprise } from '../../src/people/enterprise.js'
import { Absence } from '../../src/people/absence.js'
import type { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember, write } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`who sees a project, on ${database}`, () => {
    let w: World
    let ours: Enterprise
    let one: Project
    let officer: StaffMember
    let leader: StaffMember
    let cityLeader: StaffMember
    let colleague: StaffMember
    let stranger: StaffMember
    let standIn: StaffMember
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      ours = await firm(w)
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      cityLeader = await staff(w, { role: 'leader', unitId: 'leaders' })
      colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
      stranger = await staff(w, { role: 'officer', unitId: 'heping' })
      standIn = await staff(w, { role: 'officer', unitId: 'heping' })
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      one = await project(w, {
        enterpriseId: ours.id,
        officerPostId: officer.postId,
        branchLeaderPostId: leader.postId,
        cityLeaderPostId: cityLeader.postId,
      })
      const period = { fromOn: '2026-11-23', toOn: '2026-11-24', isCancelled: false }
      await write(w, (db) =>
        create(db, Absence, { id: uuid(), postId: officer.postId, standInPostId: standIn.postId, ...period }),
      )
    })
    after(() => w.stop())

    /** Read, list and `can` of the one project. */
    const sees = async (caller: Caller) => {
      const { status, body } = await caller.try('project.read', { id: one.id })
      const list = await caller.try('project.list', { limit: 100 })
      const isListed = list.status === 200 && list.body.items.some((item: { id: string }) => item.id === one.id)
      return { status, isListed, can: status === 200 ? (body.can as string[]) : [] }
    }

    it('a verified member of the firm sees it and can change nothing', async () => {
      assert.deepEqual(await sees(await member(w, ours.id)), { status: 200, isListed: true, can: [] })
    })

    it('a member not yet verified, a refused one, or one of another firm sees none', async () => {
      const other = await firm(w)
      const callers = [
        await member(w, ours.id, 'waiting', 'pending'),
        await member(w, ours.id, 'turned-away', 'refused'),
        await member(w, other.id, 'neighbour'),
      ]
      for (const caller of callers) {
        assert.deepEqual(await sees(caller), { status: 404, isListed: false, can: [] })
        assert.deepEqual((await caller.call('project.list', {})).items, [])
        const { status } = await caller.try('project.update', { id: one.id, park: '演示' })
        assert.equal(status, 403)
      }
    })

    it('nobody sees a project without logging in', async () => {
      assert.equal((await w.nobody.try('project.list', {})).status, 401)
      assert.equal((await w.nobody.try('project.read', { id: one.id })).status, 401)
    })

    const keeps = ['project.update', 'project.advance', 'project.addIssue', 'project.history']
    it('its officer keeps it, and so does the stand-in while the officer is away', async () => {
      assert.deepEqual(await sees(officer.caller), { status: 200, isListed: true, can: keeps })
      assert.deepEqual(await sees(standIn.caller), { status: 200, isListed: true, can: keeps })
    })

    it('the stand-in no longer sees it when the officer is back', async () => {
      w.turnTo('2026-11-25T09:00:00+08:00')
      assert.deepEqual(await sees(standIn.caller), { status: 404, isListed: false, can: [] })
      w.turnTo('2026-11-23T10:00:00+08:00')
    })

    it('a colleague of the branch reads it; an officer of another branch does not find it', async () => {
      assert.deepEqual(await sees(colleague.caller), { status: 200, isListed: true, can: ['project.history'] })
      assert.equal((await colleague.caller.try('project.update', { id: one.id, park: '演示' })).status, 403)
      assert.deepEqual(await sees(stranger.caller), { status: 404, isListed: false, can: [] })
      assert.equal((await stranger.caller.try('project.update', { id: one.id, park: '演示' })).status, 404)
    })

    it('the branch’s leader names its officers, the city leader enters what holds it up', async () => {
      assert.deepEqual(await sees(leader.caller), {
        status: 200,
        isListed: true,
        can: ['project.assign', 'project.addIssue', 'project.history'],
      })
      assert.deepEqual((await sees(cityLeader.caller)).can, ['project.addIssue', 'project.history'])
    })

    it('the clerk keeps the ledger; the admin sees none of it', async () => {
      const all = ['project.update', 'project.assign', 'project.advance', 'project.addIssue', 'project.history']
      assert.deepEqual(await sees(clerk.caller), { status: 200, isListed: true, can: all })
      const admin = await staff(w, { role: 'admin', unitId: 'approval' })
      assert.deepEqual(await sees(admin.caller), { status: 404, isListed: false, can: [] })
    })

    it('a post taken away sees no more from the next request on', async () => {
      const { ds } = w.service.house
      const passing = await staff(w, { role: 'officer', unitId: 'tiexi' })
      assert.equal((await sees(passing.caller)).status, 200)
      await ds.query('UPDATE post SET isActive = 0 WHERE id = ?', [passing.postId])
      assert.equal((await sees(passing.caller)).status, 404)
    })

    describe('finding projects', () => {
      let lines: Record<'a' | 'b' | 'c', Project>
      before(async () => {
        lines = {
          a: await project(w, { book: 'national', name: '找寻·100%回用', projectCode: 'ZX-1', stage: 'accepted' }),
          b: await project(w, { book: 'foreign', name: '找寻·100吨锅炉', careLevel: 'upper', startsThisYear: true }),
          c: await project(w, {
            book: 'local',
            name: '乙·找寻',
            projectCode: 'ZX-10',
            districtCode: '210102',
            unitId: 'heping',
            stage: 'approved',
            careEndedOn: '2026-11-20',
          }),
        }
      })
      const cases: [string, Record<string, unknown>, string][] = [
        ['by what stands anywhere in the name', { q: '找寻' }, 'abc'],
        ['a sign of search languages is an ordinary character', { q: '找寻·100%' }, 'a'],
        ['by the start of the project code', { q: 'ZX-1' }, 'ac'],
        ['by the middle of the name, in one book', { q: '100', book: ['foreign'] }, 'b'],
        ['not by the middle of a code', { q: 'X-1' }, ''],
        ['in several books', { q: 'ZX', book: ['national', 'local'] }, 'ac'],
        ['in one book', { book: ['foreign'] }, 'b'],
        ['by stage', { stage: ['accepted', 'approved'] }, 'ac'],
        ['by care level', { careLevel: 'upper' }, 'b'],
        ['by branch', { unitId: 'heping' }, 'c'],
        ['by district', { districtCode: '210102' }, 'c'],
        ['starting this year', { startsThisYear: true }, 'b'],
        ['no longer under care', { isUnderCare: false }, 'c'],
      ]
      for (const [rule, filter, expected] of cases) {
        it(rule, async () => {
          const { items } = await clerk.caller.call('project.list', { limit: 100, ...filter })
          const names = new Map(Object.entries(lines).map(([letter, { id }]) => [id, letter]))
          assert.equal(items.map(({ id }) => names.get(id) ?? '?').join(''), expected)
        })
      }

      it('by officer and by firm', async () => {
        for (const filter of [{ officerPostId: officer.postId }, { enterpriseId: ours.id }]) {
          const { items } = await clerk.caller.call('project.list', filter)
          assert.deepEqual(
            items.map(({ id }) => id),
            [one.id],
          )
          const [item] = items
          const whole = await clerk.caller.call('project.read', { id: one.id })
          assert.equal(whole.officer?.postId, officer.postId)
          assert.match(whole.officer?.workPhone ?? '', /^024-/)
          // What the card shows is in the list: nobody has to read each project for it.
          const shown = ({ officer: by, branchLeader, cityLeader, line }: typeof whole | NonNullable<typeof item>) => ({
            by,
            branchLeader,
            cityLeader,
            line: line.map(({ stage, title, state, on }) => ({ stage, title, state, on })),
          })
          assert.ok(item)
          assert.deepEqual(shown(item), shown(whole))
          assert.ok(item.line.length > 0)
        }
      })

      it('page by page, each once, with the cursor of that filter only', async () => {
        const whole = await clerk.caller.call('project.list', { limit: 100 })
        const ids: string[] = []
        let cursor: string | undefined
        do {
          const page = await clerk.caller.call('project.list', { limit: 2, ...(cursor ? { cursor } : {}) })
          ids.push(...page.items.map(({ id }) => id))
          cursor = page.next ?? undefined
        } while (cursor)
        assert.deepEqual(
          ids,
          whole.items.map(({ id }) => id),
        )
        const { next } = await clerk.caller.call('project.list', { limit: 2 })
        const foreign = await clerk.caller.try('project.list', { limit: 2, book: ['local'], cursor: next })
        assert.equal(foreign.status, 422)
      })
    })
  })
}
