// The interfaces of WeChat Pay that the product uses: who may ask, what is answered, and how it is signed.
import type { KeyObject } from 'node:crypto'
import Router from '@koa/router'
import Koa, { type Context } from 'koa'
import readBody from 'raw-body'
import type { Books, Manner, SandboxBill } from './books.js'
import type { FlowFiles } from './flow.js'
import type { Platform } from './keys.js'
import { parameter, PayRefusal } from './refusal.js'
import { readOrder } from './rules.js'
import { isOfMerchant, type Merchant, openName, seal, signedHeaders } from './seal.js'
import type { Fault, PayInterface, Troubles } from './trouble.js'

export interface PayWorld {
  readonly appId: string
  readonly merchant: Merchant
  readonly apiV3Key: string
  readonly perSecond: number
  readonly books: Books
  readonly files: FlowFiles
  readonly troubles: Troubles
  readonly calls: string[]
  certificates(): Promise<readonly Platform[]>
  /** Who signs the answer to whoever asks for the key of that serial. */
  signerFor(serial: string): Promise<{ serial: string; privateKey: KeyObject }>
  /** Opens what was encrypted for the key of that serial. */
  keyOf(serial: string): Promise<KeyObject | undefined>
  stranger(): Promise<KeyObject>
}

interface Asked {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** As whoever asks reaches the sandbox. */
  readonly origin: string
  readonly body: Readonly<Record<string, unknown>>
  /** Wechatpay-Serial */
  readonly serial: string
  readonly manner: Manner | undefined
}

interface Interface {
  readonly name: PayInterface
  readonly method: 'GET' | 'POST'
  readonly path: string
  answer(world: PayWorld, asked: Asked): object | Promise<object>
}

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
const HOST = '127.0.0.1'
const MAX_BODY_BYTES = 64 * 1024
const STALE_MS = 10 * 60_000
const MAX_CALLS = 100_000

const INTERFACES: readonly Interface[] = [
  {
    name: 'certificates',
    method: 'GET',
    path: '/v3/certificates',
    async answer({ apiV3Key, certificates }) {
      const listed = await certificates()
      return {
        data: listed.map(({ serial, pem, from, to }) => ({
          serial_no: serial,
          effective_time: from.toISOString(),
          expire_time: to.toISOString(),
          encrypt_certificate: seal(pem, apiV3Key, 'certificate'),
        })),
      }
    },
  },
  {
    name: 'create',
    method: 'POST',
    path: BILLS,
    async answer({ appId, books, keyOf }, { body, serial, manner }) {
      const key = await keyOf(serial)
      const bill = books.order(
        readOrder(body, appId, (encrypted) => (key ? openName(encrypted, key) : undefined)),
        manner,
      )
      return {
        out_bill_no: bill.outBillNo,
        transfer_bill_no: bill.transferBillNo,
        create_time: bill.createdAt.toISOString(),
        state: bill.state,
        ...(bill.state === 'WAIT_USER_CONFIRM' ? { package_info: bill.packageInfo } : {}),
        ...(bill.failReason === null ? {} : { fail_reason: bill.failReason }),
      }
    },
  },
  {
    name: 'query',
    method: 'GET',
    path: `${BILLS}/out-bill-no/:number`,
    answer: (world, { params }) => told(world, world.books.byNumber(params.number ?? '')),
  },
  {
    name: 'query',
    method: 'GET',
    path: `${BILLS}/transfer-bill-no/:number`,
    answer: (world, { params }) => told(world, world.books.byTransferNo(params.number ?? '')),
  },
  {
    name: 'cancel',
    method: 'POST',
    path: `${BILLS}/out-bill-no/:number/cancel`,
    answer({ books }, { params }) {
      const { outBillNo, transferBillNo, state, updatedAt } = books.cancel(params.number ?? '')
      return { out_bill_no: outBillNo, transfer_bill_no: transferBillNo, state, update_time: updatedAt.toISOString() }
    },
  },
  {
    name: 'balance',
    method: 'GET',
    path: '/v3/merchant/fund/balance/:account',
    answer({ books }, { params }) {
      if (!['BASIC', 'OPERATION', 'FEES'].includes(params.account ?? '')) throw parameter('账户类型错误')
      return { available_amount: books.balanceFen, pending_amount: 0 }
    },
  },
  {
    name: 'flow',
    method: 'GET',
    path: '/v3/bill/fundflowbill',
    answer: ({ files }, { query, origin }) => files.ask(query.bill_date ?? '', query.account_type ?? 'BASIC', origin),
  },
  {
    name: 'file',
    method: 'GET',
    path: '/v3/billdownload/file',
    answer: ({ files }, { query }) => files.file(query.token ?? ''),
  },
]

function told({ appId, merchant }: PayWorld, bill: SandboxBill): object {
  return {
    mch_id: merchant.mchId,
    out_bill_no: bill.outBillNo,
    transfer_bill_no: bill.transferBillNo,
    appid: appId,
    state: bill.state,
    transfer_amount: bill.amountFen,
    transfer_remark: bill.remark,
    openid: bill.openid,
    ...(bill.failReason === null ? {} : { fail_reason: bill.failReason }),
    create_time: bill.createdAt.toISOString(),
    update_time: bill.updatedAt.toISOString(),
  }
}

