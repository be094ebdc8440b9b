// A question that a case has answered, as a card, and what the clerk is asked before it goes anywhere.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import type { Question } from '../../components/ask/question'

type Proposed = ItemOf<'guide.questions'>

const tones: Record<Proposed['state'], string> = { proposed: 'warn', taken: 'good', dismissed: 'calm' }

export const lineOf = (one: Proposed) => ({
  id: one.id,
  version: one.version,
  guideId: one.guide.id,
  guide: one.guide.title,
  question: one.question,
  answer: one.answer,
  tag: wordFor('questionStates', one.state),
  tone: tones[one.state],
  from: `诉求 ${one.caseNumber} · ${one.proposedBy} · ${dayText(one.proposedAt)}`,
  note: one.note ?? '',
  canTake: one.can.includes('guide.takeQuestion'),
  canLeave: one.can.includes('guide.leaveQuestion'),
})
export type QuestionLine = ReturnType<typeof lineOf>

export const views = [
  { value: 'proposed', text: '等处理', filter: { state: 'proposed' } },
  { value: 'taken', text: '已列入草稿', filter: { state: 'taken' } },
  { value: 'dismissed', text: '没有列入', filter: { state: 'dismissed' } },
] as const

export const leaving = (id: string): Question => ({
  form: `guide.leaveQuestion.${id}`,
  title: '不列入指南',
  label: '为什么不列入',
  hint: '如：指南里已经写了',
  button: '不列入',
  most: 500,
  isLine: false,
  choices: [],
  freeCode: '',
})
