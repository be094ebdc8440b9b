/** The kinds of jobs of the notices. */
import type { AnyJob } from '../audit/jobKind.js'
import { forgetJob } from './forget.js'
import { membershipNoticeJobs } from './membershipNotices.js'
import { sendJob } from './send.js'

export const noticeJobs: Readonly<Record<string, AnyJob>> = {
  'notice.send': sendJob,
  'notice.forget': forgetJob,
  ...membershipNoticeJobs,
}
