/** What WeChat says of a transfer, taken over: forward only, and with it the reward and the books, in one transaction. */
import type { EntityManager } from 'typeorm'
import { enqueue } from '../../audit/queue.js'
import { change } from '../../audit/trail.js'
import { dateOf, instantAt } from '../../calendar/dates.js'
import { changeRows } from '../../database/rows.js'
import type { Knowledge } from '../../house.js'
import type { Bill } from '../../pay/client.js'
import { bookPaid } from '../books/money.js'
import { move } from '../move.js'
import { sealPackage } from './package.js'
import type { Pair } from './pair.js'
import { Payout } from './payout.js'
import { contradicts, isFinal, mayFollow } from './payoutStates.js'
import { Reward } from '../reward.js'
import { lastClaimDay, standingRules } from '../rules/rules.js'
import type { OwnTrouble } from './troubles.js'

interface Told {
  db: EntityManager
  know: Knowledge
  now: Date
}

type Effect = 'moved' | 'same' | 'old' | 'mismatch' | 'contradiction'

/** Reward and transfer are locked by the caller. */
export async function applyBill({ db, know, now }: Told, { reward, payout }: Pair, bill: Bill): Promise<Effect> {
  if (bill.outBillNo !== payout.outBillNo || bill.amountFen !== payout.amountFen) {
    await setTrouble(db, reward, 'mismatch')
    return 'mismatch'
  }
  const { packageInfo } = bill
  const packageSealed = packageInfo === null ? {} : { packageSealed: sealPackage(know, payout, packageInfo) }
  const isForward = mayFollow(payout.state, bill.state)
  await looked(db, payout, now, { looks: isForward ? 0 : payout.looks + 1, ...packageSealed })
  if (contradicts(payout.state, bill.state)) {
    await setTrouble(db, reward, 'contradiction')
    return 'contradiction'
  }
  if (!isForward) {
    if (payout.state === bill.state && !isFinal(payout.state)) await clearTrouble(db, payout, reward)
    return payout.state === bill.state ? 'same' : 'old'
  }
  const end = isFinal(bill.state) ? dateOf(bill.updatedAt ?? now) : null
  await change(db, Payout, payout, {
    state: bill.state,
    transferBillNo: bill.transferBillNo,
    failReason: bill.failReason,
    ...(end && { finishedAt: instantAt(end), finishedOn: end, packageSealed: null }),
  })
  if (end === null) await clearTrouble(db, payout, reward)
  else if (bill.state === 'SUCCESS') await settlePaid(db, { reward, payout }, now, end)
  else await settleUnpaid({ db, know, now }, { reward, payout })
  return 'moved'
}

async function settlePaid(db: EntityManager, { reward, payout }: Pair, now: Date, on: string): Promise<void> {
  const paid = { paidAt: instantAt(on), paidOn: on, trouble: null }
  await move(reward, { db, verb: 'payout.settle', now, postId: null, to: 'paid' }, paid)
  await bookPaid(db, reward, now, { channel: 'wechat', reference: payout.transferBillNo, onDay: on })
}

/** The number is for ever: what WeChat has ended can go by the bank only, and the time to claim begins anew. */
async function settleUnpaid({ db, know, now }: Told, { reward, payout }: Pair): Promise<void> {
  const claimBy = lastClaimDay(await standingRules(db), know, dateOf(now))
  const trouble = payout.failReason ?? 'OTHER_FAIL_REASON_TYPE'
  const open = { channel: null, isWechatClosed: true, claimBy, trouble }
  await move(reward, { db, verb: 'payout.settle', now, postId: null, to: 'approved' }, open)
  await enqueue(db, [{ kind: 'tip.message', payload: { tipId: reward.tipId } }], now)
}

/** Closed with us where WeChat knows nothing of it and never will: nothing was sent, or cancelled before it arrived. */
export async function closeUnsent(told: Told, pair: Pair, failReason: string): Promise<void> {
  const { db, now } = told
  const today = dateOf(now)
  const finished = { finishedAt: instantAt(today), finishedOn: today, packageSealed: null }
  await change(db, Payout, pair.payout, { state: 'CANCELLED', failReason, ...finished })
  await settleUnpaid(told, pair)
}

/** Of the look itself nothing stands in the trail: only of what it found. */
export async function looked(
  db: EntityManager,
  payout: Payout,
  now: Date,
  patch: Partial<Pick<Payout, 'looks' | 'packageSealed'>>,
): Promise<void> {
  const looks = { lookedAt: instantAt(dateOf(now)), ...patch }
  await changeRows(db, Payout, { id: payout.id }, looks)
  Object.assign(payout, looks)
}

export async function setTrouble(db: EntityManager, reward: Reward, trouble: OwnTrouble): Promise<void> {
  if (reward.trouble === trouble) return
  await change(db, Reward, reward, { trouble })
}

/** What somebody has to look at stays until they have. */
const lasting: readonly (string | null)[] = [null, 'mismatch', 'contradiction']

async function clearTrouble(db: EntityManager, payout: Payout, reward: Reward): Promise<void> {
  const isLost =
    reward.trouble === 'packageLost' && payout.state === 'WAIT_USER_CONFIRM' && payout.packageSealed === null
  if (!lasting.includes(reward.trouble) && !isLost) await change(db, Reward, reward, { trouble: null })
}
