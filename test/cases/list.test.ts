import assert from 'node:assert/strict'
import { dateOf } from '../../src/calendar/dates.js'
import { CaseEntry } from '../../src/cases/caseEntry.js'
import { CaseShare } from '../../src/cases/caseShare.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { nothingYet } from '../../src/cases/open.js'
import { idAt } from '../../src/database/idAt.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff } from '../factories.js'
import type { Caller } from '../world.js'
import { at, type Stage, stage } from './stage.js'

for (const database of databaseNames) {
  describe(`lists of cases, on ${database}`, () => {
    let s: Stage
    let count = 0
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const db = () => s.w.service.house.ds.manager
    /** Written as it is, without the way there; in 铁西, passed, and nobody's unless told otherwise. */
    const lay = async (fields: Partial<HelpCase> = {}): Promise<HelpCase> => {
      count += 1
      const createdAt = fields.createdAt ?? new Date(s.w.now().getTime() + count)
      const row = {
        ...nothingYet,
        id: idAt(createdAt),
        version: 1,
        auditHead: '',
        number: `QZ20250101-${String(count).padStart(5, '0')}`,
        state: 'handling' as const,
        review: 'passed' as const,
        source: 'help' as const,
        category: 'procedure',
        title: `第${count}件`,
        text: '演示',
        createdBy: null,
        createdAt,
        createdOn: dateOf(createdAt),
        enterpriseId: null,
        projectId: null,
        guideId: null,
        visitId: null,
        districtCode: null,
        unitId: 'tiexi',
        officerPostId: null,
        aboutPostId: null,
        aboutUnitId: null,
        round: 1,
        clock: [{ kind: 'start' as const, at: createdAt.toISOString() }],
        allowedWorkdays: 5,
        dueOn: '2026-11-30',
        isProvisional: false,
        signDueOn: '2026-11-24',
        ...fields,
      }
      await db().insert(HelpCase, row)
      return row as HelpCase
    }
    const idsOf = async (who: Caller, input: object = {}) =>
      (await who.call('case.list', { limit: 100, ...input })).items.map(({ id }) => id)
    /** All pages, `between` happening after each. */
    const walk = async (who: Caller, input: object, limit: number, between: () => Promise<unknown>) => {
      const found: string[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await who.call('case.list', { ...input, limit, ...(cursor === undefined ? {} : { cursor }) })
        assert.ok(page.items.length <= limit)
        found.push(...page.items.map(({ id }) => id))
        if (page.next === null) return found
        cursor = page.next
        await between()
      }
    }

    it('pages through 250 cases without gaps or doubles while new ones arrive, newest first or by due date', async () => {
      const { caller, postId } = await staff(s.w, { role: 'officer', unitId: 'dadong' })
      const days = ['2026-11-24', '2026-11-25', '2026-11-26']
      const rows: HelpCase[] = []
      for (let n = 0; n < 250; n += 1) {
        rows.push(await lay({ unitId: 'dadong', officerPostId: postId, dueOn: days[n % 3] as string }))
      }
      const later = () =>
        lay({ unitId: 'dadong', officerPostId: postId, createdAt: new Date(s.w.now().getTime() + 60_000) })
      const newest = await walk(caller, { scope: 'unit' }, 40, later)
      assert.deepEqual(newest, rows.map(({ id }) => id).toReversed())
      const known = new Set(newest)
      const byDue = await walk(caller, { scope: 'todo' }, 33, later)
      assert.equal(new Set(byDue).size, byDue.length)
      const order = new Map(rows.map((row) => [row.id, `${row.dueOn} ${row.id}`]))
      const ours = byDue.filter((id) => known.has(id))
      assert.equal(ours.length, 250)
      assert.deepEqual(
        ours,
        [...known].sort((a, b) => ((order.get(a) ?? '') < (order.get(b) ?? '') ? -1 : 1)),
      )
    })

    it('a cursor belongs to its filter and its list: with another it is refused, as is one that is not ours', async () => {
      const { caller } = s.supervisor
      const { next } = await caller.call('case.list', { category: 'procedure', limit: 1 })
      assert.ok(next)
      const again = await caller.call('case.list', { category: 'procedure', limit: 5, cursor: next })
      assert.equal(again.items.length, 5)
      const wrong = [
        { category: 'reform', cursor: next },
        { cursor: next },
        { category: 'procedure', scope: 'todo', cursor: next },
        { category: 'procedure', cursor: `${next}AA` },
        { category: 'procedure', cursor: 'x' },
      ]
      for (const input of wrong) {
        const { status, body } = await caller.try('case.list', input)
        assert.deepEqual([status, body.errors[0].path], [422, 'cursor'], JSON.stringify(input))
      }
      assert.equal((await caller.try('rejection.list', { cursor: next })).status, 422)
    })

    it('every filter picks what it names, alone and together', async () => {
      const { caller } = await staff(s.w, { role: 'supervisor', unitId: 'leaders' })
      const base = { unitId: 'shenbei' }
      const plain = await lay(base)
      const special = await lay({
        ...base,
        state: 'closed',
        category: 'reform',
        districtCode: '210113',
        enterpriseId: s.enterpriseId,
        projectId: s.projectId,
        officerPostId: s.officer.postId,
        rating: 2,
        review: 'held',
        createdOn: '2026-03-02',
        answeredOn: '2026-03-05',
        closedOn: '2026-03-06',
        dueOn: '2026-03-09',
      })
      const picks: object[] = [
        { states: ['closed', 'declined'] },
        { category: 'reform' },
        { districtCode: '210113' },
        { enterpriseId: s.enterpriseId },
        { projectId: s.projectId },
        { officerId: s.officer.postId },
        { isUnassigned: false },
        { rating: 2 },
        { review: 'held' },
        { from: '2026-03-02', to: '2026-03-02' },
        { answeredFrom: '2026-03-05', answeredTo: '2026-03-05' },
        { closedFrom: '2026-03-06', closedTo: '2026-03-06' },
      ]
      for (const pick of picks) {
        assert.deepEqual(await idsOf(caller, { ...base, ...pick }), [special.id], JSON.stringify(pick))
      }
      assert.deepEqual(await idsOf(caller, { ...base, ...Object.assign({}, ...picks) }), [special.id])
      const misses: object[] = [
        { states: ['handling'], category: 'reform' },
        { from: '2026-03-03', to: '2026-11-22' },
        { answeredFrom: '2026-03-06' },
        { closedTo: '2026-03-05' },
        { rating: 5 },
      ]
      for (const miss of misses) assert.deepEqual(await idsOf(caller, { ...base, ...miss }), [], JSON.stringify(miss))
      assert.deepEqual(await idsOf(caller, { ...base, isUnassigned: true }), [plain.id])
      assert.deepEqual(await idsOf(caller, { ...base, states: ['handling'] }), [plain.id])
      const overdue = await lay({ ...base, dueOn: '2026-11-20' })
      const today = await lay({ ...base, dueOn: '2026-11-23' })
      const soon = await lay({ ...base, dueOn: '2026-11-24' })
      await lay({ ...base, dueOn: '2026-11-20', state: 'waiting' })
      await lay({ ...base, dueOn: '2026-11-20', state: 'answered' })
      assert.deepEqual(await idsOf(caller, { ...base, due: 'overdue' }), [overdue.id])
      assert.deepEqual(await idsOf(caller, { ...base, due: 'today' }), [today.id])
      assert.deepEqual(await idsOf(caller, { ...base, due: 'soon' }), [today.id, soon.id])
    })

    it('bad filters are refused, all at once', async () => {
      const { status, body } = await s.officer.caller.try('case.list', {
        scope: 'everything',
        rating: 6,
        from: '2026-13-01',
        limit: 101,
        states: ['gone'],
        districtCode: '110101',
        sort: 'x',
      })
      assert.equal(status, 422)
      const paths = body.errors.map(({ path }: { path: string }) => path.split('.')[0]).sort()
      assert.deepEqual([...new Set(paths)], ['districtCode', 'from', 'limit', 'rating', 'scope', 'sort', 'states'])
    })

    it('searched by number, by the start of the firm, by its code and by a whole phone, never by a private name', async () => {
      const { caller } = s.supervisor
      const other = await firm(s.w, { name: '沈_河%机床' })
      const asker = await member(s.w, other.id, `searched-${database}`)
      await asker.call('person.update', { name: '诸葛试验' })
      await asker.call('person.bindPhone', { code: 'phone:13800001357' })
      const { id: personId } = await asker.call('session.me', {})
      const mine = await lay({ enterpriseId: other.id, createdBy: personId, number: 'QZ20250202-ABCDE' })
      const similar = await lay({
        enterpriseId: (await firm(s.w, { name: '沈一河二机床' })).id,
        number: 'QZ20250202-ABCDF',
      })
      const q = (text: string) => idsOf(caller, { q: text })
      for (const text of [
        'QZ20250202-ABCDE',
        'qz20250202-abcde',
        '沈_',
        '沈_河%',
        '沈_河%机床',
        other.creditCode,
        other.creditCode.toLowerCase(),
        '13800001357',
        ' 13800001357 ',
      ]) {
        assert.deepEqual(await q(text), [mine.id], text)
      }
      assert.deepEqual((await q('QZ20250202')).sort(), [mine.id, similar.id].sort())
      assert.deepEqual((await q('沈')).sort(), [mine.id, similar.id].sort())
      for (const text of [
        '诸葛',
        '诸葛试验',
        '1380000135',
        '河%机床',
        '%',
        '_',
        "' OR 1=1 --",
        other.creditCode.slice(0, 17),
        'QZ20250203',
      ]) {
        assert.deepEqual(await q(text), [], text)
      }
      // The firm's own search reaches no further than its own cases.
      assert.deepEqual(await idsOf(asker, { q: '沈' }), [mine.id])
      assert.deepEqual(await idsOf(s.stranger, { q: 'QZ20250202' }), [])
    })

    it("the desk shows what is in hand, a stand-in's with whom it is for, and nothing that is over", async () => {
      const unit = 'yuhong'
      const officer = await staff(s.w, { role: 'officer', unitId: unit })
      const standIn = await staff(s.w, { role: 'officer', unitId: unit })
      const own = await lay({ unitId: unit, officerPostId: standIn.postId, dueOn: '2026-11-25' })
      const lent = await lay({ unitId: unit, officerPostId: officer.postId, dueOn: '2026-11-24' })
      const over = await lay({ unitId: unit, officerPostId: officer.postId, state: 'closed' })
      assert.deepEqual(await idsOf(standIn.caller, { scope: 'todo' }), [own.id])
      await officer.caller.call('staff.setAbsence', {
        standInPostId: standIn.postId,
        fromOn: '2026-11-23',
        toOn: '2026-11-23',
      })
      const { items } = await standIn.caller.call('case.list', { scope: 'todo' })
      assert.deepEqual(
        items.map((item) => [item.id, item.officer?.name, item.standInFor?.name]),
        [
          [lent.id, standIn.name, officer.name],
          [own.id, standIn.name, undefined],
        ],
      )
      assert.deepEqual(await idsOf(standIn.caller, { scope: 'todo', states: ['closed'] }), [over.id])
      s.w.turnTo(at('2026-11-24'))
      assert.deepEqual(await idsOf(standIn.caller, { scope: 'todo' }), [own.id])
      assert.deepEqual((await idsOf(standIn.caller, { scope: 'unit' })).sort(), [own.id, lent.id, over.id].sort())
    })

    it('a supervisor with a case in hand has it on the desk, once in the whole list', async () => {
      const { caller, postId } = await staff(s.w, { role: 'supervisor', unitId: 'leaders' })
      const mine = await lay({ officerPostId: postId, unitId: 'leaders' })
      assert.deepEqual(await idsOf(caller, { scope: 'todo' }), [mine.id])
      assert.equal((await idsOf(caller, {})).filter((id) => id === mine.id).length, 1)
      assert.deepEqual(await idsOf(caller, { scope: 'mine' }), [])
    })

    it("each scope holds what is its reader's: own and the firm's, the unit's, what it assists or handed on", async () => {
      const officer = await staff(s.w, { role: 'officer', unitId: 'huanggu' })
      const { id: personId } = await s.asker.call('session.me', {})
      const ofFirm = await lay({ enterpriseId: s.enterpriseId, unitId: 'huanggu' })
      const ofAsker = await lay({ createdBy: personId, unitId: 'hunnan' })
      const foreign = await lay({ unitId: 'hunnan' })
      const mine = await idsOf(s.asker, { scope: 'mine' })
      assert.ok(mine.includes(ofFirm.id) && mine.includes(ofAsker.id) && !mine.includes(foreign.id))
      const firms = await idsOf(s.partner, {})
      assert.ok(firms.includes(ofFirm.id) && !firms.includes(ofAsker.id))
      assert.deepEqual(await idsOf(officer.caller, { scope: 'unit' }), [ofFirm.id])
      assert.deepEqual(await idsOf(officer.caller, { scope: 'mine' }), [])
      assert.equal((await s.w.nobody.try('case.list', {})).status, 401)
    })

    it('what waits for my consent: extensions for the supervisor, refusals for the leader too', async () => {
      const base = { unitId: 'yuhong', state: 'handling' as const }
      const asked = { reason: '要踏勘', postId: s.officer.postId, personId: null, at: '2026-11-23T04:00:00Z' }
      const extension = await lay({ ...base, pendingExtension: { ...asked, workdays: 2 } })
      const decline = await lay({ ...base, pendingDecline: { ...asked, basis: '《信访工作条例》' } })
      await lay(base)
      const leader = await staff(s.w, { role: 'leader', unitId: 'yuhong' })
      const officer = await staff(s.w, { role: 'officer', unitId: 'yuhong' })
      const pending = async (who: Caller, kind: string) => idsOf(who, { pending: kind, unitId: 'yuhong' })
      assert.deepEqual(await pending(s.supervisor.caller, 'extension'), [extension.id])
      assert.deepEqual(await pending(s.supervisor.caller, 'decline'), [decline.id])
      assert.deepEqual(await pending(leader.caller, 'extension'), [])
      assert.deepEqual(await pending(leader.caller, 'decline'), [decline.id])
      assert.deepEqual(await pending(officer.caller, 'decline'), [])
      assert.deepEqual(await pending(s.leader.caller, 'decline'), [])
    })

    it('what our unit was asked to help with and has not replied to', async () => {
      const helper = await staff(s.w, { role: 'officer', unitId: 'sujiatun' })
      const [open, replied, over] = [await lay(), await lay(), await lay({ state: 'closed' })]
      await lay({ unitId: 'sujiatun' })
      for (const [row, repliedAt] of [
        [open, null],
        [replied, s.w.now()],
        [over, null],
      ] as const) {
        const part = { caseId: row.id, unitId: 'sujiatun', how: 'assisting' as const }
        await db().insert(CaseShare, { id: idAt(s.w.now()), ...part, since: s.w.now(), repliedAt })
      }
      assert.deepEqual(await idsOf(helper.caller, { scope: 'assisting' }), [open.id])
      assert.deepEqual(await idsOf(s.asker, { scope: 'assisting' }), [])
    })

    it('the counts of a desk are those of the lists that open behind them, however many there are', async () => {
      const { caller, postId } = await staff(s.w, { role: 'officer', unitId: 'kangping' })
      const today = dateOf(s.w.now())
      const base = { unitId: 'kangping', officerPostId: postId }
      for (let n = 0; n < 120; n += 1) await lay({ ...base, state: 'assigned', dueOn: '2026-11-20' })
      await lay({ ...base, dueOn: today })
      await lay({ ...base, dueOn: '2026-11-20', state: 'waiting' })
      await lay({ ...base, state: 'answered' })
      await lay({ unitId: 'kangping' })
      const helped = await lay()
      const share = { caseId: helped.id, unitId: 'kangping', how: 'assisting' as const, since: s.w.now() }
      await db().insert(CaseShare, { id: idAt(s.w.now()), ...share, repliedAt: null })
      const all = async (input: object) => (await walk(caller, input, 50, async () => undefined)).length
      const todo = { scope: 'todo' }
      const listed = {
        todo: await all(todo),
        overdue: await all({ ...todo, due: 'overdue' }),
        today: await all({ ...todo, due: 'today' }),
        assigned: await all({ ...todo, states: ['assigned'] }),
        waiting: await all({ ...todo, states: ['waiting'] }),
        assisting: await all({ scope: 'assisting' }),
        rectifications: 0,
      }
      assert.deepEqual(await caller.call('case.counts', {}), listed)
      assert.deepEqual(
        [listed.todo, listed.overdue, listed.today, listed.assigned, listed.waiting, listed.assisting],
        [122, 120, 1, 120, 1, 1],
      )
      assert.equal((await s.asker.try('case.counts', {})).status, 403)
    })

    it('the enterprise is to supply what was asked for and to rate what was answered', async () => {
      const { id: enterpriseId } = await firm(s.w)
      const who = await member(s.w, enterpriseId)
      const base = { enterpriseId, unitId: 'hunnan' }
      const waiting = await lay({ ...base, state: 'waiting' })
      const answered = await lay({ ...base, state: 'answered' })
      const rated = await lay({ ...base, state: 'closed', rating: 4 })
      const handling = await lay(base)
      assert.deepEqual((await idsOf(who, { scope: 'todo' })).sort(), [waiting.id, answered.id].sort())
      assert.deepEqual(await idsOf(who, { scope: 'todo', states: ['answered'] }), [answered.id])
      assert.deepEqual(await idsOf(who, { rated: true }), [rated.id])
      assert.deepEqual(await idsOf(who, { rated: false }), [handling.id, answered.id, waiting.id])
    })

    it('an official who is also of a firm reads its unpassed titles as its member, and those of the post as staff', async () => {
      const both = await staff(s.w, { role: 'officer', unitId: 'dongling', as: `both-${database}` })
      await member(s.w, s.enterpriseId, `both-${database}`)
      const { id } = await s.submit({ title: '公司里的秘密' })
      const ours = await lay({ unitId: 'dongling', enterpriseId: s.enterpriseId, review: 'held', title: '归本单位' })
      const foreign = await lay({ unitId: 'dongling', review: 'held', title: '别家的' })
      const helped = await lay({ review: 'held', title: '请会办的' })
      const part = { unitId: 'dongling', how: 'assisting' as const, since: s.w.now(), repliedAt: null }
      await db().insert(CaseShare, { id: idAt(s.w.now()), caseId: helped.id, ...part })
      for (const row of [ours, foreign, helped]) {
        const entry = { caseId: row.id, verb: 'case.submit', at: s.w.now(), personId: null, postId: null, text: null }
        await db().insert(CaseEntry, { id: idAt(s.w.now()), ...entry, review: 'held' })
      }
      const { items } = await both.caller.call('case.list', { limit: 100 })
      const title = (caseId: string) => items.find((item) => item.id === caseId)?.title
      assert.deepEqual([id, ours.id, foreign.id, helped.id].map(title), [
        '（内容待核）',
        '归本单位',
        '别家的',
        '请会办的',
      ])
      assert.equal((await both.caller.call('case.read', { id })).title, '（内容待核）')
    })

    it('a title that waits for the check is hidden in the list of the firm, and only that', async () => {
      const { id } = await s.submit({ title: '清单里要藏' })
      const title = async (who: Caller) => (await who.call('case.list', {})).items.find((item) => item.id === id)?.title
      assert.equal(await title(s.partner), '（内容待核）')
      assert.equal(await title(s.officer.caller), '清单里要藏')
      await db().update(CaseEntry, { caseId: id, verb: 'case.submit' }, { review: 'passed' })
      assert.equal(await title(s.partner), '清单里要藏')
    })
  })
}
