// Finds guides in memory by Chinese, pinyin, initials, wrong characters and everyday words, so that no database is asked.
import { EARS, type Ear, isPinyin, soundOf, type Spelling, spell } from './search/pinyin.js'
import { Postings, searchTerms } from './search/postings.js'
import { combine, countOf, raise, type Scores, scale } from './search/scores.js'
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
  /** Title, aliases, short names and code, folded, with a line's end before and after each. */
  names: string
  spellings: Spelling[]
}

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
    entries.push({
      doc: { ...doc, body },
      names: `\n${[...names, fold(doc.code)].join('\n')}\n`,
      spellings: names.map(spell),
    })
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
    const text = this.words.read(query)
    const segments = this.words.segments(text)
    const isOpen = this.entries.map(({ doc }) => level === undefined || doc.level === level)
    const found = combine(
      segments.map((segment) => this.look(segment, isOpen)),
      this.size,
      FEW,
    )
    // A guide called exactly what was typed, with or without its question, comes first.
    const exact = [text.trim(), segments.map((segment) => segment.text).join('')].map((name) => `\n${name}\n`)
    const ranked: { id: number; score: number }[] = []
    for (const [id, score] of found.entries()) {
      if (score === 0) continue
      const bonus = exact.some((name) => this.entries[id]?.names.includes(name)) ? 1 : 0
      ranked.push({ id, score: round(score + bonus) })
    }
    // Entries lie in the order of their codes, so their place settles what the score leaves open.
    ranked.sort((a, b) => b.score - a.score || a.id - b.id)
    const hearings = segments.map((segment) => (segment.isHan ? soundOf(segment.text) : earsFor(segment.text)))
    const items = ranked.slice(offset, offset + limit).map(({ id, score }) => this.item(id, score, segments, hearings))
    return { items, total: ranked.length }
  }

  /** As written and by its official words; what that leaves unfound, by sound; and at last by some of its characters. */
  private look({ text, isHan, means }: Segment, isOpen: boolean[]): Scores {
    const found = this.asWritten(text, isOpen)
    let worth = 1
    for (const meaning of means) {
      worth *= MEANING_WORTH
      raise(found, this.asWritten(meaning, isOpen), worth)
    }
    if (!isHan) raise(found, this.asPinyin(text, isOpen), 1)
    else if (countOf(found) < FEW) raise(found, this.bySound(text, isOpen), SOUND_WORTH)
    return isHan && countOf(found) === 0 ? this.loosely(text, isOpen) : found
  }

  /** Every pair of the word's characters is there; more so where a name holds the word unbroken. */
  private asWritten(word: string, isOpen: boolean[]): Scores {
    const scores = this.postings.all(word)
    return scale(scores.map((score, id) => (score > 0 && isOpen[id] ? score * this.closeness(id, word) : 0)))
  }

  private closeness(id: number, word: string): number {
    const entry = this.entries[id]
    const at = entry ? entry.names.indexOf(word) : -1
    if (!entry || at < 0) return 1
    if (entry.names.includes(`\n${word}\n`)) return 3
    return at <= entry.doc.title.length ? 2.5 : 2
  }

  /** Each way of listening is tried only when the surer ones found nothing. */
  private asPinyin(typed: string, isOpen: boolean[]): Scores {
    if (!isPinyin(typed)) return new Float64Array(this.size)
    for (const { ear, worth } of EARS) {
      const heard = this.listen((name) => ear(typed, name), isOpen)
      if (countOf(heard) > 0) return heard.map((score) => score * worth)
    }
    return new Float64Array(this.size)
  }

  private bySound(han: string, isOpen: boolean[]): Scores {
    const [hear] = soundOf(han)
    return hear ? this.listen(hear, isOpen) : new Float64Array(this.size)
  }

  /** The guides that have a name which is heard; worth more the more of the name it covers. */
  private listen(hear: Ear, isOpen: boolean[]): Scores {
    const found = new Float64Array(this.size)
    for (const [id, { spellings }] of this.entries.entries()) {
      if (!isOpen[id]) continue
      for (const name of spellings) {
        const heard = hear(name)
        if (!heard) continue
        const share = (heard.last - heard.first + 1) / name.syllables.length
        found[id] = Math.max(found[id] ?? 0, 0.5 + share / 2)
      }
    }
    return found
  }

  /** Some of the pairs are enough; pairs that no guide has are listened for, as they may hold a wrong character. */
  private loosely(han: string, isOpen: boolean[]): Scores {
    const pairs = searchTerms(han)
    const found = scale(this.postings.some(pairs, LEAST_SHARE).map((score, id) => (isOpen[id] ? score : 0)))
    const unknown = pairs.filter((pair) => !this.postings.has(pair)).slice(0, MOST_MISHEARD)
    for (const pair of unknown) {
      const heard = this.bySound(pair, isOpen)
      for (let id = 0; id < this.size; id++) {
        found[id] = (found[id] ?? 0) + ((heard[id] ?? 0) * SOUND_WORTH) / pairs.length
      }
    }
    return found.map((score) => score * LOOSE_WORTH)
  }

  private item(id: number, score: number, segments: Segment[], hearings: Ear[][]): SearchItem {
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

function earsFor(typed: string): Ear[] {
  return isPinyin(typed)
    ? EARS.map(
        ({ ear }): Ear =>
          (name) =>
            ear(typed, name),
      )
    : []
}

/** What of the title sounds like what was typed, each word by the surest way that hears it. */
function heardIn({ spellings: [title] }: Entry, hearings: Ear[][]): Mark[] {
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

function round(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
