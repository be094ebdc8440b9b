/** The bench ends by itself: nothing is begun that would not be over in time. */

export interface Deadline {
  /** Whether something that takes this long still fits. */
  fits(seconds: number): boolean
  /** In seconds. */
  left(): number
}

/** A timer in run.ts ends what overruns all the same. */
export function deadlineIn(minutes: number): Deadline {
  const until = performance.now() + minutes * 60_000
  const left = () => (until - performance.now()) / 1000
  return { left, fits: (seconds) => seconds < left() }
}
