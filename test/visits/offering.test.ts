import assert from 'node:assert/strict'
import type { Api } from '../../src/contract.js'
import type { Enterprise } from '../../src/people/enterprise.js'
import type { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

interface Scene {
  enterprise: Enterprise
  boss: Caller
  project: Project
  officer: StaffMember
  second: StaffMember
}

for (const database of databaseNames) {
  describe(`offering a visit, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    const scene = async (): Promise<Scene> => {
      w.turnTo('2026-11-23T10:00:00+08:00')
      const enterprise = await firm(w)
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const second = await staff(w, { role: 'officer', unitId: 'tiexi' })
      return {
        enterprise,
        boss: await member(w, enterprise.id),
        project: await project(w, { enterpriseId: enterprise.id, officerPostId: officer.postId }),
        officer,
        second,
      }
    }
    const offer = (s: Scene, given: Partial<Api['visit.plan']['input']> = {}): Api['visit.plan']['input'] => ({
      kind: 'enterprise',
      enterpriseIds: [s.enterprise.id],
      projectId: s.project.id,
      plannedOn: '2026-11-25',
      plannedTime: '09:30',
      staffIds: [s.officer.postId, s.second.postId],
      topics: ['政策解读'],
      ...given,
    })
    const standing = async (s: Scene, week = '2026-11-23') => {
      const { items } = await s.officer.caller.call('visit.due', { week })
      return items.find((item) => item.project.id === s.project.id)?.status
    }

    it('an officer offers only visits of their own; a leader may send others', async () => {
      const s = await scene()
      const third = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const { status, body } = await third.caller.try('visit.plan', offer(s, { projectId: undefined }))
      assert.deepEqual([status, body.errors[0].path], [422, 'staffIds'])
      const leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      assert.equal((await leader.caller.call('visit.plan', offer(s))).state, 'offered')
    })

    it('the firm is told that it is a service, agrees, and the week is planned', async () => {
      const s = await scene()
      assert.equal(await standing(s), 'due')
      const offered = await s.officer.caller.call('visit.plan', offer(s))
      assert.equal(offered.state, 'offered')
      assert.equal(offered.week, '2026-11-23')
      assert.equal(await standing(s), 'offered')
      await w.drainJobs()
      const [notice] = (await s.boss.call('notice.list', {})).items
      assert.match(notice?.text ?? '', /不是检查.*可以谢绝/)
      const seen = await s.boss.call('visit.read', { id: offered.id })
      assert.deepEqual(seen.can, ['visit.consent', 'visit.decline'])
      assert.match(seen.statement, /不是检查/)
      assert.deepEqual(seen.firms[0]?.counter, { year: 2026, offered: 1, held: 0, declined: 0 })
      const agreed = await s.boss.call('visit.consent', { id: offered.id, version: seen.version })
      assert.equal(agreed.state, 'consented')
      assert.ok(agreed.firms[0]?.answeredAt)
      assert.equal(await standing(s), 'planned')
      await w.drainJobs()
      const [answer] = (await s.second.caller.call('notice.list', {})).items
      assert.match(answer?.text ?? '', /同意/)
      assert.doesNotMatch(answer?.text ?? '', /谢绝/)
      const { items } = await s.officer.caller.call('visit.due', { week: '2026-11-23' })
      const line = items.find((item) => item.project.id === s.project.id)
      assert.deepEqual([line?.plannedOn, line?.plannedTime], ['2026-11-25', '09:30'])
      const lines = (await s.boss.call('visit.list', {})).items.filter((item) => item.id === offered.id)
      assert.deepEqual(
        lines.map(({ can }) => can),
        [['visit.decline']],
      )
    })

    it('「本月不用」 counts as offered, pauses to the end of the month, and nobody offers again until then', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      const declined = await s.boss.call('visit.decline', { id, how: 'thisMonth', reason: '正在检修' })
      assert.equal(declined.state, 'declined')
      assert.equal(await standing(s), 'declined')
      assert.equal(await standing(s, '2026-11-30'), 'due')
      const again = await s.officer.caller.try('visit.plan', offer(s, { plannedOn: '2026-11-27' }))
      assert.equal(again.status, 409)
      assert.match(again.body.title, /本月不用/)
      await s.officer.caller.call('visit.plan', offer(s, { plannedOn: '2026-12-01' }))
      const { items } = await s.boss.call('visit.counter', {})
      assert.deepEqual(items[0]?.counter, { year: 2026, offered: 2, held: 0, declined: 1 })
      assert.deepEqual(items[0]?.pauses, [
        {
          project: { id: s.project.id, name: s.project.name },
          how: 'thisMonth',
          fromOn: '2026-11-23',
          untilOn: '2026-11-30',
        },
      ])
    })

    it('「需要时我约」 lasts until the firm asks again, by a late consent or by itself', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      await s.boss.call('visit.decline', { id, how: 'untilWeCall' })
      assert.equal(await standing(s, '2026-12-14'), 'paused')
      assert.equal(
        (await s.officer.caller.try('visit.plan', offer(s, { week: '2026-12-14', plannedOn: undefined }))).status,
        409,
      )
      const agreed = await s.boss.call('visit.consent', { id })
      assert.equal(agreed.state, 'consented')
      assert.equal(await standing(s, '2026-12-14'), 'due')
      await s.boss.call('visit.decline', { id, how: 'untilWeCall' })
      assert.deepEqual(await s.boss.call('visit.resume', { enterpriseId: s.enterprise.id }), { lifted: 1 })
      assert.equal(await standing(s, '2026-12-14'), 'due')
    })

    it('declining only this one asks for no pause', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      await s.boss.call('visit.decline', { id, how: 'onlyThisOne' })
      assert.equal(await standing(s), 'declined')
      assert.equal(await standing(s, '2026-11-30'), 'due')
      assert.equal((await s.boss.try('visit.decline', { id, how: 'thisMonth' })).status, 409)
    })

    it('what the firm writes is read by officials and by who wrote it, not by its other members', async () => {
      const s = await scene()
      const colleague = await member(w, s.enterprise.id)
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      const own = await s.boss.call('visit.decline', { id, how: 'onlyThisOne', reason: '正在检修' })
      assert.equal(own.firms[0]?.reason, '正在检修')
      assert.equal((await s.officer.caller.call('visit.read', { id })).firms[0]?.reason, '正在检修')
      assert.equal((await colleague.call('visit.read', { id })).firms[0]?.reason, null)
    })

    it('in a park each firm answers for itself and does not see the others', async () => {
      const s = await scene()
      const other = await firm(w)
      const otherBoss = await member(w, other.id)
      const planned = offer(s, { kind: 'park', enterpriseIds: [s.enterprise.id, other.id], projectId: undefined })
      const { id } = await s.officer.caller.call('visit.plan', planned)
      const declined = await s.boss.call('visit.decline', { id, how: 'onlyThisOne' })
      assert.equal(declined.state, 'offered')
      assert.deepEqual(declined.can, ['visit.consent'])
      assert.equal(await standing(s), 'declined')
      const seen = await otherBoss.call('visit.read', { id })
      assert.deepEqual(
        seen.firms.map((one) => [one.enterprise.id, one.state]),
        [[other.id, 'offered']],
      )
      assert.equal((await otherBoss.call('visit.consent', { id })).state, 'consented')
      const listed = await s.boss.call('visit.list', { enterpriseId: other.id })
      assert.deepEqual(listed.items, [])
    })

    it('at least two different persons on the roster are offered', async () => {
      const s = await scene()
      const path = async (staffIds: string[]) => {
        const { status, body } = await s.officer.caller.try('visit.plan', offer(s, { staffIds }))
        return [status, body.errors?.[0]?.path]
      }
      assert.deepEqual(await path([s.officer.postId]), [422, 'staffIds'])
      const gone = await staff(w, { role: 'officer', unitId: 'tiexi', isActive: false })
      assert.deepEqual(await path([s.officer.postId, gone.postId]), [422, 'staffIds'])
      const clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      assert.deepEqual(await path([s.officer.postId, clerk.postId]), [422, 'staffIds'])
    })

    it('the same week is not offered twice, a past day not at all, and not a project of others', async () => {
      const s = await scene()
      await s.officer.caller.call('visit.plan', offer(s))
      assert.equal((await s.officer.caller.try('visit.plan', offer(s, { plannedOn: '2026-11-27' }))).status, 409)
      assert.equal((await s.officer.caller.try('visit.plan', offer(s, { plannedOn: '2026-11-20' }))).status, 422)
      const strange = await project(w, { unitId: 'heping' })
      const { body } = await s.officer.caller.try('visit.plan', offer(s, { projectId: strange.id }))
      assert.equal(body.errors[0].path, 'projectId')
    })

    it('offers of the same week at the same moment become one', async () => {
      const s = await scene()
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          (n % 2 === 0 ? s.officer : s.second).caller.try('visit.plan', offer(s, { projectId: undefined })),
        ),
      )
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409])
    })

    it('a cancelled offer leaves the week due, and the firm hears of it', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      const cancelled = await s.officer.caller.call('visit.cancel', { id, reason: '临时有会' })
      assert.deepEqual([cancelled.state, cancelled.can], ['cancelled', []])
      assert.equal(await standing(s), 'due')
      await w.drainJobs()
      assert.match((await s.boss.call('notice.list', {})).items[0]?.text ?? '', /临时有会/)
      assert.deepEqual((await s.boss.call('visit.counter', {})).items[0]?.counter.offered, 0)
    })

    it('a member of another firm gets 404, and one not yet verified sees nothing', async () => {
      const s = await scene()
      const stranger = await member(w, (await firm(w)).id)
      const pending = await member(w, s.enterprise.id, undefined, 'pending')
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      for (const outsider of [stranger, pending]) {
        for (const verb of ['visit.read', 'visit.consent', 'visit.decline']) {
          const input = verb === 'visit.decline' ? { id, how: 'thisMonth' } : { id }
          assert.equal((await outsider.try(verb, input)).status, 404)
        }
        assert.deepEqual((await outsider.call('visit.list', {})).items, [])
      }
      assert.equal((await pending.try('visit.counter', { enterpriseId: s.enterprise.id })).status, 404)
      assert.deepEqual((await pending.call('visit.counter', {})).items, [])
      assert.equal((await pending.try('visit.resume', { enterpriseId: s.enterprise.id })).status, 404)
      const colleague = await staff(w, { role: 'officer', unitId: 'heping' })
      assert.equal((await colleague.caller.try('visit.read', { id })).status, 404)
      assert.equal((await w.nobody.try('visit.read', { id })).status, 401)
    })

    it('the stand-in sees and cancels the visits of who is away', async () => {
      const s = await scene()
      const leader = await staff(w, { role: 'supervisor', unitId: 'approval' })
      const standIn = await staff(w, { role: 'officer', unitId: 'heping' })
      const { id } = await s.officer.caller.call('visit.plan', offer(s))
      const away = { postId: s.officer.postId, standInPostId: standIn.postId, fromOn: '2026-11-23', toOn: '2026-11-24' }
      await leader.caller.call('staff.setAbsence', away)
      assert.equal((await standIn.caller.call('visit.list', {})).items[0]?.id, id)
      assert.equal((await standIn.caller.call('visit.due', {})).items[0]?.project.id, s.project.id)
      assert.equal((await standIn.caller.call('visit.cancel', { id, reason: '改期' })).state, 'cancelled')
    })

    it('care ended or suspended is exempt, and so is a week without working days', async () => {
      const s = await scene()
      const ended = await project(w, { officerPostId: s.officer.postId, stage: 'approved', careEndedOn: '2026-11-23' })
      const resting = await project(w, { officerPostId: s.officer.postId, stage: 'suspended' })
      const { items, week } = await s.officer.caller.call('visit.due', { status: 'exempt' })
      assert.deepEqual(
        items.map((item) => [item.project.id, item.reason]),
        [
          [ended.id, '已批复，包保已经结束'],
          [resting.id, '项目暂缓'],
        ],
      )
      assert.deepEqual(week, { from: '2026-11-23', to: '2026-11-29', workdays: 5 })
      const spring = await s.officer.caller.call('visit.due', { week: '2026-02-18' })
      assert.equal(spring.week.workdays, 0)
      assert.ok(spring.items.every((item) => item.status === 'exempt' && item.reason === '本周没有工作日'))
    })

    it('the weekly list is paged, each project once, and filtered by unit and officer', async () => {
      const s = await scene()
      for (let n = 0; n < 4; n++) await project(w, { officerPostId: s.officer.postId })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await s.officer.caller.call('visit.due', { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...page.items.map((item) => item.project.id))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      assert.deepEqual([seen.length, new Set(seen).size], [5, 5])
      const elsewhere = await s.officer.caller.call('visit.due', { unitId: 'heping' })
      assert.deepEqual(elsewhere.items, [])
      const theirs = await s.officer.caller.call('visit.due', { officerPostId: s.second.postId })
      assert.deepEqual(theirs.items, [])
    })

    it('on the first working day of the week each officer hears which projects have no offer yet, once', async () => {
      const s = await scene()
      w.turnTo('2026-11-30T09:01:00+08:00')
      await w.drainJobs()
      await w.drainJobs()
      const titles = (await s.officer.caller.call('notice.list', {})).items.map((item) => item.title)
      assert.deepEqual(titles, ['本周还有1个项目没有约上门服务'])
      w.turnTo('2026-12-01T09:01:00+08:00')
      await w.drainJobs()
      assert.equal((await s.officer.caller.call('notice.list', {})).items.length, 1)
    })
  })
}
