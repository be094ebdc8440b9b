// Remembers which guide holds which term and how much that says (BM25); flat arrays, so that common terms cost little.
import type { Scores } from './scores.js'
import { bigrams, runs, terms } from './tokens.js'

/** What a field is worth, and how many terms it usually has. */
const FIELDS = {
  title: { worth: 8, usual: 16 },
  names: { worth: 8, usual: 16 },
  code: { worth: 8, usual: 2 },
  body: { worth: 1, usual: 1200 },
}

export type Fields = Record<keyof typeof FIELDS, string>

const SATURATION = 1.2
const LENGTH_SHARE = 0.7
const MOST_TERMS = 24
const MOST_ENDINGS = 20

interface Posting {
  ids: number[]
  weights: number[]
}

/** What is looked up for a word: few enough that no query takes long. */
export function searchTerms(word: string): string[] {
  const all = runs(word).flatMap(({ text, isHan }) => (isHan ? bigrams(text) : [text]))
  return [...new Set(all)].slice(0, MOST_TERMS)
}

export class Postings {
  private readonly postings = new Map<string, Posting>()
  private readonly latin: string[] = []
  private size = 0

  /** Ids are 0, 1, 2 … in this order. */
  add(fields: Fields): void {
    const weights = new Map<string, number>()
    for (const [field, { worth, usual }] of Object.entries(FIELDS)) {
      const all = terms(fields[field as keyof Fields])
      const counts = new Map<string, number>()
      for (const term of all) counts.set(term, (counts.get(term) ?? 0) + 1)
      const damping = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * all.length) / usual)
      for (const [term, count] of counts) {
        weights.set(term, (weights.get(term) ?? 0) + (worth * count) / (count + damping))
      }
    }
    const id = this.size++
    for (const [term, weight] of weights) {
      const posting = this.postingOf(term)
      posting.ids.push(id)
      posting.weights.push(weight)
    }
  }

  private postingOf(term: string): Posting {
    const known = this.postings.get(term)
    if (known) return known
    const posting: Posting = { ids: [], weights: [] }
    this.postings.set(term, posting)
    if (/^[a-z0-9]/.test(term)) this.latin.push(term)
    return posting
  }

  has(term: string): boolean {
    return this.postings.has(term)
  }

  /** The guides that hold every term of a word. */
  all(word: string): Scores {
    const wanted = searchTerms(word)
    const { sums, counts } = this.sum(wanted)
    return sums.map((sum, id) => (counts[id] === wanted.length ? sum : 0))
  }

  /** The guides that hold at least this share of the terms, worth less the less they hold. */
  some(wanted: string[], leastShare: number): Scores {
    const { sums, counts } = this.sum(wanted)
    return sums.map((sum, id) => {
      const share = (counts[id] ?? 0) / wanted.length
      return share >= leastShare ? sum * share : 0
    })
  }

  private sum(wanted: string[]) {
    const sums = new Float64Array(this.size)
    const counts = new Uint8Array(this.size)
    for (const term of wanted) {
      const seen = new Uint8Array(this.size)
      for (const ending of this.begunBy(term)) {
        const posting = this.postings.get(ending)
        if (!posting) continue
        const { ids, weights } = posting
        const rarity = Math.log(1 + (this.size - ids.length + 0.5) / (ids.length + 0.5))
        const nearness = term.length / ending.length
        for (let i = 0; i < ids.length; i++) {
          const id = ids[i] ?? 0
          sums[id] = (sums[id] ?? 0) + rarity * nearness * (weights[i] ?? 0)
          seen[id] = 1
        }
      }
      for (let id = 0; id < seen.length; id++) counts[id] = (counts[id] ?? 0) + (seen[id] ?? 0)
    }
    return { sums, counts }
  }

  /** A Latin term of two letters or more may be the beginning of a word. */
  private begunBy(term: string): string[] {
    if (term.length < 2 || !/^[a-z0-9]/.test(term)) return [term]
    return this.latin.filter((word) => word.startsWith(term)).slice(0, MOST_ENDINGS)
  }
}
