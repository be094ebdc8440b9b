/** What officers write is checked before it is sent, and the server's objections stand where they belong. */
import assert from 'node:assert/strict'
import './fakeWx.js'
import { acts } from '../../miniprogram/officer/act/verbs.js'
import { inputOf, linesOf, noFields, unchosen, unfilled } from '../../miniprogram/officer/act/view.js'
import { errorsOf, faultsOf, wrongOf } from '../../miniprogram/officer/record/view.js'
import { planOf, noPlan } from '../../miniprogram/officer/plan/view.js'
import { blankFields, recordOf, type VisitFields } from '../../miniprogram/services/visitRecord.js'

const firm = { id: 'f1', name: '甲' }
const other = { id: 'f2', name: '乙' }
const staff = ['p1', 'p2'].map((postId) => ({ postId, name: postId, unit: '铁西' }))
const finding = { key: 'k', text: '总量从哪里来', isSolved: false, category: '' as const, enterpriseId: '' }
const whole: VisitFields = {
  ...blankFields('2026-11-25', staff),
  firms: [firm],
  startTime: '09:00',
  endTime: '10:00',
  summary: '讲了材料',
}

describe('the record of a visit', () => {
  it('that says everything needed has no faults', () => {
    assert.deepEqual(faultsOf(whole), {})
  })

  it('empty is told all that it lacks at once', () => {
    assert.deepEqual(Object.keys(faultsOf(blankFields('2026-11-25'))), [
      'enterpriseIds',
      'staffIds',
      'startedAt',
      'endedAt',
      'summary',
    ])
  })

  it('ends after it begins, or on the next day where that is said', () => {
    const night = { ...whole, startTime: '22:30', endTime: '00:40' }
    assert.deepEqual(faultsOf({ ...whole, endTime: '09:00' }), {
      endedAt: '走的时间要比到的晚。过了半夜才走的，请点「第二天」',
    })
    assert.deepEqual(Object.keys(faultsOf(night)), ['endedAt'])
    assert.deepEqual(faultsOf({ ...night, endsNextDay: true }), {})
    const { startedAt, endedAt } = recordOf('v', { ...night, day: '2026-11-30', endsNextDay: true }, [])
    assert.deepEqual([startedAt, endedAt], ['2026-11-30T22:30:00+08:00', '2026-12-01T00:40:00+08:00'])
  })

  it('of several firms says whose an unsolved question is', () => {
    assert.deepEqual(faultsOf({ ...whole, firms: [firm, other], findings: [finding] }), {
      'findings.0': '请选择是哪家企业提出的',
    })
    assert.deepEqual(faultsOf({ ...whole, findings: [finding] }), {})
  })

  it('becomes a command without its empty lines', () => {
    const hosts = [
      { key: '1', name: '', title: '', phone: '' },
      { key: '2', name: '王女士', title: '', phone: '' },
    ]
    const findings = [{ ...finding, key: '3', text: ' ' }, finding]
    const place = { name: '', latitude: 41.8, longitude: 123.4 }
    const record = recordOf('v', { ...whole, hosts, findings, place }, [])
    assert.equal(record.startedAt, '2026-11-25T09:00:00+08:00')
    assert.deepEqual(record.hosts, [{ name: '王女士' }])
    assert.deepEqual(record.findings, [{ text: '总量从哪里来', isSolved: false }])
    assert.deepEqual(record.place, { name: '上门地点', latitude: 41.8, longitude: 123.4 })
  })

  it('refused is marked on the line that the server meant', () => {
    const findings = [{ ...finding, text: '' }, finding]
    const said = {
      title: '',
      status: 422,
      type: 'invalid',
      errors: [{ path: 'findings.0.text', message: '最多2000字' }],
    }
    assert.deepEqual(errorsOf(said, { ...whole, findings }), { 'findings.1': '最多2000字' })
  })

  it('names the only fault, and counts several', () => {
    assert.equal(wrongOf({ summary: '请填写' }), '还不能发送：请填写')
    assert.equal(wrongOf({ summary: '请填写', staffIds: '至少两人' }), '有2处要改，请看红字')
  })
})

describe('an offer of a visit', () => {
  it('without a day is for the week', () => {
    const plan = planOf({ ...noPlan(staff), firms: [firm], topics: ['选址'], time: '09:30' }, '2026-12-01')
    assert.deepEqual(plan, {
      kind: 'enterprise',
      enterpriseIds: ['f1'],
      week: '2026-12-01',
      staffIds: ['p1', 'p2'],
      topics: ['选址'],
    })
  })
})

describe('a step on a case', () => {
  it('asks who takes it only once the unit is chosen', () => {
    const names = (fields = noFields()) => linesOf(acts.transfer, fields, {}).map(({ name }) => name)
    assert.deepEqual(names(), ['unitId', 'reason'])
    assert.deepEqual(names({ ...noFields(), unit: { id: 'hunnan', name: '浑南' } }), ['unitId', 'officerId', 'reason'])
  })

  it('sends a choice as what the server takes, and what is left out not at all', () => {
    const fields = { ...noFields(), texts: { workdays: '3', reason: '去现场' } }
    assert.deepEqual(inputOf(acts.extend, fields), { workdays: 3, reason: '去现场' })
    assert.deepEqual(inputOf(acts.agreeDecline, { ...noFields(), texts: { agree: 'false' } }), { agree: false })
    assert.deepEqual(inputOf(acts.answer, noFields()), { text: '', fileIds: [] })
  })

  it('does not take silence for consent', () => {
    assert.deepEqual(unchosen(acts.agreeExtension, noFields()), { agree: '请选择' })
    assert.deepEqual(unchosen(acts.release, noFields()), { isAllowed: '请选择' })
  })

  it('sends no canned reply with its blanks', () => {
    const said = (text: string) => ({ ...noFields(), texts: { text } })
    assert.deepEqual(unfilled(acts.answer, said('已经问过【单位名称】，【日期】前答复，【日期】见。')), {
      text: '这里还没填：【单位名称】【日期】',
    })
    assert.deepEqual(unfilled(acts.answer, said('已经问过水处（周三）。')), {})
    assert.deepEqual(unfilled(acts.note, said('【内部】')), {})
  })
})
