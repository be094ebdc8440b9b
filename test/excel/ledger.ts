/** Ledgers as offices have them: titled, headers in their own order and words, dates and money written in several ways. */
import { writeXlsx } from 'hucre/xlsx'

export type Cell = string | number | boolean | Date | null

/** Chinese office headers, in no order of ours. */
export const officeHeaders = [
  '序号',
  '建设单位名称',
  '*项目名称',
  '项目代码',
  '台账类别',
  '总投资（亿元）',
  '环保投资(万元)',
  '所在区县',
  '计划开工时间',
  '预计投产 时间',
  '环评类别',
  '编制进度（%）',
  '包保级别',
  '状态',
  '状态日期',
  '包保专员',
  '联系人',
  '联系电话',
  '建设内容及规模',
  '是否当年开工',
  '备注',
]

const districtNames = ['铁西区', '浑南区', '沈北新区', '于洪', '大东区', '皇姑区', '辽中区', '法库县']
const bookNames = ['国家', '地方级', '外资']
const documents = ['报告书', '环境影响报告表', '报告表', '登记表']

const pad = (n: number, width: number) => String(n).padStart(width, '0')
const day = (n: number, later = 0) => new Date(Date.UTC(2027, 0, 1 + (n % 300) + later))

/** A date as one of the ways in which people write it. */
function written(date: Date, way: number): Cell {
  const text = date.toISOString().slice(0, 10)
  const [year, month, on] = text.split('-').map(Number)
  return [text, date, `${year}年${month}月${on}日`, `${year}.${month}.${on}`, text.replaceAll('-', '')][way % 5] ?? text
}

/** Line `n` of an office's ledger, without faults. */
export function officeLine(n: number): Cell[] {
  return [
    n + 1,
    `测试·第${n}号有限公司`,
    `测试·第${n}号项目`,
    `2026-210106-04-01-${pad(n, 6)}`,
    bookNames[n % 3] ?? '国家',
    n % 2 === 0 ? (n % 90) / 100 + 1 : `${(n % 90) + 20}00万元`,
    n % 4 === 0 ? '1,200.5' : 800 + (n % 50),
    districtNames[n % districtNames.length] ?? '铁西区',
    written(day(n), n),
    written(day(n, 40), n + 1),
    documents[n % 4] ?? '报告表',
    (n % 10) * 10,
    ['上级', '本级', '下级'][n % 3] ?? '本级',
    n % 2 === 0 ? '前期' : '编制中',
    written(new Date(Date.UTC(2026, 9, 1 + (n % 20))), n),
    null,
    `王测${n % 7}`,
    `1380000${pad(n % 10_000, 4)}`,
    n % 5 === 0 ? '=年产齿轮 120 万件\n-不含电镀' : '年产设备 10 万台',
    n % 2 === 0 ? '是' : '否',
    '办公室备注',
  ]
}

export interface Planted {
  line: number
  header: string
  value: Cell
}

/** Title rows before the header, and the lines; the sheet's row of line `n` is `FIRST_ROW + n`. */
export const FIRST_ROW = 4
export const rowOf = (line: number): number => FIRST_ROW + line

export async function officeLedger(count: number, planted: readonly Planted[] = [], headers = officeHeaders) {
  const lines = Array.from({ length: count }, (_, n) => officeLine(n))
  for (const { line, header, value } of planted) {
    const cells = lines[line]
    if (cells) cells[officeHeaders.indexOf(header)] = value
  }
  const width = headers.length
  const rows: Cell[][] = [
    ['沈阳市重大项目环评服务台账', ...Array<null>(width - 1).fill(null)],
    ['填报单位：测试单位　填报日期：2026年11月20日', ...Array<null>(width - 1).fill(null)],
    headers,
    ...lines,
    ['合计', ...Array<null>(width - 1).fill(null)],
  ]
  const merge = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: width - 1 })
  return Buffer.from(await writeXlsx({ sheets: [{ name: '2026年台账', rows, merges: [merge(0), merge(1)] }] }))
}

/** Thirty cells that are wrong, each in its own way. */
export const thirtyFaults: readonly Planted[] = [
  { line: 3, header: '建设单位名称', value: null },
  { line: 17, header: '*项目名称', value: null },
  { line: 42, header: '项目代码', value: `2026-210106-04-01-${pad(39, 6)}` },
  { line: 100, header: '台账类别', value: '省级重点' },
  { line: 165, header: '总投资（亿元）', value: '约三亿' },
  { line: 230, header: '环保投资(万元)', value: -5 },
  { line: 301, header: '环保投资(万元)', value: 90_000_00 },
  { line: 377, header: '所在区县', value: '大连市' },
  { line: 402, header: '计划开工时间', value: '2027年13月1日' },
  { line: 498, header: '计划开工时间', value: '待定' },
  { line: 555, header: '计划开工时间', value: '2027年5月' },
  { line: 641, header: '预计投产 时间', value: '2026-01-01' },
  { line: 789, header: '环评类别', value: '报告单' },
  { line: 800, header: '编制进度（%）', value: 130 },
  { line: 911, header: '编制进度（%）', value: '一半' },
  { line: 1023, header: '包保级别', value: '市级' },
  { line: 1500, header: '包保级别', value: null },
  { line: 1777, header: '状态', value: '差不多了' },
  { line: 2048, header: '状态日期', value: '2027-01-01' },
  { line: 2222, header: '状态日期', value: '2月30日' },
  { line: 2500, header: '包保专员', value: '查无此人' },
  { line: 2750, header: '联系人', value: '王*' },
  { line: 3003, header: '联系电话', value: '138****1234' },
  { line: 3141, header: '联系电话', value: '没有' },
  { line: 3333, header: '是否当年开工', value: '可能' },
  { line: 3900, header: '*项目名称', value: '长'.repeat(121) },
  { line: 4096, header: '建设内容及规模', value: '#N/A' },
  { line: 4444, header: '项目代码', value: 2.1012345678901234e21 },
  { line: 4800, header: '总投资（亿元）', value: '1.2.3亿元' },
  { line: 4999, header: '台账类别', value: null },
]
