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
  /** The state after it, by the state before; absent where it stays. */
  to?: Partial<Record<CaseState, CaseState>>
  clock?: ClockStep
}

const inHand = ['handling', 'waiting'] as const
const over = ['answered', 'closed', 'declined'] as const

/** Verbs on an existing case. `case.submit` makes one in `assigned`. */
export const transitions = {
  'case.sign': { from: ['assigned'], to: { assigned: 'handling' } },
  'case.askMore': { from: ['handling'], to: { handling: 'waiting' }, clock: 'ask' },
  // Adding something is welcome while the case is open; it ends a wait.
  'case.supply': { from: openStates, to: { waiting: 'handling' }, clock: 'supply' },
  'case.note': { from: caseStates },
  'case.answer': { from: inHand, to: { handling: 'answered', waiting: 'answered' }, clock: 'stop' },
  'case.decline': { from: inHand },
  'case.agreeDecline': { from: inHand, to: { handling: 'declined', waiting: 'declined' }, clock: 'stop' },
  'case.withdraw': {
    from: openStates,
    to: { assigned: 'withdrawn', handling: 'withdrawn', waiting: 'withdrawn' },
    clock: 'stop',
  },
  // While it waits for the enterprise, nobody here is to be urged.
  'case.urge': { from: ['assigned', 'handling'] },
  // A case that waits for the enterprise goes on waiting under its new officer.
  'case.transfer': { from: openStates, to: { handling: 'assigned' } },
  'case.assign': { from: openStates, to: { handling: 'assigned' } },
  'case.assist': { from: inHand },
  'case.assistReply': { from: inHand },
  'case.proposeQuestion': { from: caseStates },
  'case.extend': { from: ['handling'] },
  'case.agreeExtension': { from: inHand, clock: 'extend' },
  'case.release': { from: caseStates },
  'case.close': { from: ['answered'], to: { answered: 'closed' } },
  'case.rate': { from: over, to: { answered: 'closed' } },
  'case.reopen': {
    from: over,
    to: { answered: 'assigned', closed: 'assigned', declined: 'assigned' },
    clock: 'restart',
  },
} as const satisfies Record<string, Transition>

export type CaseVerb = keyof typeof transitions

/** States that nothing leads to from a new case; must be empty. */
export function unreachableStates(table: Record<string, Transition> = transitions): CaseState[] {
  const reached = new Set<CaseState>(['assigned'])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const { from, to } of Object.values(table)) {
      for (const state of from) if (reached.has(state)) reached.add(to?.[state] ?? state)
    }
  }
  return caseStates.filter((state) => !reached.has(state))
}

/** @throws Error for a table that the service must not start with */
export function checkTransitions(table: Record<string, Transition>): void {
  const lost = unreachableStates(table)
  if (lost.length > 0) throw new Error(`no verb leads to the case states ${lost.join(', ')}`)
  for (const [verb, { from, to = {} }] of Object.entries(table)) {
    const idle = (Object.keys(to) as CaseState[]).filter((state) => !from.includes(state))
    if (idle.length > 0) throw new Error(`${verb} leads from ${idle.join(', ')}, where it is not allowed`)
  }
}
checkTransitions(transitions)

const sentences: Record<CaseState, string> = {
  assigned: '这件诉求还没有签收',
  handling: '这件诉求正在办理',
  waiting: '这件诉求在等企业补充',
  answered: '这件诉求已经答复',
  closed: '这件诉求已经办结',
  declined: '这件诉求已经不予办理',
  withdrawn: '这件诉求已经撤回',
}

/** Where more can be said than that it is not the time for it. */
const ownSentences: Partial<Record<CaseVerb, Partial<Record<CaseState, string>>>> = {
  'case.urge': { waiting: '正在等您补充，补充后继续计时' },
}

/** Why a verb cannot be done in a state, in a sentence; undefined where it can. */
export function stateObstacle(state: CaseState, verb: CaseVerb): string | undefined {
  const { from } = transitions[verb] as Transition
  if (from.includes(state)) return undefined
  return ownSentences[verb]?.[state] ?? `${sentences[state]}，不能做这一步`
}
