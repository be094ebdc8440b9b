/** The environment, parsed once: the only reader of process.env. */
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { S3Settings } from './files/bucket.js'
import type { PaySettings } from './pay/open.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)
const flag = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on')
const whole = (least: number, most: number) => {
  const said = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(said).int(said).min(least, said).max(most, said)
}
const port = whole(0, 65535)
/** Empty values count as unset before anything is read. */
const text = z.string()

const environment = z
  .object({
    NODE_ENV: oneOf(['development', 'test', 'production']).default('development'),
    PORT: port.default(3000),
    HOST: text.optional(),
    /** Unset: 9464 in production, none otherwise. */
    METRICS_PORT: port.optional(),
    METRICS_HOST: text.default('127.0.0.1'),
    /** Told to stop, the service goes on serving for so long, so that a proxy lets go of its connections first. */
    DRAIN_SECONDS: whole(0, 60).default(0),
    SANDBOX_PORT: port.default(0),
    DATA_DIR: text.default('data'),
    DATABASE_URL: text
      .regex(/^(mysql|mariadb):\/\/\S+$/, 'must begin with mysql:// or mariadb:// and hold no spaces')
      .optional(),
    DATABASE_POOL: whole(1, 1000).default(20),
    MASTER_KEYS: text.optional(),
    /** Of the same form; who informed is sealed with these alone. */
    INFORMER_KEYS: text.optional(),
    ENCRYPTION_ALGORITHM: oneOf(['aes-256-gcm', 'sm4-cbc+hmac-sm3']).default('aes-256-gcm'),
    WECHAT_APP_ID: text.optional(),
    WECHAT_SECRET: text.optional(),
    /** Another of WeChat's own entrances, such as the one for disasters: https://api2.weixin.qq.com. */
    WECHAT_BASE_URL: z.string().refine(isOrigin, 'must be an origin, such as https://api2.weixin.qq.com').optional(),
    WECHAT_PUSH_TOKEN: text.regex(/^.{3,32}$/, 'must have 3 to 32 characters').optional(),
    /** JSON object: template key → the account's template id. */
    WECHAT_TEMPLATES: z
      .string()
      .transform((text, context) => {
        try {
          return z.record(z.string(), z.string()).parse(JSON.parse(text))
        } catch {
          context.addIssue({ code: 'custom', message: 'is no JSON object of template ids' })
          return z.NEVER
        }
      })
      .optional(),
    WECHATPAY_MCH_ID: text.regex(/^\d{8,32}$/, 'is no number of a merchant').optional(),
    /** Of the merchant's API certificate. */
    WECHATPAY_SERIAL: text.regex(/^[0-9A-Fa-f]{8,64}$/, 'is no serial number of a certificate').optional(),
    /** apiclient_key.pem, for its owner's eyes only. */
    WECHATPAY_PRIVATE_KEY_FILE: text.optional(),
    WECHATPAY_API_V3_KEY: text.regex(/^[\x21-\x7e]{32}$/, 'must have 32 characters').optional(),
    /** 微信支付公钥; without it, platform certificates are fetched. */
    WECHATPAY_PUBLIC_KEY_ID: text.regex(/^PUB_KEY_ID_\w{1,53}$/, 'must begin with PUB_KEY_ID_').optional(),
    WECHATPAY_PUBLIC_KEY_FILE: text.optional(),
    /** Another of WeChat Pay's own entrances: https://api2.mch.weixin.qq.com. */
    WECHATPAY_BASE_URL: z
      .string()
      .refine(isOrigin, 'must be an origin, such as https://api2.mch.weixin.qq.com')
      .optional(),
    /** The account that transfers are paid from, for its balance and its bills. */
    WECHATPAY_ACCOUNT: oneOf(['BASIC', 'OPERATION']).default('OPERATION'),
    WECHAT_MINIPROGRAM_STATE: oneOf(['developer', 'trial', 'formal']).default('formal'),
    SANDBOX: flag.optional(),
    DEMO: flag.optional(),
    /** The mini-program in a browser, at `/`; unset: where the sandbox is. */
    PREVIEW: flag.optional(),
    /** Addresses or ranges of the proxies whose X-Forwarded-For is believed, separated by commas. */
    TRUSTED_PROXIES: text.default(''),
    /** Browser origins allowed to call the API, separated by commas; none by default. */
    CORS_ORIGINS: text.default(''),
    /** The address enterprises reach this service at, for WeChat's callbacks. */
    PUBLIC_URL: z.url('must be a whole address, such as https://help.example.cn').optional(),
    LOG_LEVEL: oneOf(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    /** Multiplies every rate limit. */
    LIMIT_SCALE: z.coerce.number('must be a number above 0').positive('must be a number above 0').default(1),
    CASE_FILES_TO_WECHAT: flag.default(false),
    FILES_S3_ENDPOINT: text.refine(isEndpoint, 'must be an address with http or https, and hold no key').optional(),
    FILES_S3_BUCKET: text.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket').optional(),
    FILES_S3_KEY_ID: text.optional(),
    FILES_S3_SECRET: text.optional(),
    FILES_S3_REGION: text.regex(/^[a-z0-9-]+$/, 'is no name of a region').optional(),
    FILES_S3_PREFIX: text
      .regex(/^([\w-]+\/)*[\w-]+\/?$/, 'must be names of letters, digits, _ and -, with / between')
      .optional(),
    FILES_S3_ADDRESSING: oneOf(['path', 'host']).optional(),
  })
  .superRefine((env, context) => {
    const demand = (holds: boolean, path: string, message: string) => {
      if (!holds) context.addIssue({ code: 'custom', path: [path], message })
    }
    const isSandboxed = env.SANDBOX ?? env.NODE_ENV !== 'production'
    for (const proxy of list(env.TRUSTED_PROXIES)) {
      demand(isAddressOrRange(proxy), 'TRUSTED_PROXIES', `${proxy} is no address or range`)
    }
    if (env.NODE_ENV === 'production') {
      demand(!isSandboxed, 'SANDBOX', 'the sandbox of WeChat is for demonstrations, not for production')
      demand(env.DEMO !== true, 'DEMO', 'demonstration data has no place in production')
      demand(!env.CORS_ORIGINS.split(',').includes('*'), 'CORS_ORIGINS', 'name the origins; * is not allowed')
      demand(isWechat(env.WECHAT_BASE_URL), 'WECHAT_BASE_URL', 'the secret goes to https hosts of weixin.qq.com only')
      demand(env.MASTER_KEYS !== undefined, 'MASTER_KEYS', 'production brings its own keys')
      demand(env.INFORMER_KEYS !== undefined, 'INFORMER_KEYS', 'production brings its own keys')
    }
    if (env.CASE_FILES_TO_WECHAT) {
      demand(env.PUBLIC_URL !== undefined, 'PUBLIC_URL', 'is needed: WeChat fetches the pictures it checks')
      demand(env.WECHAT_PUSH_TOKEN !== undefined, 'WECHAT_PUSH_TOKEN', 'is needed: WeChat pushes its verdicts')
    }
    if (PAY_VARIABLES.some((name) => env[name] !== undefined)) {
      for (const name of PAY_NEEDED) demand(env[name] !== undefined, name, 'is needed with the other WECHATPAY_…')
      for (const name of PAY_PUBLIC_KEY) {
        const isWhole = PAY_PUBLIC_KEY.every((one) => env[one] === undefined) || env[name] !== undefined
        demand(isWhole, name, 'is needed with the other WECHATPAY_PUBLIC_KEY_…')
      }
      if (isSandboxed) {
        const isLocal = env.WECHATPAY_BASE_URL !== undefined && isLoopback(env.WECHATPAY_BASE_URL)
        demand(isLocal, 'WECHATPAY_BASE_URL', 'with the sandbox no money is paid: name one on this machine')
      } else {
        const { WECHATPAY_BASE_URL: origin } = env
        const isAllowed = isWechat(origin) || (env.NODE_ENV !== 'production' && isLoopback(origin))
        demand(isAllowed, 'WECHATPAY_BASE_URL', 'money is paid by https hosts of weixin.qq.com only')
      }
      if (env.NODE_ENV === 'production') {
        demand(
          isNotifyBase(env.PUBLIC_URL),
          'PUBLIC_URL',
          'is needed with https and no query: WeChat Pay tells of payments',
        )
      }
    }
    if (S3_VARIABLES.some((name) => env[name] !== undefined)) {
      for (const name of S3_NEEDED) demand(env[name] !== undefined, name, 'is needed with the other FILES_S3_…')
      const isSafe = !env.FILES_S3_ENDPOINT || isHttpsOrLoopback(env.FILES_S3_ENDPOINT)
      const isAllowed = isSafe || env.NODE_ENV !== 'production'
      demand(isAllowed, 'FILES_S3_ENDPOINT', 'must be https, or on this machine: files are personal data')
    }
    if (!isSandboxed) {
      demand(env.WECHAT_APP_ID !== undefined, 'WECHAT_APP_ID', 'is needed without the sandbox')
      demand(env.WECHAT_SECRET !== undefined, 'WECHAT_SECRET', 'is needed without the sandbox')
      demand(!isDefaultSecret(env.WECHAT_SECRET), 'WECHAT_SECRET', 'is a placeholder')
    }
  })

const PAY_NEEDED = [
  'WECHATPAY_MCH_ID',
  'WECHATPAY_SERIAL',
  'WECHATPAY_PRIVATE_KEY_FILE',
  'WECHATPAY_API_V3_KEY',
] as const
const PAY_PUBLIC_KEY = ['WECHATPAY_PUBLIC_KEY_ID', 'WECHATPAY_PUBLIC_KEY_FILE'] as const
const PAY_VARIABLES = [...PAY_NEEDED, ...PAY_PUBLIC_KEY, 'WECHATPAY_BASE_URL'] as const

const S3_NEEDED = ['FILES_S3_ENDPOINT', 'FILES_S3_BUCKET', 'FILES_S3_KEY_ID', 'FILES_S3_SECRET'] as const
const S3_VARIABLES = [...S3_NEEDED, 'FILES_S3_REGION', 'FILES_S3_PREFIX', 'FILES_S3_ADDRESSING'] as const

function isEndpoint(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, username, password, search, hash } = new URL(address)
  return /^https?:$/.test(protocol) && username + password + search + hash === ''
}

