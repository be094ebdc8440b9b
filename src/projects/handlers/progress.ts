/** Moving a project on, and what holds it up. */
import { v7 as uuid } from 'uuid'
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { Project } from '../project.js'
import { ProjectIssue } from '../projectIssue.js'
import { ProjectStage } from '../projectStage.js'
import { raiseIssue } from '../raiseIssue.js'
import { endsCare, moveOf, needsReason, type Stage, stageTitle } from '../stages.js'
import { projectTarget } from '../target.js'
import { entryView } from '../view.js'
import type { DocumentType } from '../words.js'

/** Judgements that are a document type at the same time: 无需环评 明确告知；登记表 投产前网上备案. */
const judged: Partial<Record<Stage, DocumentType>> = { exempt: 'none', registration: 'registration' }
/** Stages of an approval, which only a report or a form goes through. */
const ofApproval: readonly Stage[] = ['submitted', 'accepted', 'assessment', 'publicity', 'approved']

export const progressVerbs = {
  'project.advance': serve('project.advance', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, grants, now } = call
      const { stage, note = null } = input
      const on = input.on ?? dateOf(now)
      const move = moveOf(target.stage, stage)
      if (move === undefined) {
        throw new Problem('wrongState', { title: `不能从「${stageTitle(target.stage)}」到「${stageTitle(stage)}」` })
      }
      if (on > dateOf(now)) throw invalid('on', '日期不能在今天以后')
      if (move === 'on' && on < target.stageOn) throw invalid('on', '日期不能早于上一阶段')
      if (needsReason(stage, move) && note === null) {
        throw invalid('note', move === 'back' ? '退回以前的阶段，请写明原因' : '请写明原因')
      }
      const { documentType } = target
      if (ofApproval.includes(stage) && (documentType === 'none' || documentType === 'registration')) {
        throw new Problem('wrongState', { title: '登记表和无需环评的项目不走审批，请先改正环评类别' })
      }
      await change(db, Project, target, {
        stage,
        stageOn: on,
        careEndedOn: endsCare(stage) ? on : null,
        documentType: judged[stage] ?? documentType,
        ...(input.approvalNumber === undefined ? {} : { approvalNumber: input.approvalNumber }),
        updatedAt: now,
      })
      const movedByPostId = grants[0]?.postId ?? null
      const isBack = move === 'back'
      const step = { id: uuid(), projectId: target.id, stage, stageOn: on, isBack, note, movedByPostId, at: now }
      await db.insert(ProjectStage, step)
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
