/** The standing rules of rewards: read from their one row. */
import type { EntityManager } from 'typeorm'
import { addDays } from '../../calendar/dates.js'
import type { Knowledge } from '../../house.js'
import { RewardRules, RULES_ID } from './rewardRules.js'
import type { RewardLevel } from '../words.js'

export async function standingRules(db: EntityManager): Promise<RewardRules> {
  return db.findOneByOrFail(RewardRules, { id: RULES_ID })
}

/** What a level is worth, or undefined while nobody has said. */
export function amountOf({ levels }: Pick<RewardRules, 'levels'>, level: RewardLevel): number | undefined {
  const amount = levels.find((one) => one.level === level)?.amountFen ?? 0
  return amount > 0 ? amount : undefined
}

/** The last day to claim what is open to be claimed from `on`: the day itself is not counted. */
export function lastClaimDay(
  { claimDays, claimUnit }: Pick<RewardRules, 'claimDays' | 'claimUnit'>,
  { calendar }: Pick<Knowledge, 'calendar'>,
  on: string,
): string {
  return claimUnit === 'day' ? addDays(on, claimDays) : calendar.workdayAfter(on, claimDays)
}
