/**
 * A case as the rules have it, one step after another: what each verb does and what it must answer. Only the table of
 * transitions is the product's own, as the bureau would sign it; everything else is said here once more, so that this
 * and the service can disagree.
 */
import { type CaseState, type Transition, transitions } from '../../src/cases/states.js'
import type { Model } from './linearize.js'
import {
  actingFor,
  isStaff,
  refusalFor,
  sees,
  type StaffName,
  staffPosts,
  type Verb,
  type Whereabouts,
  type Who,
} from './people.js'

export type { Verb, Who }
export { verbs } from './people.js'

export interface Input {
  version?: number
  /** Stands in whatever is said with it, and nowhere else. */
  mark?: string
  unit?: string
  officer?: StaffName
  agree?: boolean
  isAllowed?: boolean
  workdays?: number
  score?: number
}

export type Problem = 'forbidden' | 'notFound' | 'stale' | 'wrongState' | 'invalid'

interface Proposal {
  by: StaffName
  mark: string
  workdays?: number
}

export interface State extends Whereabouts {
  version: number
  state: CaseState
  review: 'pending' | 'passed' | 'held'
  /** Whether something the firm wrote waits for the content check, and whether something is held back. */
  isUnchecked: boolean
  isHeld: boolean
  handedOn: string[]
  assisting: Record<string, boolean>
  isUrged: boolean
  isAnswered: boolean
  isClosed: boolean
  extensions: number
  /** Working days allowed in this round, extensions included. */
  workdays: number
  extension: Proposal | null
  decline: Proposal | null
  rating: number | null
  /** `verb mark`, as the enterprise and as staff read them. */
  timeline: string[]
  notes: string[]
}

/** 审批程序: answered within 5 working days. */
const WORKDAYS = 5
/** 延期最多2次，每次不超过5个工作日. */
const MOST_EXTENSIONS = 2
const LONGEST_EXTENSION = 5

/** A case just submitted, on a project with an officer. */
export const submitted: State = {
  version: 1,
  state: 'assigned',
  review: 'pending',
  isUnchecked: true,
  isHeld: false,
  unit: 'tiexi',
  officer: 'officer',
  handedOn: [],
  assisting: {},
  isUrged: false,
  isAnswered: false,
  isClosed: false,
  extensions: 0,
  workdays: WORKDAYS,
  extension: null,
  decline: null,
  rating: null,
  timeline: ['case.submit'],
  notes: [],
}

const freshRound = {
  isUrged: false,
  isAnswered: false,
  isClosed: false,
  extensions: 0,
  workdays: WORKDAYS,
  extension: null,
  decline: null,
  rating: null,
}

export type Outcome = { refused: Problem } | { next: State }
type Change = Partial<State> | Problem
type Deed = (state: State, input: Input, who: Who) => Change

const line = (verb: Verb, { mark }: Input) => (mark === undefined ? verb : `${verb} ${mark}`)
const told = (verb: Verb, state: State, input: Input) => ({ timeline: [...state.timeline, line(verb, input)] })
const noted = (verb: Verb, state: State, input: Input) => ({ notes: [...state.notes, line(verb, input)] })
/** What the firm writes waits for the content check. */
const unchecked = ({ mark }: Input) => (mark === undefined ? {} : { isUnchecked: true, review: 'pending' as const })

/** The officer of a unit who takes what is handed to it without a name: whoever is not away. */
const takers: Record<string, StaffName> = { tiexi: 'standIn', heping: 'other' }

function handed(verb: Verb, state: State, unit: string, officer: StaffName): Partial<State> {
  const isElsewhere = unit !== state.unit && !state.handedOn.includes(state.unit)
  return {
    unit,
    officer,
    extension: null,
    decline: null,
    ...(isElsewhere ? { handedOn: [...state.handedOn, state.unit].sort() } : {}),
    ...(verb === 'case.assign' ? told(verb, state, {}) : {}),
  }
}

const proposed = (who: Who, { mark = '', workdays }: Input): Proposal => ({
  by: who as StaffName,
  mark,
  ...(workdays === undefined ? {} : { workdays }),
})

