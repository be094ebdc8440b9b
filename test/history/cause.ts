/** The least of an illegal history that is still illegal: what a person has to look at. */
import { linearize, type Model, type Timed } from './linearize.js'

/** Less than for the verdict itself: what cannot be told in time is kept. */
const STEPS_EACH = 5000

/**
 * Leaves out the answers that are not needed: what was done without a known answer may have been done at any later time
 * or never, so that forgetting an answer allows more orders, and what stays illegal is illegal for the others.
 */
export function causeOf<State, Operation extends Timed>(
  model: Model<State, Operation>,
  operations: readonly Operation[],
  forget: (operation: Operation) => Operation | undefined,
): Operation[] {
  const isIllegal = (some: readonly Operation[]) => linearize(model, some, STEPS_EACH).result === 'illegal'
  const until = (moment: number) =>
    operations.flatMap((one) => {
      if (one.end <= moment) return [one]
      return one.start < moment ? (forget(one) ?? []) : []
    })
  const ends = operations.map(({ end }) => end).filter((end) => end !== Infinity)
  const first = ends.sort((a, b) => a - b).find((end) => isIllegal(until(end)))
  let least: Operation[] = first === undefined ? [...operations] : until(first)
  for (const one of [...least].sort((a, b) => a.start - b.start)) {
    const forgotten = forget(one)
    const without = least.flatMap((other) => (other === one ? (forgotten ?? []) : [other]))
    if (isIllegal(without)) least = without
  }
  return least.sort((a, b) => a.start - b.start)
}
