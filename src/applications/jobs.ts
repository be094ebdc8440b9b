/** What happens to applications by itself: telling, the reminder before the last day, acceptance by law, a new calendar. */
import { In, LessThan } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { type Slice, slice } from '../audit/slices.js'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { forUpdate } from '../database/transaction.js'
import { Application } from './application.js'
import { decideDue, noticeDue } from './clock.js'
import { isDeemed } from './rules.js'
import { deem } from './steps.js'
import { type ApplicationTiding, spread } from './tidings.js'

interface Telling {
  applicationId: string
  tiding: ApplicationTiding
  uniqueKey?: string
}

export const applicationJobs: Readonly<Record<string, AnyJob>> = {
  'application.tell': job<Telling>({
    async handle({ db, know, now, payload: { applicationId, tiding, uniqueKey } }) {
      const row = await db.findOneBy(Application, { id: applicationId })
      if (row) await spread(db, know, now, tiding, row, uniqueKey)
    },
  }),

  /** 第5个工作日前1个工作日，提醒收件人. */
  'application.remind': job<Slice>({
    async handle({ db, know, now, payload }) {
      const noticeDueOn = know.calendar.workdayAfter(dateOf(now), know.deadlines.remind.workdays)
      await slice(
        db,
        { kind: 'application.remind', payload, entity: Application, where: { state: 'received', noticeDueOn }, now },
        (rows) =>
          enqueue(
            db,
            rows.map((row) => {
              const uniqueKey = `noticeDue:${row.id}:${noticeDueOn}`
              const telling = { applicationId: row.id, tiding: 'noticeDue' as const, uniqueKey }
              return { kind: 'application.tell', payload: telling, uniqueKey: `application.${uniqueKey}` }
            }),
            now,
          ),
      )
    },
  }),

  /** 逾期不告知的，自收到申请材料之日起即为受理. */
  'application.deem': job<Slice>({
    async handle({ db, now, payload }) {
      const where = { state: 'received' as const, noticeDueOn: LessThan(dateOf(now)) }
      await slice(db, { kind: 'application.deem', payload, entity: Application, where, now }, (rows) =>
        enqueue(
          db,
          rows.map(({ id }) => ({
            kind: 'application.deemOne',
            payload: { applicationId: id },
            uniqueKey: `application.deemOne:${id}`,
          })),
          now,
        ),
      )
    },
  }),
  'application.deemOne': job<{ applicationId: string }>({
    async handle({ db, know, now, payload }) {
      const target = await db.findOne(Application, { where: { id: payload.applicationId }, lock: forUpdate(db) })
      if (!target || !isDeemed(target, dateOf(now))) return { isDeemed: false }
      await deem({ db, know, target, now, postId: null })
      return { isDeemed: true }
    },
  }),

  /** The calendar of a year has been announced: both days are counted again. */
  'application.recompute': job<Slice, true, void>({
    claim: async () => true,
    // Another process imported it, perhaps a moment ago: count by the new one.
    outside: ({ house }) => house.refresh(['calendar']),
    async handle({ db, know, now, payload }) {
      const where = { state: In(['received', 'accepted']) }
      await slice(db, { kind: 'application.recompute', payload, entity: Application, where, now }, async (rows) => {
        for (const row of rows) {
          const fresh = {
            ...noticeDue(know, row.guideCode, row.receivedOn),
            decideDueOn: row.acceptedOn && decideDue(know, row.promisedWorkdays, row.acceptedOn),
          }
          if (Object.entries(fresh).every(([field, value]) => row[field as keyof Application] === value)) continue
          await change(db, Application, row, fresh)
        }
      })
    },
  }),
}
