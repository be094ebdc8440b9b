/** No page shows a code: every value of a closed list has its word, and one answer holds them all. */
import assert from 'node:assert/strict'
import { transitions } from '../../src/cases/states.js'
import { type Schema, schemaOf, termsOf, verbNames } from '../../src/http/openapi.js'
import { districts } from '../../src/districts.js'
import { staffRoles } from '../../src/people/roles.js'
import { districtCode } from '../../src/wire.js'
import { namesOf, words } from '../../src/words/words.js'
import { readSeed } from '../seeds/read.js'
import { type World, world } from '../world.js'

/** Every closed list of a schema, however deep. */
function* listsIn(part: unknown): Generator<string[]> {
  if (typeof part !== 'object' || part === null) return
  const values = (part as Schema)['enum']
  if (Array.isArray(values)) yield values.map(String)
  for (const inner of Object.values(part)) yield* listsIn(inner)
}

const isDistricts = (codes: readonly string[]) => codes.every((code) => districts.some((one) => one.code === code))

describe('words', () => {
  it('every value of every closed list on the wire has its word', () => {
    let count = 0
    for (const verb of verbNames) {
      const { input, output } = termsOf(verb)
      for (const codes of listsIn([schemaOf(input, 'input'), schemaOf(output, 'output')])) {
        count += 1
        assert.ok(isDistricts(codes) || namesOf(codes), `${verb}: nobody says what ${codes.join(', ')} are called`)
      }
    }
    assert.ok(count > 100)
  })

  it('so has every step of a timeline, every mark of a rating and every role', () => {
    const codes = [...Object.keys(transitions), 'case.submit', 'case.closeOne']
    assert.deepEqual(
      codes.filter((code) => !Object.hasOwn(words.timelineVerbs, code)),
      [],
    )
    assert.deepEqual(Object.keys(words.ratings), ['1', '2', '3', '4', '5'])
    for (const role of staffRoles) assert.ok(words.roles[role])
  })

  it('two codes of one list are never called the same, and none is called by its code', () => {
    for (const [group, names] of Object.entries(words)) {
      const said = Object.values(names)
      assert.equal(new Set(said).size, said.length, group)
      for (const word of said) assert.match(word, /^(\p{Script=Han}|，|PDF|Word|Excel)+$/u, `${group}: ${word}`)
    }
  })

  it('the districts are those of the seed, and a contract takes no other', () => {
    const seed = readSeed<{ districts: { code: string; name: string; unitCode: string }[] }>('districts.json')
    assert.deepEqual(
      districts,
      seed.districts.map(({ code, name, unitCode }) => ({ code, name, unitId: unitCode })),
    )
    for (const { code } of districts) assert.ok(districtCode.safeParse(code).success, code)
    for (const code of ['210100', '210199', '210224', '', 'tiexi']) {
      assert.equal(districtCode.safeParse(code).error?.issues[0]?.message, '请选择沈阳市的区县', code)
    }
  })

  describe('over HTTP', () => {
    let w: World
    before(async () => {
      w = await world('embedded')
    })
    after(() => w.stop())

    it('anybody reads them, logged in or not, and keeps them until they change', async () => {
      const read = await w.nobody.call('words.read', {})
      assert.equal(read.categories['siteSelection'], '规划选址选线')
      assert.equal(read.caseStates['waiting'], '等企业补充')
      assert.deepEqual(read.districts[4], { code: '210106', name: '铁西区', unitId: 'tiexi' })
      assert.deepEqual(await (await w.as('reader')).call('words.read', {}), read)
      const { headers } = await w.http.get('/api/words.read')
      assert.equal(headers['cache-control'], 'public, no-cache')
      const again = await w.http.get('/api/words.read', { headers: { 'If-None-Match': String(headers['etag']) } })
      assert.equal(again.status, 304)
    })
  })
})
