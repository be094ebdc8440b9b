import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { termsOf, verbNames } from '../../src/http/openapi.js'
import { grantsOf } from '../../src/http/scopes.js'
import { nobody } from '../../src/people/actor.js'
import { roles, staffRoles } from '../../src/people/roles.js'
import { type Line, policy, routes } from '../../src/policy.js'
import { verbs } from '../../src/verbs.js'
import { databaseNames } from '../databases.js'
import { type Crowd, crowd } from './crowd.js'

const snapshot = new URL('./policy.snapshot.json', import.meta.url)
const lineOf = (name: string): Line => (policy as Record<string, Line>)[name] ?? {}

describe('who may do what', () => {
  it('every verb has a handler and a line, and every line a verb or a route', () => {
    for (const verb of verbNames) {
      assert.equal(typeof verbs[verb]?.handle, 'function', verb)
      assert.ok(Object.keys(lineOf(verb)).length > 0, verb)
    }
    assert.deepEqual(Object.keys(policy).sort(), [...verbNames, ...routes].sort())
  })

  it('names only roles that there are', () => {
    for (const [name, line] of Object.entries(policy)) {
      for (const role of Object.keys(line)) assert.ok((roles as readonly string[]).includes(role), `${name}: ${role}`)
    }
  })

  // To be read before it is renewed: POLICY_SNAPSHOT=write npx mocha test/http/policy.test.ts
  it('is what was signed', () => {
    const matrix = Object.fromEntries(
      Object.keys(policy)
        .sort()
        .map((name) => [
          name,
          Object.fromEntries(Object.entries(lineOf(name)).map(([role, of]) => [role, of.join(' ')])),
        ]),
    )
    if (process.env['POLICY_SNAPSHOT'] === 'write') writeFileSync(snapshot, `${JSON.stringify(matrix, null, 2)}\n`)
    assert.deepEqual(matrix, JSON.parse(readFileSync(snapshot, 'utf8')))
  })

  it('several posts unite, and a post of another role gives nothing', () => {
    for (const verb of verbNames) {
      const holdings = staffRoles.map((role) => ({ postId: role, role, unitId: 'tiexi', absentPostIds: [] }))
      const everybody = grantsOf({ ...nobody, personId: 'p', holdings }, verb)
      const apart = holdings.flatMap((one) =>
        grantsOf({ ...nobody, personId: 'p', holdings: [one] }, verb).filter(({ role }) => role === one.role),
      )
      assert.deepEqual(
        everybody.filter(({ postId }) => postId !== null).map(({ role, scope }) => [role, scope]),
        apart.map(({ role, scope }) => [role, scope]),
      )
    }
  })
})

for (const database of databaseNames) {
  describe(`who may do what, over HTTP on ${database}`, function () {
    this.timeout(120_000)
    let c: Crowd
    before(async () => {
      c = await crowd(database)
    })
    after(() => c.w.stop())

    it('who has not logged in is asked to, unless the line says anyone', async () => {
      for (const verb of verbNames) {
        const { status, body } = await c.w.nobody.try(verb, termsOf(verb).example)
        if (lineOf(verb).anyone) assert.notEqual(status, 401, verb)
        else assert.deepEqual([status, body.type], [401, 'urn:problem:unauthenticated'], verb)
      }
    })

    it('a role that is not in the line may not, whatever it sends', async () => {
      for (const verb of verbNames) {
        const line = lineOf(verb)
        for (const role of roles) {
          const isIn = line.anyone ?? line.enterprise ?? line[role]
          if (role === 'anyone' || isIn) continue
          const { status, body } = await c.callers[role].try(verb, termsOf(verb).example)
          assert.deepEqual([status, body.type], [403, 'urn:problem:forbidden'], `${verb} by ${role}`)
        }
      }
    })

    it('a token taken back, made up or of another kind opens nothing', async () => {
      for (const authorization of [
        'Bearer nonsense',
        'Basic dXNlcjpwYXNz',
        'Bearer',
        'Bearer a b',
        `Bearer ${'x'.repeat(300)}`,
      ]) {
        for (const verb of ['session.me', 'unit.list', 'session.logout']) {
          const { status } = await c.w.nobody.try(verb, {}, { Authorization: authorization })
          assert.equal(status, 401, `${verb} with ${authorization.slice(0, 20)}`)
        }
      }
    })

    it('a verb that is none is not found, another method is refused', async () => {
      const { http } = c.w
      for (const name of ['case.nothing', 'constructor', '__proto__', 'toString', 'case', '%00', '..%2f..%2fetc']) {
        for (const answer of [await http.get(`/api/${name}`), await http.post(`/api/${name}`, {})]) {
          assert.deepEqual([answer.status, answer.data.type], [404, 'urn:problem:notFound'], name)
        }
      }
      for (const verb of verbNames.filter((one) => !termsOf(one).mayCarryBody)) {
        const isQuery = termsOf(verb).kind === 'query'
        const answer = isQuery ? await http.post(`/api/${verb}`, {}) : await http.get(`/api/${verb}`)
        assert.deepEqual([answer.status, answer.headers['allow']], [405, isQuery ? 'GET' : 'POST'], verb)
        const other = await http.request({ method: 'DELETE', url: `/api/${verb}` })
        assert.equal(other.status, 405, verb)
      }
    })

    it('every refusal is a problem that says what to do', async () => {
      const { body, headers } = await c.callers.officer.try('enterprise.join', {})
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json/)
      assert.equal(headers['cache-control'], 'no-store')
      const { traceId, errors, ...rest } = body
      assert.deepEqual(rest, { type: 'urn:problem:invalid', title: '有些内容需要改正', status: 422 })
      assert.equal(traceId, headers['x-trace-id'])
      assert.deepEqual(Object.keys(errors[0]).sort(), ['message', 'path'])
    })
  })
}
