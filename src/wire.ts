/** The words every contract is written in: queries, commands, and the kinds of fields that cross the wire. */
import { z } from 'zod'
import { districts } from './districts.js'

/**
 * One verb's promise to its callers. `example` is a real input, shown in the documentation and tried in the tests.
 * The schemas are bounded by zod's core type only: to compare each with `z.ZodType` takes the compiler twice as long.
 */
export interface VerbContract<
  I extends z.core.$ZodType = z.core.$ZodType,
  O extends z.core.$ZodType = z.core.$ZodType,
> {
  kind: 'query' | 'command'
  /** What it is for, in plain Chinese, for the documentation. */
  summary: string
  input: I
  output: O
  example: z.input<I>
  /** A query whose input is too private for an address: it may also come as `POST` with a JSON body. */
  mayCarryBody?: boolean
}

type Terms<I extends z.core.$ZodType, O extends z.core.$ZodType> = Omit<VerbContract<I, O>, 'kind'>

/** A verb without side effects: `GET /api/<verb>?…`. */
export const query = <I extends z.core.$ZodType, O extends z.core.$ZodType>(terms: Terms<I, O>) => ({
  ...terms,
  kind: 'query' as const,
})

/** A verb that changes something: `POST /api/<verb>` with a JSON body. */
export const command = <I extends z.core.$ZodType, O extends z.core.$ZodType>(terms: Terms<I, O>) => ({
  ...terms,
  kind: 'command' as const,
})

// biome-ignore format: one line a rule
const isOneLine = (value: string) => !/[\p{Cc}\u2028\u2029]/u.test(value)
const isProse = (value: string) => !/[^\P{Cc}\n\t]/u.test(value)
const isWellFormed = (value: string) => value.isWellFormed()

const clean = (max: number, min: number, isAllowed: (value: string) => boolean) =>
  z
    .string()
    .refine((value) => isWellFormed(value) && isAllowed(value), '含有无法保存的字符，请删除后再试')
    .trim()
    .min(min)
    .max(max)

/** One line of text, trimmed: no control characters, no lone surrogates. */
export const line = (max: number, min = 1) => clean(max, min, isOneLine)
/** Text of several lines, trimmed: line breaks and tabs only. */
export const prose = (max: number, min = 1) =>
  z
    .string()
    .overwrite((value) => value.replaceAll('\r\n', '\n'))
    .refine((value) => isWellFormed(value) && isProse(value), '含有无法保存的字符，请删除后再试')
    .trim()
    .min(min)
    .max(max)

export const id = z.uuid()
export const version = z.int().min(1)
/** A day in Asia/Shanghai, `2026-11-23`. */
export const date = z.iso.date()
/** An instant, ISO 8601 with an offset; the server answers with `+08:00`. */
export const instant = z.iso.datetime({ offset: true })
/** Text of the search box; emptied, it searches for nothing in particular. */
export const searchText = line(100, 0).transform((text) => (text === '' ? undefined : text))
export const districtCode = z.enum(districts.map(({ code }) => code) as [string, ...string[]], '请选择沈阳市的区县')
export const creditCode = z.string().trim().length(18, '统一社会信用代码是18位')

/** Input fields of every list. */
export const paging = { cursor: z.string().max(500).optional(), limit: z.int().min(1).max(100).default(20) }

/** A page: its items and the cursor of the next, null at the end. */
export const pageOf = <T extends z.core.$ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() })

export const nothing = z.strictObject({})
export const done = z.strictObject({ ok: z.literal(true) })
