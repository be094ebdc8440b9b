/** Every export, by its verb. */
import { caseExport, rejectionExport } from '../cases/caseColumns.js'
import { indicatorExport } from '../indicators/indicatorColumns.js'
import { leadExport } from '../leads/leadRows.js'
import { ledgerExport } from '../projects/ledgerRows.js'
import { tipExport } from '../tips/tipColumns.js'
import { visitExport } from '../visits/visitColumns.js'
import { rewardExport } from '../rewards/rewardColumns.js'
import type { ExcelVerb } from './contract.js'
import type { Export } from './export.js'
import type { ImportVerb } from './importSheets.js'

// oxlint-disable-next-line typescript/no-explicit-any
type AnyExport = Export<any, any>
export type ExportVerb = Exclude<ExcelVerb, ImportVerb>

export const exports: Readonly<Record<ExportVerb, AnyExport>> = {
  'project.export': ledgerExport,
  'case.export': caseExport,
  'visit.export': visitExport,
  'rejection.export': rejectionExport,
  'indicator.export': indicatorExport,
  'tip.export': tipExport,
  'lead.export': leadExport,
  'reward.export': rewardExport,
}
