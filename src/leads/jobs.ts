/** What happens to leads by itself: telling, the reminder before the last day, escalation after it, a new calendar. */
import { Between, In, LessThan } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue, type NewJob } from '../audit/queue.js'
import { type Slice, slice } from '../audit/slices.js'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { Lead } from './lead.js'
import { dueAfter } from './rules.js'
import { owedStates } from './states.js'
import { type LeadTiding, spread } from './tidings.js'

interface Telling {
  leadIds: string[]
  tiding: LeadTiding
  /** Of each day on which something was due once. */
  mark?: string
}

const tellOnce = ({ id, dueOn }: Lead, tiding: LeadTiding): NewJob => ({
  kind: 'lead.tell',
  payload: { leadIds: [id], tiding, mark: dueOn ?? '' } satisfies Telling,
  uniqueKey: `lead.${tiding}:${id}:${dueOn}`,
})

export const leadJobs: Readonly<Record<string, AnyJob>> = {
  'lead.tell': job<Telling>({
    async handle({ db, know, now, payload: { leadIds, tiding, mark } }) {
      for (const row of await db.find(Lead, { where: { id: In(leadIds) }, order: { id: 'ASC' } })) {
        await spread(db, know, now, tiding, row, `lead.${tiding}:${row.id}:${mark ?? row.version}`)
      }
    },
  }),

  /** 到期前1个工作日提醒；七日里有休息日，休息日到期的在之前提醒. */
  'lead.remind': job<Slice>({
    async handle({ db, know, now, payload }) {
      const today = dateOf(now)
      const dueOn = Between(today, know.calendar.workdayAfter(today, know.deadlines.remind.workdays))
      const where = { state: In([...owedStates]), dueOn }
      await slice(db, { kind: 'lead.remind', payload, entity: Lead, where, now }, (rows) =>
        enqueue(
          db,
          rows.map((row) => tellOnce(row, 'dueSoon')),
          now,
        ),
      )
    },
  }),

  /** 逾期即报分局领导，逾期2个工作日报市局. */
  'lead.escalate': job<Slice>({
    async handle({ db, know, now, payload }) {
      const today = dateOf(now)
      const { calendar, deadlines } = know
      const where = { state: In([...owedStates]), dueOn: LessThan(today) }
      await slice(db, { kind: 'lead.escalate', payload, entity: Lead, where, now }, (rows) =>
        enqueue(
          db,
          rows.flatMap((row) => [
            tellOnce(row, 'overdue'),
            ...(calendar.countWorkdays(row.dueOn ?? today, today) >= deadlines.escalate.supervisor.workdays
              ? [tellOnce(row, 'overdueLong')]
              : []),
          ]),
          now,
        ),
      )
    },
  }),

  /** The calendar of a year has been announced: where the rule counts working days, the last day is counted again. */
  'lead.recompute': job<Slice, true, void>({
    claim: async () => true,
    // Another process imported it, perhaps a moment ago: count by the new one.
    outside: ({ house }) => house.refresh(['calendar']),
    async handle({ db, know, now, payload }) {
      const where = { state: In([...owedStates]) }
      await slice(db, { kind: 'lead.recompute', payload, entity: Lead, where, now }, async (rows) => {
        for (const row of rows) {
          const dueOn = row.sentOn && dueAfter(know, row.sentOn)
          if (dueOn !== row.dueOn) await change(db, Lead, row, { dueOn })
        }
      })
    },
  }),
}
