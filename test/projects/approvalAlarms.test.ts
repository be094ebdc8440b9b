/** The approval clock as the service keeps and shows it, and who hears of its deadlines. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../../src/audit/queue.js'
import { create } from '../../src/audit/trail.js'
import { transact } from '../../src/database/transaction.js'
import { Absence } from '../../src/people/absence.js'
import { Project } from '../../src/projects/project.js'
import { at } from '../cases/stage.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember, write } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

// Made up: the State Council has not announced 2027 yet.
const arrangement2027 = {
  year: 2027,
  isAnnounced: true as const,
  source: '测试用的2027年安排',
  holidays: [
    { name: '元旦', from: '2027-01-01', to: '2027-01-05', work: [] },
    { name: '春节', from: '2027-02-05', to: '2027-02-12', work: [] },
    { name: '国庆节', from: '2027-10-01', to: '2027-10-07', work: [] },
  ],
}

for (const database of databaseNames) {
  describe(`the approval clock of a project, on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let officer: StaffMember
    let colleague: StaffMember
    let leader: StaffMember
    let supervisor: StaffMember
    let clerk: StaffMember
    before(async () => {
      w = await world(database, { at: at('2026-11-02') })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    beforeEach(() => w.turnTo(at('2026-11-02')))
    after(() => w.stop())

    const mine = (fields: Partial<Project> = {}) =>
      project(w, { officerPostId: officer.postId, branchLeaderPostId: leader.postId, stage: 'submitted', ...fields })
    const accepted = async (fields: Partial<Project> = {}) => {
      const row = await mine(fields)
      return officer.caller.call('project.advance', { id: row.id, stage: 'accepted' })
    }
    const stored = (id: string) => w.service.house.ds.manager.findOneByOrFail(Project, { id })
    const told = async (who: { caller: Caller }, id: string) => {
      const { items } = await who.caller.call('notice.list', { limit: 100 })
      return items.filter(({ subjectId }) => subjectId === id).map(({ title }) => title.replace(/《.*》/, '…'))
    }
    /** The jobs of a day, also where another test has been there before. */
    const live = async (day: string) => {
      w.turnTo(at(day))
      await w.drainJobs()
      for (const kind of ['project.refreshClocks', 'project.remind']) {
        await transact(w.service.house.ds, (db) => enqueue(db, [{ kind, payload: {} }], w.now()))
        await w.drainJobs()
      }
    }

    it('shows what counts, the promised beside the legal deadline, and what is not certain', async () => {
      const { id, clock, clockNotes, line, care, promisedDueOn, legalDueOn, daysLeft } = await accepted()
      assert.deepEqual([promisedDueOn, legalDueOn, daysLeft], ['2026-11-16', '2026-12-02', 10])
      assert.deepEqual(
        [clock?.startedOn, clock?.used, clock?.promised?.workdays, clock?.promised?.confirmed, clock?.legal?.days],
        ['2026-11-02', 0, 10, false, 30],
      )
      assert.deepEqual(
        [clock?.legal?.dueOn, clock?.legal?.dueOnByCalendar, clock?.legal?.dueOnByWorkdays],
        ['2026-12-02', '2026-12-02', '2026-12-14'],
      )
      assert.match(clock?.legal?.text ?? '', /三十日内/)
      assert.ok(clockNotes.some((note) => note.includes('待市局确认')))
      assert.deepEqual(
        line.map(({ title, counts, workdays }) => [title, counts, workdays]),
        [
          ['前期', null, null],
          ['编制中', null, null],
          ['已报批', null, null],
          ['已受理', true, 0],
          ['评估', false, null],
          ['审查', true, null],
          ['公示', false, null],
          ['已批复', null, null],
        ],
      )
      assert.deepEqual([care.duty, care.contactDueOn, care.isContactLate], ['即来即办', '2026-11-09', false])

      w.turnTo(at('2026-11-05'))
      await officer.caller.call('project.advance', { id, stage: 'assessment' })
      w.turnTo(at('2026-11-10'))
      const paused = await officer.caller.call('project.read', { id })
      assert.deepEqual(
        [paused.clock?.isPaused, paused.clock?.used, paused.clock?.paused, paused.promisedDueOn, paused.isOverdue],
        [true, 3, 3, '2026-11-19', false],
      )
      const [pause] = paused.clock?.pauses ?? []
      assert.deepEqual([pause?.title, pause?.from, pause?.to, pause?.workdays], ['评估', '2026-11-05', null, 3])

      await officer.caller.call('project.advance', { id, stage: 'review' })
      w.turnTo(at('2026-11-12'))
      const done = await officer.caller.call('project.advance', { id, stage: 'approved' })
      assert.deepEqual([done.clock?.decidedOn, done.clock?.used], ['2026-11-12', 5])
      assert.deepEqual(done.clock?.reduction, { byWorkdays: 83.3, byCalendar: 83.3 })
      const row = await stored(id)
      assert.deepEqual([row.decidedOn, row.usedWorkdays, row.usedDays], ['2026-11-12', 5, 5])
    })

    it('its kind decides the deadline, and a corrected kind corrects it', async () => {
      const { id } = await accepted()
      const due = async (change: object) => {
        const view = await clerk.caller.call('project.update', { id, ...change })
        assert.equal((await stored(id)).promisedDueOn, view.promisedDueOn)
        return [view.promisedDueOn, view.legalDueOn]
      }
      assert.deepEqual(await due({ documentType: 'report' }), ['2026-11-23', '2027-01-04'])
      assert.deepEqual(await due({ documentType: 'form', isImmediate: true }), ['2026-11-03', '2026-12-02'])
      assert.deepEqual(await due({ careLevel: 'upper' }), [null, '2026-12-02'])
    })

    it('while it stands still its deadlines move with the day, without a line in the trail', async () => {
      const { id } = await accepted()
      const { version } = await officer.caller.call('project.advance', { id, stage: 'disclosure' })
      await live('2026-11-04')
      const row = await stored(id)
      assert.deepEqual([row.promisedDueOn, row.legalDueOn, row.version], ['2026-11-18', '2026-12-04', version])
      assert.deepEqual(await told(officer, id), [])
    })

    it('an announced calendar moves what runs into its year', async () => {
      w.turnTo(at('2026-12-22'))
      const { id, clock } = await accepted()
      assert.deepEqual([clock?.promised?.dueOn, clock?.isProvisional], ['2027-01-06', true])
      await clerk.caller.call('calendar.import', arrangement2027)
      await w.drainJobs()
      assert.equal((await stored(id)).promisedDueOn, '2027-01-08')
    })

    it('the officer hears a working day before the promise, and five before the law, each once', async () => {
      const { id } = await accepted()
      await live('2026-11-12')
      assert.deepEqual(await told(officer, id), [])
      await live('2026-11-13')
      assert.deepEqual(await told(officer, id), ['…11月16日到承诺期限'])
      await live('2026-11-16')
      await live('2026-11-16')
      assert.deepEqual(await told(officer, id), ['…11月16日到承诺期限'])
      assert.deepEqual([await told(leader, id), await told(supervisor, id)], [[], []])
      await live('2026-11-25')
      assert.ok((await told(officer, id)).includes('…12月2日到法定期限'))
    })

    it('once passed, officer and leader hear at once, the bureau after two working days; each once', async () => {
      const { id } = await accepted()
      await live('2026-11-17')
      const late = '…已过承诺期限（11月16日），超过1个工作日'
      assert.deepEqual(await told(leader, id), [late])
      assert.ok((await told(officer, id)).includes(late))
      assert.deepEqual(await told(supervisor, id), [])
      await live('2026-11-18')
      await live('2026-11-19')
      await live('2026-11-19')
      assert.deepEqual(await told(supervisor, id), ['…已过承诺期限（11月16日），超过2个工作日'])
      assert.deepEqual(await told(leader, id), [late])
      await live('2026-12-03')
      assert.ok((await told(leader, id)).includes('…已过法定期限（12月2日），超过1个工作日'))
    })

    it('nobody is called while it stands still, and at once where little is left when it goes on', async () => {
      const { id } = await accepted()
      w.turnTo(at('2026-11-16'))
      await officer.caller.call('project.advance', { id, stage: 'assessment' })
      await live('2026-11-20')
      assert.deepEqual(await told(officer, id), [])
      await officer.caller.call('project.advance', { id, stage: 'review' })
      await w.drainJobs()
      assert.deepEqual(await told(officer, id), ['…11月20日到承诺期限'])
    })

    it('who stands in hears; without an officer the leader does, and without one the bureau', async () => {
      const away = { postId: officer.postId, standInPostId: colleague.postId, fromOn: '2026-11-13', toOn: '2026-11-13' }
      const { id } = await accepted()
      const alone = await mine({ officerPostId: null, stage: 'accepted', stageOn: '2026-11-02' })
      const nobodys = await project(w, { unitId: null, districtCode: null, stage: 'accepted', stageOn: '2026-11-02' })
      await write(w, (db) => create(db, Absence, { ...away, id: uuid(), isCancelled: false }))
      await live('2026-11-13')
      assert.deepEqual(await told(colleague, id), ['…11月16日到承诺期限'])
      assert.deepEqual(await told(leader, alone.id), ['…11月16日到承诺期限'])
      assert.deepEqual(await told(supervisor, nobodys.id), ['…11月16日到承诺期限'])
    })

    it('the list finds what is due soon, today and overdue, and leaves out what stands still or is decided', async () => {
      const unitId = 'heping'
      const inUnit = { unitId, officerPostId: officer.postId, documentType: 'form' as const }
      const on = (stageOn: string, stage: Project['stage'] = 'accepted') => project(w, { ...inUnit, stage, stageOn })
      w.turnTo(at('2026-11-20'))
      const late = await on('2026-11-05')
      const today = await on('2026-11-06')
      const soon = await on('2026-11-09')
      await on('2026-11-10')
      await on('2026-11-05', 'assessment')
      await on('2026-11-05', 'approved')
      const found = async (due: 'soon' | 'today' | 'overdue') => {
        const { items } = await supervisor.caller.call('project.list', { unitId, due })
        return items.map(({ id, isOverdue, daysLeft }) => [id, isOverdue, daysLeft])
      }
      assert.deepEqual(await found('overdue'), [[late.id, true, -1]])
      assert.deepEqual(await found('today'), [[today.id, false, 0]])
      assert.deepEqual(
        (await found('soon')).sort(),
        [
          [today.id, false, 0],
          [soon.id, false, 1],
        ].sort(),
      )
    })

    it('a firm sees its project’s deadlines as the bureau does', async () => {
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const { id } = await accepted({ enterpriseId })
      const { clock } = await boss.call('project.read', { id })
      assert.equal(clock?.promised?.dueOn, '2026-11-16')
    })

    it('what an upgrade left empty is filled in over night', async () => {
      const { id } = await accepted()
      const decided = await mine({ stage: 'approved', stageOn: '2026-10-30', careEndedOn: '2026-10-30' })
      const empty = { acceptedOn: null, decidedOn: null, promisedDueOn: null, legalDueOn: null }
      const { manager } = w.service.house.ds
      for (const one of [id, decided.id]) await manager.update(Project, { id: one }, empty)
      await live('2026-11-03')
      const row = await stored(id)
      assert.deepEqual([row.acceptedOn, row.promisedDueOn], ['2026-11-02', '2026-11-16'])
      assert.equal((await stored(decided.id)).decidedOn, '2026-10-30')
    })
  })
}
