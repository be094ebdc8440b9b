/** Handing a month's approvals over to enforcement (审管联动): the lists, and their acknowledgement. */
import { z } from 'zod'
import { unitName } from '../people/contract.js'
import { documentTypes } from '../projects/words.js'
import { command, date, id, instant, line, pageOf, paging, prose, query, version } from '../wire.js'
import { handoverStates } from './states.js'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请填写月份，如 2026-11')

const receipt = z.strictObject({ unit: unitName, by: z.string(), at: instant })
const list = z.strictObject({
  id,
  month: z.string(),
  state: z.enum(handoverStates),
  /** Lines that the reader sees; those taken back are not counted. */
  approvals: z.int(),
  sentAt: instant.nullable(),
  /** Units that have acknowledged, and those that have not. */
  receipts: z.array(receipt),
  awaited: z.array(unitName),
  version,
  can: z.array(z.string()),
})
const handoverLine = z.strictObject({
  id,
  projectName: z.string(),
  firmName: z.string(),
  documentType: z.enum(documentTypes).nullable(),
  approvalNumber: z.string().nullable(),
  approvedOn: date,
  unit: unitName.nullable(),
  withdrawnOn: date.nullable(),
  remarks: z.array(z.strictObject({ unit: z.string(), text: z.string() })),
})

const someId = '01970000-0000-7000-8000-000000000001'

export const handoverContract = {
  'handover.list': query({
    summary: '环评审批项目月度清单：每月移交执法的批复',
    input: z.strictObject({
      states: z.array(z.enum(handoverStates)).optional(),
      fromMonth: month.optional(),
      toMonth: month.optional(),
      /** Only those that wait for the reader's own unit to acknowledge them. */
      awaitsMe: z.boolean().optional(),
      ...paging,
    }),
    output: pageOf(list),
    example: { states: ['sent'] },
  }),
  'handover.read': query({
    summary: '一个月的清单：项目、企业、环评类别、文号、批复日期、单位',
    input: z.strictObject({ id }),
    output: list.extend({ lines: z.array(handoverLine), month: z.string() }),
    example: { id: someId },
  }),
  'handover.send': command({
    summary: '把过完的一个月的清单移交执法',
    input: z.strictObject({ id, version: version.optional() }),
    output: list.extend({ lines: z.array(handoverLine) }),
    example: { id: someId },
  }),
  'handover.acknowledge': command({
    summary: '执法一方签收，可以逐条备注',
    input: z.strictObject({
      id,
      version: version.optional(),
      /** For whoever holds posts in several units. */
      unitId: line(36).optional(),
      remarks: z
        .array(z.strictObject({ lineId: id, text: prose(500) }))
        .max(500)
        .default([]),
    }),
    output: list.extend({ lines: z.array(handoverLine) }),
    example: { id: someId, remarks: [] },
  }),
}
