/** Who of a firm hears of its projects and visits. */
import type { EntityManager } from 'typeorm'
import { among } from '../http/scopes.js'

/** Verified members only. */
export async function membersOf(db: EntityManager, enterpriseIds: readonly string[]): Promise<string[]> {
  const firms = among('enterpriseId', enterpriseIds)
  const rows = (await db.query(
    `SELECT DISTINCT personId FROM membership WHERE ${firms.sql} AND state = 'verified'`,
    firms.params,
  )) as { personId: string }[]
  return rows.map((row) => row.personId)
}
