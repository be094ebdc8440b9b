// What the home page of a firm shows: what waits for it, its projects, and whether it has a firm at all.
import type { CaseItem, Me, ProjectItem, VisitItem } from '../../../services/api'
import { dayText } from '../../../services/dates'

export interface Todo {
  key: string
  icon: string
  title: string
  text: string
  url: string
}

interface Waiting {
  cases: CaseItem[]
  visits: VisitItem[]
  unread: number
}

/** A case that waits for the firm, by its state; another state waits for nobody here. */
const todoOfState: Partial<Record<CaseItem['state'], string>> = {
  waiting: '请您补充材料',
  answered: '已经答复，请您看看',
}
/** A visit that waits for the firm, by what it may do. */
const todoOfVisit = [
  { verb: 'visit.confirm', title: '上门服务记好了，请您确认', state: 'held' },
  { verb: 'visit.consent', title: '想上门为您服务，看您方不方便', state: 'offered' },
] as const

export function todosOf({ cases, visits, unread }: Waiting): Todo[] {
  return [...cases.flatMap(caseTodo), ...visits.flatMap(visitTodo), ...unreadTodo(unread)]
}

function caseTodo({ id, state, title }: CaseItem): Todo[] {
  const said = todoOfState[state]
  return said ? [{ key: id, icon: 'chat', title: said, text: title, url: `/pages/case/index?id=${id}` }] : []
}

function visitTodo(visit: VisitItem): Todo[] {
  const { id, can, firms, project, plannedOn, plannedTime, startedAt } = visit
  const found = todoOfVisit.find(({ verb, state }) => can.includes(verb) && firms.some((firm) => firm.state === state))
  if (!found) return []
  const when = startedAt ? dayText(startedAt) : [dayText(plannedOn), plannedTime].filter(Boolean).join(' ')
  const text = [when, project?.name].filter(Boolean).join(' · ')
  return [{ key: id, icon: 'user-talk', title: found.title, text, url: `/pages/visit/index?id=${id}` }]
}

const unreadTodo = (unread: number): Todo[] =>
  unread > 0
    ? [{ key: 'unread', icon: 'notification', title: `${unread} 条新消息`, text: '', url: '/pages/messages/index' }]
    : []

export const projectOf = ({ id, name, stageTitle, stageOn, officer, unit }: ProjectItem) => ({
  id,
  name,
  stage: stageTitle,
  since: `${dayText(stageOn)}起`,
  officer: officer?.name ?? '',
  phone: officer?.workPhone ?? '',
  unit: unit?.name ?? '',
})

export type ProjectCard = ReturnType<typeof projectOf>

export type FirmState = 'unknown' | 'none' | 'pending' | 'verified'

/** The best of what the person is in any firm. */
export function firmStateOf(me: Me | null): FirmState {
  if (!me) return 'unknown'
  const states = me.enterprises.map(({ state }) => state)
  if (states.includes('verified')) return 'verified'
  return states.includes('pending') ? 'pending' : 'none'
}
