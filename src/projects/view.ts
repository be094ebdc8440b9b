/** What leaves the server about projects: lines of the ledger, and one whole entry. */
import { type EntityManager, In } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import type { Actor } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, enterpriseView, unitView } from '../people/view.js'
import { readingOf, type Rules } from './approvalRow.js'
import { careDuty, careOf, isUnderCare, officersOf } from './care.js'
import { clockedLine, clockNotes, clockView } from './clockView.js'
import { owedOn } from './deadline.js'
import { opener } from './personal.js'
import type { Project } from './project.js'
import { ProjectIssue } from './projectIssue.js'
import { ProjectStage } from './projectStage.js'
import { movesFrom, stageLine, stageTitle } from './stages.js'
import { projectTarget } from './target.js'

type Summary = Output<'project.list'>['items'][number]
type Entry = Output<'project.read'>

/** The buttons of a project's page. */
const actions: readonly Verb[] = [
  'project.update',
  'project.assign',
  'project.advance',
  'project.addIssue',
  'project.solveIssue',
  'project.history',
]

/** 万元 from the hundreds of yuan that are stored. */
export const inWan = (hundreds: number | null): number | null => (hundreds === null ? null : hundreds / 100)

/** Whether one of the actor's posts, or one it stands in for, is among the three officers. */
export function isInCharge(actor: Actor, project: Project): boolean {
  const posts = actor.holdings.flatMap(({ postId, absentPostIds }) => [postId, ...absentPostIds])
  return officersOf(project).some((id) => posts.includes(id))
}

export async function summaryViews(
  db: EntityManager,
  know: Rules,
  rows: readonly Project[],
  now: Date,
): Promise<Summary[]> {
  const today = dateOf(now)
  const [firms, posts, open, stages] = await Promise.all([
    byId(db, Enterprise, ids(rows, 'enterpriseId')),
    byId(db, Post, rows.flatMap(officersOf)),
    openIssues(db, ids(rows, 'id')),
    stagesOf(db, ids(rows, 'id')),
  ])
  const units = await byId(db, Unit, [...ids(rows, 'unitId'), ...[...posts.values()].map(({ unitId }) => unitId)])
  const officer = (postId: string | null) => {
    const post = posts.get(postId ?? '')
    if (!post) return null
    const { id, name, title, workPhone, unitId } = post
    return { postId: id, name, title, workPhone, unit: unitView(units.get(unitId), unitId) }
  }
  return rows.map((row) => {
    const firm = firms.get(row.enterpriseId ?? '')
    const dueOn = owedOn(row, know)
    return {
      id: row.id,
      book: row.book,
      name: row.name,
      projectCode: row.projectCode,
      builderName: row.builderName,
      enterprise: firm ? enterpriseView(firm) : null,
      districtCode: row.districtCode,
      unit: row.unitId === null ? null : unitView(units.get(row.unitId), row.unitId),
      careLevel: row.careLevel,
      careDuty: careDuty(know.approval, row.careLevel),
      documentType: row.documentType,
      stage: row.stage,
      stageTitle: stageTitle(row.stage),
      stageOn: row.stageOn,
      promisedDueOn: row.promisedDueOn,
      legalDueOn: row.legalDueOn,
      daysLeft: dueOn === null ? null : know.calendar.countWorkdays(today, dueOn),
      isOverdue: dueOn !== null && dueOn < today,
      decidedOn: row.decidedOn,
      isUnderCare: isUnderCare(row, today),
      startsThisYear: row.startsThisYear,
      officer: officer(row.officerPostId),
      branchLeader: officer(row.branchLeaderPostId),
      cityLeader: officer(row.cityLeaderPostId),
      line: stageLine(stages.get(row.id) ?? [], row.documentType),
      openIssues: open.get(row.id) ?? 0,
      lastContactOn: row.lastContactOn,
      nextFollowUpOn: row.nextFollowUpOn,
      version: row.version,
    }
  })
}

