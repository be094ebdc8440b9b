/** Requests for help, their ratings, rectifications, refusals and canned replies. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds as uploads, fileView } from '../files/contract.js'
import { category, enterpriseName, unitName } from '../people/contract.js'
import {
  command,
  date,
  districtCode,
  id,
  instant,
  line,
  pageOf,
  paging,
  prose,
  query,
  searchText,
  version,
} from '../wire.js'
import { rejectionStates } from './rejectionStates.js'
import { caseSources } from './sources.js'
import { caseStates } from './states.js'

const state = z.enum(caseStates)
const review = z.enum(['pending', 'passed', 'held'])
const score = z.int().min(1).max(5)
const skipped = z.strictObject({ date, reason: z.string() })
const unitId = line(36)

/** Working days only; the client shows it and never calculates. */
const clock = z.strictObject({
  startedOn: date,
  dueOn: date,
  workdays: z.int(),
  used: z.int(),
  isPaused: z.boolean(),
  /** The calendar of a year on the way has not been announced. */
  isProvisional: z.boolean(),
  isOverdue: z.boolean(),
  overdueBy: z.int(),
  skipped: z.array(skipped),
})
const officer = z.strictObject({ postId: id, name: z.string(), phone: z.string().nullable() })
const actorView = z.strictObject({
  kind: z.enum(['enterprise', 'officer', 'system']),
  name: z.string(),
  unit: z.string().nullable(),
})
/** What the enterprise sees done, as the timeline names it; the service's own closing is a `case.close` too. */
export const timelineVerbs = [
  'case.submit',
  'case.sign',
  'case.askMore',
  'case.supply',
  'case.urge',
  'case.transfer',
  'case.assign',
  'case.agreeExtension',
  'case.answer',
  'case.agreeDecline',
  'case.withdraw',
  'case.close',
  'case.rate',
  'case.reopen',
] as const
/** What happens among staff only. */
export const noteVerbs = [
  'case.note',
  'case.assign',
  'case.assist',
  'case.assistReply',
  'case.extend',
  'case.decline',
  'case.release',
  'case.proposeQuestion',
] as const
const entry = z.strictObject({
  id,
  verb: z.enum(timelineVerbs),
  at: instant,
  actor: actorView,
  /** Null while the content check keeps it back from this reader. */
  text: z.string().nullable(),
  isHeld: z.boolean(),
  files: z.array(fileView),
})
const note = z.strictObject({ id, verb: z.enum(noteVerbs), at: instant, actor: actorView, text: z.string() })
const rating = z.strictObject({ score, text: z.string().nullable(), at: instant })
const pending = z.strictObject({ reason: z.string(), by: z.string(), at: instant })

export const caseView = z.strictObject({
  id,
  number: z.string(),
  state,
  review,
  source: z.enum(caseSources),
  category,
  title: z.string(),
  text: z.string(),
  enterprise: enterpriseName.nullable(),
  project: z.strictObject({ id, name: z.string() }).nullable(),
  guide: z.strictObject({ id, title: z.string() }).nullable(),
  visitId: id.nullable(),
  districtCode: z.string().nullable(),
  unit: unitName.nullable(),
  /** Who acts today: the officer, or the stand-in. */
  officer: officer.nullable(),
  standInFor: z.strictObject({ name: z.string() }).nullable(),
  clock,
  signDueOn: date,
  createdAt: instant,
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** While answered: it closes by itself after this day. */
  closesOn: date.nullable(),
  /** Urged already: the day from which it can be urged again. */
  urgeAgainOn: date.nullable(),
  timeline: z.array(entry),
  rating: rating.nullable(),
  files: z.array(fileView),
  /** Staff only. */
  contact: z.strictObject({ name: z.string().nullable(), phone: z.string().nullable() }).optional(),
  notes: z.array(note).optional(),
  assisting: z
    .array(
      z.strictObject({
        unit: unitName,
        since: instant,
        repliedAt: instant.nullable(),
        /** Of an expert group: the last day for its reply, and whether that is past without one. */
        dueOn: date.nullable(),
        isLate: z.boolean(),
      }),
    )
    .optional(),
  pendingExtension: pending.extend({ workdays: z.int() }).nullable().optional(),
  pendingDecline: pending.extend({ basis: z.string() }).nullable().optional(),
  /** The second rating, after a bad one was put right and called back on. */
  secondRating: z.strictObject({ score, on: date }).optional(),
  /** Only for whom a bad rating is about: until when they may say something against it, or what they said. */
  appeal: z
    .strictObject({
      untilOn: date,
      said: z
        .strictObject({
          text: z.string(),
          on: date,
          dueOn: date,
          result: z.enum(['upheld', 'dismissed']).nullable(),
          finding: z.string().nullable(),
        })
        .nullable(),
    })
    .optional(),
  /** Where a bad rating of this closing is put right, for staff who may read that. */
  rectificationId: id.optional(),
  extensions: z.int(),
  version,
  can: z.array(z.string()),
})

