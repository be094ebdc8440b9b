/** 环评审批服务单: issuing it, reading it, confirming its receipt, and binding a firm to the project by its code. */
import { z } from 'zod'
import { fileView } from '../files/contract.js'
import { enterpriseName, membershipState } from '../people/contract.js'
import { command, date, id, instant, line, pageOf, paging, query, version } from '../wire.js'
import { bindStates } from './states.js'

const bindState = z.enum(bindStates)
const sourced = z.strictObject({ text: z.string(), source: z.string() })

/** What stands on the sheet, as it stood on the day of issue. */
export const sheetContent = z.strictObject({
  project: z.strictObject({
    name: z.string(),
    code: z.string().nullable(),
    builder: z.string(),
    place: z.string().nullable(),
    scale: z.string().nullable(),
  }),
  /** Null while it has not been judged which document the project needs. */
  document: z
    .strictObject({
      title: z.string(),
      /** 设定依据, in force on the day of issue. */
      basis: z.string().nullable(),
      authority: z.string(),
    })
    .nullable(),
  windows: z.array(z.strictObject({ name: z.string(), detail: z.string() })),
  materials: z.array(z.strictObject({ name: z.string(), detail: z.string() })),
  /** Promised beside legal time; dates as if taken in on `from`. */
  times: z
    .strictObject({
      promise: z.string(),
      legal: z.string(),
      from: date.nullable(),
      promisedOn: date.nullable(),
      isProvisional: z.boolean(),
    })
    .nullable(),
  steps: z.array(z.strictObject({ name: z.string(), who: z.string(), clock: z.string(), limit: z.string() })),
  tracks: z.array(z.strictObject({ title: z.string(), reason: z.string() })),
  duty: z.string(),
  measures: z.array(sourced),
  officers: z.array(
    z.strictObject({
      place: z.string(),
      name: z.string().nullable(),
      title: z.string().nullable(),
      unit: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  complaints: z.array(z.strictObject({ name: z.string(), phone: z.string() })),
  reminders: z.array(z.string()),
  /** What the officer adds for this project. */
  note: z.string().nullable(),
  /** 服务包: policies, samples and questions beside the sheet; null where only the sheet was issued. */
  package: z
    .strictObject({
      policies: z.array(z.strictObject({ title: z.string(), text: z.string(), source: z.string() })),
      samples: z.array(z.strictObject({ name: z.string(), note: z.string() })),
      questions: z.array(z.strictObject({ q: z.string(), a: z.string() })),
    })
    .nullable(),
})
export type SheetContent = z.infer<typeof sheetContent>

const sheet = z.strictObject({
  id,
  projectId: id,
  number: z.string(),
  edition: z.int(),
  issuedOn: date,
  issuedBy: z.strictObject({ postId: id, name: z.string() }).nullable(),
  content: sheetContent,
  /** Null for the moment in which it is being drawn. */
  file: fileView.nullable(),
  isCurrent: z.boolean(),
  /** The code printed on it, for whoever may hand the sheet out. */
  code: z
    .strictObject({ text: z.string().nullable(), expiresOn: date, state: z.enum(['valid', 'expired', 'revoked']) })
    .nullable(),
  receivedAt: instant.nullable(),
  version,
  can: z.array(z.string()),
})

const bind = z.strictObject({
  id,
  state: bindState,
  project: z.strictObject({ id, name: z.string(), builderName: z.string() }),
  enterprise: enterpriseName,
  /** False while the firm's name is only what somebody who asked to join has said. */
  isNameConfirmed: z.boolean(),
  /** Where whoever asked stands in the firm now; null once they were erased. */
  membership: membershipState.nullable(),
  /** Masked: 张*. */
  person: z.string().nullable(),
  askedAt: instant,
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  version,
  can: z.array(z.string()),
})
const someId = '01970000-0000-7000-8000-000000000001'
/** As printed, in any spelling: blanks, dashes and small letters do not matter. */
const code = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[0-9A-Z]{12}$/, '服务单编码是12位字母和数字'))

export const serviceSheetContract = {
  'project.issueSheet': command({
    summary: '出具环评审批服务单（再出具为新的一版，旧编码作废）',
    input: z.strictObject({
      id,
      version: version.optional(),
      note: line(300).optional(),
      /** 服务包: with policies, samples and questions. */
      withPackage: z.boolean().default(false),
    }),
    output: sheet,
    example: { id: someId, withPackage: true },
  }),
  'project.sheet': query({
    summary: '项目的环评审批服务单（不填版次则为最新一版）',
    input: z.strictObject({ id, edition: z.int().min(1).optional() }),
    output: z.strictObject({
      /** Null where none has been issued. */
      sheet: sheet.nullable(),
      editions: z.array(
        z.strictObject({ edition: z.int(), number: z.string(), issuedOn: date, isReceived: z.boolean() }),
      ),
      can: z.array(z.string()),
    }),
    example: { id: someId },
  }),
  'project.receiveSheet': command({
    summary: '企业确认收到服务单',
    input: z.strictObject({ id, edition: z.int().min(1) }),
    output: sheet,
    example: { id: someId, edition: 1 },
  }),
  'project.revokeCode': command({
    summary: '作废服务单上的绑定编码（丢了、给错了人）',
    input: z.strictObject({ id, version: version.optional() }),
    output: sheet,
    example: { id: someId },
  }),
  'project.codeOf': query({
    summary: '服务单编码对应哪个项目',
    input: z.strictObject({ code }),
    output: z.strictObject({
      project: z.strictObject({ name: z.string(), builderName: z.string() }),
      number: z.string(),
      issuedOn: date,
    }),
    example: { code: 'K7M4-Q2WX-3RTY' },
    mayCarryBody: true,
  }),
  'project.bind': command({
    summary: '凭服务单编码申请把企业和项目绑定（包保专员确认后生效）',
    input: z.strictObject({ code, enterpriseId: id }),
    output: bind,
    example: { code: 'K7M4-Q2WX-3RTY', enterpriseId: someId },
  }),
  'project.binds': query({
    summary: '绑定申请：企业看自己提的，工作人员看自己项目的',
    input: z.strictObject({ projectId: id.optional(), state: z.array(bindState).optional(), ...paging }),
    output: pageOf(bind),
    example: { state: ['pending'] },
  }),
  'project.confirmBind': command({
    summary: '确认这家企业就是项目的建设单位',
    input: z.strictObject({ id, version: version.optional() }),
    output: bind,
    example: { id: someId },
  }),
  'project.refuseBind': command({
    summary: '不同意绑定',
    input: z.strictObject({ id, version: version.optional(), reason: line(200) }),
    output: bind,
    example: { id: someId, reason: '建设单位名称不一致，请核对' },
  }),
}
