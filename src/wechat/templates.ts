// The subscribe-message templates, and the fitting of our values into WeChat's field limits.
import { z } from 'zod'
import { inputError } from './problems.js'

/** Limits by field type. Source: DATA kinds as listed in WeChat's table 订阅消息参数值内容限制说明 (mark M-h). */
export const FIELD_LIMITS = {
  thing: 20, // 20 个以内字符
  character_string: 32, // 32 位以内数字、字母或符号
  phrase: 5, // 5 个以内汉字
  date: 20, // 年月日格式（支持 +24 小时制时间）
  time: 20, // 24 小时制时间格式（支持 +年月日）
} as const

export type FieldType = keyof typeof FIELD_LIMITS

const Field = z
  .strictObject({
    name: z.string().regex(/^[a-z][A-Za-z]*$/),
    key: z.string().regex(/^[a-z_]+\d{1,2}$/),
    type: z.enum(['thing', 'character_string', 'phrase', 'date', 'time']),
    label: z.string().min(1),
  })
  .refine(({ key, type }) => key.replace(/\d+$/, '') === type, 'the key begins with its type')

const Template = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z]*$/),
  templateId: z.string().min(1),
  title: z.string().min(1),
  to: z.enum(['enterprise', 'officer', 'leader', 'supervisor', 'clerk']),
  page: z.string().regex(/^(?!\/)\S+$/),
  // 一个模板最多选 5 个关键词 (mark M-h)
  fields: z.array(Field).min(1).max(5),
})

const TemplateFile = z.strictObject({
  source: z.string(),
  isConfirmed: z.boolean(),
  templates: z.array(Template).min(1),
})

export type MessageTemplate = z.infer<typeof Template>
export type TemplateData = Readonly<Record<string, { readonly value: string }>>
/** By field name. Dates: `YYYY-MM-DD` or an instant; times: an instant (Date, or ISO 8601 with its offset). */
export type TemplateValues = Readonly<Record<string, string | Date>>

/** Reads the content of seeds/wechat/templates.json; `ids` puts the account's own template ids in place of the seeds'. */
export function parseTemplates(
  content: unknown,
  ids: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, MessageTemplate> {
  const { templates } = TemplateFile.parse(content)
  const byKey = new Map(templates.map((one) => [one.key, { ...one, templateId: ids[one.key] ?? one.templateId }]))
  if (byKey.size !== templates.length) throw new TypeError('message templates: a key is used twice')
  const unknown = Object.keys(ids).filter((key) => !byKey.has(key))
  if (unknown.length > 0) throw new TypeError(`message templates: no template ${unknown.join(', ')}`)
  return byKey
}

const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Cuts to `limit` UTF-16 units, which is never more than WeChat's characters, without splitting a character. */
function cut(text: string, limit: number, ending = ''): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length + ending.length > limit) break
    kept += character
  }
  return kept + ending
}

/** One line of readable characters: no controls, no emoji, no halves of characters. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Extended_Pictographic}]/gu, '')
    .trim()
}

function onDay(year: string, month: string, day: string): string {
  return `${Number(year)}年${Number(month)}月${Number(day)}日`
}

function shanghai(value: string | Date): { day: string; clock: string } | undefined {
  if (typeof value === 'string' && !/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(value)) return undefined
  const instant = new Date(value)
  if (Number.isNaN(instant.getTime())) return undefined
  const part = Object.fromEntries(SHANGHAI.formatToParts(instant).map(({ type, value: text }) => [type, text]))
  return {
    day: onDay(part.year ?? '', part.month ?? '', part.day ?? ''),
    clock: `${part.hour ?? ''}:${part.minute ?? ''}`,
  }
}

function isRealDate(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}

function asDate(value: string | Date): string {
  const day = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null
  if (day && isRealDate(day[0])) return onDay(day[1] ?? '', day[2] ?? '', day[3] ?? '')
  return shanghai(value)?.day ?? ''
}

function asTime(value: string | Date): string {
  const moment = shanghai(value)
  return moment ? `${moment.day} ${moment.clock}` : ''
}

/** Fits one value; an empty string means that nothing of it fits the type. */
const FIT: Readonly<Record<FieldType, (value: string | Date) => string>> = {
  thing: (value) => cut(oneLine(String(value)), FIELD_LIMITS.thing, '…'),
  character_string: (value) => cut(String(value).replace(/[^\x21-\x7e]/g, ''), FIELD_LIMITS.character_string),
  phrase: (value) => cut(String(value).replace(/\P{Script=Han}/gu, ''), FIELD_LIMITS.phrase),
  date: asDate,
  time: asTime,
}

/** WeChat's `data` for a template. Throws badInput naming every field that is missing, unknown or does not fit. */
export function fitTemplate(template: MessageTemplate, values: TemplateValues): TemplateData {
  const fitted = template.fields.map(({ name, key, type }) => {
    const value = values[name]
    return { name, key, value: value === undefined ? '' : FIT[type](value) }
  })
  const names = new Set(template.fields.map(({ name }) => name))
  const wrong = [
    ...fitted.filter(({ value }) => value === '').map(({ name }) => name),
    ...Object.keys(values).filter((name) => !names.has(name)),
  ]
  if (wrong.length > 0) throw inputError(`template ${template.key}`, `消息内容缺少或不合格式：${wrong.join('、')}`)
  return Object.fromEntries(fitted.map(({ key, value }) => [key, { value }]))
}
