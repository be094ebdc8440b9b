/** The states of an application at the window (窗口办件), and which verb leads from where to where. */
export const applicationStates = [
  'received',
  'supplementing',
  'accepted',
  'approved',
  'notAccepted',
  'rejected',
  'withdrawn',
] as const
export type ApplicationState = (typeof applicationStates)[number]

/** States in which the window or the authority owes the applicant a step. */
export const openStates = ['received', 'supplementing', 'accepted'] as const satisfies ApplicationState[]
/** Before acceptance the check list decides; afterwards the law's conditions do. */
const beforeAcceptance = ['received', 'supplementing'] as const

export interface Transition {
  from: readonly ApplicationState[]
  /** The state after it, by the state before; absent where it stays. */
  to?: Partial<Record<ApplicationState, ApplicationState>>
  /** The rule it comes from. */
  source: string
}

/** Verbs on an existing application. `application.receive` makes one in `received`. */
export const transitions = {
  'application.notify': {
    from: ['received'],
    to: { received: 'supplementing' },
    source:
      '行政许可法第三十二条：申请材料不齐全或者不符合法定形式的，应当当场或者在五日内一次告知申请人需要补正的全部内容',
  },
  'application.supplement': { from: openStates, source: '行政许可法第三十二条：按照要求提交补正申请材料' },
  'application.accept': {
    from: beforeAcceptance,
    to: { received: 'accepted', supplementing: 'accepted' },
    source: '行政许可法第三十二条：申请材料齐全、符合法定形式，或者提交全部补正申请材料的，应当受理',
  },
  'application.deemOne': {
    from: ['received'],
    to: { received: 'accepted' },
    source: '行政许可法第三十二条：逾期不告知的，自收到申请材料之日起即为受理',
  },
  'application.decide': {
    from: ['accepted'],
    to: { accepted: 'approved' },
    source: '行政许可法第三十八条：申请符合法定条件、标准的，应当依法作出准予行政许可的书面决定',
  },
  'application.refuse': {
    from: openStates,
    source:
      '任务分解表第4项：建立否决事项备案制度；行政许可法第三十八条：依法作出不予行政许可的书面决定的，应当说明理由',
  },
  'application.agreeRefusal': {
    from: openStates,
    to: { received: 'notAccepted', supplementing: 'notAccepted', accepted: 'rejected' },
    source: '任务分解表第4项：建立否决事项备案制度（须经另一人同意，本系统规则，待市局确认）',
  },
  'application.returnRefusal': { from: openStates, source: '本系统规则，待市局确认：另一人不同意的，继续办理' },
  'application.withdraw': {
    from: openStates,
    to: { received: 'withdrawn', supplementing: 'withdrawn', accepted: 'withdrawn' },
    source: '本系统规则，待市局确认：决定作出前，申请人可以撤回',
  },
} as const satisfies Record<string, Transition>

export type ApplicationStep = keyof typeof transitions

const sentences: Record<ApplicationState, string> = {
  received: '这个办件还没有受理',
  supplementing: '这个办件已经一次性告知，正在等企业补正',
  accepted: '这个办件已经受理',
  approved: '这个办件已经批准',
  notAccepted: '这个办件已经决定不予受理',
  rejected: '这个办件已经决定不予批准',
  withdrawn: '这个办件已经撤回',
}

/** Where more can be said than that it is not the time for it. */
const ownSentences: Partial<Record<ApplicationStep, Partial<Record<ApplicationState, string>>>> = {
  'application.notify': {
    supplementing: '要补的只能一次性告知，已经告知过了',
    accepted: '已经受理，不能再要求补正',
  },
  'application.decide': {
    received: '还没有受理，先受理再决定',
    supplementing: '还没有受理，先受理再决定',
  },
}

/** Why a step cannot be done in a state, in a sentence; undefined where it can. */
export function stateObstacle(state: ApplicationState, step: ApplicationStep): string | undefined {
  const { from } = transitions[step] as Transition
  if (from.includes(state)) return undefined
  return ownSentences[step]?.[state] ?? `${sentences[state]}，不能做这一步`
}

/** States that nothing leads to from a new application; must be empty. */
export function unreachableStates(table: Record<string, Transition> = transitions): ApplicationState[] {
  const reached = new Set<ApplicationState>(['received'])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const { from, to } of Object.values(table)) {
      for (const state of from) if (reached.has(state)) reached.add(to?.[state] ?? state)
    }
  }
  return applicationStates.filter((state) => !reached.has(state))
}
