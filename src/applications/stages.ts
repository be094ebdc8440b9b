/** Which stage of its project an application brings about: only the approval that the stages are about (环评审批) does. */
import type { Stage } from '../projects/stages.js'
import type { Application } from './application.js'
import type { ApplicationState } from './states.js'

/** 报告书、报告表审批, 即来即办 included. */
const approvalGuides = ['HP-01', 'HP-02', 'HP-03']

const stages: Partial<Record<ApplicationState, Stage>> = {
  received: 'submitted',
  supplementing: 'supplement',
  accepted: 'accepted',
  approved: 'approved',
  rejected: 'refused',
}

interface StageStep {
  stage: Stage
  on: string
  note: string
  approvalNumber: string | undefined
}

export function stageWith(row: Application): StageStep | undefined {
  const stage = stages[row.state]
  if (stage === undefined || !approvalGuides.includes(row.guideCode)) return undefined
  const { acceptedOn, noticedOn, endedOn } = row
  const on = { supplementing: noticedOn, accepted: acceptedOn, approved: endedOn, rejected: endedOn }[
    row.state as string
  ]
  const approvalNumber = row.approvalNumber ?? undefined
  return { stage, on: on ?? row.receivedOn, note: `窗口办件${row.number}`, approvalNumber }
}
