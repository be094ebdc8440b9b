// From a number down to what it counted: the page that shows a list of the server with that filter.

export interface ListFilter {
  verb: string
  input: Record<string, unknown>
}

/** Each takes `?title=…&filter=<the list's input as JSON>`. */
const pageOf: Record<string, string> = {
  'case.list': '/pages/case-list/index',
  'application.list': '/officer/applications/index',
  'visit.list': '/pages/visits/index',
  'visit.due': '/supervisor/week/index',
  'project.list': '/pages/project-list/index',
  'rectification.list': '/supervisor/rectifications/index',
  'rejection.list': '/supervisor/rejections/index',
  'guide.list': '/supervisor/guides/index',
  'guide.comments': '/supervisor/comments/index',
  'meeting.list': '/supervisor/meetings/index',
  'decision.list': '/supervisor/decisions/index',
  'handover.list': '/supervisor/handovers/index',
  'team.list': '/officer/teams/index',
  'lead.list': '/enforcement/leads/index',
  'tip.list': '/enforcement/tips/index',
  'reward.list': '/enforcement/rewards/index',
  'money.list': '/enforcement/money/index',
  'reconciliation.list': '/enforcement/reconciliations/index',
}

export const hasPage = ({ verb }: { verb: string }): boolean => verb in pageOf

export function openFilter({ verb, input }: ListFilter, title = ''): void {
  const url = pageOf[verb]
  if (!url) return
  const filter = encodeURIComponent(JSON.stringify(input))
  void wx.navigateTo({ url: `${url}?title=${encodeURIComponent(title)}&filter=${filter}` })
}

/** What a list page was opened with. */
export function readFilter(query: Record<string, string | undefined>): {
  title: string
  filter: Record<string, unknown>
} {
  const { title = '', filter = '' } = query
  return {
    title: decodeURIComponent(title),
    filter: filter ? (JSON.parse(decodeURIComponent(filter)) as Record<string, unknown>) : {},
  }
}
