/** What leaves the server about what is handed over: to a branch its own lines only. */
import { In } from 'typeorm'
import type { EntityManager } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import { possible } from '../http/can.js'
import { grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { Project } from '../projects/project.js'
import { HandoverLine, HandoverReceipt } from './handoverList.js'
import { ENFORCEMENT } from '../people/unit.js'
import { factsOf, monthOf } from './join.js'
import type { HandoverRow } from './receivers.js'
import { handoverTarget } from './target.js'

interface Reader {
  db: EntityManager
  actor: Actor
  now: Date
}

/** The units whose lines the reader sees; undefined for all. */
function unitsSeen(actor: Actor): Set<string> | undefined {
  const grants = grantsOf(actor, 'handover.read')
  if (grants.some(({ scope, unitId }) => scope === 'all' || unitId === ENFORCEMENT)) return undefined
  return new Set(grants.flatMap(({ scope, unitId }) => (scope === 'branch' && unitId !== null ? [unitId] : [])))
}

const isSeen = (seen: Set<string> | undefined, unitId: string | null) =>
  seen === undefined || (unitId !== null && seen.has(unitId))

export async function handoverLists(
  { db, actor, now }: Reader,
  rows: readonly HandoverRow[],
): Promise<Output<'handover.list'>['items']> {
  if (rows.length === 0) return []
  const listId = In(rows.map(({ id }) => id))
  const lines = await db.find(HandoverLine, {
    select: { id: true, listId: true, unitId: true, withdrawnOn: true },
    where: { listId },
  })
  const receipts = await db.find(HandoverReceipt, { where: { listId }, order: { id: 'ASC' } })
  const posts = await byId(
    db,
    Post,
    receipts.map(({ postId }) => postId),
  )
  const units = await byId(
    db,
    Unit,
    rows.flatMap(({ unitIds }) => unitIds),
  )
  const seen = unitsSeen(actor)
  return rows.map((row) => ({
    id: row.id,
    month: row.month,
    state: row.state,
    approvals: lines.filter((line) => line.listId === row.id && line.withdrawnOn === null && isSeen(seen, line.unitId))
      .length,
    sentAt: row.sentAt && toWireInstant(row.sentAt),
    receipts: receipts
      .filter((receipt) => receipt.listId === row.id)
      .map(({ unitId, postId, at }) => ({
        unit: unitView(units.get(unitId), unitId),
        by: posts.get(postId)?.name ?? '',
        at: toWireInstant(at),
      })),
    awaited:
      row.state === 'sent'
        ? row.unitIds.filter((id) => !row.acknowledged.includes(id)).map((id) => unitView(units.get(id), id))
        : [],
    version: row.version,
    can: possible(actor, handoverTarget, row, ['handover.send', 'handover.acknowledge']).filter((verb) =>
      verb === 'handover.send' ? isOver(row, now) : receiverFor(actor, row) !== undefined,
    ),
  }))
}

/** A month is handed over whole: when it is past. */
export const isOver = ({ month }: Pick<HandoverRow, 'month'>, now: Date): boolean => month < monthOf(dateOf(now))

/** The unit for which somebody can acknowledge: one of their own that has not yet. */
export function receiverFor(actor: Actor, row: HandoverRow, wanted?: string) {
  return grantsOf(actor, 'handover.acknowledge').find(
    (grant) =>
      handoverTarget.scopes[grant.scope]?.holds(grant, row) &&
      grant.unitId !== null &&
      (wanted === undefined || grant.unitId === wanted) &&
      !row.acknowledged.includes(grant.unitId),
  )
}

export async function handoverView(reader: Reader, row: HandoverRow): Promise<Output<'handover.send'>> {
  const { db, actor } = reader
  const [list] = await handoverLists(reader, [row])
  if (!list) throw new Error('a list without its line')
  const seen = unitsSeen(actor)
  const all = await db.find(HandoverLine, { where: { listId: row.id }, order: { approvedOn: 'ASC', id: 'ASC' } })
  const lines = all.filter(({ unitId }) => isSeen(seen, unitId))
  const receipts = await db.findBy(HandoverReceipt, { listId: row.id })
  const units = await byId(db, Unit, [...row.unitIds, ...receipts.map(({ unitId }) => unitId)])
  // Until it is handed over, the ledger may still be put right: a number that came later, a name misspelt.
  const projects =
    row.state === 'open'
      ? await byId(
          db,
          Project,
          lines.map(({ projectId }) => projectId),
        )
      : new Map<string, Project>()
  return {
    ...list,
    lines: lines.map((line) => {
      const project = projects.get(line.projectId)
      const { unitId, projectName, firmName, documentType, approvalNumber } = project ? factsOf(project) : line
      return {
        id: line.id,
        projectName,
        firmName,
        documentType,
        approvalNumber,
        approvedOn: line.approvedOn,
        unit: unitId === null ? null : unitView(units.get(unitId), unitId),
        withdrawnOn: line.withdrawnOn,
        remarks: receipts.flatMap((receipt) =>
          receipt.remarks
            .filter(({ lineId }) => lineId === line.id)
            .map(({ text }) => ({ unit: units.get(receipt.unitId)?.name ?? receipt.unitId, text })),
        ),
      }
    }),
  }
}
