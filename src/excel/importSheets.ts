/** The sheets that can be imported: their columns, and what they are called. Read in the process that opens workbooks, too. */
import { importHeaders } from '../projects/ledgerColumns.js'
import { leadHeaders } from '../leads/leadColumns.js'
import type { Column } from './column.js'
import type { ExcelVerb } from './contract.js'
import type { RefusalReason } from './refusals.js'

export type ImportVerb = Extract<ExcelVerb, 'project.import' | 'lead.import'>

export interface ImportSheet {
  /** Columns by any header an office may write. */
  headers: ReadonlyMap<string, Column<never> & { key: string }>
  /** Without these no row is the header. */
  needed: readonly string[]
  /** Said where no row is. */
  noTable: RefusalReason
  /** As people call the whole. */
  title: string
}

export const importSheets: Readonly<Record<ImportVerb, ImportSheet>> = {
  'project.import': {
    headers: importHeaders,
    needed: ['name', 'builderName'],
    noTable: 'noTable',
    title: '台账',
  },
  'lead.import': {
    headers: leadHeaders,
    needed: ['firmName', 'pollutant'],
    noTable: 'noLeads',
    title: '超标线索',
  },
}
