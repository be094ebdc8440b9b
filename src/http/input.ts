/** Input as it came: the query string read by the schema's own types, and every issue said in Chinese at once. */
import { z } from 'zod'
import { Problem, type FieldError } from '../problem.js'
import { sentence } from './sentences.js'

/** Parses input against a verb's schema. @throws Problem invalid, with all issues */
export function parseInput(schema: z.core.$ZodType, raw: unknown): unknown {
  const result = z.safeParse(schema, raw, { error: sentence })
  if (result.success) return result.data
  throw new Problem('invalid', { errors: issuesOf(result.error) })
}

/** As many as anybody will read. */
const MOST_ISSUES = 50

function issuesOf(error: z.core.$ZodError): FieldError[] {
  const fields = error.issues.slice(0, MOST_ISSUES).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const keys = issue.keys.slice(0, MOST_ISSUES)
      return keys.map((key) => ({ path: shown([...issue.path, key]), message: issue.message }))
    }
    return [{ path: shown(issue.path), message: issue.message }]
  })
  return fields.slice(0, MOST_ISSUES)
}

const shown = (path: PropertyKey[]) => path.map(String).join('.').slice(0, 200).toWellFormed()

/**
 * The values of a query string in the types the schema asks for: arrays by repeated key, `true|false`, numbers.
 * @throws Problem malformed, for escapes that are no UTF-8
 */
export function readQuery(schema: z.core.$ZodType, search: string): unknown {
  if (search.includes('%')) checkEscapes(search)
  const params = new URLSearchParams(search)
  const fields = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>) : {}
  const values: Record<string, unknown> = Object.create(null)
  for (const key of new Set(params.keys())) {
    const all = params.getAll(key)
    const field = Object.hasOwn(fields, key) ? inner(fields[key] as z.core.$ZodType) : undefined
    if (field instanceof z.ZodArray)
      values[key] = all.map((value) => typed(inner(field.element as z.core.$ZodType), value))
    else if (all.length > 1) values[key] = all
    else values[key] = typed(field, all[0] as string)
  }
  return { ...values }
}

function checkEscapes(search: string): void {
  try {
    decodeURIComponent(search)
  } catch (error) {
    throw new Problem('malformed', { detail: '地址里有无法识别的字符', cause: error })
  }
}

function inner(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return inner(schema.unwrap() as z.core.$ZodType)
  }
  return schema
}

function typed(schema: z.core.$ZodType | undefined, value: string): unknown {
  if (schema instanceof z.ZodNumber && /^-?\d{1,15}(\.\d{1,10})?$/.test(value)) return Number(value)
  if (schema instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
