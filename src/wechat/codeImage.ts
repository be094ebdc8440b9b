// The mini-program code that is printed on a service sheet or a poster at the window.
import { answerUnusable, inputError } from './problems.js'
import type { TokenKeeper } from './token.js'
import { readJson, type Transport } from './transport.js'

const PATH = '/wxa/getwxacodeunlimit'
// getUnlimitedQRCode: 最大 32 个可见字符，只支持数字，大小写英文以及部分特殊字符
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/
// getUnlimitedQRCode: 根路径前不要填加 /，不能携带参数
const PAGE = /^(?!\/)[^?#\s]+$/
// getUnlimitedQRCode: 二维码的宽度，单位 px，最小 280px，最大 1280px
const WIDTH = { least: 280, usual: 430, most: 1280 }

export interface CodeImageOrder {
  readonly scene: string
  readonly page: string
  /** Pixels, 280 to 1280. */
  readonly width?: number
  readonly envVersion?: 'release' | 'trial' | 'develop'
}

function isImage(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4).toString('hex')
  return head === '89504e47' || head.startsWith('ffd8ff')
}

/** The bytes of a JPEG or PNG. A page that is not published yet is accepted for the trial and develop versions only. */
export async function codeImage(
  transport: Transport,
  tokens: TokenKeeper,
  { scene, page, width = WIDTH.usual, envVersion = 'release' }: CodeImageOrder,
): Promise<Buffer> {
  if (!SCENE.test(scene)) throw inputError(PATH, 'scene 须为 1 至 32 个允许的字符')
  if (!PAGE.test(page)) throw inputError(PATH, 'page 不能以 / 开头，也不能带参数')
  if (!Number.isInteger(width) || width < WIDTH.least || width > WIDTH.most) {
    throw inputError(PATH, `width 须在 ${WIDTH.least} 至 ${WIDTH.most} 之间`)
  }
  const body = { scene, page, width, env_version: envVersion, check_path: envVersion === 'release' }
  return tokens.withToken(async (token) => {
    const bytes = await transport.send({ path: PATH, query: { access_token: token }, body })
    if (isImage(bytes)) return bytes
    readJson(PATH, bytes)
    throw answerUnusable(PATH)
  })
}
