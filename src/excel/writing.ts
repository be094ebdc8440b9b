/**
 * Writes a workbook of one or more sheets, row by row: titled, frozen, and ready to be printed.
 *
 * hucre writes all that does not grow (styles, page, titles) as a frame with sample rows in each sheet; its own row
 * stream knows no page. The rows then stream into the frame, so that the memory does not grow with their number.
 */
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Cell, type CellStyle, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { ZipFile } from 'yazl'
import { dayNumber, isDate } from '../calendar/dates.js'
import type { CellKind, Column, Value } from './column.js'
import { columnName } from './reading.js'
import { partsOf } from './unpack.js'

export interface SheetRow {
  values: readonly Value[]
  /** Places of the cells to be marked. */
  marked?: readonly number[]
}

export interface SheetForm {
  name: string
  title: string
  columns: readonly Pick<Column<never>, 'header' | 'kind' | 'width' | 'words'>[]
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>
}

/** What a sheet can hold under its title and header. */
export const ROWS_MAX = 1_000_000
const TEXT_MAX = 32_767

/** The workbook's bytes. */
export async function writeWorkbook(forms: readonly SheetForm[]): Promise<Buffer> {
  const frame = await partsOf(Buffer.from(await writeXlsx({ sheets: forms.map(frameOf), stringMode: 'inline' })))
  const zip = new ZipFile()
  const bytes = buffer(zip.outputStream as Readable)
  for (const [path, part] of frame) {
    const form = forms[Number(/^xl\/worksheets\/sheet(\d+)\.xml$/.exec(path)?.[1] ?? 0) - 1]
    if (!form) zip.addBuffer(part, path)
    else {
      zip.addReadStreamLazy(path, (give) => {
        const source = Readable.from(sheetXml(part.toString('utf8'), form), { objectMode: false })
        const through = new PassThrough()
        source.on('error', (error) => zip.emit('error', error)).pipe(through)
        give(null, through)
      })
    }
  }
  zip.end()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    bytes.then(resolve, reject)
  })
}

const formats: Partial<Record<CellKind, string>> = {
  date: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
  money: '#,##0.00',
  whole: '0',
  percent: '0',
  // 「文本」: what is typed into the column later stays as it is typed.
  text: '@',
  prose: '@',
}

const edge = { style: 'thin' } as const
const boxed: CellStyle = { border: { top: edge, right: edge, bottom: edge, left: edge } }
const heading: CellStyle = {
  ...boxed,
  font: { bold: true, size: 11 },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFE7EEF7' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}
const FLAW = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFFC7CE' } } as const

function bodyStyle(kind: CellKind, isMarked: boolean): CellStyle {
  const numFmt = formats[kind]
  return {
    ...boxed,
    font: { size: 11 },
    alignment: { vertical: 'top', wrapText: kind === 'text' || kind === 'prose' },
    ...(numFmt === undefined ? {} : { numFmt }),
    ...(isMarked ? { fill: FLAW } : {}),
  }
}

/** A4 across, as wide as the page, the title and the header on each page; rows 3 and 4 show how cells look. */
function frameOf({ name, title, columns }: SheetForm): WriteSheet {
  const cells = new Map<string, Partial<Cell>>()
  cells.set('0,0', {
    value: title,
    style: { font: { bold: true, size: 14 }, alignment: { horizontal: 'center', vertical: 'center', wrapText: true } },
  })
  for (const [at, { header, kind }] of columns.entries()) {
    cells.set(`1,${at}`, { value: header, style: heading })
    cells.set(`2,${at}`, { value: null, style: bodyStyle(kind, false) })
    cells.set(`3,${at}`, { value: null, style: bodyStyle(kind, true) })
  }
  const blank = () => columns.map(() => null)
  return {
    name,
    columns: columns.map(({ width }) => ({ width })),
    rows: [blank(), blank(), blank(), blank()],
    cells,
    rowDefs: new Map([[0, { height: 30 }]]),
    freezePane: { rows: 2 },
    ...(columns.length > 1 ? { merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: columns.length - 1 }] } : {}),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$2',
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  }
}

const BATCH_CHARACTERS = 64 * 1024

async function* sheetXml(frame: string, { columns, rows }: SheetForm): AsyncGenerator<Buffer> {
  const bodyAt = frame.indexOf('<row r="3"')
  const endAt = frame.indexOf('</sheetData>')
  if (bodyAt < 0 || endAt < bodyAt) throw new Error('hucre lays sheets out anew: the frame has no place for rows')
  const [plain, marked] = frame
    .slice(bodyAt, endAt)
    .split('</row>')
    .map((row) => [...row.matchAll(/<c r="[A-Z]+\d+" s="(\d+)"/g)].map(([, style]) => style ?? '0'))
  // The range is not known beforehand, and readers do without it.
  let text = frame.slice(0, bodyAt).replace(/<dimension [^>]*\/>/, '')
  let no = 2
  for await (const row of rows) {
    no += 1
    const flaws = new Set(row.marked)
    const cells = row.values.map((value, at) => {
      const column = columns[at]
      const style = (flaws.has(at) ? marked : plain)?.[at] ?? '0'
      return column ? cellXml(`${columnName(at)}${no}`, style, column, value) : ''
    })
    text += `<row r="${no}">${cells.join('')}</row>`
    if (text.length < BATCH_CHARACTERS) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text + frame.slice(endAt))
}

/** Days from Excel's day 0 to 1970-01-01. */
const EPOCH = 25_569
const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

function cellXml(ref: string, style: string, { kind, words }: SheetForm['columns'][number], value: Value): string {
  const at = `r="${ref}" s="${style}"`
  if (value === null) return `<c ${at}/>`
  const number = numberOf(kind, value)
  if (number !== undefined) return `<c ${at}><v>${number}</v></c>`
  const text = typeof value === 'boolean' ? (value ? '是' : '否') : (words?.[String(value)] ?? String(value))
  // A text is a text whatever it begins with: no program takes an inline string for a formula.
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, TEXT_MAX))}</t></is></c>`
}

function numberOf(kind: CellKind, value: Value): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  if (kind === 'date') return isDate(value) ? dayNumber(value) + EPOCH : undefined
  return kind === 'instant' ? (Date.parse(value) + SHANGHAI_MS) / DAY_MS + EPOCH : undefined
}

const marks: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '_x000D_' }

/** [ECMA-376-1] 22.9.2.19: `_x000D_` stands for a character, so that a text that looks like it is written `_x005F_x000D_`. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[<>&\r]/g, (mark) => marks[mark] ?? mark)
