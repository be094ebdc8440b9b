/** The states of a tip (举报), and which verb leads from where to where. */
import type { TipState } from './words.js'
import { tipStates } from './words.js'

/** States in which the bureau owes the informer a step. */
export const openStates = ['received', 'accepted', 'verified'] as const satisfies TipState[]
const anyState = tipStates

export interface Transition {
  from: readonly TipState[]
  /** The state after it; absent where it stays. */
  to?: TipState
  /** Whether the informer learns of it. */
  isTold: boolean
  /** The rule it comes from. */
  source: string
}

/** Verbs on an existing tip. `tip.submit` makes one in `received`. */
export const transitions = {
  'tip.accept': {
    from: ['received'],
    to: 'accepted',
    isTold: true,
    source: '信访工作条例：对属于本机关职责的予以受理并告知；举报人有权知道是否受理',
  },
  'tip.refuse': {
    from: ['received'],
    to: 'refused',
    isTold: true,
    source: '本系统规则，待市局确认：不予受理的写明依据和理由，告知举报人',
  },
  'tip.transfer': {
    from: ['received', 'accepted'],
    to: 'transferred',
    isTold: true,
    source: '本系统规则，待市局确认：不归本机关管的移送有管辖权的机关，告知举报人',
  },
  'tip.verify': {
    from: ['accepted'],
    to: 'verified',
    isTold: true,
    source: '任务分解表第22项：对查证属实的信访问题和违法行为保持严管重处高压态势',
  },
  'tip.conclude': {
    from: ['verified'],
    to: 'concluded',
    isTold: true,
    source: '生态环境法典第一百四十五条、第一百四十六条：处理举报并向实名举报人反馈结果，为举报人保密',
  },
  'tip.add': { from: openStates, isTold: true, source: '本系统规则：办结前举报人可以补充' },
  'tip.reply': { from: anyState, isTold: true, source: '本系统规则：随时可以告诉举报人进展' },
  'tip.note': { from: anyState, isTold: false, source: '本系统规则：内部记录，举报人看不到' },
  'tip.check': {
    from: ['accepted'],
    isTold: false,
    source: '任务分解表第22项：加强信访、执法工作联动；属地分局现场核查，不让分局知道有人举报',
  },
  'tip.assign': { from: openStates, isTold: false, source: '本系统规则：市执法队内部换承办人' },
  'tip.markPriority': { from: anyState, isTold: false, source: '任务分解表第22项：定期建立重点信访事项清单' },
} as const satisfies Record<string, Transition>

export type TipStep = keyof typeof transitions
/** What a line of the timeline may be. */
export type EntryVerb = TipStep | 'tip.submit'

const sentences: Record<TipState, string> = {
  received: '这件举报还没有受理',
  accepted: '这件举报已经受理，还没有查证',
  verified: '这件举报已经查证',
  concluded: '这件举报已经办结',
  refused: '这件举报已经决定不予受理',
  transferred: '这件举报已经移送',
}

export const isStep = (verb: string): verb is TipStep => Object.hasOwn(transitions, verb)

/** Why a step cannot be done in a state, in a sentence; undefined where it can. */
export function stateObstacle(state: TipState, step: TipStep): string | undefined {
  const { from }: Transition = transitions[step]
  return from.includes(state) ? undefined : `${sentences[state]}，不能做这一步`
}

/** Whether the informer sees a line of the timeline. */
export const isTold = (verb: EntryVerb): boolean => verb === 'tip.submit' || transitions[verb].isTold
