/** Taking an application in at the window, and reading the window's ledger. */
import type { EntityManager } from 'typeorm'
import { dateOf } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import { serve } from '../../http/serve.js'
import { Enterprise } from '../../people/enterprise.js'
import { findOrRegister } from '../../people/findFirm.js'
import { invalid } from '../../problem.js'
import { Project } from '../../projects/project.js'
import { listApplications } from '../list.js'
import { receive } from '../receive.js'
import { applicationTarget } from '../target.js'
import { applicationView } from '../view.js'

export const takingVerbs = {
  'application.receive': serve('application.receive', {
    async handle(call) {
      const { db, know, input, grants, now } = call
      const grant = grants.find(({ postId, unitId }) => postId !== null && unitId !== null)
      if (!grant?.postId || !grant.unitId) throw new Error('only posts take applications in')
      const guide = know.guides.find(input.guideId)
      if (!guide) throw invalid('guideId', '没有这份指南，或还没有公开')
      // 一次性告知、逾期视为受理: 行政许可法 says so of licences only.
      if (guide.content.kind !== '许可') throw invalid('guideId', '只有行政许可事项在这里收件')
      const receivedOn = input.receivedOn ?? dateOf(now)
      if (receivedOn > dateOf(now)) throw invalid('receivedOn', '日期不能在今天以后')
      const enterpriseId = await firmOf(db, input, now)
      const projectId = await projectOf(db, input, enterpriseId)
      const { postId, unitId } = grant
      const { materials } = input
      const taking = { know, guide, enterpriseId, projectId, unitId, postId, receivedOn, materials, now }
      return applicationView(call, await receive(db, taking))
    },
  }),
  'application.list': serve('application.list', {
    handle: (call) => listApplications(call, call.grants, call.input),
  }),
  'application.read': serve('application.read', {
    target: applicationTarget,
    handle: (call) => applicationView(call, call.target),
  }),
}

type Taken = Input<'application.receive'>

async function firmOf(db: EntityManager, { enterpriseId, creditCode, name }: Taken, now: Date): Promise<string> {
  if (enterpriseId !== undefined) {
    if (!(await db.existsBy(Enterprise, { id: enterpriseId }))) throw invalid('enterpriseId', '没有这家企业')
    return enterpriseId
  }
  if (creditCode === undefined) throw invalid('enterpriseId', '请选择企业，或填写统一社会信用代码')
  return (await findOrRegister(db, { creditCode, name }, now)).id
}

/** A project of the ledgers may not know its firm yet. */
async function projectOf(db: EntityManager, { projectId }: Taken, enterpriseId: string): Promise<string | null> {
  if (projectId === undefined) return null
  const project = await db.findOneBy(Project, { id: projectId })
  if (!project) throw invalid('projectId', '没有这个项目')
  if (project.enterpriseId !== null && project.enterpriseId !== enterpriseId) {
    throw invalid('projectId', '这个项目不是这家企业的')
  }
  return project.id
}
