// The numbers of the desk: what each counts, and the list behind it.
import type { Input, Output } from '../../../services/api'

export type Counts = Output<'case.counts'>

interface Tile {
  name: keyof Counts
  word: string
  verb: 'case.list' | 'rectification.list'
  input: Input<'case.list'> | Input<'rectification.list'>
  /** Red when there is any. */
  isAlarm?: boolean
}

const todo = (filter: Omit<Input<'case.list'>, 'scope'>): Input<'case.list'> => ({ scope: 'todo', ...filter })
/** What is not yet over. */
const openRectifications: Input<'rectification.list'> = { states: ['assigned', 'verified', 'resolved'] }

export const tiles: Tile[] = [
  { name: 'overdue', word: '已超期', verb: 'case.list', input: todo({ due: 'overdue' }), isAlarm: true },
  { name: 'today', word: '今天到期', verb: 'case.list', input: todo({ due: 'today' }), isAlarm: true },
  { name: 'assigned', word: '新来的', verb: 'case.list', input: todo({ states: ['assigned'] }) },
  { name: 'waiting', word: '等补充', verb: 'case.list', input: todo({ states: ['waiting'] }) },
  { name: 'assisting', word: '请我会办', verb: 'case.list', input: { scope: 'assisting' } },
  { name: 'rectifications', word: '差评整改', verb: 'rectification.list', input: openRectifications, isAlarm: true },
]

export interface TileLine {
  name: string
  word: string
  figure: string
  isAlarm: boolean
}

/** Without the counts, as long as they are not known, a dash. */
export function lineOf({ name, word, isAlarm = false }: Tile, counts: Counts | undefined): TileLine {
  const count = counts?.[name]
  return { name, word, figure: count === undefined ? '–' : String(count), isAlarm: isAlarm && (count ?? 0) > 0 }
}
