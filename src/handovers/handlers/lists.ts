/** Reading the monthly lists, handing one over, and acknowledging it. */
import { In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { byId } from '../../people/view.js'
import { Project } from '../../projects/project.js'
import { HandoverLine, HandoverList, HandoverReceipt } from '../handoverList.js'
import { factsOf } from '../join.js'
import { withReceivers } from '../receivers.js'
import { handoverTarget, loadHandover } from '../target.js'
import { handoverLists, handoverView, isOver, receiverFor } from '../view.js'
import type { EntityManager } from 'typeorm'
import type { Input } from '../../contract.js'
import type { Actor } from '../../people/actor.js'

export const handoverVerbs = {
  'handover.list': serve('handover.list', {
    async handle({ db, actor, input, grants, know, now }) {
      const after = readCursor(know.keyring, 'handover.list', input)
      const reach = conditionsOf(grants, handoverTarget.scopes)
      if (reach.length === 0) return { items: [], next: null }
      const { sql, params } = filterOf(input, actor, after?.[0] as string | undefined)
      const found = (await db.query(
        `SELECT h.id FROM handover_list h WHERE (${reach.map((one) => `(${one.sql})`).join(' OR ')}) AND ${sql}
         ORDER BY h.month DESC LIMIT ${input.limit + 1}`,
        [...reach.flatMap((one) => one.params), ...params],
      )) as { id: string }[]
      const lists = await db.find(HandoverList, {
        where: { id: In(found.map(({ id }) => id)) },
        order: { month: 'DESC' },
      })
      const rows = await withReceivers(db, lists)
      return pageFrom(rows, input.limit, await handoverLists({ db, actor, now }, rows), (last) =>
        writeCursor(know.keyring, 'handover.list', input, [last.month, last.id]),
      )
    },
  }),
  'handover.read': serve('handover.read', {
    target: handoverTarget,
    handle: (call) => handoverView(call, call.target),
  }),
  'handover.send': serve('handover.send', {
    target: handoverTarget,
    async handle(call) {
      const { db, target, grants, now } = call
      if (!isOver(target, now)) {
        throw new Problem('wrongState', { title: '这个月还没有过完，下个月再移交' })
      }
      await takeFacts(db, target.id)
      const sent = { state: 'sent' as const, sentAt: now, sentByPostId: grants[0]?.postId ?? null }
      await change(db, HandoverList, target as HandoverList, sent)
      return shown(call, target.id)
    },
  }),
  'handover.acknowledge': serve('handover.acknowledge', {
    target: handoverTarget,
    async handle(call) {
      const { db, actor, input, target, now } = call
      const grant = receiverFor(actor, target, input.unitId)
      const { unitId, postId } = grant ?? {}
      if (!unitId || !postId) throw new Problem('wrongState', { title: '您的单位已经签收了' })
      const lines = new Set((await handoverView(call, target)).lines.map(({ id }) => id))
      const strange = input.remarks.findIndex(({ lineId }) => !lines.has(lineId))
      if (strange >= 0) throw invalid(`remarks.${strange}.lineId`, '清单里没有这一条')
      await create(db, HandoverReceipt, {
        id: uuid(),
        listId: target.id,
        unitId,
        postId,
        at: now,
        remarks: input.remarks,
      })
      const isLast = target.unitIds.every((id) => id === unitId || target.acknowledged.includes(id))
      const state = isLast ? ('acknowledged' as const) : target.state
      await change(db, HandoverList, target as HandoverList, { state }, { acknowledged: [null, unitId] })
      return shown(call, target.id)
    },
  }),
}

/** From now on the list says what it said when it was handed over. */
async function takeFacts(db: EntityManager, listId: string): Promise<void> {
  const lines = await db.findBy(HandoverLine, { listId })
  const projects = await byId(
    db,
    Project,
    lines.map(({ projectId }) => projectId),
  )
  for (const line of lines) {
    const project = projects.get(line.projectId)
    const facts = project && factsOf(project)
    const isChanged =
      facts && Object.entries(facts).some(([field, value]) => line[field as keyof typeof facts] !== value)
    if (isChanged) await change(db, HandoverLine, line, facts)
  }
}

async function shown(call: Parameters<typeof handoverView>[0], id: string) {
  const row = await loadHandover(call.db, id, false)
  if (!row) throw new Error('a list that is gone')
  return handoverView(call, row)
}

function filterOf(input: Input<'handover.list'>, actor: Actor, before: string | undefined): Condition {
  const { states, fromMonth, toMonth, awaitsMe } = input
  const units = actor.holdings.map(({ unitId }) => unitId)
  const acknowledged = among('r.unitId', units)
  const mine = `h.state = 'sent' AND NOT EXISTS
    (SELECT r.id FROM handover_receipt r WHERE r.listId = h.id AND ${acknowledged.sql})`
  const given: Condition[] = [
    ...(states ? [among('h.state', states)] : []),
    ...(fromMonth === undefined ? [] : [{ sql: 'h.month >= ?', params: [fromMonth] }]),
    ...(toMonth === undefined ? [] : [{ sql: 'h.month <= ?', params: [toMonth] }]),
    ...(awaitsMe === undefined ? [] : [{ sql: `${awaitsMe ? '' : 'NOT '}(${mine})`, params: acknowledged.params }]),
    ...(before === undefined ? [] : [{ sql: 'h.month < ?', params: [before] }]),
  ]
  return {
    sql: given.map(({ sql }) => sql).join(' AND ') || '1 = 1',
    params: given.flatMap(({ params }) => params),
  }
}
