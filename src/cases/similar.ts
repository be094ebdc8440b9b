/** Likely duplicates before submitting: the same asker's open cases with a similar text. */
const SIMILAR = 0.5

/** Pairs of neighbouring characters, punctuation and spaces aside. */
function bigrams(text: string): Set<string> {
  const characters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{P}\p{S}\s]/gu, ''),
  ]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

/** Dice coefficient of two texts' bigrams, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [first, second] = [bigrams(a), bigrams(b)]
  if (first.size === 0 || second.size === 0) return 0
  const shared = [...first].filter((pair) => second.has(pair)).length
  return (2 * shared) / (first.size + second.size)
}

/** The candidates that are likely the same, most alike first. */
export function likelySame<T extends { title: string; text: string }>(
  draft: { title: string; text?: string | undefined },
  candidates: readonly T[],
): { candidate: T; likeness: number }[] {
  return candidates
    .map((candidate) => ({
      candidate,
      likeness: Math.max(
        likeness(draft.title, candidate.title),
        draft.text === undefined ? 0 : likeness(draft.text, candidate.text),
      ),
    }))
    .filter((one) => one.likeness >= SIMILAR)
    .sort((a, b) => b.likeness - a.likeness)
}
