/**
 * What one guide of the 办事不找关系指南 says: the shape that seeds, the editor, the
 * search index and the mini-program share. It holds zod alone, so that the mini-program
 * can take its types without taking the server.
 */
import { z } from 'zod'

/** Shown to the reader in place of, or beside, whatever nobody has confirmed. */
export const UNCONFIRMED_LABEL = '以窗口公布为准'

const short = z.string().min(1).max(200)
const long = z.string().min(1).max(2000)
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const lawId = z.string().regex(/^[a-z0-9-]{2,60}$/)
const code = z.string().regex(/^[A-Z0-9-]{3,40}$/)

/** 事项类型, in the words of the list of powers. */
export const GuideKind = z.enum(['许可', '备案', '其他权力', '公共服务'])
export type GuideKind = z.infer<typeof GuideKind>

/** Who decides: the province, the city bureau, or a branch in the district. */
export const GuideLevel = z.enum(['province', 'city', 'district'])
export type GuideLevel = z.infer<typeof GuideLevel>

/** `day` is 「日」 as the law writes it, `workday` is 「工作日」: never turned into one another. */
export const LimitUnit = z.enum(['workday', 'day'])
export type LimitUnit = z.infer<typeof LimitUnit>

/** A legal text with its dates of force; one file of `seeds/law/` each. */
export const LawText = z.strictObject({
  id: lawId,
  title: short,
  issuer: short.optional(),
  documentNumber: short.optional(),
  /** Articles whose subject is known, by number as cited. */
  articles: z.array(z.strictObject({ article: short, subject: short })).max(200),
  effectiveFrom: isoDate,
  /** The last day in force. */
  effectiveTo: isoDate.optional(),
  replacedBy: lawId.optional(),
  source: long,
  /** True when title and dates were read in a public copy; false when they were not. */
  confirmed: z.boolean(),
  note: long.optional(),
})
export type LawText = z.infer<typeof LawText>

/**
 * 设定依据. `primary` is what the decision stands on today, `supporting` adds to it,
 * `former` is a repealed text kept for what was done before (生态环境法典 1057).
 */
export const GuideBasis = z.strictObject({
  role: z.enum(['primary', 'supporting', 'former']),
  lawId,
  article: short,
  quote: long.optional(),
  note: long.optional(),
})
export type GuideBasis = z.infer<typeof GuideBasis>

/** A condition or a ground of refusal, with the article it comes from. */
export const GuideClause = z.strictObject({ text: long, source: short.optional() })
export type GuideClause = z.infer<typeof GuideClause>

export const GuideMaterial = z.strictObject({
  name: short,
  form: z.enum(['original', 'copy', 'electronic']),
  copies: z.number().int().min(0).max(99),
  /** Where the applicant gets it. */
  source: short,
  /** Why the authority needs it. */
  why: long,
  sampleNote: long.optional(),
  /** 容缺: may be handed in after acceptance. */
  canFollowLater: z.boolean().optional(),
  /** 电子证照免交. */
  exemptByLicence: z.boolean().optional(),
})
export type GuideMaterial = z.infer<typeof GuideMaterial>

/** One of the two is there: the rule's own words, and what we say of them or in their place. */
const words = { quote: long.optional(), note: long.optional() }

export const GuideLimit = z.strictObject({
  value: z.number().int().min(1).max(999),
  unit: LimitUnit,
  ...words,
})
export type GuideLimit = z.infer<typeof GuideLimit>

export const GuideStep = z.strictObject({
  name: short,
  who: z.enum(['enterprise', 'window', 'bureau', 'expert']),
  /** Whether the promised time runs: `configured` when practice differs and the bureau decides. */
  clock: z.enum(['runs', 'off', 'configured']),
  limit: GuideLimit.optional(),
  note: long,
})
export type GuideStep = z.infer<typeof GuideStep>

/** 法定时限: without `value` where the law gives none, and `note` then says so. */
export const GuideLegal = z.strictObject({
  value: z.number().int().min(1).max(999).optional(),
  unit: LimitUnit.optional(),
  ...words,
  source: short,
})
export type GuideLegal = z.infer<typeof GuideLegal>

/** 承诺时限 in working days; without `workdays` where the bureau has published none. */
export const GuidePromise = z.strictObject({
  workdays: z.number().int().min(1).max(999).optional(),
  /** 即来即办: decided at the window. */
  isImmediate: z.boolean(),
  confirmed: z.boolean(),
  note: long.optional(),
})
export type GuidePromise = z.infer<typeof GuidePromise>

export const GuideChannel = z.strictObject({
  kind: z.enum(['online', 'window', 'phone']),
  name: short,
  url: z.url().max(300).optional(),
  address: short.optional(),
  phone: short.optional(),
  hours: short.optional(),
  note: long.optional(),
})
export type GuideChannel = z.infer<typeof GuideChannel>

