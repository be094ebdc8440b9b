/** A day's differences: our transfers, our ledger and the bank's vouchers held against what WeChat's bill shows. */
import { type EntityManager, In } from 'typeorm'
import { changeRows } from '../../database/rows.js'
import type { FlowLine } from '../../pay/client.js'
import { words } from '../../words/words.js'
import { MoneyEntry } from '../books/moneyEntry.js'
import { Payout } from '../payout/payout.js'
import { isFinal } from '../payout/payoutStates.js'
import { Reward } from '../reward.js'
import type { ReconciliationLine } from './reconciliation.js'

export type Line = Omit<
  ReconciliationLine,
  'id' | 'version' | 'auditHead' | 'reconciliationId' | 'note' | 'settledByPostId' | 'settledAt'
>

const blank = { rewardId: null, reference: null, oursFen: 0, theirsFen: 0 }
export const noFlow: Line = {
  ...blank,
  lineKey: 'flow',
  ours: '有微信转账',
  theirs: '资金账单取不到，请到商户平台下载核对',
}

/** Each line of the account's bill belongs to one of our transfers, with its amount, once out and at most once back. */
export async function alongFlow(db: EntityManager, onDay: string, flow: readonly FlowLine[]): Promise<Line[]> {
  const lines: Line[] = []
  for (const [index, { transferBillNo, outBillNo, kind, amountFen }] of flow.entries()) {
    const payout =
      (await db.findOneBy(Payout, { transferBillNo })) ??
      (outBillNo === null ? null : await db.findOneBy(Payout, { outBillNo }))
    const side = amountFen < 0 ? ('flowOutOn' as const) : ('flowBackOn' as const)
    const found = { reference: transferBillNo.slice(0, 64), theirs: kind.slice(0, 100), theirsFen: amountFen }
    const lineKey = `flow:${index}:${transferBillNo}`.slice(0, 80)
    if (!payout) {
      // Money put into the account is none of ours; money that left it would have to be.
      if (amountFen < 0) lines.push({ ...blank, ...found, lineKey, ours: '没有这笔转账' })
      continue
    }
    const known = { ...found, rewardId: payout.id, oursFen: payout.amountFen }
    if (Math.abs(amountFen) !== payout.amountFen) lines.push({ ...known, lineKey, ours: '金额不同' })
    else if (payout[side] !== null) lines.push({ ...known, lineKey, ours: '同一笔又出现了一次' })
    else await changeRows(db, Payout, { id: payout.id }, { [side]: onDay })
  }
  return lines
}

/** What was paid has left the account, and what was not has come back to it. */
export function missingInFlow(
  { id, state, finishedOn, amountFen, transferBillNo, flowOutOn, flowBackOn }: Payout,
  onDay: string,
) {
  if (finishedOn !== onDay || !isFinal(state)) return []
  const isPaid = state === 'SUCCESS'
  const known = { rewardId: id, reference: transferBillNo, ours: words.payoutStates[state], oursFen: amountFen }
  if (isPaid && flowOutOn === null) {
    return [{ ...known, lineKey: `out:${id}`, theirs: '资金账单里没有这笔支出', theirsFen: 0 }]
  }
  if (isPaid && flowBackOn !== null) {
    return [{ ...known, lineKey: `back:${id}`, theirs: '资金账单里又退回了', theirsFen: 0 }]
  }
  if (!isPaid && flowOutOn !== null && flowBackOn === null) {
    return [{ ...known, lineKey: `back:${id}`, theirs: '支出后没有退回', theirsFen: amountFen }]
  }
  return []
}

/** Our own two books agree: the ledger of money, and the transfers. */
export async function booksAgainstBills(db: EntityManager, onDay: string): Promise<Line[]> {
  const entries = await db.findBy(MoneyEntry, { kind: 'paid', channel: 'wechat', onDay })
  const payouts = await db.findBy(Payout, { state: 'SUCCESS', finishedOn: onDay })
  const booked = new Set(entries.map(({ rewardId }) => rewardId))
  const paid = new Set(payouts.map(({ id }) => id))
  return [
    ...payouts
      .filter(({ id }) => !booked.has(id))
      .map(({ id, amountFen, transferBillNo: reference }) => ({
        lineKey: `book:${id}`,
        rewardId: id,
        reference,
        oursFen: 0,
        theirsFen: amountFen,
        ours: '资金台账里没有',
        theirs: words.payoutStates.SUCCESS,
      })),
    ...entries
      .filter(({ rewardId }) => !paid.has(rewardId))
      .map(({ rewardId, amountFen, reference }) => ({
        lineKey: `book:${rewardId}`,
        rewardId,
        reference,
        oursFen: amountFen,
        theirsFen: 0,
        ours: '资金台账记了已付',
        theirs: '没有成功的转账',
      })),
  ]
}

/** What went by the bank has a voucher of its own. */
export async function byBank(db: EntityManager, onDay: string): Promise<{ fen: number; count: number; lines: Line[] }> {
  const entries = await db.findBy(MoneyEntry, { kind: 'paid', channel: 'bank', onDay })
  const vouchers = entries.flatMap(({ reference, amountFen }) => (reference && amountFen > 0 ? reference : []))
  const holders = vouchers.length === 0 ? [] : await db.findBy(Reward, { bankVoucher: In(vouchers) })
  const lines = entries.flatMap(({ rewardId, reference, amountFen }): Line[] => {
    const isShared = holders.some(({ id, bankVoucher }) => id !== rewardId && bankVoucher === reference)
    if (amountFen < 0 || !isShared) return []
    const said = { ours: '银行转账', theirs: '另一笔奖励用了同一个凭证号' }
    return [{ lineKey: `voucher:${rewardId}`, rewardId, reference, ...said, oursFen: amountFen, theirsFen: 0 }]
  })
  return { fen: entries.reduce((total, { amountFen }) => total + amountFen, 0), count: entries.length, lines }
}
