/** Moving a project on or back: the one rule for who does it by hand and for what moves it by itself. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { forUpdate } from '../database/transaction.js'
import { invalid, Problem } from '../problem.js'
import { keptOf, type Rules, stepsOf } from './approvalRow.js'
import { Project } from './project.js'
import { ProjectStage } from './projectStage.js'
import { endsCare, moveOf, needsReason, type Stage, stageTitle } from './stages.js'
import type { DocumentType } from './words.js'

/** Judgements that are a document type at the same time: 无需环评 明确告知；登记表 投产前网上备案. */
const judged: Partial<Record<Stage, DocumentType>> = { exempt: 'none', registration: 'registration' }
/** Stages of an approval, which only a report or a form goes through. */
const ofApproval: readonly Stage[] = [
  'submitted',
  'supplement',
  'accepted',
  'disclosure',
  'assessment',
  'review',
  'publicity',
  'hearing',
  'approved',
  'refused',
]

export interface Move {
  /** Of the step, where it is told of the past: ids grow with time. */
  id?: string
  stage: Stage
  on: string
  note?: string | null | undefined
  approvalNumber?: string | undefined
  /** The post that moves it; null where the software does. */
  byPostId: string | null
}

/**
 * Writes the step, the stage on the row and what follows from it, in the caller's transaction.
 * @param project read in this transaction, and locked
 * @throws Problem wrongState, where the stage does not follow or the project needs no approval
 * @throws Problem invalid, where the day or the reason is not right
 */
export async function moveProject(
  db: EntityManager,
  know: Rules,
  now: Date,
  project: Project,
  { id = uuid(), stage, on, note = null, approvalNumber, byPostId }: Move,
): Promise<void> {
  const move = moveOf(project.stage, stage)
  if (move === undefined) {
    throw new Problem('wrongState', { title: `不能从「${stageTitle(project.stage)}」到「${stageTitle(stage)}」` })
  }
  if (on > dateOf(now)) throw invalid('on', '日期不能在今天以后')
  if (move === 'on' && on < project.stageOn) throw invalid('on', '日期不能早于上一阶段')
  if (needsReason(stage, move) && note === null) {
    throw invalid('note', move === 'back' ? '退回以前的阶段，请写明原因' : '请写明原因')
  }
  const documentType = judged[stage] ?? project.documentType
  if (takesNoApproval({ documentType }, stage)) {
    throw new Problem('wrongState', { title: '登记表和无需环评的项目不走审批，请先改正环评类别' })
  }
  const isBack = move === 'back'
  const step = { id, projectId: project.id, stage, stageOn: on, isBack, note, movedByPostId: byPostId, at: now }
  const steps = [...(await stepsOf(db, project.id)), step]
  const kind = { ...project, documentType, stage, stageOn: on }
  await change(db, Project, project, {
    stage,
    stageOn: on,
    careEndedOn: endsCare(stage) ? on : null,
    documentType,
    ...(approvalNumber === undefined ? {} : { approvalNumber }),
    ...keptOf(kind, steps, know, now),
    updatedAt: now,
  })
  await db.insert(ProjectStage, step)
}

/** Whether the project needs no approval, so that no stage of one can be its next. */
const takesNoApproval = ({ documentType }: Pick<Project, 'documentType'>, stage: Stage) =>
  ofApproval.includes(stage) && (documentType === 'none' || documentType === 'registration')

/** The stage that an application at the window brings about, where the project may go on to it; otherwise nothing. */
export async function followApplication(
  db: EntityManager,
  know: Rules,
  now: Date,
  projectId: string,
  step: Move,
): Promise<void> {
  const project = await db.findOne(Project, { where: { id: projectId }, lock: forUpdate(db) })
  if (!project || moveOf(project.stage, step.stage) !== 'on' || takesNoApproval(project, step.stage)) return
  // What the law dates back (视为受理) is not put before the stage that was written down already.
  const on = step.on < project.stageOn ? project.stageOn : step.on
  await moveProject(db, know, now, project, { ...step, on })
}
