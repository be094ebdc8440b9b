/** Why a payment does not go on, or did not come off: WeChat's 失败原因 and our own, each in plain words. */

/** Ours. What goes on by itself says so. */
export const ownTroubles = {
  stopped: '微信发放已停止，恢复后自动继续',
  /** Which of the limits is not said: that two rewards wait for one person would tie two tips together. */
  dailyLimit: '今天的发放额度到了上限，明天自动继续',
  notEnough: '微信商户账户余额不足，充值后自动继续',
  limited: '微信支付太忙，稍后自动继续',
  doubt: '微信支付没有明确答复，正在反复查询',
  refused: '微信支付不接受这笔转账，请核对商户平台的设置；也可以撤销，改走银行',
  misconfigured: '微信支付的证书、密钥或权限不对，请系统管理员处理',
  mismatch: '微信支付说的金额和我们的不一样，请到商户平台核对',
  contradiction: '微信支付前后说的结果不一样，请到商户平台核对',
  tooOld: '已过微信支付的查询期（30天），请到商户平台核对',
  packageLost: '取不到收款确认单，请撤销后改走银行',
  noWechat: '领取人的微信已经注销，只能走银行',
  bankReturned: '银行退回，请本人核对账号后重新转',
} as const
export type OwnTrouble = keyof typeof ownTroubles

/** What does not go on by itself: somebody is told. */
export const unsolved: readonly OwnTrouble[] = [
  'refused',
  'misconfigured',
  'mismatch',
  'contradiction',
  'tooOld',
  'packageLost',
]

/** https://pay.weixin.qq.com/doc/v3/merchant/4013774966, read in part; a reason that is not here is told as OTHER. `{}` is the receiver. */
const failReasons: Readonly<Record<string, string>> = {
  ACCOUNT_FROZEN: '{}的微信支付账户被冻结',
  ACCOUNT_NOT_EXIST: '{}的微信还没有开通微信支付',
  BLOCK_B2C_USERLIMITAMOUNT_MONTH: '{}这个月在微信里收款到了上限',
  DAY_RECEIVED_COUNT_EXCEED: '{}今天在微信里收款的次数到了上限',
  DAY_RECEIVED_QUOTA_EXCEED: '{}今天在微信里收款的金额到了上限',
  ID_CARD_NOT_CORRECT: '微信支付里登记的证件号码和举报时填的不一样',
  MCH_CANCEL: '经办人撤销了这笔转账',
  MERCHANT_REJECT: '商户没有同意这笔转账',
  NAME_NOT_CORRECT: '微信支付里实名的姓名和举报时填的不一样',
  OPENID_INVALID: '找不到{}的微信用户',
  OVERDUE_CLOSE: '24小时内没有确认收款，微信关闭了这笔转账',
  PAYEE_ACCOUNT_ABNORMAL: '{}的微信支付账户异常',
  PAYER_ACCOUNT_ABNORMAL: '付款账户异常',
  PRODUCT_AUTH_CHECK_FAIL: '付款方没有开通这项功能',
  REALNAME_ACCOUNT_RECEIVED_QUOTA_EXCEED: '{}的微信支付账户收款到了上限，需要完善实名信息',
  REAL_NAME_CHECK_FAIL: '{}的微信支付没有通过实名核验',
  TRANSFER_QUOTA_EXCEED: '付款方的转账额度用完了',
}
const OTHER = '微信没有付成，没有说明原因'

const isOwn = (code: string): code is OwnTrouble => Object.hasOwn(ownTroubles, code)

const LATER = '自动接着发，不用再点'
const AT_WORK = '微信暂时办不成，承办人员在处理，不用再点'

/** The same for the informer; what passes by itself within minutes is not told. */
const told: Readonly<Record<OwnTrouble, string | null>> = {
  stopped: `微信发放暂时停了，恢复以后${LATER}`,
  /** Which of the limits is not said: that two rewards wait for one person would tie two tips together. */
  dailyLimit: '今天的发放额度到了上限，明天自动继续',
  notEnough: `暂时发不出，晚些时候${LATER}`,
  limited: null,
  doubt: null,
  refused: AT_WORK,
  misconfigured: AT_WORK,
  mismatch: AT_WORK,
  contradiction: AT_WORK,
  tooOld: AT_WORK,
  packageLost: '取不到收款确认单。承办人员撤销这笔微信转账以后，请用银行卡领',
  noWechat: '您的微信已经注销，请用银行卡领',
  bankReturned: '银行把钱退回来了，请核对卡号和开户银行，重新填',
}

/** A trouble in words, for its reader: the informer is addressed, staff are told of them. */
export function troubleWords(code: string | null, reader: 'informer' | 'staff'): string | null {
  if (code === null) return null
  if (isOwn(code)) return reader === 'informer' ? told[code] : ownTroubles[code]
  return (failReasons[code] ?? OTHER).replace('{}', reader === 'informer' ? '您' : '领取人')
}
