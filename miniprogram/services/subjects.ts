// Where what a message, a figure or a link is about is opened.
import { currentMe } from './session'

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
  | 'meeting'
  | 'decision'
  | 'handover'
  | 'question'
  | 'tip'
  | 'reward'
  | 'payout'
  | 'reconciliation'
  | 'lead'

/** The page of one thing; each takes `?id=`. */
const pageOf: Partial<Record<SubjectKind, string>> = {
  case: '/pages/case/index',
  rectification: '/officer/rectification/index',
  application: '/pages/application/index',
  rejection: '/supervisor/rejections/index',
  visit: '/pages/visit/index',
  project: '/pages/project/index',
  guide: '/pages/guide/index',
  meeting: '/supervisor/meeting/index',
  decision: '/supervisor/decisions/index',
  handover: '/supervisor/handover/index',
  question: '/supervisor/questions/index',
  tip: '/enforcement/tip/index',
  reward: '/enforcement/reward/index',
  payout: '/enforcement/payout/index',
  reconciliation: '/enforcement/reconciliation/index',
  lead: '/enforcement/lead/index',
}

/** One's own tie to a firm is seen among one's firms; somebody else's waits to be verified. */
function membershipPage(id: string): string {
  const me = currentMe()
  const isOwn = me === null || me.posts.length === 0 || me.enterprises.some((membership) => membership.id === id)
  return isOwn ? '/pages/firms/index' : '/officer/members/index'
}

export function openSubject({ subjectKind, subjectId }: { subjectKind: SubjectKind; subjectId: string }): void {
  const url = subjectKind === 'membership' ? membershipPage(subjectId) : pageOf[subjectKind]
  if (url) void wx.navigateTo({ url: `${url}?id=${subjectId}` })
}
