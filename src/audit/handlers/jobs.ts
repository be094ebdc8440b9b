/** What the workers have in hand, what has failed for good, and another try for it. */
import { type FindOptionsWhere, In, LessThan, Not } from 'typeorm'
import { toWireInstant } from '../../calendar/dates.js'
import { forUpdate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { discreetKinds, isDiscreet } from '../../jobs.js'
import { keptSubjects } from '../../cases/keptSubjects.js'
import { Problem } from '../../problem.js'
import { isKeptKind, keptFromTrail } from '../../tips/keptTrail.js'
import { Job } from '../job.js'

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export const jobHandlers = {
  'job.list': serve('job.list', {
    async handle({ db, actor, input, grants, know, now }) {
      const after = readCursor(know.keyring, 'job.list', input)
      const asked = input.kind ?? Not(In(input.state === 'dead' ? [] : discreetKinds()))
      if (input.state !== 'dead' && isDiscreet(input.kind ?? '')) return { items: [], next: null }
      const shared = { state: input.state, kind: asked }
      const where: FindOptionsWhere<Job>[] = [shared]
      if (after) {
        const dueAt = new Date(after[0])
        where.splice(0, 1, { ...shared, dueAt: LessThan(dueAt) }, { ...shared, dueAt, id: LessThan(after[1]) })
      }
      const rows = await db.find(Job, { where, order: { dueAt: 'DESC', id: 'DESC' }, take: input.limit + 1 })
      const views = rows.map(view)
      const kept = await keptSubjects(
        db,
        grants[0],
        views.flatMap(({ ids }) => Object.values(ids)),
      )
      const { ids: ofTips } = await keptFromTrail(db, { grants, actor, now })
      const isKept = ({ kind, ids }: (typeof views)[number]) =>
        isKeptKind(kind, grants) ||
        isDiscreet(kind) ||
        Object.values(ids).some((id) => kept.has(id) || ofTips.includes(id))
      const told = views.map((one) => (isKept(one) ? { ...one, ids: {} } : one))
      return pageFrom(rows, input.limit, told, ({ dueAt, id }) =>
        writeCursor(know.keyring, 'job.list', input, [dueAt.getTime(), id]),
      )
    },
  }),
  'job.retry': serve('job.retry', {
    async handle({ db, input, grants, now }) {
      const lock = forUpdate(db)
      const job = await db.findOne(Job, { where: { id: input.id }, ...(lock ? { lock } : {}) })
      if (!job) throw new Problem('notFound')
      if (job.state !== 'dead') throw new Problem('wrongState', { title: '这个任务没有失败，不用重试' })
      const patch = { state: 'ready' as const, dueAt: now, attempts: 0, finishedAt: null }
      await db.update(Job, { id: job.id }, patch)
      const { ids, ...told } = view({ ...job, ...patch })
      return { ...told, ids: isKeptKind(job.kind, grants) || isDiscreet(job.kind) ? {} : ids }
    },
  }),
}

/** A payload may say more than ids: that stays here. */
const view = ({ id, kind, state, attempts, lastError, dueAt, createdAt, finishedAt, payload }: Job) => ({
  id,
  kind,
  state,
  attempts,
  lastError,
  dueAt: toWireInstant(dueAt),
  createdAt: toWireInstant(createdAt),
  finishedAt: finishedAt && toWireInstant(finishedAt),
  ids: Object.fromEntries(
    Object.entries(payload).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && ID.test(pair[1])),
  ),
})