export const caseItem = z.strictObject({
  id,
  number: z.string(),
  state,
  review,
  source: z.enum(caseSources),
  category,
  title: z.string(),
  enterprise: z.strictObject({ id, name: z.string() }).nullable(),
  project: z.strictObject({ id, name: z.string() }).nullable(),
  unit: unitName.nullable(),
  officer: z.strictObject({ postId: id, name: z.string() }).nullable(),
  standInFor: z.strictObject({ name: z.string() }).nullable(),
  createdAt: instant,
  dueOn: date,
  /** Working days left, negative when overdue; null when nothing is owed. */
  daysLeft: z.int().nullable(),
  isOverdue: z.boolean(),
  /** Whether the answer came in time; null while one is owed, and where none was given. */
  isInTime: z.boolean().nullable(),
  isPaused: z.boolean(),
  isProvisional: z.boolean(),
  rating: score.nullable(),
  version,
})

export const caseFilter = {
  scope: z
    .enum(['mine', 'todo', 'assisting', 'unit', 'all'])
    .default('all')
    .describe(
      'mine：我或我的企业提的；todo：由我承办、还没有答复的，企业则是等我补充的和已答复还没有评价的；' +
        'assisting：请本单位会办、还没有回复的；unit：本单位的；all：我能看到的全部',
    ),
  states: z.array(state).optional(),
  due: z.enum(['soon', 'today', 'overdue']).optional(),
  unitId: unitId.optional(),
  /** Only what nobody has yet: the supervisor's pool. */
  isUnassigned: z.boolean().optional(),
  officerId: id.optional(),
  enterpriseId: id.optional(),
  projectId: id.optional(),
  districtCode: districtCode.optional(),
  category: category.optional(),
  rating: score.optional(),
  rated: z.boolean().optional().describe('本次办结有没有评价；没有评价的（false）只列本人和本企业的'),
  source: z.enum(caseSources).optional(),
  expertFrom: date.optional().describe('请专家组、指导小组会办的，从哪天起'),
  expertTo: date.optional(),
  expert: z
    .enum(['waiting', 'late', 'replied'])
    .optional()
    .describe('专家组、指导小组：waiting 等回复，late 过期未回复，replied 已回复'),
  pending: z.enum(['extension', 'decline']).optional().describe('等我同意的：extension 延期，decline 不予办理'),
  review: review.optional(),
  from: date.optional(),
  to: date.optional(),
  answeredFrom: date.optional(),
  answeredTo: date.optional(),
  closedFrom: date.optional(),
  closedTo: date.optional(),
  q: searchText.optional(),
}

/** What the rated said against a bad rating, and what the bureau decided. */
const appeal = z.strictObject({
  text: z.string(),
  on: date,
  dueOn: date,
  result: z.enum(['upheld', 'dismissed']).nullable(),
  finding: z.string().nullable(),
  decidedOn: date.nullable(),
})

