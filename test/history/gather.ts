/** From requests to operations: what was sent twice under one key is one operation, with one answer. */
import type { Operation } from './model.js'

export interface Sent extends Operation {
  /** Its Idempotency-Key, if it had one. */
  key?: string
}

export interface Gathered {
  operations: Operation[]
  /** Under one key, different answers: wrong whatever the order. */
  unequal: Sent[][]
}

const wasDone = ({ answer }: Operation) => answer !== 'unknown' && 'seen' in answer
const isUnknown = ({ answer }: Operation) => answer === 'unknown'

/** `bytes` is what each answer looked like on the wire. */
export function gather(sent: readonly Sent[], bytes: (one: Sent) => string | undefined): Gathered {
  const single: Operation[] = []
  const byKey = new Map<string, Sent[]>()
  for (const one of sent) {
    if (one.key === undefined) single.push(...knownReading(one))
    else byKey.set(one.key, [...(byKey.get(one.key) ?? []), one])
  }
  const unequal: Sent[][] = []
  for (const twins of byKey.values()) {
    const done = twins.filter(wasDone)
    if (new Set(done.map(bytes)).size > 1) unequal.push(done)
    // Refused, a key is free again: each refusal was an attempt of its own.
    single.push(...twins.filter((one) => !wasDone(one) && !isUnknown(one)))
    const lost = twins.filter(isUnknown)
    if (done.length > 0) single.push(together(done, twins))
    else if (lost.length > 0) single.push(together(lost, lost))
  }
  return {
    operations: single.map(({ who, verb, input, start, end, answer }) => ({ who, verb, input, start, end, answer })),
    unequal,
  }
}

/** Done once, after the first of them was sent and before the first of those that say so was answered. */
function together(answered: readonly Sent[], all: readonly Sent[]): Operation {
  const start = Math.min(...all.map((one) => one.start))
  const [first] = [...answered].sort((a, b) => a.end - b.end) as [Sent]
  return { ...first, start, end: first.end }
}

/** A reading that nobody answered says nothing. */
const knownReading = (one: Sent) => (isUnknown(one) && one.verb === 'case.read' ? [] : [one])
