/** Task forces (专班), their progress meetings (推进会), and what the meetings decided. */
import { z } from 'zod'
import { category, unitName } from '../people/contract.js'
import { command, date, districtCode, id, instant, line, pageOf, paging, prose, query, version } from '../wire.js'
import { decisionStates, issueWays, meetingStates, teamDuties, teamLevels, wordKinds } from './states.js'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填写时间，如 09:30')
const isDistinct = (all: string[]) => new Set(all).size === all.length
const REPEATED = '有重复的，请去掉'
const postIds = z.array(id).max(100).refine(isDistinct, REPEATED)
const projectIds = z.array(id).max(50).refine(isDistinct, REPEATED)
const name = z.strictObject({ id, name: z.string() })
const official = z.strictObject({ postId: id, name: z.string(), title: z.string().nullable(), unit: z.string() })

const team = z.strictObject({
  id,
  level: z.enum(teamLevels),
  unit: unitName,
  name: z.string(),
  isActive: z.boolean(),
  members: z.array(official.extend({ duty: z.enum(teamDuties) })),
  version,
  can: z.array(z.string()),
})

const meetingLine = z.strictObject({
  id,
  state: z.enum(meetingStates),
  team: name,
  unit: unitName,
  onDate: date,
  time: z.string().nullable(),
  place: z.string().nullable(),
  topic: z.string(),
  /** People invited, and once it was held how many came. */
  invited: z.int(),
  present: z.int().nullable(),
  issues: z.int(),
  decisions: z.int(),
  /** Decisions not yet closed. */
  openDecisions: z.int(),
  version,
  can: z.array(z.string()),
})

const decisionView = z.strictObject({
  id,
  meeting: z.strictObject({ id, topic: z.string(), onDate: date }),
  text: z.string(),
  project: name.nullable(),
  responsible: official,
  dueOn: date,
  state: z.enum(decisionStates),
  isOverdue: z.boolean(),
  /** Working days left, negative when overdue; null when nothing is owed. */
  daysLeft: z.int().nullable(),
  reportedOn: date.nullable(),
  closedOn: date.nullable(),
  words: z.array(
    z.strictObject({ id, kind: z.enum(wordKinds), text: z.string(), by: z.string().nullable(), at: instant }),
  ),
  version,
  can: z.array(z.string()),
})

const meetingView = meetingLine.extend({
  summary: z.string().nullable(),
  cancelReason: z.string().nullable(),
  attendance: z.array(official.extend({ isPresent: z.boolean().nullable(), excuse: z.string().nullable() })),
  projects: z.array(name),
  raised: z.array(
    z.strictObject({
      id,
      text: z.string(),
      way: z.enum(issueWays),
      project: name.nullable(),
      case: z.strictObject({ id, number: z.string(), state: z.string() }).nullable(),
      /** Of an issue in the ledger. */
      solvedOn: date.nullable(),
    }),
  ),
  decided: z.array(decisionView),
  recordedAt: instant.nullable(),
})

/** A complaint is not written down by those it may be about: the firm sends it itself. */
const issue = z
  .strictObject({
    /** Made by the phone: sent twice, it is entered once. */
    id,
    text: prose(2000, 2),
    way: z.enum(issueWays),
    projectId: id.optional(),
    category: category.exclude(['complaint']).optional(),
    districtCode: districtCode.optional(),
  })
  .superRefine(({ way, projectId, category: kind }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (way === 'ledger' && projectId === undefined) fault('projectId', '记入台账的要选项目')
    if (way === 'case' && kind === undefined) fault('category', '转为诉求的要选类别')
  })
const decision = z.strictObject({
  id,
  text: prose(1000, 2),
  responsiblePostId: id,
  dueOn: date,
  projectId: id.optional(),
})

const someId = '01970000-0000-7000-8000-000000000001'
const otherId = '01970000-0000-7000-8000-000000000002'