const rectification = z.strictObject({
  id,
  case: z.strictObject({ id, number: z.string(), title: z.string() }),
  state: z.enum(['assigned', 'verified', 'resolved', 'closed']),
  score,
  text: z.string().nullable(),
  ratedOfficer: z.string().nullable(),
  handler: officer.nullable(),
  createdAt: instant,
  verifyDueOn: date,
  resolveDueOn: date,
  verdict: z.enum(['founded', 'mistaken', 'malicious']).nullable(),
  finding: z.string().nullable(),
  verifiedOn: date.nullable(),
  measures: z.string().nullable(),
  resolvedOn: date.nullable(),
  callBack: z.string().nullable(),
  calledBackOn: date.nullable(),
  isSatisfied: z.boolean().nullable(),
  appeal: appeal.nullable(),
  secondScore: score.nullable(),
  secondOn: date.nullable(),
  version,
  can: z.array(z.string()),
})

const titled = z.strictObject({ id, number: z.string(), title: z.string() })
const rejection = z.strictObject({
  id,
  kind: z.enum(['application', 'help']),
  state: z.enum(rejectionStates),
  case: titled.nullable(),
  /** The application at the window; null where it was not taken in with the software. */
  application: titled.nullable(),
  enterprise: z.strictObject({ id, name: z.string() }).nullable(),
  unit: unitName.nullable(),
  basis: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  agreedBy: z.string(),
  registeredOn: date,
  /** What the bureau said when it looked at it. */
  review: z.strictObject({ by: z.string(), on: date, remark: z.string().nullable() }).nullable(),
  /** What the branch did about it, where it was asked to. */
  correction: z.strictObject({ by: z.string(), on: date, text: z.string() }).nullable(),
  version,
  can: z.array(z.string()),
})

const reply = z.strictObject({
  id,
  unitId: z.string().nullable(),
  category: category.nullable(),
  title: z.string(),
  text: z.string(),
  isActive: z.boolean(),
  version,
})

const caseId = '01970000-0000-7000-8000-000000000002'
const postId = '01970000-0000-7000-8000-000000000003'
const on = { id, version: version.optional() }
const fileIds = uploads.default([])
const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ ...on, ...fields }),
    output: caseView,
    example: { id: caseId, version: 1, ...example } as never,
  })

const rejectionFilter = {
  kind: z.enum(['application', 'help']).optional(),
  states: z.array(z.enum(rejectionStates)).optional(),
  unitId: unitId.optional(),
  from: date.optional(),
  to: date.optional(),
}

