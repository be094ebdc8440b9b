/** Chance that falls the same way each time. */
export interface Dice {
  /** Whether something of this likelihood (0 to 1) happens. */
  happens(likelihood: number): boolean
  /** A whole number from 0 up, below `below`. */
  below(below: number): number
  pick<T>(from: readonly T[]): T
}

/** Mulberry32, a small generator that is good enough to shuffle a town. */
export function diceOf(seed: number): Dice {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { happens: (likelihood) => next() < likelihood, below, pick: (from) => from[below(from.length)] as never }
}