export async function entryView(
  { db, know, actor, now }: { db: EntityManager; know: Knowledge; actor: Actor; now: Date },
  project: Project,
): Promise<Entry> {
  const stages = await db.find(ProjectStage, { where: { projectId: project.id }, order: { id: 'ASC' } })
  const issues = await db.find(ProjectIssue, { where: { projectId: project.id }, order: { id: 'ASC' } })
  const posts = await byId(db, Post, [
    ...stages.map((one) => one.movedByPostId),
    ...issues.map((one) => one.responsiblePostId),
  ])
  const units = await byId(
    db,
    Unit,
    issues.map((one) => one.responsibleUnitId),
  )
  const show = await opener(db, know.keyring, project.id)
  const isMasked = !isInCharge(actor, project)
  const [summary] = await summaryViews(db, know, [project], now)
  if (!summary) throw new Error('one project gives one summary')
  const reading = readingOf(project, stages, know, now)
  const hasOpenIssue = issues.some((one) => one.solvedOn === null)
  const can = possible(actor, projectTarget, project, actions).filter(
    (verb) => verb !== 'project.solveIssue' || hasOpenIssue,
  )
  return {
    ...summary,
    // read, not remembered
    promisedDueOn: reading?.promised?.dueOn ?? null,
    legalDueOn: reading?.legal?.dueOn ?? null,
    unitId: project.unitId,
    park: project.park,
    industryCode: project.industryCode,
    industry: project.industry,
    classMajor: project.classMajor,
    classMinor: project.classMinor,
    scale: project.scale,
    investment: inWan(project.investmentHundreds),
    environmentalInvestment: inWan(project.environmentalInvestmentHundreds),
    nature: project.nature,
    isImmediate: project.isImmediate ?? false,
    greenChannel: project.greenChannel,
    plannedStartOn: project.plannedStartOn,
    plannedProductionOn: project.plannedProductionOn,
    approvalLevel: project.approvalLevel,
    approvalUnit: project.approvalUnit,
    compiler: project.compiler,
    compilerLead: show('compilerLead', project.compilerLeadSealed, isMasked),
    compileProgress: project.compileProgress,
    plannedSubmitOn: project.plannedSubmitOn,
    permitType: project.permitType,
    totalQuota: project.totalQuota,
    approvalNumber: project.approvalNumber,
    contactName: show('contactName', project.contactNameSealed, isMasked),
    contactPhone: show('contactPhone', project.contactPhoneSealed, isMasked),
    careEndedOn: project.careEndedOn,
    stages: stages.map(({ stage, stageOn, isBack, note, movedByPostId, at }) => ({
      stage,
      title: stageTitle(stage),
      on: stageOn,
      isBack,
      note,
      movedBy: postName(posts, movedByPostId),
      at: toWireInstant(at),
    })),
    line: clockedLine(stageLine(stages, project.documentType), reading, know),
    clock: reading && clockView(reading, know, dateOf(now)),
    clockNotes: clockNotes(project, reading, know),
    care: careOf(project, know, dateOf(now)),
    issues: issues.map(({ id, text, measures, responsiblePostId, responsibleUnitId, openedOn, solvedOn, caseId }) => ({
      id,
      text,
      measures,
      responsible: postName(posts, responsiblePostId),
      responsibleUnit: responsibleUnitId === null ? null : unitView(units.get(responsibleUnitId), responsibleUnitId),
      openedOn,
      solvedOn,
      caseId,
    })),
    moves: can.includes('project.advance') ? movesFrom(project.stage) : [],
    createdAt: toWireInstant(project.createdAt),
    updatedAt: toWireInstant(project.updatedAt),
    can,
  }
}

const ids = <K extends 'id' | 'enterpriseId' | 'unitId'>(rows: readonly Project[], column: K) =>
  rows.flatMap((row) => row[column] ?? [])

export function postName(posts: ReadonlyMap<string, Post>, postId: string | null) {
  const post = posts.get(postId ?? '')
  return post ? { postId: post.id, name: post.name } : null
}

async function stagesOf(db: EntityManager, projectIds: readonly string[]): Promise<Map<string, ProjectStage[]>> {
  if (projectIds.length === 0) return new Map()
  const rows = await db.find(ProjectStage, { where: { projectId: In([...projectIds]) }, order: { id: 'ASC' } })
  const found = new Map<string, ProjectStage[]>()
  for (const row of rows) found.set(row.projectId, [...(found.get(row.projectId) ?? []), row])
  return found
}

async function openIssues(db: EntityManager, projectIds: readonly string[]): Promise<Map<string, number>> {
  if (projectIds.length === 0) return new Map()
  const rows = await db.find(ProjectIssue, {
    select: { id: true, projectId: true, solvedOn: true },
    where: { projectId: In([...projectIds]) },
  })
  const counts = new Map<string, number>()
  for (const { projectId, solvedOn } of rows) {
    if (solvedOn === null) counts.set(projectId, (counts.get(projectId) ?? 0) + 1)
  }
  return counts
}
