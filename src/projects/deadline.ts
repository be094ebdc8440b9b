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

type Dated = Pick<Project, 'stage' | 'promisedDueOn' | 'legalDueOn'>

/** The earlier of both; null while no clock runs: nobody is late before the acceptance, in a pause or after the end. */
export function owedOn(project: Dated, { approval }: Pick<Rules, 'approval'>): string | null {
  if (!runningStages(approval).includes(project.stage)) return null
  const days = deadlineKeys.flatMap((key) => project[dueColumns[key]] ?? [])
  return days.sort()[0] ?? null
}
