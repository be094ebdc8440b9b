/**
 * Which state of a transfer may follow which: forward only. What WeChat tells late, twice or out of order changes nothing.
 *
 * 商家转账单据状态: ACCEPTED 已受理, PROCESSING 锁定资金中, WAIT_USER_CONFIRM 待收款用户确认, TRANSFERING 转账中,
 * SUCCESS 成功, FAIL 失败, CANCELING 撤销中, CANCELLED 已撤销. SUCCESS, FAIL and CANCELLED are the last.
 */
import type { PayoutState } from '../words.js'

const ends: readonly PayoutState[] = ['SUCCESS', 'FAIL', 'CANCELLED']

/** 撤销与收款同时发生时，以微信支付最终的状态为准：CANCELING may still end in any of the three. */
const following: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  NEW: ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING', ...ends],
  ACCEPTED: ['PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING', ...ends],
  PROCESSING: ['WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING', ...ends],
  WAIT_USER_CONFIRM: ['TRANSFERING', 'CANCELING', ...ends],
  TRANSFERING: ['CANCELING', ...ends],
  CANCELING: ends,
  SUCCESS: [],
  FAIL: [],
  CANCELLED: [],
}

export const mayFollow = (before: PayoutState, after: PayoutState): boolean => following[before].includes(after)

export const isFinal = (state: PayoutState): boolean => following[state].length === 0

export const unfinishedStates = (Object.keys(following) as PayoutState[]).filter((state) => !isFinal(state))

/** Two ends of one transfer: one of the two must be wrong, and somebody has to look. */
export const contradicts = (one: PayoutState, other: PayoutState): boolean =>
  one !== other && isFinal(one) && isFinal(other)
