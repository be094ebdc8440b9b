/**
 * 商家转账: to create, query and cancel a transfer that its receiver confirms in WeChat.
 *
 * https://pay.weixin.qq.com/docs/merchant/apis/mch-trans/transfer-bill/transfer-to-user.html
 * https://pay.weixin.qq.com/docs/merchant/apis/mch-trans/transfer-bill/get-transfer-bill-by-out-no.html
 * https://pay.weixin.qq.com/doc/v3/merchant/4012716458
 */
import { Rsa } from 'wechatpay-axios-plugin'
import type { Asker } from './ask.js'
import { type Bill, CancelledBill, CreatedBill, OUT_BILL_NO, ToldBill, toldBill } from './bill.js'
import type { PlatformKeys } from './platformKeys.js'
import { doubtful, PayError, refusedHere } from './problems.js'

const BILLS = 'v3/fund-app/mch-transfer/transfer-bills'
const BY_NUMBER = `${BILLS}/out-bill-no/{out_bill_no}`

// 1002 行政补贴：用户收款感知可为「行政补贴」「行政奖励」，报备信息只有一条「补贴类型」，须一字不差
// https://pay.weixin.qq.com/doc/v3/merchant/4013774594 https://pay.weixin.qq.com/doc/v3/merchant/4013774588
export const SCENE = { id: '1002', perception: '行政奖励', infoType: '补贴类型' } as const
/** 转账金额 >= 2,000元时，收款用户姓名必填 */
export const NAME_FROM_FEN = 200_000
/** 低于 0.3 元不支持传入姓名 (from memory, not confirmed). */
const NAMELESS_BELOW_FEN = 30
const MAX_CHARACTERS = 32

export interface TransferOrder {
  /** One for ever: whatever happens, the same payment is asked for under the same number with the same fields. */
  outBillNo: string
  openid: string
  amountFen: number
  /** The receiver sees it. */
  remark: string
  /** WeChat holds it against the receiver's own; demanded from 2,000 yuan. */
  userName: string | null
  /** What the 补贴类型 is, such as 「生态环境违法行为举报奖励」. */
  subsidyType: string
}

export interface TransferTerms {
  readonly mchId: string
  readonly appId: string
  /** https, without a query; undefined: WeChat tells nothing by itself. */
  readonly notifyUrl: () => string | undefined
}

export async function create(
  asker: Asker,
  keys: PlatformKeys,
  terms: TransferTerms,
  order: TransferOrder,
): Promise<Bill> {
  const fault = faultOf(order)
  if (fault !== undefined) throw refusedHere(BILLS, fault)
  const { serial, key } = await keys.current()
  const notifyUrl = terms.notifyUrl()
  const isNamed = order.userName !== null && order.amountFen >= NAMELESS_BELOW_FEN
  const data = {
    appid: terms.appId,
    out_bill_no: order.outBillNo,
    transfer_scene_id: SCENE.id,
    openid: order.openid,
    ...(isNamed ? { user_name: Rsa.encrypt(order.userName ?? '', key) } : {}),
    transfer_amount: order.amountFen,
    transfer_remark: order.remark,
    ...(notifyUrl === undefined ? {} : { notify_url: notifyUrl }),
    user_recv_perception: SCENE.perception,
    transfer_scene_report_infos: [{ info_type: SCENE.infoType, info_content: order.subsidyType }],
  }
  const answer = await asker.ask({ method: 'post', path: BILLS, data, serial }, CreatedBill).catch(neverNotFound)
  if (answer.out_bill_no !== order.outBillNo) throw doubtful(BILLS, '应答说的是另一笔转账单')
  return {
    outBillNo: answer.out_bill_no,
    transferBillNo: answer.transfer_bill_no,
    state: answer.state,
    amountFen: order.amountFen,
    failReason: answer.fail_reason,
    packageInfo: answer.package_info ?? null,
    updatedAt: answer.create_time ?? null,
  }
}

export async function query(asker: Asker, { mchId }: TransferTerms, outBillNo: string): Promise<Bill> {
  const told = await asker.ask({ method: 'get', path: BY_NUMBER, values: numbered(outBillNo) }, ToldBill)
  if (told.out_bill_no !== outBillNo || told.mch_id !== mchId) throw doubtful(BY_NUMBER, '应答说的是另一笔转账单')
  return toldBill(told)
}

/** 撤销请求受理后异步处理，以最终查询单据返回状态为准 */
export async function cancel(asker: Asker, terms: TransferTerms, outBillNo: string): Promise<Bill> {
  await asker.ask({ method: 'post', path: `${BY_NUMBER}/cancel`, values: numbered(outBillNo) }, CancelledBill)
  return query(asker, terms, outBillNo)
}

function numbered(outBillNo: string): { out_bill_no: string } {
  if (!OUT_BILL_NO.test(outBillNo)) throw refusedHere(BY_NUMBER, '商户单号只能是不超过32个数字和字母')
  return { out_bill_no: outBillNo }
}

/** Of a transfer that is only being created, "not found" says nothing. */
function neverNotFound(error: unknown): never {
  if (!(error instanceof PayError) || error.kind !== 'notFound') throw error
  throw doubtful(error.path, '结果不明，请先查询', error.status)
}

function faultOf({ outBillNo, openid, amountFen, remark, userName, subsidyType }: TransferOrder): string | undefined {
  if (!OUT_BILL_NO.test(outBillNo)) return '商户单号只能是不超过32个数字和字母'
  if (!/^[\w-]{1,64}$/.test(openid)) return '收款人的 openid 不对'
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) return '金额须是大于零的整数分'
  if (isTooLong(remark)) return '转账备注须为1至32个字'
  if (isTooLong(subsidyType)) return '补贴类型须为1至32个字'
  if (userName !== null && userName.trim() === '') return '收款人姓名不能为空'
  if (amountFen >= NAME_FROM_FEN && userName === null) return '2000元及以上须有收款人姓名'
  return undefined
}

const isTooLong = (text: string) => text.trim() === '' || [...text].length > MAX_CHARACTERS
