/** A notice of WeChat Pay that was proven to be theirs: taken once, and only where it is about a transfer of ours as we know it. */
import type { EntityManager } from 'typeorm'
import { beginAct } from '../../audit/act.js'
import { insertWhole } from '../../database/insert.js'
import { isDuplicate, transact } from '../../database/transaction.js'
import type { House } from '../../house.js'
import type { PayNotice } from '../../pay/client.js'
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
    const auditKey = know.keyring.purposeKey('audit')
    beginAct(db, { verb: 'payout.notice', personId: null, postId: null, now: at, auditKey, revised: new Set() })
    const { id, bill } = notice
    if (bill.mchId !== know.merchant?.mchId) throw new NoticeUnfit('merchant')
    const known = await db.findOneBy(Payout, { outBillNo: bill.outBillNo })
    if (!known) throw new NoticeUnfit('unknown')
    if (known.sentAt === null) throw new NoticeUnfit('unsent')
    if (known.amountFen !== bill.amountFen) throw new NoticeUnfit('amount')
    try {
      await insertWhole(db, PayNoticeTaken, [{ id, outBillNo: bill.outBillNo, state: bill.state, at }])
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
    const pair = await loadPair(db, known.id)
    if (pair) await applyBill({ db, know, now: at }, pair, bill)
    return true
  }
}
