// A decision of a meeting as a card: what, whose, by when, how far; and the questions that move it on.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import type { Question } from '../../components/ask/question'

type Decision = ItemOf<'decision.list'>

function standing({ state, isOverdue }: Decision): { tag: string; tone: string } {
  if (isOverdue) return { tag: '超期', tone: 'bad' }
  const tone = { open: 'info', reported: 'warn', closed: 'good' }[state]
  return { tag: state === 'reported' ? '等核销' : wordFor('decisionStates', state), tone }
}

function dueOf({ state, dueOn, daysLeft, closedOn }: Decision): string {
  if (state === 'closed') return `${dayText(closedOn)}核销`
  if (daysLeft !== null && daysLeft < 0) return `${dayText(dueOn)}到期，超了${-daysLeft}个工作日`
  return `${dayText(dueOn)}前办好`
}

export const lineOf = (one: Decision) => ({
  id: one.id,
  version: one.version,
  text: one.text,
  who: one.responsible.name,
  due: dueOf(one),
  ...standing(one),
  from: `${dayText(one.meeting.onDate)}推进会：${one.meeting.topic}`,
  meetingId: one.meeting.id,
  project: one.project?.name ?? '',
  words: one.words.map(({ id, kind, text, by, at }) => ({
    id,
    text,
    about: [wordFor('decisionWords', kind), by ?? '', dayText(at)].filter(Boolean).join(' · '),
  })),
  canReport: one.can.includes('decision.report'),
  canClose: one.can.includes('decision.close'),
})
export type DecisionLine = ReturnType<typeof lineOf>

export const views = [
  { value: 'open', text: '没办完', filter: { states: ['open', 'reported'] } },
  { value: 'late', text: '超期', filter: { isOverdue: true } },
  { value: 'reported', text: '等核销', filter: { states: ['reported'] } },
  { value: 'closed', text: '已核销', filter: { states: ['closed'] } },
] as const

export const reporting = (id: string): Question => ({
  form: `decision.report.${id}`,
  title: '报进展',
  label: '办到哪一步了',
  hint: '如：区里已经同意调剂，批件下周出',
  button: '报上去',
  most: 2000,
  isLine: false,
  choices: [
    { code: 'done', word: '已经办好，请核销' },
    { code: 'progress', word: '还在办，先报进展' },
  ],
  freeCode: '',
})

export const closing = (id: string): Question => ({
  form: `decision.close.${id}`,
  title: '核销',
  label: '说明',
  hint: '退回的，写明还差什么',
  button: '定了',
  most: 1000,
  isLine: false,
  choices: [
    { code: 'agree', word: '办好了，核销' },
    { code: 'back', word: '还没办好，退回再办' },
  ],
  freeCode: 'agree',
})