export const caseContract = {
  'case.submit': command({
    summary: '提交诉求',
    input: z.strictObject({
      category,
      title: line(100, 2),
      text: prose(5000, 2),
      enterpriseId: id.optional(),
      projectId: id.optional(),
      guideId: id.optional(),
      /** The place of the matter, if it is not the enterprise's own district. */
      districtCode: districtCode.optional(),
      fileIds,
      /** For a complaint: whom it is about. */
      aboutUnitId: unitId.optional(),
      aboutPostId: id.optional(),
      aboutNobody: z.boolean().optional().describe('投诉不针对任何人；不填时，项目上的投诉视为针对它的包保服务专员'),
    }),
    output: caseView,
    example: {
      category: 'procedure',
      title: '报告表要准备什么',
      text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？',
      districtCode: '210106',
    },
  }),
  'case.similar': query({
    summary: '提交前看看有没有办理中的类似诉求',
    mayCarryBody: true,
    input: z.strictObject({ title: line(100), text: prose(5000).optional(), enterpriseId: id.optional() }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({ id, number: z.string(), title: z.string(), state, createdAt: instant, likeness: z.number() }),
      ),
    }),
    example: { title: '报告表要准备什么' },
  }),
  'case.list': query({
    summary: '诉求清单',
    mayCarryBody: true,
    input: z.strictObject({ ...caseFilter, ...paging }),
    output: pageOf(caseItem),
    example: { scope: 'todo', states: ['assigned', 'handling'], limit: 20 },
  }),
  'case.counts': query({
    summary: '手上的诉求各有几件',
    input: z.strictObject({}),
    output: z.strictObject({
      todo: z.int(),
      overdue: z.int(),
      today: z.int(),
      assigned: z.int(),
      waiting: z.int(),
      assisting: z.int(),
      rectifications: z.int().describe('还没有办结的差评整改'),
    }),
    example: {},
  }),
  'case.export': command({
    summary: '把筛选出的诉求导出成 Excel',
    input: z.strictObject(caseFilter),
    output: excelRun,
    example: { scope: 'all', from: '2026-11-01', to: '2026-11-30' },
  }),
  'case.read': query({ summary: '一件诉求', input: z.strictObject({ id }), output: caseView, example: { id: caseId } }),
  'case.supply': act('企业补充', { text: prose(5000), fileIds }, { text: '已补充厂区平面图。' }),
  'case.urge': act('催办（每个工作日一次）', { text: prose(500).optional() }, { text: '麻烦尽快答复。' }),
  'case.withdraw': act('撤回', { text: prose(500).optional() }, { text: '问题已经解决。' }),
  'case.close': act('确认办结', {}, {}),
  'case.rate': act('评价（每次办结一次）', { score, text: prose(1000).optional() }, { score: 5, text: '答得清楚。' }),
  'case.reopen': act('重新提起（办结后15日内）', { text: prose(5000) }, { text: '答复里没有说排污许可要不要先办。' }),
  'case.sign': act('签收', {}, {}),
  'case.askMore': act('请企业补充（期间不计时）', { text: prose(5000), fileIds }, { text: '请补充厂区平面图。' }),
  'case.answer': act('答复', { text: prose(5000, 2), fileIds }, { text: '报告表审批需要两件材料：申请书和报告表。' }),
  'case.note': act('内部记录（企业看不到）', { text: prose(5000) }, { text: '已电话联系企业。' }),
  'case.transfer': act(
    '转办',
    { unitId, officerId: id.optional(), reason: prose(500, 2) },
    { unitId: 'hunnan', reason: '项目在浑南区。' },
  ),
  'case.assist': act('请其他单位会办', { unitId, text: prose(2000, 2) }, { unitId: 'water', text: '请看看排水去向。' }),
  'case.assistReply': act('会办意见（内部）', { text: prose(5000, 2) }, { text: '可以接入园区污水厂。' }),
  'case.proposeQuestion': act(
    '建议列入指南的常见问题（不写企业和个人）',
    { guideId: id, question: prose(500, 2), answer: prose(2000, 2) },
    { guideId: caseId, question: '总量指标从哪里来？', answer: '由区里调剂，先向分局提出。' },
  ),
  'case.extend': act(
    '申请延期',
    { workdays: z.int().min(1), reason: prose(500, 2) },
    { workdays: 5, reason: '需要现场踏勘。' },
  ),
  'case.agreeExtension': act(
    '同意或不同意延期',
    { agree: z.boolean().default(true), text: prose(500).optional() },
    { agree: true },
  ),
  'case.decline': act(
    '提出不予办理（要有依据，另一人同意）',
    { basis: line(200, 4), reason: prose(2000, 2) },
    { basis: '《信访工作条例》', reason: '不属于生态环境部门职责，请向市场监管部门反映。' },
  ),
  'case.agreeDecline': act(
    '同意或不同意不予办理',
    { agree: z.boolean().default(true), text: prose(500).optional() },
    { agree: true },
  ),
  'case.assign': act(
    '指派承办人',
    { officerId: id, reason: prose(500).optional() },
    { officerId: postId, reason: '专业对口。' },
  ),
  'case.release': act(
    '放行内容检查未通过或未完成的内容',
    { isAllowed: z.boolean().default(true) },
    { isAllowed: true },
  ),
  'rectification.list': query({
    summary: '差评整改清单',
    input: z.strictObject({
      states: z.array(z.enum(['assigned', 'verified', 'resolved', 'closed'])).optional(),
      unitId: unitId.optional(),
      isOverdue: z.boolean().optional(),
      isAppealed: z.boolean().optional(),
      isRatedAgain: z.boolean().optional(),
      from: date.optional(),
      to: date.optional(),
      ...paging,
    }),
    output: pageOf(rectification),
    example: { states: ['assigned'] },
  }),
  'rectification.read': query({
    summary: '一件差评整改',
    input: z.strictObject({ id }),
    output: rectification,
    example: { id: caseId },
  }),
  'rectification.verify': command({
    summary: '核实差评',
    input: z.strictObject({ ...on, verdict: z.enum(['founded', 'mistaken', 'malicious']), finding: prose(2000, 2) }),
    output: rectification,
    example: { id: caseId, verdict: 'founded', finding: '已电话核实，答复确实没有说清楚。' },
  }),
  'rectification.resolve': command({
    summary: '填写整改措施',
    input: z.strictObject({ ...on, measures: prose(2000, 2) }),
    output: rectification,
    example: { id: caseId, measures: '重新答复，并补充材料样表。' },
  }),
  'rectification.callBack': command({
    summary: '回访',
    input: z.strictObject({ ...on, text: prose(2000, 2), isSatisfied: z.boolean() }),
    output: rectification,
    example: { id: caseId, text: '企业表示满意。', isSatisfied: true },
  }),
  'rectification.appeal': command({
    summary: '被评价人对差评申诉（一次）',
    input: z.strictObject({ caseId: id, text: prose(2000, 2) }),
    output: caseView,
    example: { caseId, text: '当天已经电话答复，有通话记录。' },
  }),
  'rectification.decideAppeal': command({
    summary: '复核申诉',
    input: z.strictObject({ ...on, isUpheld: z.boolean(), finding: prose(2000, 2) }),
    output: rectification,
    example: { id: caseId, isUpheld: false, finding: '通话记录显示没有答复到位。' },
  }),
  'rectification.rateAgain': command({
    summary: '整改回访后再次评价（一次）',
    input: z.strictObject({ caseId: id, score }),
    output: caseView,
    example: { caseId, score: 4 },
  }),
  'rejection.list': query({
    summary: '否决事项备案',
    input: z.strictObject({ ...rejectionFilter, ...paging }),
    output: pageOf(rejection),
    example: { kind: 'help' },
  }),
  'rejection.review': command({
    summary: '审查备案：同意，或要求纠正',
    input: z.strictObject({ ...on, isAgreed: z.boolean(), remark: prose(1000, 2).optional() }),
    output: rejection,
    example: { id: caseId, isAgreed: false, remark: '依据不对，请重新受理。' },
  }),
  'rejection.correct': command({
    summary: '报告纠正结果',
    input: z.strictObject({ ...on, text: prose(2000, 2) }),
    output: rejection,
    example: { id: caseId, text: '已联系企业重新受理。' },
  }),
  'rejection.export': command({
    summary: '把否决事项备案导出成 Excel',
    input: z.strictObject(rejectionFilter),
    output: excelRun,
    example: { from: '2026-01-01', to: '2026-11-30' },
  }),
  'reply.list': query({
    summary: '常用答复',
    input: z.strictObject({ category: category.optional() }),
    output: z.strictObject({ items: z.array(reply) }),
    example: { category: 'procedure' },
  }),
  'reply.save': command({
    summary: '新增或修改常用答复',
    input: z.strictObject({
      id: id.optional(),
      version: version.optional(),
      unitId: unitId.nullable().optional(),
      category: category.nullable().optional(),
      title: line(60),
      text: prose(5000),
      isActive: z.boolean().default(true),
    }),
    output: reply,
    example: { title: '请补充平面图', text: '您好，请补充厂区平面图，谢谢。' },
  }),
}
