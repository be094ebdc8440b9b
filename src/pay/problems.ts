// Every way a call to WeChat Pay can fail, as one error type and one table, so that callers decide by kind and never by message.

/**
 * refused: this request was not accepted and never will be as it is; says nothing of an earlier one with the same number.
 * doubt: it may have been accepted: query before anything else. notEnough, limited: not accepted, later with the same
 * number. notFound: there is no such bill (or none that is still told of). alreadyExists: the number is taken.
 * misconfigured: our keys or rights are wrong.
 */
export type PayErrorKind =
  | 'refused'
  | 'doubt'
  | 'notEnough'
  | 'limited'
  | 'notFound'
  | 'alreadyExists'
  | 'misconfigured'

const FUND_FLOW = 'https://pay.weixin.qq.com/doc/v3/merchant/4012556742'
const BALANCE = 'https://pay.weixin.qq.com/doc/v3/partner/4012720926'
const TRANSFER = 'https://pay.weixin.qq.com/docs/merchant/apis/mch-trans/transfer-bill/transfer-to-user.html'
const RETRY = 'https://developers.weixin.qq.com/community/pay/doc/0006e032c70ea8198fee080375b000'

export interface PayErrorRule {
  readonly code: string
  /** With any other status the code is not believed. */
  readonly statuses: readonly number[]
  readonly kind: PayErrorKind
  readonly meaning: string
  /** F: read in the document named; M-h: from memory with high confidence, not confirmed in a document. */
  readonly mark: 'F' | 'M-h'
  readonly source?: string
}

const rule = (
  code: string,
  statuses: readonly number[],
  kind: PayErrorKind,
  meaning: string,
  source?: string,
): PayErrorRule => ({ code, statuses, kind, meaning, ...(source ? { mark: 'F', source } : { mark: 'M-h' }) })

/** What is not listed is doubt: 如果遇到新的错误码，请务必不要换单重试 */
export const PAY_ERRORS: readonly PayErrorRule[] = [
  rule('PARAM_ERROR', [400], 'refused', '参数错误', FUND_FLOW),
  rule('INVALID_REQUEST', [400], 'refused', '请求不符合微信支付的规则或商户的设置', FUND_FLOW),
  rule('ALREADY_EXISTS', [400, 403, 409], 'alreadyExists', '这个单号已经用过，内容不同'),
  rule('SIGN_ERROR', [401], 'misconfigured', '商户签名没有通过，请核对商户证书和密钥', FUND_FLOW),
  rule('NO_AUTH', [403], 'misconfigured', '商户号没有使用这个接口的权限', BALANCE),
  rule('NOT_ENOUGH', [403], 'notEnough', '商户账户资金不足，充值后原单重试', RETRY),
  rule('NOT_FOUND', [404], 'notFound', '没有这笔转账单', undefined),
  rule('RESOURCE_NOT_EXISTS', [404], 'misconfigured', '商户号没有可用的平台证书'),
  rule('FREQUENCY_LIMITED', [429], 'limited', '请求太频繁，稍后原单重试', RETRY),
  rule('RATELIMIT_EXCEEDED', [429], 'limited', '请求太频繁，稍后原单重试'),
  rule('NO_STATEMENT_EXIST', [400], 'notFound', '这一天没有账单'),
  rule('STATEMENT_CREATING', [400], 'limited', '账单还在生成'),
  rule('SYSTEM_ERROR', [500], 'doubt', '微信支付系统异常，先查询再原单重试', TRANSFER),
]

interface Facts {
  readonly kind: PayErrorKind
  readonly meaning: string
  /** The interface, without numbers. */
  readonly path: string
  readonly code?: string | null
  readonly status?: number | null
}

/** Holds no name, openid, number or body, and no cause that would. */
export class PayError extends Error {
  readonly kind: PayErrorKind
  readonly code: string | null
  readonly status: number | null
  readonly path: string

  constructor({ kind, meaning, path, code = null, status = null }: Facts) {
    super(`微信支付：${meaning}（${[path, status, code].filter((part) => part !== null).join(' ')}）`)
    this.name = 'PayError'
    this.kind = kind
    this.code = code
    this.status = status
    this.path = path
  }
}

/** What WeChat Pay answered instead of doing it. Of its body the code alone is taken, and only where it looks like one. */
export function answeredError(path: string, status: number, body: string): PayError {
  const code = codeIn(body)
  const found = PAY_ERRORS.find((one) => one.code === code && one.statuses.includes(status))
  if (found) return new PayError({ kind: found.kind, meaning: found.meaning, path, code, status })
  return new PayError({ kind: 'doubt', meaning: '结果不明，请先查询', path, code, status })
}

function codeIn(body: string): string | null {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,39}$/.test(code) ? code : null
  } catch {
    return null
  }
}

/** No answer, or none that can be believed. */
export const doubtful = (path: string, meaning: string, status: number | null = null): PayError =>
  new PayError({ kind: 'doubt', meaning, path, status })

/** Found before anything was sent. */
export const refusedHere = (path: string, meaning: string): PayError => new PayError({ kind: 'refused', meaning, path })
