/** What a column of a sheet is: one table for each kind of sheet, read by the import and by the export alike. */

/** What a cell holds, in our own types: dates as `YYYY-MM-DD`, instants in ISO 8601, choices by their code. */
export type Value = string | number | boolean | null

export type CellKind =
  /** one line of text */
  | 'text'
  /** text of several lines */
  | 'prose'
  | 'date'
  | 'instant'
  /** 万元, two decimals */
  | 'money'
  | 'whole'
  | 'number'
  /** 0 to 100 */
  | 'percent'
  /** 是、否 */
  | 'flag'
  /** one of `words` */
  | 'choice'

export interface Column<Row> {
  key: string
  /** As we write it. */
  header: string
  /** What offices write instead; brackets, blanks and stars around a header are passed over anyhow. */
  aliases?: readonly string[]
  kind: CellKind
  /** In characters. */
  width: number
  /** Code → word. */
  words?: Readonly<Record<string, string>>
  /** Other words that offices write → code. */
  also?: Readonly<Record<string, string>>
  /** The import passes over it. */
  isExportOnly?: boolean
  value(row: Row): Value
}

/** A header without what offices put around it: `*总投资 （亿元）` is 总投资, in 亿元. */
export function readHeader(text: string): { name: string; note: string } {
  const plain = text.normalize('NFKC').replace(/[\s*:]/gu, '')
  const note = /\(([^()]*)\)/.exec(plain)?.[1] ?? ''
  return { name: plain.replace(/\([^()]*\)/gu, ''), note }
}

/** Header as offices may write it → column. */
export function headersOf<C extends Pick<Column<never>, 'header' | 'aliases'>>(
  columns: readonly C[],
): ReadonlyMap<string, C> {
  return new Map(
    columns.flatMap((column) =>
      [column.header, ...(column.aliases ?? [])].map((header) => [readHeader(header).name, column] as const),
    ),
  )
}
