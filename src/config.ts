/** The environment, parsed once: the only reader of process.env. */
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const flag = z.enum(['on', 'off']).transform((value) => value === 'on')
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback)

const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    HOST: z.string().min(1).optional(),
    /** Unset: 9464 in production, none otherwise. */
    METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
    METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(0),
    DATA_DIR: z.string().min(1).default('data'),
    DATABASE_URL: z
      .url({ protocol: /^(mysql|mariadb)$/, hostname: /^.+$/ })
      .or(z.string().regex(/^(mysql|mariadb):\/\/\S+$/))
      .optional(),
    DATABASE_POOL: count(20),
    MASTER_KEYS: z.string().min(1).optional(),
    ENCRYPTION_ALGORITHM: z.enum(['aes-256-gcm', 'sm4-cbc+hmac-sm3']).default('aes-256-gcm'),
    WECHAT_APP_ID: z.string().min(1).optional(),
    WECHAT_SECRET: z.string().min(1).optional(),
    WECHAT_PUSH_TOKEN: z.string().min(3).max(32).optional(),
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
    WECHAT_MINIPROGRAM_STATE: z.enum(['developer', 'trial', 'formal']).default('formal'),
    SANDBOX: flag.optional(),
    DEMO: flag.optional(),
    /** Addresses or ranges of the proxies whose X-Forwarded-For is believed, separated by commas. */
    TRUSTED_PROXIES: z.string().default(''),
    /** Browser origins allowed to call the API, separated by commas; none by default. */
    CORS_ORIGINS: z.string().default(''),
    /** The address enterprises reach this service at, for WeChat's callbacks. */
    PUBLIC_URL: z.url().optional(),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    /** Multiplies every rate limit. */
    LIMIT_SCALE: z.coerce.number().positive().default(1),
    CASE_FILES_TO_WECHAT: flag.default(false),
  })
  .superRefine((env, context) => {
    const demand = (holds: boolean, path: string, message: string) => {
      if (!holds) context.addIssue({ code: 'custom', path: [path], message })
    }
    const isSandboxed = env.SANDBOX ?? env.NODE_ENV !== 'production'
    if (env.NODE_ENV === 'production') {
      demand(!isSandboxed, 'SANDBOX', 'the sandbox of WeChat is for demonstrations, not for production')
      demand(env.DEMO !== true, 'DEMO', 'demonstration data has no place in production')
      demand(!env.CORS_ORIGINS.split(',').includes('*'), 'CORS_ORIGINS', 'name the origins; * is not allowed')
      demand(env.MASTER_KEYS !== undefined, 'MASTER_KEYS', 'production brings its own keys')
    }
    if (env.CASE_FILES_TO_WECHAT) {
      demand(env.PUBLIC_URL !== undefined, 'PUBLIC_URL', 'is needed: WeChat fetches the pictures it checks')
      demand(env.WECHAT_PUSH_TOKEN !== undefined, 'WECHAT_PUSH_TOKEN', 'is needed: WeChat pushes its verdicts')
    }
    if (!isSandboxed) {
      demand(env.WECHAT_APP_ID !== undefined, 'WECHAT_APP_ID', 'is needed without the sandbox')
      demand(env.WECHAT_SECRET !== undefined, 'WECHAT_SECRET', 'is needed without the sandbox')
      demand(!isDefaultSecret(env.WECHAT_SECRET), 'WECHAT_SECRET', 'is a placeholder')
    }
  })

/** What nobody may go into production with. */
const isDefaultSecret = (secret = '') => /^(change-?me|secret|test|demo|sandbox|x+|0+)/i.test(secret)

const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

export type Config = ReturnType<typeof readConfig>

/** @throws Error naming every variable that is wrong, without its value */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration cannot be used:\n${lines.join('\n')}`)
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
    checksEveryAnswer: !isProduction,
    port: e.PORT,
    /** With the sandbox anybody can log in as anybody: loopback only. */
    host: isSandboxed ? '127.0.0.1' : (e.HOST ?? '0.0.0.0'),
    metricsPort: e.METRICS_PORT ?? (isProduction ? 9464 : undefined),
    metricsHost: e.METRICS_HOST,
    sandboxPort: e.SANDBOX_PORT,
    dataDir,
    keyDir: join(dataDir, 'keys'),
    filesDir: join(dataDir, 'files'),
    digestDir: join(dataDir, 'digests'),
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    masterKeys: e.MASTER_KEYS,
    encryptionAlgorithm: e.ENCRYPTION_ALGORITHM,
    wechat: {
      appId: e.WECHAT_APP_ID ?? 'wx-sandbox',
      secret: e.WECHAT_SECRET ?? 'sandbox-secret',
      pushToken: e.WECHAT_PUSH_TOKEN,
      templateIds: e.WECHAT_TEMPLATES ?? {},
      state: e.WECHAT_MINIPROGRAM_STATE,
      checksCaseFiles: e.CASE_FILES_TO_WECHAT,
    },
    trustedProxies: list(e.TRUSTED_PROXIES),
    corsOrigins: list(e.CORS_ORIGINS),
    publicUrl: e.PUBLIC_URL,
    limitScale: e.LIMIT_SCALE,
    logLevel: e.LOG_LEVEL,
  }
}
