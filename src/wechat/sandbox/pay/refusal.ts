// The pay sandbox says no with one of WeChat Pay's codes.
export class PayRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }

  body(): { code: string; message: string } {
    return { code: this.code, message: this.message }
  }
}

export const parameter = (message: string): PayRefusal => new PayRefusal(400, 'PARAM_ERROR', message)
export const rule = (message: string): PayRefusal => new PayRefusal(400, 'INVALID_REQUEST', message)
export const notFound = (): PayRefusal => new PayRefusal(404, 'NOT_FOUND', '记录不存在')
