/** What the pages about projects, visits, firms and oneself say: the rules behind them, without a phone. */
import './fakeWx'
import assert from 'node:assert/strict'
import { words } from '../../src/words/words'
import { curvesOf, hasEnoughInk } from '../../miniprogram/components/signature-pad/ink'
import { lineOf as cardOf } from '../../miniprogram/components/project-card/view'
import { viewOf as lineOf } from '../../miniprogram/components/stage-line/view'
import { stateOf } from '../../miniprogram/components/visit-card/view'
import { fieldsOf, sectionsOf } from '../../miniprogram/pages/data/view'
import { inputOf as joiningOf, notJoining, tidiedCode } from '../../miniprogram/pages/firms/view'
import { clockOf, ledgerOf } from '../../miniprogram/pages/project/view'
import { inputOf, noFilter, toggled } from '../../miniprogram/pages/projects/view'
import { missingIn, unsigned } from '../../miniprogram/pages/sign/view'
import { firmChoice, standingOf } from '../../miniprogram/services/firms'
import { loadWords } from '../../miniprogram/services/words'

const english = /[a-z]{3,}/i

before(async () => {
  const districts = [{ code: '210106', name: '铁西区', unitId: 'tiexi' }]
  const fetched = {
    request: ({ success }: { success(answer: object): void }) =>
      success({ statusCode: 200, data: { ...words, districts } }),
  }
  Object.assign((globalThis as unknown as { wx: object }).wx, fetched)
  await loadWords()
})

describe('a signature', () => {
  const stroke = [0, 0, 100, 0, 100, 100, 0, 100]
  it('is drawn without gaps from its first point to its last', () => {
    const curves = curvesOf(stroke)
    assert.deepEqual(curves[0]?.from, { x: 0, y: 0 })
    assert.deepEqual(curves.at(-1)?.to, { x: 0, y: 100 })
    for (const [at, { from }] of curves.entries()) if (at > 0) assert.deepEqual(from, curves[at - 1]?.to)
  })
  it('is not a tap or a slip of the finger', () => {
    assert.equal(hasEnoughInk([]), false)
    assert.equal(
      hasEnoughInk([
        [10, 10],
        [400, 300, 430, 320],
      ]),
      false,
    )
    assert.equal(hasEnoughInk([stroke]), true)
  })
  it('is asked for together with how satisfied somebody is', () => {
    assert.deepEqual(Object.keys(missingIn(unsigned)), ['satisfaction', 'signatureFileId'])
    assert.deepEqual(missingIn({ ...unsigned, satisfaction: 4, strokes: [stroke] }), {})
  })
})

describe('the firms somebody speaks for', () => {
  const me = (states: string[], posts: object[] = []) =>
    ({
      posts,
      enterprises: states.map((state, at) => ({ state, enterprise: { id: `firm${at}`, name: `${at}` } })),
    }) as never
  it('are asked about together, or one at a time when chosen', () => {
    assert.deepEqual(
      firmChoice(me(['verified', 'verified', 'pending'])).firms.map(({ value }) => value),
      ['', 'firm0', 'firm1'],
    )
    assert.equal(firmChoice(me(['verified', 'verified']), 'firm1').enterpriseId, 'firm1')
    assert.equal(firmChoice(me(['verified', 'verified']), 'left').enterpriseId, '')
    assert.deepEqual(firmChoice(me(['verified'])), { firms: [], enterpriseId: '' })
  })
  it('are never asked about together by an official, whom the server would answer for the whole branch', () => {
    assert.deepEqual(firmChoice(me(['verified'], [{}])), { firms: [], enterpriseId: 'firm0' })
    assert.equal(firmChoice(me(['verified', 'verified'], [{}]), '').enterpriseId, 'firm0')
  })
  it('are none while the only one waits to be verified', () => {
    assert.equal(standingOf(me([])), 'none')
    assert.equal(standingOf(me(['refused', 'pending'])), 'pending')
    assert.equal(standingOf(me(['pending', 'verified'])), 'verified')
  })
})

describe('joining a firm', () => {
  it('takes a code as it is typed or pasted', () => {
    assert.equal(tidiedCode(' 9121-0106 mb6300521l '), '91210106MB6300521L')
    assert.equal(tidiedCode('９１２１０１０６ＭＢ６３００５２１Ｌ'), '91210106MB6300521L')
  })
  it('sends the name and the district only of a firm that is new', () => {
    const typed = { ...notJoining, creditCode: 'X', name: '厂', districtCode: '210106' }
    assert.deepEqual(joiningOf(typed), { creditCode: 'X', title: undefined })
    assert.deepEqual(joiningOf({ ...typed, isNew: true }), {
      creditCode: 'X',
      title: undefined,
      name: '厂',
      districtCode: '210106',
    })
  })
})

