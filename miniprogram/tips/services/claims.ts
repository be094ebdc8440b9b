// A reward as its informer reads it: where it stands, what they can do about it, what went wrong.
import type { Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { yuanText } from '../../services/money'
import { wordFor } from '../../services/words'

export type Claim = NonNullable<Output<'tip.track'>['reward']>
type State = Claim['state']
type BillState = NonNullable<Claim['payment']>['state']

interface Standing {
  title: string
  text: string
  tone: '' | 'good' | 'info' | 'warn' | 'bad'
}

const GOING: Standing = {
  title: '微信处理中',
  text: '微信还没有说钱已经到了。不用一直等，过一会儿再来看。',
  tone: 'info',
}

/** Before it can be claimed, and after it is over; the rest says the payment. */
const standings: Record<Exclude<State, 'paying'>, (claim: Claim) => Standing> = {
  proposed: () => ({ title: '正在审批', text: '要两个人审批。批准后在这里领取。', tone: 'info' }),
  approvedOnce: () => ({ title: '正在审批', text: '要两个人审批。批准后在这里领取。', tone: 'info' }),
  approved: ({ claimBy }) => ({
    title: '等您领取',
    text: claimBy ? `选一种领法。过了${dayText(claimBy)}不再发放。` : '选一种领法。',
    tone: 'warn',
  }),
  bank: () => ({ title: '等银行转账', text: '银行卡号已经收到。转账后在这里看得到。', tone: 'info' }),
  paid: ({ paidOn, channel }) => ({
    title: '已发放',
    text: `${dayText(paidOn)}${channel === 'bank' ? '转到您的银行卡' : '转到您的微信零钱'}`,
    tone: 'good',
  }),
  rejected: () => ({ title: '没有批准', text: '这笔奖励没有批准。有疑问请打 12345。', tone: 'bad' }),
  withdrawn: () => ({ title: '重新认定', text: '承办人员撤回了这次认定。有新的结果，在这里告诉您。', tone: '' }),
  declined: () => ({ title: '您已放弃', text: '谢谢您的举报。', tone: '' }),
  expired: () => ({ title: '逾期未领', text: '领取期限已经过了，不再发放。有疑问请打 12345。', tone: 'bad' }),
}

/** While WeChat has it. */
const payments: Record<BillState, Standing> = {
  NEW: { title: '正在提交微信', text: '已经记下您要用微信领，正在向微信提交。', tone: 'info' },
  ACCEPTED: GOING,
  PROCESSING: GOING,
  WAIT_USER_CONFIRM: {
    title: '等您确认收款',
    text: '点下面的“确认收款”，在微信里收下。超过 24 小时不收，微信会关掉这笔转账，之后只能走银行。',
    tone: 'warn',
  },
  TRANSFERING: GOING,
  SUCCESS: GOING,
  FAIL: { title: '微信没有转成', text: '钱没有发出去，可以用银行卡领。', tone: 'bad' },
  CANCELING: { title: '正在撤销', text: '这笔微信转账正在撤销，撤销后可以走银行。', tone: 'info' },
  CANCELLED: { title: '微信转账已关闭', text: '钱没有发出去，可以用银行卡领。', tone: 'bad' },
}

/** It has not been sent, and says why. */
const WAITING: Standing = { title: '等着发放', text: '已经记下您要用微信领。', tone: 'warn' }

/** From these on nothing is waited for. */
const closed: readonly BillState[] = ['FAIL', 'CANCELLED']

interface Here {
  /** Whether this WeChat can take a transfer. */
  canTransfer: boolean
  /** Taken on the phone just now, and nothing heard of it from the server yet. */
  isTaken: boolean
}

function standingOf(claim: Claim, { isTaken }: Here): Standing {
  const { state, payment } = claim
  // WeChat closed it: what is left is the bank.
  if (state === 'approved' && payment && closed.includes(payment.state)) return payments[payment.state]
  if (state !== 'paying') return standings[state](claim)
  const bill = payment?.state ?? 'NEW'
  if (bill === 'NEW' && claim.trouble !== null) return WAITING
  if (bill === 'WAIT_USER_CONFIRM' && (isTaken || !payment?.transfer)) return GOING
  return payments[bill]
}

export function claimOf(claim: Claim, here: Here) {
  const { state, level, amountFen, claimBy, channels, payment, needsRealName } = claim
  const isOpen = state === 'approved'
  const hasWechat = isOpen && channels.includes('wechat')
  const isToConfirm = state === 'paying' && payment?.state === 'WAIT_USER_CONFIRM' && payment.transfer !== null
  return {
    ...standingOf(claim, here),
    amount: yuanText(amountFen),
    level: `${wordFor('rewardLevels', level)}奖励`,
    claimBy: isOpen ? dayText(claimBy) : '',
    trouble: claim.trouble ?? payment?.trouble ?? '',
    isOpen,
    canWechat: hasWechat && here.canTransfer,
    canBank: channels.includes('bank'),
    /** The account was told already, and may still be put right. */
    isAccountTold: state === 'bank',
    canConfirm: isToConfirm && here.canTransfer && !here.isTaken,
    isUnsupported: (hasWechat || isToConfirm) && !here.canTransfer,
    /** Something may still come without the person doing anything. */
    isGoing: state === 'paying' && !(isToConfirm && !here.isTaken),
    needsRealName: hasWechat && here.canTransfer && needsRealName,
  }
}
export type ClaimLine = ReturnType<typeof claimOf>

/** As one line of another page. */
export const rewardLine = (claim: Claim): string =>
  `${yuanText(claim.amountFen)}，${standingOf(claim, { canTransfer: true, isTaken: false }).title}`
