// Finds guides in memory by Chinese, pinyin, initials, wrong characters and everyday words, so that no database is asked.
import { EARS, type Heard, isPinyin, soundOf, type Spelling, spell } from './search/pinyin.js'
import { Postings, type Scores, searchTerms } from './search/postings.js'
import { joinMarks, type Mark, marksOf, type Snippet, snippetOf } from './search/snippet.js'
import { type Lexicon, lexicon, type Segment, type Synonyms } from './search/synonyms.js'
import { fold } from './search/tokens.js'

export type { Mark, Snippet } from './search/snippet.js'
export type { Synonyms } from './search/synonyms.js'

export interface SearchDoc {
  id: string
  code: string
  title: string
  aliases: string[]
  level: 'city' | 'district' | 'province'
  /** Plain text of all sections. */
  body: string
}

export interface SearchOptions {
  level?: SearchDoc['level']
  limit: number
  offset: number
}

export interface SearchItem {
  id: string
  snippet: Snippet
  titleMarks: Mark[]
  score: number
}

export interface GuideIndex {
  readonly size: number
  /** Never throws for any text; what has no letter or character in it finds nothing. */
  search(query: string, options: SearchOptions): { items: SearchItem[]; total: number }
}

interface Entry {
  doc: SearchDoc
  /** Title, aliases and short names, folded. */
  names: string[]
  spellings: Spelling[]
}

type Hear = (name: Spelling) => Heard | undefined

/** Fewer finds than this count as little, and the next way of looking is tried as well. */
const FEW = 3
const SOUND_WORTH = 0.6
const LOOSE_WORTH = 0.5
/** Each further official word for an everyday one is worth a little less than the one before. */
const MEANING_WORTH = 0.95
const LEAST_SHARE = 1 / 3
const MOST_MISHEARD = 4

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Builds the index and lets other work run after every `yieldEvery` guides. */
export async function buildIndex(docs: SearchDoc[], synonyms: Synonyms, yieldEvery = 10): Promise<GuideIndex> {
  const words = lexicon(synonyms)
  const postings = new Postings()
  const entries: Entry[] = []
  for (const doc of docs.toSorted((a, b) => compare(a.code, b.code) || compare(a.id, b.id))) {
    const given = [doc.title, ...doc.aliases].map(fold)
    const names = [...new Set([...given, ...given.flatMap((name) => words.shortNames(name))])]
    const body = doc.body.replace(/\s+/g, ' ').trim()
    entries.push({ doc: { ...doc, body }, names, spellings: names.map(spell) })
    postings.add({ title: doc.title, names: names.slice(1).join('\n'), code: doc.code, body })
    if (entries.length % yieldEvery === 0) await nextTurn()
  }
  return new Guides(entries, postings, words)
}

class Guides implements GuideIndex {
  constructor(
    private readonly entries: Entry[],
    private readonly postings: Postings,
    private readonly words: Lexicon,
  ) {}

  get size() {
    return this.entries.length
  }

  search(query: string, { level, limit, offset }: SearchOptions) {
    const segments = this.words.segments(query)
    const pool = new Set<number>()
    for (const [id, { doc }] of this.entries.entries()) if (level === undefined || doc.level === level) pool.add(id)
    const found = combine(segments.map((segment) => this.look(segment, pool)))
    const whole = fold(query).trim()
    const ranked = Array.from(found, ([id, score]) => ({ id, score: round(score + this.nameBonus(id, whole)) }))
    // Entries lie in the order of their codes, so their place settles what the score leaves open.
    ranked.sort((a, b) => b.score - a.score || a.id - b.id)
    const hearings = segments.map(({ text, isHan }) => (isHan ? listeners(soundOf(text)) : earsFor(text)))
    const items = ranked.slice(offset, offset + limit).map(({ id, score }) => this.item(id, score, segments, hearings))
    return { items, total: ranked.length }
  }

  /** A guide called exactly what was typed, or with exactly that code, comes first. */
  private nameBonus(id: number, whole: string): number {
    const entry = this.entries[id]
    return entry && (entry.names.includes(whole) || fold(entry.doc.code) === whole) ? 1 : 0
  }

  /** As written and by its official words; what that leaves unfound, by sound; and at last by some of its characters. */
  private look({ text, isHan, means }: Segment, pool: Set<number>): Scores {
    const found = this.asWritten(text, pool)
    let worth = 1
    for (const meaning of means) {
      worth *= MEANING_WORTH
      raise(found, this.asWritten(meaning, pool), worth)
    }
    if (!isHan) raise(found, this.asPinyin(text, pool), 1)
    else if (found.size < FEW) raise(found, this.bySound(text, pool), SOUND_WORTH)
    return found.size === 0 && isHan ? this.loosely(text, pool) : found
  }

  /** Every pair of the word's characters is there; more so where a name holds the word unbroken. */
  private asWritten(word: string, pool: Set<number>): Scores {
    const scores = within(this.postings.all(word), pool)
    for (const [id, score] of scores) scores.set(id, score * this.closeness(id, word))
    return scaled(scores)
  }

