/** The house's own jobs: forgetting what need not be kept, and the daily digest of the trail. */
import { type EntityManager, type FindManyOptions, type FindOptionsWhere, In, LessThan } from 'typeorm'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { Session } from '../people/session.js'
import { before } from '../retention.js'
import { Job } from './job.js'
import { digestJob } from './digest.js'
import { type AnyJob, job } from './jobKind.js'
import { enqueue } from './queue.js'

/** So many at a time: a day of a city's answers in one transaction would hold up whoever asks meanwhile. */
const BATCH = 1000

export const houseJobs: Readonly<Record<string, AnyJob>> = {
  'house.forgetKeys': job({
    async handle({ db, now }) {
      const removed = [
        await removeSome(db, IdempotencyRecord, 'scope', { createdAt: LessThan(before('answers', now)) }),
        await removeSome(db, Job, 'id', { state: 'done', finishedAt: LessThan(before('doneJobs', now)) }),
        await removeSome(db, Job, 'id', { state: 'dead', finishedAt: LessThan(before('deadJobs', now)) }),
        await removeSome(db, Session, 'id', [
          { expiresAt: LessThan(before('sessions', now)) },
          { revokedAt: LessThan(before('sessions', now)) },
        ]),
      ]
      if (removed.includes(BATCH)) await enqueue(db, [{ kind: 'house.forgetKeys', payload: {} }], now)
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

async function removeSome<Row extends object>(
  db: EntityManager,
  entity: new () => Row,
  key: keyof Row & string,
  where: FindOptionsWhere<Row> | FindOptionsWhere<Row>[],
): Promise<number> {
  const rows = await db.find(entity, { select: { [key]: true }, where, take: BATCH } as FindManyOptions<Row>)
  if (rows.length > 0) await db.delete(entity, { [key]: In(rows.map((row) => row[key])) } as FindOptionsWhere<Row>)
  return rows.length
}
