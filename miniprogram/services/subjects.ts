// Where what a message, a figure or a link is about is opened.

export type SubjectKind =
  | 'case'
  | 'rectification'
  | 'application'
  | 'rejection'
  | 'visit'
  | 'project'
  | 'guide'
  | 'membership'
  | 'calendar'

/** The page of one thing; each takes `?id=`. */
const pageOf: Partial<Record<SubjectKind, string>> = {
  case: '/pages/case/index',
  rectification: '/officer/rectification/index',
  application: '/pages/application/index',
  rejection: '/supervisor/rejections/index',
  visit: '/pages/visit/index',
  project: '/pages/project/index',
  guide: '/pages/guide/index',
  membership: '/pages/firms/index',
}

export function openSubject({ subjectKind, subjectId }: { subjectKind: SubjectKind; subjectId: string }): void {
  const url = pageOf[subjectKind]
  if (url) void wx.navigateTo({ url: `${url}?id=${subjectId}` })
}
