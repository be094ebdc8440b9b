/**
 * WHAT THE SOFTWARE COUNTS FOR EACH TASK: one entry a figure, with how it is counted in plain words, so that the bureau
 * can check the table line by line. What is not in it is not counted yet.
 */
import { share as percent } from '../board/figures.js'
import type { Category } from '../people/contract.js'
import type { LeadSource } from '../leads/states.js'
import { isUnderCare } from '../projects/care.js'
import { coverageOf } from './coverage.js'
import type { Approval, BadRating, Facts } from './facts.js'
import { reductionOf } from '../projects/approvalClock.js'

export interface Counted {
  value: number | null
  of?: number
}

export interface Evidence {
  verb: string
  input: Record<string, unknown>
  isExact: boolean
}

export interface Metric {
  key: string
  /** The task of the table. */
  no: number
  name: string
  unit: '份' | '条' | '个' | '件' | '次' | '元' | '%'
  method: string
  /** To be reached, at least, and who says so. */
  target?: { value: number; source: string }
  /** Only the present shows it. */
  isPresent?: true
  count(facts: Facts): Promise<Counted>
  evidence?(facts: Facts): Evidence
}

/** A part in percent, with what it is a part of. */
const share = (part: number, of: number): Counted => ({ value: percent(part, of), of })

const exactly = (verb: string, input: Record<string, unknown>): Evidence => ({ verb, input, isExact: true })
const among = (verb: string, input: Record<string, unknown>): Evidence => ({ verb, input, isExact: false })
const months = ({ period }: Facts) => ({ fromMonth: period.from.slice(0, 7), toMonth: period.to.slice(0, 7) })
const within = ({ period }: Facts) => ({ from: period.from, to: period.to })

/** 第4项列出的技术帮扶七类. */
export const helpCategories: readonly [Category, string][] = [
  ['siteSelection', '规划选址选线'],
  ['zoneControl', '「三线一单」管控要求查询'],
  ['industryAccess', '行业准入解读'],
  ['policyGuidance', '环评政策指导'],
  ['procedure', '审批程序咨询'],
  ['reform', '「放管服」改革政策宣讲'],
  ['assessment', '技术评估评审'],
]

type Total = 'submitted' | 'answered' | 'answeredInTime' | `rating${1 | 2 | 3 | 4 | 5}`

async function total(facts: Facts, names: readonly Total[], categories?: readonly string[]): Promise<number> {
  const rows = (await facts.cases()).filter(({ category }) => categories?.includes(category) ?? true)
  return rows.reduce((sum, row) => names.reduce((more, name) => more + row[name], sum), 0)
}

const ratings = ['rating1', 'rating2', 'rating3', 'rating4', 'rating5'] as const

async function underCare(facts: Facts) {
  return (await facts.projects()).filter((project) => isUnderCare(project, facts.today))
}

/** Those whose time is up, or who are done: what may still be done in time counts neither way. */
function keptShare(
  rows: readonly BadRating[],
  today: string,
  done: (row: BadRating) => string | null,
  due: 'verifyDueOn' | 'resolveDueOn',
) {
  const judged = rows.filter((row) => done(row) !== null || row[due] < today)
  return share(judged.filter((row) => (done(row) ?? '9999') <= row[due]).length, judged.length)
}

/** A rating found mistaken or malicious is settled with its verification. */
const putRightOn = (row: BadRating) => (row.verdict === 'founded' ? row.resolvedOn : row.verifiedOn)

const guideLevels = [
  ['city', '市级'],
  ['district', '区县级'],
  ['province', '省级'],
] as const

const books = [
  ['national', '国家'],
  ['local', '地方'],
  ['foreign', '利用外资'],
] as const

/** 上级审批的全程协办、本级审批的即来即办、下级审批的跟踪督办. */
const careLevels = [
  ['upper', '上级审批、全程协办'],
  ['own', '本级审批、即来即办'],
  ['lower', '下级审批、跟踪督办'],
] as const