/** One line of 「什么情况走哪条路」, for guides that lead to others. */
export const GuideWay = z.strictObject({ when: long, answer: long, guideCode: code.optional() })
export type GuideWay = z.infer<typeof GuideWay>

/** Every field of a guide, without the rules that tie fields together: what a draft may hold in part. */
export const GuideContentFields = z.strictObject({
  code,
  title: short,
  /** Everyday and former names people search by. */
  aliases: z.array(short).max(60),
  topic: short,
  kind: GuideKind,
  level: GuideLevel,
  /** 实施主体 and 承办处室或分局. */
  authority: z.strictObject({ name: short, unit: short, note: long.optional() }),
  /** Who needs it and what for, in a sentence or two. */
  summary: long,
  basis: z.array(GuideBasis).max(30),
  conditions: z.array(GuideClause).max(30),
  /** 不予批准情形. */
  refusals: z.array(GuideClause).max(30),
  materials: z.array(GuideMaterial).max(40),
  steps: z.array(GuideStep).max(30),
  legal: GuideLegal,
  promise: GuidePromise,
  fee: z.strictObject({ text: long, source: short.optional() }),
  channels: z.array(GuideChannel).max(20),
  result: z.strictObject({ name: short, delivery: long }),
  validity: z.strictObject({ text: long, source: short.optional() }),
  ways: z.array(GuideWay).max(40).optional(),
  faq: z.array(z.strictObject({ q: long, a: long, source: short.optional() })).max(40),
  rejectionReasons: z.array(long).max(30),
  hotlines: z.array(z.strictObject({ name: short, phone: short, source: short })).max(10),
  /** 不找关系提示. */
  noConnections: z.array(long).max(10),
  /** Codes of guides that usually come before or after. */
  related: z.array(code).max(20),
  /** Paths (`promise.workdays`, `materials[1].name`) that are shown as 「以窗口公布为准」. */
  unconfirmed: z.array(z.strictObject({ field: short, note: long })).max(60),
})
export type GuideContentFields = z.infer<typeof GuideContentFields>

/** A field path as its parts: `materials[1].name` → `['materials', 1, 'name']`. */
export function fieldParts(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) =>
    index === undefined ? (name as string) : Number(index),
  )
}

/** Says whether `path` points at a place of `content`; the last name may be a field left out. */
function pointsIntoContent(content: object, path: string): boolean {
  const parts = fieldParts(path)
  if (parts.length === 0 || !Object.hasOwn(GuideContentFields.shape, parts[0] as string)) return false
  let here: unknown = content
  for (const part of parts.slice(0, -1)) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return false
    here = (here as Record<string | number, unknown>)[part]
  }
  const last = parts.at(-1)
  return typeof last === 'number'
    ? Array.isArray(here) && last < here.length
    : typeof here === 'object' && here !== null
}

/** Says whether `path`, or a field that contains it, is listed as unconfirmed. */
export function isUnconfirmed(content: Pick<GuideContentFields, 'unconfirmed'>, path: string): boolean {
  return content.unconfirmed.some(
    ({ field }) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  )
}

/** A whole guide, fit to be submitted and published. */
export const GuideContent = GuideContentFields.superRefine((content, ctx) => {
  const fault = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })

  if (!content.basis.some(({ role }) => role === 'primary')) fault(['basis'], '至少要有一条现行的主要依据')
  if (content.steps.length === 0) fault(['steps'], '至少要有一个办理环节')
  if (content.hotlines.length === 0) fault(['hotlines'], '至少要有一个咨询或监督电话')
  if (content.noConnections.length === 0) fault(['noConnections'], '不找关系提示不能为空')
  if ((content.legal.value === undefined) !== (content.legal.unit === undefined)) {
    fault(['legal', 'unit'], '法定时限的数值和单位要么都写，要么都不写')
  }
  const isSilent = ({ quote, note }: { quote?: string | undefined; note?: string | undefined }) =>
    quote === undefined && note === undefined
  if (isSilent(content.legal)) fault(['legal', 'quote'], '法定时限要有原文，或者说明')
  content.steps.forEach(({ limit }, index) => {
    if (limit && isSilent(limit)) fault(['steps', index, 'limit', 'quote'], '时限要有原文，或者说明')
  })
  if (!content.promise.confirmed && !isUnconfirmed(content, 'promise.workdays')) {
    fault(['unconfirmed'], '承诺时限没有确认，要列入待确认项 promise')
  }
  content.unconfirmed.forEach(({ field }, index) => {
    if (!pointsIntoContent(content, field)) fault(['unconfirmed', index, 'field'], `找不到字段 ${field}`)
  })
})
export type GuideContent = z.infer<typeof GuideContent>
