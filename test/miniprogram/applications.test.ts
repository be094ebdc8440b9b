/** What the window's pages say and send. */
import assert from 'node:assert/strict'
import './fakeWx.js'
import { acts, actsOf, inputOf as actInputOf, unchosen } from '../../miniprogram/officer/application/acts.js'
import {
  inputOf,
  linesOf,
  type Material,
  noFields,
  outlookOf,
  unchecked,
} from '../../miniprogram/officer/application-receive/view.js'
import { filterOf, views } from '../../miniprogram/officer/applications/view.js'
import { type ApplicationView, lineOf } from '../../miniprogram/services/applicationWords.js'
import { transitions } from '../../src/applications/states.js'
import { contract } from '../../src/contract.js'

const material = (name: string, canFollowLater = false) =>
  ({ name, why: '要看', canFollowLater }) as unknown as Material
const list = [material('申请'), material('报告表'), material('执照', true)]
const yes = { is: 'yes' as const, note: '' }
const no = { is: 'no' as const, note: ' 缺盖章页 ' }
const blank = noFields('2026-11-25')

describe('taking in at the window', () => {
  it('says what follows from the list while it is ticked', () => {
    assert.equal(outlookOf(list, {}), '还有3件没有核对')
    assert.equal(outlookOf(list, { 申请: yes, 报告表: yes, 执照: no }), '要件齐全，应当无条件受理')
    assert.match(outlookOf(list, { 申请: yes, 报告表: no, 执照: no }), /^缺1件/)
    assert.equal(outlookOf([], {}), '')
    assert.match(linesOf(list, {})[2]?.why ?? '', /可以后补/)
  })

  it('asks for all that is not filled in at once', () => {
    assert.deepEqual(Object.keys(unchecked(blank, list)), ['guideId', 'enterpriseId', 'materials'])
    assert.deepEqual(Object.keys(unchecked({ ...blank, isNewFirm: true }, [])), ['guideId', 'creditCode'])
  })

  it('sends every material of the list, and what is wrong with one only where it is not there', () => {
    const fields = {
      ...blank,
      guide: { id: 'g', title: '报告表' },
      firm: { id: 'f', name: '甲' },
      project: { id: 'p', name: '乙' },
      checks: { 申请: { is: 'yes' as const, note: '写错了' }, 报告表: no },
    }
    assert.deepEqual(inputOf(fields, list.slice(0, 2)), {
      guideId: 'g',
      enterpriseId: 'f',
      projectId: 'p',
      receivedOn: '2026-11-25',
      materials: [
        { name: '申请', isPresent: true },
        { name: '报告表', isPresent: false, note: '缺盖章页' },
      ],
    })
    const fresh = { ...fields, isNewFirm: true, creditCode: ' 91 ', firmName: ' 新厂 ' }
    const { creditCode, name, enterpriseId, projectId } = inputOf(fresh, [])
    assert.deepEqual([creditCode, name, enterpriseId, projectId], ['91', '新厂', undefined, undefined])
  })
})

describe('working on an application', () => {
  it('has a form for every step of the table that people take, and each example of the contract fits its form', () => {
    const steps = Object.keys(transitions).filter((step) => step !== 'application.deemOne')
    assert.deepEqual(acts.map(({ verb }) => verb).sort(), steps.sort())
    for (const { verb, questions } of acts) {
      const known = Object.keys(contract[verb].input.shape)
      for (const { name } of questions) assert.ok(known.includes(name), `${verb} ${name}`)
    }
  })

  it('shows those that apply, sends what was written, and asks for what was not chosen', () => {
    const row = {
      id: 'a',
      version: 3,
      can: ['application.refuse', 'application.supplement'],
    } as unknown as ApplicationView
    const [supplement, refuse] = actsOf(row)
    assert.ok(supplement && refuse)
    assert.deepEqual([supplement.verb, refuse.verb], ['application.supplement', 'application.refuse'])
    assert.deepEqual(unchosen(supplement, { texts: {}, many: [] }), { names: '请选择' })
    assert.deepEqual(unchosen(refuse, { texts: {}, many: [] }), { ground: '请选择' })
    assert.deepEqual(actInputOf(supplement, row, { texts: {}, many: ['报告表'] }), {
      id: 'a',
      version: 3,
      names: ['报告表'],
    })
    assert.deepEqual(actInputOf(refuse, row, { texts: { ground: 'notOurs' }, many: [] }), {
      id: 'a',
      version: 3,
      ground: 'notOurs',
      basis: '',
      reason: '',
    })
  })

  it('the views of the ledger are filters that the server takes', () => {
    for (const { value } of views)
      assert.ok(contract['application.list'].input.safeParse(filterOf(value)).success, value)
  })

  it('says to the firm and to the window, each in their words, what is waited for', () => {
    const item = {
      guide: { id: 'g', title: '报告表审批' },
      enterprise: { id: 'f', name: '甲厂', creditCode: '' },
      unit: { id: 'tiexi', name: '铁西分局' },
      state: 'received',
      missing: ['报告表'],
      receivedOn: '2026-11-24',
      due: { what: 'check', on: '2026-12-01', daysLeft: 0, isOverdue: false, isProvisional: false },
    } as unknown as ApplicationView
    assert.match(lineOf(item, true).standing, /前受理或一次性告知，今天是最后一天$/)
    assert.match(lineOf(item, false).standing, /^最晚.*告诉您缺什么，不告诉就算受理$/)
    assert.deepEqual([lineOf(item, true).who, lineOf(item, false).who], ['甲厂', '铁西分局窗口'])
    assert.equal(lineOf({ ...item, missing: [] } as ApplicationView, false).standing, '材料齐全，等受理')
    assert.match(lineOf({ ...item, state: 'supplementing' } as ApplicationView, false).standing, /^还要补：报告表$/)
  })
})
