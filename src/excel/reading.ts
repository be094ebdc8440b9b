/** Reads the table of a workbook: runs in a process of its own, so that what it is given cannot hurt the service. */
import { streamXlsxRows } from 'hucre/xlsx'
import { readHeader } from './column.js'
import { WorkbookRefused } from './refusals.js'
import { examine, type SheetPart } from './unpack.js'

/** A cell as it stands: dates as Date at midnight UTC. */
export type Raw = string | number | boolean | Date | null

export interface RawLine {
  /** As the sheet counts, from 1. */
  no: number
  cells: Raw[]
  /** Places of the cells that hold formulas. */
  formulas: number[]
}

export interface ReadRequest {
  bytes: Buffer
  /** Headers that are known, in any spelling of `readHeader`. */
  headers: readonly string[]
  /** Those without which a row is no header row. */
  needed: readonly (readonly string[])[]
}

export interface Head {
  sheet: string
  headers: RawLine
}

export interface Table {
  head: Head
  lines: RawLine[]
}

/** The header stands within so many lines: titles and dates come before it. */
const HEAD_WITHIN = 30
const SHEETS_MAX = 20
export const LINES_MAX = 20_000
const EMPTY_MAX = 100_000
const COLUMNS_MAX = 200

/**
 * The lines under the first header row that has what is needed, in the first sheet that has one; nothing where none has.
 * @throws WorkbookRefused
 */
export async function* readTable(request: ReadRequest): AsyncGenerator<Head | RawLine> {
  const parts = await examine(request.bytes)
  if (parts.length === 0) throw new WorkbookRefused('broken')
  let hasLines = false
  for (const part of parts.filter(({ isHidden }) => !isHidden).slice(0, SHEETS_MAX)) {
    for await (const found of tableOf(request, part)) {
      yield found
      if ('sheet' in found) hasLines = true
    }
    if (hasLines) return
  }
}

async function* tableOf({ bytes, headers, needed }: ReadRequest, part: SheetPart): AsyncGenerator<Head | RawLine> {
  const known = new Set(headers)
  const merged = mergesOf(part.merges)
  const formulas = byRow(part.formulas)
  let head: RawLine | undefined
  let isTold = false
  let upper: RawLine | undefined
  let lines = 0
  let empty = 0
  for await (const { no, cells } of rowsOf(bytes, part.name)) {
    if (cells.every((cell) => cell === null)) {
      empty += 1
      if (empty > EMPTY_MAX) throw new WorkbookRefused('emptyRows')
      continue
    }
    const line = { no, cells: merged.fill(no, cells), formulas: formulas.get(no) ?? [] }
    if (head && !isTold) {
      isTold = true
      const isLower = namesIn(line, known) >= LOWER_NAMES
      yield { sheet: part.name, headers: isLower ? together(head, line) : head }
      if (isLower) continue
    }
    if (head) {
      lines += 1
      if (lines > LINES_MAX) throw new WorkbookRefused('tooManyRows')
      yield line
      continue
    }
    if (no > HEAD_WITHIN) return
    head = [line, ...(upper ? [together(upper, line)] : [])].find((one) => isHead(one, needed))
    upper = line
  }
  if (head && !isTold) yield { sheet: part.name, headers: head }
}

/** So many known headers under a header are a second row of it, not a line. */
const LOWER_NAMES = 2

const namesIn = ({ cells }: RawLine, known: ReadonlySet<string>): number =>
  cells.filter((cell) => known.has(nameAt(cell))).length

async function* rowsOf(bytes: Buffer, sheet: string): AsyncGenerator<{ no: number; cells: Raw[] }> {
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      yield { no: index + 1, cells: trimmed(values.slice(0, COLUMNS_MAX) as Raw[]) }
    }
  } catch (error) {
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused('broken')
  }
}

function trimmed(cells: Raw[]): Raw[] {
  const plain = cells.map((cell) =>
    (typeof cell === 'string' && cell.trim() === '') || cell === undefined ? null : cell,
  )
  const last = plain.findLastIndex((cell) => cell !== null)
  return plain.slice(0, last + 1)
}

const nameAt = (cell: Raw | undefined) => (typeof cell === 'string' ? readHeader(cell).name : '')

function isHead({ cells }: RawLine, needed: ReadRequest['needed']): boolean {
  const names = new Set(cells.map(nameAt))
  return needed.every((ways) => ways.some((way) => names.has(way)))
}

/** A header of two rows: the lower says what, and the upper where the lower is blank. */
function together(upper: RawLine, lower: RawLine): RawLine {
  const width = Math.max(upper.cells.length, lower.cells.length)
  const cells = Array.from({ length: width }, (_, at) => lower.cells[at] ?? upper.cells[at] ?? null)
  return { ...lower, cells }
}

/** Cells merged downwards hold their value in the first; each line has it. */
function mergesOf(refs: readonly string[]) {
  const ranges = refs.flatMap((ref) => {
    const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(ref)
    if (!found || found[1] !== found[3]) return []
    return [{ column: columnAt(found[1] ?? ''), from: Number(found[2]), to: Number(found[4]) }]
  })
  const starting = new Map<number, typeof ranges>()
  for (const range of ranges) starting.set(range.from, [...(starting.get(range.from) ?? []), range])
  const open = new Map<number, { to: number; value: Raw }>()
  return {
    fill(no: number, cells: Raw[]): Raw[] {
      for (const { column, to } of starting.get(no) ?? []) open.set(column, { to, value: cells[column] ?? null })
      for (const [column, { to, value }] of open) {
        if (no > to) open.delete(column)
        else if ((cells[column] ?? null) === null) {
          while (cells.length < column) cells.push(null)
          cells[column] = value
        }
      }
      return cells
    },
  }
}

function byRow(refs: ReadonlySet<string>): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (const ref of refs) {
    const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(ref)
    if (!found) continue
    const no = Number(found[2])
    rows.set(no, [...(rows.get(no) ?? []), columnAt(found[1] ?? '')])
  }
  return rows
}

/** `A` is 0, `AA` is 26. */
const columnAt = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** 0 is `A`, 26 is `AA`. */
export const columnName = (at: number): string =>
  (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26))
