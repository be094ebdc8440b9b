// Asks WeChat Pay and believes only what it has signed.
import type { z } from 'zod'
import type { Exchange, PayRequest } from './exchange.js'
import type { PlatformKeys } from './platformKeys.js'
import { answeredError, doubtful } from './problems.js'
import { isFresh, isSignedBy, type Signature, signatureIn } from './signature.js'

export interface Asker {
  /** @throws PayError */
  ask<S extends z.ZodType>(request: PayRequest, shape: S): Promise<z.output<S>>
  /** A file, which is never signed: 该接口响应的信息请求头中不包含微信接口响应的签名值，因此需要跳过验签的流程 */
  file(request: PayRequest): Promise<Buffer>
}

export function createAsker(exchange: Exchange, keys: PlatformKeys): Asker {
  async function isGenuine(signature: Signature, body: string): Promise<boolean> {
    if (!isFresh(signature, Date.now())) return false
    const key = await keys.find(signature.serial)
    return key !== undefined && isSignedBy(key, signature, body)
  }

  return {
    async ask(request, shape) {
      const { serial } = await keys.current()
      const { path } = request
      const { status, headers, body } = await exchange.send({ serial, ...request })
      const text = body.toString('utf8')
      const signature = signatureIn(headers)
      // An error that is not signed at all comes from WeChat's gate (as SIGN_ERROR does), and TLS vouches for that.
      const isSuccess = status >= 200 && status < 300
      if (signature ? !(await isGenuine(signature, text)) : isSuccess) throw doubtful(path, '应答的签名不对', status)
      if (!isSuccess) throw answeredError(path, status, text)
      const parsed = shape.safeParse(jsonIn(text))
      if (!parsed.success) throw doubtful(path, '应答无法读取', status)
      return parsed.data
    },
    async file(request) {
      const { serial } = await keys.current()
      const { status, body } = await exchange.send({ serial, ...request })
      if (status !== 200) throw answeredError(request.path, status, body.toString('utf8'))
      return body
    },
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
