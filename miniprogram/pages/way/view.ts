// Which question comes now, what it offers, and how far it is.
import type { ItemOf, Output } from '../../services/api'
import { dayText, instantNow } from '../../services/dates'
import type { KeptWay } from '../../services/keptWays'
import type { WayAnswers } from '../../services/wayAnswers'

export type Asked = Output<'path.questions'>
export type Question = Asked['questions'][number]
export type Key = Question['key']
type Found = ItemOf<'path.classes'>

type Area = NonNullable<Question['skippedWhen']>

/** Choices that the answer on the area leaves. */
const openChoices = ({ choices }: Question, { sensitive }: WayAnswers) =>
  choices.filter((one) => one.sensitive === null || one.sensitive.includes(sensitive as Area))

/** Besides 说不准 there must be two: one alone needs no asking. */
const LEAST: Partial<Record<Key, number>> = { line: 3 }

/** The questions that these answers lead through, in their order. */
export const askedNow = (questions: Question[], answers: WayAnswers): Question[] =>
  questions.filter((question) => {
    if (question.skippedWhen !== null && question.skippedWhen === answers.sensitive) return false
    return openChoices(question, answers).length >= (LEAST[question.key] ?? 0)
  })

export const isAnswered = (key: Key, answers: WayAnswers): boolean => key === 'situations' || answers[key] !== ''

/** The first question without an answer that stands before `key` or is it; going on never jumps over one. */
export function standAt(questions: Question[], answers: WayAnswers, key: Key | ''): number {
  const asked = askedNow(questions, answers)
  const open = asked.findIndex((one) => !isAnswered(one.key, answers))
  const at = asked.findIndex((one) => one.key === key)
  if (open === -1) return at === -1 ? asked.length - 1 : at
  return at === -1 ? open : Math.min(at, open)
}

export function stepOf(questions: Question[], answers: WayAnswers, at: number, most: number) {
  const asked = askedNow(questions, answers)
  const question = asked[at]
  if (!question) return null
  const chosen = question.key === 'situations' ? answers.situations : [answers[question.key]]
  const isKnown = answers.classCode !== ''
  const count = isKnown ? asked.length : most
  return {
    key: question.key,
    kind: question.kind,
    title: question.title,
    why: question.why,
    details: question.details,
    choices: openChoices(question, answers).map(({ value, title, hint }) => ({
      value,
      title,
      hint: hint ?? '',
      isChosen: chosen.includes(value),
    })),
    progress: isKnown ? `第 ${at + 1} 题，共 ${count} 题` : `第 ${at + 1} 题，最多 ${count} 题`,
    percent: Math.round(((at + 1) / count) * 100),
    isFirst: at === 0,
    isLast: at === asked.length - 1,
    isAnswered: isAnswered(question.key, answers),
  }
}
export type Step = NonNullable<ReturnType<typeof stepOf>>

export const foundOf = ({ code, title, group }: Found, chosen: string) => ({
  code,
  title,
  group,
  isChosen: code === chosen,
})

export const keptOf = ({ address, way, keptAt }: KeptWay) => ({
  address,
  title: way.project?.title ?? '名录里没有对上的行业',
  text: [way.documentName ?? '还要问一问', `${dayText(instantNow(keptAt))}存的`].join(' · '),
})

/** After another class, what was answered about the old one no longer holds. */
export const withClass = (answers: WayAnswers, classCode: string, classTitle: string): WayAnswers =>
  classCode === answers.classCode
    ? answers
    : { ...answers, classCode, classTitle, sensitive: '', line: '', situations: [] }

/** After another answer on the area, a line that is no longer offered is no answer. */
export function withArea(questions: Question[], answers: WayAnswers, sensitive: string): WayAnswers {
  const changed = { ...answers, sensitive }
  const line = askedNow(questions, changed).find(({ key }) => key === 'line')
  const holds = line && openChoices(line, changed).some(({ value }) => value === answers.line)
  return holds ? changed : { ...changed, line: '' }
}

export const toggled = (all: string[], one: string): string[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one]

/** As people call what they do; each finds its class. */
export const everydayTrades = ['机加工', '喷漆', '注塑', '食品', '养殖', '加油站', '汽修', '锅炉', '医院', '光伏']
