// What an officer needs to know also where there is no network: colleagues, firms, the week's list. Kept from the last time.
import type { ItemOf, Me, Output } from '../../services/api'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { Failure } from '../../services/failure'
import { currentMe } from '../../services/session'
import type { Named, Official } from '../../services/visitRecord'

export type Staff = ItemOf<'staff.list'>
export type Unit = ItemOf<'unit.list'>
export type Week = Output<'visit.due'>
type Post = Me['posts'][number]

/** From the server, kept; without a network what was kept the last time. @throws Failure when there is neither */
async function keptOr<T>(name: string, fetch: () => Promise<T>): Promise<T> {
  try {
    const fresh = await fetch()
    wx.setStorageSync(`known.${name}`, fresh)
    return fresh
  } catch (error) {
    const kept = wx.getStorageSync<T | ''>(`known.${name}`)
    if (error instanceof Failure && error.isOffline && kept) return kept
    throw error
  }
}

/** As many as a list gives at once; a unit has fewer people, an officer fewer projects. */
const ALL_AT_ONCE = 100
/** More than this is nobody's week. */
const MOST_OF_A_WEEK = 500
const handling: readonly string[] = ['officer', 'leader', 'supervisor']

/** Who can take a case or go on a visit, of one unit. */
export const staffOf = (unitId: string): Promise<Staff[]> =>
  keptOr(`staff.${unitId}`, async () => {
    const { items } = await call('staff.list', { unitId, isActive: true, limit: ALL_AT_ONCE })
    return items.filter(({ role }) => handling.includes(role))
  })

export const units = (): Promise<Unit[]> =>
  keptOr('units', async () => (await call('unit.list', {})).items.filter(({ kind }) => kind !== 'group'))

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

const POSTS = 'known.posts'

/** The posts in which one handles things, also when it is not yet known who is here. */
export function ownPosts(): Post[] {
  const me = currentMe()
  if (me) wx.setStorageSync(POSTS, me.posts)
  const posts = me?.posts ?? (wx.getStorageSync<Post[]>(POSTS) || [])
  return posts.filter(({ role }) => handling.includes(role))
}

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
