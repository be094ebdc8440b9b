// What a case's state and clock are called on screen, for an enterprise and for staff. Figures are the server's.
import type { CaseItem, CaseView } from './api'
import { dayText } from './dates'
import { wordFor } from './words'

export type CaseState = CaseView['state']
export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'calm'

const tones: Record<CaseState, Tone> = {
  assigned: 'info',
  handling: 'info',
  waiting: 'warn',
  answered: 'good',
  closed: 'calm',
  declined: 'bad',
  withdrawn: 'calm',
}
export const toneOf = (state: CaseState): Tone => tones[state]

/** Where the enterprise is spoken to, rather than of. */
const spoken: Partial<Record<CaseState, string>> = { waiting: '等您补充' }

export const stateWord = (state: CaseState, isStaff: boolean): string =>
  (isStaff ? undefined : spoken[state]) ?? wordFor('caseStates', state)

/** States in which the bureau, or for a while the enterprise, still owes something. */
export const isOpen = (state: CaseState): boolean => ['assigned', 'handling', 'waiting'].includes(state)

export interface Due {
  text: string
  tone: Tone
}

/** `还剩 3 个工作日`, `今天到期`, `已超期 2 个工作日`. */
export function leftText(daysLeft: number): Due {
  if (daysLeft < 0) return { text: `已超期 ${-daysLeft} 个工作日`, tone: 'bad' }
  if (daysLeft === 0) return { text: '今天到期', tone: 'warn' }
  return { text: `还剩 ${daysLeft} 个工作日`, tone: daysLeft === 1 ? 'warn' : 'calm' }
}

/** What a line of a list says of the time; null where nobody owes anything. */
export function dueOf({ isPaused, isOverdue, daysLeft }: CaseItem): Due | null {
  if (isPaused) return { text: '暂不计时', tone: 'calm' }
  if (daysLeft === null) return null
  // On the days off just after the due day none is counted yet.
  if (isOverdue && daysLeft === 0) return { text: '已超期', tone: 'bad' }
  return leftText(daysLeft)
}

/** `11月27日`, with a word where the calendar of that year has not been announced. */
export const dueDayText = ({ dueOn, isProvisional }: { dueOn: string; isProvisional: boolean }): string =>
  `${dayText(dueOn)}${isProvisional ? '（暂定）' : ''}`
