/** The jobs that do imports and exports, and the one that forgets them. */
import { type AnyJob } from '../audit/jobKind.js'
import { exportJob } from './exporting.js'
import { forgetJob } from './forget.js'
import { importJob } from './importing.js'

export const excelJobs: Readonly<Record<string, AnyJob>> = {
  'excel.export': exportJob,
  'excel.import': importJob,
  'excel.forget': forgetJob,
}
