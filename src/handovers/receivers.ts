/** To whom a list goes: 市执法队 gets every line, each branch its own. */
import { type EntityManager, In } from 'typeorm'
import { HandoverLine, type HandoverList, HandoverReceipt } from './handoverList.js'
import { ENFORCEMENT } from '../people/unit.js'

/** A list with the units it goes to, and those that have acknowledged it. */
export type HandoverRow = HandoverList & { unitIds: string[]; acknowledged: string[] }

export async function withReceivers(db: EntityManager, lists: readonly HandoverList[]): Promise<HandoverRow[]> {
  if (lists.length === 0) return []
  const listId = In(lists.map(({ id }) => id))
  const lines = await db.find(HandoverLine, { select: { id: true, listId: true, unitId: true }, where: { listId } })
  const receipts = await db.find(HandoverReceipt, {
    select: { id: true, listId: true, unitId: true },
    where: { listId },
  })
  return lists.map((list) => {
    const branches = lines.filter((one) => one.listId === list.id).flatMap(({ unitId }) => unitId ?? [])
    return Object.assign(list, {
      unitIds: [...new Set([ENFORCEMENT, ...branches])],
      acknowledged: receipts.filter((one) => one.listId === list.id).map(({ unitId }) => unitId),
    })
  })
}
