/** Moving a project on, and what holds it up. */
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { moveProject } from '../move.js'
import { Project } from '../project.js'
import { ProjectIssue } from '../projectIssue.js'
import { raiseIssue } from '../raiseIssue.js'
import { projectTarget } from '../target.js'
import { entryView } from '../view.js'

export const progressVerbs = {
  'project.advance': serve('project.advance', {
    target: projectTarget,
    async handle(call) {
      const { db, know, input, target, grants, now } = call
      const { stage, on = dateOf(now), note, approvalNumber } = input
      await moveProject(db, know, now, target, { stage, on, note, approvalNumber, byPostId: grants[0]?.postId ?? null })
      return entryView(call, target)
    },
  }),
  'project.addIssue': serve('project.addIssue', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, now } = call
      const { text, measures = null, responsiblePostId = null, responsibleUnitId = null } = input
      const openedOn = input.openedOn ?? dateOf(now)
      if (openedOn > dateOf(now)) throw invalid('openedOn', '日期不能在今天以后')
      if (responsiblePostId !== null && !(await db.existsBy(Post, { id: responsiblePostId, isActive: true }))) {
        throw invalid('responsiblePostId', '没有这个岗位，或已停用')
      }
      if (responsibleUnitId !== null && !(await db.existsBy(Unit, { id: responsibleUnitId }))) {
        throw invalid('responsibleUnitId', '没有这个单位')
      }
      await raiseIssue(db, target, { text, measures, responsiblePostId, responsibleUnitId, openedOn }, now)
      return entryView(call, target)
    },
  }),
  'project.solveIssue': serve('project.solveIssue', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, now } = call
      const issue = await db.findOneBy(ProjectIssue, { id: input.issueId, projectId: target.id })
      if (!issue) throw new Problem('notFound')
      if (issue.solvedOn !== null) throw new Problem('wrongState', { title: '这个堵点问题已经解决了' })
      const solvedOn = input.solvedOn ?? dateOf(now)
      const measures = input.measures ?? issue.measures
      if (measures === null) throw invalid('measures', '请写明怎样解决的')
      if (solvedOn > dateOf(now)) throw invalid('solvedOn', '日期不能在今天以后')
      if (solvedOn < issue.openedOn) throw invalid('solvedOn', '日期不能早于登记日')
      await change(db, ProjectIssue, issue, { measures, solvedOn })
      await change(db, Project, target, { updatedAt: now }, { issueSolved: [null, issue.id] })
      return entryView(call, target)
    },
  }),
}
