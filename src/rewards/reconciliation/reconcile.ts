/**
 * 每日对账: yesterday's transfers held against WeChat's word on each and against the account's own bill, and what went by
 * the bank against its vouchers. Every difference is a line that somebody has to explain.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { actOf, beginAct } from '../../audit/act.js'
import { type AnyJob, job, type JobCall, type OutsideCall } from '../../audit/jobKind.js'
import { enqueue } from '../../audit/queue.js'
import { create } from '../../audit/trail.js'
import { addDays, dateOf, instantAt } from '../../calendar/dates.js'
import { type Bill, type FlowLine, PayError } from '../../pay/client.js'
import { words } from '../../words/words.js'
import { applyBill } from '../payout/applyBill.js'
import { lockControl } from '../payout/control.js'
import { Payout } from '../payout/payout.js'
import { loadPair } from '../payout/pair.js'
import { alongFlow, booksAgainstBills, byBank, type Line, missingInFlow, noFlow } from './differences.js'
import { Reconciliation, ReconciliationLine } from './reconciliation.js'
import { tellAll } from '../tidings.js'

interface Payload {
  /** The day on which it is done; the one before is the last that is looked at. */
  day: string
}

interface Claimed {
  onDay: string
  bills: { id: string; outBillNo: string }[]
}

interface Result {
  /** By the reward's id; null: WeChat knows no such transfer. */
  theirs: [id: string, bill: Bill | null][]
  /** Null: the account's bill could not be had. */
  flow: FlowLine[] | null
}

export const rewardReconcile: AnyJob = job<Payload, Claimed, Result>({ claim, outside, handle })

/** 只支持查询最近30天内的转账单. */
const LOOKS_BACK_DAYS = 30
const MOST_ATTEMPTS = 8

/** The first day after the last that was reconciled: none is left out, also where nobody was there to do it. */
async function dayToDo(db: EntityManager, end: string): Promise<string | undefined> {
  const [last] = await db.find(Reconciliation, { select: { onDay: true }, order: { onDay: 'DESC' }, take: 1 })
  if (!last) return end
  const next = addDays(last.onDay, 1)
  const oldest = addDays(end, -LOOKS_BACK_DAYS)
  return next > end ? undefined : next < oldest ? oldest : next
}

async function claim({ db, payload }: JobCall<Payload>): Promise<Claimed | undefined> {
  const onDay = await dayToDo(db, addDays(payload.day, -1))
  if (onDay === undefined) return undefined
  const payouts = await db.find(Payout, {
    select: { id: true, outBillNo: true },
    where: [{ sentOn: onDay }, { finishedOn: onDay }],
    order: { id: 'ASC' },
  })
  return { onDay, bills: payouts.map(({ id, outBillNo }) => ({ id, outBillNo })) }
}

async function outside({ claimed, outside: { pay } }: OutsideCall<Payload, Claimed>): Promise<Result> {
  if (!pay) return { theirs: [], flow: null }
  const theirs: Result['theirs'] = []
  for (const { id, outBillNo } of claimed.bills) {
    // Doubt is no answer: the job tries again.
    const bill = await unhurried(() => pay.query(outBillNo)).catch((error: unknown) => {
      if (error instanceof PayError && error.kind === 'notFound') return null
      throw error
    })
    theirs.push([id, bill])
  }
  const flow = await unhurried(() => pay.fundFlow(claimed.onDay)).catch((error: unknown) => {
    if (error instanceof PayError && (error.kind === 'misconfigured' || error.kind === 'refused')) return null
    throw error
  })
  return { theirs, flow }
}

/** 100 QPS a merchant: who is told to slow down does so, and goes on where they were. */
async function unhurried<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      const isTooFast = error instanceof PayError && error.status === 429
      if (!isTooFast || attempt === MOST_ATTEMPTS) throw error
      await delay(attempt * 200)
    }
  }
}

async function handle(call: JobCall<Payload> & { claimed: Claimed; result: Result }): Promise<unknown> {
  const { db, know, now, claimed, result } = call
  const { onDay, bills } = claimed
  // Two that do the same day come one after the other.
  await lockControl(db)
  if (await db.existsBy(Reconciliation, { onDay })) return undefined
  const lines: Line[] = []
  const sums = { ours: 0, theirs: 0 }
  for (const [id, bill] of result.theirs) lines.push(...(await heldAgainst(call, id, bill)))
  if (result.flow === null && bills.length > 0) lines.push(noFlow)
  if (result.flow !== null) lines.push(...(await alongFlow(db, onDay, result.flow)))
  const told = new Map(result.theirs)
  for (const { id } of bills) {
    const payout = await db.findOneByOrFail(Payout, { id })
    const bill = told.get(id)
    if (payout.state === 'SUCCESS' && payout.finishedOn === onDay) sums.ours += payout.amountFen
    const theirDay = bill?.updatedAt ? dateOf(bill.updatedAt) : payout.finishedOn
    if (bill?.state === 'SUCCESS' && theirDay === onDay) sums.theirs += bill.amountFen
    if (result.flow !== null) lines.push(...missingInFlow(payout, onDay))
  }
  const bank = await byBank(db, onDay)
  lines.push(...(await booksAgainstBills(db, onDay)), ...bank.lines)
  const reconciliation = await create(db, Reconciliation, {
    id: uuid(),
    onDay,
    at: now,
    bills: bills.length + bank.count,
    oursFen: sums.ours + bank.fen,
    theirsFen: sums.theirs + bank.fen,
    differences: lines.length,
    settled: 0,
  })
  const unsaid = { note: null, settledByPostId: null, settledAt: null }
  for (const line of lines) {
    await create(db, ReconciliationLine, { id: uuid(), reconciliationId: reconciliation.id, ...line, ...unsaid })
  }
  if (lines.length > 0) {
    await tellAll(db, know, now, {
      subjectKind: 'reconciliation',
      subjectId: reconciliation.id,
      title: `${onDay} 的奖励对账有 ${lines.length} 笔不符`,
      text: '请逐笔核对，写明原因。',
      uniqueKey: `reconciliation:${onDay}`,
    })
  }
  if (onDay < addDays(call.payload.day, -1)) {
    await enqueue(db, [{ kind: 'reward.reconcile', payload: { day: call.payload.day } }], now)
  }
  return { differences: lines.length }
}

/** What WeChat tells is taken over first, as it would be at any other time; what then differs, differs. */
async function heldAgainst({ db, know, now }: JobCall<Payload>, id: string, bill: Bill | null): Promise<Line[]> {
  const pair = await loadPair(db, id)
  if (!pair) return []
  const { payout } = pair
  const known = { rewardId: id, reference: payout.transferBillNo, oursFen: payout.amountFen }
  if (bill === null) {
    if (payout.transferBillNo === null) return []
    const ours = words.payoutStates[payout.state]
    return [{ ...known, lineKey: `bill:${id}`, ours, theirs: '微信没有这笔转账', theirsFen: 0 }]
  }
  const before = payout.state
  const act = actOf(db)
  // When they confirmed may be today.
  beginAct(db, { ...act, now: instantAt(dateOf(now)), isDiscreet: true })
  const effect = await applyBill({ db, know, now }, pair, bill)
  beginAct(db, act)
  if (effect !== 'mismatch' && effect !== 'contradiction') return []
  const [ours, theirs] = [words.payoutStates[before], words.payoutStates[bill.state]]
  return [{ ...known, lineKey: `bill:${id}`, ours, theirs, theirsFen: bill.amountFen }]
}
