/** What happens to tips by itself: releasing, telling, reminding, warning, a new calendar, and forgetting who informed. */
import { Between, IsNull, LessThan } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { type Slice, slice } from '../audit/slices.js'
import { change } from '../audit/trail.js'
import { addDays, dateOf } from '../calendar/dates.js'
import { before } from '../retention.js'
import { keepsInformer } from '../rewards/keepsInformer.js'
import { acceptBy, dueOn } from './clock.js'
import { forgetInformer } from './informers/store.js'
import { messageJob } from './message.js'
import { release } from './release.js'
import { handlersOf, postsOf, type Telling, tellPosts } from './tidings.js'
import { Tip } from './tip.js'
import { warningsOf } from './warnings.js'

interface OfTip {
  tipId: string
  version: number
}

/** So long after its time an informer of whom nothing more is to be forgotten is looked at. */
const LOOKED_BACK_DAYS = 400

export const tipJobs: Readonly<Record<string, AnyJob>> = {
  'tip.message': messageJob,

  /** With the half hour, what was told in it: nobody learns the moment at which somebody informed. */
  'tip.release': job({
    async handle({ db, know, now }) {
      const telling = { db, know, now }
      const { tips, added } = await release(db, now)
      for (const tip of tips) {
        await tellPosts(telling, tip, await handlersOf(db, tip), {
          title: `新举报 ${tip.number}，${tip.acceptBy} 前答复是否受理`,
          text: tip.firmName,
          uniqueKey: `tip.new:${tip.id}`,
        })
      }
      for (const { id, tip } of added) {
        await tellPosts(telling, tip, await handlersOf(db, tip), {
          title: `举报 ${tip.number} 有补充`,
          text: '举报人补充了情况，请查看。',
          uniqueKey: `tip.added:${id}`,
        })
      }
      await warn(telling, [...new Set(tips.map(({ firmKey }) => firmKey))])
    },
  }),

  'tip.tellAssigned': job<OfTip>({
    async handle({ db, know, now, payload: { tipId, version } }) {
      const tip = await db.findOneBy(Tip, { id: tipId })
      if (!tip?.handlerPostId) return
      await tellPosts({ db, know, now }, tip, [tip.handlerPostId], {
        title: `举报 ${tip.number} 交您承办`,
        text: tip.firmName,
        uniqueKey: `tip.assigned:${tipId}:${version}`,
      })
    },
  }),

  /** 到期前提醒承办人，逾期报市局. */
  'tip.remind': job<Slice>({
    async handle({ db, know, now, payload }) {
      const today = dateOf(now)
      const soon = know.calendar.workdayAfter(today, know.tips.remind.workdays)
      const telling = { db, know, now }
      const tellDue = async (tip: Tip, isOver: boolean) => {
        const owed = tip.state === 'received' ? '答复是否受理' : '办结'
        const supervisors = isOver ? await postsOf(db, 'supervisor') : []
        await tellPosts(telling, tip, [...(await handlersOf(db, tip)), ...supervisors], {
          title: isOver ? `举报 ${tip.number} 超期没有${owed}` : `举报 ${tip.number} 要在 ${tip.dueOn} 前${owed}`,
          text: tip.firmName,
          uniqueKey: `tip.${isOver ? 'overdue' : 'dueSoon'}:${tip.id}:${tip.dueOn}`,
        })
      }
      const released = { dueOn: Between(today, soon), releaseAt: IsNull() }
      for (const tip of await db.findBy(Tip, released)) await tellDue(tip, false)
      const where = { dueOn: LessThan(today) }
      await slice(db, { kind: 'tip.remind', payload, entity: Tip, where, now }, async (rows) => {
        for (const tip of rows) await tellDue(tip, true)
      })
    },
  }),

  /** The calendar of a year has been announced: the first answer is due by the new arrangement. */
  'tip.recompute': job<Slice, true, void>({
    claim: async () => true,
    // Another process imported it, perhaps a moment ago: count by the new one.
    outside: ({ house }) => house.refresh(['calendar']),
    async handle({ db, know, now, payload }) {
      const where = { state: 'received' as const }
      await slice(db, { kind: 'tip.recompute', payload, entity: Tip, where, now }, async (rows) => {
        for (const row of rows) {
          const fresh = acceptBy(know, row.receivedOn)
          if (fresh.acceptBy === row.acceptBy && fresh.isProvisional === row.isProvisional) continue
          await change(db, Tip, row, { ...fresh, dueOn: dueOn({ ...row, ...fresh }) })
        }
      })
    },
  }),

  /** What retention.ts says of who informed; whom money is promised or was paid to stays in the books. */
  'tip.forgetInformers': job({
    async handle({ db, know, now }) {
      const end = dateOf(before('informers', now))
      const over = { isNamed: true, endedOn: Between(addDays(end, -LOOKED_BACK_DAYS), addDays(end, -1)) }
      for (const { id } of await db.find(Tip, { select: { id: true }, where: over })) {
        if (!(await keepsInformer(db, id))) await forgetInformer(db, know, id)
      }
    },
  }),
}

/** 多人多投: supervisors and enforcers hear of a firm that several tips are about, again with each more. */
async function warn(telling: Telling, firmKeys: readonly string[]): Promise<void> {
  if (firmKeys.length === 0) return
  const { db, know, now } = telling
  const { at, days } = know.tips.warn
  const everything = { sql: '1 = 1', params: [] }
  const found = await warningsOf(db, everything, { at, since: addDays(dateOf(now), -days), firmKeys })
  for (const { firmName, count, tips } of found) {
    const tip = await db.findOneBy(Tip, { id: tips[0]?.id ?? '' })
    if (!tip) continue
    await tellPosts(telling, tip, [...(await postsOf(db, 'supervisor')), ...(await postsOf(db, 'enforcer'))], {
      title: `${firmName} ${days}天内被举报${count}次`.slice(0, 200),
      text: '请看是否列入重点信访事项清单。',
      uniqueKey: `tip.warning:${tips.at(-1)?.id}:${count}`,
    })
  }
}
