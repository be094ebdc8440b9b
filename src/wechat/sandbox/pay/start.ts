// A stand-in for WeChat Pay on loopback: real signatures, real encryption, keys of its own, and every way to go wrong.
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type Koa from 'koa'
import { Books, type Payment, type SandboxBill } from './books.js'
import { FlowFiles } from './flow.js'
import { buildPayApp, type PayWorld } from './interfaces.js'
import { type PayKeys, sharedKeys } from './keys.js'
import { type Crafted, Notices } from './notices.js'
import { type NoticeTrouble, type Trouble, Troubles, type Weather } from './trouble.js'

export type { Payment, SandboxBill } from './books.js'
export type { PayKeys } from './keys.js'
export { ownKeys } from './keys.js'
export type { Fault, NoticeFault, NoticeTrouble, PayInterface, Trouble, Weather } from './trouble.js'

export interface PaySandboxOptions {
  readonly appId: string
  readonly mchId?: string
  /** Any free one unless told. */
  readonly port?: number
  /** This process's unless told; `ownKeys()` makes others. */
  readonly keys?: PayKeys
  readonly balanceFen?: number
  /** Of bills, days and notices. Signatures of answers go by the machine's clock, as the client's do. */
  readonly now?: () => Date
  readonly transferMs?: number
  readonly cancelMs?: number
  readonly closeLagMs?: number
  /** 单个商户 100 QPS */
  readonly perSecond?: number
  /** Whether bills and notices go on by themselves; otherwise by `settle` only. */
  readonly isAutomatic?: boolean
}

