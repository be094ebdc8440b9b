/** A new issue in a project's ledger (堵点问题), with the project's trail saying so. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../audit/trail.js'
import { Project } from './project.js'
import { ProjectIssue } from './projectIssue.js'

type Raised = Pick<ProjectIssue, 'text' | 'measures' | 'responsiblePostId' | 'responsibleUnitId' | 'openedOn'>

export async function raiseIssue(db: EntityManager, project: Project, raised: Raised, now: Date) {
  const values = { id: uuid(), projectId: project.id, ...raised, solvedOn: null, caseId: null }
  const issue = await create(db, ProjectIssue, values)
  await change(db, Project, project, { updatedAt: now }, { issueAdded: [null, issue.id] })
  return issue
}
