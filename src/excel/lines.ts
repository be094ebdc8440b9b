/** The lines of an office's sheet, each cell as its column means it, with everything that is wrong with them. */
import { setImmediate } from 'node:timers/promises'
import { type Measure, plain, readCell } from './cell.js'
import { type Column, readHeader, type Value } from './column.js'
import type { RawLine, Table } from './reading.js'

export interface Fault {
  /** As the sheet counts. */
  no: number
  /** The place of the cell in its line. */
  at: number
  message: string
}

export interface Line<K extends string> {
  no: number
  /** What the cells hold; a blank cell is missing. */
  values: Partial<Record<K, Exclude<Value, null>>>
}

export interface Lines<K extends string> {
  lines: Line<K>[]
  faults: Fault[]
  /** The place of each column that was recognised. */
  places: ReadonlyMap<K, number>
  /** Headers that nobody knows: their columns are passed over. */
  ignored: string[]
}

type Known<K extends string> = Column<never> & { key: K }

/** What stands under a table without being of it. */
const FOOT = /^(合计|总计|小计|填报|填表|制表|审核|备注|说明|注[:：])/u
/** Between two of them somebody else gets a turn. */
const SLICE = 200

export async function readLines<K extends string>(
  { head, lines }: Table,
  known: ReadonlyMap<string, Known<K>>,
): Promise<Lines<K>> {
  const faults: Fault[] = []
  const ignored: string[] = []
  const found: { at: number; column: Known<K>; measure: Measure }[] = []
  for (const [at, header] of head.headers.cells.entries()) {
    if (typeof header !== 'string') continue
    const { name, note } = readHeader(header)
    const column = known.get(name)
    if (!column) ignored.push(header.replace(/\s+/gu, ''))
    else if (found.some((one) => one.column.key === column.key)) {
      faults.push({ no: head.headers.no, at, message: `“${column.header}”有两栏，请留一栏` })
    } else found.push({ at, column, measure: { note, isShare: column.kind === 'percent' && holdsShares(lines, at) } })
  }
  const read: Line<K>[] = []
  for (const [index, line] of lines.entries()) {
    if (index % SLICE === SLICE - 1) await setImmediate()
    if (isFoot(line, found.length > 0 ? found.map(({ at }) => at) : [])) continue
    const values: Line<K>['values'] = {}
    let isBlank = true
    for (const { at, column, measure } of found) {
      const raw = line.cells[at] ?? null
      if (line.formulas.includes(at)) {
        faults.push({ no: line.no, at, message: '这一格是公式。请复制后“选择性粘贴”成数值' })
        isBlank = false
        continue
      }
      const result = readCell(column, raw, measure)
      if ('fault' in result) faults.push({ no: line.no, at, message: result.fault })
      else if (result.value !== null && result.value !== '') values[column.key] = result.value
      isBlank &&= !('fault' in result) && result.value === null
    }
    if (!isBlank) read.push({ no: line.no, values })
  }
  return { lines: read, faults, places: new Map(found.map(({ at, column }) => [column.key, at])), ignored }
}

const holdsShares = (lines: readonly RawLine[], at: number): boolean => {
  const numbers = lines.flatMap(({ cells }) => (typeof cells[at] === 'number' ? [cells[at]] : []))
  return numbers.some((number) => number > 0 && number < 1) && numbers.every((number) => number <= 1)
}

/** A line of totals or a note: its first words say so, and hardly anything else of it is filled. */
function isFoot({ cells }: RawLine, places: readonly number[]): boolean {
  const first = cells.find((cell) => cell !== null)
  if (typeof first !== 'string' || !FOOT.test(plain(first))) return false
  return places.filter((at) => typeof cells[at] === 'string').length <= 1
}
