// What WeChat Pay demands of a transfer, so that the demonstration refuses what production would.
import { isOpenid } from '../people.js'
import { parameter, rule } from './refusal.js'

export interface Ordered {
  readonly outBillNo: string
  readonly openid: string
  readonly amountFen: number
  readonly remark: string
  /** Decrypted. */
  readonly userName: string | null
  readonly perception: string
  readonly subsidyType: string
  readonly notifyUrl: string | null
}

interface Scene {
  readonly perceptions: readonly string[]
  readonly infoTypes: readonly string[]
}

/** 转账场景: the one this merchant has been given. */
const SCENES: Readonly<Record<string, Scene>> = {
  '1002': { perceptions: ['行政补贴', '行政奖励'], infoTypes: ['补贴类型'] },
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && [...value].length <= most

/** @throws PayRefusal at the first rule that is broken */
export function readOrder(
  body: Readonly<Record<string, unknown>>,
  appId: string,
  openName: (encrypted: string) => string | undefined,
): Ordered {
  const { out_bill_no: outBillNo, openid, transfer_amount: amountFen, transfer_remark: remark } = body
  if (body.appid !== appId) throw rule('APPID不存在')
  if (typeof outBillNo !== 'string' || !/^[0-9A-Za-z]{1,32}$/.test(outBillNo)) throw parameter('商户单号格式错误')
  const scene = SCENES[String(body.transfer_scene_id)]
  if (typeof body.transfer_scene_id !== 'string' || !scene) throw rule('你尚未获取该转账场景')
  if (!isOpenid(openid)) throw parameter('openid与appid不匹配')
  if (typeof amountFen !== 'number' || !Number.isSafeInteger(amountFen) || amountFen < 1) throw parameter('金额错误')
  if (!isText(remark, 32)) throw parameter('转账备注错误')
  const perception = body.user_recv_perception ?? scene.perceptions[0]
  if (typeof perception !== 'string' || !scene.perceptions.includes(perception)) {
    throw rule('暂不支持展示当前传入的用户收款感知')
  }
  return {
    outBillNo,
    openid,
    amountFen,
    remark,
    perception,
    userName: readName(body.user_name, amountFen, openName),
    subsidyType: readReport(body.transfer_scene_report_infos, scene),
    notifyUrl: readNotifyUrl(body.notify_url),
  }
}

/** 转账金额 >= 2,000元时必填；低于0.3元时不支持 */
function readName(
  encrypted: unknown,
  amountFen: number,
  openName: (encrypted: string) => string | undefined,
): string | null {
  if (encrypted === undefined) {
    if (amountFen >= 200_000) throw parameter('转账金额达到2000元，须填写收款用户姓名')
    return null
  }
  if (amountFen < 30) throw parameter('转账金额低于0.3元，不支持填写收款用户姓名')
  const name = typeof encrypted === 'string' ? openName(encrypted) : undefined
  if (name === undefined || name.trim() === '') throw parameter('收款用户姓名解密失败')
  return name
}

function readReport(infos: unknown, { infoTypes }: Scene): string {
  const list = Array.isArray(infos) ? (infos as { info_type?: unknown; info_content?: unknown }[]) : []
  const isWhole =
    list.length === infoTypes.length &&
    list.every((info, index) => info?.info_type === infoTypes[index] && isText(info.info_content, 32))
  if (!isWhole) throw parameter('未传入完整且对应的转账场景报备信息')
  return String(list[0]?.info_content)
}

function readNotifyUrl(url: unknown): string | null {
  if (url === undefined) return null
  const isRight = typeof url === 'string' && url.length <= 256 && URL.canParse(url)
  const { protocol, hostname, search, hash } = isRight ? new URL(url) : new URL('ftp://x')
  const isLocal = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)
  if ((protocol !== 'https:' && !isLocal) || search + hash !== '') throw parameter('通知地址须为https，且不能携带参数')
  return String(url)
}
