import assert from 'node:assert/strict'
import fc from 'fast-check'
import { change } from '../../src/audit/trail.js'
import { findRoute, officerOfUnit } from '../../src/cases/open.js'
import { APPROVAL_OFFICE, type Candidate, leastLoaded, type Matter, route } from '../../src/cases/routing.js'
import type { Category } from '../../src/people/contract.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, write } from '../factories.js'
import { type World, world } from '../world.js'

const person = (postId: string, more: Partial<Candidate> = {}): Candidate => ({
  postId,
  unitId: 'tiexi',
  personKey: postId,
  handles: null,
  isDuty: false,
  isAway: false,
  load: 0,
  lastCaseId: '',
  ...more,
})
const matter = (more: Partial<Matter> = {}): Matter => ({
  category: 'procedure',
  projectOfficer: null,
  branchIds: ['tiexi'],
  aboutUnitId: null,
  aboutPersonKeys: [],
  aboutPersonUnitIds: [],
  askerPostIds: [],
  ...more,
})
const duty = person('duty', { unitId: APPROVAL_OFFICE, isDuty: true })

const examples: [name: string, given: Matter, roster: Candidate[], rule: string, postId: string | null][] = [
  [
    "a case with a project goes to the project's officer",
    matter({ projectOfficer: person('a') }),
    [person('b')],
    'project',
    'a',
  ],
  ['without a project it goes to the branch of the place', matter(), [duty, person('b')], 'branch', 'b'],
  [
    'in the branch to the team for that category',
    matter(),
    [person('a', { handles: ['reform'] }), person('b', { handles: ['procedure'], load: 9 })],
    'branch',
    'b',
  ],
  [
    'the least loaded first',
    matter(),
    [person('a', { load: 2 }), person('b', { load: 1, lastCaseId: '9' })],
    'branch',
    'b',
  ],
  [
    'of two equally loaded the one longest idle',
    matter(),
    [person('a', { lastCaseId: '2' }), person('b', { lastCaseId: '1' })],
    'branch',
    'b',
  ],
  [
    'present before away, however loaded',
    matter(),
    [person('a', { isAway: true }), person('b', { load: 50 })],
    'branch',
    'b',
  ],
  ['away still gets it when nobody else is there', matter(), [person('a', { isAway: true }), duty], 'branch', 'a'],
  [
    'no team in the branch: the duty officer of the approval office',
    matter(),
    [person('a', { handles: [] }), duty],
    'duty',
    'duty',
  ],
  ['no branch: the duty officer', matter({ branchIds: [] }), [person('a'), duty], 'duty', 'duty'],
  [
    'an officer of the approval office who is not on duty takes nothing',
    matter({ branchIds: [] }),
    [person('a', { unitId: APPROVAL_OFFICE })],
    'pool',
    null,
  ],
  ['nobody: the pool', matter(), [], 'pool', null],
  [
    "a complaint does not go to the project's officer",
    matter({ category: 'complaint', projectOfficer: person('a') }),
    [person('b')],
    'branch',
    'b',
  ],
  [
    'a complaint does not go to the unit it is about',
    matter({ category: 'complaint', aboutUnitId: 'tiexi' }),
    [person('a'), duty],
    'duty',
    'duty',
  ],
  [
    'nor to the person it is about under another post',
    matter({ category: 'complaint', aboutPersonKeys: ['x'], branchIds: ['tiexi'] }),
    [person('a', { personKey: 'x' }), person('b', { load: 9 })],
    'branch',
    'b',
  ],
  [
    'nor into the unit of the person it is about',
    matter({ category: 'complaint', aboutPersonKeys: ['x'], aboutPersonUnitIds: ['tiexi'] }),
    [person('b'), duty],
    'duty',
    'duty',
  ],
  [
    'a complaint about the approval office itself goes to the pool, not to its duty officer',
    matter({ category: 'complaint', aboutUnitId: APPROVAL_OFFICE, branchIds: [] }),
    [duty],
    'pool',
    null,
  ],
]

const categories: Category[] = ['procedure', 'reform', 'complaint', 'consultation']
const units = ['tiexi', 'heping', APPROVAL_OFFICE]
const candidate = fc.record({
  postId: fc.uuid(),
  unitId: fc.constantFrom(...units),
  personKey: fc.constantFrom('p', 'q', 'r', 's'),
  handles: fc.option(fc.subarray(categories), { nil: null }),
  isDuty: fc.boolean(),
  isAway: fc.boolean(),
  load: fc.nat({ max: 4 }),
  lastCaseId: fc.constantFrom('', 'a', 'b'),
})
const anyMatter: fc.Arbitrary<Matter> = fc.record({
  category: fc.constantFrom(...categories),
  projectOfficer: fc.option(candidate, { nil: null }),
  branchIds: fc.subarray(['tiexi', 'heping']),
  aboutUnitId: fc.option(fc.constantFrom(...units), { nil: null }),
  aboutPersonKeys: fc.subarray(['p', 'q']),
  aboutPersonUnitIds: fc.subarray(units),
  askerPostIds: fc.constant([]),
})
const anyRoster = fc.array(candidate, { maxLength: 12 })

