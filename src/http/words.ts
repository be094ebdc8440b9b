/** What the documentation calls the domains, the roles and how far they reach. */
import type { Role, Scope } from '../people/roles.js'
import { words } from '../words/words.js'

/** By the noun of the verb, in the order in which they are shown. */
export const domainNames: Readonly<Record<string, string>> = {
  session: '登录',
  person: '本人',
  enterprise: '企业',
  guide: '办事不找关系指南',
  case: '诉求',
  rectification: '差评整改',
  rejection: '否决事项备案',
  application: '窗口办件',
  reply: '常用答复',
  project: '重大项目台账',
  visit: '进园区、进企业',
  team: '专班',
  meeting: '推进会',
  decision: '决定事项',
  handover: '审管联动移交清单',
  lead: '超标线索',
  tip: '举报',
  reward: '举报奖励',
  payout: '微信发放',
  money: '资金台账',
  reconciliation: '每日对账',
  notice: '消息',
  board: '看板',
  indicator: '指标任务',
  path: '我的项目怎么办',
  words: '中文名称',
  unit: '分局与处室',
  staff: '人员名册',
  excel: '导入和导出',
  calendar: '工作日历',
  audit: '留痕',
  job: '后台任务',
  files: '附件',
  house: '服务本身',
}

export const roleNames: Readonly<Record<Role, string>> = {
  ...words.roles,
  anyone: '任何人（不用登录）',
  enterprise: '登录的任何人',
}

export const scopeNames: Readonly<Record<Scope, string>> = {
  all: '全部',
  own: '本人的',
  enterprise: '本企业的（成员已核实）',
  assigned: '由本岗负责的',
  standIn: '替岗的',
  unit: '本单位的',
  branch: '本分局的',
  assisting: '请本单位会办的',
  handedOn: '本单位转出的',
  public: '已公开的',
}
