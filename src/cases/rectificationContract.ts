/** 差评整改: a bad rating verified, put right, called back on, appealed against, and rated once more. */
import { z } from 'zod'
import { command, date, id, instant, pageOf, paging, prose, query, version } from '../wire.js'
import { caseView, officer, score, unitId } from './shapes.js'

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

const someId = '01970000-0000-7000-8000-000000000002'
const on = { id, version: version.optional() }

export const rectificationContract = {
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
    example: { id: someId },
  }),
  'rectification.verify': command({
    summary: '核实差评',
    input: z.strictObject({ ...on, verdict: z.enum(['founded', 'mistaken', 'malicious']), finding: prose(2000, 2) }),
    output: rectification,
    example: { id: someId, verdict: 'founded', finding: '已电话核实，答复确实没有说清楚。' },
  }),
  'rectification.resolve': command({
    summary: '填写整改措施',
    input: z.strictObject({ ...on, measures: prose(2000, 2) }),
    output: rectification,
    example: { id: someId, measures: '重新答复，并补充材料样表。' },
  }),
  'rectification.callBack': command({
    summary: '回访',
    input: z.strictObject({ ...on, text: prose(2000, 2), isSatisfied: z.boolean() }),
    output: rectification,
    example: { id: someId, text: '企业表示满意。', isSatisfied: true },
  }),
  'rectification.appeal': command({
    summary: '被评价人对差评申诉（一次）',
    input: z.strictObject({ caseId: id, text: prose(2000, 2) }),
    output: caseView,
    example: { caseId: someId, text: '当天已经电话答复，有通话记录。' },
  }),
  'rectification.decideAppeal': command({
    summary: '复核申诉',
    input: z.strictObject({ ...on, isUpheld: z.boolean(), finding: prose(2000, 2) }),
    output: rectification,
    example: { id: someId, isUpheld: false, finding: '通话记录显示没有答复到位。' },
  }),
  'rectification.rateAgain': command({
    summary: '整改回访后再次评价（一次）',
    input: z.strictObject({ caseId: id, score }),
    output: caseView,
    example: { caseId: someId, score: 4 },
  }),
}
