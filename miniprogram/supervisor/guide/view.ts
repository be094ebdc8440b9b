// A guide's versions, what was done to each, and the steps that its keeper may take now.
import type { Output, Verb } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'
import type { Question } from '../../components/ask/question'
import { publicText, stateText, tones } from '../guides/view'

type Versions = Output<'guide.versions'>
type Version = Versions['items'][number]

const moves: Record<string, string> = {
  'guide.save': '起草',
  'guide.discard': '放弃草稿',
  'guide.submit': '报省厅审核',
  'guide.review': '登记省厅审核结果',
  'guide.file': '登记备案号',
  'guide.publish': '对外发布',
  'guide.withdraw': '撤下',
}

export const versionOf = (version: Version) => ({
  number: version.number,
  tag: wordFor('guideStates', version.state),
  tone: tones[version.state] ?? '',
  shown: version.isPublic ? '现在公开的就是这一版' : '',
  pairs: [
    { name: '备案号', text: version.filingNumber ?? '' },
    { name: '省厅意见', text: version.provinceNote ?? '' },
    { name: '发布', text: dayText(version.publishedOn) },
    { name: '撤下', text: dayText(version.withdrawnOn) },
  ].filter(({ text }) => text !== ''),
  moves: version.moves.map(({ verb, at, by, note }, index) => ({
    key: String(index),
    what: moves[verb] ?? '',
    when: [momentText(at), by ?? ''].filter((part) => part !== '').join(' · '),
    note: note ?? '',
  })),
})

const way = [
  { code: 'draft', word: '起草' },
  { code: 'submitted', word: '省厅审核' },
  { code: 'filed', word: '备案' },
  { code: 'published', word: '发布' },
] as const
/** How far the version being worked on has come: so many steps of the way are done. */
const doneAt: Record<string, number> = { draft: 0, returned: 0, submitted: 1, filed: 3, published: 4, withdrawn: 4 }

export function headOf({ guide }: Versions) {
  const done = guide.state === 'submitted' && guide.isReviewed ? 2 : (doneAt[guide.state] ?? 0)
  return {
    id: guide.id,
    title: guide.title,
    code: guide.code,
    tag: stateText(guide),
    tone: tones[guide.state] ?? '',
    number: guide.number,
    shown: publicText(guide),
    isPublic: guide.publishedNumber !== null,
    /** Taken down, there is no way to be on. */
    way:
      guide.state === 'withdrawn'
        ? []
        : way.map((step, index) => ({ ...step, isDone: index < done, isNow: index === done })),
    said: way
      .map(({ word }, index) => `${word}${index < done ? '已完成' : index === done ? '正在办' : '还没到'}`)
      .join('，'),
  }
}

export interface Action {
  verb: Verb
  word: string
  isMain: boolean
  /** Asked before it is done: a text, or only yes or no. */
  question: Omit<Question, 'form'> | null
  sure: string
  /** What the server is told besides the guide. */
  fieldsOf: (answer: { text: string; code: string }) => object
  /** The field of the text, as the server names it when it is wrong. */
  field: string
}

const text = { isLine: false, most: 1000, choices: [], freeCode: '' }
const plain = { isMain: true, question: null, sure: '', field: '', fieldsOf: () => ({}) }

const actions: readonly Action[] = [
  { ...plain, verb: 'guide.submit', word: '报省厅审核', sure: '报审后在退回以前不能再改，确定报审吗？' },
  {
    ...plain,
    verb: 'guide.review',
    word: '登记省厅审核结果',
    question: {
      ...text,
      title: '省厅审核结果',
      label: '省厅的意见',
      hint: '退回的，写明要改什么',
      button: '登记',
      choices: [
        { code: 'passed', word: '通过' },
        { code: 'returned', word: '退回' },
      ],
      freeCode: 'passed',
    },
    field: 'note',
    fieldsOf: ({ text: note, code }) => ({ isPassed: code === 'passed', note: note || undefined }),
  },
  {
    ...plain,
    verb: 'guide.file',
    word: '登记备案号',
    question: {
      ...text,
      title: '登记市营商局备案号',
      label: '备案号',
      hint: '照备案回执填写',
      button: '登记',
      most: 60,
      isLine: true,
    },
    field: 'filingNumber',
    fieldsOf: ({ text: filingNumber }) => ({ filingNumber }),
  },
  { ...plain, verb: 'guide.publish', word: '对外发布', sure: '发布后企业马上能看到，替换现在公开的一版。确定发布吗？' },
  {
    ...plain,
    verb: 'guide.withdraw',
    word: '停止公开',
    isMain: false,
    question: {
      ...text,
      title: '撤下这份指南',
      label: '为什么撤下',
      hint: '撤下后企业看不到它',
      button: '撤下',
      most: 500,
    },
    field: 'reason',
    fieldsOf: ({ text: reason }) => ({ reason }),
  },
  { ...plain, verb: 'guide.discard', word: '放弃草稿', isMain: false, sure: '在编的这一版不要了，回到公开的一版？' },
]

export const actionsOf = (can: readonly string[]): Action[] => actions.filter(({ verb }) => can.includes(verb))
export const actionFor = (verb: string): Action | undefined => actions.find((action) => action.verb === verb)
