/** Lists and counts of tips, and firms that several tips are about. */
import { addDays, dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { listTips, reachOf } from '../list.js'
import { warningsOf } from '../warnings.js'

export const listVerbs = {
  'tip.list': serve('tip.list', { handle: (call) => listTips(call, call.grants, call.input) }),
  'tip.counts': serve('tip.counts', {
    async handle({ db, grants, now }) {
      const reach = reachOf(grants)
      const one = (condition: string) => `COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`
      const [row] = (await db.query(
        `SELECT ${one(`t.state = 'received'`)} AS received, ${one(`t.state = 'accepted'`)} AS accepted,
           ${one(`t.state = 'verified'`)} AS verified, ${one('t.dueOn < ?')} AS overdue,
           ${one('t.isPriority = 1')} AS priority
         FROM tip t WHERE ${reach.sql}`,
        [dateOf(now), ...reach.params],
      )) as Record<'received' | 'accepted' | 'verified' | 'overdue' | 'priority', number | string>[]
      const of = (name: keyof NonNullable<typeof row>) => Number(row?.[name] ?? 0)
      return {
        received: of('received'),
        accepted: of('accepted'),
        verified: of('verified'),
        overdue: of('overdue'),
        priority: of('priority'),
      }
    },
  }),
  'tip.warnings': serve('tip.warnings', {
    async handle({ db, grants, know, now }) {
      const { at, days } = know.tips.warn
      const since = addDays(dateOf(now), -days)
      return { at, days, items: await warningsOf(db, reachOf(grants), { at, since }) }
    },
  }),
}