export interface PaySandbox {
  readonly baseUrl: string
  readonly mchId: string
  readonly appId: string
  readonly keys: PayKeys
  /** Interfaces in the order they were asked for. */
  readonly calls: readonly string[]
  readonly bills: ReadonlyMap<string, SandboxBill>
  /** Every time money reached somebody. */
  readonly payments: readonly Payment[]
  /** Numbers of bills of which a false notice was taken for a true one. */
  readonly believed: readonly string[]
  /** How often a bill's notice was heard. */
  heard(outBillNo: string): number
  balanceFen(): number
  topUp(fen: number): void
  setRealName(openid: string, name: string): void
  /** What the receiver is shown; undefined for anybody else. By package or 微信转账单号. */
  shown(packageInfo: string, openid: string): SandboxBill | undefined
  /** The receiver says yes. False: not theirs, or nothing to confirm. */
  confirm(packageInfo: string, openid: string): boolean
  setTrouble(trouble: Trouble): void
  setNoticeTrouble(trouble: NoticeTrouble): void
  /** Trouble at random; undefined: fair. */
  setWeather(weather: Weather | undefined): void
  clearTrouble(): void
  /** A new certificate signs from now on; the old one is still listed, unless told. */
  renewCertificate(isOldListed?: boolean): void
  /** Notices and answers are signed by: 平台证书, or 微信支付公钥 (answers to whoever asks for it are in any case). */
  signBy(what: 'certificate' | 'publicKey'): void
  /** A notice of a bill, as it would come now. */
  craftNotice(
    outBillNo: string,
    changes?: Partial<SandboxBill>,
    fault?: 'forged' | 'altered' | 'stale',
  ): Promise<Crafted>
  /** Does what is due, and tells of it. */
  settle(): Promise<void>
  /** Writes the merchant's key files, and gives the environment of a service that uses this sandbox. */
  environment(dir: string, isByPublicKey?: boolean): Promise<Record<string, string>>
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const MCH_ID = '1900000109'
const BALANCE_FEN = 100_000_000
const TICK_MS = 100

export async function startPaySandbox(options: PaySandboxOptions): Promise<PaySandbox> {
  const { appId, mchId = MCH_ID, port = 0, balanceFen = BALANCE_FEN, now = () => new Date() } = options
  const { transferMs = 0, cancelMs = 0, closeLagMs = 0, perSecond = 100, isAutomatic = true } = options
  const keys = options.keys ?? (await sharedKeys())
  const troubles = new Troubles()
  const books = new Books({
    balanceFen,
    now,
    transferMs,
    cancelMs,
    closeLagMs,
    onFinal: (bill) => notices.tell(bill),
  })
  let latest = 0
  let oldest = 0
  let isByPublicKey = false
  const publicSigner = async () => ({ serial: keys.publicKeyId, privateKey: (await keys.publicKey()).privateKey })
  const signer = () => (isByPublicKey ? publicSigner() : keys.platform(latest))
  const notices: Notices = new Notices({
    mchId,
    appId,
    apiV3Key: keys.apiV3Key,
    now,
    signer,
    stranger: async () => ({ serial: 'stranger', privateKey: (await keys.wrong()).privateKey }),
    trouble: (outBillNo) => troubles.forNotice(outBillNo),
  })
  const world: PayWorld = {
    appId,
    merchant: { mchId, serial: keys.merchant.serial, publicKey: keys.merchant.publicKey },
    apiV3Key: keys.apiV3Key,
    perSecond,
    books,
    files: new FlowFiles(books.movements, now),
    troubles,
    calls: [],
    certificates: () =>
      Promise.all(Array.from({ length: latest - oldest + 1 }, (_, index) => keys.platform(oldest + index))),
    signerFor: (serial) => (serial === keys.publicKeyId ? publicSigner() : signer()),
    keyOf: async (serial) =>
      [...(await world.certificates()), { ...(await keys.publicKey()), serial: keys.publicKeyId }].find(
        (one) => one.serial === serial,
      )?.privateKey,
    stranger: async () => (await keys.wrong()).privateKey,
  }
  const server = await listen(buildPayApp(world), port)
  const baseUrl = `http://${HOST}:${(server.address() as AddressInfo).port}`

  const settle = async () => {
    books.advance()
    await notices.deliver()
  }
  const tick = () => {
    if (!notices.isSending) void settle()
  }
  const timer = isAutomatic ? setInterval(tick, TICK_MS) : undefined
  timer?.unref()

  return {
    baseUrl,
    mchId,
    appId,
    keys,
    calls: world.calls,
    bills: books.bills,
    payments: books.payments,
    believed: notices.believed,
    heard: (outBillNo) => notices.heard.get(outBillNo) ?? 0,
    balanceFen: () => books.balanceFen,
    topUp: (fen) => books.topUp(fen),
    setRealName: (openid, name) => void books.realNames.set(openid, name),
    shown: (packageInfo, openid) => books.shown(packageInfo, openid),
    confirm: (packageInfo, openid) => books.confirm(packageInfo, openid),
    setTrouble: (trouble) => troubles.requests.add(trouble),
    setNoticeTrouble: (trouble) => troubles.notices.add(trouble),
    setWeather: (weather) => troubles.setWeather(weather),
    clearTrouble: () => troubles.clear(),
    renewCertificate(isOldListed = true) {
      latest += 1
      if (!isOldListed) oldest = latest
    },
    signBy(what) {
      isByPublicKey = what === 'publicKey'
    },
    craftNotice: (outBillNo, changes = {}, fault) =>
      notices.craft(notices.bodyOf(books.byNumber(outBillNo), changes), fault),
    settle,
    async environment(dir, byPublicKey = false) {
      const files = { key: join(dir, 'apiclient_key.pem'), publicKey: join(dir, 'pub_key.pem') }
      const pem = keys.merchant.privateKey.export({ type: 'pkcs8', format: 'pem' })
      await writeFile(files.key, pem, { mode: 0o600 })
      const { publicKey } = await keys.publicKey()
      if (byPublicKey) await writeFile(files.publicKey, publicKey.export({ type: 'spki', format: 'pem' }))
      return {
        WECHATPAY_MCH_ID: mchId,
        WECHATPAY_SERIAL: keys.merchant.serial,
        WECHATPAY_PRIVATE_KEY_FILE: files.key,
        WECHATPAY_API_V3_KEY: keys.apiV3Key,
        WECHATPAY_BASE_URL: baseUrl,
        ...(byPublicKey
          ? { WECHATPAY_PUBLIC_KEY_ID: keys.publicKeyId, WECHATPAY_PUBLIC_KEY_FILE: files.publicKey }
          : {}),
      }
    },
    async stop() {
      clearInterval(timer)
      notices.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(app: Koa, port: number): Promise<Server> {
  const server = createServer(app.callback())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => resolve(server))
  })
}
