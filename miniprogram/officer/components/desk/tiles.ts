// The numbers of the desk: what each counts, and the list behind it.
import type { CaseItem, Input } from '../../../services/api'

export type Source = 'todo' | 'assisting' | 'rectifications'

interface Tile {
  name: string
  word: string
  source: Source
  /** Which of the cases to do; all without it. */
  counts?: (item: CaseItem) => boolean
  verb: 'case.list' | 'rectification.list'
  input: Input<'case.list'> | Input<'rectification.list'>
  /** Red when there is any. */
  isAlarm?: boolean
}

/** What is not yet over. */
export const openRectifications: Input<'rectification.list'>['states'] = ['assigned', 'verified', 'resolved']
const todo = (filter: Omit<Input<'case.list'>, 'scope'>): Input<'case.list'> => ({ scope: 'todo', ...filter })

export const tiles: Tile[] = [
  {
    name: 'overdue',
    word: '已超期',
    source: 'todo',
    counts: ({ isOverdue }) => isOverdue,
    verb: 'case.list',
    input: todo({ due: 'overdue' }),
    isAlarm: true,
  },
  {
    name: 'today',
    word: '今天到期',
    source: 'todo',
    counts: ({ daysLeft, isOverdue }) => daysLeft === 0 && !isOverdue,
    verb: 'case.list',
    input: todo({ due: 'today' }),
    isAlarm: true,
  },
  {
    name: 'new',
    word: '新来的',
    source: 'todo',
    counts: ({ state }) => state === 'assigned',
    verb: 'case.list',
    input: todo({ states: ['assigned'] }),
  },
  {
    name: 'waiting',
    word: '等补充',
    source: 'todo',
    counts: ({ state }) => state === 'waiting',
    verb: 'case.list',
    input: todo({ states: ['waiting'] }),
  },
  { name: 'assisting', word: '请我会办', source: 'assisting', verb: 'case.list', input: { scope: 'assisting' } },
  {
    name: 'rectifications',
    word: '差评整改',
    source: 'rectifications',
    verb: 'rectification.list',
    input: { states: openRectifications },
    isAlarm: true,
  },
]

/** What was fetched of a source: its items and whether there are more; undefined while unknown. */
export interface Counted {
  items: CaseItem[]
  total: number
  hasMore: boolean
}

export interface TileLine {
  name: string
  word: string
  figure: string
  isAlarm: boolean
}

export function lineOf({ name, word, counts, isAlarm = false }: Tile, counted: Counted | undefined): TileLine {
  const count = counted && (counts ? counted.items.filter(counts).length : counted.total)
  const figure = counted === undefined ? '–' : `${count}${counted.hasMore ? '+' : ''}`
  return { name, word, figure, isAlarm: isAlarm && (count ?? 0) > 0 }
}
