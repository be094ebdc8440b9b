/** The switch of all payouts by WeChat, and how they stand. */
import type { EntityManager } from 'typeorm'
import { change } from '../../audit/trail.js'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import { granted } from '../../http/can.js'
import { among } from '../../http/scopes.js'
import { type Call, serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Problem } from '../../problem.js'
import { payoutsSeen } from '../asOthersSee.js'
import { seesAtOnce, type Unseen, unseenBy } from '../unseen.js'
import { lockControl, readControl, sentOn } from '../payout/control.js'
import { PayoutControl } from '../payout/payout.js'
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

async function unfinished(db: EntityManager, unseen: Unseen): Promise<number> {
  const [table, open] = [payoutsSeen(unseen), among('p.state', unfinishedStates)]
  const [row] = (await db.query(`SELECT COUNT(*) AS n FROM ${table.sql} p WHERE ${open.sql}`, [
    ...table.params,
    ...open.params,
  ])) as { n: number | string }[]
  return Number(row?.n ?? 0)
}

export const payoutVerbs = {
  'payout.status': serve('payout.status', {
    isOfOneMoment: true,
    async handle({ db, know, actor, now }) {
      const control = await readControl(db)
      const { isStopped, changedByPostId, changedAt, reason, balanceFen, balanceAt, isLow } = control
      const by = isStopped && changedByPostId !== null ? await db.findOneBy(Post, { id: changedByPostId }) : null
      // What goes out today, and what it leaves, follows informers; that too little is left is told to all.
      const figures = seesAtOnce(actor) ? { ...(await sentOn(db, dateOf(now))), balanceFen, balanceAt } : undefined
      return {
        isSetUp: know.merchant !== null,
        isStopped,
        stoppedBy: by?.name ?? null,
        stoppedAt: isStopped && changedAt ? toWireInstant(changedAt) : null,
        reason: isStopped ? reason : null,
        balanceFen: figures?.balanceFen ?? null,
        balanceAt: figures?.balanceAt ? toWireInstant(figures.balanceAt) : null,
        isLow,
        today: figures ? { fen: figures.fen, count: figures.count } : null,
        unfinished: await unfinished(db, await unseenBy(db, actor, now)),
        can: granted(actor, [isStopped ? 'payout.resume' : 'payout.stop']),
      }
    },
  }),
  'payout.stop': serve('payout.stop', { handle: (call) => turn(call, true) }),
  'payout.resume': serve('payout.resume', { handle: (call) => turn(call, false) }),
}
