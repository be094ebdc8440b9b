/** Which stage of its project an application brings about: only the approval that the stages are about (环评审批) does. */
import type { Stage } from '../projects/stages.js'
import type { Application } from './application.js'
import type { ApplicationState } from './states.js'

/** 报告书、报告表审批, 即来即办 included. */
const approvalGuides = ['HP-01', 'HP-02', 'HP-03']

const stages: Partial<Record<ApplicationState, Stage>> = {
  received: 'submitted',
  accepted: 'accepted',
  approved: 'approved',
}

interface StageStep {
  stage: Stage
  on: string
  note: string
  approvalNumber: string | null
}

export function stageWith(row: Application): StageStep | undefined {
  const stage = stages[row.state]
  if (stage === undefined || !approvalGuides.includes(row.guideCode)) return undefined
  const on = { received: row.receivedOn, accepted: row.acceptedOn, approved: row.endedOn }[row.state as string]
  return { stage, on: on ?? row.receivedOn, note: `窗口办件${row.number}`, approvalNumber: row.approvalNumber }
}
