/** Paying by the bank: registered by the handler, checked by somebody else; and taking a transfer back. */
import { change } from '../../audit/trail.js'
import { enqueue } from '../../audit/queue.js'
import { dateOf } from '../../calendar/dates.js'
import type { Verb } from '../../contract.js'
import { changeRows } from '../../database/rows.js'
import { lineId } from '../line.js'
import { type Call, serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { bookPaid, bookReturned } from '../books/money.js'
import { move } from '../move.js'
import { Payout } from '../payout/payout.js'
import { pursue } from '../payout/pursue.js'
import { acting, refusePersonally } from '../recognition/secondPerson.js'
import { type RewardRow, rewardTarget } from '../target.js'
import { rewardView } from '../view.js'
import { unnamed } from '../../tips/withoutInformer.js'

/** What its column holds. */
const VOUCHER_MAX = 60

type On<V extends Verb> = Call<V, RewardRow>

const shown = ({ target, ...call }: Pick<On<Verb>, 'db' | 'actor' | 'now' | 'target'>) => rewardView(call, target)

export const payingVerbs = {
  'reward.payBank': serve('reward.payBank', {
    target: rewardTarget,
    async handle(call: On<'reward.payBank'>) {
      const { db, know, actor, grants, target, input, now } = call
      const { reward } = target
      const { paidOn } = input
      const voucher = (await unnamed(db, know, reward.tipId, actor.personId, input.voucher)).slice(0, VOUCHER_MAX)
      if (paidOn > dateOf(now)) throw invalid('paidOn', '日期不能在今天以后')
      if (reward.approvedOn !== null && paidOn < reward.approvedOn) throw invalid('paidOn', '日期不能早于批准的那天')
      const entryId = await lineId(db, reward.id, now)
      const bankPaid = { ...acting(grants), at: now.toISOString(), entryId }
      await move(
        reward,
        {
          db,
          verb: 'reward.payBank',
          now,
          postId: bankPaid.postId,
          text: `凭证号 ${voucher}，${paidOn} 转出`,
          entryId,
        },
        { bankPaidOn: paidOn, bankVoucher: voucher, bankPaid, trouble: null },
      )
      return shown(call)
    },
  }),
  'reward.confirmBank': serve('reward.confirmBank', {
    target: rewardTarget,
    async handle(call: On<'reward.confirmBank'>) {
      const { db, grants, target, now } = call
      const { reward } = target
      const { bankPaid, bankVoucher, bankPaidOn } = reward
      if (!bankPaid || bankPaidOn === null) throw new Problem('wrongState')
      await refusePersonally(db, grants, 'reward.confirmBank', reward)
      const entryId = await lineId(db, reward.id, now)
      const bankConfirmed = { ...acting(grants), at: now.toISOString(), entryId }
      await move(
        reward,
        { db, verb: 'reward.confirmBank', now, postId: bankConfirmed.postId, entryId },
        { bankConfirmed, paidAt: now, paidOn: bankPaidOn },
      )
      await bookPaid(db, reward, now, { channel: 'bank', reference: bankVoucher })
      return shown(call)
    },
  }),
  'reward.returnBank': serve('reward.returnBank', {
    target: rewardTarget,
    async handle(call: On<'reward.returnBank'>) {
      const { db, know, actor, grants, target, input, now } = call
      const { reward } = target
      const text = await unnamed(db, know, reward.tipId, actor.personId, input.reason)
      const wasPaid = reward.state === 'paid'
      if (wasPaid) await bookReturned(db, reward, now, reward.bankVoucher)
      await move(
        reward,
        { db, verb: 'reward.returnBank', now, postId: grants[0]?.postId ?? null, text },
        {
          bankPaidOn: null,
          bankVoucher: null,
          bankPaid: null,
          bankConfirmed: null,
          paidAt: null,
          paidOn: null,
          trouble: 'bankReturned',
        },
      )
      return shown(call)
    },
  }),
  'reward.cancelPayout': serve('reward.cancelPayout', {
    target: rewardTarget,
    async handle(call: On<'reward.cancelPayout'>) {
      const { db, know, actor, grants, target, input, now } = call
      const { reward, payout } = target
      if (!payout) throw new Problem('wrongState')
      const step = {
        db,
        verb: 'reward.cancelPayout',
        now,
        postId: grants[0]?.postId ?? null,
        text: await unnamed(db, know, reward.tipId, actor.personId, input.reason),
      } as const
      await move(reward, step)
      await change(db, Payout, payout, { cancelAskedAt: now })
      await changeRows(db, Payout, { id: payout.id }, { looks: 0 })
      await enqueue(db, [pursue(reward.id, now, 'cancel')], now)
      return shown(call)
    },
  }),
}
