/** The ledger as a sheet: each column's header, how offices name it otherwise, and what stands in it. */
import { type CellKind, type Column, headersOf, type Value } from '../excel/column.js'
import { districts } from '../districts.js'
import { words } from '../words/words.js'
import { books } from './words.js'

/** One line, flat. People and units by name, money in 万元. */
export type LedgerRow = { [K in LedgerKey]: Value }

const column = <K extends string>(
  key: K,
  header: string,
  kind: CellKind,
  width: number,
  more: Pick<Column<never>, 'aliases' | 'words' | 'also' | 'isExportOnly'> = {},
) => ({ key, header, kind, width, ...more })

const districtWords = Object.fromEntries(districts.map(({ code, name }) => [code, name]))
/** 铁西 for 铁西区; 和平 has one name of two characters like all others. */
const districtsShort = Object.fromEntries(
  districts.flatMap(({ code, name }) => [
    [name.replace(/(新区|区|县|市)$/u, ''), code],
    [`沈阳市${name}`, code],
    [code, code],
  ]),
)

const table = [
  column('book', '台账类别', 'choice', 10, {
    aliases: ['台账', '台账类型', '项目级别', '级别'],
    words: Object.fromEntries(books.map((book) => [book, words.books[book]])),
    also: {
      国家级: 'national',
      国家层面: 'national',
      国家台账: 'national',
      省市: 'local',
      地方级: 'local',
      地方层面: 'local',
      地方台账: 'local',
      外资: 'foreign',
      利用外资台账: 'foreign',
      外资项目: 'foreign',
    },
  }),
  column('projectCode', '项目代码', 'text', 26, { aliases: ['项目编码', '投资项目代码', '立项代码', '项目统一代码'] }),
  column('name', '项目名称', 'text', 32, { aliases: ['项目', '建设项目名称'] }),
  column('builderName', '建设单位', 'text', 28, { aliases: ['建设单位名称', '企业名称', '项目单位', '业主单位'] }),
  column('creditCode', '统一社会信用代码', 'text', 22, { aliases: ['信用代码', '社会信用代码'] }),
  column('districtCode', '区县', 'choice', 10, {
    aliases: ['所在区县', '区县市', '所属区县', '行政区', '地区', '所在地'],
    words: districtWords,
    also: districtsShort,
  }),
  column('unit', '所属分局', 'text', 14, { aliases: ['分局', '责任分局'] }),
  column('park', '园区', 'text', 16, { aliases: ['所在园区', '工业园区', '产业园区'] }),
  column('industryCode', '行业代码', 'text', 10, { aliases: ['国民经济行业代码'] }),
  column('industry', '行业', 'text', 18, { aliases: ['行业类别', '所属行业', '国民经济行业'] }),
  column('classMajor', '名录大类', 'text', 18, { aliases: ['环评名录大类'] }),
  column('classMinor', '名录小类', 'text', 18, { aliases: ['环评名录小类'] }),
  column('scale', '建设内容和规模', 'prose', 40, {
    aliases: ['建设内容及规模', '建设内容', '建设规模', '主要建设内容', '建设规模及内容'],
  }),
  column('investment', '总投资（万元）', 'money', 14, { aliases: ['投资额', '投资总额', '计划总投资', '项目总投资'] }),
  column('environmentalInvestment', '环保投资（万元）', 'money', 14, { aliases: ['环保投资额', '环境保护投资'] }),
  column('nature', '建设性质', 'choice', 10, {
    words: words.natures,
    also: { 改扩建: 'expand', 技术改造: 'upgrade' },
  }),
  column('startsThisYear', '是否当年开工', 'flag', 10, { aliases: ['当年开工', '是否今年开工', '今年开工'] }),
  column('plannedStartOn', '计划开工', 'date', 12, {
    aliases: ['计划开工时间', '计划开工日期', '开工时间', '开工日期'],
  }),
  column('plannedProductionOn', '预计投产', 'date', 12, {
    aliases: ['预计投产时间', '投产时间', '计划投产时间', '计划投产', '投产日期'],
  }),
  column('documentType', '环评类别', 'choice', 10, {
    aliases: ['环评文件类型', '环评类型', '环评等级'],
    words: words.documentTypes,
    also: {
      环境影响报告书: 'report',
      环境影响报告表: 'form',
      环境影响登记表: 'registration',
      豁免: 'none',
      无: 'none',
    },
  }),
  column('approvalLevel', '审批层级', 'choice', 10, {
    aliases: ['审批级别', '环评审批层级'],
    words: words.approvalLevels,
    also: {
      生态环境部: 'ministry',
      国家级: 'ministry',
      部级: 'ministry',
      省级: 'province',
      市级: 'city',
      区县级: 'district',
      区级: 'district',
      县级: 'district',
    },
  }),
  column('approvalUnit', '审批部门', 'text', 18, { aliases: ['环评审批部门', '审批单位', '审批机关'] }),
  column('compiler', '编制单位', 'text', 24, { aliases: ['环评编制单位', '环评单位'] }),
  column('compilerLead', '编制主持人', 'text', 10, { aliases: ['环评编制主持人', '主持人'] }),
  column('compileProgress', '编制进度（%）', 'percent', 10, { aliases: ['环评编制进度', '环评进度'] }),
  column('plannedSubmitOn', '计划报批日', 'date', 12, {
    aliases: ['计划报批时间', '计划报批日期', '报批时间', '预计报批时间'],
  }),
  column('isImmediate', '是否即来即办', 'flag', 10, { aliases: ['即来即办'] }),
  column('greenChannel', '绿色通道种类', 'choice', 14, { aliases: ['绿色通道'], words: words.greenChannels }),
  column('permitType', '排污许可类别', 'choice', 12, {
    aliases: ['排污许可', '排污许可管理类别'],
    words: words.permitTypes,
    also: { 重点: 'key', 简化: 'simple', 登记: 'registration', 无需办理: 'none' },
  }),
  column('totalQuota', '总量指标', 'text', 20, { aliases: ['总量', '污染物总量指标'] }),
  column('careLevel', '包保层级', 'choice', 16, {
    aliases: ['包保级别', '服务层级'],
    words: words.careLevels,
    also: {
      上级: 'upper',
      本级: 'own',
      下级: 'lower',
      上级协办: 'upper',
      本级即办: 'own',
      下级督办: 'lower',
      上级审批: 'upper',
      本级审批: 'own',
      下级审批: 'lower',
    },
  }),
  column('cityLeader', '市局领导', 'text', 10, { aliases: ['包保市局领导', '市级领导'] }),
  column('branchLeader', '分局领导', 'text', 10, { aliases: ['包保分局领导'] }),
  column('officer', '包保专员', 'text', 10, { aliases: ['包保服务专员', '服务专员', '专员'] }),
  column('stage', '状态', 'choice', 10, {
    aliases: ['环评状态', '当前状态', '环评阶段', '办理状态', '进展'],
    words: words.stages,
    also: {
      未启动: 'preparing',
      前期准备: 'preparing',
      报批: 'submitted',
      受理: 'accepted',
      已批: 'approved',
      批复: 'approved',
    },
  }),
  column('stageOn', '状态日期', 'date', 12, { aliases: ['状态时间', '进展日期'] }),
  column('approvalNumber', '批复文号', 'text', 20, { aliases: ['环评批复文号', '文号'] }),
  column('contactName', '联系人', 'text', 10, { aliases: ['企业联系人', '项目联系人'] }),
  column('contactPhone', '联系电话', 'text', 14, { aliases: ['电话', '联系方式', '手机'] }),
  column('lastContactOn', '最近联系日', 'date', 12, { aliases: ['最近联系时间', '最近联系日期'] }),
  column('nextFollowUpOn', '下次跟踪日', 'date', 12, { aliases: ['下次跟踪时间', '下次跟踪日期'] }),
  column('openIssues', '未解决堵点', 'whole', 10, { isExportOnly: true }),
]

export type LedgerKey = (typeof table)[number]['key']

export const ledgerColumns: readonly (Column<LedgerRow> & { key: LedgerKey })[] = table.map((one) => ({
  ...one,
  value: (row) => row[one.key],
}))

/** Columns by any header an office may write. */
export const importHeaders = headersOf(ledgerColumns.filter(({ isExportOnly }) => !isExportOnly))
