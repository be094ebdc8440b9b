/** Removes inbox lines that were read long ago (retention.ts), with what is known of their WeChat message. */
import { In, LessThan } from 'typeorm'
import { job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { before } from '../retention.js'
import { Delivery } from './delivery.js'
import { Notice } from './notice.js'

/** So many at a time, so that no request waits for the night's work. */
const BATCH = 1000

export const forgetJob = job({
  async handle({ db, now }) {
    const rows = await db.find(Notice, {
      select: { id: true },
      where: { readAt: LessThan(before('notices', now)) },
      order: { readAt: 'ASC' },
      take: BATCH,
    })
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    await db.delete(Delivery, { noticeId: In(ids) })
    await db.delete(Notice, { id: In(ids) })
    if (rows.length === BATCH) await enqueue(db, [{ kind: 'notice.forget', payload: {} }], now)
  },
})
