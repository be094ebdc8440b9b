/** Following decisions up until they are done: what was said of each, and who says that it is. */
import { type EntityManager, In } from 'typeorm'
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import { idAt } from '../../database/idAt.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { Decision, DecisionWord } from '../decision.js'
import type { WordKind } from '../states.js'
import { decisionTarget } from '../target.js'
import { decisionViews, mayClose, type Reader } from '../view.js'

export const decisionVerbs = {
  'decision.list': serve('decision.list', {
    async handle(call) {
      const { db, input, grants, know, now } = call
      const after = readCursor(know.keyring, 'decision.list', input) as readonly [string, string] | undefined
      const own = grants.filter(({ scope }) => scope === 'assigned' || scope === 'standIn')
      const reach = conditionsOf(input.scope === 'mine' ? own : grants, decisionTarget.scopes)
      if (reach.length === 0) return { items: [], next: null }
      const { sql, params } = filterOf(input, dateOf(now), after)
      const found = (await db.query(
        `SELECT d.id FROM decision d WHERE (${reach.map((one) => one.sql).join(' OR ')}) AND ${sql}
         ORDER BY d.dueOn, d.id LIMIT ${input.limit + 1}`,
        [...reach.flatMap((one) => one.params), ...params],
      )) as { id: string }[]
      const rows = await db.find(Decision, {
        where: { id: In(found.map(({ id }) => id)) },
        order: { dueOn: 'ASC', id: 'ASC' },
      })
      return pageFrom(rows, input.limit, await decisionViews(call, rows), (last) =>
        writeCursor(know.keyring, 'decision.list', input, [last.dueOn, last.id]),
      )
    },
  }),
  'decision.report': serve('decision.report', {
    target: decisionTarget,
    async handle(call) {
      const { db, input, target, grants, now } = call
      const { text, isDone } = input
      const patch = isDone ? { state: 'reported' as const, reportedOn: dateOf(now) } : {}
      await say(db, target, patch, { kind: isDone ? 'done' : 'progress', text, postId: grants[0]?.postId ?? null }, now)
      return one(call, target)
    },
  }),
  'decision.close': serve('decision.close', {
    target: decisionTarget,
    async handle(call) {
      const { db, actor, input, target, grants, now } = call
      if (!mayClose(actor, target)) throw new Problem('forbidden', { title: '自己负责的事要由别人核销' })
      const postId = grants[0]?.postId ?? null
      if (input.agree) {
        const patch = { state: 'closed' as const, closedOn: dateOf(now), closedByPostId: postId }
        await say(db, target, patch, { kind: 'closed', text: input.text ?? '同意核销', postId }, now)
      } else {
        const patch = { state: 'open' as const, reportedOn: null }
        await say(db, target, patch, { kind: 'sentBack', text: input.text ?? '', postId }, now)
      }
      return one(call, target)
    },
  }),
}

async function say(
  db: EntityManager,
  target: Decision,
  patch: Partial<Pick<Decision, 'state' | 'reportedOn' | 'closedOn' | 'closedByPostId'>>,
  { kind, text, postId }: { kind: WordKind; text: string; postId: string | null },
  now: Date,
): Promise<void> {
  const id = idAt(now)
  await change(db, Decision, target, patch, { word: [null, { id, text }] })
  await db.insert(DecisionWord, { id, decisionId: target.id, kind, text, postId, at: now })
}

async function one(reader: Reader, row: Decision) {
  const [view] = await decisionViews(reader, [row])
  if (!view) throw new Error('a decision without its view')
  return view
}

function filterOf(
  input: Input<'decision.list'>,
  today: string,
  after: readonly [string, string] | undefined,
): Condition {
  const { id, states, isOverdue, dueFrom, dueTo } = input
  const given: Condition[] = [
    ...(id === undefined ? [] : [{ sql: 'd.id = ?', params: [id] }]),
    ...(states ? [among('d.state', states)] : []),
    ...(isOverdue === undefined
      ? []
      : [{ sql: `${isOverdue ? '' : 'NOT '}(d.state = 'open' AND d.dueOn < ?)`, params: [today] }]),
    ...(dueFrom === undefined ? [] : [{ sql: 'd.dueOn >= ?', params: [dueFrom] }]),
    ...(dueTo === undefined ? [] : [{ sql: 'd.dueOn <= ?', params: [dueTo] }]),
    ...(after === undefined
      ? []
      : [{ sql: '(d.dueOn > ? OR (d.dueOn = ? AND d.id > ?))', params: [after[0], after[0], after[1]] }]),
  ]
  return {
    sql: given.map(({ sql }) => sql).join(' AND ') || '1 = 1',
    params: given.flatMap(({ params }) => params),
  }
}
