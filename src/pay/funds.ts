/**
 * What stands in the merchant's account and what went through it: to notice when money runs low, and to reconcile.
 *
 * 查询账户实时余额 (read: https://pay.weixin.qq.com/doc/v3/partner/4012720926) is documented for 服务商 and 平台商户;
 * whether an ordinary merchant may ask is not confirmed, and one that may not gets NO_AUTH (kind misconfigured).
 * 申请资金账单 (read: https://pay.weixin.qq.com/doc/v3/merchant/4012556742): 当日账单在次日上午9点开始生成，建议10点以后获取;
 * 仅支持三个月内. Its columns are read in APIv2's document (https://pay.weixin.qq.com/doc/v2/merchant/4011939779); that
 * APIv3's file has the same ones is not confirmed, so they are found by name. Not confirmed either: that 微信支付业务单号 of
 * a 商家转账 is its transfer_bill_no, and that 业务凭证号 is our own number; what does not look like ours becomes null.
 */
import { createHash } from 'node:crypto'
import { Formatter } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { Asker } from './ask.js'
import { OUT_BILL_NO } from './bill.js'
import { isSafeOrigin } from './exchange.js'
import { doubtful, PayError, refusedHere } from './problems.js'

/** 商家转账 is said to be paid from the 运营账户 (not confirmed), hence the setting. */
export type PayAccount = 'BASIC' | 'OPERATION'

export interface FlowLine {
  at: Date
  transferBillNo: string
  outBillNo: string | null
  /** 业务类型, as WeChat words it. */
  kind: string
  /** In is positive, out negative. */
  amountFen: number
  balanceFen: number
}

const BALANCE = 'v3/merchant/fund/balance/{account_type}'
const FLOW = 'v3/bill/fundflowbill'
const FILE = 'v3/billdownload/file'

const Balance = z.object({ available_amount: z.int() })
const FlowBill = z.object({ hash_type: z.literal('SHA1'), hash_value: z.string(), download_url: z.url() })

export async function balance(asker: Asker, account: PayAccount): Promise<{ availableFen: number }> {
  const { available_amount } = await asker.ask(
    { method: 'get', path: BALANCE, values: { account_type: account } },
    Balance,
  )
  return { availableFen: available_amount }
}

/** @param day such as `2026-11-25`; a day without any movement is empty */
export async function fundFlow(
  asker: Asker,
  account: PayAccount,
  isOurs: (origin: string) => boolean,
  day: string,
): Promise<FlowLine[]> {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw refusedHere(FLOW, '日期须写成 2026-11-25 的样子')
  const params = { bill_date: day, account_type: account }
  let bill: z.output<typeof FlowBill>
  try {
    bill = await asker.ask({ method: 'get', path: FLOW, params }, FlowBill)
  } catch (error) {
    if (error instanceof PayError && error.code === 'NO_STATEMENT_EXIST') return []
    throw error
  }
  const url = new URL(bill.download_url)
  if (!isOurs(url.origin) || !isSafeOrigin(url.origin) || url.pathname !== `/${FILE}`) {
    throw doubtful(FLOW, '账单的下载地址不是微信支付的')
  }
  const query = Object.fromEntries(url.searchParams)
  const bytes = await asker.file({ method: 'get', path: FILE, params: query, origin: url.origin })
  if (createHash('sha1').update(bytes).digest('hex') !== bill.hash_value.toLowerCase()) {
    throw doubtful(FILE, '账单文件不完整')
  }
  return flowLines(bytes.toString('utf8'))
}

/** 明细数据每一项前有一个 ` ，最后两行是汇总。 @throws PayError when a column is missing or a line cannot be read */
export function flowLines(file: string): FlowLine[] {
  const [head = '', ...rest] = file.replace(/^\uFEFF/, '').split(/\r?\n/)
  const names = head.split(',').map((name) => name.trim().replace(/[（(]元[）)]$/, ''))
  for (const name of COLUMNS) if (!names.includes(name)) throw doubtful(FILE, `账单里没有「${name}」一栏`)
  const end = rest.findIndex((line) => !line.startsWith('`'))
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => {
    const cells = Formatter.castCsvLine(line, names) as Partial<Record<string, string>>
    const [at, transferBillNo, kind, way, amount, left] = COLUMNS.map((name) => cells[name]?.trim() ?? '')
    const own = cells['业务凭证号']?.trim() ?? ''
    const sign = way === '收入' ? 1 : way === '支出' ? -1 : Number.NaN
    const found = {
      at: new Date(`${at?.replace(' ', 'T')}+08:00`),
      transferBillNo: transferBillNo ?? '',
      outBillNo: OUT_BILL_NO.test(own) ? own : null,
      kind: kind ?? '',
      amountFen: sign * fen(amount ?? ''),
      balanceFen: fen(left ?? ''),
    }
    if ([found.at.getTime(), found.amountFen, found.balanceFen].some(Number.isNaN)) {
      throw doubtful(FILE, '账单里有一行无法读取')
    }
    return found
  })
}

const COLUMNS = ['记账时间', '微信支付业务单号', '业务类型', '收支类型', '收支金额', '账户结余'] as const

/** 资金账单中涉及金额的字段单位为「元」; NaN for anything else. */
function fen(yuan: string): number {
  const [, sign, whole, part = ''] = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan) ?? []
  return whole === undefined ? Number.NaN : Number(`${sign}${whole}${part.padEnd(2, '0')}`)
}
