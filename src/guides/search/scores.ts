// How well each guide answers: one number for each, 0 where it does not; flat arrays, since common words concern all guides.

export type Scores = Float64Array

export function countOf(scores: Scores): number {
  let count = 0
  for (const score of scores) if (score > 0) count++
  return count
}

/** The better of two scores stays. */
export function raise(found: Scores, more: Scores, worth: number): void {
  for (let id = 0; id < found.length; id++) found[id] = Math.max(found[id] ?? 0, (more[id] ?? 0) * worth)
}

/** The best becomes `worth`, so that a rare and a common word weigh the same. */
export function scale(scores: Scores, worth = 1): Scores {
  let best = 0
  for (const score of scores) best = Math.max(best, score)
  return best > 0 ? scores.map((score) => (score / best) * worth) : scores
}

/** All that was asked for first; when fewer than `few` guides have all, those that have some of it after them. */
export function combine(parts: Scores[], size: number, few: number): Scores {
  const sums = new Float64Array(size)
  if (parts.length === 0) return sums
  const counts = new Uint8Array(size)
  for (const part of parts) {
    for (let id = 0; id < size; id++) {
      const score = part[id] ?? 0
      if (score === 0) continue
      sums[id] = (sums[id] ?? 0) + score / parts.length
      counts[id] = (counts[id] ?? 0) + 1
    }
  }
  const complete = sums.map((sum, id) => (sum > 0 && counts[id] === parts.length ? sum + 1 : 0))
  if (countOf(complete) >= few) return complete
  return sums.map((sum, id) => complete[id] || (sum * (counts[id] ?? 0)) / parts.length)
}