describe('routing', () => {
  for (const [name, given, roster, rule, postId] of examples) {
    it(name, () => {
      const taken = route(given, roster)
      assert.deepEqual([taken.rule, taken.postId], [rule, postId])
    })
  }

  it('nothing is ever unrouted: a post with its unit, or the pool', () => {
    fc.assert(
      fc.property(anyMatter, anyRoster, (given, roster) => {
        const { rule, unitId, postId } = route(given, roster)
        const known = [...roster, ...(given.projectOfficer ? [given.projectOfficer] : [])]
        if (rule === 'pool') assert.deepEqual([unitId, postId], [null, null])
        else assert.ok(known.some((one) => one.postId === postId && one.unitId === unitId))
      }),
    )
  })

  it('never goes to the unit or a person that a complaint is about, nor to their unit', () => {
    fc.assert(
      fc.property(anyMatter, anyRoster, (given, roster) => {
        const { postId } = route(given, roster)
        const taker = [...roster, ...(given.projectOfficer ? [given.projectOfficer] : [])].find(
          (one) => one.postId === postId,
        )
        if (!taker) return
        assert.notEqual(taker.unitId, given.aboutUnitId)
        assert.ok(!given.aboutPersonKeys.includes(taker.personKey))
        assert.ok(!given.aboutPersonUnitIds.includes(taker.unitId))
      }),
    )
  })

  it('in the branch nobody takes what they do not handle, and nobody freer was passed over', () => {
    fc.assert(
      fc.property(anyMatter, anyRoster, (given, roster) => {
        const { rule, postId } = route(given, roster)
        if (rule !== 'branch') return
        const handles = (one: Candidate) => one.handles === null || one.handles.includes(given.category)
        const chosen = roster.find((one) => one.postId === postId)
        assert.ok(chosen && handles(chosen) && given.branchIds.includes(chosen.unitId))
        const others = roster.filter(
          (one) =>
            handles(one) &&
            given.branchIds.includes(one.unitId) &&
            one.unitId !== given.aboutUnitId &&
            !given.aboutPersonKeys.includes(one.personKey) &&
            !given.aboutPersonUnitIds.includes(one.unitId),
        )
        const rank = ({ isAway, load, lastCaseId }: Candidate) => `${Number(isAway)}${load}${lastCaseId}`
        for (const other of others) assert.ok(rank(chosen) <= rank(other))
      }),
    )
  })

  it('does not depend on the order in which the roster is read', () => {
    fc.assert(
      fc.property(anyRoster, (roster) => {
        assert.equal(leastLoaded(roster)?.postId, leastLoaded(roster.toReversed())?.postId)
      }),
    )
  })
})

