/** What the codes on the wire are called: one table, so that every page and the documentation say the same. */
import { stages, stageTitle } from '../projects/stages.js'

type Names = Readonly<Record<string, string>>

export const words = {
  roles: {
    enterprise: '企业',
    officer: '包保服务专员',
    leader: '分局领导',
    supervisor: '市局',
    clerk: '信息员',
    admin: '系统管理员',
  },
  unitKinds: { office: '处室', branch: '分局', group: '一组单位' },
  membershipStates: { pending: '待核实', verified: '已核实', refused: '未通过' },

  categories: {
    siteSelection: '规划选址选线',
    zoneControl: '三线一单查询',
    industryAccess: '行业准入解读',
    policyGuidance: '环评政策指导',
    procedure: '审批程序咨询',
    reform: '放管服改革政策',
    assessment: '技术评估评审',
    consultation: '其他咨询',
    complaint: '投诉',
    suggestion: '建议',
  },
  caseStates: {
    assigned: '待签收',
    handling: '办理中',
    waiting: '等企业补充',
    answered: '已答复',
    closed: '已办结',
    declined: '不予办理',
    withdrawn: '已撤回',
  },
  caseSources: { help: '企业求助', visit: '上门服务带回' },
  timelineVerbs: {
    'case.submit': '提交诉求',
    'case.sign': '签收',
    'case.askMore': '请企业补充',
    'case.supply': '补充',
    'case.urge': '催办',
    'case.note': '内部记录',
    'case.answer': '答复',
    'case.transfer': '转办',
    'case.assign': '指派',
    'case.assist': '请求会办',
    'case.assistReply': '会办意见',
    'case.extend': '申请延期',
    'case.agreeExtension': '同意延期',
    'case.decline': '拟不予办理',
    'case.agreeDecline': '不予办理',
    'case.release': '审核内容',
    'case.withdraw': '撤回',
    'case.close': '确认办结',
    'case.closeOne': '到期自动办结',
    'case.rate': '评价',
    'case.reopen': '再次提出',
  },
  actorKinds: { enterprise: '企业', officer: '工作人员', system: '系统' },
  caseScopes: { mine: '我的', todo: '待我办', unit: '本单位', assisting: '请我会办', all: '全部' },
  dues: { soon: '快到期', today: '今天到期', overdue: '已超期' },
  pendingKinds: { extension: '延期待同意', decline: '不予办理待同意' },
  reviewStates: { pending: '待检查', passed: '已通过', held: '待人工审核' },
  fileKinds: { image: '图片', pdf: 'PDF', word: 'Word', excel: 'Excel' },

  ratings: { 1: '非常不满意', 2: '不满意', 3: '基本满意', 4: '满意', 5: '非常满意' },
  rectificationStates: { assigned: '待核实', verified: '待整改', resolved: '待回访', closed: '已办结' },
  verdicts: { founded: '属实', mistaken: '误评', malicious: '恶意差评' },
  rejectionKinds: { application: '审批申请', help: '诉求' },

  books: { national: '国家', local: '地方', foreign: '利用外资' },
  careLevels: { upper: '上级审批，协办', own: '本级审批，即办', lower: '下级审批，督办' },
  stages: Object.fromEntries(stages.map((stage) => [stage, stageTitle(stage)])),
  stageSteps: { done: '已完成', now: '进行中', ahead: '还没到' },
  documentTypes: { report: '报告书', form: '报告表', registration: '登记表', none: '无需环评' },
  natures: { new: '新建', rebuild: '改建', expand: '扩建', upgrade: '技改' },
  approvalLevels: { ministry: '部', province: '省', city: '市', district: '区县' },
  permitTypes: { key: '重点管理', simple: '简化管理', registration: '登记管理', none: '无需' },

  visitKinds: { park: '进园区', enterprise: '进企业' },
  visitStates: {
    offered: '等企业答复',
    consented: '企业已同意',
    declined: '企业谢绝',
    held: '已上门',
    cancelled: '已取消',
  },
  declineWays: { onlyThisOne: '谢绝这一次', thisMonth: '本月不用', untilWeCall: '需要时我约' },
  weekStatuses: {
    held: '已上门',
    planned: '待上门',
    offered: '等企业答复',
    declined: '企业谢绝',
    paused: '企业请暂停',
    exempt: '本周不用',
    due: '还没有约',
  },

  guideLevels: { province: '省级', city: '市级', district: '区县级' },
  guideKinds: { 许可: '许可', 备案: '备案', 其他权力: '其他权力', 公共服务: '公共服务' },
  guideStates: {
    draft: '草稿',
    submitted: '省厅审核中',
    returned: '已退回',
    filed: '已备案',
    published: '已发布',
    withdrawn: '已撤下',
    replaced: '已被新版替换',
    discarded: '草稿已放弃',
  },
  limitUnits: { workday: '个工作日', day: '天' },
  materialForms: { original: '原件', copy: '复印件', electronic: '电子件' },
  stepActors: { enterprise: '企业', window: '窗口', bureau: '生态环境部门', expert: '专家' },
  stepClocks: { runs: '计入时限', off: '不计入时限', configured: '按规定计时' },
  channelKinds: { online: '网上', window: '窗口', phone: '电话' },
  basisRoles: { primary: '主要依据', supporting: '相关依据', former: '已废止', upcoming: '尚未施行' },
  commentKinds: { suggestion: '建议', question: '疑问', error: '指出错误' },

  noticeSubjects: {
    case: '诉求',
    rectification: '差评整改',
    visit: '上门服务',
    project: '重大项目',
    guide: '办事指南',
    membership: '企业成员',
    calendar: '工作日历',
  },
  deliveryStates: {
    inboxOnly: '只在消息里',
    queued: '待发送',
    sending: '发送中',
    sent: '已发送',
    refused: '微信拒绝',
    invalid: '内容不符',
    uncertain: '不确定是否送达',
    failed: '发送失败',
  },
  boardSteps: { day: '按日', week: '按周', month: '按月' },
  lists: {
    'case.list': '诉求',
    'rectification.list': '差评整改',
    'rejection.list': '否决事项备案',
    'visit.list': '上门服务',
    'project.list': '重大项目',
    'guide.list': '办事指南',
    'guide.comments': '指南意见',
  },
  auditFaults: {
    altered: '被改动',
    missing: '缺失',
    cutOff: '被截断',
    headAltered: '链头被改动',
    subjectGone: '记录不在了',
  },
  jobStates: { ready: '待执行', done: '已完成', dead: '多次失败' },
} as const satisfies Record<string, Names>

const groups: readonly Names[] = Object.values(words)

/** The words of a closed list of codes: the smallest table that has them all. */
export function namesOf(codes: readonly string[]): Names | undefined {
  return groups
    .filter((names) => codes.every((code) => Object.hasOwn(names, code)))
    .sort((one, other) => Object.keys(one).length - Object.keys(other).length)[0]
}
