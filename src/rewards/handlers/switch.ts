/** The switch of all payouts by WeChat, and how they stand. */
import { In } from 'typeorm'
import { change } from '../../audit/trail.js'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import { granted } from '../../http/can.js'
import { type Call, serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Problem } from '../../problem.js'
import { lockControl, readControl, sentOn } from '../payout/control.js'
import { Payout, PayoutControl } from '../payout/payout.js'
import { unfinishedStates } from '../payout/payoutStates.js'

type Switch = 'payout.stop' | 'payout.resume'

async function turn({ db, input, grants, now }: Call<Switch>, isStopped: boolean) {
  const control = await lockControl(db)
  if (control.isStopped === isStopped) {
    throw new Problem('wrongState', { title: isStopped ? '微信发放已经停止了' : '微信发放没有停止' })
  }
  const changedByPostId = grants[0]?.postId ?? null
  await change(db, PayoutControl, control, { isStopped, changedByPostId, changedAt: now, reason: input.reason })
  return { ok: true as const }
}

export const payoutVerbs = {
  'payout.status': serve('payout.status', {
    async handle({ db, know, actor, now }) {
      const control = await readControl(db)
      const { isStopped, changedByPostId, changedAt, reason, balanceFen, balanceAt, isLow } = control
      const by = isStopped && changedByPostId !== null ? await db.findOneBy(Post, { id: changedByPostId }) : null
      const today = await sentOn(db, dateOf(now))
      return {
        isSetUp: know.merchant !== null,
        isStopped,
        stoppedBy: by?.name ?? null,
        stoppedAt: isStopped && changedAt ? toWireInstant(changedAt) : null,
        reason: isStopped ? reason : null,
        balanceFen,
        balanceAt: balanceAt && toWireInstant(balanceAt),
        isLow,
        todayFen: today.fen,
        todayCount: today.count,
        unfinished: await db.countBy(Payout, { state: In(unfinishedStates) }),
        can: granted(actor, [isStopped ? 'payout.resume' : 'payout.stop']),
      }
    },
  }),
  'payout.stop': serve('payout.stop', { handle: (call) => turn(call, true) }),
  'payout.resume': serve('payout.resume', { handle: (call) => turn(call, false) }),
}
