// WHAT CAN BE DONE with a tip or a reward, as buttons: the likeliest next step first. `can` says which apply now.

export interface Button {
  verb: string
  word: string
  /** A next step. */
  isMain?: boolean
}

export interface Buttons {
  main: Button | null
  second: Button | null
  rest: Button[]
}

export const tipActs: readonly Button[] = [
  { verb: 'tip.accept', word: '受理', isMain: true },
  { verb: 'tip.verify', word: '登记查证结果', isMain: true },
  { verb: 'tip.conclude', word: '办结', isMain: true },
  { verb: 'tip.refuse', word: '不予受理', isMain: true },
  { verb: 'tip.reply', word: '告诉举报人' },
  { verb: 'tip.check', word: '请分局现场核查' },
  { verb: 'tip.note', word: '内部记录' },
  { verb: 'tip.transfer', word: '移送别的机关' },
  { verb: 'tip.assign', word: '换承办人' },
  { verb: 'tip.markPriority', word: '列入或移出重点清单' },
]

export const rewardActs: readonly Button[] = [
  { verb: 'reward.approve', word: '同意发放', isMain: true },
  { verb: 'reward.reject', word: '不同意', isMain: true },
  { verb: 'reward.payBank', word: '登记银行转账', isMain: true },
  { verb: 'reward.confirmBank', word: '核对银行转账', isMain: true },
  { verb: 'reward.returnBank', word: '银行退回' },
  { verb: 'reward.cancelPayout', word: '撤销微信转账' },
  { verb: 'reward.withdraw', word: '撤回' },
]

/** One next step, one beside it, the rest behind 更多. */
export function buttonsOf(acts: readonly Button[], can: readonly string[]): Buttons {
  const possible = acts.filter(({ verb }) => can.includes(verb))
  const mains = possible.filter(({ isMain }) => isMain)
  const [main = null] = mains
  const second = mains[1] ?? possible.find((act) => act !== main) ?? null
  return { main, second, rest: possible.filter((act) => act !== main && act !== second) }
}

export const noButtons: Buttons = { main: null, second: null, rest: [] }
