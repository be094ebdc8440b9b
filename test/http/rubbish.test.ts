import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Verb } from '../../src/contract.js'
import { type Schema, schemaOf, termsOf, verbNames } from '../../src/http/openapi.js'
import type { Role } from '../../src/people/roles.js'
import { databaseNames } from '../databases.js'
import { type Crowd, crowd } from './crowd.js'

const senders = ['anyone', 'enterprise', 'officer', 'supervisor'] as const satisfies readonly Role[]
const RUNS = Number(process.env['RUBBISH_RUNS'] ?? 4)

const rubbish: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0000',
    '\ud800',
    "' OR 1=1 --",
    '<img src=x onerror=alert(1)>',
    -1,
    0,
    1e308,
    2 ** 53,
    null,
    [],
    {},
  ),
  fc.constantFrom<unknown>('2026-02-30', '9999-12-31', '0000-00-00', '2026-11-23T25:00:00+08:00', '../../etc/passwd'),
)

/** Now and then something else. */
const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: rubbish })

/** What the schema's shape asks for, with ids of rows that exist among the others. */
function shaped(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const variants = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (variants) return fc.oneof(...variants.map((one) => shaped(one, ids)))
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  const type = Array.isArray(schema['type']) ? (schema['type'] as string[])[0] : schema['type']
  switch (type) {
    case 'object':
      return shapedObject(schema, ids)
    case 'array':
      return fc.array(mostly(shaped((schema['items'] || {}) as Schema, ids)), { maxLength: 3 })
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer(), fc.double())
    case 'boolean':
      return fc.boolean()
    case 'string':
      return shapedText(schema, ids)
    default:
      return rubbish
  }
}

function shapedObject({ properties = {}, required = [] }: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, mostly(shaped(one, ids))]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
}

function shapedText(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema['format'] === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid())
  if (schema['format'] === 'date') return fc.constantFrom('2026-11-23', '2026-12-01', '2026-02-28', '1999-01-01')
  if (schema['format'] === 'date-time') return fc.constantFrom('2026-11-23T10:00:00+08:00', '2026-11-23T01:00:00Z')
  const known = fc.constantFrom(
    '210106',
    'tiexi',
    '91210100MA0000000X',
    'post',
    'case',
    '13800000001',
    '喷漆线',
    '环评',
    ...ids,
  )
  return fc.oneof(known, fc.string({ unit: 'grapheme', minLength: 2, maxLength: 60 }))
}

/** An address holds texts only. */
function asQuery(input: unknown): Record<string, unknown> {
  const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : value)
  const fields = typeof input === 'object' && input !== null ? Object.entries(input) : []
  return Object.fromEntries(
    fields.map(([key, value]) => [key, Array.isArray(value) ? value.map(asText) : asText(value)]),
  )
}

for (const database of databaseNames) {
  describe(`rubbish, on ${database}`, function () {
    this.timeout(180_000)
    let c: Crowd
    before(async () => {
      c = await crowd(database)
    })
    after(() => c.w.stop())

    const send = (role: Role, verb: Verb, input: unknown) => {
      if (termsOf(verb).kind === 'query') return c.callers[role].try(verb, asQuery(input))
      return c.callers[role].try(verb, JSON.stringify(input), { 'Content-Type': 'application/json' })
    }

    it('sent to every verb by anybody is answered, and never as a fault of ours', async () => {
      const ids = (await c.ids()).filter((id) => /^[\da-f-]{36}$/.test(id))
      const asks = async (verb: Verb) => {
        const inputs = mostly(shaped(schemaOf(termsOf(verb).input, 'input'), ids))
        const each = fc.tuple(...senders.map(() => inputs))
        await fc.assert(
          fc.asyncProperty(each, async (sent) => {
            const answers = await Promise.all(senders.map((role, n) => send(role, verb, sent[n])))
            for (const [n, { status, body }] of answers.entries()) {
              assert.ok(status < 500, `${verb} by ${senders[n]}: ${status} ${JSON.stringify(body)}`)
              if (status >= 400) assert.match(body.type, /^urn:problem:/)
            }
          }),
          { numRuns: RUNS },
        )
      }
      // These may end what the others need.
      const last: Verb[] = ['session.logout', 'person.erase']
      for (const verb of [...verbNames.filter((one) => !last.includes(one)), ...last]) await asks(verb)
    })

    it('and the trail is whole afterwards', async () => {
      await c.w.drainJobs()
      const dead = await c.w.service.house.ds.query(`SELECT kind, lastError FROM job WHERE state = 'dead'`)
      assert.deepEqual(dead, [])
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { findings, next }: { findings: unknown[]; next: string | null } = await c.callers.admin.call(
          'audit.verify',
          cursor === '' ? {} : { cursor },
        )
        assert.deepEqual(findings, [])
        cursor = next
      }
    })
  })
}
