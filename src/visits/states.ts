/** A visit's states, and which verb is possible when: the visit as a whole, and each firm's own answer. */

/** `offered` waits for consent, `consented` is agreed by at least one of the firms, `held` has taken place. */
export const visitStates = ['offered', 'consented', 'declined', 'held', 'cancelled'] as const
export type VisitState = (typeof visitStates)[number]

/** How a firm declines: 只谢绝这一次 / 本月不用 / 需要时我约. */
export const declineWays = ['onlyThisOne', 'thisMonth', 'untilWeCall'] as const
export type DeclineWay = (typeof declineWays)[number]

interface Occasion {
  /** The states of the visit in which the verb is possible. */
  visit: readonly VisitState[]
  /** The states of a firm's own answer from which the verb leads on; absent where no firm acts. */
  firm?: readonly VisitState[]
  /** Said to whoever comes too late. */
  otherwise: string
}

const planned = ['offered', 'consented', 'declined'] as const

export const occasions: Partial<Record<string, Occasion>> = {
  'visit.consent': { visit: planned, firm: ['offered', 'declined'], otherwise: '这次上门服务已经答复过或已经结束' },
  'visit.decline': { visit: planned, firm: ['offered', 'consented'], otherwise: '这次上门服务已经谢绝过或已经结束' },
  'visit.record': { visit: ['offered', 'consented'], otherwise: '企业谢绝了这次上门服务，或已取消，请重新约定' },
  'visit.confirm': { visit: ['held'], firm: ['held'], otherwise: '上门服务还没有记录，不能确认' },
  'visit.cancel': { visit: ['offered', 'consented'], otherwise: '这次上门服务已经结束，不能取消' },
}

interface Answered {
  state: VisitState
  confirmedAt: Date | null
}

/** Why the verb is not possible now; undefined where it is. */
export function obstacleOf(state: VisitState, firms: readonly Answered[], verb: string): string | undefined {
  const occasion = occasions[verb]
  if (!occasion) return undefined
  const { visit, firm, otherwise } = occasion
  if (!visit.includes(state)) return otherwise
  if (!firm) return undefined
  const open = firms.filter((one) => firm.includes(one.state))
  if (open.length === 0) return otherwise
  return verb === 'visit.confirm' && open.every((one) => one.confirmedAt) ? '这次上门服务已经确认过了' : undefined
}

/** The state of a planned visit from its firms' answers. */
export function plannedState(answers: readonly VisitState[]): VisitState {
  if (answers.includes('consented')) return 'consented'
  return answers.includes('offered') ? 'offered' : 'declined'
}
