// Finds names by how they sound: whole pinyin, initials, both mixed, near sounds, slips of the finger, wrong characters.
import { LRUCache } from 'lru-cache'
import { pinyin } from 'pinyin-pro'
import { fold } from './tokens.js'

export interface Spelling {
  /** One syllable for each Chinese character, one letter for each Latin letter or digit. */
  syllables: string[]
  /** Where each syllable's character lies in the name, as [start, end). */
  places: [number, number][]
  letters: string
  /** Where each syllable begins in `letters`. */
  begins: number[]
  /** The first letter of each syllable; its place is the syllable's. */
  initials: string
  /** The syllables softened, a space before and after each. */
  soft: string
}

/** Syllables first … last of a spelling answer to what was typed. */
export interface Heard {
  first: number
  last: number
}

/** Listens for one thing in a name. */
export type Ear = (name: Spelling) => Heard | undefined

type Listening = (typed: string, name: Spelling) => Heard | undefined

const LONGEST_TYPED = 30
/** A wrong character is looked for in a word, not in a whole sentence. */
const LONGEST_HEARD = 12
const FUZZY_FROM = 6
const FUZZY_SHARE = 0.15
/** Names whose spelling is remembered: an index that is built anew spells only what is new. */
const REMEMBERED = 10_000

const remembered = new LRUCache<string, Readonly<Spelling>>({ max: REMEMBERED })

export function spell(name: string): Readonly<Spelling> {
  const known = remembered.get(name)
  if (known) return known
  const spelling = read(name)
  remembered.set(name, spelling)
  return spelling
}

function read(name: string): Spelling {
  const syllables: string[] = []
  const places: [number, number][] = []
  let offset = 0
  for (const { origin, pinyin: sound, isZh } of pinyin(fold(name), { type: 'all', toneType: 'none', v: true })) {
    const syllable = isZh ? sound : origin
    if (/^[a-z0-9]+$/.test(syllable)) {
      syllables.push(syllable)
      places.push([offset, offset + origin.length])
    }
    offset += origin.length
  }
  let length = 0
  const begins = syllables.map((syllable) => (length += syllable.length) - syllable.length)
  return {
    syllables,
    places,
    letters: syllables.join(''),
    begins,
    initials: syllables.map((s) => s[0]).join(''),
    soft: softly(syllables),
  }
}

/** Sounds that are easily taken for each other become one: zh/z, ch/c, sh/s, -ng/-n, ü/u. */
function soften(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace('v', 'u')
}

function softly(syllables: string[]): string {
  return ` ${syllables.map(soften).join(' ')} `
}

const waysOf = new Map<string, string[]>()

/** Every way in which a syllable is likely to be typed: ping, pin; shen, sen, sheng, seng. */
function ways(syllable: string): string[] {
  const known = waysOf.get(syllable)
  if (known) return known
  const soft = soften(syllable)
  const heads = /^[zcs][^h]/.test(soft) ? [soft, `${soft[0]}h${soft.slice(1)}`] : [soft]
  const tails = heads.flatMap((head) => (/[aei]n$/.test(head) ? [head, `${head}g`] : [head]))
  const all = [...new Set([syllable, ...tails])]
  waysOf.set(syllable, all)
  return all
}

/** The syllable that covers a place in `letters`. */
function syllableAt(name: Spelling, letter: number): number {
  let at = 0
  while (at + 1 < name.begins.length && (name.begins[at + 1] ?? 0) <= letter) at++
  return at
}

/** `paiwu`: whole syllables, the last one perhaps begun only. */
const whole: Listening = (typed, name) => {
  for (let at = name.letters.indexOf(typed); at >= 0; at = name.letters.indexOf(typed, at + 1)) {
    const first = name.begins.indexOf(at)
    if (first >= 0) return { first, last: syllableAt(name, at + typed.length - 1) }
  }
  return undefined
}

/** `pwxk`: the first letter of each syllable. */
const initials: Listening = (typed, name) => {
  const first = name.initials.indexOf(typed)
  return first < 0 ? undefined : { first, last: first + typed.length - 1 }
}

/** Where one gets from each place reached by typing one or more letters of a syllable. */
function advance(reached: number, typed: string, way: string): number {
  let next = 0
  for (let from = 0; from < typed.length; from++) {
    if (!(reached & (1 << from))) continue
    for (let n = 0; n < way.length && typed[from + n] === way[n]; n++) next |= 1 << (from + n + 1)
  }
  return next
}

