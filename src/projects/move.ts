/** Bringing a project to its next stage: by hand, or as its application at the window goes on. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { forUpdate } from '../database/transaction.js'
import { invalid, Problem } from '../problem.js'
import { Project } from './project.js'
import { ProjectStage } from './projectStage.js'
import { endsCare, moveOf, needsReason, type Stage, stageTitle } from './stages.js'
import type { DocumentType } from './words.js'

export interface StageMove {
  stage: Stage
  on: string
  note: string | null
  approvalNumber?: string | null | undefined
  /** Null where the software moves it. */
  byPostId: string | null
  now: Date
}

/** Judgements that are a document type at the same time: 无需环评 明确告知；登记表 投产前网上备案. */
const judged: Partial<Record<Stage, DocumentType>> = { exempt: 'none', registration: 'registration' }
/** Stages of an approval, which only a report or a form goes through. */
const ofApproval: readonly Stage[] = ['submitted', 'accepted', 'assessment', 'publicity', 'approved']

const takesNoApproval = ({ documentType }: Project, stage: Stage) =>
  ofApproval.includes(stage) && (documentType === 'none' || documentType === 'registration')

/** @throws Problem, where the stages do not allow it or something is missing */
export async function moveProject(db: EntityManager, target: Project, step: StageMove): Promise<void> {
  const { stage, on, note, approvalNumber, byPostId, now } = step
  const move = moveOf(target.stage, stage)
  if (move === undefined) {
    throw new Problem('wrongState', { title: `不能从「${stageTitle(target.stage)}」到「${stageTitle(stage)}」` })
  }
  if (on > dateOf(now)) throw invalid('on', '日期不能在今天以后')
  if (move === 'on' && on < target.stageOn) throw invalid('on', '日期不能早于上一阶段')
  if (needsReason(stage, move) && note === null) {
    throw invalid('note', move === 'back' ? '退回以前的阶段，请写明原因' : '请写明原因')
  }
  if (takesNoApproval(target, stage)) {
    throw new Problem('wrongState', { title: '登记表和无需环评的项目不走审批，请先改正环评类别' })
  }
  await change(db, Project, target, {
    stage,
    stageOn: on,
    careEndedOn: endsCare(stage) ? on : null,
    documentType: judged[stage] ?? target.documentType,
    ...(approvalNumber === undefined ? {} : { approvalNumber }),
    updatedAt: now,
  })
  const isBack = move === 'back'
  const line = { id: uuid(), projectId: target.id, stage, stageOn: on, isBack, note, movedByPostId: byPostId, at: now }
  await db.insert(ProjectStage, line)
}

/** The stage that an application at the window brings about, where the project may go on to it; otherwise nothing. */
export async function followApplication(db: EntityManager, projectId: string, step: StageMove): Promise<void> {
  const target = await db.findOne(Project, { where: { id: projectId }, lock: forUpdate(db) })
  if (!target || moveOf(target.stage, step.stage) !== 'on' || takesNoApproval(target, step.stage)) return
  // What the law dates back (视为受理) is not put before the stage that was written down already.
  const on = step.on < target.stageOn ? target.stageOn : step.on
  const approvalNumber = step.approvalNumber ?? undefined
  await moveProject(db, target, { ...step, on, approvalNumber })
}