export const taskForceContract = {
  'team.list': query({
    summary: '专班：市局和各分局的，有哪些人',
    input: z.strictObject({ unitId: line(36).optional(), isActive: z.boolean().optional(), ...paging }),
    output: pageOf(team),
    example: { isActive: true },
  }),
  'team.save': command({
    summary: '新增或修改专班和它的成员（按岗位）',
    input: z.strictObject({
      id: id.optional(),
      version: version.optional(),
      level: z.enum(teamLevels),
      /** Of a branch's team. */
      unitId: line(36).optional(),
      name: line(60, 2),
      isActive: z.boolean().default(true),
      members: z.array(z.strictObject({ postId: id, duty: z.enum(teamDuties) })).max(100),
    }),
    output: team,
    example: {
      level: 'branch',
      unitId: 'tiexi',
      name: '铁西分局环评审批服务工作专班',
      members: [{ postId: someId, duty: 'head' }],
    },
  }),
  'meeting.plan': command({
    summary: '安排推进会（带上编号就是改安排）；不写邀请谁，就请专班全体',
    input: z.strictObject({
      teamId: id,
      /** The meeting whose plan is changed, as it was read. */
      id: id.optional(),
      meetingVersion: version.optional(),
      onDate: date,
      time: time.optional(),
      place: line(100).optional(),
      topic: line(200, 2),
      postIds: postIds.optional(),
      projectIds: projectIds.default([]),
    }),
    output: meetingView,
    example: { teamId: someId, onDate: '2026-12-01', time: '09:30', place: '三楼会议室', topic: '重大项目环评推进' },
  }),
  'meeting.record': command({
    summary: '记录推进会：谁到了、议了什么、提出的问题、定下的事（问题和事项带编号，重复提交只记一次）',
    input: z.strictObject({
      id,
      version: version.optional(),
      onDate: date.optional(),
      place: line(100).optional(),
      attendance: z
        .array(z.strictObject({ postId: id, isPresent: z.boolean(), excuse: line(200).optional() }))
        .min(1, '请写明谁到了')
        .max(100)
        .refine((all) => isDistinct(all.map(({ postId }) => postId)), REPEATED),
      projectIds: projectIds.default([]),
      summary: prose(4000, 2),
      issues: z
        .array(issue)
        .max(50)
        .refine((all) => isDistinct(all.map((one) => one.id)), REPEATED)
        .default([]),
      decisions: z
        .array(decision)
        .max(50)
        .refine((all) => isDistinct(all.map((one) => one.id)), REPEATED)
        .default([]),
    }),
    output: meetingView,
    example: {
      id: someId,
      attendance: [{ postId: someId, isPresent: true }],
      summary: '逐个过了在建项目，卡在总量指标的有两个。',
      issues: [{ id: otherId, text: '总量指标没有落实', way: 'case', category: 'assessment' }],
      decisions: [{ id: someId, text: '协调区里调剂总量', responsiblePostId: someId, dueOn: '2026-12-15' }],
    },
  }),
  'meeting.cancel': command({
    summary: '取消推进会',
    input: z.strictObject({ id, version: version.optional(), reason: line(200, 2) }),
    output: meetingView,
    example: { id: someId, reason: '改到下周一起开' },
  }),
  'meeting.list': query({
    summary: '推进会清单',
    input: z.strictObject({
      states: z.array(z.enum(meetingStates)).optional(),
      unitId: line(36).optional(),
      projectId: id.optional(),
      /** Only those at which an issue was raised. */
      hasIssues: z.boolean().optional(),
      from: date.optional(),
      to: date.optional(),
      ...paging,
    }),
    output: pageOf(meetingLine),
    example: { states: ['held'] },
  }),
  'meeting.read': query({
    summary: '一次推进会：到会、议题、问题、决定事项',
    input: z.strictObject({ id }),
    output: meetingView,
    example: { id: someId },
  }),
  'decision.list': query({
    summary: '推进会定下的事',
    input: z.strictObject({
      id: id.optional(),
      scope: z.enum(['mine', 'all']).default('all').describe('mine：由我负责的（包括我替岗的）；all：我能看到的全部'),
      states: z.array(z.enum(decisionStates)).optional(),
      isOverdue: z.boolean().optional(),
      dueFrom: date.optional(),
      dueTo: date.optional(),
      ...paging,
    }),
    output: pageOf(decisionView),
    example: { scope: 'mine', states: ['open'] },
  }),
  'decision.report': command({
    summary: '报进展，或报已办好',
    input: z.strictObject({ id, version: version.optional(), text: prose(2000, 2), isDone: z.boolean() }),
    output: decisionView,
    example: { id: someId, text: '区里已经同意调剂。', isDone: true },
  }),
  'decision.close': command({
    summary: '核销决定事项；不同意的退回再办',
    input: z
      .strictObject({ id, version: version.optional(), agree: z.boolean().default(true), text: prose(1000).optional() })
      .refine(({ agree, text }) => agree || text !== undefined, { path: ['text'], message: '退回要写明原因' }),
    output: decisionView,
    example: { id: someId, agree: true },
  }),
}
