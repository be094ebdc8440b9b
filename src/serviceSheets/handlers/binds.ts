/** Binding a firm to a project by the code on its service sheet: asked for by the firm, decided by the officer. */
import { In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { forUpdate } from '../../database/transaction.js'
import { Membership } from '../../people/membership.js'
import { byId } from '../../people/view.js'
import { Problem } from '../../problem.js'
import { Project } from '../../projects/project.js'
import { bindRows, bindScopes, bindTarget } from '../bindTarget.js'
import { codeHash } from '../code.js'
import { ProjectBind } from '../projectBind.js'
import { ServiceSheet } from '../serviceSheet.js'
import { bindViews, codeState, currentSheet } from '../view.js'
import type { Call } from '../../http/serve.js'
import type { Verb } from '../../contract.js'

/**
 * The sheet of a code with its project, which a command holds: nobody revokes the code, or asks for the same, meanwhile.
 * @throws Problem notFound, in words that say what to do, for a code that cannot be used
 */
async function sheetOf({ db, know, now }: Pick<Call<Verb>, 'db' | 'know' | 'now'>, code: string, isHeld: boolean) {
  const lock = isHeld ? forUpdate(db) : undefined
  const hash = { codeHash: codeHash(know.keyring, code) }
  const found = await db.findOneBy(ServiceSheet, hash)
  const project = found && (await db.findOne(Project, { where: { id: found.projectId }, ...(lock ? { lock } : {}) }))
  const current = found && (await currentSheet(db, found.projectId))
  // Read once more: it may have been revoked while we waited for the project.
  const sheet = current?.id === found?.id ? current : found
  if (!sheet || !current || !project) throw new Problem('notFound', { title: '没有这个编码，请核对服务单' })
  const state = codeState(sheet, current, now)
  if (state === 'expired') throw new Problem('notFound', { title: '编码已过期，请向包保服务专员要新的服务单' })
  if (state === 'revoked') throw new Problem('notFound', { title: '编码已作废，请用最新一版服务单' })
  return { sheet, project }
}

const one = <T>([item]: readonly T[]): T => {
  if (item === undefined) throw new Error('one row gives one view')
  return item
}

export const bindVerbs = {
  'project.codeOf': serve('project.codeOf', {
    async handle(call) {
      const { sheet, project } = await sheetOf(call, call.input.code, false)
      const { name, builderName } = project
      return { project: { name, builderName }, number: sheet.number, issuedOn: sheet.issuedOn }
    },
  }),
  'project.bind': serve('project.bind', {
    async handle(call) {
      const { db, input, actor, now } = call
      const { sheet, project } = await sheetOf(call, input.code, true)
      const { enterpriseId } = input
      const mine = { enterpriseId, personId: actor.personId as string, state: In(['pending', 'verified']) }
      if (!(await db.existsBy(Membership, mine))) {
        throw new Problem('wrongState', { title: '请先在「我的企业」里加入这家企业' })
      }
      if (project.enterpriseId === enterpriseId)
        throw new Problem('wrongState', { title: '这家企业已经绑定了这个项目' })
      const open = { projectId: project.id, enterpriseId, state: 'pending' as const }
      if (await db.existsBy(ProjectBind, open)) {
        throw new Problem('wrongState', { title: '这家企业已经申请过了，请等包保服务专员确认' })
      }
      const bind = await create(db, ProjectBind, {
        id: uuid(),
        projectId: project.id,
        sheetId: sheet.id,
        enterpriseId,
        personId: actor.personId,
        state: 'pending',
        askedAt: now,
        decidedByPostId: null,
        decidedAt: null,
        reason: null,
      })
      return one(await bindViews(call, await bindRows(db, [bind], new Map([[project.id, project]]))))
    },
  }),
  'project.binds': serve('project.binds', {
    async handle(call) {
      const { db, input, grants, know } = call
      const before = readCursor(know.keyring, 'project.binds', input)
      const reach = conditionsOf(grants, bindScopes)
      const given: Condition[] = [
        {
          sql: `(${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`,
          params: reach.flatMap(({ params }) => params),
        },
        ...(input.projectId === undefined ? [] : [{ sql: 'b.projectId = ?', params: [input.projectId] }]),
        ...(input.state === undefined ? [] : [among('b.state', input.state)]),
        ...(before === undefined ? [] : [{ sql: 'b.id < ?', params: [before[1]] }]),
      ]
      const found = (await db.query(
        `SELECT b.id FROM project_bind b WHERE ${given.map(({ sql }) => sql).join(' AND ')}
         ORDER BY b.id DESC LIMIT ${input.limit + 1}`,
        given.flatMap(({ params }) => params),
      )) as { id: string }[]
      const binds = await db.find(ProjectBind, {
        where: { id: In(found.map(({ id }) => id)) },
        order: { id: 'DESC' },
      })
      const projectIds = binds.map(({ projectId }) => projectId)
      const rows = await bindRows(db, binds, await byId(db, Project, projectIds))
      const views = await bindViews(call, rows.slice(0, input.limit))
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'project.binds', input, [last.id, last.id]),
      )
    },
  }),
  'project.confirmBind': serve('project.confirmBind', {
    target: bindTarget,
    async handle(call) {
      const { db, target, now, grants } = call
      const { project, enterpriseId } = target
      if (project.enterpriseId !== null && project.enterpriseId !== enterpriseId) {
        throw new Problem('wrongState', { title: '项目已经归在另一家企业名下，要改请告诉信息员' })
      }
      const decided = { decidedByPostId: grants[0]?.postId ?? null, decidedAt: now }
      await change(db, ProjectBind, target, { state: 'confirmed', ...decided })
      if (project.enterpriseId === null) await change(db, Project, project, { enterpriseId, updatedAt: now })
      return one(await bindViews(call, [target]))
    },
  }),
  'project.refuseBind': serve('project.refuseBind', {
    target: bindTarget,
    async handle(call) {
      const { db, input, target, now, grants } = call
      const decided = { decidedByPostId: grants[0]?.postId ?? null, decidedAt: now, reason: input.reason }
      await change(db, ProjectBind, target, { state: 'refused', ...decided })
      return one(await bindViews(call, [target]))
    },
  }),
}