/** 窗口工作台账: what is counted of it, in which words, and the list that shows just those. */
const windowFigures = [
  ['received', '窗口工作台账：收件', '本年窗口收件的申请，按收件日。', {}],
  ['complete', '其中收件时要件齐全', '收件时指南清单上的材料都齐的。', { wasComplete: true }],
  ['notified', '其中一次性告知', '材料不齐、已经一次性告知的，每件只有一次。', { isNotified: true }],
  ['deemed', '其中逾期未告知、视为受理', '超过期限没有告知，依法自收到材料之日起受理的。', { acceptedHow: 'deemed' }],
] as const

/** 举报转来核查的是第22项的事. */
const exceedances = ['monitor', 'platform', 'other'] satisfies LeadSource[]
const sentWithin = ({ period }: Facts) => ({ sentFrom: period.from, sentTo: period.to })
const leadTerm = '自移交的第二天起七日（自然日，待市局确认）内反馈的'

const allRectified = { value: 100, source: '任务分解表第38项：全年保持实名差评回访整改率100%' }
const heldVisits = (facts: Facts) => exactly('visit.list', { states: ['held'], ...within(facts) })

/** Of every figure of the approval clock. */
const offDays = '技术评估、公示、听证不计时（公示是否计时待市局确认），规则见 seeds/approval.json。'

