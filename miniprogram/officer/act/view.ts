// A command on a case as it is being written: what is shown of each question, and what goes to the server.
import type { CaseView, FileView } from '../../services/api'
import { dueDayText, stateWord, toneOf } from '../../services/caseWords'
import type { Act, Question } from './verbs'

export interface ActFields {
  texts: Record<string, string>
  unit: { id: string; name: string } | null
  staff: { id: string; name: string } | null
  files: FileView[]
}

export const noFields = (): ActFields => ({ texts: {}, unit: null, staff: null, files: [] })

export interface QuestionLine extends Question {
  value: string
  error: string
}

export function linesOf({ questions }: Act, fields: ActFields, errors: Record<string, string>): QuestionLine[] {
  const chosen: Partial<Record<Question['kind'], string>> = {
    unit: fields.unit?.name ?? '',
    staff: fields.staff?.name ?? '',
  }
  return questions
    .filter(({ staffOf }) => staffOf !== 'chosen' || fields.unit !== null)
    .map((question) => ({
      ...question,
      value: chosen[question.kind] ?? fields.texts[question.name] ?? '',
      error: errors[question.name] ?? '',
    }))
}

/** Left out where nothing was given: the server says what it needs. */
export function inputOf({ questions }: Act, fields: ActFields): Record<string, unknown> {
  const answers: Record<Question['kind'], (question: Question) => unknown> = {
    unit: () => fields.unit?.id,
    staff: () => fields.staff?.id,
    files: () => fields.files.map(({ id }) => id),
    choice: ({ name, as }) => typed(fields.texts[name], as),
    // A text that is needed is sent empty too, so that the server finds it missing along with the others.
    line: ({ name, isOptional }) => written(fields.texts[name], isOptional),
    prose: ({ name, isOptional }) => written(fields.texts[name], isOptional),
  }
  return Object.fromEntries(
    questions
      .map((question) => [question.name, answers[question.kind](question)] as const)
      .filter(([, answer]) => answer !== undefined),
  )
}

const written = (text = '', isOptional = false) => (text.trim() === '' && isOptional ? undefined : text)
function typed(value: string | undefined, as: Question['as']): unknown {
  if (value === undefined) return undefined
  return as === 'number' ? Number(value) : value === 'true'
}

/** A choice that the server would make by itself is to be made here. */
export function unchosen({ questions }: Act, fields: ActFields): Record<string, string> {
  const open = questions.filter(({ kind, name }) => kind === 'choice' && fields.texts[name] === undefined)
  return Object.fromEntries(open.map(({ name }) => [name, '请选择']))
}

const BLANK = /【[^【】]*】/g

/** A canned reply leaves blanks, `【日期】`: none of them is to reach the enterprise as it is. */
export function unfilled({ questions }: Act, fields: ActFields): Record<string, string> {
  return Object.fromEntries(
    questions.flatMap(({ name, takesReplies }) => {
      const blanks = takesReplies ? fields.texts[name]?.match(BLANK) : null
      return blanks ? [[name, `这里还没填：${[...new Set(blanks)].join('')}`]] : []
    }),
  )
}

/** The case in short. */
export function headOf(view: CaseView) {
  const { number, title, state, enterprise, project, clock, text } = view
  return {
    number,
    title,
    text,
    state: stateWord(state, true),
    tone: toneOf(state),
    whose: [enterprise?.name ?? '个人提出', project?.name].filter(Boolean).join(' · '),
    due: dueText(view),
    isLate: clock.isOverdue,
  }
}

function dueText({ state, clock }: CaseView): string {
  if (clock.isPaused) return '等企业补充，暂不计时'
  if (state !== 'assigned' && state !== 'handling') return ''
  if (!clock.isOverdue) return `${dueDayText(clock)}前答复`
  return clock.overdueBy > 0 ? `已超期 ${clock.overdueBy} 个工作日` : '已超期'
}
