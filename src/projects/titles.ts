/** The Chinese heading of each column of the ledger, as the history shows it. */
import type { Project } from './project.js'
import type { Kept } from './approvalRow.js'

type Shown = Exclude<keyof Project, 'id' | 'version' | 'auditHead' | 'createdAt' | 'updatedAt' | keyof Kept>

export const columnTitles: Readonly<Record<Shown, string>> = {
  book: '台账类别',
  name: '项目名称',
  projectCode: '项目代码',
  enterpriseId: '企业',
  builderName: '建设单位',
  districtCode: '区县',
  unitId: '所属分局',
  park: '园区',
  industryCode: '行业代码',
  industry: '行业',
  classMajor: '名录大类',
  classMinor: '名录小类',
  scale: '建设内容和规模',
  investmentHundreds: '总投资（万元）',
  environmentalInvestmentHundreds: '环保投资（万元）',
  nature: '建设性质',
  startsThisYear: '是否当年开工',
  plannedStartOn: '计划开工',
  plannedProductionOn: '预计投产',
  documentType: '环评类别',
  isImmediate: '是否即来即办',
  greenChannel: '绿色通道种类',
  approvalLevel: '审批层级',
  approvalUnit: '审批部门',
  compiler: '编制单位',
  compilerLeadSealed: '编制主持人',
  compileProgress: '编制进度（%）',
  plannedSubmitOn: '计划报批日',
  permitType: '排污许可类别',
  totalQuota: '总量指标',
  careLevel: '包保层级',
  cityLeaderPostId: '市局领导',
  branchLeaderPostId: '分局领导',
  officerPostId: '包保专员',
  stage: '状态',
  stageOn: '状态日期',
  careEndedOn: '包保结束',
  approvalNumber: '批复文号',
  contactNameSealed: '联系人',
  contactPhoneSealed: '联系电话',
  lastContactOn: '最近联系日',
  nextFollowUpOn: '下次跟踪日',
}

/** What the trail of a project tells besides its columns. */
export const eventTitles = { issueAdded: '登记堵点问题', issueSolved: '堵点问题已解决' } as const
