/** Operators read English: every variable that is wrong is named at once, without its value and without a stack. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BadConfiguration, readConfig } from '../../src/config.js'

function said(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof BadConfiguration)
    return error.message
  }
  return ''
}

const wrong: [name: string, value: string, sentence: string][] = [
  ['PORT', 'x', 'must be a whole number from 0 to 65535'],
  ['PORT', '70000', 'must be a whole number from 0 to 65535'],
  ['PORT', '1.5', 'must be a whole number from 0 to 65535'],
  ['DATABASE_POOL', '0', 'must be a whole number from 1 to 1000'],
  ['NODE_ENV', 'prod', 'must be one of development, test, production'],
  ['SANDBOX', 'yes', 'must be on or off'],
  ['DATABASE_URL', 'postgres://u:hidden@h/d', 'must begin with mysql:// or mariadb:// and hold no spaces'],
  ['WECHAT_BASE_URL', 'https://api2.weixin.qq.com/x', 'must be an origin, such as https://api2.weixin.qq.com'],
  ['WECHAT_PUSH_TOKEN', 'ab', 'must have 3 to 32 characters'],
  ['WECHAT_TEMPLATES', '[', 'is no JSON object of template ids'],
  ['PUBLIC_URL', 'example', 'must be a whole address, such as https://help.example.cn'],
  ['LIMIT_SCALE', '0', 'must be a number above 0'],
  ['TRUSTED_PROXIES', '10.0.0.0/8,10.0.0.0/64', '10.0.0.0/64 is no address or range'],
]

describe('the configuration', function () {
  this.timeout(60_000)
  for (const [name, value, sentence] of wrong) {
    it(`${name}=${value}: ${sentence}`, () => {
      assert.equal(said({ [name]: value }), `The configuration cannot be used:\n  ${name}: ${sentence}`)
    })
  }

  it('names everything that is wrong at once', () => {
    const lines = said({ PORT: 'x', LOG_LEVEL: 'loud', SANDBOX: '1' }).split('\n').slice(1)
    assert.deepEqual(
      lines.map((one) => one.trim().split(':')[0]),
      ['PORT', 'SANDBOX', 'LOG_LEVEL'],
    )
  })

  it('in production the secret of WeChat goes to WeChat only', () => {
    const sayOf = (origin: string) => said({ NODE_ENV: 'production', WECHAT_BASE_URL: origin })
    for (const origin of ['http://127.0.0.1:8080', 'https://weixin.qq.com.example.cn', 'http://api2.weixin.qq.com']) {
      assert.match(sayOf(origin), /WECHAT_BASE_URL: the secret goes to https hosts of weixin\.qq\.com only/, origin)
    }
    assert.doesNotMatch(sayOf('https://api2.weixin.qq.com'), /WECHAT_BASE_URL/)
  })

  it('placeholders are no secret of WeChat, and its real ones begin with any digit', () => {
    const sayOf = (secret: string) => said({ SANDBOX: 'off', WECHAT_APP_ID: 'wx1', WECHAT_SECRET: secret })
    for (const secret of ['changeme', 'secret', 'sandbox-secret', 'demo1', 'XXXX', '0000']) {
      assert.match(sayOf(secret), /WECHAT_SECRET: is a placeholder/, secret)
    }
    for (const first of '0123456789abcdef') assert.equal(sayOf(`${first}0123456789abcdef0123456789abcde`), '', first)
  })

  it('an empty variable is one not set, and several hosts are a database too', () => {
    const { port, databaseUrl } = readConfig({ PORT: '', DATABASE_URL: 'mysql://u:p@a:3306,b:3306/d' })
    assert.deepEqual([port, databaseUrl], [3000, 'mysql://u:p@a:3306,b:3306/d'])
  })

  it('files go to a bucket with all of its variables or none, and in production not in the clear', () => {
    const bucket = {
      FILES_S3_ENDPOINT: 'http://s3.example.cn',
      FILES_S3_BUCKET: 'files',
      FILES_S3_KEY_ID: 'id',
      FILES_S3_SECRET: 'hidden',
    }
    const { filesS3 } = readConfig({ ...bucket, FILES_S3_PREFIX: 'a/b' })
    assert.deepEqual(filesS3, {
      endpoint: 'http://s3.example.cn',
      bucket: 'files',
      keyId: 'id',
      secret: 'hidden',
      region: 'us-east-1',
      prefix: 'a/b/',
      addressing: 'path',
    })
    assert.equal(readConfig({}).filesS3, undefined)
    for (const missing of Object.keys(bucket)) {
      assert.match(said({ ...bucket, [missing]: '' }), new RegExp(`\n  ${missing}: is needed with the other`))
    }
    for (const [name, value] of [
      ['FILES_S3_BUCKET', 'Files'],
      ['FILES_S3_PREFIX', '../x'],
      ['FILES_S3_ENDPOINT', 'ftp://s3.example.cn'],
      ['FILES_S3_ENDPOINT', 'nonsense'],
      ['FILES_S3_ENDPOINT', 'https://id:hidden@s3.example.cn'],
    ] as const) {
      assert.match(said({ ...bucket, [name]: value }), new RegExp(`:\n  ${name}: (is no|must)[^\n]+$`))
    }
    assert.match(said({ FILES_S3_REGION: 'cn-north-1' }), /FILES_S3_SECRET: is needed/)
    const inProduction = {
      ...bucket,
      NODE_ENV: 'production',
      MASTER_KEYS: 'k1:x',
      INFORMER_KEYS: 'n1:x',
      WECHAT_APP_ID: 'a',
      WECHAT_SECRET: 'b',
    }
    assert.match(said(inProduction), /FILES_S3_ENDPOINT: must be https/)
    assert.doesNotMatch(said(inProduction), /hidden/)
    for (const endpoint of [
      'https://s3.example.cn',
      'http://127.0.0.1:9000',
      'http://[::1]:9000',
      'http://localhost',
    ]) {
      assert.equal(said({ ...inProduction, FILES_S3_ENDPOINT: endpoint }), '')
    }
  })

  it('a service that cannot be configured says so and ends, without a stack', async () => {
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
    const env = { PATH: process.env['PATH'], PORT: 'x' }
    const [code, output] = await new Promise<[unknown, string]>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', main], { env }, (error, _out, err) => resolve([error?.code, err]))
    })
    assert.deepEqual(
      [code, output],
      [1, 'The configuration cannot be used:\n  PORT: must be a whole number from 0 to 65535\n'],
    )
  })
})
