/** Who may be put in charge of a project (三级包保: 市局领导—分局领导—包保专员). */
import type { EntityManager } from 'typeorm'
import { Post } from '../people/post.js'
import type { StaffRole } from '../people/roles.js'
import { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { invalid } from '../problem.js'
import type { Project } from './project.js'

export type Place = 'officerPostId' | 'branchLeaderPostId' | 'cityLeaderPostId'
export const places: readonly Place[] = ['officerPostId', 'branchLeaderPostId', 'cityLeaderPostId']

interface PlaceRule {
  roles: readonly StaffRole[]
  /** Of the project's branch, of an office of the bureau, or either. */
  from: readonly ('branch' | 'office')[]
  refusal: string
}

const rules: Readonly<Record<Place, PlaceRule>> = {
  // 市局审批的项目可以由行政审批处的专员包保
  officerPostId: { roles: ['officer'], from: ['branch', 'office'], refusal: '请选择本分局或市局处室的包保专员' },
  branchLeaderPostId: { roles: ['leader'], from: ['branch'], refusal: '请选择项目所属分局的领导' },
  cityLeaderPostId: { roles: ['leader', 'supervisor'], from: ['office'], refusal: '请选择市局领导' },
}

/** Whether the post may be put there, for a project of that branch. */
export function fits(
  place: Place,
  post: Pick<Post, 'role' | 'unitId'>,
  kind: Unit['kind'] | undefined,
  branchId: string | null,
): boolean {
  const { roles, from } = rules[place]
  const isFrom = from.some((one) => kind === one && (one === 'office' || post.unitId === branchId))
  return roles.includes(post.role) && isFrom
}

export const refusalOf = (place: Place): string => rules[place].refusal

/** @throws Problem invalid, on the first place whose post does not fit */
export async function checkAppointments(
  db: EntityManager,
  project: Project,
  wanted: Partial<Record<Place, string | null>>,
): Promise<void> {
  const posts = await byId(db, Post, Object.values(wanted))
  const units = await byId(
    db,
    Unit,
    [...posts.values()].map((post) => post.unitId),
  )
  for (const place of places) {
    const postId = wanted[place]
    if (postId === undefined || postId === null) continue
    const post = posts.get(postId)
    if (!post?.isActive) throw invalid(place, '没有这个岗位，或已停用')
    const kind = units.get(post.unitId)?.kind
    if (!fits(place, post, kind, project.unitId)) throw invalid(place, refusalOf(place))
  }
}