export const metrics: readonly Metric[] = [
  {
    key: 'guide.published',
    no: 1,
    name: '已公开的《办事不找关系指南》',
    unit: '份',
    method: '现在对外公开的指南。',
    isPresent: true,
    count: async ({ know }) => ({ value: know.guides.guides.length }),
    evidence: () => exactly('guide.search', {}),
  },
  ...guideLevels.map(
    ([level, name]): Metric => ({
      key: `guide.published.${level}`,
      no: 1,
      name: `其中${name}`,
      unit: '份',
      method: '现在对外公开的指南，按审批层级。',
      isPresent: true,
      count: async ({ know }) => ({
        value: know.guides.guides.filter((guide) => guide.content.level === level).length,
      }),
      evidence: () => exactly('guide.search', { level }),
    }),
  ),
  {
    key: 'guide.filed',
    no: 1,
    name: '其中已有备案号',
    unit: '份',
    method: '现在对外公开、已登记市营商局备案号的指南。',
    isPresent: true,
    count: async ({ know }) => ({ value: know.guides.guides.filter((guide) => guide.filingNumber !== null).length }),
    evidence: () => among('guide.search', {}),
  },
  {
    key: 'guide.comments',
    no: 1,
    name: '收到读者意见建议',
    unit: '条',
    method: '本年收到的对指南的意见、提问和纠错。',
    count: async (facts) => ({ value: (await facts.comments()).received }),
    evidence: () => among('guide.comments', {}),
  },
  {
    key: 'guide.comments.answered',
    no: 1,
    name: '意见建议答复率',
    unit: '%',
    method: '本年收到的意见建议中已经答复的。',
    async count(facts) {
      const { answered, received } = await facts.comments()
      return share(answered, received)
    },
    evidence: () => among('guide.comments', { isAnswered: true }),
  },

  ...books.map(
    ([book, name]): Metric => ({
      key: `project.${book}`,
      no: 2,
      name: `${name}台账项目`,
      unit: '个',
      method: '现在台账里的项目。',
      isPresent: true,
      count: async (facts) => ({ value: (await facts.projects()).filter((project) => project.book === book).length }),
      evidence: () => exactly('project.list', { book: [book] }),
    }),
  ),
  {
    key: 'project.officer',
    no: 2,
    name: '已明确包保服务专员的',
    unit: '%',
    method: '包保中的项目里，已指定包保服务专员的。',
    isPresent: true,
    async count(facts) {
      const projects = await underCare(facts)
      return share(projects.filter((project) => project.officerPostId !== null).length, projects.length)
    },
    evidence: () => among('project.list', { isUnderCare: true }),
  },
  {
    key: 'project.updated',
    no: 2,
    name: '最近30天更新过的',
    unit: '%',
    method: '包保中的项目里，最近30天台账有更新的。',
    isPresent: true,
    async count(facts) {
      const projects = await underCare(facts)
      return share(projects.filter(({ updatedAt }) => updatedAt >= facts.monthAgo).length, projects.length)
    },
    evidence: () => among('project.list', { isUnderCare: true }),
  },

  ...careLevels.map(
    ([careLevel, name]): Metric => ({
      key: `care.${careLevel}`,
      no: 3,
      name: `包保中的项目：${name}`,
      unit: '个',
      method: '环评服务还没有办结的台账项目，按审批层级。',
      isPresent: true,
      count: async (facts) => ({
        value: (await underCare(facts)).filter((project) => project.careLevel === careLevel).length,
      }),
      evidence: () => exactly('project.list', { careLevel, isUnderCare: true }),
    }),
  ),
  {
    key: 'care.sheets',
    no: 3,
    name: '当年开工项目已出具服务单的',
    unit: '%',
    method: '台账里当年开工的项目中，已经出具过环评审批服务单的。',
    isPresent: true,
    target: { value: 100, source: '任务分解表第3项：对当年开工的重大项目，要为建设单位提供环评审批服务单' },
    async count(facts) {
      const starting = (await facts.projects()).filter(({ startsThisYear }) => startsThisYear)
      const sheeted = await facts.sheeted()
      return share(starting.filter(({ id }) => sheeted.has(id)).length, starting.length)
    },
    evidence: () => among('project.list', { startsThisYear: true, hasSheet: true }),
  },
  {
    key: 'care.visits',
    no: 3,
    name: '“进园区、进企业”上门服务',
    unit: '次',
    method: '本年已经上门并记录的服务，不含检查。',
    count: async (facts) => ({ value: await facts.visitsHeld() }),
    evidence: heldVisits,
  },
  {
    key: 'care.issues',
    no: 3,
    name: '解决堵点问题',
    unit: '件',
    method: '本年解决的台账堵点问题，加上本年上门服务时当场解决的问题。',
    count: async (facts) => ({ value: (await facts.issues()).solved + (await facts.findings()).solved }),
    evidence: heldVisitsAmong,
  },

  {
    key: 'team.active',
    no: 3,
    name: '环评审批服务工作专班',
    unit: '个',
    method: '现在的市级专班和分局专班。',
    isPresent: true,
    count: async (facts) => ({ value: await facts.teams() }),
    evidence: () => exactly('team.list', { isActive: true }),
  },
  {
    key: 'team.meetings',
    no: 3,
    name: '召开项目推进会',
    unit: '次',
    method: '本年召开并记录的推进会。',
    count: async (facts) => ({ value: (await facts.meetings()).held }),
    evidence: (facts) => exactly('meeting.list', { states: ['held'], ...within(facts) }),
  },
  {
    key: 'team.issues',
    no: 3,
    name: '推进会提出的问题',
    unit: '件',
    method: '本年推进会上提出、记入台账或转为诉求办理的问题。',
    count: async (facts) => ({ value: (await facts.meetings()).issues }),
    evidence: (facts) => among('meeting.list', { states: ['held'], hasIssues: true, ...within(facts) }),
  },
  {
    key: 'team.decisions',
    no: 3,
    name: '推进会决定事项按期办结率',
    unit: '%',
    method: '期限在本年、已经到期或核销的决定事项中，在期限内报办好并核销的。',
    async count(facts) {
      const judged = (await facts.decisions()).filter((row) => row.state === 'closed' || row.dueOn < facts.today)
      const isKept = (row: (typeof judged)[number]) =>
        row.state === 'closed' && (row.reportedOn ?? row.closedOn ?? '9999') <= row.dueOn
      return share(judged.filter(isKept).length, judged.length)
    },
    evidence: ({ period }) => among('decision.list', { dueFrom: period.from, dueTo: period.to }),
  },

  ...helpCategories.map(
    ([category, name]): Metric => ({
      key: `help.${category}`,
      no: 4,
      name: `技术帮扶：${name}`,
      unit: '件',
      method: '本年收到的这一类诉求，包括上门服务转来的。',
      count: async (facts) => ({ value: await total(facts, ['submitted'], [category]) }),
      evidence: (facts) => exactly('case.list', { scope: 'all', category, ...within(facts) }),
    }),
  ),
  {
    key: 'help.inTime',
    no: 4,
    name: '技术帮扶按时答复率',
    unit: '%',
    method: '本年答复的七类技术帮扶诉求中，在承诺期限内答复的。',
    async count(facts) {
      const categories = helpCategories.map(([category]) => category)
      const answered = await total(facts, ['answered'], categories)
      return share(await total(facts, ['answeredInTime'], categories), answered)
    },
    evidence: ({ period }) => among('case.list', { scope: 'all', answeredFrom: period.from, answeredTo: period.to }),
  },
  {
    key: 'help.expert',
    no: 4,
    name: '请专家组、指导小组帮扶的诉求',
    unit: '件',
    method: '本年请市局技术帮扶专家组或分局技术帮扶指导小组会办的诉求；同一组再请一次，按最后一次算。',
    count: async (facts) => ({ value: (await facts.expertHelp()).cases }),
    evidence: ({ period }) => exactly('case.list', { scope: 'all', expertFrom: period.from, expertTo: period.to }),
  },
  {
    key: 'help.expertInTime',
    no: 4,
    name: '专家组、指导小组按时回复率',
    unit: '%',
    method: '本年请会办、已经回复或过期的，在期限内回复的。',
    async count(facts) {
      const { judged, inTime } = await facts.expertHelp()
      return share(inTime, judged)
    },
    evidence: ({ period }) => among('case.list', { scope: 'all', expertFrom: period.from, expertTo: period.to }),
  },
  {
    key: 'visit.coverage',
    no: 4,
    name: '上一周上门服务覆盖率',
    unit: '%',
    method: '上一个整周里应当服务的包保项目中，已经约过企业的（企业谢绝、暂停也算约过）。',
    target: { value: 100, source: '任务分解表第4项：每周开展“进园区、进企业”现场服务，直至环评审批服务完成' },
    async count(facts) {
      const { offered, due } = await coverageOf(facts)
      return share(offered, offered + due)
    },
    evidence: ({ lastWeek }) => among('visit.due', { week: lastWeek }),
  },
  ...windowFigures.map(
    ([part, name, method, input]): Metric => ({
      key: `window.${part}`,
      no: 4,
      name,
      unit: '件',
      method,
      count: async (facts) => ({ value: (await facts.window())[part] }),
      evidence: (facts) => exactly('application.list', { ...input, ...within(facts) }),
    }),
  ),
  {
    key: 'rejection.application',
    no: 4,
    name: '否决事项备案',
    unit: '件',
    method: '本年备案的被否决的申请；不予办理的诉求另外登记，不算在内。',
    count: async (facts) => ({ value: await facts.applicationsRefused() }),
    evidence: (facts) => exactly('rejection.list', { kind: 'application', ...within(facts) }),
  },
  {
    key: 'rejection.reviewed',
    no: 4,
    name: '否决事项备案审查率',
    unit: '%',
    method: '本年备案的被否决的申请中，市局已经审查同意的；要求纠正、还没审查的不算。',
    count: async (facts) => share(await facts.rejectionsAgreed(), await facts.applicationsRefused()),
    evidence: (facts) => among('rejection.list', { kind: 'application', states: ['agreed'], ...within(facts) }),
  },

  {
    key: 'approval.decided',
    no: 5,
    name: '作出环评审批决定',
    unit: '件',
    method: '本年市局和分局作出审批决定（批复或者不予批准）、受理日有登记的台账项目；由上级审批的不算。',
    count: async (facts) => ({ value: (await facts.approvals()).length }),
    evidence: decided,
  },
  {
    key: 'approval.reduction',
    no: 5,
    name: '审批时限平均压缩',
    unit: '%',
    method: `每件：1－用了的工作日÷法定天数（报告书60、报告表30），再求平均。${offDays}`,
    target: { value: 70, source: '任务分解表第5项：所有项目环评审批平均时限压缩70%以上' },
    count: async (facts) => average(await facts.approvals(), ({ usedWorkdays }) => usedWorkdays),
    evidence: decided,
  },
  {
    key: 'approval.reduction.calendar',
    no: 5,
    name: '审批时限平均压缩（按日历日）',
    unit: '%',
    method: '同上，但用了的天数连休息日一起数：法定的“日”是日历日还是工作日，待市局确认。',
    count: async (facts) => average(await facts.approvals(), ({ usedDays }) => usedDays),
    evidence: decided,
  },
  {
    key: 'approval.half',
    no: 5,
    name: '压缩到法定时限50%以内的',
    unit: '%',
    method: '本年作出决定的项目里，用了的工作日不超过法定天数一半的。',
    target: { value: 100, source: '任务分解表第5项：所有项目环评审批时限均压缩到法定时限50%以内' },
    count: async (facts) => shareWithin(await facts.approvals(), 2),
    evidence: decided,
  },
  {
    key: 'approval.third',
    no: 5,
    name: '大型风光电基地、节能降碳改造压缩到三分之一的',
    unit: '%',
    method: '本年作出决定的这两类项目里，用了的工作日不超过法定天数三分之一的。种类以台账里写的为准。',
    target: {
      value: 100,
      source: '任务分解表第5项：大型风光电基地建设、节能降碳改造等重大项目压缩到法定时限的三分之一',
    },
    count: async (facts) =>
      shareWithin(
        (await facts.approvals()).filter(({ greenChannel }) => greenChannel !== null),
        3,
      ),
    evidence: (facts) => ({
      ...decided(facts),
      input: { ...decided(facts).input, isGreenChannel: true },
    }),
  },
  {
    key: 'approval.inTime',
    no: 5,
    name: '在承诺期限内作出决定的',
    unit: '%',
    method: '本年作出决定、有承诺期限的项目里，没有超过承诺期限的。',
    async count(facts) {
      const promised = (await facts.approvals()).filter(({ promisedDueOn }) => promisedDueOn !== null)
      const inTime = promised.filter(({ decidedOn, promisedDueOn }) => (decidedOn ?? '') <= (promisedDueOn ?? ''))
      return share(inTime.length, promised.length)
    },
    evidence: decided,
  },

  {
    key: 'lead.received',
    no: 21,
    name: '收到的超标线索',
    unit: '件',
    method: '本年登记和导入的超标线索，包括查明后不用移交的；举报转来核查的属于第22项，不算。',
    count: async (facts) => ({ value: (await facts.leads()).received }),
    evidence: (facts) => exactly('lead.list', { sources: exceedances, ...within(facts) }),
  },
  {
    key: 'lead.sent',
    no: 21,
    name: '移交属地分局核查的',
    unit: '件',
    method: '本年移交分局现场核查的超标线索。',
    count: async (facts) => ({ value: (await facts.leads()).sent }),
    evidence: (facts) => exactly('lead.list', { sources: exceedances, ...sentWithin(facts) }),
  },
  {
    key: 'lead.answeredInTime',
    no: 21,
    name: '其中按期反馈的',
    unit: '件',
    method: `本年移交的线索中，${leadTerm}；退回补充的，按补充后的反馈算。`,
    count: async (facts) => ({ value: (await facts.leads()).inTime }),
    evidence: (facts) => exactly('lead.list', { sources: exceedances, isInTime: true, ...sentWithin(facts) }),
  },
  {
    key: 'lead.late',
    no: 21,
    name: '其中超期的',
    unit: '件',
    method: '本年移交的线索中，过了期限才反馈的，和过了期限还没有反馈的。',
    count: async (facts) => ({ value: (await facts.leads()).late }),
    evidence: (facts) => exactly('lead.list', { sources: exceedances, isLate: true, ...sentWithin(facts) }),
  },
  {
    key: 'lead.inTime',
    no: 21,
    name: '七日内反馈率',
    unit: '%',
    method: `本年移交、已经反馈或者超期的线索中，${leadTerm}。`,
    target: { value: 100, source: '任务分解表第21项：移交属地分局进行现场核查、监测，七日内完成平台反馈' },
    async count(facts) {
      const { inTime, late } = await facts.leads()
      return share(inTime, inTime + late)
    },
    evidence: (facts) => among('lead.list', { sources: exceedances, ...sentWithin(facts) }),
  },

  {
    key: 'tip.received',
    no: 22,
    name: '收到环境违法行为举报',
    unit: '件',
    method: '本年收到的举报，包括不予受理和移送的。',
    count: async (facts) => ({ value: (await facts.tips()).received }),
    evidence: (facts) => exactly('tip.list', within(facts)),
  },
  {
    key: 'tip.answeredInTime',
    no: 22,
    name: '按期答复是否受理',
    unit: '%',
    method: '本年收到的举报中，15个工作日内（待市局确认）答复是否受理或移送的；还没到期的不计。',
    async count(facts) {
      const { inTime, of } = (await facts.tips()).answered
      return share(inTime, of)
    },
    evidence: (facts) => among('tip.list', within(facts)),
  },
  {
    key: 'tip.concludedInTime',
    no: 22,
    name: '按期办结',
    unit: '%',
    method: '本年收到并受理的举报中，受理后60日内（待市局确认）办结的；还没到期的不计。',
    async count(facts) {
      const { inTime, of } = (await facts.tips()).concluded
      return share(inTime, of)
    },
    evidence: (facts) => among('tip.list', within(facts)),
  },
  {
    key: 'tip.true',
    no: 22,
    name: '查证属实',
    unit: '件',
    method: '本年收到的举报中，查证属实或部分属实的。',
    count: async (facts) => ({ value: (await facts.tips()).true }),
    evidence: (facts) => among('tip.list', { states: ['verified', 'concluded'], ...within(facts) }),
  },
  {
    key: 'tip.priority',
    no: 22,
    name: '列入重点信访事项清单',
    unit: '件',
    method: '本年收到的举报中，现在在重点信访事项清单里的。',
    count: async (facts) => ({ value: (await facts.tips()).priority }),
    evidence: (facts) => exactly('tip.list', { isPriority: true, ...within(facts) }),
  },
  {
    key: 'reward.proposed',
    no: 22,
    name: '认定举报奖励',
    unit: '件',
    method: '本年由奖励经办人认定的举报奖励，包括后来没有批准和撤回的。',
    count: async (facts) => ({ value: (await facts.rewards()).proposed }),
    evidence: (facts) => exactly('reward.list', within(facts)),
  },
  {
    key: 'reward.approved',
    no: 22,
    name: '批准举报奖励',
    unit: '件',
    method: '本年经两名审批人同意的举报奖励。',
    count: async (facts) => ({ value: (await facts.rewards()).approved }),
    evidence: () => among('reward.list', { states: ['approved', 'paying', 'bank', 'paid', 'declined', 'expired'] }),
  },
  {
    key: 'reward.approvedYuan',
    no: 22,
    name: '批准的奖励金额',
    unit: '元',
    method: '本年批准的举报奖励的金额，按资金台账。',
    count: async (facts) => ({ value: (await facts.rewards()).approvedFen / 100 }),
    evidence: (facts) => exactly('money.list', { kind: 'reserved', ...within(facts) }),
  },
  {
    key: 'reward.paid',
    no: 22,
    name: '发放举报奖励',
    unit: '件',
    method: '本年已经到账的举报奖励，微信和银行合计。',
    count: async (facts) => ({ value: (await facts.rewards()).paid }),
    evidence: () => among('reward.list', { states: ['paid'] }),
  },
  {
    key: 'reward.paidYuan',
    no: 22,
    name: '发放的奖励金额',
    unit: '元',
    method: '本年发放的举报奖励的金额，按资金台账，银行退回的已减去。',
    count: async (facts) => ({ value: (await facts.rewards()).paidFen / 100 }),
    evidence: (facts) => exactly('money.list', { kind: 'paid', ...within(facts) }),
  },

  {
    key: 'handover.approvals',
    no: 25,
    name: '进入移交清单的环评批复',
    unit: '件',
    method: '本年各月清单里的批复，撤回的不算。',
    count: async (facts) => ({ value: (await facts.handovers()).approvals }),
    evidence: (facts) => among('handover.list', months(facts)),
  },
  {
    key: 'handover.sent',
    no: 25,
    name: '已向执法移交的月度清单',
    unit: '份',
    method: '本年各月的环评审批项目清单中已经移交的。',
    count: async (facts) => ({ value: (await facts.handovers()).sent }),
    evidence: (facts) => exactly('handover.list', { states: ['sent', 'acknowledged'], ...months(facts) }),
  },
  {
    key: 'handover.acknowledged',
    no: 25,
    name: '月度清单签收率',
    unit: '%',
    method: '本年已经移交的月度清单中，市执法队和有关分局都签收了的。',
    async count(facts) {
      const { acknowledged, sent } = await facts.handovers()
      return share(acknowledged, sent)
    },
    evidence: (facts) => among('handover.list', { states: ['sent', 'acknowledged'], ...months(facts) }),
  },

  {
    key: 'butler.projects',
    no: 36,
    name: '配了首席服务官（项目管家）的重大项目',
    unit: '%',
    method: '包保中的项目里，已指定包保服务专员的。',
    isPresent: true,
    async count(facts) {
      const projects = await underCare(facts)
      return share(projects.filter((project) => project.officerPostId !== null).length, projects.length)
    },
    evidence: () => among('project.list', { isUnderCare: true }),
  },
  {
    key: 'case.received',
    no: 36,
    name: '收到企业诉求',
    unit: '件',
    method: '本年收到的全部诉求，包括上门服务转来的。',
    count: async (facts) => ({ value: await total(facts, ['submitted']) }),
    evidence: (facts) => exactly('case.list', { scope: 'all', ...within(facts) }),
  },
  {
    key: 'case.ended',
    no: 36,
    name: '涉企诉求办结率',
    unit: '%',
    method: '本年收到的诉求中已经办结的（包括企业撤回和依据规定不予办理的）；已答复、等企业确认的还不算。',
    async count(facts) {
      const received = await total(facts, ['submitted'])
      return share(received - (await facts.casesNotEnded()), received)
    },
    evidence: (facts) =>
      among('case.list', { scope: 'all', states: ['closed', 'declined', 'withdrawn'], ...within(facts) }),
  },
  {
    key: 'case.visits',
    no: 36,
    name: '领导干部、项目管家上门服务',
    unit: '次',
    method: '本年已经上门并记录的服务，不含检查。',
    count: async (facts) => ({ value: await facts.visitsHeld() }),
    evidence: heldVisits,
  },
  {
    key: 'case.leaders',
    no: 36,
    name: '其中领导干部进企业',
    unit: '次',
    method: '本年已经上门并记录的服务中，有分局领导或市局领导参加的；岗位按现在的名册。',
    count: async (facts) => ({ value: await facts.leadersVisits() }),
    evidence: heldVisitsAmong,
  },

  {
    key: 'rating.all',
    no: 38,
    name: '收到评价',
    unit: '件',
    method: '本年办结的诉求中企业评价过的。',
    count: async (facts) => ({ value: await total(facts, ratings) }),
    evidence: ({ period }) => among('case.list', { scope: 'all', closedFrom: period.from, closedTo: period.to }),
  },
  {
    key: 'rating.satisfied',
    no: 38,
    name: '满意率',
    unit: '%',
    method: '评价为非常满意、满意、基本满意的。',
    count: async (facts) => share(await total(facts, ['rating3', 'rating4', 'rating5']), await total(facts, ratings)),
    evidence: ({ period }) => among('case.list', { scope: 'all', closedFrom: period.from, closedTo: period.to }),
  },
  {
    key: 'rating.bad',
    no: 38,
    name: '实名差评',
    unit: '件',
    method: '本年收到的实名的不满意、非常不满意评价。',
    count: async (facts) => ({ value: (await facts.badRatings()).length }),
    evidence: (facts) => among('rectification.list', within(facts)),
  },
  {
    key: 'rating.verified',
    no: 38,
    name: '实名差评1个工作日内核实率',
    unit: '%',
    method: '本年的实名差评中，1个工作日内由他人核实的；还没到期的不计。',
    target: allRectified,
    count: async (facts) => keptShare(await facts.badRatings(), facts.today, (row) => row.verifiedOn, 'verifyDueOn'),
    evidence: (facts) => among('rectification.list', within(facts)),
  },
  {
    key: 'rating.putRight',
    no: 38,
    name: '实名差评15个工作日内整改率',
    unit: '%',
    method: '本年的实名差评中，15个工作日内整改的（核实为误评、恶意的，核实即了结）；还没到期的不计。',
    target: allRectified,
    count: async (facts) => keptShare(await facts.badRatings(), facts.today, putRightOn, 'resolveDueOn'),
    evidence: (facts) => among('rectification.list', within(facts)),
  },
  {
    key: 'rating.calledBack',
    no: 38,
    name: '实名差评回访整改率',
    unit: '%',
    method: '本年的实名差评中，已经整改、回访满意而办结的，或者核实为误评、恶意而办结的；还没到整改期限的不计。',
    target: allRectified,
    async count(facts) {
      const judged = (await facts.badRatings()).filter(
        (row) => row.state === 'closed' || row.resolveDueOn < facts.today,
      )
      return share(judged.filter(({ state }) => state === 'closed').length, judged.length)
    },
    evidence: (facts) => among('rectification.list', { states: ['closed'], ...within(facts) }),
  },
  {
    key: 'rating.second',
    no: 38,
    name: '整改回访后再次评价',
    unit: '件',
    method: '本年的实名差评中，整改回访后企业又评价过一次的。',
    count: async (facts) => ({ value: (await facts.badRatings()).filter((row) => row.secondOn !== null).length }),
    evidence: (facts) => among('rectification.list', { isRatedAgain: true, ...within(facts) }),
  },
  {
    key: 'rating.appeals',
    no: 38,
    name: '差评申诉',
    unit: '件',
    method: '本年的实名差评中，被评价人申诉、由市局复核的。',
    count: async (facts) => ({ value: (await facts.badRatings()).filter((row) => row.appealedOn !== null).length }),
    evidence: (facts) => among('rectification.list', { isAppealed: true, ...within(facts) }),
  },
]

/** The share decided within one part in `parts` of the legal time. */
const shareWithin = (rows: readonly Approval[], parts: number) =>
  share(rows.filter(({ usedWorkdays, legalDays }) => usedWorkdays * parts <= legalDays).length, rows.length)

/** The mean of the reductions, with one decimal; null where nothing was decided. */
function average(rows: readonly Approval[], usedOf: (row: Approval) => number): Counted {
  if (rows.length === 0) return { value: null, of: 0 }
  const sum = rows.reduce((total, row) => total + reductionOf(usedOf(row), row.legalDays), 0)
  return { value: Math.round((sum / rows.length) * 10) / 10, of: rows.length }
}

/** Those decided above the bureau are among them. */
function decided({ period }: Facts): Evidence {
  return among('project.list', { decidedFrom: period.from, decidedTo: period.to })
}

function heldVisitsAmong(facts: Facts): Evidence {
  return { ...heldVisits(facts), isExact: false }
}

/** What a metric says for the year asked. */
export async function figureOf(metric: Metric, facts: Facts): Promise<Counted> {
  return metric.isPresent && !facts.isCurrent ? { value: null } : metric.count(facts)
}
