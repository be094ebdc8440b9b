/** Rewards and transfers as everybody but the handlers sees them: each row, and the tables, as they were before what is unseen. */
import { among, type Condition } from '../http/scopes.js'
import type { Payout } from './payout/payout.js'
import type { Reward } from './reward.js'
import type { Before, Unseen } from './unseen.js'

export const rewardSeen = ({ rewards }: Unseen, reward: Reward): Reward => ({ ...reward, ...rewards.get(reward.id) })

export function payoutSeen({ payouts }: Unseen, payout: Payout | null): Payout | null {
  const was = payout === null ? null : payouts.get(payout.id)
  return payout === null || was === null ? null : { ...payout, ...was }
}

/** The table of rewards, or of transfers, as they see it: for FROM, before any other parameter. */
export const rewardsSeen = ({ rewards }: Unseen): Condition =>
  tableSeen('reward', rewards, {
    same: ['tipId', 'level', 'proposedOn', 'proposedByPersonId', 'approvals', 'approvedOn', 'bankVoucher', 'bankPaid'],
    changing: ['state', 'trouble', 'paidOn'],
  })
export const payoutsSeen = ({ payouts }: Unseen): Condition =>
  tableSeen('payout', payouts, { same: [], changing: ['state', 'sentOn'] })

function tableSeen<T>(
  table: string,
  rows: ReadonlyMap<string, Before<T> | null>,
  { same, changing }: { same: readonly (keyof T & string)[]; changing: readonly (keyof T & string)[] },
): Condition {
  if (rows.size === 0) return { sql: table, params: [] }
  const absent = among(
    'id',
    [...rows].filter(([, was]) => was === null).map(([id]) => id),
  )
  const columns = changing.map((column): Condition => {
    const were = [...rows].filter((row): row is [string, Before<T>] => row[1] !== null && Object.hasOwn(row[1], column))
    if (were.length === 0) return { sql: column, params: [] }
    return {
      sql: `CASE id ${were.map(() => 'WHEN ? THEN ?').join(' ')} ELSE ${column} END AS ${column}`,
      params: were.flatMap(([id, was]) => [id, was[column]]),
    }
  })
  return {
    sql: `(SELECT ${['id', ...same, ...columns.map(({ sql }) => sql)].join(', ')} FROM ${table} WHERE NOT (${absent.sql}))`,
    params: [...columns.flatMap(({ params }) => params), ...absent.params],
  }
}
