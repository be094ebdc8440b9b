// Every way a call to WeChat can fail, as one error type and one table, so that callers decide by kind and never by message.

/**
 * badInput: what the caller sent is wrong. busy: WeChat asks for less or for later. refused: WeChat or its user says no.
 * unavailable: no usable answer came. config: our account, secret, page or template is set up wrongly.
 */
export type WechatErrorKind = 'badInput' | 'busy' | 'refused' | 'unavailable' | 'config'

/** F: read in the document named; M-h, M-m: from memory with high or middling confidence, not confirmed in a document. */
export type SourceMark = 'F' | 'M-h' | 'M-m'

const GLOBAL_CODES = 'https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html'
const LOGIN = 'https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session'
const TEXT_CHECK =
  'https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/sec-check/security.msgSecCheck.html'
const CODE_IMAGE =
  'https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_getunlimitedqrcode'
const MESSAGE_CODES = 'https://tencentcloud.com/document/product/1219/67648'

export interface ErrorCode {
  readonly meaning: string
  readonly kind: WechatErrorKind
  readonly mark: SourceMark
  readonly source?: string
}

/** WeChat's codes that these interfaces answer with. A code that is not listed counts as `unavailable`. */
export const ERROR_CODES: Readonly<Record<number, ErrorCode>> = {
  [-1]: { meaning: '系统繁忙，请稍候再试', kind: 'busy', mark: 'F', source: GLOBAL_CODES },
  40001: { meaning: 'access_token 无效或密钥错误', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  40002: { meaning: 'grant_type 不合法', kind: 'config', mark: 'F', source: MESSAGE_CODES },
  40003: { meaning: 'openid 无效', kind: 'badInput', mark: 'F', source: TEXT_CHECK },
  40013: { meaning: 'appid 不合法', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  40014: { meaning: 'access_token 不合法', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  40029: { meaning: 'code 无效或已过期', kind: 'badInput', mark: 'F', source: LOGIN },
  40037: { meaning: '订阅消息模板不正确', kind: 'config', mark: 'F', source: MESSAGE_CODES },
  40097: { meaning: '参数错误', kind: 'badInput', mark: 'M-m' },
  40125: { meaning: 'AppSecret 不正确', kind: 'config', mark: 'M-h' },
  40129: { meaning: '场景值错误', kind: 'badInput', mark: 'F', source: TEXT_CHECK },
  40163: { meaning: 'code 已被使用', kind: 'badInput', mark: 'M-h' },
  40164: { meaning: '服务器地址不在白名单内', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  40169: { meaning: '小程序码 scene 长度或内容不合法', kind: 'badInput', mark: 'M-h' },
  40226: { meaning: '高风险用户，登录被拦截', kind: 'refused', mark: 'F', source: LOGIN },
  40243: { meaning: 'AppSecret 已被冻结', kind: 'config', mark: 'M-m' },
  41001: { meaning: '缺少 access_token', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  41002: { meaning: '缺少 appid', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  41004: { meaning: '缺少 AppSecret', kind: 'config', mark: 'M-h' },
  41008: { meaning: '缺少 code', kind: 'badInput', mark: 'M-h' },
  41030: { meaning: '页面不存在或小程序尚未发布', kind: 'config', mark: 'F', source: CODE_IMAGE },
  42001: { meaning: 'access_token 已过期', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  43002: { meaning: '须用 POST 请求', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  43101: { meaning: '用户未订阅或已拒绝该消息', kind: 'refused', mark: 'F', source: MESSAGE_CODES },
  43107: { meaning: '订阅消息能力被封禁', kind: 'config', mark: 'F', source: MESSAGE_CODES },
  43108: { meaning: '并发发送消息失败', kind: 'busy', mark: 'F', source: MESSAGE_CODES },
  43104: { meaning: 'appid 与 openid 不匹配', kind: 'badInput', mark: 'F', source: TEXT_CHECK },
  44002: { meaning: '传递的参数为空', kind: 'badInput', mark: 'F', source: TEXT_CHECK },
  45002: { meaning: '内容超过限制', kind: 'badInput', mark: 'F', source: GLOBAL_CODES },
  45009: { meaning: '接口调用超过限制', kind: 'busy', mark: 'F', source: GLOBAL_CODES },
  45011: { meaning: '接口调用太频繁，请稍候再试', kind: 'busy', mark: 'F', source: GLOBAL_CODES },
  45168: { meaning: '消息含有敏感词', kind: 'badInput', mark: 'F', source: MESSAGE_CODES },
  47001: { meaning: '参数格式不对', kind: 'badInput', mark: 'F', source: TEXT_CHECK },
  47003: { meaning: '模板参数不合要求', kind: 'badInput', mark: 'F', source: MESSAGE_CODES },
  48001: { meaning: '接口功能未授权', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  48004: { meaning: '接口被封禁', kind: 'config', mark: 'F', source: GLOBAL_CODES },
  50002: { meaning: '用户受限', kind: 'refused', mark: 'F', source: GLOBAL_CODES },
  61010: { meaning: '用户近两小时内未访问小程序', kind: 'refused', mark: 'F', source: TEXT_CHECK },
}

const RETRYABLE: Readonly<Record<WechatErrorKind, boolean>> = {
  badInput: false,
  busy: true,
  refused: false,
  unavailable: true,
  config: false,
}

interface Failure {
  readonly kind: WechatErrorKind
  readonly meaning: string
  /** The interface's path, without its query: that holds the token or the secret. */
  readonly path: string
  readonly sent: boolean
  readonly errcode?: number
  readonly rid?: string
}

/**
 * A failed call. Everything in it may be logged: it is made of our own words, the code and WeChat's request id (`rid`).
 * The HTTP library's error is dropped on purpose, since it carries the address with the secret.
 */
export class WechatError extends Error {
  readonly errcode?: number
  readonly kind: WechatErrorKind
  readonly retryable: boolean
  readonly meaning: string
  readonly path: string
  /** Whether WeChat may have received the request: only `false` makes repeating it harmless for a message. */
  readonly sent: boolean
  /** WeChat's own number for the request, which its support asks for. */
  readonly rid?: string

  constructor({ kind, meaning, path, sent, errcode, rid }: Failure) {
    super(`WeChat ${path}: ${errcode === undefined ? '' : `${errcode} `}${meaning}`)
    this.name = 'WechatError'
    this.kind = kind
    this.retryable = RETRYABLE[kind]
    this.meaning = meaning
    this.path = path
    this.sent = sent
    if (errcode !== undefined) this.errcode = errcode
    if (rid !== undefined) this.rid = rid
  }
}

/** The error for a code that WeChat answered. Of WeChat's own message only the request id is kept. */
export function answeredError(path: string, errcode: number, errmsg = ''): WechatError {
  const known = ERROR_CODES[errcode]
  const rid = /\brid: ?([0-9a-f]+(?:-[0-9a-f]+)*)/i.exec(errmsg)?.[1]
  return new WechatError({
    kind: known?.kind ?? 'unavailable',
    meaning: known?.meaning ?? '微信返回了未列出的错误',
    path,
    sent: true,
    errcode,
    rid,
  })
}

/** The error for input that we can see is wrong ourselves: nothing is sent. */
export function inputError(path: string, meaning: string): WechatError {
  return new WechatError({ kind: 'badInput', meaning, path, sent: false })
}

/** The error for an answer that is not what the interface promises. */
export function answerUnusable(path: string, meaning = '微信的回答无法读取'): WechatError {
  return new WechatError({ kind: 'unavailable', meaning, path, sent: true })
}
