/** The closed lists of rewards (举报奖励) and payouts, as they cross the wire. */

export const rewardStates = [
  'proposed',
  'approvedOnce',
  'approved',
  'paying',
  'bank',
  'paid',
  'rejected',
  'withdrawn',
  'declined',
  'expired',
] as const
export type RewardState = (typeof rewardStates)[number]

/** 重大, 较大, 一般. */
export const rewardLevels = ['major', 'large', 'general'] as const
export type RewardLevel = (typeof rewardLevels)[number]

export const channels = ['wechat', 'bank'] as const
export type Channel = (typeof channels)[number]

/** As WeChat spells them, TRANSFERING too; NEW: nothing was sent yet. */
export const billStates = [
  'NEW',
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
] as const
export type PayoutState = (typeof billStates)[number]

/** Lines of the ledger of money: 批准占用, 释放, 已付. */
export const moneyKinds = ['reserved', 'released', 'paid'] as const
export type MoneyKind = (typeof moneyKinds)[number]
