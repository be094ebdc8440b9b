/** Who reaches a wish to bind: whoever made it, and the staff who reach its project. In SQL the bind is `b`. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import type { ScopeRule, ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import type { Scope } from '../people/roles.js'
import { Project } from '../projects/project.js'
import { projectScopes } from '../projects/target.js'
import { ProjectBind } from './projectBind.js'

export type BindRow = ProjectBind & { project: Project }

function through(scope: Scope): ScopeRule<BindRow> {
  const rule = projectScopes[scope]
  if (!rule) throw new Error(`projects have no scope ${scope}`)
  return {
    holds: (grant, row) => rule.holds(grant, row.project),
    where(grant) {
      const { sql, params } = rule.where(grant)
      return { sql: `b.projectId IN (SELECT p.id FROM project p WHERE ${sql})`, params }
    },
  }
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
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
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
    return project && Object.assign(bind, { project })
  },
  obstacle: (row, verb) =>
    (verb === 'project.confirmBind' || verb === 'project.refuseBind') && row.state !== 'pending'
      ? '这条绑定申请已经处理过了'
      : undefined,
}
