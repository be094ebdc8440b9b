/** The questions of a class, at most six, each with its choices and when it is asked: what a client needs to ask them by itself. */
import { districts } from '../districts.js'
import { settledByArea, UNSURE } from './lines.js'
import {
  classOf,
  type DocumentType,
  type PathTables,
  type ProjectClass,
  type QuestionKey,
  type QuestionRow,
} from './tables.js'

export interface Choice {
  value: string
  title: string
  hint: string | null
  /** Shown only after this answer to the question on the area; null: always. */
  sensitive: ('yes' | 'no' | 'unsure')[] | null
}

export interface Question {
  key: QuestionKey
  title: string
  why: string
  kind: QuestionRow['kind']
  /** Words of the law that the question turns on. */
  details: { title: string; text: string }[]
  choices: Choice[]
  /** Not asked after this answer to the question on the area. */
  skippedWhen: 'yes' | 'no' | 'unsure' | null
}

const plain = (value: string, title: string, hint?: string): Choice => ({
  value,
  title,
  hint: hint ?? null,
  sensitive: null,
})

/** Without a class that the list has, only what does not depend on it is asked. */
export function questionsOf(tables: PathTables, classCode: string | undefined): Question[] {
  const one = classCode === undefined ? undefined : classOf(tables, classCode)
  return tables.questions.questions.flatMap((row): Question[] => {
    const question = { ...row, details: [], choices: choicesOf(row, classCode), skippedWhen: null }
    switch (row.key) {
      case 'sensitive':
        return one?.sensitive === undefined ? [] : [{ ...question, details: areasOf(tables, one) }]
      case 'line':
        return one ? lineQuestion(row, one) : []
      case 'districtCode':
        return [{ ...question, choices: districts.map(({ code, name }) => plain(code, name)) }]
      default:
        return [question]
    }
  })
}

const choicesOf = ({ choices = [] }: QuestionRow, classCode: string | undefined): Choice[] =>
  choices
    .filter(({ only }) => only === undefined || (classCode !== undefined && only.includes(classCode)))
    .map(({ value, title, hint }) => plain(value, title, hint))

const areasOf = ({ list }: PathTables, { sensitive = '' }: ProjectClass) => [
  { title: '这一类项目说的环境敏感区', text: sensitive },
  ...list.sensitiveAreas
    .filter(({ part }) => sensitive.includes(part))
    .map(({ part, text }) => ({ title: part, text })),
]

const columns: Record<DocumentType, string> = {
  report: '做报告书',
  form: '做报告表',
  registration: '做登记表',
  none: '不用办环评',
}

/** Left out where the class has one line whatever the area. */
function lineQuestion(row: QuestionRow, one: ProjectClass): Question[] {
  const open = one.lines.filter(({ isTrigger }) => !isTrigger)
  if (open.length < 2) return []
  const choices = open.map(
    ({ id, text, inWords, document, sensitive }): Choice => ({
      value: id,
      title: text,
      hint: [document && columns[document], inWords].filter(Boolean).join('。') || null,
      sensitive: sensitive === undefined ? null : [sensitive, 'unsure'],
    }),
  )
  return [
    {
      key: row.key,
      title: row.title,
      why: row.why,
      kind: row.kind,
      details: [],
      choices: [...choices, plain(UNSURE, '说不准', '可以继续，结果里会告诉您问谁')],
      skippedWhen: settledByArea(one, 'yes') ? 'yes' : null,
    },
  ]
}
