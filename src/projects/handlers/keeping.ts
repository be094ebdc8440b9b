/** Keeping the ledgers: new lines, corrections, and who looks after a project. */
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { isDuplicate } from '../../database/transaction.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { checkAppointments, type Place, places } from '../appoint.js'
import { keptOf, stepsOf } from '../approvalRow.js'
import { blankProject, checkTogether, codeTaken, columnsOf, type LedgerInput } from '../ledger.js'
import { forgetIfEmpty } from '../personal.js'
import { Project } from '../project.js'
import { ProjectStage } from '../projectStage.js'
import { endsCare } from '../stages.js'
import { projectTarget } from '../target.js'
import { entryView } from '../view.js'

/** Whose project it is, and where: who sees it and looks after it hangs on them. */
const ownership = ['enterpriseId', 'builderName', 'unitId', 'districtCode'] as const

/** @throws Problem invalid, where a field would change that only the bureau's own keepers may change */
function leaveOwnershipAlone(project: Project, fields: LedgerInput): void {
  const paths = [
    ...ownership.filter((field) => fields[field] !== undefined && fields[field] !== project[field]),
    ...(fields.creditCode === undefined ? [] : ['creditCode']),
  ]
  if (paths.length === 0) return
  const errors = paths.map((path) => ({ path, message: '企业和所在地由市局更正，请告诉信息员' }))
  throw new Problem('invalid', { errors })
}

export const keepingVerbs = {
  'project.create': serve('project.create', {
    async handle(call) {
      const { db, know, input, grants, now } = call
      const { book, name, builderName, careLevel, stage = 'preparing', stageOn = dateOf(now), ...fields } = input
      if (stageOn > dateOf(now)) throw invalid('stageOn', '日期不能在今天以后')
      const id = uuid()
      const columns = await columnsOf(call, id, fields, builderName)
      checkTogether(columns)
      const careEndedOn = endsCare(stage) ? stageOn : null
      const movedByPostId = grants[0]?.postId ?? null
      const first = { id: uuid(), projectId: id, stage, stageOn, isBack: false, note: null, movedByPostId, at: now }
      const where = { stage, stageOn, careEndedOn, createdAt: now, updatedAt: now }
      const line = { ...blankProject, ...columns, id, book, name, builderName, careLevel, ...where }
      Object.assign(line, keptOf(line, [first], know, now))
      const project = await create(db, Project, line).catch((error: unknown) => {
        throw isDuplicate(error) ? codeTaken(error) : error
      })
      await db.insert(ProjectStage, first)
      return entryView(call, project)
    },
  }),
  'project.update': serve('project.update', {
    target: projectTarget,
    async handle(call) {
      const { db, know, target, now, grants } = call
      const { id, version: _, ...fields } = call.input
      if (grants.every(({ scope }) => scope !== 'all')) leaveOwnershipAlone(target, fields)
      const columns = await columnsOf(call, id, fields, fields.builderName ?? target.builderName)
      checkTogether({ ...target, ...columns })
      // Its kind may be another now, and with it its deadlines.
      const kept = keptOf({ ...target, ...columns }, await stepsOf(db, id), know, now)
      await change(db, Project, target, { ...columns, ...kept, updatedAt: now }).catch((error: unknown) => {
        throw isDuplicate(error) ? codeTaken(error) : error
      })
      await forgetIfEmpty(db, target)
      return entryView(call, target)
    },
  }),
  'project.assign': serve('project.assign', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, grants, now } = call
      const wanted: Partial<Record<Place, string | null>> = {}
      for (const place of places) {
        const postId = input[place]
        if (postId !== undefined && postId !== target[place]) wanted[place] = postId
      }
      if (wanted.cityLeaderPostId !== undefined && grants.every(({ scope }) => scope === 'branch')) {
        throw new Problem('forbidden', { title: '市局领导由市局指定' })
      }
      await checkAppointments(db, target, wanted)
      await change(db, Project, target, { ...wanted, updatedAt: now })
      return entryView(call, target)
    },
  }),
}
