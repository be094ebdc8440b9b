/** What was reconciled, and what somebody says of each difference. */
import { LessThan, MoreThan, In } from 'typeorm'
import { change } from '../../audit/trail.js'
import { toWireInstant } from '../../calendar/dates.js'
import type { Verb } from '../../contract.js'
import { forUpdate } from '../../database/transaction.js'
import { possible } from '../../http/can.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { type Call, serve, type Target } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { byId } from '../../people/view.js'
import { invalid, Problem } from '../../problem.js'
import { Reconciliation, ReconciliationLine } from '../reconciliation/reconciliation.js'
import { Reward } from '../reward.js'
import { unnamed } from '../../tips/withoutInformer.js'
import { rewardsAbout } from '../matter.js'
import { numbersOf } from '../view.js'

type On<V extends Verb> = Call<V, Reconciliation>

const reconciliationTarget: Target<Reconciliation> = {
  seenBy: 'reconciliation.read',
  scopes: { all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) } },
  load: (db, id, isLocked) =>
    db.findOne(Reconciliation, { where: { id }, ...(isLocked ? { lock: forUpdate(db) } : {}) }),
  obstacle: ({ differences, settled }, verb) =>
    verb === 'reconciliation.settle' && settled >= differences ? '这一天没有要说明的不符' : undefined,
}

const isEqual = ({ differences, oursFen, theirsFen }: Reconciliation) => differences === 0 && oursFen === theirsFen

export const reconcilingVerbs = {
  'reconciliation.list': serve('reconciliation.list', {
    async handle({ db, know, input }) {
      const after = readCursor(know.keyring, 'reconciliation.list', input)
      const rows = await db.find(Reconciliation, {
        where: {
          ...(input.onlyDifferent ? { differences: MoreThan(0) } : {}),
          ...(after ? { onDay: LessThan(String(after[0])) } : {}),
        },
        order: { onDay: 'DESC' },
        take: input.limit + 1,
      })
      const items = rows.map((row) => {
        const { id, onDay, at, bills, oursFen, theirsFen, differences, settled, version } = row
        const sums = { bills, oursFen, theirsFen, differences, settled }
        return { id, on: onDay, at: toWireInstant(at), ...sums, isEqual: isEqual(row), version }
      })
      return pageFrom(rows, input.limit, items, (last) =>
        writeCursor(know.keyring, 'reconciliation.list', input, [last.onDay, last.id]),
      )
    },
  }),
  'reconciliation.read': serve('reconciliation.read', {
    target: reconciliationTarget,
    async handle({ db, actor, target }: On<'reconciliation.read'>) {
      const ofOwn = await rewardsAbout(db, actor.enterpriseIds)
      const all = await db.find(ReconciliationLine, {
        where: { reconciliationId: target.id },
        order: { lineKey: 'ASC' },
      })
      const lines = all.filter(({ rewardId }) => !ofOwn.includes(rewardId ?? ''))
      const posts = await byId(
        db,
        Post,
        lines.map(({ settledByPostId }) => settledByPostId),
      )
      const ids = lines.flatMap(({ rewardId }) => rewardId ?? [])
      const numbers = await numbersOf(db, ids.length === 0 ? [] : await db.findBy(Reward, { id: In(ids) }))
      const { id, onDay, at, bills, oursFen, theirsFen, version } = target
      return {
        id,
        on: onDay,
        at: toWireInstant(at),
        bills,
        oursFen,
        theirsFen,
        isEqual: isEqual(target),
        lines: lines.map((line) => ({
          key: line.lineKey,
          rewardId: line.rewardId,
          tipNumber: numbers.get(line.rewardId ?? '') ?? null,
          reference: line.reference,
          ours: line.ours,
          theirs: line.theirs,
          oursFen: line.oursFen,
          theirsFen: line.theirsFen,
          note: line.note,
          settledBy: posts.get(line.settledByPostId ?? '')?.name ?? null,
        })),
        version,
        can: possible(actor, reconciliationTarget, target, ['reconciliation.settle']),
      }
    },
  }),
  'reconciliation.settle': serve('reconciliation.settle', {
    target: reconciliationTarget,
    async handle({ db, know, actor, target, input, grants, now }: On<'reconciliation.settle'>) {
      const line = await db.findOneBy(ReconciliationLine, { reconciliationId: target.id, lineKey: input.key })
      const reward = line?.rewardId ? await db.findOneBy(Reward, { id: line.rewardId }) : null
      const isOwn = reward !== null && (await rewardsAbout(db, actor.enterpriseIds)).includes(reward.id)
      if (!line || isOwn) throw invalid('key', '这一天的对账里没有这一笔')
      if (line.settledAt !== null) throw new Problem('wrongState', { title: '这一笔已经说明过了' })
      const settledByPostId = grants[0]?.postId ?? null
      const note = reward ? await unnamed(db, know, reward.tipId, actor.personId, input.note) : input.note
      await change(db, ReconciliationLine, line, { note, settledByPostId, settledAt: now })
      await change(db, Reconciliation, target, { settled: target.settled + 1 })
      return { ok: true }
    },
  }),
}
