// What an officer needs to know also where there is no network: firms, the week's list, who went along. Kept from the last time.
import type { Output } from '../../services/api'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { keptOr } from '../../services/kept'
import { ownPosts, type Staff, type Unit } from '../../services/roster'
import type { Named, Official } from '../../services/visitRecord'

export type Week = Output<'visit.due'>

/** As many as a list gives at once; an officer has fewer projects. */
const ALL_AT_ONCE = 100
/** More than this is nobody's week. */
const MOST_OF_A_WEEK = 500

/** 专家组、指导小组: they assist with a case, and take none. The city's comes first, then that of one's own branch. */
export async function expertGroups(): Promise<Unit[]> {
  const groups = await keptOr('expertGroups', async () =>
    (await call('unit.list', {})).items.filter(({ parentId }) => parentId !== null),
  )
  const own = ownPosts().map(({ unit }) => unit.id)
  const rank = ({ parentId }: Unit) => (parentId === 'approval' ? 0 : own.includes(parentId ?? '') ? 1 : 2)
  return [...groups].sort((one, other) => rank(one) - rank(other))
}

export interface KnownFirm extends Named {
  projects: Named[]
}

/** The firms of the projects one can see, each with its projects. */
export const firms = (): Promise<KnownFirm[]> =>
  keptOr('firms', async () => {
    const { items } = await call('project.list', { isUnderCare: true, limit: ALL_AT_ONCE })
    const found = new Map<string, KnownFirm>()
    for (const { id, name, enterprise } of items) {
      if (!enterprise) continue
      const firm = found.get(enterprise.id) ?? { id: enterprise.id, name: enterprise.name, projects: [] }
      firm.projects.push({ id, name })
      found.set(enterprise.id, firm)
    }
    return [...found.values()]
  })

const WEEK_MS = 7 * 86_400_000
export type WhichWeek = 'this' | 'next'

/** A day of that week. */
export const dayIn = (which: WhichWeek): string => today(Date.now() + (which === 'next' ? WEEK_MS : 0))

/** One's own projects in a week, or the branch's: a leader's are more than come at once. */
export const weekOf = (which: WhichWeek): Promise<Week> =>
  keptOr(`week.${which}`, async () => {
    const day = dayIn(which)
    const week = await call('visit.due', { week: day, limit: ALL_AT_ONCE })
    for (let next = week.next; next !== null && week.items.length < MOST_OF_A_WEEK; ) {
      const page = await call('visit.due', { week: day, limit: ALL_AT_ONCE, cursor: next })
      week.items.push(...page.items)
      next = page.next
    }
    return week
  })

export const asOfficial = ({ id, name, unit }: Pick<Staff, 'id' | 'name' | 'unit'>): Official => ({
  postId: id,
  name,
  unit: unit.name,
})

const LAST_STAFF = 'record.lastStaff'

/** Who went the last time, with oneself first. */
export function usualStaff(): Official[] {
  const self = ownPosts()[0]
  const last = wx.getStorageSync<Official[]>(LAST_STAFF) || []
  if (!self) return last
  return [asOfficial(self), ...last.filter(({ postId }) => postId !== self.id)]
}

export function rememberStaff(staff: Official[]): void {
  wx.setStorageSync(LAST_STAFF, staff)
}
