// What is written down of a meeting, and what of it goes to the server. Each issue and decision has its id from here.
import type { Input, Output } from '../../services/api'
import { newId } from '../../services/identifier'

interface Named {
  id: string
  name: string
}
export interface Came {
  postId: string
  name: string
  isPresent: boolean
  excuse: string
}
type Way = 'ledger' | 'case'
export interface IssueFields {
  id: string
  text: string
  way: Way
  category: string
  project: Named | null
}
export interface DecisionFields {
  id: string
  text: string
  responsible: Named | null
  dueOn: string
}
export interface RecordFields {
  /** Whether what the server has was put in. */
  isBegun: boolean
  attendance: Came[]
  projects: Named[]
  summary: string
  issues: IssueFields[]
  decisions: DecisionFields[]
}

export const noRecord = (): RecordFields => ({
  isBegun: false,
  attendance: [],
  projects: [],
  summary: '',
  issues: [],
  decisions: [],
})

export const newIssue = (project: Named | null): IssueFields => ({
  id: newId(),
  text: '',
  way: 'case',
  category: '',
  project,
})
export const newDecision = (): DecisionFields => ({ id: newId(), text: '', responsible: null, dueOn: '' })

/** What was entered before stays on the server: here only what is new is written. */
export const begunWith = (meeting: Output<'meeting.read'>): RecordFields => ({
  isBegun: true,
  attendance: meeting.attendance.map(({ postId, name, isPresent, excuse }) => ({
    postId,
    name,
    isPresent: isPresent ?? true,
    excuse: excuse ?? '',
  })),
  projects: meeting.projects,
  summary: meeting.summary ?? '',
  issues: [],
  decisions: [],
})

type Category = NonNullable<NonNullable<Input<'meeting.record'>['issues']>[number]['category']>

export const recordOf = (id: string, fields: RecordFields): Input<'meeting.record'> => ({
  id,
  attendance: fields.attendance.map(({ postId, isPresent, excuse }) => ({
    postId,
    isPresent,
    ...(!isPresent && excuse.trim() && { excuse }),
  })),
  projectIds: fields.projects.map((project) => project.id),
  summary: fields.summary,
  issues: fields.issues.map((issue) => ({
    id: issue.id,
    text: issue.text,
    way: issue.way,
    ...(issue.project && { projectId: issue.project.id }),
    ...(issue.way === 'case' && issue.category !== '' && { category: issue.category as Category }),
  })),
  decisions: fields.decisions.map((decision) => ({
    id: decision.id,
    text: decision.text,
    responsiblePostId: decision.responsible?.id ?? '',
    dueOn: decision.dueOn,
  })),
})

/** What the server could only refuse: somebody and a day are to be chosen. */
export function unchosen({ decisions }: RecordFields): string {
  if (decisions.some(({ responsible }) => responsible === null)) return '定下的事还没有选谁负责'
  return decisions.some(({ dueOn }) => dueOn === '') ? '定下的事还没有选期限' : ''
}
