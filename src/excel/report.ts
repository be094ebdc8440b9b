/** What is wrong with an import, in Excel itself: the list of faults, and the table with the wrong cells marked, to be mended and sent again. */
import type { Column, Value } from './column.js'
import type { Fault } from './lines.js'
import { columnName, type Raw, type Table } from './reading.js'
import { type SheetForm, type SheetRow, writeWorkbook } from './writing.js'

type Plain = Pick<Column<never>, 'header' | 'kind' | 'width'>

const faultColumns: readonly Plain[] = [
  { header: '单元格', kind: 'text', width: 10 },
  { header: '行', kind: 'whole', width: 8 },
  { header: '栏目', kind: 'text', width: 20 },
  { header: '填写的内容', kind: 'text', width: 40 },
  { header: '问题', kind: 'text', width: 60 },
]

/** Which cell: `D17`. */
export const cellOf = ({ no, at }: Fault): string => `${columnName(at)}${no}`

export async function writeReport(
  title: string,
  table: Table,
  faults: readonly Fault[],
  kindAt: ReadonlyMap<number, Column<never>['kind']>,
): Promise<Buffer> {
  const { head, lines } = table
  const byLine = new Map<number, Fault[]>()
  for (const fault of faults) byLine.set(fault.no, [...(byLine.get(fault.no) ?? []), fault])
  const cellsAt = new Map([head.headers, ...lines].map((line) => [line.no, line.cells]))
  const width = Math.max(head.headers.cells.length, ...faults.map(({ at }) => at + 1))
  const columns = Array.from(
    { length: width },
    (_, at): Plain => ({
      header: String(shown(head.headers.cells[at] ?? null) ?? ''),
      kind: kindAt.get(at) ?? 'number',
      width: 16,
    }),
  )
  const list: SheetForm = {
    name: '问题清单',
    title: `共 ${faults.length} 处问题，什么都没有导入。改好后重新导入。`,
    columns: faultColumns,
    rows: faults.map((fault): SheetRow => {
      const content = shown(cellsAt.get(fault.no)?.[fault.at] ?? null)
      const header = shown(head.headers.cells[fault.at] ?? null)
      return { values: [cellOf(fault), fault.no, header, content === null ? null : String(content), fault.message] }
    }),
  }
  const marked: SheetForm = {
    name: `${title}（标出问题）`,
    title: '红色的格子有问题。可以在这里改，改好后把这个文件重新导入。',
    columns: [
      { header: '原来第几行', kind: 'whole', width: 8 },
      { header: '哪里不对', kind: 'prose', width: 40 },
      ...columns,
    ],
    rows: markedRows(table, byLine),
  }
  return writeWorkbook([list, marked])
}

function* markedRows({ lines }: Table, byLine: ReadonlyMap<number, Fault[]>): Generator<SheetRow> {
  for (const { no, cells } of lines) {
    const faults = byLine.get(no) ?? []
    const said = faults.map((fault) => `${cellOf(fault)}：${fault.message}`).join('\n')
    yield {
      values: [no, said === '' ? null : said, ...cells.map(shown)],
      marked: [...(said === '' ? [] : [1]), ...faults.map(({ at }) => at + 2)],
    }
  }
}

const shown = (raw: Raw): Value =>
  raw instanceof Date ? (Number.isNaN(raw.getTime()) ? null : raw.toISOString().slice(0, 10)) : raw
