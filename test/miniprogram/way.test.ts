/** The way finder on the phone: which question comes now, what an answer undoes, and what the result says. */
import { storage } from './fakeWx'
import assert from 'node:assert/strict'
import {
  askedNow,
  isAnswered,
  type Question,
  standAt,
  stepOf,
  toggled,
  withArea,
  withClass,
} from '../../miniprogram/pages/way/view'
import { withAnswers } from '../../miniprogram/pages/help/view'
import { messageOf, requestOf, viewOf } from '../../miniprogram/pages/way-result/view'
import { keepWay, keptWay, keptWays, dropWay, type Way } from '../../miniprogram/services/keptWays'
import { addressOf, answersOf, inputOf, noAnswers } from '../../miniprogram/services/wayAnswers'

const choice = (value: string, sensitive: ('yes' | 'no' | 'unsure')[] | null = null) => ({
  value,
  title: value,
  hint: null,
  sensitive,
})
const question = (key: Question['key'], more: Partial<Question> = {}): Question => ({
  key,
  title: key,
  why: '',
  kind: 'one',
  details: [],
  choices: [],
  skippedWhen: null,
  ...more,
})
const questions = [
  question('classCode', { kind: 'class' }),
  question('sensitive', { choices: [choice('yes'), choice('no'), choice('unsure')] }),
  question('line', {
    choices: [choice('r1', ['yes', 'unsure']), choice('f1'), choice('g1'), choice('unsure')],
    skippedWhen: 'yes',
  }),
  question('districtCode'),
  question('nature'),
  question('situations', { kind: 'many' }),
]
const answers = { ...noAnswers, classCode: '90', classTitle: '风电', sensitive: 'no', line: 'f1' }
const keys = (all: Question[]) => all.map(({ key }) => key)

describe('the questions of the way finder, on the phone', () => {
  it('one that the area settles is not asked, nor one that has a single line left', () => {
    assert.equal(askedNow(questions, answers).length, 6)
    assert.deepEqual(keys(askedNow(questions, { ...answers, sensitive: 'yes' })), [
      'classCode',
      'sensitive',
      'districtCode',
      'nature',
      'situations',
    ])
    const single = questions.map((one) =>
      one.key === 'line' ? { ...one, choices: [choice('f1'), choice('unsure')] } : one,
    )
    assert.equal(keys(askedNow(single, answers)).includes('line'), false)
  })

  it('an answer on the area that takes the chosen line away takes its answer away, and only then', () => {
    const inside = { ...answers, sensitive: 'unsure', line: 'r1' }
    assert.equal(withArea(questions, inside, 'no').line, '')
    assert.equal(withArea(questions, inside, 'yes').line, '')
    assert.equal(withArea(questions, answers, 'unsure').line, 'f1')
  })

  it('another class undoes what was said of the old one, but not the place', () => {
    const full = { ...answers, districtCode: '210106', nature: 'new', situations: ['several'] }
    assert.deepEqual(withClass(full, '53', '塑料'), {
      ...noAnswers,
      classCode: '53',
      classTitle: '塑料',
      districtCode: '210106',
      nature: 'new',
    })
    assert.equal(withClass(full, '90', '风电'), full)
  })

  it('one goes on where one was, and never past a question without an answer', () => {
    assert.equal(standAt(questions, noAnswers, ''), 0)
    assert.equal(standAt(questions, answers, ''), 3)
    assert.equal(standAt(questions, answers, 'situations'), 3)
    assert.equal(standAt(questions, answers, 'line'), 2)
    assert.equal(standAt(questions, { ...answers, districtCode: '210106', nature: 'new' }, ''), 5)
    assert.equal(isAnswered('situations', noAnswers), true)
  })

  it('says how far it is, what is chosen, and which is the last', () => {
    const step = stepOf(questions, answers, 2, 6)
    assert.equal(step?.progress, '第 3 题，共 6 题')
    assert.deepEqual(
      step?.choices.map(({ value, isChosen }) => [value, isChosen]),
      [
        ['f1', true],
        ['g1', false],
        ['unsure', false],
      ],
    )
    assert.equal(stepOf(questions, noAnswers, 0, 6)?.progress, '第 1 题，最多 6 题')
    assert.deepEqual([stepOf(questions, answers, 5, 6)?.isLast, stepOf(questions, answers, 9, 6)], [true, null])
    assert.deepEqual([toggled(['a'], 'a'), toggled(['a'], 'b')], [[], ['a', 'b']])
  })
})

describe('answers in an address', () => {
  it('come back as they were, and are asked with as the server wants them', () => {
    const full = { ...answers, classTitle: '', districtCode: '210106', nature: 'new', situations: ['several', 'major'] }
    const address = addressOf(full)
    assert.equal(address, 'classCode=90&sensitive=no&line=f1&districtCode=210106&nature=new&situations=major.several')
    const query = Object.fromEntries(address.split('&').map((pair) => pair.split('=') as [string, string]))
    assert.deepEqual(answersOf(query), { ...full, situations: ['major', 'several'] })
    assert.deepEqual(inputOf(answersOf({ classCode: 'unknown', districtCode: '210106', nature: 'new' })), {
      classCode: 'unknown',
      districtCode: '210106',
      nature: 'new',
      situations: [],
    })
  })
})