export function buildPayApp(world: PayWorld): Koa {
  const router = new Router()
  for (const one of INTERFACES) {
    router.register(one.path, [one.method], async (ctx: Context) => {
      if (world.calls.length < MAX_CALLS) world.calls.push(one.name)
      await serve(ctx, one, world)
    })
  }
  const app = new Koa()
  app.silent = true
  app.use(async (ctx, next) => {
    // A page in a browser that reaches loopback under another name has no business here.
    if (![HOST, 'localhost'].includes(ctx.hostname)) ctx.throw(421)
    await next()
  })
  app.use(router.routes())
  return app
}

async function serve(ctx: Context, one: Interface, world: PayWorld): Promise<void> {
  const text = await readBody(ctx.req, { limit: MAX_BODY_BYTES, encoding: 'utf-8' })
  const serial = ctx.get('Wechatpay-Serial')
  const params = (ctx as Context & { params: Record<string, string> }).params
  const request = { method: ctx.method, url: ctx.url, authorization: ctx.get('Authorization'), body: text }
  if (!isOfMerchant(request, world.merchant)) {
    // Of somebody it does not know, WeChat signs nothing.
    refuse(ctx, new PayRefusal(401, 'SIGN_ERROR', '签名错误'))
    return
  }
  const body = readJson(text)
  const number = params.number ?? body?.out_bill_no
  const trouble = world.troubles.forRequest(one.name, typeof number === 'string' ? number : undefined)
  const { fault, when = 'before' } = trouble
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms))
  else if (fault && when === 'before' && (await fail(ctx, world, serial, fault))) return

  let status = 200
  let answer: object
  try {
    if (body === undefined) throw parameter('请求体不是JSON')
    if (isTooFast(world)) throw new PayRefusal(429, 'FREQUENCY_LIMITED', '频率超限，请降低频率后重试')
    world.books.advance()
    const query = Object.fromEntries(new URLSearchParams(ctx.querystring))
    answer = await one.answer(world, {
      params,
      query,
      body,
      serial,
      origin: `http://${ctx.host}`,
      manner: trouble.manner,
    })
  } catch (error) {
    if (!(error instanceof PayRefusal)) throw error
    status = error.status
    answer = error.body()
  }
  if (fault && when === 'after' && (await fail(ctx, world, serial, fault))) return
  await send(ctx, world, { status, answer, serial, fault })
}

/** In place of an answer; false where the fault is only in the signature. */
async function fail(ctx: Context, world: PayWorld, serial: string, fault: Fault): Promise<boolean> {
  if (fault.kind === 'silence' || fault.kind === 'cut') {
    ctx.respond = false
    if (fault.kind === 'cut') ctx.req.socket.destroy()
    return true
  }
  if (fault.kind === 'reply') {
    ctx.status = fault.status
    ctx.type = 'text/html'
    ctx.body = fault.text
    return true
  }
  if (fault.kind !== 'error') return false
  const answer = new PayRefusal(fault.status, fault.code, '沙箱按要求出错').body()
  await send(ctx, world, { status: fault.status, answer, serial })
  return true
}

interface Sent {
  readonly status: number
  readonly answer: object
  readonly serial: string
  readonly fault?: Fault
}

async function send(ctx: Context, world: PayWorld, { status, answer, serial, fault }: Sent): Promise<void> {
  ctx.status = status
  if (Buffer.isBuffer(answer)) {
    // 该接口响应的信息请求头中不包含微信接口响应的签名值
    ctx.type = 'text/plain'
    ctx.body = fault?.kind === 'altered' ? Buffer.concat([answer, Buffer.from(' ')]) : answer
    return
  }
  const text = JSON.stringify(answer)
  ctx.type = 'application/json'
  ctx.body = fault?.kind === 'altered' ? text.replace('{', '{ ') : text
  if (fault?.kind === 'unsigned') return
  const signer = await world.signerFor(serial)
  const privateKey = fault?.kind === 'forged' ? await world.stranger() : signer.privateKey
  const at = new Date(Date.now() - (fault?.kind === 'stale' ? STALE_MS : 0))
  const headers = signedHeaders(text, signer.serial, privateKey, at)
  if (fault?.kind === 'probe') headers['Wechatpay-Signature'] = `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature']}`
  ctx.set(headers)
}

function refuse(ctx: Context, refusal: PayRefusal): void {
  ctx.status = refusal.status
  ctx.body = refusal.body()
}

const recent = new WeakMap<PayWorld, number[]>()

function isTooFast(world: PayWorld): boolean {
  const now = performance.now()
  const last = (recent.get(world) ?? []).filter((at) => now - at < 1000)
  last.push(now)
  recent.set(world, last)
  return last.length > world.perSecond
}

function readJson(text: string): Record<string, unknown> | undefined {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Undefined says it.
  }
  return undefined
}
