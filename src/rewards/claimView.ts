/** A reward as its informer sees it. */
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import type { Knowledge } from '../house.js'
import { openPackage } from './payout/package.js'
import { Payout } from './payout/payout.js'
import { needsRealName } from './payout/realName.js'
import { Reward } from './reward.js'
import type { RewardRules } from './rules/rewardRules.js'
import { standingRules } from './rules/rules.js'
import type { claimView } from './shapes.js'
import { troubleWords } from './payout/troubles.js'
import type { Channel } from './words.js'

export type ClaimView = z.output<typeof claimView>

/** What the informer of a tip sees of its reward; null while nothing is approved. */
export async function claimViewOf(db: EntityManager, know: Knowledge, tipId: string): Promise<ClaimView | null> {
  const reward = await db.findOneBy(Reward, { standingTipId: tipId })
  return reward && isShown(reward) ? viewOfClaim(db, know, reward) : null
}

/** The one reward of a tip, whatever became of it since. */
export async function standingRewardOf(db: EntityManager, tipId: string): Promise<string | null> {
  return (await db.findOne(Reward, { select: { id: true }, where: { standingTipId: tipId } }))?.id ?? null
}

/** Before both have agreed nothing is promised. */
const isShown = ({ state }: Reward) => !['proposed', 'approvedOnce', 'rejected', 'withdrawn'].includes(state)

export async function viewOfClaim(db: EntityManager, know: Knowledge, reward: Reward): Promise<ClaimView> {
  const { state, level, amountFen, channel } = reward
  const payout = channel === 'bank' ? null : await db.findOneBy(Payout, { id: reward.id })
  const isOpen = state === 'approved'
  return {
    state,
    level,
    amountFen,
    claimBy: isOpen ? reward.claimBy : null,
    channel,
    channels: channelsOf(reward, await standingRules(db), know),
    needsRealName: needsRealName(amountFen),
    payment: payout && {
      state: payout.state,
      transfer: transferOf(payout, know),
      trouble: troubleWords(payout.failReason, 'informer'),
    },
    // Of a transfer that WeChat closed its own reason says it.
    trouble: state === 'paying' || state === 'bank' ? troubleWords(reward.trouble, 'informer') : null,
    paidOn: reward.paidOn,
  }
}

/** Ways of payment open now. */
export function channelsOf(
  reward: Reward,
  { dailyTotalFen, dailyCount, perPersonDailyFen }: RewardRules,
  { merchant }: Pick<Knowledge, 'merchant'>,
): Channel[] {
  if (reward.state === 'bank' && reward.bankVoucher === null) return ['bank']
  if (reward.state !== 'approved') return []
  // What no day's limits let through is not offered.
  const isWithin = dailyCount > 0 && reward.amountFen <= Math.min(dailyTotalFen, perPersonDailyFen)
  return merchant !== null && !reward.isWechatClosed && isWithin ? ['wechat', 'bank'] : ['bank']
}

function transferOf(payout: Payout, know: Knowledge) {
  const { state, packageSealed, cancelAskedAt } = payout
  const { merchant } = know
  if (state !== 'WAIT_USER_CONFIRM' || packageSealed === null || cancelAskedAt !== null || merchant === null)
    return null
  const { mchId, appId } = merchant
  return { mchId, appId, package: openPackage(know, payout, packageSealed) }
}