/** `hpspi`, `huanpsp`, `huanpinsenpi`: some letters of each syllable, in any of its ways. */
const mixed: Listening = (typed, name) => {
  const initial = typed.charAt(0)
  for (let first = name.initials.indexOf(initial); first >= 0; first = name.initials.indexOf(initial, first + 1)) {
    // Bit n says that the first n letters are accounted for.
    let reached = 1
    for (let last = first; last < name.syllables.length && reached !== 0; last++) {
      let next = 0
      for (const way of ways(name.syllables[last] ?? '')) next |= advance(reached, typed, way)
      if (next & (1 << typed.length)) return { first, last }
      reached = next
    }
  }
  return undefined
}

/** Three rows of the table of edit distances, used again and again. */
const rows = [0, 1, 2].map(() => new Uint8Array(2 * LONGEST_TYPED))

/**
 * How far `typed` reaches into `letters` from `from` with at most `slips` letters wrong, missing, surplus or swapped;
 * the reading with fewest slips wins, of equal ones the longest. Undefined when there are more slips.
 */
function reach(typed: string, letters: string, from: number, slips: number): number | undefined {
  const width = Math.min(typed.length + slips, letters.length - from)
  const never = slips + 1
  let [before, row, next] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let x = 0; x <= width; x++) row[x] = Math.min(x, never)
  for (let y = 1; y <= typed.length; y++) {
    next.fill(never, 0, width + 1)
    if (y <= slips) next[0] = y
    let least = next[0] ?? never
    for (let x = Math.max(1, y - slips); x <= Math.min(width, y + slips); x++) {
      const isSame = typed[y - 1] === letters[from + x - 1]
      let cost = Math.min((row[x - 1] ?? never) + (isSame ? 0 : 1), (row[x] ?? never) + 1, (next[x - 1] ?? never) + 1)
      const isSwapped =
        y > 1 && x > 1 && typed[y - 1] === letters[from + x - 2] && typed[y - 2] === letters[from + x - 1]
      if (isSwapped) cost = Math.min(cost, (before[x - 2] ?? never) + 1)
      next[x] = Math.min(cost, never)
      least = Math.min(least, cost)
    }
    if (least > slips) return undefined
    ;[before, row, next] = [row, next, before]
  }
  let best = never
  let length: number | undefined
  for (let x = 1; x <= width; x++) {
    if ((row[x] ?? never) > Math.min(best, slips)) continue
    best = row[x] ?? never
    length = x
  }
  return length
}

/** `huanpign`: from six letters on, one slip in about seven letters; the first letter must be right. */
const fuzzy: Listening = (typed, name) => {
  if (typed.length < FUZZY_FROM) return undefined
  const slips = Math.max(1, Math.floor(typed.length * FUZZY_SHARE))
  const initial = typed.charAt(0)
  for (let first = name.initials.indexOf(initial); first >= 0; first = name.initials.indexOf(initial, first + 1)) {
    const begin = name.begins[first] ?? 0
    const length = reach(typed, name.letters, begin, slips)
    if (length !== undefined) return { first, last: syllableAt(name, begin + length - 1) }
  }
  return undefined
}

/** The ways of listening, most certain first, and what a match of each is worth. */
export const EARS: { ear: Listening; worth: number }[] = [
  { ear: whole, worth: 1 },
  { ear: initials, worth: 0.9 },
  { ear: mixed, worth: 0.7 },
  { ear: fuzzy, worth: 0.5 },
]

/** Typed letters that can be pinyin at all. */
export function isPinyin(typed: string): boolean {
  return typed.length >= 2 && typed.length <= LONGEST_TYPED && /^[a-z]+$/.test(typed)
}

/** Listens for the sound of Chinese characters, near sounds included: 环凭 is heard as 环评. */
export function soundOf(han: string): Ear[] {
  if (han.length > LONGEST_HEARD) return []
  const { syllables, soft } = spell(han)
  if (syllables.length < 2) return []
  const hear: Ear = (name) => {
    const at = name.soft.indexOf(soft)
    if (at < 0) return undefined
    const first = name.soft.slice(0, at).split(' ').length - 1
    return { first, last: first + syllables.length - 1 }
  }
  return [hear]
}
