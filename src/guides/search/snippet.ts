// Picks the passage that shows why a guide was found, and says by offsets, never by HTML, what to highlight.
import { bigrams, fold } from './tokens.js'

export type Mark = [start: number, end: number]

export interface Snippet {
  text: string
  marks: Mark[]
}

const LENGTH = 64
const LEAD = 12
const MOST_MARKS = 200

/** Marks in order, those that touch joined. */
export function joinMarks(marks: Mark[]): Mark[] {
  const joined: Mark[] = []
  for (const [start, end] of marks.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

function occurrences(folded: string, word: string): Mark[] {
  const marks: Mark[] = []
  for (
    let at = folded.indexOf(word);
    at >= 0 && marks.length < MOST_MARKS;
    at = folded.indexOf(word, at + word.length)
  ) {
    marks.push([at, at + word.length])
  }
  return marks
}

/** What stands for one thing asked for: the word typed, then its other names. */
export type Names = string[]

/** Each thing asked for where its first name that occurs stands; when none occurs, the pairs of characters shared. */
export function marksOf(text: string, asked: Names[]): Mark[] {
  const folded = fold(text)
  const marks = asked.flatMap((names) => {
    const name = names.find((one) => folded.includes(one))
    return name === undefined ? [] : occurrences(folded, name)
  })
  if (marks.length > 0) return joinMarks(marks)
  const pairs = new Set(asked.flatMap(([typed = '']) => bigrams(typed)).filter((pair) => pair.length > 1))
  return joinMarks([...pairs].flatMap((pair) => occurrences(folded, pair)).slice(0, MOST_MARKS))
}

/** The window with most marked characters, the earliest of several; without a mark, how the text begins. */
export function snippetOf(body: string, asked: Names[]): Snippet {
  const marks = marksOf(body, asked)
  let best = { start: 0, marked: 0 }
  for (const [i, [at]] of marks.entries()) {
    const start = Math.max(0, Math.min(at - LEAD, body.length - LENGTH))
    let marked = 0
    for (const [from, to] of marks.slice(i)) {
      if (to > start + LENGTH) break
      marked += to - from
    }
    if (marked > best.marked) best = { start, marked }
  }
  const start = wholeCharacter(body, openingOf(body, best.start, marks))
  const end = wholeCharacter(body, Math.min(body.length, start + LENGTH))
  const lead = start > 0 ? '…' : ''
  const shift = lead.length - start
  return {
    text: lead + body.slice(start, end) + (end < body.length ? '…' : ''),
    marks: marks
      .filter(([from, to]) => to > start && from < end)
      .map(([from, to]) => [Math.max(from, start) + shift, Math.min(to, end) + shift]),
  }
}

/** Begins after a sentence's end when there is one just before the first mark. */
function openingOf(body: string, start: number, marks: Mark[]): number {
  if (start === 0) return 0
  const firstMark = marks.find(([from]) => from >= start)?.[0] ?? start
  const lead = body.slice(start, firstMark)
  return start + Math.max(...['。', '；', '，', ' '].map((stop) => lead.lastIndexOf(stop))) + 1
}

/** Never cuts a character of two code units in half. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at
}
