/** Who reaches a hand-over list: each scope for a row in hand and for a query, where the list is `h`. */
import type { EntityManager } from 'typeorm'
import type { Verb } from '../contract.js'
import { forUpdate } from '../database/transaction.js'
import type { Condition } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { HandoverList } from './handoverList.js'
import { ENFORCEMENT } from '../people/unit.js'
import type { HandoverState } from './states.js'
import { type HandoverRow, withReceivers } from './receivers.js'

const nothing: Condition = { sql: '1 = 0', params: [] }
/** Until it is handed over, a list is the approval office's own. */
const handedOver: Condition = { sql: `h.state <> 'open'`, params: [] }

const obstacles: Partial<Record<Verb, { from: HandoverState; otherwise: string }>> = {
  'handover.send': { from: 'open', otherwise: '这份清单已经移交了' },
  'handover.acknowledge': { from: 'sent', otherwise: '这份清单已经签收，或还没有移交' },
}

export const handoverTarget: Target<HandoverRow> = {
  seenBy: 'handover.read',
  scopes: {
    // Of the officers only those of 市执法队.
    unit: {
      holds: (grant, row) => grant.unitId === ENFORCEMENT && row.state !== 'open',
      where: (grant) => (grant.unitId === ENFORCEMENT ? handedOver : nothing),
    },
    branch: {
      holds: (grant, row) => grant.unitId !== null && row.unitIds.includes(grant.unitId) && row.state !== 'open',
      where(grant) {
        if (grant.unitId === ENFORCEMENT) return handedOver
        const own = 'SELECT l.listId FROM handover_line l WHERE l.unitId = ?'
        return { sql: `h.state <> 'open' AND h.id IN (${own})`, params: [grant.unitId] }
      },
    },
    all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
  },
  load: loadHandover,
  obstacle(row, verb) {
    const rule = obstacles[verb]
    return rule === undefined || rule.from === row.state ? undefined : rule.otherwise
  },
}

export async function loadHandover(db: EntityManager, id: string, lock: boolean): Promise<HandoverRow | null> {
  const list = await db.findOne(HandoverList, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) })
  const [row] = list ? await withReceivers(db, [list]) : []
  return row ?? null
}
