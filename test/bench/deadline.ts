/** The bench ends by itself: nothing is begun that would not be over in time. */

export interface Deadline {
  /** Whether something that takes this long still fits. */
  fits(seconds: number): boolean
  /** In seconds. */
  left(): number
}

/** Rounds last as long as they are set to; the machine's own share of a part is taken double. */
export function deadlineIn(minutes: number): Deadline {
  const until = performance.now() + minutes * 60_000
  const left = () => (until - performance.now()) / 1000
  return { left, fits: (seconds) => seconds < left() }
}
