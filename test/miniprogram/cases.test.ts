/** What the pages of cases put into words: deadlines, the conversation, buttons, and what a request sends. */
import assert from 'node:assert/strict'
import { storage } from './fakeWx'
import { blocksOf, changedBlocks } from '../../miniprogram/components/case-blocks/blocks'
import { talkOf } from '../../miniprogram/components/case-talk/talk'
import { type Clock, deadlineOf, explained } from '../../miniprogram/components/deadline/view'
import { inputOf as actInputOf, acts } from '../../miniprogram/pages/case-act/acts'
import { headOf } from '../../miniprogram/pages/case/view'
import { emptyFields, inputOf, missing } from '../../miniprogram/pages/help/view'
import { dayText, today } from '../../miniprogram/services/dates'
import type { CaseItem, CaseView } from '../../miniprogram/services/api'
import { buttonsOf } from '../../miniprogram/services/caseActs'
import { leftText } from '../../miniprogram/services/caseWords'

const clock: Clock = {
  startedOn: '2026-11-23',
  dueOn: '2026-11-30',
  workdays: 5,
  used: 3,
  isPaused: false,
  isProvisional: false,
  isOverdue: false,
  overdueBy: 0,
  skipped: [{ date: '2026-11-28', reason: '周六' }],
}
const told = { state: 'handling' as const, closesOn: null, isStaff: false }

describe('a long list of cases', () => {
  const list = (count: number, title = '演示') =>
    Array.from({ length: count }, (_, n) => ({ id: String(n), title }) as CaseItem)
  const keys = (shown: CaseItem[], wanted: CaseItem[]) =>
    changedBlocks(blocksOf(shown), blocksOf(wanted)).map(({ key, items }) => [key, items.length])

  it('stands in blocks, in its order', () => {
    assert.deepEqual(
      blocksOf(list(23)).map(({ key, items }) => [key, items[0]?.id, items.length]),
      [
        [0, '0', 10],
        [1, '10', 10],
        [2, '20', 3],
      ],
    )
  })

  it('sets only those that have changed, and empties what is left over', () => {
    assert.deepEqual(keys(list(20), list(20)), [])
    assert.deepEqual(keys(list(23), list(40)), [
      [2, 10],
      [3, 10],
    ])
    assert.deepEqual(keys(list(23), list(10)), [
      [1, 0],
      [2, 0],
    ])
    assert.deepEqual(keys(list(10), list(10, '改过')), [[0, 10]])
  })
})

describe('the deadline of a case', () => {
  before(() => storage.clear())

  it('says what is left, what is due today and what is late', () => {
    assert.deepEqual(
      [3, 1, 0, -2].map((days) => leftText(days).text),
      ['还剩 3 个工作日', '还剩 1 个工作日', '今天到期', '已超期 2 个工作日'],
    )
    assert.equal(deadlineOf(clock, told).left?.text, '还剩 2 个工作日')
    assert.equal(deadlineOf({ ...clock, used: 6, isOverdue: true, overdueBy: 1 }, told).left?.text, '已超期 1 个工作日')
  })

  it('is late on the days off just after the due day, when none is counted yet', () => {
    assert.equal(deadlineOf({ ...clock, used: 5, isOverdue: true }, told).left?.text, '已超期')
  })

  it('does not run while the enterprise owes something, and says so to whom it speaks', () => {
    const paused = { ...clock, isPaused: true }
    assert.equal(deadlineOf(paused, { ...told, state: 'waiting' }).title, '等您补充，暂不计时')
    assert.equal(deadlineOf(paused, { ...told, state: 'waiting', isStaff: true }).title, '等企业补充，暂不计时')
  })

  it('stops with what is withdrawn or not done, and says which', () => {
    const days = (['answered', 'withdrawn', 'declined'] as const).map(
      (state) => deadlineOf(clock, { ...told, state }).day,
    )
    assert.deepEqual(days, ['用了 3 个工作日答复', '撤回了，不再计时', '没有办理，不再计时'])
  })

  it('is provisional where the calendar is not announced, with the reason', () => {
    const provisional = { ...clock, isProvisional: true }
    assert.match(deadlineOf(provisional, told).day, /（暂定）$/)
    assert.equal(explained(provisional).rule.length, 2)
    assert.deepEqual(explained(clock).days, [{ date: '2026-11-28', day: '11月28日 周六', reason: '周末' }])
  })
})

const enterprise = { kind: 'enterprise' as const, name: '演*', unit: null }
const officer = { kind: 'officer' as const, name: '演示丙', unit: '铁西分局' }
const said = (id: string, verb: string, at: string, more: object = {}) => ({
  id,
  verb,
  at,
  actor: enterprise,
  text: null,
  isHeld: false,
  files: [],
  ...more,
})
const view = {
  text: '要办什么',
  timeline: [
    said('1', 'case.submit', '2026-11-23T09:00:00+08:00', { isHeld: true }),
    said('2', 'case.sign', '2026-11-23T10:00:00+08:00', { actor: officer }),
    said('3', 'case.answer', '2026-11-24T10:00:00+08:00', { actor: officer, text: '两件材料' }),
    said('4', 'case.supply', '2026-11-24T11:00:00+08:00', { isHeld: true }),
  ],
  notes: [{ id: 'n', verb: 'case.note', at: '2026-11-23T11:00:00+08:00', actor: officer, text: '电话联系过' }],
} as unknown as CaseView
const sidesOf = (isStaff: boolean) => talkOf(view, { isStaff, uncovered: [] }).map(({ id, side }) => `${id} ${side}`)

