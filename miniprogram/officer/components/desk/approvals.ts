// Approvals of one's projects whose deadline is near or past: how many, and the list behind each number.
import type { Input } from '../../../services/api'
import { call } from '../../../services/call'

type Filter = Pick<Input<'project.list'>, 'due' | 'officerPostId'>

export interface ApprovalLine {
  due: 'overdue' | 'soon'
  word: string
  figure: string
  isAlarm: boolean
  filter: Filter
}

/** In the order in which they press. */
const kinds = [
  { due: 'overdue', word: '审批已超期的项目', isAlarm: true },
  // Today's are among them.
  { due: 'soon', word: '审批快到期的项目', isAlarm: false },
] as const

/** More than this is nobody's. */
const MOST = 100

/** Those of which there are any. */
export async function approvalsOf(officerPostId: string): Promise<ApprovalLine[]> {
  const counted = await Promise.all(
    kinds.map(async ({ due, word, isAlarm }) => {
      const filter: Filter = { due, officerPostId }
      const { items, next } = await call('project.list', { ...filter, limit: MOST })
      if (items.length === 0) return []
      return [{ due, word, isAlarm, filter, figure: `${items.length}${next === null ? '' : '+'}个` }]
    }),
  )
  return counted.flat()
}
