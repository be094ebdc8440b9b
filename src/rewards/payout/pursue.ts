/**
 * Sends a transfer and follows it to its end. Marked before anything is sent; after any doubt WeChat is asked before
 * anything is repeated; what is repeated has the same number and the same fields.
 */
import type { EntityManager } from 'typeorm'
import { type AnyJob, job, type JobCall, type OutsideCall } from '../../audit/jobKind.js'
import { enqueue, type NewJob } from '../../audit/queue.js'
import { change } from '../../audit/trail.js'
import { dateOf, instantAt } from '../../calendar/dates.js'
import { loadPersonalKeys } from '../../encryption/personalKeys.js'
import type { Knowledge } from '../../house.js'
import { type Bill, type Pay, PayError, type PayErrorKind, type TransferOrder } from '../../pay/client.js'
import { openFor } from '../../people/personal.js'
import { Person } from '../../people/person.js'
import { identityOf } from '../../tips/informers/store.js'
import { applyBill, closeUnsent, looked, setTrouble } from './applyBill.js'
import { limitReached, lockControl } from './control.js'
import { loadPair, type Pair } from './pair.js'
import { Payout } from './payout.js'
import { needsRealName } from './realName.js'
import { isFinal } from './payoutStates.js'
import type { Reward } from '../reward.js'
import type { OwnTrouble } from './troubles.js'

/** The receiver sees it in WeChat, and so may whoever looks over their shoulder. */
const REMARK = '行政奖励'
/** For WeChat's 转账场景报备信息. */
const SUBSIDY_TYPE = '生态环境违法行为举报奖励'
const DAY_MS = 86_400_000
/** 只支持查询最近30天内的转账单: after that NOT_FOUND says nothing, so nothing is sent again well before. */
const REPEAT_MS = 25 * DAY_MS
/** What waited for longer between the mark and the sending is not sent on that mark. */
const SEND_WITHIN_MS = 30_000
/** A transfer that WeChat does not know so long after we stopped sending never arrived. */
const ARRIVES_WITHIN_MS = 10 * 60_000
/** Seconds from one look to the next while nothing changes; afterwards the half-hourly sweep goes on. */
const LOOKS_S = [2, 5, 10, 20, 60, 180, 600, 1200] as const
/** Before so many looks, doubt is no news. */
const DOUBT_AFTER = 3

interface Payload {
  rewardId: string
}

interface Claimed {
  outBillNo: string
  /** Never sent before: there is nothing to ask yet. */
  isFirst: boolean
  /** Whether the phone could be told what to open. */
  hasPackage: boolean
  isToCancel: boolean
  /** For this call alone: what it would take to send it; null where it must not be. */
  order: TransferOrder | null
  markedAt: number
}

type Result =
  | { bill: Bill; isPackageLost?: boolean }
  | { problem: PayErrorKind | 'noPay' /** Whether WeChat said that it does not know it. */; isUnknown: boolean }

/** The job; `cause` keeps one cause from writing it twice. */
export const pursue = (rewardId: string, at: Date, cause: string): NewJob => ({
  kind: 'payout.pursue',
  payload: { rewardId },
  uniqueKey: `payout.pursue:${rewardId}:${cause}`,
  dueAt: at,
})

/** It follows at once from what an informer does, and what it finds from what they do next. */
export const payoutPursue: AnyJob = job<Payload, Claimed, Result>({ isDiscreet: true, claim, outside, handle })

async function claim({ db, know, now, payload }: JobCall<Payload>): Promise<Claimed | undefined> {
  const control = await lockControl(db)
  const pair = await loadPair(db, payload.rewardId)
  if (!pair || isFinal(pair.payout.state)) return undefined
  const { reward, payout } = pair
  const isFirst = payout.sentAt === null
  const isToCancel = payout.cancelAskedAt !== null
  if (isFirst && (isToCancel || control.isStopped)) {
    if (isToCancel) await closeUnsent({ db, know, now }, pair, 'MCH_CANCEL')
    else await setTrouble(db, reward, 'stopped')
    return undefined
  }
  const isOld = payout.sentAt !== null && now.getTime() - payout.sentAt.getTime() > REPEAT_MS
  const receiver = isToCancel || control.isStopped || isOld ? null : await receiverOf(db, know, reward)
  if (payout.sentAt === null) {
    if (receiver === null) {
      await closeUnsent({ db, know, now }, pair, 'noWechat')
      return undefined
    }
    const today = dateOf(now)
    const limit = await limitReached(db, know, payout, { personId: receiver.personId, today })
    if (limit !== undefined) {
      await setTrouble(db, reward, limit)
      return undefined
    }
    await change(db, Payout, payout, { sentAt: instantAt(today), sentOn: today })
  }
  return {
    outBillNo: payout.outBillNo,
    isFirst,
    hasPackage: payout.packageSealed !== null,
    isToCancel,
    order: receiver && orderOf(payout, receiver),
    markedAt: performance.now(),
  }
}

