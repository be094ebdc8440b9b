/** 审批完成即进清单: each approval joins the list of its month, once; taken back, it is marked. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../audit/trail.js'
import { forUpdate } from '../database/transaction.js'
import { Project } from '../projects/project.js'
import { HandoverLine, HandoverList } from './handoverList.js'

export interface Approval {
  projectId: string
  /** The project's version that the approval made; where an application at the window made it, the one met. */
  version?: number
  on: string
}

/** The fields that go to enforcement, as the ledger has them now. */
export const factsOf = (project: Project) => ({
  unitId: project.unitId,
  projectName: project.name,
  firmName: project.builderName,
  documentType: project.documentType,
  approvalNumber: project.approvalNumber,
})

export const monthOf = (day: string): string => day.slice(0, 7)

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

export async function join(db: EntityManager, { projectId, on, ...made }: Approval): Promise<void> {
  const project = await db.findOneBy(Project, { id: projectId })
  // Taken back before we came to it.
  if (project?.stage !== 'approved') return
  const { version = project.version } = made
  const listed = await db.findBy(HandoverLine, { projectId })
  if (listed.some((line) => line.withdrawnOn === null || line.projectVersion === version)) return
  const list = await openList(db, monthOf(on))
  const line = await create(db, HandoverLine, {
    id: uuid(),
    listId: list.id,
    projectId,
    projectVersion: version,
    ...factsOf(project),
    approvedOn: on,
    withdrawnOn: null,
  })
  await change(db, HandoverList, list, {}, { joined: [null, line.id] })
}

/** Of that month; what was written down after it was handed over goes with the next that was not. */
async function openList(db: EntityManager, month: string): Promise<HandoverList> {
  const lock = forUpdate(db)
  for (let wanted = month; ; wanted = nextMonth(wanted)) {
    const list = await db.findOne(HandoverList, { where: { month: wanted }, ...(lock ? { lock } : {}) })
    if (list?.state === 'open') return list
    if (list === null) {
      const blank = { state: 'open' as const, sentAt: null, sentByPostId: null }
      return create(db, HandoverList, { id: uuid(), month: wanted, ...blank })
    }
  }
}

/** The project went back to an earlier stage: its line stays, marked, so that nobody enforces what is not approved. */
export async function leave(db: EntityManager, projectId: string, on: string): Promise<void> {
  for (const line of await db.findBy(HandoverLine, { projectId })) {
    if (line.withdrawnOn === null) await change(db, HandoverLine, line, { withdrawnOn: on })
  }
}
