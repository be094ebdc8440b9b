/** Every error a user can see: its status and a Chinese sentence that says what to do (RFC 9457). */
export const problems = {
  malformed: [400, '提交的内容格式不对，请检查后再试'],
  unauthenticated: [401, '请先登录'],
  forbidden: [403, '您没有权限做这件事'],
  notFound: [404, '没有找到，可能已被删除或不对您开放'],
  methodNotAllowed: [405, '这个地址不支持这种请求'],
  tooSlow: [408, '网络太慢，没有收完，请重试'],
  stale: [409, '内容刚被别人改过，请刷新后再试'],
  wrongState: [409, '现在的状态不能做这一步，请刷新看看最新进展'],
  conflict: [409, '与已有的记录冲突，请核对后再试'],
  keyReused: [409, '这个提交编号已用于另一份内容，请刷新后重新提交'],
  inProgress: [409, '上一次提交还在处理，请稍等'],
  tooLarge: [413, '内容太大，请缩小后再试'],
  unsupportedMedia: [415, '不支持这种格式'],
  invalid: [422, '有些内容需要改正'],
  tooMany: [429, '操作太频繁，请稍后再试'],
  internal: [500, '系统出了点问题，我们已记录，请稍后再试'],
  unavailable: [503, '服务暂时不可用，请稍后再试'],
  full: [503, '系统存储空间不足，暂时不能保存，请稍后再试。已经提交成功的都在'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemType = keyof typeof problems
export interface FieldError {
  path: string
  message: string
}

interface Particulars {
  /** Replaces the catalogue's sentence where a better one is known. */
  title?: string
  detail?: string
  errors?: FieldError[]
  retryAfterSeconds?: number
  cause?: unknown
}

/** Thrown anywhere on the way of a request; answered as `application/problem+json`. */
export class Problem extends Error {
  readonly status: number
  readonly title: string
  constructor(
    readonly type: ProblemType,
    readonly particulars: Particulars = {},
  ) {
    const [status, title] = problems[type]
    super(particulars.title ?? title, { cause: particulars.cause })
    this.status = status
    this.title = particulars.title ?? title
  }

  /** The body on the wire. */
  toBody(traceId: string) {
    const { detail, errors } = this.particulars
    return {
      type: `urn:problem:${this.type}`,
      title: this.title,
      status: this.status,
      ...(detail === undefined ? {} : { detail }),
      errors: errors ?? [],
      traceId,
    }
  }
}

/** One field is well-formed but cannot be accepted. */
export const invalid = (path: string, message: string) => new Problem('invalid', { errors: [{ path, message }] })
