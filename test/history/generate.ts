/** Histories that are legal because they were made so: the model run, each act at a moment within its operation. */
import { type Chance, nextAct } from './acts.js'
import { caseModel, type Operation, perform, type Seen, seen, submitted } from './model.js'
import { everybody, type Who } from './people.js'

export interface Made {
  /** How many acts. */
  length: number
  /** How many moments an operation reaches before and after its own. */
  overlap: number
  /** How many of them nobody heard the answer of; the last of these may not have been done at all. */
  lost: number
}

export function makeHistory(chance: Chance, { length, overlap, lost }: Made): Operation[] {
  const operations: Operation[] = []
  const last: Partial<Record<Who, Seen>> = {}
  let state = submitted
  for (let moment = 1; moment <= length; moment += 1) {
    if (chance() < 0.2) state = caseModel.byItself(state)[0] ?? state
    const who = everybody[Math.floor(chance() * everybody.length)] as Who
    const act = nextAct(chance, last[who])
    const outcome = perform(state, who, act.verb, act.input)
    const span = { start: moment - chance() * overlap, end: moment + chance() * overlap }
    const isLost = act.verb !== 'case.read' && chance() < lost
    if ('next' in outcome) {
      const isDone = !isLost || chance() < 0.5
      if (isDone) state = outcome.next
      if (!isLost) last[who] = seen(state, who)
    }
    if (isLost) operations.push({ who, ...act, ...span, end: Infinity, answer: 'unknown' })
    else if ('refused' in outcome) operations.push({ who, ...act, ...span, answer: outcome })
    else operations.push({ who, ...act, ...span, answer: { seen: seen(outcome.next, who) } })
  }
  return operations
}

/** Pseudo-random, the same for the same seed (Mulberry32). */
export function chanceFrom(seed: number): Chance {
  let n = seed
  return () => {
    n = (n + 0x6d2b79f5) | 0
    let t = Math.imul(n ^ (n >>> 15), n | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
