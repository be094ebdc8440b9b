/** The window's ledger (窗口工作台账): applications taken in, told once, accepted, decided or refused. */
import { z } from 'zod'
import { enterpriseName, unitName } from '../people/contract.js'
import {
  command,
  creditCode,
  date,
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
import { groundNames } from './grounds.js'
import { applicationStates } from './states.js'

const state = z.enum(applicationStates)
const ground = z.enum(groundNames)
const acceptedHow = z.enum(['complete', 'supplemented', 'deemed'])
const unitId = line(36)
const materialNote = line(200).nullable().optional()

const official = z.strictObject({ name: z.string(), phone: z.string().nullable() })
const material = z.strictObject({
  name: z.string(),
  isPresent: z.boolean(),
  /** 容缺: may come after acceptance. */
  canFollowLater: z.boolean(),
  note: z.string().nullable(),
  cameOn: date.nullable(),
})
const refusal = z.strictObject({ ground, basis: z.string(), reason: z.string(), by: z.string() })

/** What is waited for now; null where nothing is. */
const due = z.strictObject({
  what: z.enum(['check', 'decide']),
  on: date,
  /** Working days left, negative when late. */
  daysLeft: z.int(),
  isOverdue: z.boolean(),
  isProvisional: z.boolean(),
})

const item = z.strictObject({
  id,
  number: z.string(),
  state,
  guide: z.strictObject({ id, title: z.string() }),
  enterprise: enterpriseName,
  project: z.strictObject({ id, name: z.string() }).nullable(),
  unit: unitName,
  receivedOn: date,
  isComplete: z.boolean(),
  missing: z.array(z.string()),
  due: due.nullable(),
  acceptedOn: date.nullable(),
  acceptedHow: acceptedHow.nullable(),
  endedOn: date.nullable(),
  /** Staff only: a refusal waits for a second person. */
  isRefusalPending: z.boolean().optional(),
  version,
})

export const applicationView = item.extend({
  receivedBy: official.nullable(),
  materials: z.array(material),
  wasComplete: z.boolean(),
  noticeDueOn: date,
  /** 一次性告知. */
  notice: z
    .strictObject({ on: date, by: z.string(), items: z.array(z.string()), text: z.string().nullable() })
    .nullable(),
  suppliedOn: date.nullable(),
  promisedWorkdays: z.int().nullable(),
  approvalNumber: z.string().nullable(),
  refusal: refusal.nullable(),
  endNote: z.string().nullable(),
  /** Staff only. */
  pendingRefusal: refusal.extend({ at: instant }).nullable().optional(),
  /** Staff only: why the second person did not agree to refuse it. */
  returnNote: z.string().nullable().optional(),
  /** Staff only: on what grounds it could be refused as it stands, and where each comes from. */
  grounds: z.array(z.strictObject({ ground, source: z.string(), confirmed: z.boolean() })).optional(),
  createdAt: instant,
  can: z.array(z.string()),
})

const someId = '01970000-0000-7000-8000-000000000005'
const act = <S extends z.ZodRawShape>(summary: string, fields: S, example: object) =>
  command({
    summary,
    input: z.strictObject({ id, version: version.optional(), ...fields }),
    output: applicationView,
    example: { id: someId, version: 1, ...example } as never,
  })

export const applicationContract = {
  'application.receive': command({
    summary: '窗口收件：按指南的材料清单逐件核对',
    input: z.strictObject({
      guideId: id,
      enterpriseId: id.optional(),
      /** Of a firm that is not in the software yet. */
      creditCode: creditCode.optional(),
      name: line(100).optional(),
      projectId: id.optional(),
      receivedOn: date.optional(),
      materials: z.array(z.strictObject({ name: line(200), isPresent: z.boolean(), note: materialNote })).max(100),
    }),
    output: applicationView,
    example: {
      guideId: someId,
      enterpriseId: someId,
      materials: [
        { name: '报批申请', isPresent: true },
        { name: '生态环境影响报告表', isPresent: false, note: '缺盖章页' },
      ],
    },
  }),
  'application.list': query({
    summary: '窗口工作台账；企业看到的是本企业的办件',
    input: z.strictObject({
      states: z.array(state).optional(),
      due: z.enum(['soon', 'overdue']).optional().describe('soon：今天或下一个工作日到期；overdue：已超期'),
      unitId: unitId.optional(),
      guideId: id.optional(),
      enterpriseId: id.optional(),
      projectId: id.optional(),
      wasComplete: z.boolean().optional().describe('收件时要件齐全'),
      isNotified: z.boolean().optional().describe('已经一次性告知'),
      acceptedHow: acceptedHow.optional(),
      isRefusalPending: z.boolean().optional().describe('提出否决、等另一人同意（工作人员）'),
      from: date.optional().describe('收件日，从'),
      to: date.optional().describe('收件日，到'),
      q: searchText.optional().describe('办件号，或企业名称的开头'),
      ...paging,
    }),
    output: pageOf(item),
    example: { states: ['received'], limit: 20 },
  }),
  'application.read': query({
    summary: '一个窗口办件',
    input: z.strictObject({ id }),
    output: applicationView,
    example: { id: someId },
  }),
  'application.notify': act(
    '一次性告知要补正的全部内容（只有一次）',
    { text: prose(2000).optional() },
    { text: '报告表缺盖章页，请补盖后一并提交。' },
  ),
  'application.supplement': act(
    '登记补来的材料',
    { names: z.array(line(200)).min(1).max(100), on: date.optional() },
    { names: ['生态环境影响报告表'] },
  ),
  'application.accept': act('受理', { on: date.optional() }, {}),
  'application.decide': act(
    '批准',
    { approvalNumber: line(60, 2), on: date.optional() },
    { approvalNumber: '沈环审〔2026〕1号' },
  ),
  'application.refuse': act(
    '提出不予受理或不予批准（要有依据，另一人同意）',
    { ground, basis: line(200, 4), reason: prose(2000, 2) },
    { ground: 'conditionsUnmet', basis: '生态环境法典第一百零五条', reason: '选址不符合国土空间规划。' },
  ),
  'application.agreeRefusal': act('同意否决，登记备案', {}, {}),
  'application.returnRefusal': act(
    '不同意否决，退回继续办理',
    { text: prose(500, 2) },
    { text: '依据不足，请按要求受理。' },
  ),
  'application.withdraw': act('撤回申请', { text: prose(500).optional() }, { text: '项目暂缓。' }),
}