async function outside({ claimed, outside: { pay } }: OutsideCall<Payload, Claimed>): Promise<Result> {
  if (!pay) return { problem: 'noPay', isUnknown: false }
  try {
    if (claimed.isFirst) return await send(pay, claimed)
    const bill = await pay.query(claimed.outBillNo)
    if (claimed.isToCancel && mayCancel(bill)) return { bill: await pay.cancel(claimed.outBillNo) }
    return await withPackage(pay, claimed, bill)
  } catch (error) {
    if (!(error instanceof PayError)) throw error
    if (claimed.isFirst || error.kind !== 'notFound') return { problem: error.kind, isUnknown: false }
  }
  if (claimed.order === null) return { problem: 'notFound', isUnknown: true }
  try {
    return await send(pay, claimed)
  } catch (error) {
    if (!(error instanceof PayError)) throw error
    return { problem: error.kind, isUnknown: false }
  }
}

const mayCancel = ({ state }: Bill) => ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM'].includes(state)

async function send(pay: Pay, { order, markedAt }: Claimed): Promise<Result> {
  // The process may have stood still since the mark: by now it may have been cancelled.
  if (order === null || performance.now() - markedAt > SEND_WITHIN_MS) return { problem: 'doubt', isUnknown: false }
  return { bill: await pay.create(order) }
}

/** Only the answer to the order itself says what the phone opens: where that answer was lost, the same order is made again. */
async function withPackage(pay: Pay, claimed: Claimed, bill: Bill): Promise<Result> {
  if (bill.state !== 'WAIT_USER_CONFIRM' || claimed.hasPackage) return { bill }
  const again = await send(pay, claimed).catch((error: unknown) => {
    if (error instanceof PayError) return { problem: error.kind, isUnknown: false }
    throw error
  })
  if ('bill' in again && again.bill.packageInfo !== null) return again
  const isLost = 'problem' in again && (again.problem === 'refused' || again.problem === 'alreadyExists')
  return isLost ? { bill, isPackageLost: true } : { bill }
}

/** What a kind of failure says to staff; `limited` and `doubt` say nothing until they last. */
const troubles: Readonly<Record<PayErrorKind | 'noPay', OwnTrouble>> = {
  refused: 'refused',
  notEnough: 'notEnough',
  limited: 'limited',
  doubt: 'doubt',
  notFound: 'doubt',
  alreadyExists: 'doubt',
  misconfigured: 'misconfigured',
  noPay: 'misconfigured',
}

async function handle(call: JobCall<Payload> & { claimed: Claimed; result: Result }): Promise<void> {
  const { db, know, now, payload, result } = call
  const pair = await loadPair(db, payload.rewardId)
  if (!pair || isFinal(pair.payout.state)) return
  if ('bill' in result) {
    await applyBill({ db, know, now }, pair, result.bill)
    if (result.isPackageLost && !isFinal(pair.payout.state)) await setTrouble(db, pair.reward, 'packageLost')
  } else {
    await takeProblem(call, pair, result)
  }
  return lookAgain(db, pair.payout, now)
}

async function takeProblem(
  { db, know, now }: JobCall<Payload>,
  pair: Pair,
  { problem, isUnknown }: Exclude<Result, { bill: Bill }>,
): Promise<void> {
  const { payout, reward } = pair
  const { cancelAskedAt, sentAt } = payout
  await looked(db, payout, now, { looks: payout.looks + 1 })
  const isNeverThere =
    isUnknown && cancelAskedAt !== null && now.getTime() - cancelAskedAt.getTime() > ARRIVES_WITHIN_MS
  if (isUnknown && sentAt !== null && now.getTime() - sentAt.getTime() > REPEAT_MS) {
    return setTrouble(db, reward, 'tooOld')
  }
  if (isNeverThere && payout.state === 'NEW') return closeUnsent({ db, know, now }, pair, 'MCH_CANCEL')
  const trouble = troubles[problem]
  const isPatient = trouble === 'doubt' || trouble === 'limited'
  if (!isPatient || payout.looks >= DOUBT_AFTER) await setTrouble(db, reward, trouble)
}

async function lookAgain(db: EntityManager, { id, state, looks }: Payout, now: Date): Promise<void> {
  const seconds = LOOKS_S[looks]
  if (isFinal(state) || seconds === undefined) return
  await enqueue(db, [pursue(id, new Date(now.getTime() + seconds * 1000), `${state}:${looks}`)], now)
}

interface Receiver {
  personId: string
  openid: string
  name: string
}

/** Read for one call, and written nowhere. Null for who has left WeChat's or our books. */
async function receiverOf(db: EntityManager, know: Knowledge, { tipId }: Reward): Promise<Receiver | null> {
  const identity = await identityOf(db, know, tipId)
  const person = identity?.personId ? await db.findOneBy(Person, { id: identity.personId }) : null
  if (!identity || !person) return null
  const keys = await loadPersonalKeys(db, know.keyring, [person.id])
  const openid = openFor(keys.get(person.id), person, 'openid')
  return openid === null ? null : { personId: person.id, openid, name: identity.name }
}

const orderOf = ({ outBillNo, amountFen }: Payout, { openid, name }: Receiver): TransferOrder => ({
  outBillNo,
  openid,
  amountFen,
  remark: REMARK,
  userName: needsRealName(amountFen) ? name : null,
  subsidyType: SUBSIDY_TYPE,
})
