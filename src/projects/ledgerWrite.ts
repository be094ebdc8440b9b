/** Writes what an import has worked out: everything in the one transaction it is given, or nothing. */
import type { EntityManager } from 'typeorm'
import type { NewJob } from '../audit/queue.js'
import { change, createAll } from '../audit/trail.js'
import { insertWhole } from '../database/insert.js'
import { PersonKey } from '../encryption/personKey.js'
import { Enterprise } from '../people/enterprise.js'
import { places } from './appoint.js'
import type { LedgerPlan } from './ledgerPlan.js'
import { Project } from './project.js'
import { ProjectStage } from './projectStage.js'

const CHUNK = 200

/**
 * The jobs that follow: those concerned hear of changed lines as they would of a change by hand; new lines are quiet.
 * @throws Problem stale, where a line has been changed since it was read: the import is then worked out anew
 */
export async function writeLedger(db: EntityManager, plan: LedgerPlan): Promise<NewJob[]> {
  await createAll(db, Enterprise, plan.firms)
  await inChunks(plan.keys, (rows) => insertWhole(db, PersonKey, rows))
  await createAll(db, Project, plan.created)
  await inChunks(plan.stages, (rows) => insertWhole(db, ProjectStage, rows))
  const jobs: NewJob[] = []
  for (const { before, patch } of plan.updated) {
    // A copy, since the transaction may have to be repeated.
    const row = await change(db, Project, Object.assign(new Project(), before), patch)
    const told = { projectId: row.id, version: row.version }
    if (places.some((place) => typeof patch[place] === 'string')) {
      jobs.push({ kind: 'project.tellAssigned', payload: told })
    }
    if (patch.stage !== undefined) {
      const moved = { ...told, stage: patch.stage, on: row.stageOn, isBack: false }
      jobs.push({ kind: 'project.tellAdvanced', payload: moved })
    }
  }
  return jobs
}

async function inChunks<T>(rows: readonly T[], write: (some: T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) await write(rows.slice(from, from + CHUNK))
}
