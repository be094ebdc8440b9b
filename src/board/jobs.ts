/** The jobs behind the board: counting the days that are over, and counting a day again. */
import { type AnyJob, job } from '../audit/jobKind.js'
import { dateOf } from '../calendar/dates.js'
import { countSome, daysOfCase, recountOne } from './rollUp.js'

export const boardJobs: Readonly<Record<string, AnyJob>> = {
  'board.rollUp': job({ handle: ({ db, now }) => countSome(db, dateOf(now)) }),
  'board.recount': job<{ caseId?: string; days?: string[] }>({
    async handle({ db, payload }) {
      const days = payload.days ?? (await daysOfCase(db, payload.caseId ?? ''))
      return { days: await recountOne(db, days) }
    },
  }),
}
