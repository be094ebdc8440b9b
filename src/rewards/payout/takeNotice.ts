/** A notice of WeChat Pay that was proven to be theirs: taken once, and only where it is about a transfer of ours as we know it. */
import type { EntityManager } from 'typeorm'
import { beginAct } from '../../audit/act.js'
import { dateOf, instantAt } from '../../calendar/dates.js'
import { insertWhole } from '../../database/insert.js'
import { scatter } from '../../database/scatter.js'
import { isDuplicate, transact } from '../../database/transaction.js'
import type { House } from '../../house.js'
import type { PayNotice } from '../../pay/client.js'
import { noticeRef } from '../../tips/informers/refs.js'
import { applyBill } from './applyBill.js'
import { loadPair } from './pair.js'
import { Payout, PayNoticeTaken } from './payout.js'

/** Nothing was changed. */
export class NoticeUnfit extends Error {
  constructor(readonly reason: 'merchant' | 'unknown' | 'unsent' | 'amount') {
    super(`a notice of WeChat Pay does not fit: ${reason}`)
    this.name = 'NoticeUnfit'
  }
}

/** False where it was taken before. @throws NoticeUnfit */
export async function takeNotice({ ds, know, now }: House, notice: PayNotice): Promise<boolean> {
  return transact(ds, work, { isRepeatable: true })

  async function work(db: EntityManager): Promise<boolean> {
    const at = now()
    // It comes when the receiver confirms, or a day after they claimed: nothing here keeps the moment.
    const day = instantAt(dateOf(at))
    const auditKey = know.keyring.purposeKey('audit')
    const by = { personId: null, postId: null, now: day, isDiscreet: true }
    beginAct(db, { verb: 'payout.notice', ...by, auditKey, revised: new Set() })
    const { bill } = notice
    const id = noticeRef(know, notice.id)
    if (bill.mchId !== know.merchant?.mchId) throw new NoticeUnfit('merchant')
    const known = await db.findOneBy(Payout, { outBillNo: bill.outBillNo })
    if (!known) throw new NoticeUnfit('unknown')
    if (known.sentAt === null) throw new NoticeUnfit('unsent')
    if (known.amountFen !== bill.amountFen) throw new NoticeUnfit('amount')
    try {
      await insertWhole(db, PayNoticeTaken, [{ id, outBillNo: bill.outBillNo, state: bill.state, at: day }])
      await scatter(db, PayNoticeTaken, 'id', id)
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
    const pair = await loadPair(db, known.id)
    if (pair) await applyBill({ db, know, now: at }, pair, bill)
    return true
  }
}