/** What each verb changes besides the state and the version, or why it does not. */
const deeds: Record<Exclude<Verb, 'case.read'>, Deed> = {
  'case.sign': (s) => told('case.sign', s, {}),
  'case.askMore': (s, input) => told('case.askMore', s, input),
  'case.supply': (s, input) => ({ ...told('case.supply', s, input), ...unchecked(input) }),
  'case.note': (s, input) => noted('case.note', s, input),
  'case.answer': (s, input) => {
    if (s.decline) return 'wrongState'
    return { ...told('case.answer', s, input), isAnswered: true, extension: null }
  },
  'case.close': (s) => ({ ...told('case.close', s, {}), isClosed: true }),
  'case.withdraw': (s, input) => ({
    ...told('case.withdraw', s, input),
    ...unchecked(input),
    isClosed: true,
    extension: null,
    decline: null,
  }),
  'case.urge': (s, input) => {
    if (s.isUrged) return 'wrongState'
    return { ...told('case.urge', s, input), ...unchecked(input), isUrged: true }
  },
  'case.rate': (s, input) => {
    if (s.rating !== null) return 'wrongState'
    return { ...told('case.rate', s, input), ...unchecked(input), rating: input.score ?? 0, isClosed: true }
  },
  'case.reopen': (s, input) => ({ ...told('case.reopen', s, input), ...unchecked(input), ...freshRound }),
  'case.extend': (s, input, who) => {
    if (s.extension || s.extensions >= MOST_EXTENSIONS) return 'wrongState'
    if ((input.workdays ?? 0) > LONGEST_EXTENSION) return 'invalid'
    return { ...noted('case.extend', s, input), extension: proposed(who, input) }
  },
  'case.agreeExtension': (s, { agree, mark }, who) => {
    if (!s.extension) return 'wrongState'
    if (s.extension.by === who) return 'forbidden'
    if (!agree) return { ...noted('case.note', s, mark === undefined ? {} : { mark }), extension: null }
    return {
      // The enterprise reads what was asked for.
      ...told('case.agreeExtension', s, { mark: s.extension.mark }),
      extension: null,
      extensions: s.extensions + 1,
      workdays: s.workdays + (s.extension.workdays ?? 0),
    }
  },
  'case.decline': (s, input, who) => {
    if (s.decline) return 'wrongState'
    return { ...noted('case.decline', s, input), decline: proposed(who, input) }
  },
  'case.agreeDecline': (s, { agree, mark }, who) => {
    if (!s.decline) return 'wrongState'
    if (s.decline.by === who) return 'forbidden'
    if (!agree) return { ...noted('case.note', s, mark === undefined ? {} : { mark }), decline: null }
    const said = told('case.agreeDecline', s, { mark: s.decline.mark })
    return { ...said, decline: null, extension: null, isClosed: true }
  },
  'case.transfer': (s, input) => {
    const { unit = '', officer } = input
    if (unit === s.unit && officer === undefined) return 'invalid'
    if (officer !== undefined && (staffPosts[officer].unit !== unit || officer === s.officer)) return 'invalid'
    const to = officer ?? takers[unit]
    if (to === undefined) return 'invalid'
    return { ...handed('case.transfer', s, unit, to), ...told('case.transfer', s, input) }
  },
  'case.assign': (s, { officer, mark }, who) => {
    if (officer === undefined || officer === s.officer) return 'invalid'
    const { unit } = staffPosts[officer]
    if (who === 'leader' && unit !== s.unit) return 'invalid'
    const note = mark === undefined ? {} : noted('case.assign', s, { mark })
    return { ...handed('case.assign', s, unit, officer), ...note }
  },
  'case.assist': (s, input) => {
    const { unit = '' } = input
    if (unit === s.unit || !Object.hasOwn(takers, unit)) return 'invalid'
    return { ...noted('case.assist', s, input), assisting: { ...s.assisting, [unit]: false } }
  },
  'case.assistReply': (s, input, who) => ({
    ...noted('case.assistReply', s, input),
    assisting: { ...s.assisting, [isStaff(who) ? staffPosts[who].unit : '']: true },
  }),
  'case.release': (s, input) => {
    // One that the check had never reached stays as it was seen last.
    const isHeld = !input.isAllowed && (s.isUnchecked || s.isHeld)
    const review = input.isAllowed ? ('passed' as const) : ('held' as const)
    return { ...noted('case.release', s, {}), isUnchecked: false, isHeld, review }
  },
}

/** Where nobody agrees, the case stays as it is. */
const isRefusal = (verb: Verb, { agree }: Input) =>
  (verb === 'case.agreeDecline' || verb === 'case.agreeExtension') && !agree

/** One command or reading, alone. */
export function perform(state: State, who: Who, verb: Verb, input: Input): Outcome {
  const refused = refusalFor(who, verb, state)
  if (refused) return { refused }
  if (verb === 'case.read') return { next: state }
  if (input.version !== undefined && input.version !== state.version) return { refused: 'stale' }
  const transition: Transition = transitions[verb]
  if (!transition.from.includes(state.state)) return { refused: 'wrongState' }
  const change = deeds[verb](state, input, who)
  if (typeof change === 'string') return { refused: change }
  const to = isRefusal(verb, input) ? undefined : transition.to?.[state.state]
  return { next: { ...state, state: to ?? state.state, version: state.version + 1, ...change } }
}

/** The content check, which nobody asks for: it passes everything, or what one of two wrote before the other. */
function checked(state: State): State[] {
  if (!state.isUnchecked) return []
  const reviewed = (review: State['review'], isUnchecked: boolean): State => {
    const version = state.version + (review === state.review ? 0 : 1)
    return { ...state, review, isUnchecked, version }
  }
  const all = reviewed(state.isHeld ? 'held' : 'passed', false)
  return state.isHeld ? [all, reviewed('held', true)] : [all]
}

