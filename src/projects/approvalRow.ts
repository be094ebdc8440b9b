/** What the row of a project keeps of its approval clock, so that lists, reminders and figures need not read it. */
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { type ApprovalReading, readApproval, type Step } from './approvalClock.js'
import { clockOf, type Kind } from './approvalRules.js'
import { Project } from './project.js'
import { ProjectStage } from './projectStage.js'
import type { Stage } from './stages.js'

export type Rules = Pick<Knowledge, 'calendar' | 'approval'>

export interface Kept {
  acceptedOn: string | null
  decidedOn: string | null
  promisedDueOn: string | null
  legalDueOn: string | null
  usedWorkdays: number | null
  usedDays: number | null
}

export const readingOf = (kind: Kind, steps: readonly Step[], { approval, calendar }: Rules, now: Date) =>
  readApproval(steps, kind, approval, calendar, dateOf(now))

type Standing = Kind & { stage: Stage; stageOn: string }

/** The columns that follow from a project's steps, the one under way included. */
export function keptOf(project: Standing, steps: readonly Step[], rules: Rules, now: Date): Kept {
  const reading: ApprovalReading | null = readingOf(project, steps, rules, now)
  const isDecided = reading !== null && reading.decidedOn !== null
  // Decided, though nobody wrote down when it was accepted.
  const decidedOn = clockOf(rules.approval, project.stage) === 'decide' ? project.stageOn : null
  return {
    acceptedOn: reading?.startedOn ?? null,
    decidedOn: reading ? reading.decidedOn : decidedOn,
    promisedDueOn: reading?.promised?.dueOn ?? null,
    legalDueOn: reading?.legal?.dueOn ?? null,
    usedWorkdays: isDecided ? reading.used : null,
    usedDays: isDecided ? reading.usedDays : null,
  }
}

export const stepsOf = (db: EntityManager, projectId: string): Promise<ProjectStage[]> =>
  db.find(ProjectStage, { where: { projectId }, order: { id: 'ASC' } })

/** How many rows are brought up to date at a time. */
const SLICE = 50

/**
 * Brings up to date what a slice of the rows keeps, of those in the stages or with a decision not yet told. It follows
 * from calendar and rules alone and changes nobody's duty, so the trail has no line of it.
 * @returns the id to go on after, or undefined where that was all
 */
export async function refreshKept(
  db: EntityManager,
  rules: Rules,
  now: Date,
  stages: readonly Stage[],
  decided: readonly Stage[],
  after = '',
): Promise<string | undefined> {
  const id = MoreThan(after)
  const rows = await db.find(Project, {
    where: [
      { id, stage: In([...stages]) },
      { id, stage: In([...decided]), decidedOn: IsNull() },
    ],
    order: { id: 'ASC' },
    take: SLICE,
  })
  if (rows.length === 0) return undefined
  const steps = new Map<string, ProjectStage[]>()
  const found = await db.find(ProjectStage, {
    where: { projectId: In(rows.map((row) => row.id)) },
    order: { id: 'ASC' },
  })
  for (const step of found) steps.set(step.projectId, [...(steps.get(step.projectId) ?? []), step])
  for (const row of rows) {
    const kept = keptOf(row, steps.get(row.id) ?? [], rules, now)
    if (Object.entries(kept).every(([field, value]) => row[field as keyof Kept] === value)) continue
    await db.update(Project, { id: row.id, version: row.version }, kept)
  }
  return rows.length === SLICE ? rows.at(-1)?.id : undefined
}
