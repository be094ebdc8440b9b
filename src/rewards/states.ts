/** The states of a reward (举报奖励), and what leads from where to where; each row quotes its source. */
import { type RewardState, rewardStates } from './words.js'

interface Transition {
  from: readonly RewardState[]
  /** The states it may end in, by the state before; absent where it stays. */
  to?: Partial<Record<RewardState, readonly RewardState[]>>
  source: string
}

const undecided = ['proposed', 'approvedOnce'] as const
const OWN = '本系统规则，待市局确认'

/** `reward.propose` makes one in `proposed`; `payout.settle` and `reward.expire` are the service's own doing. */
export const transitions = {
  'reward.approve': {
    from: undecided,
    to: { proposed: ['approvedOnce'], approvedOnce: ['approved'] },
    source: `${OWN}：两名审批人先后同意，才算批准`,
  },
  'reward.reject': {
    from: undecided,
    to: { proposed: ['rejected'], approvedOnce: ['rejected'] },
    source: `${OWN}：任何一名审批人不同意即不发放，经办人可以重新认定`,
  },
  'reward.withdraw': {
    from: undecided,
    to: { proposed: ['withdrawn'], approvedOnce: ['withdrawn'] },
    source: `${OWN}：批准以前，经办人可以撤回`,
  },
  'reward.claim': {
    from: ['approved', 'bank'],
    to: { approved: ['paying', 'bank'] },
    source: '任务分解表第22项：落实举报奖励；领取方式由本人选（微信商家转账，或者银行转账）',
  },
  'reward.decline': { from: ['approved'], to: { approved: ['declined'] }, source: `${OWN}：本人可以放弃` },
  'reward.expire': { from: ['approved'], to: { approved: ['expired'] }, source: `${OWN}：逾期不领，视为放弃` },
  'reward.payBank': { from: ['bank'], source: `${OWN}：银行转账由经办人登记凭证` },
  'reward.confirmBank': {
    from: ['bank'],
    to: { bank: ['paid'] },
    source: `${OWN}：银行转账由另一人核对凭证，才算发放`,
  },
  'reward.returnBank': {
    from: ['bank', 'paid'],
    to: { paid: ['bank'] },
    source: `${OWN}：银行退回的，重新转`,
  },
  'reward.cancelPayout': { from: ['paying'], source: '微信支付商家转账：用户确认收款以前可以撤销，撤销是异步的' },
  'payout.settle': {
    from: ['paying'],
    to: { paying: ['paid', 'approved'] },
    source: '微信支付商家转账单据状态：SUCCESS 已到账；FAIL、CANCELLED 没有付成，改走银行',
  },
} as const satisfies Record<string, Transition>

export type RewardStep = keyof typeof transitions
export const isStep = (verb: string): verb is RewardStep => Object.hasOwn(transitions, verb)

const sentences: Record<RewardState, string> = {
  proposed: '这笔奖励还在等审批',
  approvedOnce: '这笔奖励还在等第二名审批人',
  approved: '这笔奖励已经批准，等本人领取',
  paying: '这笔奖励正在用微信支付',
  bank: '这笔奖励在等银行转账',
  paid: '这笔奖励已经发放',
  rejected: '这笔奖励没有批准',
  withdrawn: '这笔奖励已经撤回',
  declined: '本人已经放弃这笔奖励',
  expired: '这笔奖励逾期没有领取',
}

/** Why a step cannot be done in a state, in a sentence; undefined where it can. */
export function stateObstacle(state: RewardState, step: RewardStep): string | undefined {
  const { from }: Transition = transitions[step]
  return from.includes(state) ? undefined : `${sentences[state]}，不能做这一步`
}

/** The state after a step. @throws Error where the table has no such way */
export function stateAfter(state: RewardState, step: RewardStep, wanted?: RewardState): RewardState {
  const { from, to }: Transition = transitions[step]
  const ways = to?.[state] ?? [state]
  const [only] = ways
  const next = wanted ?? (ways.length === 1 ? only : undefined)
  if (!from.includes(state) || next === undefined || !ways.includes(next)) {
    throw new Error(`${step} does not lead from ${state} to ${wanted ?? 'one state'}`)
  }
  return next
}

/** States that nothing leads to from a new reward; must be empty. */
export function unreachableStates(table: Record<string, Transition> = transitions): RewardState[] {
  const reached = new Set<RewardState>(['proposed'])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const { to = {} } of Object.values(table)) {
      for (const state of reached) for (const next of to[state] ?? []) reached.add(next)
    }
  }
  return rewardStates.filter((state) => !reached.has(state))
}
