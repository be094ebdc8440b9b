// A file being added, as the picker keeps and shows it.
import type { FileView } from '../../services/api'
import { iconOf, sizeText } from '../../services/files'
import type { Picked } from '../../services/picking'
import { fileAddress } from '../../services/upload'

export type RowState = 'waiting' | 'sending' | 'failed' | 'done'

export interface Row extends Picked {
  state: RowState
  percent: number
  failure: string
  /** False where another try would end the same: the file is too large, or of no kind that is taken. */
  canRetry: boolean
  file: FileView | null
}

export const waiting = (picked: Picked): Row => ({
  ...picked,
  state: 'waiting',
  percent: 0,
  failure: '',
  canRetry: true,
  file: null,
})

const sent = (file: FileView): Row => ({
  key: file.id,
  path: fileAddress(file),
  name: file.name,
  size: file.size,
  kind: file.kind,
  state: 'done',
  percent: 100,
  failure: '',
  canRetry: false,
  file,
})

/** The rows once the page says which files there are: those it no longer has go, those not yet sent stay. */
export function merged(rows: Row[], files: FileView[]): Row[] {
  const known = new Set(rows.map(({ file }) => file?.id))
  const wanted = new Set(files.map(({ id }) => id))
  const kept = rows.filter(({ file }) => file === null || wanted.has(file.id))
  return [...files.filter(({ id }) => !known.has(id)).map(sent), ...kept]
}

export const filesOf = (rows: Row[]): FileView[] => rows.flatMap(({ file }) => file ?? [])

const says: Record<RowState, (row: Row) => string> = {
  waiting: () => '等待上传',
  sending: ({ percent }) => (percent < 100 ? `正在上传 ${percent}%` : '正在检查'),
  failed: ({ failure }) => failure,
  done: ({ size }) => `已上传，${sizeText(size)}`,
}

/** What the template shows of a row. */
export const lineOf = (row: Row) => ({
  key: row.key,
  name: row.name,
  picture: row.kind === 'image' ? row.path : '',
  icon: iconOf(row.kind),
  state: row.state,
  percent: row.percent,
  says: says[row.state](row),
  canRetry: row.state === 'failed' && row.canRetry,
})
export type Line = ReturnType<typeof lineOf>
