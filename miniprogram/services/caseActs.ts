// WHAT CAN BE DONE WITH A CASE, as buttons: in the order in which it is likely the next step. `can` says which apply now.
import type { CaseView, Verb } from './api'
import type { CaseState } from './caseWords'

export type Way = 'form' | 'staffForm' | 'question' | 'direct'

export interface CaseAct {
  verb: Verb
  word: string
  way: Way
  /** The next step in these states; elsewhere it is behind 更多. */
  mainIn: readonly CaseState[]
}

const open = ['assigned', 'handling', 'waiting'] as const
const over = ['answered', 'closed', 'declined'] as const

export const enterpriseActs: readonly CaseAct[] = [
  { verb: 'case.rate', word: '评价', way: 'form', mainIn: over },
  { verb: 'case.supply', word: '补充材料', way: 'form', mainIn: open },
  { verb: 'case.urge', word: '催一下', way: 'form', mainIn: ['assigned', 'handling'] },
  { verb: 'case.reopen', word: '没解决，再提', way: 'form', mainIn: over },
  { verb: 'case.close', word: '确认办结', way: 'direct', mainIn: [] },
  { verb: 'case.withdraw', word: '撤回', way: 'form', mainIn: [] },
]

export const staffActs: readonly CaseAct[] = [
  { verb: 'case.sign', word: '签收', way: 'direct', mainIn: ['assigned'] },
  { verb: 'case.answer', word: '答复', way: 'staffForm', mainIn: ['handling', 'waiting'] },
  { verb: 'case.assistReply', word: '回复会办意见', way: 'staffForm', mainIn: ['handling', 'waiting'] },
  { verb: 'case.askMore', word: '请企业补充', way: 'staffForm', mainIn: ['handling'] },
  { verb: 'case.note', word: '内部记录', way: 'staffForm', mainIn: [] },
  { verb: 'case.assign', word: '指派承办人', way: 'staffForm', mainIn: ['assigned'] },
  { verb: 'case.assist', word: '请别的单位会办', way: 'staffForm', mainIn: [] },
  { verb: 'case.transfer', word: '转给别的单位', way: 'staffForm', mainIn: [] },
  { verb: 'case.extend', word: '申请延期', way: 'staffForm', mainIn: [] },
  { verb: 'case.proposeQuestion', word: '建议列入指南', way: 'question', mainIn: [] },
  { verb: 'case.decline', word: '不予办理', way: 'staffForm', mainIn: [] },
]

export interface Buttons {
  main: CaseAct | null
  second: CaseAct | null
  rest: CaseAct[]
}

/** One next step, one beside it, the rest behind 更多. */
export function buttonsOf({ can, state }: Pick<CaseView, 'can' | 'state'>, isStaff: boolean): Buttons {
  const possible = (isStaff ? staffActs : enterpriseActs).filter(({ verb }) => can.includes(verb))
  const mains = possible.filter(({ mainIn }) => mainIn.includes(state))
  const [main = null] = mains
  // Where nothing presses, the first of what is possible is at least in sight.
  const second = mains[1] ?? (main ? null : (possible[0] ?? null))
  return { main, second, rest: possible.filter((act) => act !== main && act !== second) }
}

const urlOf: Record<Exclude<Way, 'direct'>, string> = {
  form: '/pages/case-act/index',
  staffForm: '/officer/act/index',
  question: '/officer/question/index',
}

export const actUrl = ({ verb, way }: CaseAct, id: string): string =>
  `${urlOf[way === 'direct' ? 'form' : way]}?verb=${verb}&id=${id}`
