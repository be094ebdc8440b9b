/** Who answers for a project: it never is nobody. */
import type { EntityManager } from 'typeorm'
import { holdersOf } from '../notices/holders.js'
import { Post } from '../people/post.js'
import type { Project } from './project.js'

type Owned = Pick<Project, 'officerPostId' | 'branchLeaderPostId' | 'cityLeaderPostId' | 'unitId'>

/** The branch leader who looks after it; where none is named, or nobody holds the post, the leaders of its branch. */
export async function leadersOf(db: EntityManager, project: Owned, today: string): Promise<string[]> {
  const named = project.branchLeaderPostId === null ? [] : await holdersOf(db, [project.branchLeaderPostId], today)
  if (named.length > 0 || project.unitId === null) return named
  const posts = await db.findBy(Post, { unitId: project.unitId, role: 'leader', isActive: true })
  return holdersOf(db, idsOf(posts), today)
}

/** The bureau: its supervisors, and the city leader who looks after the project. */
export async function supervisorsOf(db: EntityManager, project: Owned, today: string): Promise<string[]> {
  const posts = idsOf(await db.findBy(Post, { role: 'supervisor', isActive: true }))
  return holdersOf(db, [...posts, ...(project.cityLeaderPostId === null ? [] : [project.cityLeaderPostId])], today)
}

/** The persons who have it in hand: the officer or who stands in, otherwise the leaders, otherwise the bureau. */
export async function ownersOf(db: EntityManager, project: Owned, today: string): Promise<string[]> {
  const officers = project.officerPostId === null ? [] : await holdersOf(db, [project.officerPostId], today)
  if (officers.length > 0) return officers
  const leaders = await leadersOf(db, project, today)
  return leaders.length > 0 ? leaders : supervisorsOf(db, project, today)
}

const idsOf = (posts: readonly Post[]) => posts.map(({ id }) => id)
