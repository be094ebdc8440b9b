/** The two deadlines of an approval, and which of them is owed next. */
import type { Rules } from './approvalRow.js'
import { runningStages } from './approvalRules.js'
import type { Project } from './project.js'

export type DeadlineKey = 'promised' | 'legal'
export const deadlineKeys: readonly DeadlineKey[] = ['promised', 'legal']

export const dueColumns = { promised: 'promisedDueOn', legal: 'legalDueOn' } as const satisfies Record<
  DeadlineKey,
  keyof Project
>

export const deadlineNames: Readonly<Record<DeadlineKey, string>> = { promised: '承诺期限', legal: '法定期限' }

type Dated = Pick<Project, 'stage' | 'decidedOn' | 'promisedDueOn' | 'legalDueOn'>

/** Whether its deadlines run: not before the acceptance, not in a pause, and not once decided, whatever came after. */
export const isRunning = ({ stage, decidedOn }: Pick<Project, 'stage' | 'decidedOn'>, rules: Pick<Rules, 'approval'>) =>
  decidedOn === null && runningStages(rules.approval).includes(stage)

/** The earlier of both; null while none runs. */
export function owedOn(project: Dated, rules: Pick<Rules, 'approval'>): string | null {
  if (!isRunning(project, rules)) return null
  const days = deadlineKeys.flatMap((key) => project[dueColumns[key]] ?? [])
  return days.sort()[0] ?? null
}
