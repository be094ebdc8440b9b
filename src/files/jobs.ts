/** The kinds of job about files. */
import type { AnyJob } from '../audit/jobKind.js'
import { checkJob } from './check.js'
import { sweepJob } from './sweep.js'

export const fileJobs: Readonly<Record<string, AnyJob>> = {
  'files.sweep': sweepJob,
  'files.check': checkJob,
}
