/** What a form answers must be readable in a factory: no word of the validator's own. */
import assert from 'node:assert/strict'
import { z } from 'zod'
import { parseInput } from '../../src/http/input.js'
import { termsOf, verbNames } from '../../src/http/openapi.js'
import { Problem } from '../../src/problem.js'
import { date, id, instant, line } from '../../src/wire.js'

function messagesFor(schema: z.core.$ZodType, raw: unknown): string[] {
  try {
    parseInput(schema, raw)
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return (error.particulars.errors ?? []).map(({ message }) => message)
  }
}

const messageOf = (field: z.core.$ZodType, value: unknown) =>
  messagesFor(z.strictObject({ field }), { field: value })[0]

const wrongValues: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x',
  '2026-02-30',
  'a'.repeat(20_000),
  '\u0000',
  -1,
  0,
  1.234,
  1e15,
  1e300,
  true,
  false,
  [],
  ['x', 'x'],
  Array.from({ length: 600 }, () => 'x'),
  {},
  { x: 1 },
  [{}],
]

type Shape = Record<string, z.core.$ZodType>
const shapeOf = (schema: z.core.$ZodType): Shape => (schema instanceof z.ZodObject ? (schema.shape as Shape) : {})

function open(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
  return isWrapped ? open(schema.unwrap() as z.core.$ZodType) : schema
}

/** Each field of an input filled in wrongly, and each field of what is in it. */
function* mistakes(schema: z.core.$ZodType, depth = 0): Generator<unknown> {
  yield* wrongValues
  const inner = open(schema)
  if (depth > 4) return
  if (inner instanceof z.ZodArray) for (const one of mistakes(inner.element as z.core.$ZodType, depth + 1)) yield [one]
  for (const [name, field] of Object.entries(shapeOf(inner))) {
    for (const one of mistakes(field, depth + 1)) yield { [name]: one }
  }
}

describe('what is wrong with an input', () => {
  it('is said in plain Chinese, whatever was sent to whichever verb', () => {
    const seen = new Set<string>()
    for (const verb of verbNames) {
      for (const raw of mistakes(termsOf(verb).input)) {
        for (const message of messagesFor(termsOf(verb).input, raw)) {
          assert.match(message, /\p{Script=Han}/u, `${verb}: ${message}`)
          assert.doesNotMatch(message, /期望|无效|[A-Za-z]{2}(?<!QZ|JB)/, `${verb} ${JSON.stringify(raw)}: ${message}`)
          seen.add(message)
        }
      }
    }
    const expected = [
      '请填写',
      '格式不对',
      '请从列出的选项里选',
      '请填数字',
      '请填整数',
      '请选择是或否',
      '不认识这个字段',
    ]
    assert.deepEqual(
      expected.filter((message) => !seen.has(message)),
      [],
    )
  })

  for (const [what, field, value, message] of [
    ['nothing', line(20), undefined, '请填写'],
    ['an empty text', line(20), '  ', '请填写'],
    ['a choice not made', z.enum(['a', 'b']), undefined, '请填写'],
    ['a text too short', line(20, 2), '好', '至少写2个字'],
    ['a text too long', line(5000), '好'.repeat(5001), '最多5000字'],
    ['too many chosen', z.array(id).max(9), Array.from({ length: 10 }, () => 'x'), '最多选9个'],
    ['none chosen', z.array(id).min(1), [], '至少选1个'],
    ['a choice that is not there', z.enum(['a', 'b']), 'c', '请从列出的选项里选'],
    ['no number', z.int(), 'x', '请填数字'],
    ['half a number', z.int(), 1.5, '请填整数'],
    ['a number too small', z.int().min(1), 0, '不能小于1'],
    ['a number too large', z.int().max(5), 6, '不能大于5'],
    ['no date', date, '明天', '请填日期，如 2026-12-01'],
    ['no instant', instant, '明天', '请填时间，如 2026-12-01T09:00:00+08:00'],
    ['no id', id, 'x', '编号不对，请返回重新打开'],
    ['another word than the one asked for', z.literal('注销'), '好', '请输入“注销”'],
    ['neither yes nor no', z.boolean(), 'x', '请选择是或否'],
    ['no address', z.url(), 'x', '请填完整的网址'],
    ['a pattern missed', z.string().regex(/^a$/), 'b', '格式不对'],
    ['another kind of value', line(20), 5, '格式不对'],
    ['a sentence of the contract itself', z.string().regex(/^a$/, '请填写字母'), 'b', '请填写字母'],
  ] as [string, z.core.$ZodType, unknown, string][]) {
    it(`${what}: ${message}`, () => assert.ok(messageOf(field, value) === message, messageOf(field, value)))
  }

  it('an emptied search box is no mistake, and searches for nothing in particular', () => {
    const verbs = verbNames.filter((verb) => 'q' in shapeOf(termsOf(verb).input))
    assert.ok(verbs.includes('guide.search') && verbs.includes('case.list'))
    for (const verb of verbs) {
      for (const q of ['', '   ']) {
        const read = parseInput(termsOf(verb).input, { q }) as { q?: string }
        assert.equal(read.q, undefined, verb)
      }
    }
  })
})
