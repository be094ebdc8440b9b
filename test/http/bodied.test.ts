/** What should not stand in an address, and so in nobody's log, may be asked for in a body. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { IdempotencyRecord } from '../../src/http/idempotencyRecord.js'
import { openapi, termsOf, verbNames } from '../../src/http/openapi.js'
import { databaseNames } from '../databases.js'
import { type Stage, stage } from '../cases/stage.js'

const bodied = ['case.list', 'case.similar', 'project.codeOf', 'tip.list', 'tip.track']

for (const database of databaseNames) {
  describe(`queries in a body, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
      await s.submit({ title: '喷漆线报告表要什么材料', text: '我们要新上一条喷漆线。' })
      await s.w.drainJobs()
    })
    after(() => s.w.stop())

    const post = (verb: string, input: unknown, headers = {}) =>
      s.w.http.post(`/api/${verb}`, input, { headers: { Authorization: `Bearer ${s.asker.token}`, ...headers } })

    it('answer as they do by their address', async () => {
      const draft = { title: '喷漆线报告表要什么材料', text: '我们要新上一条喷漆线。' }
      const filter = { scope: 'mine', states: ['assigned', 'handling'], limit: 5 }
      for (const [verb, input] of [
        ['case.similar', draft],
        ['case.list', filter],
      ] as const) {
        const { status, data, headers } = await post(verb, input)
        assert.equal(status, 200, JSON.stringify(data))
        assert.equal(data.items.length, 1)
        assert.deepEqual(data, await s.asker.call(verb, input as never))
        assert.equal(headers['cache-control'], 'no-store')
      }
    })

    it('stay queries: nothing is kept under a key, and a wrong field is refused on it', async () => {
      const { manager } = s.w.service.house.ds
      const before = await manager.count(IdempotencyRecord)
      assert.equal((await post('case.list', {}, { 'Idempotency-Key': uuid() })).status, 200)
      assert.equal(await manager.count(IdempotencyRecord), before)
      const { status, data } = await post('case.list', { limit: '5' })
      assert.deepEqual([status, data.errors[0].path], [422, 'limit'])
    })

    it('are for these alone: every other query refuses the method', async () => {
      for (const verb of verbNames.filter((one) => termsOf(one).kind === 'query' && !bodied.includes(one))) {
        const { status, headers } = await post(verb, {})
        assert.deepEqual([status, headers['allow']], [405, 'GET'], verb)
      }
      const { status, headers } = await s.w.http.put('/api/case.list', {})
      assert.deepEqual([status, headers['allow']], [405, 'GET, POST'])
    })
  })
}

it('the interface described names both ways for these, and one for the others', () => {
  const paths = openapi()['paths'] as Record<string, Record<string, { operationId: string }>>
  for (const verb of verbNames) {
    const methods = Object.keys(paths[`/api/${verb}`] ?? {})
    const expected = bodied.includes(verb) ? ['get', 'post'] : [termsOf(verb).kind === 'query' ? 'get' : 'post']
    assert.deepEqual(methods, expected, verb)
  }
})
