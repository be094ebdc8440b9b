/** Who reaches a wish to bind: whoever made it, and the staff who reach its project. In SQL the bind is `b`. */
import { type EntityManager, In } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import type { ScopeRule, ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { isOver, Membership, type MembershipState } from '../people/membership.js'
import type { Scope } from '../people/roles.js'
import { Project } from '../projects/project.js'
import { projectScopes } from '../projects/target.js'
import { ProjectBind } from './projectBind.js'

/** `membership`: where whoever asked stands in the firm now; null once the person was erased. */
export type BindRow = ProjectBind & { project: Project; membership: MembershipState | null }

/** Nobody decides on what they asked for themselves. */
const notOwn = (rule: ScopeRule<BindRow>): ScopeRule<BindRow> => ({
  holds: (grant, row) => (row.personId === null || row.personId !== grant.personId) && rule.holds(grant, row),
  where(grant) {
    const { sql, params } = rule.where(grant)
    return { sql: `(b.personId IS NULL OR b.personId <> ?) AND ${sql}`, params: [grant.personId ?? '', ...params] }
  },
})

function through(scope: Scope): ScopeRule<BindRow> {
  const rule = projectScopes[scope]
  if (!rule) throw new Error(`projects have no scope ${scope}`)
  return notOwn({
    holds: (grant, row) => rule.holds(grant, row.project),
    where(grant) {
      const { sql, params } = rule.where(grant)
      return { sql: `b.projectId IN (SELECT p.id FROM project p WHERE ${sql})`, params }
    },
  })
}

export const bindScopes: ScopeTable<BindRow> = {
  own: {
    holds: (grant, row) => grant.personId !== null && row.personId === grant.personId,
    where: (grant) => ({ sql: 'b.personId = ?', params: [grant.personId ?? ''] }),
  },
  assigned: through('assigned'),
  standIn: through('standIn'),
  unit: through('unit'),
  branch: through('branch'),
  all: notOwn({ holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) }),
}

export const bindTarget: Target<BindRow> = {
  seenBy: 'project.binds',
  scopes: bindScopes,
  async load(db: EntityManager, id, lock) {
    const bind = await db.findOne(ProjectBind, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
    if (!bind) return null
    const project = await db.findOne(Project, {
      where: { id: bind.projectId },
      ...(lock ? { lock: forUpdate(db) } : {}),
    })
    if (!project) return null
    const [row] = await bindRows(db, [bind], new Map([[project.id, project]]))
    return row ?? null
  },
  obstacle(row, verb) {
    if (verb !== 'project.confirmBind' && verb !== 'project.refuseBind') return undefined
    if (row.state !== 'pending') return '这条绑定申请已经处理过了'
    const isGone = row.membership === null || isOver(row.membership)
    return verb === 'project.confirmBind' && isGone ? '申请人已经不在这家企业，请选「不同意」' : undefined
  },
}

/** Each bind with its project and the standing of whoever asked, in the same order. */
export async function bindRows(
  db: EntityManager,
  binds: readonly ProjectBind[],
  projects: ReadonlyMap<string, Project>,
): Promise<BindRow[]> {
  const personIds = binds.flatMap(({ personId }) => personId ?? [])
  const enterpriseId = In(binds.map((bind) => bind.enterpriseId))
  const ties = personIds.length === 0 ? [] : await db.findBy(Membership, { personId: In(personIds), enterpriseId })
  return binds.flatMap((bind) => {
    const project = projects.get(bind.projectId)
    const tie = ties.find((one) => one.personId === bind.personId && one.enterpriseId === bind.enterpriseId)
    return project ? [Object.assign(bind, { project, membership: tie?.state ?? null })] : []
  })
}
