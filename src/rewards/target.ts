/** A reward as verbs act on it: who sees rewards sees all of them, but for those that are about their own firm. */
import type { EntityManager } from 'typeorm'
import type { ScopeTable } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { payoutSeen, rewardSeen } from './asOthersSee.js'
import { type Unseen, unseenBy } from './unseen.js'
import { accusedIdsOf, notAbout } from './matter.js'
import { rewardWithPayout } from './payout/pair.js'
import type { Payout } from './payout/payout.js'
import { isFinal } from './payout/payoutStates.js'
import { Reward } from './reward.js'
import { isStep, stateObstacle } from './states.js'

/** With its transfer, where there is one. */
export interface RewardRow {
  reward: Reward
  payout: Payout | null
  /** The firms that its tip is about. */
  accusedIds: string[]
  readonly version: number
}

/** For a query, the tip is `t`. */
export const rewardScopes: ScopeTable<Pick<RewardRow, 'accusedIds'>> = {
  all: {
    holds: ({ enterpriseIds }, { accusedIds }) => !accusedIds.some((id) => enterpriseIds.includes(id)),
    where: ({ enterpriseIds }) => notAbout(enterpriseIds),
  },
}

/** With its transfer, as whoever it is kept from sees them. */
export function rowSeen(unseen: Unseen, { reward, payout, accusedIds }: RewardRow): RewardRow {
  const seen = rewardSeen(unseen, reward)
  return { reward: seen, payout: payoutSeen(unseen, payout), accusedIds, version: seen.version }
}

export const rewardTarget: Target<RewardRow> = {
  seenBy: 'reward.read',
  scopes: rewardScopes,
  load: loadReward,
  asSeen: async (row, { db, actor, now }) => rowSeen(await unseenBy(db, actor, now), row),
  obstacle({ reward, payout }, verb) {
    const obstacle = isStep(verb) ? stateObstacle(reward.state, verb) : undefined
    return obstacle ?? particular({ reward, payout }, verb)
  },
}

/** What the state alone does not say. */
function particular({ reward, payout }: Pick<RewardRow, 'reward' | 'payout'>, verb: string): string | undefined {
  const isRegistered = reward.bankVoucher !== null
  if (verb === 'reward.payBank' && isRegistered) return '已经登记过凭证，等第二人核对'
  if (verb === 'reward.confirmBank' && !isRegistered) return '还没有登记银行凭证'
  if (verb === 'reward.returnBank' && (reward.channel !== 'bank' || !isRegistered)) return '这笔奖励没有从银行转出过'
  if (verb === 'reward.cancelPayout') {
    if (payout === null || isFinal(payout.state)) return '微信转账已经有了结果'
    if (payout.state === 'TRANSFERING') return '本人已经确认收款，不能撤销了'
    if (payout.cancelAskedAt !== null) return '已经在撤销了，等微信支付答复'
  }
  return undefined
}

export async function loadReward(db: EntityManager, id: string, isLocked: boolean): Promise<RewardRow | null> {
  const found = await rewardWithPayout(db, id, isLocked)
  return (
    found && {
      ...found,
      accusedIds: await accusedIdsOf(db, found.reward.tipId),
      get version() {
        return found.reward.version
      },
    }
  )
}
