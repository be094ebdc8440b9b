/** Who takes part in a visit: at least two officials, existing firms, and a project the officials may see. */
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import type { forUpdate } from '../database/transaction.js'
import { grantFor, grantsOf } from '../http/scopes.js'
import { invalid } from '../problem.js'
import type { Actor } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { ENFORCEMENT } from '../people/unit.js'
import { Project } from '../projects/project.js'
import { projectScopes } from '../projects/target.js'

/** 上门服务至少两人: posts of two different persons, all on the roster today. @throws Problem invalid */
export async function checkOfficials(db: EntityManager, staffIds: readonly string[]): Promise<Post[]> {
  const posts = await db.findBy(Post, { id: In([...staffIds]), isActive: true })
  const officials = posts.filter(({ role }) => role === 'officer' || role === 'leader' || role === 'supervisor')
  if (officials.length < staffIds.length) throw invalid('staffIds', '有的人员不在岗，请重新选择')
  // 国办发〔2024〕54号: 严禁变相检查; a service and enforcement are kept apart.
  if (officials.some(({ unitId }) => unitId === ENFORCEMENT)) throw invalid('staffIds', '上门是服务，执法队的人不参加')
  const distinct = (key: (post: Post) => string) => new Set(officials.map(key)).size
  if (
    Math.min(
      distinct((one) => one.phoneHash),
      distinct((one) => one.personId ?? one.phoneHash),
    ) < 2
  ) {
    throw invalid('staffIds', '上门服务至少两人，同一人的两个岗位只算一人')
  }
  return officials
}

/** `lock` holds the firms, in the order of their ids, so that two offers at once see each other. @throws Problem invalid */
export async function checkFirms(
  db: EntityManager,
  enterpriseIds: readonly string[],
  lock?: ReturnType<typeof forUpdate>,
): Promise<Enterprise[]> {
  const where = { id: In([...enterpriseIds]) }
  const firms = await db.find(Enterprise, { where, order: { id: 'ASC' }, ...(lock && { lock }) })
  if (firms.length < enterpriseIds.length) throw invalid('enterpriseIds', '有的企业没有找到，请重新选择')
  return firms
}

/** The project, where one is named: visible to the official, and its builder among the firms. @throws Problem invalid */
export async function checkProject(
  db: EntityManager,
  actor: Actor,
  projectId: string | undefined,
  enterpriseIds: readonly string[],
): Promise<Project | null> {
  if (projectId === undefined) return null
  const project = await db.findOneBy(Project, { id: projectId })
  const posts = grantsOf(actor, 'project.read').filter((grant) => grant.postId !== null)
  if (!project || !grantFor(posts, projectScopes, project)) throw invalid('projectId', '没有找到这个项目')
  if (project.enterpriseId !== null && !enterpriseIds.includes(project.enterpriseId)) {
    throw invalid('enterpriseIds', '请选上项目的建设单位')
  }
  return project
}
