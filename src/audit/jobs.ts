/** The house's own jobs: forgetting what need not be kept, and the daily digest of the trail. */
import { LessThan } from 'typeorm'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { Session } from '../people/session.js'
import { Job } from './job.js'
import { digestJob } from './digest.js'
import { type AnyJob, job } from './jobKind.js'

const KEPT_MS = 7 * 86_400_000

export const houseJobs: Readonly<Record<string, AnyJob>> = {
  'house.forgetKeys': job({
    async handle({ db, now }) {
      const before = new Date(now.getTime() - KEPT_MS)
      await db.delete(IdempotencyRecord, { createdAt: LessThan(before) })
      await db.delete(Job, { state: 'done', finishedAt: LessThan(before) })
      await db.delete(Session, { expiresAt: LessThan(before) })
    },
  }),
  'audit.digest': digestJob,
  /** What was overwritten in the embedded file still stands in its log until that is cut. */
  'house.cutLog': job<object, true, undefined>({
    claim: async () => true,
    async outside({ house }) {
      if (house.config.databaseUrl !== undefined) return undefined
      const [outcome] = (await house.ds.query('PRAGMA wal_checkpoint(TRUNCATE)')) as { busy: number }[]
      if (outcome?.busy) throw new Error('The log is in use and could not be cut')
      return undefined
    },
    handle: async () => undefined,
  }),
}
