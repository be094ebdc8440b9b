/** The day somebody of ours was last in touch with a project, as its ledger tells it. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { forUpdate } from '../database/transaction.js'
import { Project } from './project.js'

/** A visit written down late does not put the day back. */
export const isLaterContact = ({ lastContactOn }: Pick<Project, 'lastContactOn'>, on: string): boolean =>
  lastContactOn === null || lastContactOn < on

/** In the transaction of what was done for the project that day. */
export async function noteContact(db: EntityManager, projectId: string, on: string, now: Date): Promise<void> {
  const lock = forUpdate(db)
  const project = await db.findOne(Project, { where: { id: projectId }, ...(lock ? { lock } : {}) })
  if (project && isLaterContact(project, on)) await change(db, Project, project, { lastContactOn: on, updatedAt: now })
}