const isHttpsOrLoopback = (address: string) =>
  /^https:|^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i.test(address)

const isLoopback = (origin = '') => /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(origin)

/** notify_url: https，不能携带参数 */
function isNotifyBase(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false
  const { protocol, search, hash } = new URL(address)
  return protocol === 'https:' && search + hash === ''
}

/** Such as `10.0.0.1`, `10.0.0.0/8` or `fd00::/8`. */
function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return (
    bits >= 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  )
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

const isWechat = (origin = 'https://api.weixin.qq.com') => /^https:\/\/([a-z0-9]+\.)*weixin\.qq\.com$/.test(origin)

/** What nobody may go into production with. */
const isDefaultSecret = (secret = '') => /^((change-?me|secret|test|demo|sandbox).*|x+|0+)$/i.test(secret)

const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** Said to whoever starts the service, without a stack: the fault is not in the code. */
export class BadConfiguration extends Error {}

export type Config = ReturnType<typeof readConfig>

function s3Settings(e: z.output<typeof environment>): S3Settings | undefined {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket, FILES_S3_KEY_ID: keyId, FILES_S3_SECRET: secret } = e
  if (!endpoint || !bucket || !keyId || !secret) return undefined
  const prefix = e.FILES_S3_PREFIX?.replace(/\/?$/, '/') ?? ''
  const { FILES_S3_REGION: region = 'us-east-1', FILES_S3_ADDRESSING: addressing = 'path' } = e
  return { endpoint, bucket, keyId, secret, region, prefix, addressing }
}