describe('a project', () => {
  it('says in which step of how many it is', () => {
    const point = (title: string, state: string, on: string | null) => ({ stage: title, title, state, on }) as never
    const view = lineOf([
      point('前期', 'done', '2026-01-05'),
      point('编制中', 'now', '2026-02-06'),
      point('已报批', 'ahead', null),
    ])
    assert.equal(view.said, '共3步，现在是第2步：编制中，下一步已报批')
    assert.deepEqual(
      view.steps.map(({ isLast }) => isLast),
      [false, false, true],
    )
    assert.equal(view.steps[2]?.when, '还没到')
  })
  it('shows only the columns that have a value, in words', () => {
    const project = {
      nature: 'expand',
      investment: 0.5,
      environmentalInvestment: null,
      compileProgress: 0,
      startsThisYear: false,
      districtCode: '210106',
      documentType: 'form',
    } as never
    const rows = ledgerOf(project).flatMap((group) => group.rows)
    assert.deepEqual(rows, [
      { name: '建设性质', value: '扩建' },
      { name: '总投资', value: '0.5 万元' },
      { name: '今年开工', value: '否' },
      { name: '区县', value: '铁西区' },
      { name: '环评类别', value: '报告表' },
    ])
  })
  it('says of each stage whether it counts, and how long it took', () => {
    const point = (fields: object) =>
      ({ stage: 'review', title: '审查', state: 'done', on: '2026-01-05', ...fields }) as never
    const said = (fields: object) => lineOf([point(fields)]).steps[0]?.clock
    assert.equal(said({ counts: true, workdays: 3 }), '计时，用了3个工作日')
    assert.equal(said({ counts: false, workdays: 5 }), '不计时，过了5个工作日')
    assert.equal(said({ counts: false, workdays: null, state: 'ahead' }), '不计时')
    assert.equal(said({ counts: null, workdays: null }), '')
  })

  it('says the promised beside the legal deadline, and how far off each is', () => {
    const base = { source: '', confirmed: false, isOverdue: false, dueOn: '2026-01-16' }
    const clock = (fields: object, deadline: object) => ({
      startedOn: '2026-01-05',
      decidedOn: null,
      isPaused: false,
      used: 3,
      paused: 0,
      reduction: null,
      promised: { workdays: 10, ...base, ...deadline },
      legal: {
        days: 30,
        text: '法典第一百零二条',
        dueOnByCalendar: '2026-01-16',
        dueOnByWorkdays: '2026-01-28',
        ...base,
        ...deadline,
      },
      ...fields,
    })
    const shown = (fields: object, deadline: object) =>
      clockOf({ clock: clock(fields, deadline), clockNotes: [] } as never)
    const left = (fields: object, deadline: object) => shown(fields, deadline).deadlines.map((one) => one.left)
    assert.deepEqual(left({}, { daysLeft: 2 }), ['还剩2个工作日', '还剩2个工作日'])
    assert.deepEqual(left({}, { daysLeft: 0 }), ['今天到期', '今天到期'])
    assert.deepEqual(left({}, { daysLeft: -1, isOverdue: true }), ['已超1个工作日', '已超1个工作日'])
    assert.deepEqual(left({ isPaused: true }, { daysLeft: 2 }), ['暂停计时，日期会顺延', '暂停计时，日期会顺延'])
    assert.deepEqual(left({ decidedOn: '2026-01-08' }, { daysLeft: null }), ['按期办结', '按期办结'])
    const { deadlines, used, reduction } = shown(
      { decidedOn: '2026-01-08', paused: 2, reduction: { byWorkdays: 90, byCalendar: 80 } },
      { daysLeft: null },
    )
    assert.deepEqual(
      deadlines.map(({ name }) => name),
      ['承诺期限', '法定期限'],
    )
    assert.equal(deadlines[0]?.rule, '10个工作日，待市局确认')
    assert.match(
      deadlines[1]?.rule ?? '',
      /^30日：连休息日算到.*1月16日，只算工作日到.*1月28日，取早的（法典第一百零二条）$/,
    )
    assert.match(used, /受理，一共用3个工作日，另有2个工作日不计时$/)
    assert.equal(reduction, '比法定时限压缩90%')
    assert.deepEqual(clockOf({ clock: null, clockNotes: ['受理日没有登记，算不出期限'] }).notes, [
      '受理日没有登记，算不出期限',
    ])
  })

  it('shows in the ledger which deadline comes next', () => {
    const card = (fields: object) =>
      cardOf({ promisedDueOn: '2026-01-16', legalDueOn: '2026-02-04', isOverdue: false, ...fields } as never)
    assert.match(card({ daysLeft: 3 }).due, /^承诺期限.*，还剩3个工作日$/)
    assert.equal(card({ daysLeft: 0 }).due, '承诺期限今天到期')
    assert.equal(card({ daysLeft: -2, isOverdue: true }).due, '承诺期限已超2个工作日')
    assert.equal(card({ daysLeft: 0, promisedDueOn: null }).due, '法定期限今天到期')
    assert.equal(card({ daysLeft: null }).due, '')
  })

  it('is looked for by what was chosen and nothing else', () => {
    assert.deepEqual(Object.values(inputOf(noFilter)).filter(Boolean), [])
    const chosen = toggled(toggled(toggled(noFilter, 'stages', 'accepted'), 'stages', 'publicity'), 'careLevel', 'own')
    assert.deepEqual(inputOf(chosen).stage, ['accepted', 'publicity'])
    assert.equal(inputOf(toggled(chosen, 'careLevel', 'own')).careLevel, undefined)
    assert.deepEqual(inputOf(toggled(chosen, 'stages', 'accepted')).stage, ['publicity'])
  })
})