for (const database of databaseNames) {
  describe(`routing by the roster, on ${database}`, () => {
    let w: World
    const today = '2026-11-23'
    const nothing = { projectId: null, districtCode: null, enterpriseId: null, aboutUnitId: null, aboutPostId: null }
    const place = (more: Partial<Parameters<typeof findRoute>[1]> = {}) =>
      findRoute(w.service.house.ds.manager, { category: 'procedure', ...nothing, ...more }, today)
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())
    // Posts of earlier tests rest, so that each test has the roster it made.
    beforeEach(() => w.service.house.ds.manager.update(Post, { isActive: true }, { isActive: false }))

    it("goes to the project's officer, who need not be in the project's branch", async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'heping' })
      const { id } = await project(w, { officerPostId: officer.postId })
      assert.deepEqual(await place({ projectId: id }), { rule: 'project', unitId: 'heping', postId: officer.postId })
    })

    it("with the project's officer gone, to the branch of the project's place", async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi', isActive: false })
      const other = await staff(w, { role: 'officer', unitId: 'heping' })
      const { id } = await project(w, { officerPostId: officer.postId, districtCode: '210102' })
      assert.deepEqual(await place({ projectId: id }), { rule: 'branch', unitId: 'heping', postId: other.postId })
    })

    it('the place of the matter comes before the district of the enterprise', async () => {
      const heping = await staff(w, { role: 'officer', unitId: 'heping' })
      const tiexi = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const { id: enterpriseId } = await firm(w, { districtCode: '210106' })
      assert.equal((await place({ enterpriseId, districtCode: '210102' })).postId, heping.postId)
      assert.equal((await place({ enterpriseId })).postId, tiexi.postId)
    })

    it('the least loaded of the branch takes it, then the one longest idle', async () => {
      const first = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const second = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const asker = await member(w, (await firm(w)).id)
      const fields = {
        category: 'procedure' as const,
        title: '轮流',
        text: '请问怎么办？',
        districtCode: '210106',
        fileIds: [],
      }
      const made = []
      for (let n = 0; n < 3; n += 1) made.push(await asker.call('case.submit', fields))
      const takers = made.map(({ officer }) => officer?.postId)
      assert.deepEqual([...new Set(takers.slice(0, 2))].sort(), [first.postId, second.postId].sort())
      assert.equal(takers[2], takers[0])
      const [, , third] = made
      // What is over is no load.
      await asker.call('case.withdraw', { id: third?.id ?? '' })
      await asker.call('case.withdraw', { id: made[0]?.id ?? '' })
      assert.equal((await asker.call('case.submit', fields)).officer?.postId, takers[0])
    })

    it('without a branch to the duty officer, away or not', async () => {
      await staff(w, { role: 'officer', unitId: 'approval' })
      const onDuty = await staff(w, { role: 'officer', unitId: 'approval', isDuty: true })
      assert.deepEqual(await place(), { rule: 'duty', unitId: 'approval', postId: onDuty.postId })
    })

    it('with nobody to take it, the pool and an alert to the supervisors, who can assign it', async () => {
      const supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      const asker = await w.as('nobody-there')
      const fields = { category: 'procedure' as const, title: '没有人接', text: '请问怎么办？', fileIds: [] }
      const made = await asker.call('case.submit', fields)
      assert.deepEqual([made.officer, made.unit], [null, null])
      await w.drainJobs()
      const inbox = await supervisor.caller.call('notice.list', {})
      assert.ok(
        inbox.items.some(({ subjectId, title }) => subjectId === made.id && title.includes('还没有承办人，请指派')),
      )
      const pool = await supervisor.caller.call('case.list', { isUnassigned: true })
      assert.deepEqual(
        pool.items.map(({ id }) => id),
        [made.id],
      )
      await asker.call('case.urge', { id: made.id })
      await w.drainJobs()
      const later = await supervisor.caller.call('notice.list', {})
      assert.ok(later.items.some(({ subjectId, title }) => subjectId === made.id && title.includes('催办')))
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const assigned = await supervisor.caller.call('case.assign', { id: made.id, officerId: officer.postId })
      assert.deepEqual([assigned.officer?.postId, assigned.unit?.id], [officer.postId, 'tiexi'])
    })

    it('the alert about a complaint reaches neither the supervisor it is about nor those of the unit it is about', async () => {
      const accused = await staff(w, { role: 'supervisor', unitId: 'leaders' })
      const colleague = await staff(w, { role: 'supervisor', unitId: 'approval' })
      const other = await staff(w, { role: 'supervisor', unitId: 'leaders' })
      const asker = await w.as('complains')
      const fields = { category: 'complaint' as const, title: '投诉', text: '态度不好，请处理。', fileIds: [] }
      const ofPerson = await asker.call('case.submit', { ...fields, aboutPostId: accused.postId })
      const ofUnit = await asker.call('case.submit', { ...fields, aboutUnitId: 'approval' })
      assert.deepEqual([ofPerson.officer, ofUnit.officer], [null, null])
      await w.drainJobs()
      const told = async (who: typeof accused) =>
        (await who.caller.call('notice.list', {})).items.map(({ subjectId }) => subjectId).sort()
      assert.deepEqual(await told(accused), [ofUnit.id])
      assert.deepEqual(await told(colleague), [ofPerson.id])
      assert.deepEqual(await told(other), [ofPerson.id, ofUnit.id].sort())
    })

    it('what is handed to a unit goes to its team, else to its leader, else to nobody', async () => {
      const { manager } = w.service.house.ds
      const given = { category: 'procedure' as const, ...nothing }
      const ofUnit = (unitId: string, more = {}) => officerOfUnit(manager, unitId, { ...given, ...more }, today)
      assert.equal(await ofUnit('heping'), null)
      const leader = await staff(w, { role: 'leader', unitId: 'heping' })
      assert.equal(await ofUnit('heping'), leader.postId)
      assert.equal(await ofUnit('heping', { category: 'complaint', aboutPostId: leader.postId }), null)
      const officer = await staff(w, { role: 'officer', unitId: 'heping', handles: ['procedure'] })
      assert.equal(await ofUnit('heping'), officer.postId)
      assert.equal(await ofUnit('heping', { category: 'reform' }), leader.postId)
      await write(w, async (db) =>
        change(db, Post, await db.findOneByOrFail(Post, { id: officer.postId }), { isActive: false }),
      )
      assert.equal(await ofUnit('heping'), leader.postId)
    })
  })
}
