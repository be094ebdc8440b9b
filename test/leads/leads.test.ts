/** 第21项: a lead goes to its branch, is answered with photos within seven days, and is late where it is late. */
import assert from 'node:assert/strict'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import type { Api } from '../../src/contract.js'
import { Lead } from '../../src/leads/lead.js'
import { transitions, unreachableStates } from '../../src/leads/states.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff, type StaffMember } from '../factories.js'
import { pdf, photo } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { Refused, type World, world } from '../world.js'

type NewLead = Api['lead.create']['input']

let count = 0
const exceedance = (fields: Partial<NewLead> = {}): NewLead => ({
  source: 'platform',
  firmName: `测试·热力第${++count}有限公司`,
  districtCode: '210106',
  outlet: '1号锅炉废气排放口',
  pollutant: '氮氧化物',
  value: 152.5,
  limit: 100,
  measure: 'mg/m³',
  exceededAt: '2026-11-20T09:00:00+08:00',
  ...fields,
})

it('every state of a lead can be reached, and each step names the rule it comes from', () => {
  assert.deepEqual(unreachableStates(), [])
  for (const [step, { source }] of Object.entries(transitions)) assert.ok(source.length > 10, step)
})

for (const database of databaseNames) {
  describe(`leads of exceedances, on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let enforcer: StaffMember
    let officer: StaffMember
    let leader: StaffMember
    let elsewhere: StaffMember
    let supervisor: StaffMember
    before(async () => {
      // A Monday.
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
      enforcer = await staff(w, { role: 'enforcer', unitId: 'enforcement' })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      elsewhere = await staff(w, { role: 'officer', unitId: 'hunnan' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
    })
    after(() => w.stop())
    afterEach(() => w.turnTo('2026-11-23T10:00:00+08:00'))

    const create = (fields: Partial<NewLead> = {}) => enforcer.caller.call('lead.create', exceedance(fields))
    const sent = async (fields: Partial<NewLead> = {}) => {
      const { id } = await create(fields)
      await enforcer.caller.call('lead.send', { ids: [id] })
      return officer.caller.call('lead.read', { id })
    }
    const fileOf = async (who: StaffMember, bytes: Buffer, name: string) => {
      const { status, body } = await upload(w, who.caller, bytes, { name })
      assert.equal(status, 200, JSON.stringify(body))
      return body.id as string
    }
    const photoOf = async (who: StaffMember) => fileOf(who, await photo(), '现场.jpg')
    const answer = async (id: string, who = officer) =>
      who.caller.call('lead.answer', {
        id,
        outcome: 'confirmed',
        text: '脱硝设施喷氨量不足，已责令立即改正。',
        measured: '氮氧化物 148 mg/m³',
        fileIds: [await photoOf(who)],
      })
    const titlesOf = async (who: StaffMember, firmName: string) =>
      (await who.caller.call('notice.list', { limit: 100 })).items
        .map(({ title }) => title)
        .filter((title) => title.includes(firmName))
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => assert.fail('it was not refused'),
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof Refused, String(error))
      return error
    }

    it('goes the whole way: written down, sent, answered with a photo, sent back, answered again, closed', async () => {
      const made = await create()
      assert.match(made.number, /^CB20261123-/)
      assert.deepEqual(
        [made.state, made.unit.id, made.value, made.limit, made.dueOn, made.can],
        ['new', 'tiexi', 152.5, 100, null, ['lead.send', 'lead.close']],
      )
      const { items } = await enforcer.caller.call('lead.send', { ids: [made.id] })
      // 移交当天不算，七个自然日.
      assert.deepEqual(
        items.map(({ state, sentOn, dueOn, daysLeft }) => [state, sentOn, dueOn, daysLeft]),
        [['sent', '2026-11-23', '2026-11-30', 7]],
      )
      await w.drainJobs()
      for (const who of [officer, leader]) {
        assert.deepEqual(await titlesOf(who, made.firmName), [
          `超标线索待核查：${made.firmName}，11月30日（含当天）前反馈`,
        ])
      }
      assert.deepEqual(await titlesOf(elsewhere, made.firmName), [])

      w.turnTo('2026-11-26T10:00:00+08:00')
      const answered = await answer(made.id)
      assert.deepEqual(
        [answered.state, answered.answeredOn, answered.isInTime, answered.outcome, answered.can],
        ['answered', '2026-11-26', true, 'confirmed', []],
      )
      await w.drainJobs()
      assert.deepEqual(await titlesOf(enforcer, made.firmName), [`${made.firmName}的超标线索分局已反馈，请查看`])
      const { timeline } = await enforcer.caller.call('lead.read', { id: made.id })
      const [, found] = timeline
      assert.deepEqual([found?.by?.name, found?.measured], [officer.name, '氮氧化物 148 mg/m³'])
      const { status } = await w.http.get(found?.files[0]?.url ?? '')
      assert.equal(status, 200)

      const back = await enforcer.caller.call('lead.return', { id: made.id, text: '请补充限值依据。' })
      assert.deepEqual([back.state, back.dueOn, back.answeredOn, back.outcome], ['returned', '2026-11-30', null, null])
      await w.drainJobs()
      assert.ok((await titlesOf(officer, made.firmName)).some((title) => title.includes('退回补充')))
      await answer(made.id, leader)
      const closed = await enforcer.caller.call('lead.close', { id: made.id })
      assert.deepEqual([closed.state, closed.closedOn, closed.can], ['closed', '2026-11-26', []])
      assert.deepEqual(
        closed.timeline.map(({ verb, files }) => [verb, files.length]),
        [
          ['lead.send', 0],
          ['lead.answer', 1],
          ['lead.return', 0],
          ['lead.answer', 1],
          ['lead.close', 0],
        ],
      )
      const late = await refusal(answer(made.id))
      assert.deepEqual([late.status, late.problem.title], [409, '这条线索已经办结，不能做这一步'])
      const { findings } = await supervisor.caller.call('audit.verify', { subjectKind: 'lead', subjectId: made.id })
      assert.deepEqual(findings, [])
    })

    it('until it is sent it is the enforcement team’s own, then its branch’s, and never a firm’s', async () => {
      const { id: enterpriseId, creditCode, name } = await firm(w)
      const person = await member(w, enterpriseId)
      const { id, unit } = await create({ creditCode, firmName: name, districtCode: undefined })
      // The district is the firm's.
      assert.equal(unit.id, 'tiexi')
      for (const who of [officer, leader])
        assert.equal((await refusal(who.caller.call('lead.read', { id }))).status, 404)
      await enforcer.caller.call('lead.send', { ids: [id] })
      for (const who of [officer, leader, supervisor]) await who.caller.call('lead.read', { id })
      assert.equal((await refusal(elsewhere.caller.call('lead.read', { id }))).status, 404)
      assert.equal((await refusal(answer(id, elsewhere))).status, 404)
      assert.equal((await refusal(answer(id, enforcer))).status, 403)
      assert.equal((await refusal(person.call('lead.read', { id }))).status, 403)
      assert.equal((await refusal(officer.caller.call('lead.send', { ids: [id] }))).status, 403)
      assert.equal((await refusal(officer.caller.call('lead.close', { id }))).status, 403)
    })

    it('what somebody told of is to its branch a matter like any other', async () => {
      const text = '请夜间查看污水总排口。'
      const { id, firmName } = await create({ source: 'tip', text, pollutant: undefined, value: undefined })
      await enforcer.caller.call('lead.send', { ids: [id] })
      await w.drainJobs()
      for (const who of [officer, leader]) {
        const seen = await who.caller.call('lead.read', { id })
        assert.deepEqual([seen.source, seen.text], ['other', text])
        const listed = async (sources: Api['lead.list']['input']['sources']) =>
          (await who.caller.call('lead.list', { q: firmName, sources })).items.map(({ source }) => source)
        assert.deepEqual(
          [await listed(['tip']), await listed(['other']), await listed(['monitor', 'tip'])],
          [[], ['other'], []],
        )
        assert.ok((await titlesOf(who, firmName)).every((title) => !title.includes('举报')))
      }
      assert.equal((await enforcer.caller.call('lead.read', { id })).source, 'tip')
      const told = (await enforcer.caller.call('lead.list', { q: firmName, sources: ['tip'] })).items
      assert.equal(told.length, 1)
      const entries = await w.service.house.ds.manager.findBy(AuditEntry, { subjectId: id })
      assert.ok(entries.every(({ changes }) => !changes.includes('"tip"')))
    })

    it('asks for what it cannot know, and is there once', async () => {
      const faultsOf = async (fields: Partial<NewLead>) =>
        (await refusal(create(fields))).problem.errors.map(({ path, message }) => `${path}: ${message}`)
      assert.deepEqual(await faultsOf({ districtCode: undefined }), [
        'unitId: 不知道在哪个区县的，请选择由哪个分局核查',
      ])
      assert.deepEqual(await faultsOf({ unitId: 'air' }), ['unitId: 没有这个分局'])
      assert.deepEqual(await faultsOf({ creditCode: '91210100TEXT000019' }), [
        'creditCode: 统一社会信用代码不对，请核对18位代码',
      ])
      assert.deepEqual(await faultsOf({ exceededAt: '2026-11-23T10:00:01+08:00' }), [
        'exceededAt: 超标时间不能在现在以后',
      ])
      assert.deepEqual(await faultsOf({ source: 'tip' }), ['text: 请写明要查什么'])
      const missing = await faultsOf({ value: undefined, pollutant: undefined })
      assert.deepEqual(
        missing.map((one) => one.split(':')[0]),
        ['pollutant', 'value'],
      )
      const { unit } = await create({ districtCode: undefined, unitId: 'hunnan' })
      assert.equal(unit.id, 'hunnan')

      const one = exceedance()
      const { number } = await enforcer.caller.call('lead.create', one)
      const again = await refusal(enforcer.caller.call('lead.create', { ...one, source: 'monitor', value: 153 }))
      assert.deepEqual([again.status, again.problem.title], [409, `这条超标已经登记过：${number}`])
    })

    it('an answer needs a photo, and a lead that is not sent needs a reason to be closed', async () => {
      const { id } = await sent()
      const without = { id, outcome: 'notConfirmed' as const, text: '现场监测达标。' }
      const none = await refusal(officer.caller.call('lead.answer', { ...without, fileIds: [] }))
      assert.deepEqual(none.problem.errors, [{ path: 'fileIds', message: '请至少附一张现场照片' }])
      const onlyPaper = [await fileOf(officer, pdf(), '监测报告.pdf')]
      const paper = await refusal(officer.caller.call('lead.answer', { ...without, fileIds: onlyPaper }))
      assert.deepEqual(paper.problem.errors, [{ path: 'fileIds', message: '请至少附一张现场照片' }])
      const row = await w.service.house.ds.manager.findOneByOrFail(Lead, { id })
      assert.deepEqual([row.state, row.version], ['sent', 2])
      await officer.caller.call('lead.answer', { ...without, fileIds: [...onlyPaper, await photoOf(officer)] })

      const unsent = await create()
      assert.equal((await refusal(enforcer.caller.call('lead.close', { id: unsent.id }))).status, 422)
      const closed = await enforcer.caller.call('lead.close', { id: unsent.id, text: '企业标记为停炉，平台已采纳。' })
      assert.deepEqual([closed.state, closed.sentOn], ['closed', null])
    })

    it('several are sent together or not at all, also to another branch than written down', async () => {
      const [one, other, gone] = [await create(), await create(), await sent()]
      const ids = [one, other, gone].map(({ id }) => id)
      const refused = await refusal(enforcer.caller.call('lead.send', { ids }))
      assert.deepEqual([refused.status, refused.problem.title.startsWith(gone.number)], [409, true])
      const states = (await w.service.house.ds.manager.findBy(Lead, [{ id: one.id }, { id: other.id }])).map(
        ({ state }) => state,
      )
      assert.deepEqual(states, ['new', 'new'])
      const { items } = await enforcer.caller.call('lead.send', { ids: [one.id, other.id], unitId: 'hunnan' })
      assert.deepEqual(
        items.map(({ unit }) => unit.id),
        ['hunnan', 'hunnan'],
      )
      await elsewhere.caller.call('lead.read', { id: one.id })
    })

    it('is recalled before its last day, told of at once when late, and to the supervisors after two working days', async () => {
      const { id, firmName } = await sent()
      const morning = async (day: string) => {
        w.turnTo(`${day}T09:00:00+08:00`)
        await w.drainJobs()
      }
      const isSoon = (title: string) => title.includes('即将到期')
      const isLate = (title: string) => title.includes('应在11月30日反馈')
      await morning('2026-11-26')
      assert.equal((await titlesOf(officer, firmName)).filter(isSoon).length, 0)
      // Friday: the last day is the next working day.
      await morning('2026-11-27')
      await morning('2026-11-30')
      assert.equal((await titlesOf(officer, firmName)).filter(isSoon).length, 1)
      assert.equal((await titlesOf(leader, firmName)).filter(isLate).length, 0)
      await morning('2026-12-01')
      assert.equal((await titlesOf(leader, firmName)).filter(isLate).length, 1)
      assert.equal((await titlesOf(supervisor, firmName)).filter(isLate).length, 0)
      await morning('2026-12-02')
      assert.equal((await titlesOf(leader, firmName)).filter(isLate).length, 1)
      assert.deepEqual((await titlesOf(supervisor, firmName)).filter(isLate), [
        `${firmName}的超标线索应在11月30日反馈，已超过2个工作日`,
      ])
      const view = await officer.caller.call('lead.read', { id })
      assert.deepEqual([view.isOverdue, view.daysLeft, view.isInTime], [true, -2, null])
      const answered = await answer(id)
      assert.deepEqual([answered.isOverdue, answered.isInTime], [false, false])
    })

    it('lists find by turn, day, lateness and words, page by page', async () => {
      w.turnTo('2026-10-12T10:00:00+08:00')
      const q = '测试·翻页'
      const make = (n: number) => create({ firmName: `${q}第${n}有限公司`, exceededAt: `2026-10-0${n}T09:00:00+08:00` })
      const made: Api['lead.create']['output'][] = []
      for (const n of [1, 2, 3, 4, 5]) made.push(await make(n))
      const [late, inTime, answeredLate, owed] = made.map(({ id }) => id) as [string, string, string, string]
      await enforcer.caller.call('lead.send', { ids: [late, inTime, answeredLate] })
      w.turnTo('2026-10-19T10:00:00+08:00')
      await answer(inTime)
      w.turnTo('2026-10-20T10:00:00+08:00')
      await answer(answeredLate)
      await enforcer.caller.call('lead.send', { ids: [owed] })
      w.turnTo('2026-10-27T10:00:00+08:00')
      const found = async (who: StaffMember, input: Api['lead.list']['input']) => {
        const places: string[] = []
        let cursor: string | undefined
        do {
          const page = await who.caller.call('lead.list', { ...input, q, limit: 2, cursor })
          for (const { id } of page.items) places.push(String(made.findIndex((one) => one.id === id) + 1))
          cursor = page.next ?? undefined
        } while (cursor !== undefined)
        return places.join('')
      }
      assert.equal(await found(enforcer, {}), '54321')
      assert.equal(await found(officer, {}), '4321')
      assert.equal(await found(elsewhere, {}), '')
      assert.equal(await found(officer, { scope: 'todo' }), '14')
      assert.equal(await found(enforcer, { scope: 'todo' }), '235')
      assert.equal(await found(supervisor, { due: 'overdue' }), '1')
      assert.equal(await found(supervisor, { due: 'today' }), '4')
      assert.equal(await found(supervisor, { isLate: true }), '31')
      assert.equal(await found(supervisor, { isLate: false }), '542')
      assert.equal(await found(supervisor, { isInTime: true }), '2')
      assert.equal(await found(supervisor, { isInTime: false }), '3')
      assert.equal(await found(supervisor, { states: ['new', 'sent'] }), '541')
      assert.equal(await found(supervisor, { sentFrom: '2026-10-13', sentTo: '2026-10-27' }), '4')
      assert.equal(await found(supervisor, { from: '2026-10-13' }), '')
      assert.equal(await found(supervisor, { outcome: 'confirmed', unitId: 'tiexi' }), '32')
      const byNumber = await enforcer.caller.call('lead.list', { q: (made[2]?.number ?? '').toLowerCase() })
      assert.deepEqual(
        byNumber.items.map(({ id }) => id),
        [answeredLate],
      )
    })

    it('the figures of task 21 are what the lists behind them hold', async () => {
      w.turnTo('2026-12-10T10:00:00+08:00')
      const { metrics } = await supervisor.caller.call('indicator.read', { no: 21 })
      const value = Object.fromEntries(metrics.map(({ key, value: one }) => [key, one]))
      const length = async (input: Record<string, unknown>) => {
        const { items, next } = await supervisor.caller.call('lead.list', { ...input, limit: 100 })
        assert.equal(next, null)
        return items.length
      }
      for (const { key, filter } of metrics) {
        if (filter?.isExact) assert.equal(await length(filter.input), value[key], key)
      }
      const rows = await w.service.house.ds.manager.find(Lead)
      const sentRows = rows.filter(({ sentOn, source }) => sentOn !== null && source !== 'tip')
      assert.equal(value['lead.received'], rows.filter(({ source }) => source !== 'tip').length)
      assert.equal(value['lead.sent'], sentRows.length)
      const late = sentRows.filter(({ answeredOn, dueOn }) => (answeredOn ?? '2026-12-10') > (dueOn ?? ''))
      assert.equal(value['lead.late'], late.length)
      assert.ok(late.length > 1 && late.length < sentRows.length)
      assert.equal(
        value['lead.inTime'],
        Math.round((1000 * (sentRows.length - late.length)) / sentRows.length) / 10,
        'all others were answered in time',
      )
    })

    it('late for long when it is first found out, each person hears of it once', async () => {
      w.turnTo('2026-12-01T10:00:00+08:00')
      const { firmName } = await sent()
      const isLate = (title: string) => title.includes('已超过3个工作日')
      w.turnTo('2026-12-11T09:00:00+08:00')
      await w.drainJobs()
      for (const who of [officer, leader, enforcer, supervisor]) {
        assert.equal((await titlesOf(who, firmName)).filter(isLate).length, 1, who.name)
      }
    })

    it('a branch officer who wished it is told in WeChat of what is new, sent back, due and late', async () => {
      w.turnTo('2026-12-14T10:00:00+08:00')
      const login = 'hears-of-leads'
      const other = await staff(w, { role: 'officer', unitId: 'shenbei', as: login })
      const { caller } = other
      const templates = (await caller.call('notice.templates', {})).items.find(
        ({ moment }) => moment === 'officerLeads',
      )
      assert.deepEqual(
        templates?.templates.map(({ key }) => key),
        ['leadAssigned', 'leadDue'],
      )
      const accepted = ['leadAssigned', 'leadDue'].map((key) => ({ key, accepted: true }))
      for (let times = 0; times < 2; times++) {
        for (const { templateId } of templates?.templates ?? []) w.service.sandbox?.grant(demoOpenid(login), templateId)
        await caller.call('notice.grant', { templates: accepted })
      }
      const heard = () =>
        (w.service.sandbox?.sent ?? [])
          .filter((one) => one.page === `enforcement/lead/index?id=${id}`)
          .map(({ data }) => [data['thing3'], data['date4']])
      const { id } = await create({ districtCode: '210113' })
      await enforcer.caller.call('lead.send', { ids: [id] })
      await w.drainJobs()
      const until = '2026年12月21日'
      assert.deepEqual(heard(), [['新移交，请现场核查', until]])
      await answer(id, other)
      await enforcer.caller.call('lead.return', { id, text: '请补充限值依据。' })
      for (const day of ['2026-12-18', '2026-12-22']) {
        w.turnTo(`${day}T09:00:00+08:00`)
        await w.drainJobs()
      }
      assert.deepEqual(heard(), [
        ['新移交，请现场核查', until],
        ['退回补充，请再核查', until],
        ['即将到期，请按时反馈', until],
        ['已经超期，请马上反馈', until],
      ])
    })
  })
}
