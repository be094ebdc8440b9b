// Who has how much in hand, by officer and by unit, as lines of one table.
import type { ItemOf } from '../../services/api'
import type { ListFilter } from '../../services/filters'
import { numberText, shortUnit } from './numbers'

interface Count {
  value: number
  filter: ListFilter
}

export interface NumberCell {
  key: string
  text: string
  title: string
  tone: string
  /** Null where there is nothing to open. */
  filter: ListFilter | null
}
export interface NumberLine {
  key: string
  name: string
  note: string
  cells: NumberCell[]
}

/** The heads of the columns, in the order of the cells. */
export const columns = ['在办', '超期', '快到期', '用时'] as const

const cell = (key: string, title: string, { value, filter }: Count, tone = ''): NumberCell => ({
  key,
  text: String(value),
  title,
  tone,
  filter: value > 0 ? filter : null,
})

interface Workload {
  overdue: Count
  dueSoon: Count
  averageWorkdays: { value: number | null; of: number; filter: ListFilter }
}

const cellsOf = (name: string, open: Count, { overdue, dueSoon, averageWorkdays }: Workload): NumberCell[] => [
  cell('open', `${name}在办的诉求`, open),
  cell('overdue', `${name}已超期的诉求`, overdue, 'bad'),
  cell('dueSoon', `${name}快到期的诉求`, dueSoon),
  {
    ...cell('average', `${name}这段时间答复的诉求`, { value: averageWorkdays.of, filter: averageWorkdays.filter }),
    text: numberText(averageWorkdays.value),
  },
]

export const officerLine = ({ officer, unit, open, ...workload }: ItemOf<'board.officers'>): NumberLine => ({
  key: `${unit.id} ${officer.postId}`,
  name: officer.name,
  note: shortUnit(unit.name),
  cells: cellsOf(officer.name, open, workload),
})

const openStates = ['assigned', 'handling', 'waiting'] as const

export function unitLine({ unit, states, ...workload }: ItemOf<'board.units'>): NumberLine {
  const name = shortUnit(unit.name)
  const value = openStates.reduce((sum, state) => sum + states[state].value, 0)
  const { verb, input } = states.assigned.filter
  const open = { value, filter: { verb, input: { ...input, states: openStates } } }
  return { key: unit.id, name, note: '', cells: cellsOf(name, open, workload) }
}
