/** One step of an application: the transition the table names, in the trail, and the project's stage that goes with it. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { Problem } from '../problem.js'
import { followApplication } from '../projects/move.js'
import type { Application } from './application.js'
import { Application as Row } from './application.js'
import { dayObstacle } from './rules.js'
import { type ApplicationStep, type Transition, transitions } from './states.js'
import { stageWith } from './stages.js'

export interface Step {
  db: EntityManager
  know: Pick<Knowledge, 'calendar' | 'deadlines' | 'approval'>
  step: ApplicationStep
  target: Application
  now: Date
  postId: string | null
}

type Patch = Partial<Omit<Application, 'id' | 'version' | 'auditHead' | 'state'>>

/** @throws Problem wrongState, where the law has accepted it meanwhile */
export async function move({ db, know, step, target, now, postId }: Step, patch: Patch): Promise<Application> {
  const late = dayObstacle(target, step, dateOf(now))
  if (late !== undefined) throw new Problem('wrongState', { title: late })
  const { to }: Transition = transitions[step]
  const before = target.state
  const state = to?.[before] ?? before
  const moved = await change(db, Row, target, { state, ...patch })
  if (state !== before) await moveProjectWith(db, know, now, moved, postId)
  return moved
}

/** A project that stands elsewhere, or an item that is not its approval, is left as it is. */
export async function moveProjectWith(
  db: EntityManager,
  know: Step['know'],
  now: Date,
  row: Application,
  byPostId: string | null,
): Promise<void> {
  const to = stageWith(row)
  if (row.projectId === null || to === undefined) return
  await followApplication(db, know, now, row.projectId, { ...to, byPostId })
}
