// A step on a tip or a reward as it is being written: what is shown of each question, and what goes to the server.
import type { FileView } from '../../services/api'
import { dayText } from '../../services/dates'
import { fenOf } from '../../services/money'
import { rewardLine, type RewardView } from '../services/rewardWords'
import { tipLine, type TipView } from '../services/tipWords'
import type { Act, Context, Option, Question } from './acts'

export interface ActFields {
  texts: Record<string, string>
  staff: { id: string; name: string } | null
  files: FileView[]
}

export const noFields = (): ActFields => ({ texts: {}, staff: null, files: [] })

const asked = ({ questions }: Act, { texts }: ActFields, context: Context): Question[] =>
  questions.filter(({ isAsked }) => isAsked?.(texts, context) ?? true)

export interface QuestionLine {
  name: string
  kind: Question['kind']
  label: string
  hint: string
  placeholder: string
  isOptional: boolean
  max: number
  options: Option[]
  value: string
  /** As it is shown where it is not as it is sent. */
  shown: string
  error: string
}

export const linesOf = (
  act: Act,
  fields: ActFields,
  context: Context,
  errors: Record<string, string>,
): QuestionLine[] =>
  asked(act, fields, context).map((question) => {
    const value = fields.texts[question.name] ?? ''
    return {
      name: question.name,
      kind: question.kind,
      label: question.label,
      hint: question.hint ?? '',
      placeholder: question.placeholder ?? '',
      isOptional: question.isOptional ?? false,
      max: question.max ?? 500,
      options: question.options?.(context) ?? [],
      value,
      shown: question.kind === 'staff' ? (fields.staff?.name ?? '') : question.kind === 'day' ? dayText(value) : value,
      error: errors[question.name] ?? '',
    }
  })

/** Left out where nothing was given: the server says what it needs. */
export function inputOf(act: Act, fields: ActFields, context: Context): Record<string, unknown> {
  const answers: Record<Question['kind'], (question: Question) => unknown> = {
    staff: () => fields.staff?.id,
    files: () => fields.files.map(({ id }) => id),
    choice: ({ name }) => fields.texts[name] || undefined,
    day: ({ name }) => fields.texts[name] || undefined,
    money: ({ name }) => fenOf(fields.texts[name] ?? ''),
    // A text that is needed is sent empty too, so that the server finds it missing along with the others.
    line: ({ name, isOptional }) => written(fields.texts[name], isOptional),
    prose: ({ name, isOptional }) => written(fields.texts[name], isOptional),
  }
  return Object.fromEntries(
    asked(act, fields, context)
      .map((question) => [question.name, answers[question.kind](question)] as const)
      .filter(([, answer]) => answer !== undefined),
  )
}

const written = (text = '', isOptional = false) => (text.trim() === '' && isOptional ? undefined : text)

/** What is to be chosen, and sums that are none, before the server is asked. */
export function faultsOf(act: Act, fields: ActFields, context: Context): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const { name, kind, isOptional = false } of asked(act, fields, context)) {
    const text = fields.texts[name] ?? ''
    if ((kind === 'choice' || kind === 'day') && !isOptional && text === '') faults[name] = '请选择'
    if (kind === 'staff' && !fields.staff) faults[name] = '请选人'
    if (kind === 'money' && text.trim() !== '' && fenOf(text) === undefined) faults[name] = '请写元数，如 50000'
  }
  return faults
}

export const headOfTip = (tip: TipView) => {
  const { firm, number, tag, tone, due, isLate } = tipLine(tip)
  return { title: firm, about: number, tag, tone, due, isLate, text: tip.text }
}

export const headOfReward = (reward: RewardView) => {
  const { amount, level, tag, tone, firm, about } = rewardLine(reward)
  return {
    title: `${amount}（${level}）`,
    about: `${about} · ${firm}`,
    tag,
    tone,
    due: '',
    isLate: false,
    text: reward.reason,
  }
}
export type Head = ReturnType<typeof headOfTip>
