// Where what a message, a figure or a link is about is opened.

export type SubjectKind =
  | 'case'
  | 'rectification'
  | 'visit'
  | 'project'
  | 'guide'
  | 'membership'
  | 'calendar'
  | 'meeting'
  | 'decision'
  | 'handover'
  | 'question'

/** The page of one thing; each takes `?id=`. */
const pageOf: Partial<Record<SubjectKind, string>> = {
  case: '/pages/case/index',
  rectification: '/officer/rectification/index',
  visit: '/pages/visit/index',
  project: '/pages/project/index',
  guide: '/pages/guide/index',
  membership: '/pages/firms/index',
  meeting: '/supervisor/meeting/index',
  decision: '/supervisor/decisions/index',
  handover: '/supervisor/handover/index',
  question: '/supervisor/questions/index',
}

export function openSubject({ subjectKind, subjectId }: { subjectKind: SubjectKind; subjectId: string }): void {
  const url = pageOf[subjectKind]
  if (url) void wx.navigateTo({ url: `${url}?id=${subjectId}` })
}
