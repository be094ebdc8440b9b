/** 「我的项目怎么办」: classes of projects by everyday words, the questions of a class, and the way that the answers lead to. */
import { z } from 'zod'
import { unitName } from '../people/contract.js'
import { date, districtCode, line, pageOf, paging, query, searchText } from '../wire.js'
import {
  approvalLevels,
  documentTypes,
  pathNatures,
  questionKeys,
  sensitivities,
  situations,
  tracks,
} from './tables.js'

const documentType = z.enum(documentTypes)
const sensitivity = z.enum(sensitivities)
const classCode = line(20)

const found = z.strictObject({ code: z.string(), title: z.string(), group: z.string(), name: z.string() })

const question = z.strictObject({
  key: z.enum(questionKeys),
  title: z.string(),
  why: z.string(),
  /** `class` is answered by a class that `path.classes` finds, `many` by any number of choices, also none. */
  kind: z.enum(['class', 'one', 'many']),
  details: z.array(z.strictObject({ title: z.string(), text: z.string() })),
  choices: z.array(
    z.strictObject({
      value: z.string(),
      title: z.string(),
      hint: z.string().nullable(),
      /** Shown only after one of these answers to `sensitive`; null: always. */
      sensitive: z.array(sensitivity).nullable(),
    }),
  ),
  /** Not asked after this answer to `sensitive`. */
  skippedWhen: sensitivity.nullable(),
})

const reason = z.strictObject({ text: z.string(), quote: z.string().nullable(), source: z.string() })

const way = z.strictObject({
  /** The day from which the dates are counted: as if accepted today. */
  today: date,
  project: found.nullable(),
  /** What was asked and answered, in words. */
  answers: z.array(z.strictObject({ key: z.enum(questionKeys), title: z.string(), answer: z.string() })),
  /** Null where the tables do not say; then `possible` and `unknowns` say what it hangs on. */
  documentType: documentType.nullable(),
  documentName: z.string().nullable(),
  formerName: z.string().nullable(),
  reasons: z.array(reason),
  possible: z.array(z.strictObject({ documentType, documentName: z.string(), when: z.string() })),
  authority: z
    .strictObject({
      /** Any of these; none where nobody has said. */
      levels: z.array(z.enum(approvalLevels)),
      text: z.string(),
      source: z.string(),
      isConfirmed: z.boolean(),
    })
    .nullable(),
  materials: z.strictObject({ items: z.array(z.string()), source: z.string(), note: z.string() }).nullable(),
  promise: z
    .strictObject({
      workdays: z.int(),
      isImmediate: z.boolean(),
      dueOn: date,
      isProvisional: z.boolean(),
      skipped: z.array(z.strictObject({ date, reason: z.string() })),
      source: z.string(),
      note: z.string(),
    })
    .nullable(),
  legal: z
    .strictObject({
      value: z.int(),
      unit: z.enum(['workday', 'day']),
      quote: z.string(),
      note: z.string(),
      source: z.string(),
      dueOn: date,
    })
    .nullable(),
  /** The promised day. */
  dueOn: date.nullable(),
  tracks: z.array(
    z.strictObject({
      track: z.enum(tracks),
      title: z.string(),
      /** Null: only the window can say. */
      applies: z.boolean().nullable(),
      reason: z.string(),
      source: z.string(),
      days: z.int().nullable(),
      dueOn: date.nullable(),
    }),
  ),
  guideIds: z.array(z.string()),
  guides: z.array(z.strictObject({ id: z.string(), code: z.string(), title: z.string() })),
  /** What we do not know, in sentences; `contact` is whom to ask. */
  unknowns: z.array(z.string()),
  contact: z.strictObject({
    unit: unitName,
    phones: z.array(z.strictObject({ name: z.string(), phone: z.string(), source: z.string() })),
  }),
  /** The list of classes that was used. */
  list: z.strictObject({ title: z.string(), effectiveFrom: date, source: z.string(), isConfirmed: z.boolean() }),
})

export const pathContract = {
  'path.classes': query({
    summary: '按平常的叫法、拼音找分类管理名录里的项目类别；不填就按名录的顺序列出',
    input: z.strictObject({ q: searchText.optional(), ...paging }),
    output: pageOf(found).extend({ total: z.int() }),
    example: { q: '喷漆' },
  }),
  'path.questions': query({
    summary: '要问的几个问题（最多六个）：选了项目类别，才知道后面问什么',
    input: z.strictObject({ classCode: classCode.optional() }),
    output: z.strictObject({ project: found.nullable(), most: z.int(), questions: z.array(question) }),
    example: { classCode: '90' },
  }),
  'path.find': query({
    summary: '我的项目怎么办：做哪种环评、谁批、几件材料、几天、哪些快捷通道走得通；不知道的如实说',
    input: z.strictObject({
      classCode,
      sensitive: sensitivity.optional(),
      line: line(10).optional(),
      districtCode,
      nature: z.enum(pathNatures),
      situations: z.array(z.enum(situations)).max(situations.length).default([]),
    }),
    output: way,
    example: { classCode: '53', line: 'f1', districtCode: '210106', nature: 'new', situations: ['major'] },
  }),
}
