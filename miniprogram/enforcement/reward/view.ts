// One reward in the words of its page, part by part.
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'
import type { Step } from '../components/steps/index'
import { rewardLine, type RewardView } from '../services/rewardWords'

interface Pair {
  name: string
  text: string
}

const given = (pairs: Pair[]): Pair[] => pairs.filter(({ text }) => text !== '')

/** Once WeChat has closed a transfer, only the bank is left, and only the informer can say which account. */
function wayOf({ state, channel, payout }: RewardView): string {
  if (state === 'approved' && payout) return '微信没有付成，等本人填银行卡'
  return channel ? wordFor('channels', channel) : ''
}

export const headOf = (reward: RewardView) => ({
  ...rewardLine(reward),
  pairs: given([
    { name: '单位', text: reward.tip.firmName },
    { name: '认定', text: `${dayText(reward.proposedOn)}，${reward.handler}` },
    { name: '理由', text: reward.reason },
    { name: '事实', text: reward.facts ?? '' },
    { name: '处理', text: reward.decision ?? '' },
    { name: '领取', text: reward.claimBy ? `${dayText(reward.claimBy)}前` : '' },
    { name: '方式', text: wayOf(reward) },
    { name: '发放', text: dayText(reward.paidOn) },
    { name: '退回', text: reward.rejectedReason ?? '' },
  ]),
})

/** Whose word is still wanted; empty where none is. */
export const waitsFor = ({ state }: RewardView): string => {
  if (state === 'proposed') return '还没有人同意。要两名审批人都同意。'
  return state === 'approvedOnce' ? '还要一人同意。' : ''
}

/** What its reader does not see yet. */
export const laterOf = ({ state }: RewardView, isHandler: boolean): string =>
  !isHandler && ['approved', 'paying', 'bank'].includes(state) ? '领取人今天办的，明天才显示' : ''

export const approvalsOf = ({ approvals }: RewardView) =>
  approvals.map(({ by, at, text }, index) => ({ key: String(index), by, when: momentText(at), text: text ?? '' }))

const billTones: Partial<Record<NonNullable<RewardView['payout']>['state'], string>> = {
  SUCCESS: 'good',
  FAIL: 'bad',
  CANCELLED: 'bad',
}

export const payoutOf = ({ payout }: RewardView) =>
  payout && {
    tag: wordFor('payoutStates', payout.state),
    tone: billTones[payout.state] ?? 'info',
    pairs: given([
      { name: '发出', text: dayText(payout.sentOn) },
      { name: '查询', text: dayText(payout.lookedOn) },
      { name: '原因', text: payout.failReason ?? '' },
      { name: '我方单号', text: payout.outBillNo },
      { name: '微信单号', text: payout.transferBillNo ?? '' },
    ]),
  }

export const bankOf = ({ bank }: RewardView) =>
  bank && {
    tag: bank.confirmedBy ? '已核对' : bank.voucher ? '等另一人核对' : '还没有转',
    tone: bank.confirmedBy ? 'good' : 'warn',
    pairs: given([
      { name: '转账', text: dayText(bank.paidOn) },
      { name: '凭证号', text: bank.voucher ?? '' },
      { name: '登记', text: bank.by ?? '' },
      { name: '核对', text: bank.confirmedBy ?? '' },
    ]),
  }

export const stepsOf = ({ timeline }: RewardView): Step[] =>
  [...timeline]
    .sort((one, other) => new Date(other.at).getTime() - new Date(one.at).getTime())
    .map(({ id, verb, at, by, text }) => ({
      id,
      what: wordFor('rewardVerbs', verb),
      by,
      when: momentText(at),
      text: text ?? '',
      files: [],
      isInternal: false,
    }))
