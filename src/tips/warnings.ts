/** Early warning (信访渠道预警): firms that several tips are about. */
import type { EntityManager } from 'typeorm'
import { among, type Condition } from '../http/scopes.js'
import { Tip } from './tip.js'
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm'

interface Asked {
  at: number
  /** The first day that counts. */
  since: string
  /** Only these firms. */
  firmKeys?: readonly string[]
}

const MOST = 200

/** Within reach, the firm told of last first. What was refused does not count. */
export async function warningsOf(db: EntityManager, reach: Condition, { at, since, firmKeys }: Asked) {
  const those = firmKeys === undefined ? { sql: '1 = 1', params: [] } : among('t.firmKey', firmKeys)
  const firms = (await db.query(
    `SELECT t.firmKey, COUNT(*) AS n, MAX(t.receivedOn) AS latestOn FROM tip t
     WHERE t.receivedOn >= ? AND t.releaseAt IS NULL AND t.state <> 'refused' AND ${reach.sql} AND ${those.sql}
     GROUP BY t.firmKey HAVING COUNT(*) >= ? ORDER BY latestOn DESC, t.firmKey LIMIT ${MOST}`,
    [since, ...reach.params, ...those.params, at],
  )) as { firmKey: string; n: number | string; latestOn: string }[]
  if (firms.length === 0) return []
  const tips = await db.find(Tip, {
    where: {
      firmKey: In(firms.map(({ firmKey }) => firmKey)),
      receivedOn: MoreThanOrEqual(since),
      state: Not('refused'),
      releaseAt: IsNull(),
    },
    order: { receivedOn: 'DESC', id: 'DESC' },
  })
  return firms.map(({ firmKey, n, latestOn }) => {
    const own = tips.filter((tip) => tip.firmKey === firmKey)
    return {
      firmName: own[0]?.firmName ?? '',
      creditCode: own.find(({ creditCode }) => creditCode !== null)?.creditCode ?? null,
      count: Number(n),
      latestOn,
      tips: own.map(({ id, number, state, receivedOn }) => ({ id, number, state, submittedOn: receivedOn })),
    }
  })
}
