/** Leads as a sheet: each column's header, how offices and platforms name it otherwise, and what stands in it. */
import { type CellKind, type Column, headersOf, type Value } from '../excel/column.js'
import { districts } from '../districts.js'
import { words } from '../words/words.js'

/** One line, flat. */
export type LeadRow = { [K in LeadKey]: Value }

const column = <K extends string>(
  key: K,
  header: string,
  kind: CellKind,
  width: number,
  more: Pick<Column<never>, 'aliases' | 'words' | 'also' | 'isExportOnly'> = {},
) => ({ key, header, kind, width, ...more })

const districtsOtherwise = Object.fromEntries(
  districts.flatMap(({ code, name }) => [
    [name.replace(/(新区|区|县|市)$/u, ''), code],
    [`沈阳市${name}`, code],
    [code, code],
  ]),
)

const table = [
  column('number', '编号', 'text', 20, { isExportOnly: true }),
  column('state', '状态', 'choice', 10, { words: words.leadStates, isExportOnly: true }),
  column('source', '来源', 'choice', 12, {
    aliases: ['线索来源', '数据来源'],
    words: words.leadSources,
    also: {
      自动监测: 'monitor',
      在线监控: 'monitor',
      在线监测: 'monitor',
      国家平台严重超标: 'platform',
      严重超标平台: 'platform',
      严重超标: 'platform',
    },
  }),
  column('reference', '平台编号', 'text', 22, { aliases: ['线索编号', '督办编号', '工单编号', '平台线索编号'] }),
  column('firmName', '企业名称', 'text', 30, {
    aliases: ['企业', '单位名称', '排污单位', '排污单位名称', '污染源名称', '监控企业'],
  }),
  column('creditCode', '统一社会信用代码', 'text', 22, { aliases: ['信用代码', '社会信用代码'] }),
  column('districtCode', '区县', 'choice', 10, {
    aliases: ['所在区县', '区县市', '所属区县', '行政区', '行政区划', '地区'],
    words: Object.fromEntries(districts.map(({ code, name }) => [code, name])),
    also: districtsOtherwise,
  }),
  column('unit', '核查分局', 'text', 18, { aliases: ['分局', '责任分局', '属地分局', '承办分局'] }),
  column('outlet', '排放口', 'text', 24, {
    aliases: ['监控点', '监控点名称', '点位', '点位名称', '排口', '排口名称', '监测点'],
  }),
  column('pollutant', '污染物', 'text', 14, {
    aliases: ['因子', '监测因子', '超标因子', '污染因子', '超标污染物', '监测项目'],
  }),
  column('value', '监测值', 'number', 10, {
    aliases: ['超标值', '浓度', '排放浓度', '监测浓度', '折算浓度', '实测值'],
  }),
  column('limit', '限值', 'number', 10, { aliases: ['标准限值', '标准值', '排放限值', '排放标准'] }),
  column('measure', '计量单位', 'text', 10, { aliases: ['单位', '浓度单位'] }),
  column('exceededAt', '超标时间', 'instant', 18, { aliases: ['监测时间', '数据时间', '发生时间', '时间'] }),
  column('text', '说明', 'prose', 40, { aliases: ['备注', '情况说明', '线索内容', '超标情况'] }),
  column('createdOn', '登记日期', 'date', 12, { isExportOnly: true }),
  column('sentOn', '移交日期', 'date', 12, { isExportOnly: true }),
  column('dueOn', '反馈期限', 'date', 12, { isExportOnly: true }),
  column('answeredOn', '反馈日期', 'date', 12, { isExportOnly: true }),
  column('isLate', '是否超期', 'flag', 8, { isExportOnly: true }),
  column('outcome', '核查结果', 'choice', 14, { words: words.leadOutcomes, isExportOnly: true }),
  column('answer', '核查情况', 'prose', 40, { isExportOnly: true }),
  column('measured', '现场监测', 'text', 24, { isExportOnly: true }),
  column('closedOn', '办结日期', 'date', 12, { isExportOnly: true }),
]

export type LeadKey = (typeof table)[number]['key']

export const leadColumns: readonly (Column<LeadRow> & { key: LeadKey })[] = table.map((one) => ({
  ...one,
  value: (row) => row[one.key],
}))

/** Columns by any header an office may write. */
export const leadHeaders = headersOf(leadColumns.filter(({ isExportOnly }) => !isExportOnly))
