/** Every export, by its verb. */
import { caseExport, rejectionExport } from '../cases/caseColumns.js'
import { indicatorExport } from '../indicators/indicatorColumns.js'
import { ledgerExport } from '../projects/ledgerRows.js'
import { visitExport } from '../visits/visitColumns.js'
import { rewardExport } from '../rewards/rewardColumns.js'
import type { ExcelVerb } from './contract.js'
import type { Export } from './export.js'

// oxlint-disable-next-line typescript/no-explicit-any
type AnyExport = Export<any, any>
export type ExportVerb = Exclude<ExcelVerb, 'project.import'>

export const exports: Readonly<Record<ExportVerb, AnyExport>> = {
  'project.export': ledgerExport,
  'case.export': caseExport,
  'visit.export': visitExport,
  'rejection.export': rejectionExport,
  'indicator.export': indicatorExport,
  'reward.export': rewardExport,
}
