// Which of the pages of the task force and of enforcement somebody has, and what waits on each.
import type { Me, Output } from '../../services/api'

type Role = Me['posts'][number]['role'] | 'enterprise'

export interface Counts {
  mine?: Output<'decision.list'> | undefined
  reported?: Output<'decision.list'> | undefined
  lists?: Output<'handover.list'> | undefined
  /** Leads whose turn is the reader's. */
  leads?: Output<'lead.list'> | undefined
  /** Whether there are any leads at all for the reader. */
  hasLeads?: boolean
}

export interface TaskLink {
  word: string
  url: string
  waits: string
}

interface Page {
  items: object[]
  next: string | null
}

const countText = (page: Page | undefined, what: string) =>
  !page || page.items.length === 0 ? '' : `${page.items.length}${page.next === null ? '' : '+'}${what}`

const awaiting = (lists: Counts['lists']) => {
  const mine = (lists?.items ?? []).filter(({ can }) => can.includes('handover.acknowledge'))
  return mine.length === 0 ? '' : `${mine.length}份等签收`
}

/** A branch answers, the bureau hands over and closes. */
const leadsText = (role: Role, leads: Counts['leads']) =>
  countText(leads, role === 'supervisor' ? '条等处理' : '条等反馈')

export function linksOf(role: Role, { mine, reported, lists, leads, hasLeads = false }: Counts): TaskLink[] {
  const isKeeper = role === 'leader' || role === 'supervisor'
  const own = { word: '推进会交我办的事', url: '/supervisor/decisions/index?mine=1', waits: countText(mine, '件在办') }
  const handovers = { word: '移交执法的批复清单', url: '/supervisor/handovers/index', waits: awaiting(lists) }
  const exceedances = { word: '超标线索', url: '/enforcement/leads/index', waits: leadsText(role, leads) }
  return [
    ...(isKeeper ? [] : [own]),
    { word: '推进会', url: '/supervisor/meetings/index', waits: '' },
    ...(isKeeper
      ? [{ word: '推进会定的事', url: '/supervisor/decisions/index', waits: countText(reported, '件等核销') }]
      : []),
    // To those without a list it would say nothing.
    ...(isKeeper || hasLeads ? [exceedances] : []),
    ...(isKeeper || (lists?.items.length ?? 0) > 0 ? [handovers] : []),
    ...(isKeeper ? [{ word: '专班', url: '/officer/teams/index', waits: '' }] : []),
    ...(role === 'supervisor' ? [{ word: '建议列入指南的问题', url: '/supervisor/questions/index', waits: '' }] : []),
  ]
}
