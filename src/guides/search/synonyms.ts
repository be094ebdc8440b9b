// Turns what people say into what guides say, from data: everyday words, question words, shorthand, traditional characters.
import { fold, type Run, runs } from './tokens.js'

/** The shape of seeds/search/synonyms.json; every line says why it is there. */
export interface Synonyms {
  /** `say` is what people type, `mean` the official words, the likeliest first. */
  everyday: { say: string[]; mean: string[]; why: string }[]
  /** Words of a question that tell nothing about the matter; those that are empty are not looked up even alone. */
  fillers: { say: string[]; isEmpty?: boolean; why: string }[]
  /** A title with the formal name can also be found by the short one. */
  shorthand: { formal: string; short: string; why: string }[]
  /** Pairs of a traditional character and the one now in use. */
  traditional: { pairs: string[]; why: string }
}

/** One thing that is asked for: the words typed, and the official words for them. */
export interface Segment {
  text: string
  isHan: boolean
  means: string[]
}

export interface Lexicon {
  /** A query as guides would write it: folded, in characters now in use, not too long. */
  read(query: string): string
  segments(text: string): Segment[]
  shortNames(name: string): string[]
}

const LONGEST_QUERY = 100
const MOST_SEGMENTS = 6
const MOST_MEANINGS = 4
const WORD = /[a-z0-9]/

export function lexicon(synonyms: Synonyms): Lexicon {
  const simple = new Map(synonyms.traditional.pairs.map((pair) => [pair.charAt(0), pair.charAt(1)]))
  const meanings = new Map<string, string[]>()
  for (const { say, mean } of synonyms.everyday) {
    for (const word of say) meanings.set(fold(word), [...(meanings.get(fold(word)) ?? []), ...mean.map(fold)])
  }
  const fillers = new Set(synonyms.fillers.flatMap(({ say }) => say.map(fold)))
  const empty = new Set(synonyms.fillers.flatMap(({ say, isEmpty }) => (isEmpty ? say.map(fold) : [])))

  function read(query: string): string {
    return Array.from(fold(query.slice(0, LONGEST_QUERY)), (character) => simple.get(character) ?? character).join('')
  }

  /** Everyday words are cut out before question words, so that 「我想办厂」 keeps its 办厂. */
  function segments(text: string): Segment[] {
    const found = cut(text, meanings).flatMap(({ part, isKnown }): Segment[] => {
      if (!isKnown) return without(fillers, part)
      return [{ text: part, isHan: !WORD.test(part), means: (meanings.get(part) ?? []).slice(0, MOST_MEANINGS) }]
    })
    const telling = found.filter((segment) => !segment.isHan || segment.means.length > 0 || segment.text.length > 1)
    const kept = [telling, found].find((list) => list.length > 0) ?? without(empty, text)
    return kept.slice(0, MOST_SEGMENTS)
  }

  function shortNames(name: string): string[] {
    const short = new Set<string>()
    for (const { formal, short: brief } of synonyms.shorthand) {
      if (name.includes(formal)) short.add(name.replaceAll(formal, brief))
    }
    return [...short]
  }

  return { read, segments, shortNames }
}

const without = (words: ReadonlySet<string>, text: string): Segment[] =>
  cut(text, words).flatMap(({ part, isKnown }) => (isKnown ? [] : runs(part).map(unknown)))

function unknown(run: Run): Segment {
  return { ...run, means: [] }
}

/** Cuts a text at the longest known words, from left to right; a Latin one counts only as a whole word. */
function cut(text: string, known: { has(word: string): boolean; keys(): Iterable<string> }) {
  const longest = Math.max(0, ...Array.from(known.keys(), (word) => word.length))
  const parts: { part: string; isKnown: boolean }[] = []
  let begin = 0
  for (let at = 0; at < text.length; ) {
    const word = wordAt(text, at, longest, known)
    if (word === undefined) {
      at++
      continue
    }
    if (at > begin) parts.push({ part: text.slice(begin, at), isKnown: false })
    parts.push({ part: word, isKnown: true })
    begin = at += word.length
  }
  if (begin < text.length) parts.push({ part: text.slice(begin), isKnown: false })
  return parts
}

function wordAt(text: string, at: number, longest: number, known: { has(word: string): boolean }): string | undefined {
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const word = text.slice(at, at + length)
    if (!known.has(word)) continue
    const isInsideWord = WORD.test(word) && (WORD.test(text.charAt(at - 1)) || WORD.test(text.charAt(at + length)))
    if (!isInsideWord) return word
  }
  return undefined
}