const way: Way = {
  today: '2026-11-25',
  project: { code: '172', title: '射线装置', group: '核与辐射', name: '核技术利用建设项目' },
  answers: [{ key: 'line', title: '哪一种？', answer: '新增规模不超过原环评规模的50%' }],
  documentType: 'form',
  documentName: '生态环境影响报告表',
  formerName: '环境影响报告表',
  reasons: [{ text: '名录第172项', quote: null, source: '名录' }],
  possible: [],
  authority: { levels: [], text: '请先问窗口', source: '目录', isConfirmed: false },
  materials: { items: ['报批申请', '生态环境影响报告表'], source: '第4项', note: '以窗口公布为准' },
  promise: {
    workdays: 10,
    isImmediate: false,
    dueOn: '2026-12-09',
    isProvisional: false,
    skipped: [{ date: '2026-11-28', reason: '周六' }],
    source: '第4项',
    note: '',
  },
  legal: { value: 30, unit: 'day', quote: '三十日内', note: '', source: '第102条', dueOn: '2026-12-25' },
  dueOn: '2026-12-09',
  tracks: [
    { track: 'bundle', title: '打捆审批', applies: false, reason: '不行', source: '第7项', days: null, dueOn: null },
    { track: 'immediate', title: '即来即办', applies: null, reason: '问', source: '第5项', days: null, dueOn: null },
    {
      track: 'greenChannel',
      title: '绿色通道',
      applies: true,
      reason: '最多15日',
      source: '第5项',
      days: 15,
      dueOn: '2026-12-10',
    },
  ],
  guideIds: ['g'],
  guides: [{ id: 'g', code: 'HP-02', title: '报告表审批' }],
  unknowns: ['不知道的'],
  contact: { unit: { id: 'tiexi', name: '铁西生态环境分局' }, phones: [{ name: '热线', phone: '12345', source: '' }] },
  list: { title: '名录', effectiveFrom: '2021-01-01', source: '', isConfirmed: false },
}

describe('the answer of the way finder, on the phone', () => {
  it('puts the tracks that are open first, and says by when', () => {
    const page = viewOf(way)
    assert.deepEqual(
      page.tracks.map(({ title, word }) => [title, word]),
      [
        ['绿色通道', '走得通'],
        ['即来即办', '问窗口'],
        ['打捆审批', '不适用'],
      ],
    )
    // Promised for the 9th: nobody needs the later day.
    assert.match(page.tracks[0]?.reason ?? '', /12月10日前；上面承诺的日子更早，按承诺办$/)
    assert.match(viewOf({ ...way, promise: null }).tracks[0]?.reason ?? '', /12月10日前$/)
    assert.equal(page.title, '做生态环境影响报告表')
    assert.match(page.promise?.by ?? '', /12月9日 周三前$/)
    assert.match(page.legal?.by ?? '', /12月25日 周五前$/)
    assert.equal(page.promise?.skipped, '跳过了 1 个休息日')
  })

  it('without a document it promises nothing', () => {
    const page = viewOf({ ...way, documentType: null, documentName: null, promise: null, legal: null, authority: null })
    assert.deepEqual([page.title, page.promise, page.legal, page.isKnown], ['还定不下来做哪一种', null, null, false])
    assert.doesNotMatch(messageOf(page), /承诺/)
  })

  it('becomes the text of a request that an address can carry', () => {
    const text = requestOf(viewOf(way))
    assert.match(
      text,
      /^我在“我的项目怎么办”里这样答的：\n哪一种？新增规模不超过原环评规模的50％\n结果：做生态环境影响报告表\n/,
    )
    assert.equal(decodeURIComponent(text), text)
  })

  it('is kept under its answers, the newest ten', () => {
    storage.clear()
    for (let at = 0; at < 12; at += 1) keepWay(`line=${at}`, way, at)
    assert.equal(keptWays().length, 10)
    assert.equal(keptWay('line=0'), undefined)
    keepWay('line=5', way, 99)
    assert.deepEqual([keptWays().length, keptWays()[0]?.address], [10, 'line=5'])
    dropWay('line=5')
    assert.equal(keptWay('line=5'), undefined)
  })
})

describe('the answers in a request for help', () => {
  it('go beneath what was being written, once', () => {
    assert.equal(withAnswers('', '答'), '答')
    assert.equal(withAnswers('写到一半', '答'), '写到一半\n\n答')
    assert.equal(withAnswers('写到一半\n\n答', '答'), '写到一半\n\n答')
  })
})
