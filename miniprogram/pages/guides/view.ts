// A guide as a line of the search: what was found in it marked, how long it takes, who decides.
import type { ItemOf } from '../../services/api'
import { timesLine } from '../../services/guideTimes'
import { wordFor } from '../../services/words'

type Found = ItemOf<'guide.search'>
type Marks = Found['titleMarks']

export interface Segment {
  text: string
  isHit: boolean
}

/** A text cut at its marks, `[from, to)` each, which the server gives in order and apart. */
export function segmentsOf(text: string, marks: Marks): Segment[] {
  const segments: Segment[] = []
  let end = 0
  const add = (from: number, to: number, isHit: boolean) => {
    if (to > from) segments.push({ text: text.slice(from, to), isHit })
  }
  for (const [from, to] of marks) {
    add(end, from, false)
    add(Math.max(from, end), to, true)
    end = Math.max(end, to)
  }
  add(end, text.length, false)
  return segments
}

export const lineOf = ({ id, title, level, titleMarks, snippet, promise, legal }: Found) => ({
  id,
  title,
  level: wordFor('guideLevels', level),
  titleSegments: segmentsOf(title, titleMarks),
  segments: segmentsOf(snippet.text, snippet.marks),
  times: timesLine({ promise, legal }),
})

export type GuideLine = ReturnType<typeof lineOf>

export const levels = [
  { value: '', text: '全部' },
  { value: 'district', text: '区县办' },
  { value: 'city', text: '市里办' },
  { value: 'province', text: '省里办' },
] as const

export type LevelChoice = (typeof levels)[number]['value']
