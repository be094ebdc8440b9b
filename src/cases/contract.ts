/** Requests for help: what enterprises and staff do with them. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds as uploads } from '../files/contract.js'
import { category } from '../people/contract.js'
import { command, districtCode, id, instant, line, pageOf, paging, prose, query, version } from '../wire.js'
import { rectificationContract } from './rectificationContract.js'
import { registerContract } from './registerContract.js'
import { caseFilter, caseItem, caseView, score, state, unitId } from './shapes.js'

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
  ...rectificationContract,
  ...registerContract,
}
