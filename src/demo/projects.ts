/** 40 projects over the three ledgers, each brought to its stage as its officer would have, with what holds it up. */
import type { EntityManager } from 'typeorm'
import { change, create } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { keptOf, stepsOf } from '../projects/approvalRow.js'
import { blankProject, checkTogether, columnsOf } from '../projects/ledger.js'
import { Project } from '../projects/project.js'
import { ProjectIssue } from '../projects/projectIssue.js'
import { ProjectStage } from '../projects/projectStage.js'
import { moveProject } from '../projects/move.js'
import { endsCare, moveOf, needsReason, type Stage } from '../projects/stages.js'
import type { Ground, Seed } from '../database/seed.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'
import { readFirms, readProjects } from './texts.js'

type Entry = ReturnType<typeof readProjects>[number]

export const seedDemoProjects: Seed = {
  name: 'demo.projects',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    for (const entry of readProjects(ground)) await layProject(db, ground, cast, entry)
  },
}

const approvalLevels = { upper: 'province', own: 'city', lower: 'district' } as const

async function layProject(db: EntityManager, ground: Ground, cast: Cast, entry: Entry): Promise<void> {
  const today = dateOf(ground.now)
  const [first, ...others] = entry.stages.map(({ stage, daysAgo }) => ({ stage, on: addDays(today, -daysAgo) }))
  const firm = readFirms(ground).find(({ creditCode }) => creditCode === entry.creditCode)
  if (!first || !firm) throw new Error(`project ${entry.no} has no firm or no stage`)
  const at = instantAt(first.on, '09:10')
  const clerk = cast.clerk
  actAs(db, ground, { verb: 'project.create', at, personId: clerk.personId, postId: clerk.id })
  const id = idAt(at)
  const plannedStartOn = addDays(today, entry.plannedStartInDays)
  const fields = {
    creditCode: entry.creditCode,
    projectCode: entry.code,
    districtCode: entry.districtCode,
    industryCode: entry.industryCode,
    industry: entry.industry,
    classMajor: entry.environmentalClass,
    scale: entry.content,
    investment: entry.totalInvestmentWan,
    environmentalInvestment: entry.environmentalInvestmentWan,
    nature: entry.constructionNature,
    startsThisYear: plannedStartOn.slice(0, 4) === today.slice(0, 4),
    plannedStartOn,
    plannedProductionOn: addDays(today, entry.plannedProductionInDays),
    isImmediate: entry.isImmediate ?? false,
    greenChannel: entry.greenChannel ?? null,
    approvalLevel: approvalLevels[entry.careLevel],
    compileProgress: entry.draftingPercent,
    contactName: firm.contactName,
    contactPhone: firm.contactPhone,
    // 无需环评、登记表 are judged on the way.
    ...(['none', 'registration'].includes(entry.documentType) ? {} : { documentType: entry.documentType }),
  }
  const columns = await columnsOf({ db, know: ground, now: at }, id, fields, firm.name)
  checkTogether(columns)
  const officers = cast.officersOf(columns.unitId ?? '')
  const officer = officers[(entry.no - 1) % Math.max(1, officers.length)]
  const project = await create(db, Project, {
    ...blankProject,
    ...columns,
    id,
    book: entry.book,
    name: entry.name,
    builderName: firm.name,
    careLevel: entry.careLevel,
    officerPostId: officer?.id ?? null,
    branchLeaderPostId: cast.leaderOf(columns.unitId ?? '')?.id ?? null,
    cityLeaderPostId: cast.cityLeader.id,
    stage: first.stage,
    stageOn: first.on,
    careEndedOn: endsCare(first.stage) ? first.on : null,
    createdAt: at,
    updatedAt: at,
  })
  await reach(db, project, { ...first, at }, clerk.id)
  for (const step of others) await advance(db, ground, project, { ...step, by: officer?.id ?? clerk.id, cast })
  // The clock goes on after the last step.
  await db.update(Project, { id }, keptOf(project, await stepsOf(db, id), ground, ground.now))
  for (const issue of entry.issues) await layIssue(db, ground, project, issue, cast)
}

interface Step {
  stage: Stage
  on: string
  by: string
  cast: Cast
}

async function advance(db: EntityManager, ground: Ground, project: Project, step: Step): Promise<void> {
  const { stage, on, by, cast } = step
  if (moveOf(project.stage, stage) !== 'on') throw new Error(`no way from ${project.stage} to ${stage}`)
  const at = instantAt(on, '10:20')
  actAs(db, ground, { verb: 'project.advance', at, personId: cast.personOf(by), postId: by })
  const approvalNumber =
    stage === 'approved' ? `沈环审（演示）〔${on.slice(0, 4)}〕${project.projectCode?.slice(-3)}号` : undefined
  const note = needsReason(stage, 'on') ? '企业调整了投资计划' : null
  await moveProject(db, ground, at, project, { id: idAt(at), stage, on, note, approvalNumber, byPostId: by })
}

const reach = (db: EntityManager, { id: projectId }: Project, to: { stage: Stage; on: string; at: Date }, by: string) =>
  db.insert(ProjectStage, {
    id: idAt(to.at),
    projectId,
    stage: to.stage,
    stageOn: to.on,
    isBack: false,
    note: null,
    movedByPostId: by,
    at: to.at,
  })

async function layIssue(
  db: EntityManager,
  ground: Ground,
  project: Project,
  issue: Entry['issues'][number],
  cast: Cast,
) {
  const openedOn = project.stageOn
  const at = instantAt(openedOn, '14:30')
  const by = project.officerPostId
  actAs(db, ground, { verb: 'project.addIssue', at, personId: cast.personOf(by), postId: by })
  const row = await create(db, ProjectIssue, {
    id: idAt(at),
    projectId: project.id,
    text: issue.text,
    measures: issue.measure,
    responsiblePostId: by,
    responsibleUnitId: project.unitId,
    openedOn,
    solvedOn: null,
    caseId: null,
  })
  await change(db, Project, project, { updatedAt: at }, { issueAdded: [null, row.id] })
  const solvedOn = addDays(openedOn, 2)
  if (!issue.isSolved || issue.measure === null || solvedOn >= dateOf(ground.now)) return
  const solvedAt = instantAt(solvedOn, '16:10')
  actAs(db, ground, { verb: 'project.solveIssue', at: solvedAt, personId: cast.personOf(by), postId: by })
  await change(db, ProjectIssue, row, { solvedOn })
  await change(db, Project, project, { updatedAt: solvedAt }, { issueSolved: [null, row.id] })
}