describe('a visit', () => {
  const of = (state: string, part: string, isConfirmed = false) =>
    ({ state, firms: [{ enterprise: {}, state: part, isConfirmed }] }) as never
  it('is told to a firm as its own answer, whatever the others in the park said', () => {
    assert.equal(stateOf(of('consented', 'offered'), true).word, '等您答复')
    assert.equal(stateOf(of('consented', 'declined'), true).word, '您已谢绝')
    assert.equal(stateOf(of('consented', 'offered'), false).word, '企业已同意')
  })
  it('waits for a signature until it has one, and is off for all when called off', () => {
    assert.equal(stateOf(of('held', 'held'), true).word, '等您签字确认')
    assert.equal(stateOf(of('held', 'held', true), true).word, '已上门')
    assert.equal(stateOf(of('cancelled', 'offered'), true).word, '已取消')
  })
})

describe('one’s own data', () => {
  const sections = {
    本人: { name: '王女士', phone: '13800000000', 注册时间: '2026-01-05T09:00:00+08:00' },
    所属企业: [
      {
        id: '1',
        enterprise: { id: '2', name: '某厂', creditCode: '91', districtCode: '210106' },
        title: null,
        state: 'verified',
        version: 1,
      },
    ],
    诉求: { 诉求: [{ 编号: 'QZ1', 标题: '问' }], 留言: [], 评价: [] },
    上传的文件: [{ 文件名: '表.pdf', 大小: 20_480 }],
    上门服务的答复与确认: [
      {
        visitId: 'v',
        enterpriseId: 'e',
        answer: 'thisMonth',
        answeredAt: '2026-01-05T09:00:00+08:00',
        satisfaction: 5,
        signatureFileId: 'f',
      },
    ],
  }
  it('is shown without the numbers of the machine and without codes', () => {
    const shown = sectionsOf(sections).flatMap(({ lists }) => lists.flatMap(({ records }) => records.flat()))
    for (const { name, value } of shown) assert.doesNotMatch(`${name} ${value.replace(/QZ1|pdf|KB/g, '')}`, english)
    assert.deepEqual(fieldsOf(sections.所属企业[0]), [
      { name: '企业', value: '某厂' },
      { name: '信用代码', value: '91' },
      { name: '区县', value: '铁西区' },
      { name: '状态', value: '已核实' },
    ])
    assert.deepEqual(
      fieldsOf(sections.上门服务的答复与确认[0])
        .map(({ value }) => value)
        .filter((value) => !value.includes('月') || value === '本月不用'),
      ['本月不用', '非常满意'],
    )
  })
  it('says where there is none, and how many there are where not all stand on the screen', () => {
    const [, messages] = sectionsOf(sections)[2]?.lists ?? []
    assert.equal(messages?.said, '没有')
    const many = sectionsOf({ 消息: Array.from({ length: 9 }, () => ({ 标题: '好' })) })[0]?.lists[0]
    assert.equal(many?.records.length, 5)
    assert.equal(many?.said, '一共9条，全部在导出的文件里')
  })
})
