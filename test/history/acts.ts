/** What somebody might do with a case next: mostly what they were offered last, now and then anything at all. */
import { type Input, type Seen, type Verb, verbs } from './model.js'
import type { StaffName } from './people.js'

export interface Act {
  verb: Verb
  input: Input
}

/** Between 0 and 1. */
export type Chance = () => number

const oneOf = <T>(chance: Chance, some: readonly T[]): T => some[Math.floor(chance() * some.length)] as T

const READS = 0.25
const OFFERED = 0.85
const VERSIONED = 0.35
/** Where it may be left out, something is said as often as not. */
const SAID = 0.5
/** What is chosen more seldom than the rest: it can always be done, or leaves nothing to do. */
const SELDOM: Partial<Record<Verb, number>> = {
  'case.note': 0.15,
  'case.release': 0.3,
  'case.assist': 0.4,
  'case.assign': 0.3,
  'case.transfer': 0.3,
  'case.supply': 0.4,
  'case.withdraw': 0.03,
}

let count = 0
/** Tells each thing said from all others. */
export function newMark(): string {
  count += 1
  return `#${count}`
}

const takers: readonly StaffName[] = ['officer', 'standIn', 'leader', 'other']

/** What goes with a verb besides its version. */
const inputs: Record<Verb, (chance: Chance) => Input> = {
  'case.read': () => ({}),
  'case.sign': () => ({}),
  'case.askMore': said,
  'case.supply': said,
  'case.note': said,
  'case.answer': said,
  'case.close': () => ({}),
  'case.withdraw': saidPerhaps,
  'case.urge': saidPerhaps,
  'case.rate': (chance) => ({ ...saidPerhaps(chance), score: 1 + Math.floor(chance() * 5) }),
  'case.reopen': said,
  'case.extend': (chance) => ({ ...said(), workdays: 1 + Math.floor(chance() * 6) }),
  'case.agreeExtension': agreed,
  'case.decline': said,
  'case.agreeDecline': agreed,
  'case.transfer': (chance) => ({
    ...said(),
    unit: oneOf(chance, ['tiexi', 'heping']),
    ...(chance() < 0.5 ? { officer: oneOf(chance, takers) } : {}),
  }),
  'case.assign': (chance) => ({ ...saidPerhaps(chance), officer: oneOf(chance, takers) }),
  'case.assist': (chance) => ({ ...said(), unit: oneOf(chance, ['tiexi', 'heping']) }),
  'case.assistReply': said,
  'case.release': (chance) => ({ isAllowed: chance() < 0.8 }),
}

function said(): Input {
  return { mark: newMark() }
}
function saidPerhaps(chance: Chance): Input {
  return chance() < SAID ? said() : {}
}
function agreed(chance: Chance): Input {
  return { ...saidPerhaps(chance), agree: chance() < 0.7 }
}

/** The next act of somebody who has last seen the case so; whoever has not yet, or not may, looks. */
export function nextAct(chance: Chance, seen: Seen | undefined): Act {
  const reading: Act = { verb: 'case.read', input: {} }
  if (seen === undefined || chance() < READS) return reading
  const isChosen = (verb: Verb) => verb !== 'case.read' && chance() < (SELDOM[verb] ?? 1)
  const offered = seen.can.filter(isChosen)
  const isProper = chance() < OFFERED
  if (isProper && offered.length === 0) return reading
  const verb = oneOf(chance, isProper ? offered : verbs.filter(isChosen))
  const input = inputs[verb](chance)
  const isVersioned = chance() < VERSIONED
  return { verb, input: { ...input, ...(isVersioned ? { version: seen.version } : {}) } }
}

/** The body that the service is sent. */
export function bodyOf(id: string, { verb, input }: Act, postIdOf: (who: StaffName) => string) {
  const { version, mark, unit, officer, agree, isAllowed, workdays, score } = input
  const text = mark === undefined ? undefined : `说明${mark}`
  const given = {
    version,
    ...(['case.transfer', 'case.assign', 'case.extend', 'case.decline'].includes(verb) ? { reason: text } : { text }),
    ...(verb === 'case.decline' ? { basis: '《信访工作条例》' } : {}),
    unitId: unit,
    officerId: officer && postIdOf(officer),
    agree,
    isAllowed,
    workdays,
    score,
  }
  return { id, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
}
