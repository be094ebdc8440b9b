/** The register of refusals (否决事项备案), and canned replies. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { category, unitName } from '../people/contract.js'
import { command, date, id, line, pageOf, paging, prose, query, version } from '../wire.js'
import { rejectionStates } from './rejectionStates.js'
import { unitId } from './shapes.js'

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

const rejectionFilter = {
  kind: z.enum(['application', 'help']).optional(),
  states: z.array(z.enum(rejectionStates)).optional(),
  unitId: unitId.optional(),
  from: date.optional(),
  to: date.optional(),
}

const someId = '01970000-0000-7000-8000-000000000002'
const on = { id, version: version.optional() }

export const registerContract = {
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
    example: { id: someId, isAgreed: false, remark: '依据不对，请重新受理。' },
  }),
  'rejection.correct': command({
    summary: '报告纠正结果',
    input: z.strictObject({ ...on, text: prose(2000, 2) }),
    output: rejection,
    example: { id: someId, text: '已联系企业重新受理。' },
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
