// WHAT THE WINDOW DOES with an application: each step with what is asked for, the likeliest first. `can` says which apply.
import type { Verb } from '../../services/api'
import type { ApplicationView } from '../../services/applicationWords'
import { wordFor } from '../../services/words'

interface Choice {
  value: string
  label: string
}

export interface Question {
  name: string
  kind: 'line' | 'prose' | 'one' | 'many'
  label: string
  placeholder?: string
  hint?: string
  isOptional?: boolean
  max?: number
  options?(view: ApplicationView): Choice[]
}

export interface Act {
  verb: Extract<Verb, `application.${string}`>
  title: string
  hint: string
  button: string
  done: string
  questions: readonly Question[]
}

const outstanding = ({ materials }: ApplicationView): Choice[] =>
  materials.filter(({ isPresent }) => !isPresent).map(({ name }) => ({ value: name, label: name }))

export const acts: readonly Act[] = [
  {
    verb: 'application.agreeRefusal',
    title: '同意否决',
    hint: '同意后告知企业依据、理由和救济途径，并登记备案，由市局审查。',
    button: '同意否决',
    done: '已否决并备案',
    questions: [],
  },
  {
    verb: 'application.returnRefusal',
    title: '不同意否决',
    hint: '退回继续办理。',
    button: '不同意，退回',
    done: '已退回',
    questions: [
      { name: 'text', kind: 'prose', label: '为什么不同意', placeholder: '如：依据不足，应当受理', max: 500 },
    ],
  },
  {
    verb: 'application.accept',
    title: '受理',
    hint: '要件齐全，应当受理。',
    button: '受理',
    done: '已受理',
    questions: [],
  },
  {
    verb: 'application.notify',
    title: '一次性告知',
    hint: '缺的都会列给企业。只有这一次，请一次说全，以后不能再要求补正。',
    button: '一次性告知',
    done: '已告知',
    questions: [
      {
        name: 'text',
        kind: 'prose',
        label: '还要说明的',
        placeholder: '如：报告表缺盖章页，补盖后一起交',
        isOptional: true,
        max: 2000,
      },
    ],
  },
  {
    verb: 'application.supplement',
    title: '登记补来的材料',
    hint: '企业补来了哪些，点一下。',
    button: '登记',
    done: '已登记',
    questions: [{ name: 'names', kind: 'many', label: '补来的', options: outstanding }],
  },
  {
    verb: 'application.decide',
    title: '批准',
    hint: '批准后告知企业文号。',
    button: '批准',
    done: '已批准',
    questions: [
      { name: 'approvalNumber', kind: 'line', label: '批复文号', placeholder: '如：沈环审〔2026〕1号', max: 60 },
    ],
  },
  {
    verb: 'application.refuse',
    title: '提出否决',
    hint: '不受理、不批准要有依据，由另一人同意，并登记备案。',
    button: '提出否决',
    done: '已提出，等另一人同意',
    questions: [
      {
        name: 'ground',
        kind: 'one',
        label: '情形',
        options: ({ grounds = [] }) =>
          grounds.map(({ ground, confirmed }) => ({
            value: ground,
            label: `${wordFor('refusalGrounds', ground)}${confirmed ? '' : '（以市局公布为准）'}`,
          })),
      },
      { name: 'basis', kind: 'line', label: '依据', placeholder: '法规名称和第几条', max: 200 },
      { name: 'reason', kind: 'prose', label: '理由', placeholder: '事实和理由，企业会看到', max: 2000 },
    ],
  },
  {
    verb: 'application.withdraw',
    title: '登记企业撤回',
    hint: '企业自己说不办了才能登记。',
    button: '登记撤回',
    done: '已撤回',
    questions: [{ name: 'text', kind: 'prose', label: '为什么撤回', isOptional: true, max: 500 }],
  },
]

export interface ActFields {
  texts: Record<string, string>
  many: string[]
}
export const noFields = (): ActFields => ({ texts: {}, many: [] })

export const actsOf = ({ can }: ApplicationView) => acts.filter(({ verb }) => can.includes(verb))

export const questionLines = ({ questions }: Act, view: ApplicationView, { texts, many }: ActFields) =>
  questions.map(({ options, ...question }) => ({
    ...question,
    options: options?.(view) ?? [],
    value: texts[question.name] ?? '',
    values: many,
  }))

export function inputOf({ questions }: Act, { id, version }: ApplicationView, { texts, many }: ActFields) {
  const answers = questions.map(({ name, kind, isOptional }): [string, unknown] => {
    const text = texts[name]
    if (kind === 'many') return [name, many]
    return [name, (text ?? '').trim() === '' && (isOptional || kind === 'one') ? undefined : (text ?? '')]
  })
  return { id, version, ...Object.fromEntries(answers.filter(([, answer]) => answer !== undefined)) }
}

/** What has to be chosen, before the server is asked. */
export const unchosen = ({ questions }: Act, { texts, many }: ActFields): Record<string, string> =>
  Object.fromEntries(
    questions
      .filter(({ kind, name }) => (kind === 'one' && !texts[name]) || (kind === 'many' && many.length === 0))
      .map(({ name }) => [name, '请选择']),
  )
