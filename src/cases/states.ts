/** A case's states, and which verb leads from where to where. */
export const caseStates = ['assigned', 'handling', 'waiting', 'answered', 'closed', 'declined', 'withdrawn'] as const
export type CaseState = (typeof caseStates)[number]

/** States in which somebody owes the enterprise something. */
export const openStates = ['assigned', 'handling', 'waiting'] as const satisfies CaseState[]
export const isOpen = (state: CaseState) => (openStates as readonly CaseState[]).includes(state)

/** What a transition does to the clock (calendar/clock.ts). */
export type ClockStep = 'ask' | 'supply' | 'extend' | 'stop' | 'restart'

export interface Transition {
  from: readonly CaseState[]
  /** The state after it; absent where it stays. */
  to?: CaseState
  clock?: ClockStep
}

const inHand = ['handling', 'waiting'] as const
const done = ['answered', 'closed', 'declined'] as const

/** Verbs on an existing case. `case.submit` makes one in `assigned`. */
export const transitions = {
  'case.sign': { from: ['assigned'], to: 'handling' },
  'case.askMore': { from: ['handling'], to: 'waiting', clock: 'ask' },
  'case.supply': { from: openStates, to: 'handling', clock: 'supply' },
  'case.note': { from: caseStates },
  'case.answer': { from: inHand, to: 'answered', clock: 'stop' },
  'case.decline': { from: inHand },
  'case.agreeDecline': { from: inHand, to: 'declined', clock: 'stop' },
  'case.withdraw': { from: openStates, to: 'withdrawn', clock: 'stop' },
  'case.urge': { from: openStates },
  'case.transfer': { from: openStates, to: 'assigned' },
  'case.assign': { from: openStates, to: 'assigned' },
  'case.assist': { from: inHand },
  'case.assistReply': { from: inHand },
  'case.extend': { from: ['handling'] },
  'case.agreeExtension': { from: ['handling', 'waiting'], clock: 'extend' },
  'case.release': { from: caseStates },
  'case.close': { from: ['answered'], to: 'closed' },
  'case.rate': { from: done, to: 'closed' },
  'case.reopen': { from: done, to: 'assigned', clock: 'restart' },
} as const satisfies Record<string, Transition>

export type CaseVerb = keyof typeof transitions