function paySettings(e: z.output<typeof environment>): PaySettings | undefined {
  const { WECHATPAY_MCH_ID: mchId, WECHATPAY_SERIAL: serial, WECHATPAY_PRIVATE_KEY_FILE: privateKeyFile } = e
  const { WECHATPAY_API_V3_KEY: apiV3Key, WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_PUBLIC_KEY_FILE: file } = e
  if (!mchId || !serial || !privateKeyFile || !apiV3Key) return undefined
  const publicKey = id && file ? { id, file: resolve(file) } : undefined
  const baseUrl = e.WECHATPAY_BASE_URL
  return { mchId, serial, privateKeyFile: resolve(privateKeyFile), apiV3Key, publicKey, baseUrl }
}

/** @throws BadConfiguration naming every variable that is wrong, without its value */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = new Set(parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`))
    throw new BadConfiguration(`The configuration cannot be used:\n${[...lines].join('\n')}`)
  }
  const e = parsed.data
  const isProduction = e.NODE_ENV === 'production'
  const isSandboxed = e.SANDBOX ?? !isProduction
  const dataDir = resolve(e.DATA_DIR)
  return {
    root,
    isProduction,
    isSandboxed,
    isDemo: e.DEMO ?? isSandboxed,
    isPreviewed: e.PREVIEW ?? isSandboxed,
    /** What `npm run preview` has built. */
    previewDir: join(root, 'dist', 'preview', 'app'),
    /** The answers to commands are always checked; those to queries one by one in tests, sampled otherwise. */
    checksEveryAnswer: e.NODE_ENV === 'test',
    port: e.PORT,
    /** With the sandbox anybody can log in as anybody: loopback only. */
    host: isSandboxed ? '127.0.0.1' : (e.HOST ?? '0.0.0.0'),
    metricsPort: e.METRICS_PORT ?? (isProduction ? 9464 : undefined),
    metricsHost: e.METRICS_HOST,
    drainMs: e.DRAIN_SECONDS * 1000,
    sandboxPort: e.SANDBOX_PORT,
    dataDir,
    keyDir: join(dataDir, 'keys'),
    filesDir: join(dataDir, 'files'),
    /** Undefined: files are in `filesDir`. */
    filesS3: s3Settings(e),
    digestDir: join(dataDir, 'digests'),
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    masterKeys: e.MASTER_KEYS,
    informerKeys: e.INFORMER_KEYS,
    encryptionAlgorithm: e.ENCRYPTION_ALGORITHM,
    wechat: {
      appId: e.WECHAT_APP_ID ?? 'wx-sandbox',
      secret: e.WECHAT_SECRET ?? 'sandbox-secret',
      baseUrl: e.WECHAT_BASE_URL,
      pushToken: e.WECHAT_PUSH_TOKEN,
      templateIds: e.WECHAT_TEMPLATES ?? {},
      state: e.WECHAT_MINIPROGRAM_STATE,
      checksCaseFiles: e.CASE_FILES_TO_WECHAT,
    },
    /** Undefined: the sandbox's own values, or without the sandbox no WeChat Pay. */
    pay: paySettings(e),
    payAccount: e.WECHATPAY_ACCOUNT,
    trustedProxies: list(e.TRUSTED_PROXIES),
    corsOrigins: list(e.CORS_ORIGINS),
    publicUrl: e.PUBLIC_URL,
    limitScale: e.LIMIT_SCALE,
    logLevel: e.LOG_LEVEL,
  }
}
