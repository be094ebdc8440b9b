/** Likely duplicates before submitting: the same asker's open cases with a similar text. */
const SIMILAR = 0.55

/** What politeness and asking add to a question, whatever it is about; longer ones first. */
const idleWords = [
  '您好',
  '你好',
  '请问',
  '咨询一下',
  '麻烦',
  '谢谢',
  '我们公司',
  '我公司',
  '我司',
  '我们',
  '本公司',
  '是不是',
  '是否',
  '需不需要',
  '要不要',
  '用不用',
  '要准备',
  '准备',
  '需要',
  '能不能',
  '可不可以',
  '可以',
  '怎么样',
  '怎么办理',
  '怎么办',
  '怎么',
  '如何',
  '要什么',
  '要哪些',
  '什么',
  '哪些',
  '办理',
  '一下',
  '吗',
  '呢',
  '的',
]
const idle = new RegExp(idleWords.join('|'), 'gu')

/** Pairs of neighbouring characters; punctuation, spaces and idle words aside. */
function bigrams(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, '')
  const core = [...plain.replace(idle, '')]
  // A text of nothing else is compared as it is.
  const characters = core.length > 1 ? core : [...plain]
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
