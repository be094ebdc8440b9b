/** The states of a lead (超标线索), and which verb leads from where to where. */
export const leadStates = ['new', 'sent', 'returned', 'answered', 'closed'] as const
export type LeadState = (typeof leadStates)[number]

/** States in which the branch owes an answer. */
export const owedStates = ['sent', 'returned'] as const satisfies LeadState[]
export const isOwed = (state: LeadState): boolean => (owedStates as readonly LeadState[]).includes(state)

export const leadSources = ['monitor', 'platform', 'tip', 'other'] as const
export type LeadSource = (typeof leadSources)[number]

/** What the branch found on site. */
export const leadOutcomes = ['confirmed', 'notConfirmed', 'equipment', 'unusual', 'other'] as const
export type LeadOutcome = (typeof leadOutcomes)[number]

export interface Transition {
  from: readonly LeadState[]
  to: LeadState
  /** The rule it comes from. */
  source: string
}

/** Verbs on an existing lead. `lead.create` and `lead.import` make them in `new`. */
export const transitions = {
  'lead.send': {
    from: ['new'],
    to: 'sent',
    source: '任务分解表第21项：接到严重超标线索后，移交属地分局进行现场核查、监测',
  },
  'lead.answer': {
    from: owedStates,
    to: 'answered',
    source: '任务分解表第21项：由分局进行现场核查，核查结果回复国家平台；七日内完成平台反馈',
  },
  'lead.return': { from: ['answered'], to: 'returned', source: '本系统规则，待市局确认：反馈不清楚的退回分局补充' },
  'lead.close': {
    from: ['new', 'answered'],
    to: 'closed',
    source: '本系统规则，待市局确认：反馈清楚的办结；登记后查明不用移交的，写明原因办结',
  },
} as const satisfies Record<string, Transition>

export type LeadStep = keyof typeof transitions

const sentences: Record<LeadState, string> = {
  new: '这条线索还没有移交分局',
  sent: '这条线索已经移交分局，正在等反馈',
  returned: '这条线索已经退回分局补充',
  answered: '这条线索分局已经反馈',
  closed: '这条线索已经办结',
}

/** Why a step cannot be done in a state, in a sentence; undefined where it can. */
export function stateObstacle(state: LeadState, step: LeadStep): string | undefined {
  const { from }: Transition = transitions[step]
  return from.includes(state) ? undefined : `${sentences[state]}，不能做这一步`
}

/** States that nothing leads to from a new lead; must be empty. */
export function unreachableStates(table: Record<string, Transition> = transitions): LeadState[] {
  const reached = new Set<LeadState>(['new'])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const { from, to } of Object.values(table)) if (from.some((state) => reached.has(state))) reached.add(to)
  }
  return leadStates.filter((state) => !reached.has(state))
}
