/** A firm's service visits of a year: told to the firm. No figure here belongs to an official. */
import type { EntityManager } from 'typeorm'
import { among } from '../http/scopes.js'
import type { VisitState } from './states.js'

export interface Counter {
  year: number
  offered: number
  held: number
  declined: number
}

/** Every visit not called off was offered: 谢绝也算已约. */
export async function counters(
  db: EntityManager,
  enterpriseIds: readonly string[],
  year: number,
): Promise<(enterpriseId: string) => Counter> {
  const firms = among('enterpriseId', [...new Set(enterpriseIds)])
  const rows = (await db.query(
    `SELECT enterpriseId, state, COUNT(*) AS n FROM visit_enterprise
     WHERE ${firms.sql} AND onDate >= ? AND onDate <= ? GROUP BY enterpriseId, state`,
    [...firms.params, `${year}-01-01`, `${year}-12-31`],
  )) as { enterpriseId: string; state: VisitState; n: number | string }[]
  const count = (enterpriseId: string, states: readonly VisitState[]) =>
    rows
      .filter((row) => row.enterpriseId === enterpriseId && states.includes(row.state))
      .reduce((sum, row) => sum + Number(row.n), 0)
  return (enterpriseId) => ({
    year,
    offered: count(enterpriseId, ['offered', 'consented', 'declined', 'held']),
    held: count(enterpriseId, ['held']),
    declined: count(enterpriseId, ['declined']),
  })
}
