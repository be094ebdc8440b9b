import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import type { Api } from '../../src/contract.js'
import type { Enterprise } from '../../src/people/enterprise.js'
import type { Project } from '../../src/projects/project.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { canvas } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { type Caller, type World, world } from '../world.js'

interface Scene {
  enterprise: Enterprise
  boss: Caller
  project: Project
  officer: StaffMember
  second: StaffMember
}
type Record = Api['visit.record']['input']

for (const database of databaseNames) {
  describe(`recording a visit, on ${database}`, () => {
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
    const sheet = (s: Scene, given: Partial<Record> = {}): Record => ({
      id: uuid(),
      kind: 'enterprise',
      enterpriseIds: [s.enterprise.id],
      projectId: s.project.id,
      startedAt: '2026-11-23T09:00:00+08:00',
      endedAt: '2026-11-23T09:50:00+08:00',
      staffIds: [s.officer.postId, s.second.postId],
      hosts: [{ name: '欧阳明月', title: '环保专员', phone: '13812345678' }],
      topics: ['政策解读'],
      summary: '讲解了报告表的材料和时限。',
      findings: [
        { text: '总量指标从哪里来', isSolved: false, category: 'procedure' },
        { text: '登记表怎么填', isSolved: true },
      ],
      ...given,
    })
    const rows = (sql: string, ...params: unknown[]) =>
      w.service.house.ds.query(sql, params) as Promise<{ [column: string]: unknown }[]>
    const photo = async (caller: Caller) => {
      const { body } = await upload(w, caller, await canvas().png().toBuffer(), { name: '照片.png' })
      return body.id as string
    }

    it('an unsolved finding becomes a case of the project, a solved one does not', async () => {
      const s = await scene()
      const visit = await s.officer.caller.call('visit.record', sheet(s))
      assert.deepEqual([visit.state, visit.unit?.id, visit.week], ['held', 'tiexi', '2026-11-23'])
      assert.deepEqual(
        visit.findings.map((finding) => [finding.text, finding.isSolved, finding.caseId !== null]),
        [
          ['总量指标从哪里来', false, true],
          ['登记表怎么填', true, false],
        ],
      )
      const id = visit.findings[0]?.caseId as string
      const opened = await s.officer.caller.call('case.read', { id })
      assert.deepEqual(
        [opened.source, opened.visitId, opened.category, opened.title, opened.officer?.postId, opened.project?.id],
        ['visit', visit.id, 'procedure', '总量指标从哪里来', s.officer.postId, s.project.id],
      )
      assert.equal((await s.boss.call('case.read', { id })).state, 'assigned')
      await w.drainJobs()
      const titles = (await s.officer.caller.call('notice.list', {})).items.map((item) => item.title)
      assert.equal(titles.filter((title) => title.startsWith('新诉求待签收')).length, 1)
    })

    it('ten identical records at once make one visit, its cases once, and tell the firm once', async () => {
      const s = await scene()
      const record = sheet(s, { fileIds: [await photo(s.officer.caller)] })
      const answers = await Promise.all(Array.from({ length: 10 }, () => s.officer.caller.try('visit.record', record)))
      assert.deepEqual(
        answers.map((answer) => answer.status),
        Array.from({ length: 10 }, () => 200),
      )
      assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body.findings))).size, 1)
      const [visits] = await rows('SELECT COUNT(*) AS n FROM visit WHERE id = ?', record.id)
      const [cases] = await rows('SELECT COUNT(*) AS n FROM help_case WHERE visitId = ?', record.id)
      const [findings] = await rows('SELECT COUNT(*) AS n FROM visit_finding WHERE visitId = ?', record.id)
      assert.deepEqual(
        [visits, cases, findings].map((row) => Number(row?.['n'])),
        [1, 1, 2],
      )
      await w.drainJobs()
      const told = (await s.boss.call('notice.list', {})).items
      assert.deepEqual(
        told.map((item) => item.title),
        ['上门服务记录，请您确认'],
      )
    })

    it('the same record again, days later and by the colleague, is the same visit; another body is refused', async () => {
      const s = await scene()
      const record = sheet(s)
      const first = await s.officer.caller.call('visit.record', record)
      const other = await s.officer.caller.try('visit.record', { ...record, summary: '改过了' })
      assert.equal(other.status, 409)
      const stranger = await staff(w, { role: 'officer', unitId: 'heping' })
      const theirs = sheet(s, { id: record.id, projectId: undefined, staffIds: [stranger.postId, s.second.postId] })
      assert.equal((await stranger.caller.try('visit.record', theirs)).status, 409)
      w.turnTo('2027-01-20T10:00:00+08:00')
      const again = await s.second.caller.call('visit.record', record)
      assert.deepEqual([again.id, again.version, again.recordedAt], [first.id, first.version, first.recordedAt])
    })

    it('at least two officials, and the one who writes is one of them', async () => {
      const s = await scene()
      const third = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const refusal = async (given: Partial<Record>) => {
        const { status, body } = await s.officer.caller.try('visit.record', sheet(s, given))
        return [status, body.errors?.[0]?.path]
      }
      assert.deepEqual(await refusal({ staffIds: [s.officer.postId] }), [422, 'staffIds'])
      assert.deepEqual(await refusal({ staffIds: [s.officer.postId, s.officer.postId] }), [422, 'staffIds'])
      assert.deepEqual(await refusal({ staffIds: [s.second.postId, third.postId] }), [422, 'staffIds'])
      // 国办发〔2024〕54号: a service is no inspection in disguise.
      const enforcer = await staff(w, { role: 'officer', unitId: 'enforcement' })
      assert.deepEqual(await refusal({ staffIds: [s.officer.postId, enforcer.postId] }), [422, 'staffIds'])
      const name = 'two-posts'
      const one = await staff(w, { role: 'officer', unitId: 'tiexi', as: name })
      const two = await staff(w, { role: 'leader', unitId: 'tiexi', as: name })
      const alone = await one.caller.try('visit.record', sheet(s, { staffIds: [one.postId, two.postId] }))
      assert.deepEqual([alone.status, alone.body.errors[0].path], [422, 'staffIds'])
    })

    it('there is no way to attach evidence, an inspection or a penalty', async () => {
      const s = await scene()
      for (const field of ['penalty', 'evidence', 'inspection', 'violation']) {
        const { status, body } = await s.officer.caller.try('visit.record', { ...sheet(s), [field]: '罚款' })
        assert.deepEqual([status, body.errors[0].path], [422, field])
      }
      const finding = { text: '台账不全', isSolved: true, penalty: '罚款' }
      const { status } = await s.officer.caller.try(
        'visit.record',
        sheet(s, { findings: [finding] } as Partial<Record>),
      )
      assert.equal(status, 422)
    })

    it('times run forward, not into the future, and not back beyond 31 days; a clock five minutes ahead is believed', async () => {
      const s = await scene()
      const faults = async (startedAt: string, endedAt: string) => {
        const { body } = await s.officer.caller.try('visit.record', sheet(s, { startedAt, endedAt, findings: [] }))
        return (body.errors ?? []).map((error: { path: string }) => error.path)
      }
      assert.deepEqual(await faults('2026-11-23T09:50:00+08:00', '2026-11-23T09:50:00+08:00'), ['endedAt'])
      assert.deepEqual(await faults('2026-11-23T09:50:00+08:00', '2026-11-23T10:06:00+08:00'), ['endedAt'])
      assert.deepEqual(await faults('2026-10-23T09:00:00+08:00', '2026-10-23T10:00:00+08:00'), ['startedAt'])
      assert.deepEqual(await faults('2026-10-23T10:00:00+08:00', '2026-10-23T09:00:00+08:00'), ['endedAt'])
      assert.deepEqual(await faults('2026-11-23T09:50:00+08:00', '2026-11-23T10:04:00+08:00'), [])
    })

    it('a place is not needed, and an odd one is flagged and kept', async () => {
      const s = await scene()
      const without = await s.officer.caller.call('visit.record', sheet(s, { findings: [] }))
      assert.deepEqual([without.place, without.isPlaceOdd], [null, false])
      const place = { name: '厂区', latitude: 39.9, longitude: 116.4 }
      const odd = await s.officer.caller.call('visit.record', sheet(s, { findings: [], place }))
      assert.deepEqual([odd.place, odd.isPlaceOdd], [place, true])
    })

    it('the planned visit becomes held under its own id; one the firm declined waits for a new consent', async () => {
      const s = await scene()
      const planned = await s.officer.caller.call('visit.plan', {
        kind: 'enterprise',
        enterpriseIds: [s.enterprise.id],
        projectId: s.project.id,
        plannedOn: '2026-11-23',
        staffIds: [s.officer.postId, s.second.postId],
        topics: ['政策解读'],
      })
      await s.boss.call('visit.decline', { id: planned.id, how: 'onlyThisOne' })
      const record = sheet(s, { id: planned.id, hosts: [] })
      assert.equal((await s.officer.caller.try('visit.record', record)).status, 409)
      await s.boss.call('visit.consent', { id: planned.id })
      const held = await s.officer.caller.call('visit.record', record)
      assert.deepEqual([held.id, held.state, held.firms[0]?.state], [planned.id, 'held', 'held'])
      assert.equal((await s.officer.caller.call('visit.record', record)).version, held.version)
      const { items } = await s.officer.caller.call('visit.due', {})
      assert.deepEqual([items[0]?.status, items[0]?.visitId], ['held', planned.id])
      assert.equal((await s.boss.try('visit.consent', { id: planned.id })).status, 409)
    })

    it('who granted a message gets it in WeChat: the offer, and the record to confirm', async () => {
      const s = await scene()
      const keys = ['visitPlanned', 'visitRecorded']
      const boss = await member(w, s.enterprise.id, 'granting')
      for (const key of keys) {
        w.service.sandbox?.grant(demoOpenid('granting'), w.service.house.know.templates.get(key)?.templateId ?? '')
      }
      await boss.call('notice.grant', { templates: keys.map((key) => ({ key, accepted: true })) })
      const { id } = await s.officer.caller.call('visit.plan', {
        kind: 'enterprise',
        enterpriseIds: [s.enterprise.id],
        projectId: s.project.id,
        week: '2026-11-23',
        staffIds: [s.officer.postId, s.second.postId],
        topics: ['政策解读'],
      })
      await w.drainJobs()
      await s.officer.caller.call('visit.record', sheet(s, { id }))
      await w.drainJobs()
      const { items } = await s.officer.caller.call('notice.deliveries', { subjectKind: 'visit', subjectId: id })
      assert.deepEqual(items.map((item) => item.state).sort(), ['inboxOnly', 'inboxOnly', 'sent', 'sent'])
    })

    it('without consent in the app somebody of the firm must have been there', async () => {
      const s = await scene()
      const { status, body } = await s.officer.caller.try('visit.record', sheet(s, { hosts: [] }))
      assert.deepEqual([status, body.errors[0].path], [422, 'hosts'])
    })

    it('a firm that paused visits is called on only where it is named who of it agreed, and it is asked to check', async () => {
      for (const [how, refusal] of [
        ['untilWeCall', '企业说过需要时再约，请先征得同意'],
        ['thisMonth', '企业说过本月不用，请先征得同意'],
      ] as const) {
        const s = await scene()
        const planned = await s.officer.caller.call('visit.plan', {
          kind: 'enterprise',
          enterpriseIds: [s.enterprise.id],
          projectId: s.project.id,
          plannedOn: '2026-11-23',
          staffIds: [s.officer.postId, s.second.postId],
          topics: ['政策解读'],
        })
        await s.boss.call('visit.decline', { id: planned.id, how })
        const record = sheet(s, { findings: [] })
        const refused = await s.officer.caller.try('visit.record', record)
        assert.deepEqual([refused.status, refused.body.title], [409, refusal])
        const unknown = await s.officer.caller.try('visit.record', { ...record, agreedBy: '别人' })
        assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, 'agreedBy'])
        const held = await s.officer.caller.call('visit.record', { ...record, agreedBy: '欧阳明月' })
        assert.deepEqual([held.isUnplanned, held.agreedBy], [true, '欧阳明月'])
        await w.drainJobs()
        const told = (await s.boss.call('notice.list', {})).items.find((item) => item.title.startsWith('上门服务记录'))
        assert.match(told?.text ?? '', /没有事先约，请核对是否同意/)
        const seen = await s.boss.call('visit.read', { id: record.id })
        assert.deepEqual([seen.isUnplanned, seen.agreedBy], [true, '欧阳*'])
        assert.equal(JSON.stringify(await rows('SELECT * FROM visit WHERE id = ?', record.id)).includes('欧阳'), false)
      }
    })

    it('a visit the firm agreed to is no surprise, even while others are paused', async () => {
      const s = await scene()
      const plan = {
        kind: 'enterprise' as const,
        enterpriseIds: [s.enterprise.id],
        plannedOn: '2026-11-23',
        staffIds: [s.officer.postId, s.second.postId],
        topics: ['政策解读'],
      }
      const agreed = await s.officer.caller.call('visit.plan', { ...plan, projectId: s.project.id })
      const other = await s.officer.caller.call('visit.plan', plan)
      await s.boss.call('visit.consent', { id: agreed.id })
      await s.boss.call('visit.decline', { id: other.id, how: 'untilWeCall' })
      const held = await s.officer.caller.call('visit.record', sheet(s, { id: agreed.id, findings: [] }))
      assert.equal(held.isUnplanned, false)
      await w.drainJobs()
      const told = (await s.boss.call('notice.list', {})).items.find((item) => item.title.startsWith('上门服务记录'))
      assert.doesNotMatch(told?.text ?? '', /核对是否同意/)
      assert.match(told?.text ?? '', /不取证、不处罚、不收费/)
      assert.doesNotMatch(`${told?.text}${held.statement}`, /谢绝/)
    })

    it('photos are taken with the firm’s agreement alone, and the firm reads what was said of it', async () => {
      const s = await scene()
      const fileIds = [await photo(s.officer.caller)]
      const { status, body } = await s.officer.caller.try('visit.record', sheet(s, { fileIds, photosAgreed: false }))
      assert.deepEqual([status, body.errors[0].path], [422, 'fileIds'])
      for (const [given, shown] of [
        [{ fileIds, photosAgreed: true }, true],
        [{ photosAgreed: false }, false],
        [{}, null],
      ] as const) {
        const { id } = await s.officer.caller.call(
          'visit.record',
          sheet(s, { findings: [], ...given } as Partial<Record>),
        )
        assert.equal((await s.boss.call('visit.read', { id })).photosAgreed, shown)
      }
    })

    it('a visit for a project is its last contact, and one written down late does not put the day back', async () => {
      const s = await scene()
      const contact = async () => (await s.officer.caller.call('project.read', { id: s.project.id })).lastContactOn
      await s.officer.caller.call('visit.record', sheet(s, { findings: [] }))
      assert.equal(await contact(), '2026-11-23')
      const { items } = await s.officer.caller.call('project.history', { id: s.project.id })
      assert.deepEqual([items[0]?.verb, items[0]?.changes[0]?.title], ['visit.record', '最近联系日'])
      const earlier = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00', findings: [] }
      await s.officer.caller.call('visit.record', sheet(s, earlier))
      assert.equal(await contact(), '2026-11-23')
    })

    it('with several firms it is said whose an unsolved question is, and its case is that firm’s alone', async () => {
      const s = await scene()
      const other = await firm(w)
      const otherBoss = await member(w, other.id)
      const enterpriseIds = [s.enterprise.id, other.id]
      const text = '固废怎么分类'
      const unclear = sheet(s, { kind: 'park', enterpriseIds, findings: [{ text, isSolved: false }] })
      const { body } = await s.officer.caller.try('visit.record', unclear)
      assert.equal(body.errors[0].path, 'findings.0.enterpriseId')
      const findings = [{ text, isSolved: false, enterpriseId: other.id }]
      const visit = await s.officer.caller.call('visit.record', sheet(s, { kind: 'park', enterpriseIds, findings }))
      const id = visit.findings[0]?.caseId as string
      assert.equal((await otherBoss.call('case.read', { id })).project, null)
      assert.equal((await s.boss.try('case.read', { id })).status, 404)
      assert.deepEqual((await s.boss.call('visit.read', { id: visit.id })).findings, [])
    })

    it('the firm’s persons are sealed, masked for others, and in clear for the officials of the visit', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.record', sheet(s))
      const stored = JSON.stringify([
        await rows('SELECT * FROM visit WHERE id = ?', id),
        await rows('SELECT * FROM audit_entry WHERE subjectId = ?', id),
      ])
      assert.ok(!stored.includes('欧阳') && !stored.includes('13812345678'))
      const clear = [{ name: '欧阳明月', title: '环保专员', phone: '13812345678' }]
      assert.deepEqual((await s.second.caller.call('visit.read', { id })).hosts, clear)
      const masked = [{ name: '欧阳*', title: '环保专员', phone: '138****5678' }]
      assert.deepEqual((await s.boss.call('visit.read', { id })).hosts, masked)
      const { items } = await s.officer.caller.call('visit.list', {})
      assert.ok(!JSON.stringify(items).includes('明月'))
    })

    it('the firm sees the photos, signs and rates, once; the counter says how many', async () => {
      const s = await scene()
      const { id } = await s.officer.caller.call('visit.record', sheet(s, { fileIds: [await photo(s.officer.caller)] }))
      const seen = await s.boss.call('visit.read', { id })
      assert.deepEqual(seen.can, ['visit.confirm'])
      assert.equal(seen.files.length, 1)
      const auth = { headers: { Authorization: `Bearer ${s.boss.token}` } }
      assert.equal((await w.http.get(seen.files[0]?.url as string, auth)).status, 200)
      const confirm = { id, satisfaction: 5, remark: '很有帮助' }
      const theirs = await photo(s.officer.caller)
      const wrong = await s.boss.try('visit.confirm', { ...confirm, signatureFileId: theirs })
      assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'signatureFileId'])
      const signatureFileId = await photo(s.boss)
      const confirmed = await s.boss.call('visit.confirm', { ...confirm, signatureFileId })
      assert.deepEqual(
        [
          confirmed.firms[0]?.satisfaction,
          confirmed.firms[0]?.remark,
          confirmed.firms[0]?.signature?.id,
          confirmed.can,
        ],
        [5, '很有帮助', signatureFileId, []],
      )
      const again = await s.boss.try('visit.confirm', { ...confirm, signatureFileId: await photo(s.boss) })
      assert.equal(again.status, 409)
      const { statement, items } = await s.boss.call('visit.counter', {})
      assert.match(statement, /不是检查/)
      assert.deepEqual(items[0]?.counter, { year: 2026, offered: 1, held: 1, declined: 0 })
      assert.deepEqual((await s.boss.call('visit.list', { awaitsConfirmation: true })).items, [])
      const outsider = await member(w, (await firm(w)).id)
      assert.equal((await outsider.try('visit.confirm', { ...confirm, signatureFileId })).status, 404)
    })

    it('who confirmed is exported to them, and after erasing nobody: the confirmation itself stays', async () => {
      const s = await scene()
      await s.boss.call('person.update', { name: '端木小雨' })
      const { id } = await s.officer.caller.call('visit.record', sheet(s, { findings: [] }))
      const signatureFileId = await photo(s.boss)
      await s.boss.call('visit.confirm', { id, satisfaction: 4, remark: '端木小雨：谢谢', signatureFileId })
      const { sections } = await s.boss.call('person.export', {})
      assert.equal((sections['上门服务的答复与确认'] as { visitId: string }[])[0]?.visitId, id)
      await s.boss.call('person.erase', { confirm: '注销' })
      const [part] = await rows('SELECT * FROM visit_enterprise WHERE visitId = ?', id)
      assert.deepEqual(
        [part?.['confirmedBy'], part?.['signatureFileId'], part?.['remark']],
        [null, null, '〔已删除〕：谢谢'],
      )
      const left = await s.officer.caller.call('visit.read', { id })
      assert.ok(left.firms[0]?.confirmedAt)
      assert.deepEqual([left.firms[0]?.satisfaction, left.firms[0]?.signature], [4, null])
    })

    it('the list is paged by day, newest first, and each visit stands in it once', async () => {
      const s = await scene()
      const days = ['2026-11-20', '2026-11-18', '2026-11-20', '2026-11-19']
      for (const day of days) {
        const times = { startedAt: `${day}T09:00:00+08:00`, endedAt: `${day}T10:00:00+08:00` }
        await s.officer.caller.call('visit.record', sheet(s, { ...times, findings: [] }))
      }
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const filter = { projectId: s.project.id, limit: 3, ...(cursor === undefined ? {} : { cursor }) }
        const page = await s.officer.caller.call('visit.list', filter)
        seen.push(...page.items.map((item) => (item.startedAt ?? '').slice(0, 10)))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      assert.deepEqual(seen, ['2026-11-20', '2026-11-20', '2026-11-19', '2026-11-18'])
      const window = await s.officer.caller.call('visit.list', { projectId: s.project.id, to: '2026-11-18' })
      assert.equal(window.items.length, 1)
    })
  })
}
