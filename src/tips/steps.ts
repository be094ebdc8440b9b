/** What each step of a tip writes, once it is known who may take it; each answers its line's id. */
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { concludeBy } from './clock.js'
import { move, type Step } from './move.js'
import type { Tip } from './tip.js'

export interface Taken extends Omit<Step, 'step'> {
  postId: string
  /** The official, whatever posts they hold. */
  personId: string | null
  know: Pick<Knowledge, 'tips'>
}

export function accept(taken: Taken, text: string | null): Promise<string> {
  const today = dateOf(taken.now)
  const patch = { answeredOn: today, concludeBy: concludeBy(taken.know, today) }
  return move({ ...taken, step: 'tip.accept' }, patch, text)
}

export function refuse(taken: Taken, basis: string, reason: string): Promise<string> {
  const today = dateOf(taken.now)
  const text = `依据：${basis}。理由：${reason}`
  return move({ ...taken, step: 'tip.refuse' }, { answeredOn: today, endedOn: today }, text)
}

export function transfer(taken: Taken, to: string, reason: string): Promise<string> {
  const today = dateOf(taken.now)
  const patch = { answeredOn: taken.target.answeredOn ?? today, endedOn: today }
  return move({ ...taken, step: 'tip.transfer' }, patch, `移送${to}：${reason}`)
}

export function verify(taken: Taken, found: Pick<Tip, 'finding' | 'facts' | 'sameMatterId'>): Promise<string> {
  const { now, postId, personId } = taken
  const by = { verifiedOn: dateOf(now), verifiedByPostId: postId, verifiedBy: personId }
  return move({ ...taken, step: 'tip.verify' }, { ...found, ...by })
}

type Outcome = Pick<Tip, 'decision' | 'decisionNumber' | 'decidedOn' | 'penaltyFen' | 'reply'>

export function conclude(taken: Taken, outcome: Outcome): Promise<string> {
  const { now, postId, personId } = taken
  const by = { endedOn: dateOf(now), concludedByPostId: postId, concludedBy: personId }
  return move({ ...taken, step: 'tip.conclude' }, { ...outcome, ...by })
}

export function markPriority(taken: Taken, isPriority: boolean, reason: string): Promise<string> {
  const text = `${isPriority ? '列入' : '移出'}重点信访事项清单：${reason}`
  return move({ ...taken, step: 'tip.markPriority' }, { isPriority, priorityReason: isPriority ? reason : null }, text)
}
