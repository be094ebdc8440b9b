// The units and their people, and in which posts one is oneself; known also where there is no network.
import type { ItemOf, Me } from './api'
import { call } from './call'
import { keptOr } from './kept'
import { currentMe } from './session'

export type Staff = ItemOf<'staff.list'>
export type Unit = ItemOf<'unit.list'>
type Post = Me['posts'][number]

/** As many as a list gives at once; a unit has fewer people. */
const ALL_AT_ONCE = 100
/** Who takes cases and goes on visits. */
export const handling: readonly string[] = ['officer', 'leader', 'supervisor']
/** Of tips. */
const taking: readonly string[] = [...handling, 'enforcer']

/** Who can take a case or a tip, or go on a visit, of one unit. */
export const staffOf = (unitId: string): Promise<Staff[]> =>
  keptOr(`staff.${unitId}`, async () => {
    const { items } = await call('staff.list', { unitId, isActive: true, limit: ALL_AT_ONCE })
    return items.filter(({ role }) => taking.includes(role))
  })

export const units = (): Promise<Unit[]> =>
  keptOr('units', async () => (await call('unit.list', {})).items.filter(({ kind }) => kind !== 'group'))

const POSTS = 'known.posts'

/** The posts in which one handles things, also when it is not yet known who is here. */
export function ownPosts(): Post[] {
  const me = currentMe()
  if (me) wx.setStorageSync(POSTS, me.posts)
  const posts = me?.posts ?? (wx.getStorageSync<Post[]>(POSTS) || [])
  return posts.filter(({ role }) => handling.includes(role))
}
