// One project of the week's list in words, and what can be done about it.
import type { ItemOf } from '../../services/api'
import { dayText, weekdayText } from '../../services/dates'
import { wordFor } from '../../services/words'

export type DueItem = ItemOf<'visit.due'>
type Step = 'plan' | 'record' | 'open'

const standing: Record<DueItem['status'], { tone: string; steps: Step[] }> = {
  due: { tone: 'bad', steps: ['plan', 'record'] },
  offered: { tone: 'warn', steps: ['open', 'record'] },
  planned: { tone: 'info', steps: ['record', 'open'] },
  held: { tone: 'good', steps: ['open'] },
  declined: { tone: 'calm', steps: ['open', 'plan'] },
  paused: { tone: 'calm', steps: [] },
  exempt: { tone: 'calm', steps: [] },
}
const words: Record<Step, string> = { plan: '约企业', record: '记录', open: '查看' }

export interface DueLine {
  key: string
  project: string
  firm: string
  status: string
  tone: string
  reason: string
  when: string
  officer: string
  steps: { step: Step; word: string; url: string; isMain: boolean }[]
}

export function dueLineOf(item: DueItem, ownPostIds: string[], week = ''): DueLine {
  const { project, enterprise, officer, status, reason, plannedOn, plannedTime, visitId } = item
  const { tone, steps } = standing[status]
  const about = queryOf({ projectId: project.id, enterpriseId: enterprise?.id, week })
  const urls: Record<Step, string> = {
    plan: `/officer/plan/index?${about}`,
    record: `/officer/record/index?${queryOf({ visitId, projectId: project.id })}`,
    open: `/pages/visit/index?id=${visitId ?? ''}`,
  }
  const possible = steps.filter((step) => step !== 'open' || visitId !== null)
  return {
    key: project.id,
    project: project.name,
    firm: enterprise?.name ?? '还没有对上企业',
    status: wordFor('weekStatuses', status),
    tone,
    reason: reason === wordFor('weekStatuses', status) ? '' : inDays(reason),
    when:
      status === 'planned' || status === 'offered'
        ? [weekdayText(plannedOn), plannedTime].filter(Boolean).join(' ')
        : '',
    officer: officer && !ownPostIds.includes(officer.postId) ? officer.name : '',
    steps: possible.map((step, index) => ({
      step,
      word: words[step],
      url: urls[step],
      isMain: index === 0 && step !== 'open',
    })),
  }
}

/** Days as people say them. */
const inDays = (text: string): string => text.replace(/\d{4}-\d{2}-\d{2}/g, (day) => dayText(day))

const queryOf = (fields: Record<string, string | null | undefined>): string =>
  Object.entries(fields)
    .flatMap(([name, value]) => (value ? `${name}=${value}` : []))
    .join('&')

/** What is still to do comes first. */
const order: DueItem['status'][] = ['due', 'planned', 'offered', 'declined', 'paused', 'held', 'exempt']
export const byUrgency = (one: DueItem, other: DueItem): number =>
  order.indexOf(one.status) - order.indexOf(other.status)
export const isToDo = ({ status }: DueItem): boolean => ['due', 'planned', 'offered'].includes(status)