/** A case as somebody is shown it. */
export interface Seen {
  version: number
  state: CaseState
  review: State['review']
  unit: string
  /** Who acts today. */
  officer: Who
  isStoodInFor: boolean
  workdays: number
  isPaused: boolean
  isUrged: boolean
  isAnswered: boolean
  isClosed: boolean
  extensions: number
  rating: number | null
  timeline: string[]
  can: Verb[]
  /** Staff only. */
  notes?: string[]
  assisting?: string[]
  extension?: string
  decline?: string
}

const canVerbs = Object.keys(deeds) as (keyof typeof deeds)[]
/** Inputs with which a verb is refused for nothing but the state of the case. */
const plain: Input = { workdays: 1, score: 5, agree: true, isAllowed: true, mark: '#' }
/** Whether the button is there: what is asked of the input is not, nor whether it was the same person. */
function isOffered(state: State, who: Who, verb: (typeof canVerbs)[number]): boolean {
  if (verb === 'case.release' && state.review === 'passed') return false
  if (refusalFor(who, verb, state) !== undefined) return false
  const transition: Transition = transitions[verb]
  if (!transition.from.includes(state.state)) return false
  const change = deeds[verb](state, plain, who)
  return change !== 'wrongState'
}

/** What a proposal shows. */
const shown = ({ by, mark, workdays }: Proposal) => [by, mark, ...(workdays === undefined ? [] : [workdays])].join(' ')

export function seen(state: State, who: Who): Seen {
  const acting = actingFor[state.officer] ?? state.officer
  return {
    version: state.version,
    state: state.state,
    review: state.review,
    unit: state.unit,
    officer: acting,
    isStoodInFor: acting !== state.officer,
    workdays: state.workdays,
    isPaused: state.state === 'waiting',
    isUrged: state.isUrged && ['assigned', 'handling'].includes(state.state),
    isAnswered: state.isAnswered,
    isClosed: state.isClosed,
    extensions: state.extensions,
    rating: state.rating,
    timeline: state.timeline,
    can: canVerbs.filter((verb) => isOffered(state, who, verb)).sort(),
    ...(isStaff(who) && sees(who, state)
      ? {
          notes: state.notes,
          assisting: Object.entries(state.assisting)
            .map(([unit, hasReplied]) => `${unit} ${hasReplied}`)
            .sort(),
          extension: state.extension ? shown(state.extension) : '',
          decline: state.decline ? shown(state.decline) : '',
        }
      : {}),
  }
}

/** What an operation answered; `unknown` where the connection was lost. */
export type Answer = { seen: Seen } | { refused: string } | 'unknown'

export interface Operation {
  who: Who
  verb: Verb
  input: Input
  start: number
  end: number
  answer: Answer
}

/** A text that is kept from a reader is null: `verb ?`. */
const isSameLine = (expected: string, answered: string) =>
  expected === answered || (answered.endsWith(' ?') && expected.split(' ')[0] === answered.slice(0, -2))

/** What is not as the model has it: `field: answered, not expected`. */
export function differences(expected: Seen, answered: Seen): string[] {
  return Object.entries(expected).flatMap(([field, value]) => {
    const other = answered[field as keyof Seen]
    const isLines = field === 'timeline' && Array.isArray(value) && Array.isArray(other)
    const isSame = isLines
      ? value.length === other.length && value.every((one, n) => isSameLine(one, other[n] ?? ''))
      : JSON.stringify(value) === JSON.stringify(other)
    return isSame ? [] : [`${field}: ${JSON.stringify(other)}, not ${JSON.stringify(value)}`]
  })
}

/** Why an answer cannot be given in a state; undefined where it can. */
export function contradiction(state: State, { who, verb, input, answer }: Operation): string | undefined {
  const outcome = perform(state, who, verb, input)
  if (answer === 'unknown') return 'refused' in outcome ? 'has no effect' : undefined
  const given = 'refused' in answer ? answer.refused : 'done'
  const right = 'refused' in outcome ? outcome.refused : 'done'
  if (given !== right) return `${given}, not ${right}`
  if ('refused' in answer || 'refused' in outcome) return undefined
  const wrong = differences(seen(outcome.next, who), answer.seen)
  return wrong.length === 0 ? undefined : wrong.join('; ')
}

export const caseModel: Model<State, Operation> = {
  initial: submitted,
  apply(state, operation) {
    if (contradiction(state, operation) !== undefined) return undefined
    const outcome = perform(state, operation.who, operation.verb, operation.input)
    return 'next' in outcome ? outcome.next : state
  },
  byItself: checked,
  key: (state) => JSON.stringify(state),
}
