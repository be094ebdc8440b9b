// 资金账单: the day's movements as WeChat Pay writes them into a file.
import { createHash, randomBytes } from 'node:crypto'
import type { Movement } from './books.js'
import { parameter, PayRefusal, rule } from './refusal.js'

const HEAD =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'
const SUM_HEAD = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'
/** 当日账单在次日上午9点开始生成 */
const READY_AFTER_MS = (24 + 9) * 3_600_000
/** 下载地址5min内有效 */
const LINK_MS = 5 * 60_000

const inBeijing = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const yuan = (fen: number) => (fen / 100).toFixed(2)
const row = (...cells: readonly (string | number)[]) => cells.map((cell) => `\`${cell}`).join(',')

function flowFile(movements: readonly Movement[]): Buffer {
  const [ins, outs] = [movements.filter((one) => one.amountFen > 0), movements.filter((one) => one.amountFen < 0)]
  const sum = (list: readonly Movement[]) => yuan(list.reduce((all, one) => all + Math.abs(one.amountFen), 0))
  const lines = movements.map(({ at, bill, flowNo, kind, amountFen, balanceFen }) =>
    row(
      inBeijing(at),
      bill.transferBillNo,
      flowNo,
      kind,
      kind,
      amountFen > 0 ? '收入' : '支出',
      yuan(Math.abs(amountFen)),
      yuan(balanceFen),
      'system',
      bill.remark,
      bill.outBillNo,
    ),
  )
  const sums = row(movements.length, ins.length, sum(ins), outs.length, sum(outs))
  return Buffer.from(`\uFEFF${[HEAD, ...lines, SUM_HEAD, sums].join('\r\n')}\r\n`)
}

export class FlowFiles {
  private readonly links = new Map<string, { file: Buffer; until: number }>()

  constructor(
    private readonly movements: readonly Movement[],
    private readonly now: () => Date,
  ) {}

  ask(day: string, account: string, origin: string): object {
    const from = Date.parse(`${day}T00:00:00+08:00`)
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(from)) throw parameter('账单日期格式错误')
    if (!['BASIC', 'OPERATION', 'FEES'].includes(account)) throw parameter('资金账户类型错误')
    const now = this.now().getTime()
    if (now < from + 86_400_000) throw rule('账单日期错误')
    const found = this.movements.filter(({ at }) => at.getTime() >= from && at.getTime() < from + 86_400_000)
    if (found.length === 0) throw new PayRefusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在')
    if (now < from + READY_AFTER_MS) throw new PayRefusal(400, 'STATEMENT_CREATING', '账单生成中')
    const file = flowFile(found)
    const token = randomBytes(32).toString('base64url')
    this.links.set(token, { file, until: now + LINK_MS })
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(file).digest('hex'),
      download_url: `${origin}/v3/billdownload/file?token=${token}`,
    }
  }

  file(token: string): Buffer {
    const link = this.links.get(token)
    if (!link || link.until < this.now().getTime()) throw rule('下载地址已失效')
    return link.file
  }
}
