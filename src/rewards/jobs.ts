/** What rewards and payouts do by themselves: transfers followed, the account looked at, terms that end, the day's books. */
import { In, IsNull, LessThan } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { dateOf } from '../calendar/dates.js'
import { forUpdate } from '../database/transaction.js'
import { changeRows } from '../database/rows.js'
import { PayError } from '../pay/client.js'
import { lockControl } from './payout/control.js'
import { release } from './books/money.js'
import { move } from './move.js'
import { before } from '../retention.js'
import { CONTROL_ID, PayNoticeTaken, Payout, PayoutControl } from './payout/payout.js'
import { unfinishedStates } from './payout/payoutStates.js'
import { payoutPursue, pursue } from './payout/pursue.js'
import { unsolved } from './payout/troubles.js'
import { rewardReconcile } from './reconciliation/reconcile.js'
import { Reward } from './reward.js'
import { standingRules } from './rules/rules.js'
import { tellAll, tellOf, type TidingName } from './tidings.js'

/** So many at a time. */
const BATCH = 200
/** What an integer column holds: beyond it an account is not low. */
const MOST_FEN = 2_000_000_000
const yuan = (fen: number) => `${Math.floor(fen / 100)}元`

export const rewardJobs: Readonly<Record<string, AnyJob>> = {
  'payout.pursue': payoutPursue,
  /** Each half hour, and when payouts are resumed: what has not come to its end is looked at, wherever it got stuck. */
  'payout.sweep': job<{ day?: string; time?: string; after?: string; cause?: string }>({
    async handle({ db, now, payload: { day, time, after = '', cause = `${day}T${time}` } }) {
      const rows = await db
        .createQueryBuilder(Payout, 'p')
        .select(['p.id'])
        .where({ state: In(unfinishedStates) })
        .andWhere('p.id > :after', { after })
        .orderBy('p.id', 'ASC')
        .limit(BATCH)
        .getMany()
      await enqueue(
        db,
        rows.map(({ id }) => pursue(id, now, cause)),
        now,
      )
      const last = rows.at(-1)
      if (last && rows.length === BATCH) {
        await enqueue(db, [{ kind: 'payout.sweep', payload: { after: last.id, cause } }], now)
      }
    },
  }),
  'payout.balance': job<object, true, number | undefined>({
    claim: async () => true,
    async outside({ outside: { pay } }) {
      try {
        return pay && (await pay.balance()).availableFen
      } catch (error) {
        // Whether an ordinary merchant may ask is not confirmed: then nobody knows, and NOT_ENOUGH says it.
        if (error instanceof PayError) return undefined
        throw error
      }
    },
    async handle({ db, know, now, result }) {
      if (result === undefined) return
      const control = await lockControl(db)
      const { lowBalanceFen } = await standingRules(db)
      const isLow = result < lowBalanceFen
      const patch = { balanceFen: Math.min(result, MOST_FEN), balanceAt: now, isLow }
      await changeRows(db, PayoutControl, { id: control.id }, patch)
      if (!isLow || control.isLow) return
      await tellAll(db, know, now, {
        subjectKind: 'payout',
        subjectId: control.id,
        title: `奖励账户只剩 ${yuan(result)}，低于提醒线 ${yuan(lowBalanceFen)}`,
        text: '余额不够时微信发放会自动等待，充值后继续。',
        uniqueKey: `payout.low:${now.toISOString()}`,
      })
    },
  }),
  'payout.tellTurned': job<{ isStopped: boolean; at: string }>({
    handle: ({ db, know, now, payload: { isStopped, at } }) =>
      tellAll(db, know, now, {
        subjectKind: 'payout',
        subjectId: CONTROL_ID,
        title: isStopped ? '奖励的微信发放已停止' : '奖励的微信发放已恢复',
        text: isStopped ? '恢复以前不会再发出新的转账；已经发出的照常查询结果。' : '等待的转账会自动继续。',
        uniqueKey: `payout.turned:${at}`,
      }),
  }),
  /** 逾期不领，视为放弃: what was reserved is released. */
  'reward.expire': job<{ day: string }>({
    async handle({ db, now }) {
      const lock = forUpdate(db)
      const rewards = await db.find(Reward, {
        where: { state: 'approved', claimBy: LessThan(dateOf(now)) },
        order: { id: 'ASC' },
        take: BATCH,
        ...(lock ? { lock } : {}),
      })
      for (const reward of rewards) {
        await move(reward, { db, verb: 'reward.expire', now, postId: null })
        await release(db, reward, now)
      }
      if (rewards.length === BATCH) await enqueue(db, [{ kind: 'reward.expire', payload: {} }], now)
    },
  }),
  /** Each morning, what informers' own doing left for the handlers to do: told at once, it would say when that was. */
  'reward.tellLeft': job({
    async handle({ db, know, now }) {
      const left = await db.find(Reward, {
        where: [
          { state: 'bank', bankVoucher: IsNull() },
          { trouble: In([...unsolved]) },
          { state: 'approved', isWechatClosed: true },
        ],
        order: { id: 'ASC' },
      })
      for (const { id: rewardId, state, version } of left)
        await tellOf(db, know, now, { rewardId, version, tiding: state === 'bank' ? 'bank' : 'trouble' })
    },
  }),
  'reward.reconcile': rewardReconcile,
  'payout.forgetNotices': job({
    handle: ({ db, now }) => db.delete(PayNoticeTaken, { at: LessThan(before('payNotices', now)) }),
  }),
  'reward.tell': job<{ rewardId: string; tiding: TidingName; version: number }>({
    handle: ({ db, know, now, payload }) => tellOf(db, know, now, payload),
  }),
}
