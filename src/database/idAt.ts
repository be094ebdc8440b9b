/** Ids by the time of what they name, so that ordering by id is ordering by time; in one process also within a millisecond. */
import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'

/** Starts anywhere, so that two processes hardly ever count alike; the id holds 42 random bits besides. */
let count = randomInt(2 ** 31)

export function idAt(at: Date): string {
  count = (count + 1) % 2 ** 32
  return v7({ msecs: at.getTime(), seq: count })
}
