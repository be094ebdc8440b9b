/** Workbooks are kept for a week: what they hold stands in the system, and a copy that lies about can get lost. */
import { In, LessThan } from 'typeorm'
import { job } from '../audit/jobKind.js'
import { StoredFile } from '../files/storedFile.js'
import { before } from '../retention.js'
import { ExcelRun } from './excelRun.js'

const BATCH = 200

/** The run itself stays: that somebody exported a list is part of the record. The bytes go with the next sweep. */
export const forgetJob = job({
  async handle({ db, now }) {
    const where = { ownerKind: 'excel' as const, uploadedAt: LessThan(before('workbooks', now)) }
    const files = await db.find(StoredFile, { select: { id: true, ownerId: true }, where, take: BATCH })
    const runIds = files.flatMap(({ ownerId }) => ownerId ?? [])
    const live = await db.findBy(ExcelRun, { id: In(runIds), state: In(['waiting', 'working']) })
    const busy = new Set(live.map(({ id }) => id))
    const ids = files.filter(({ ownerId }) => !busy.has(ownerId ?? '')).map(({ id }) => id)
    if (ids.length > 0) await db.delete(StoredFile, { id: In(ids) })
    return { isDone: ids.length < BATCH }
  },
})