describe('the conversation of a case', () => {
  it('has one’s own words on the right, and never an internal note for the enterprise', () => {
    assert.deepEqual(sidesOf(false), ['1 mine', '2 middle', '3 theirs', '4 mine'])
    assert.deepEqual(sidesOf(true), ['1 theirs', '2 middle', 'n note', '3 mine', '4 theirs'])
  })

  it('covers for staff what is not released, until it is tapped', () => {
    const [first] = talkOf(view, { isStaff: true, uncovered: [] })
    assert.equal(first?.isCovered, true)
    const [tapped] = talkOf(view, { isStaff: true, uncovered: ['1'] })
    assert.deepEqual([tapped?.isCovered, tapped?.hold], [false, '还没过内容审核，只有工作人员和写的人看得到'])
  })

  it('says of words that the reader may not see yet that they are being checked', () => {
    const held = talkOf(view, { isStaff: false, uncovered: [] }).at(-1)
    assert.deepEqual([held?.text, held?.hold], ['', '这段话还在审核，通过后显示'])
  })
})

describe('the buttons of a case', () => {
  const words = (can: string[], state: CaseView['state'], isStaff: boolean) => {
    const { main, second, rest } = buttonsOf({ can, state }, isStaff)
    return [main?.word, second?.word, rest.map(({ word }) => word)]
  }

  it('the next step first', () => {
    assert.deepEqual(words(['case.supply', 'case.withdraw'], 'waiting', false), ['补充材料', undefined, ['撤回']])
    assert.deepEqual(words(['case.rate', 'case.close', 'case.reopen'], 'answered', false), [
      '评价',
      '没解决，再提',
      ['确认办结'],
    ])
    assert.deepEqual(words(['case.sign', 'case.note'], 'assigned', true), ['签收', undefined, ['内部记录']])
  })

  it('where nothing presses, the first of what is possible is in sight', () => {
    assert.deepEqual(words(['case.note'], 'closed', true), [undefined, '内部记录', []])
  })

  it('an official of a firm acts as the enterprise under that hat', () => {
    assert.deepEqual(words(['case.answer', 'case.urge'], 'handling', false), ['催一下', undefined, []])
  })
})

describe('what a request sends', () => {
  const fields = { ...emptyFields, category: 'procedure' as const, title: '要什么', text: '材料' }

  it('a project says whose it is and where', () => {
    const input = inputOf({ ...fields, projectId: 'p', enterpriseId: 'e', districtCode: '210106' })
    assert.deepEqual(input, { category: 'procedure', title: '要什么', text: '材料', projectId: 'p', fileIds: [] })
  })

  it('only a complaint says whom it is about', () => {
    assert.equal('aboutNobody' in inputOf({ ...fields, about: 'nobody' }), false)
    assert.equal(inputOf({ ...fields, text: '结果：做报告表\n我想问：' }).text, '结果：做报告表')
    assert.match(inputOf({ ...fields, text: '结果：做报告表\n我想问：几天' }).text, /我想问：几天$/)
    const complaint = { ...fields, category: 'complaint' as const }
    assert.deepEqual(inputOf({ ...complaint, about: 'unit', aboutUnitId: 'heping' }).aboutUnitId, 'heping')
    assert.equal(inputOf({ ...complaint, about: 'nobody', aboutUnitId: 'heping' }).aboutUnitId, undefined)
    assert.deepEqual(missing({ ...complaint, about: 'officer' }), { aboutPostId: '请选择投诉哪一位' })
  })

  it('says what is missing, field by field', () => {
    assert.deepEqual(Object.keys(missing(emptyFields)), ['category', 'title', 'text'])
  })

  it('leaves out words where none are needed', () => {
    const nothing = { text: ' ', score: 4, files: [] }
    assert.deepEqual(actInputOf(acts['case.rate'], nothing), { score: 4 })
    assert.deepEqual(actInputOf(acts['case.urge'], nothing), {})
  })
})

describe('what happens next, said to the enterprise', () => {
  before(() => storage.clear())

  const next = (change: Partial<CaseView>) =>
    headOf(
      { category: 'procedure', officer: { name: '演示丙' }, rating: null, can: [], ...change } as unknown as CaseView,
      false,
    ).next

  it('no day that has passed is promised', () => {
    assert.equal(
      next({ state: 'assigned', signDueOn: '2026-01-05' }),
      `已转给演示丙，应当在${dayText('2026-01-05')}前签收，还没有签收。`,
    )
    assert.match(next({ state: 'assigned', signDueOn: today() }), /日前签收。$/)
  })

  it('who rated badly reads what is done about it', () => {
    const rated = (score: number) => next({ state: 'closed', rating: { score } as CaseView['rating'] })
    assert.match(rated(2), /另外派了人核实、改正/)
    assert.equal(rated(3), '已经办结。')
  })
})
