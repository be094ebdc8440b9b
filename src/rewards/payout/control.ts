/** The switch, and the limits of a day: whoever counts holds the switch's row, so that nobody counts beside them. */
import type { EntityManager } from 'typeorm'
import { forUpdate } from '../../database/transaction.js'
import type { Knowledge } from '../../house.js'
import { among } from '../../http/scopes.js'
import { tipIdsOf } from '../../tips/informers/store.js'
import { CONTROL_ID, Payout, PayoutControl } from './payout.js'
import { standingRules } from '../rules/rules.js'
import type { OwnTrouble } from './troubles.js'

export async function lockControl(db: EntityManager): Promise<PayoutControl> {
  const lock = forUpdate(db)
  return db.findOneOrFail(PayoutControl, { where: { id: CONTROL_ID }, ...(lock ? { lock } : {}) })
}

export const readControl = (db: EntityManager): Promise<PayoutControl> =>
  db.findOneByOrFail(PayoutControl, { id: CONTROL_ID })

interface Sent {
  fen: number
  count: number
}

/** What was sent to WeChat on that day, whatever became of it. */
export async function sentOn(db: EntityManager, day: string): Promise<Sent> {
  return counted(db, 'p.sentOn = ?', [day])
}

async function counted(db: EntityManager, sql: string, params: unknown[]): Promise<Sent> {
  const [row] = (await db.query(
    `SELECT SUM(p.amountFen) AS fen, COUNT(*) AS n FROM payout p WHERE ${sql}`,
    params,
  )) as { fen: number | string | null; n: number | string }[]
  return { fen: Number(row?.fen ?? 0), count: Number(row?.n ?? 0) }
}

/** Why a transfer has to wait for another day; the caller holds the switch. */
export async function limitReached(
  db: EntityManager,
  know: Knowledge,
  { amountFen }: Payout,
  { personId, today }: { personId: string; today: string },
): Promise<OwnTrouble | undefined> {
  const rules = await standingRules(db)
  const all = await sentOn(db, today)
  if (all.fen + amountFen > rules.dailyTotalFen) return 'dailyLimit'
  if (all.count + 1 > rules.dailyCount) return 'dailyLimit'
  // Whose they are is known here for this moment, and written nowhere.
  const theirs = among('r.tipId', await tipIdsOf(db, know, personId))
  const own = await counted(db, `p.sentOn = ? AND p.id IN (SELECT r.id FROM reward r WHERE ${theirs.sql})`, [
    today,
    ...theirs.params,
  ])
  return own.fen + amountFen > rules.perPersonDailyFen ? 'dailyLimit' : undefined
}
