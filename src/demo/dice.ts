/** Chance that always falls the same way: the same key gives the same throws, on every machine and database. */
import { createHash } from 'node:crypto'

export interface Dice {
  /** 0 ≤ n < 1. */
  throw(): number
  /** True in so many of a hundred throws. */
  percent(share: number): boolean
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<T>(choices: readonly T[]): T
}

export function diceOf(key: string): Dice {
  let state = createHash('sha256').update(`shenhuan demonstration ${key}`).digest().readUInt32LE(0)
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    throw: next,
    percent: (share) => next() * 100 < share,
    between,
    pick<T>(choices: readonly T[]): T {
      if (choices.length === 0) throw new RangeError('nothing to pick from')
      return choices[between(0, choices.length - 1)] as T
    },
  }
}
