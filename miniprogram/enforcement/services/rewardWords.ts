// A reward in words for a list: how much, where it stands, by when, and what keeps it from going on.
import type { ItemOf, Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { yuanText } from '../../services/money'
import { wordFor } from '../../services/words'

export type RewardItem = ItemOf<'reward.list'>
export type RewardView = Output<'reward.read'>
type RewardState = RewardItem['state']

const tones: Record<RewardState, string> = {
  proposed: 'warn',
  approvedOnce: 'warn',
  approved: 'info',
  paying: 'info',
  bank: 'warn',
  paid: 'good',
  rejected: 'bad',
  withdrawn: '',
  declined: '',
  expired: '',
}

export const rewardTone = (state: RewardState): string => tones[state]

function whenOf({ state, claimBy, paidOn, proposedOn }: RewardItem): string {
  if (state === 'paid') return `${dayText(paidOn)}发放`
  if (state === 'approved' && claimBy) return `本人${dayText(claimBy)}前领取`
  return `${dayText(proposedOn)}认定`
}

export const rewardLine = (reward: RewardItem) => ({
  id: reward.id,
  amount: yuanText(reward.amountFen),
  level: wordFor('rewardLevels', reward.level),
  tag: wordFor('rewardStates', reward.state),
  tone: rewardTone(reward.state),
  firm: reward.tip.firmName,
  about: [reward.tip.number, reward.channel ? wordFor('channels', reward.channel) : '', whenOf(reward)]
    .filter(Boolean)
    .join(' · '),
  trouble: reward.trouble ?? '',
})
export type RewardLine = ReturnType<typeof rewardLine>