  private closeness(id: number, word: string): number {
    const names = this.entries[id]?.names ?? []
    const at = names.findIndex((name) => name.includes(word))
    if (at < 0) return 1
    if (names.includes(word)) return 3
    return at === 0 ? 2.5 : 2
  }

  /** Each way of listening is tried only when the surer ones found nothing. */
  private asPinyin(typed: string, pool: Set<number>): Scores {
    if (!isPinyin(typed)) return new Map()
    for (const { ear, worth } of EARS) {
      const heard = this.listen((name) => ear(typed, name), pool)
      if (heard.size === 0) continue
      for (const [id, score] of heard) heard.set(id, score * worth)
      return heard
    }
    return new Map()
  }

  private bySound(han: string, pool: Set<number>): Scores {
    const hear = soundOf(han)
    return hear ? this.listen(hear, pool) : new Map()
  }

  /** The guides that have a name which is heard; worth more the more of the name it covers. */
  private listen(hear: Hear, pool: Set<number>): Scores {
    const found: Scores = new Map()
    for (const id of pool) {
      for (const name of this.entries[id]?.spellings ?? []) {
        const heard = hear(name)
        if (!heard) continue
        const share = (heard.last - heard.first + 1) / name.syllables.length
        found.set(id, Math.max(found.get(id) ?? 0, 0.5 + share / 2))
      }
    }
    return found
  }

  /** Some of the pairs are enough; pairs that no guide has are listened for, as they may hold a wrong character. */
  private loosely(han: string, pool: Set<number>): Scores {
    const pairs = searchTerms(han)
    const found = scaled(within(this.postings.some(pairs, LEAST_SHARE), pool))
    const unknown = pairs.filter((pair) => !this.postings.has(pair)).slice(0, MOST_MISHEARD)
    for (const pair of unknown) {
      for (const [id, score] of this.bySound(pair, pool)) {
        found.set(id, (found.get(id) ?? 0) + (score * SOUND_WORTH) / pairs.length)
      }
    }
    for (const [id, score] of found) found.set(id, score * LOOSE_WORTH)
    return found
  }

  private item(id: number, score: number, segments: Segment[], hearings: Hear[][]): SearchItem {
    const entry = this.entries[id]
    if (!entry) throw new RangeError(`no guide at ${id}`)
    const asked = segments.map(({ text, means }) => [text, ...means])
    const titleMarks = marksOf(entry.doc.title, asked)
    return {
      id: entry.doc.id,
      snippet: snippetOf(entry.doc.body, asked),
      titleMarks: titleMarks.length > 0 ? titleMarks : heardIn(entry, hearings),
      score,
    }
  }
}

function listeners(hear: Hear | undefined): Hear[] {
  return hear ? [hear] : []
}

function earsFor(typed: string): Hear[] {
  return isPinyin(typed)
    ? EARS.map(
        ({ ear }): Hear =>
          (name) =>
            ear(typed, name),
      )
    : []
}

/** What of the title sounds like what was typed, each word by the surest way that hears it. */
function heardIn({ spellings: [title] }: Entry, hearings: Hear[][]): Mark[] {
  if (!title) return []
  const marks = hearings.flatMap((ways): Mark[] => {
    for (const hear of ways) {
      const heard = hear(title)
      const from = heard && title.places[heard.first]
      const to = heard && title.places[heard.last]
      if (from && to) return [[from[0], to[1]]]
    }
    return []
  })
  return joinMarks(marks)
}

/** All that was asked for first; when few guides have all, those that have some of it after them. */
function combine(parts: Scores[]): Scores {
  const sums: Scores = new Map()
  const counts = new Map<number, number>()
  for (const part of parts) {
    for (const [id, score] of part) {
      sums.set(id, (sums.get(id) ?? 0) + score / parts.length)
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  const found: Scores = new Map()
  for (const [id, sum] of sums) if (counts.get(id) === parts.length) found.set(id, sum + 1)
  if (found.size >= FEW) return found
  for (const [id, sum] of sums) {
    if (!found.has(id)) found.set(id, (sum * (counts.get(id) ?? 0)) / parts.length)
  }
  return found
}

function within(scores: Scores, pool: Set<number>): Scores {
  for (const id of scores.keys()) if (!pool.has(id)) scores.delete(id)
  return scores
}

/** The better of two scores stays. */
function raise(found: Scores, more: Scores, worth: number): void {
  for (const [id, score] of more) found.set(id, Math.max(found.get(id) ?? 0, score * worth))
}

/** The best is 1, so that a rare and a common word weigh the same. */
function scaled(scores: Scores): Scores {
  let best = 0
  for (const score of scores.values()) best = Math.max(best, score)
  for (const [id, score] of scores) scores.set(id, score / best)
  return scores
}

function round(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
