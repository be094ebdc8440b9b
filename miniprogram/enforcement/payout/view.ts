// Whether rewards are being paid, how much is left, and what was paid today.
import type { Output } from '../../services/api'
import type { Question } from '../../components/ask/question'
import { momentText } from '../../services/dates'
import { yuanText } from '../../services/money'

export type Status = Output<'payout.status'>

export const shownOf = (status: Status) => ({
  tag: !status.isSetUp ? '没有开通微信支付' : status.isStopped ? '已停止' : '正常发放',
  tone: !status.isSetUp ? 'warn' : status.isStopped ? 'bad' : 'good',
  stopped: status.isStopped
    ? [`${status.stoppedBy ?? ''}${momentText(status.stoppedAt)}停止`, status.reason ?? ''].filter(Boolean)
    : [],
  explained: !status.isSetUp
    ? '只能银行转账。开通以后，获批的奖励才能在微信里领。'
    : status.isStopped
      ? '停止以后不再向微信发出新的转账。已经发出的照常查询结果，银行转账不受影响。'
      : '获批的奖励，本人领取后由微信转账。',
  // Only the handler is told of today: others would see by it who claims when.
  isHandler: status.today !== null,
  balance: status.balanceFen === null ? '还没有取到' : yuanText(status.balanceFen),
  balanceAt: status.balanceAt ? `${momentText(status.balanceAt)} 的余额` : '',
  isLow: status.isLow,
  today: status.today && `${yuanText(status.today.fen)}，${status.today.count}笔`,
  unfinished: status.unfinished,
  canStop: status.can.includes('payout.stop') && !status.isStopped,
  canResume: status.can.includes('payout.resume') && status.isStopped,
})

export const stopping: Question = {
  form: 'payout.stop',
  title: '停止一切微信发放',
  about: '停止后，所有人的微信领取都暂停，直到有人恢复。',
  label: '为什么停止',
  hint: '如：账户异常，先停',
  button: '停止发放',
  most: 200,
  isLine: false,
  choices: [],
  freeCode: '',
}

export const resuming: Question = {
  ...stopping,
  form: 'payout.resume',
  title: '恢复微信发放',
  about: '恢复后，等着发放的马上开始发。',
  label: '为什么恢复',
  hint: '如：已核对，账户正常',
  button: '恢复发放',
}
