/** Finding and reading guides as anybody does: by what people type, quickly, and with the law in force that day. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { contract } from '../../src/contract.js'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'

const seeded = readdirSync(new URL('../../seeds/guides/', import.meta.url)).length

for (const database of databaseNames) {
  describe(`reading guides, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    const wanted: [typed: string, codes: string[]][] = [
      ['环评', ['HP-01', 'HP-02']],
      ['huanping', ['HP-01', 'HP-02']],
      ['hpsp', ['HP-01', 'HP-02']],
      ['环凭', ['HP-01', 'HP-02']],
      ['排污证', ['PW-01', 'PW-02']],
      ['开工厂要什么手续', ['ZH-01']],
    ]
    for (const [typed, codes] of wanted) {
      it(`「${typed}」 finds ${codes.join(' and ')} in the first three`, async () => {
        const { items } = await w.nobody.call('guide.search', { q: typed, limit: 3 })
        const found = items.map(({ code }) => code)
        assert.ok(
          codes.every((code) => found.includes(code)),
          found.join(),
        )
      })
    }

    it('a find says where it matched, by offsets, with promise and legal time', async () => {
      const { items } = await w.nobody.call('guide.search', { q: '报告表审批', limit: 1 })
      const [item] = items
      assert.ok(item)
      assert.equal(item.code, 'HP-02')
      assert.deepEqual(
        item.titleMarks.map(([from, to]) => item.title.slice(from, to)),
        ['报告表审批'],
      )
      assert.deepEqual([item.legal.value, item.legal.unit], [30, 'day'])
      assert.match(item.legal.quote ?? '', /三十日内/)
      for (const [from, to] of item.snippet.marks) assert.ok(from < to && to <= item.snippet.text.length)
    })

    it('without words every published guide is listed, page by page, what leads to others first', async () => {
      const codes: string[] = []
      let total = 0
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await w.nobody.call('guide.search', { limit: 10, ...(cursor === undefined ? {} : { cursor }) })
        codes.push(...page.items.map(({ code }) => code))
        cursor = page.next
        total = page.total
      }
      assert.equal(codes[0], 'ZH-01')
      assert.equal(new Set(codes).size, seeded)
      assert.deepEqual([codes.length, total], [seeded, seeded])
    })

    it('pages of a search join without a gap, and a cursor of another search is refused', async () => {
      const all = await w.nobody.call('guide.search', { q: '许可', limit: 100 })
      const first = await w.nobody.call('guide.search', { q: '许可', limit: 4 })
      assert.ok(first.next !== null && all.total > 4)
      const second = await w.nobody.call('guide.search', { q: '许可', limit: 100, cursor: first.next })
      assert.deepEqual(
        [...first.items, ...second.items].map(({ id }) => id),
        all.items.map(({ id }) => id),
      )
      assert.equal((await w.nobody.try('guide.search', { q: '环评', cursor: first.next })).status, 422)
    })

    it('the level filters', async () => {
      for (const q of [undefined, '许可']) {
        const { items, total } = await w.nobody.call('guide.search', {
          level: 'province',
          limit: 100,
          ...(q ? { q } : {}),
        })
        assert.ok(items.length > 0 && items.length < seeded)
        assert.equal(total, items.length)
        assert.ok(items.every(({ level }) => level === 'province'))
      }
    })

    it('somebody logged in finds the same', async () => {
      const reader = await w.as('reader')
      const input = { q: 'huanping', limit: 5 }
      const open = await w.nobody.call('guide.search', input)
      assert.deepEqual(await reader.call('guide.search', input), open)
    })

    it('a guide is read whole by its id or its code, with what is unconfirmed marked', async () => {
      const byCode = await w.nobody.call('guide.read', { code: 'HP-01' })
      const byId = await w.nobody.call('guide.read', { id: byCode.id })
      assert.deepEqual(byId, byCode)
      assert.deepEqual(contract['guide.read'].output.safeParse(byCode).error?.issues ?? [], [])
      assert.deepEqual([byCode.number, byCode.publishedOn, byCode.filingNumber], [1, '2026-11-23', null])
      assert.equal(byCode.filingNote, '备案号以市营商局公布为准')
      assert.ok(byCode.unconfirmed.length > 0)
      assert.ok(byCode.unconfirmed.every(({ label }) => label === '以窗口公布为准'))
      assert.ok(byCode.related.length > 0)
      for (const { id, title } of byCode.related) {
        assert.equal((await w.nobody.call('guide.read', { id })).title, title)
      }
      const ways = (await w.nobody.call('guide.read', { code: 'ZH-01' })).ways
      assert.ok(ways.some(({ guide }) => guide?.code === 'HP-02'))
    })

    it('a reader logged in gets the same page, and their own comments beside it', async () => {
      const open = await w.nobody.call('guide.read', { code: 'PW-01' })
      const reader = await w.as('reader')
      assert.deepEqual(await reader.call('guide.read', { code: 'PW-01' }), open)
    })

    it('neither or both of id and code, and what nobody knows, are refused', async () => {
      const { id } = await w.nobody.call('guide.read', { code: 'HP-01' })
      assert.equal((await w.nobody.try('guide.read', {})).status, 422)
      assert.equal((await w.nobody.try('guide.read', { id, code: 'HP-01' })).status, 422)
      assert.equal((await w.nobody.try('guide.read', { code: 'NO-SUCH' })).status, 404)
      assert.equal((await w.nobody.try('guide.read', { id: '01970000-0000-7000-8000-000000000001' })).status, 404)
      assert.equal((await w.nobody.try('guide.read', { id, number: 1 })).status, 404)
    })

    for (const [path, ask] of [
      ['page', '/api/guide.read?code=HP-01'],
      ['search', '/api/guide.search?q=huanping'],
    ] as const) {
      it(`a ${path} comes with an ETag, as 304 to whoever has it, and zipped to whoever takes that`, async () => {
        const get = (headers: Record<string, string>) =>
          w.http.get<Buffer>(ask, { headers, responseType: 'arraybuffer', decompress: true })
        const zipped = await get({ 'Accept-Encoding': 'gzip' })
        const plain = await get({ 'Accept-Encoding': 'identity' })
        assert.equal(zipped.status, 200)
        assert.equal(plain.headers['content-encoding'], undefined)
        assert.match(String(plain.headers['etag']), /^".+"$/)
        assert.equal(zipped.headers['etag'], plain.headers['etag'])
        assert.deepEqual(zipped.data, plain.data)
        const raw = await w.http.get<Buffer>(ask, {
          headers: { 'Accept-Encoding': 'gzip' },
          responseType: 'arraybuffer',
          decompress: false,
        })
        assert.equal(raw.headers['content-encoding'], 'gzip')
        assert.ok(raw.data.length < plain.data.length)
        const again = await get({ 'If-None-Match': String(plain.headers['etag']) })
        assert.deepEqual([again.status, again.data.length], [304, 0])
      })
    }

    it('pages and searches are answered to anybody without the database', async () => {
      const reader = await w.as('reader')
      await w.nobody.call('guide.read', { code: 'HP-02' })
      const { ds } = w.service.house
      const createQueryRunner = ds.createQueryRunner
      ds.createQueryRunner = () => {
        throw new Error('the database was asked')
      }
      try {
        assert.equal((await w.nobody.try('guide.read', { code: 'HP-02' })).status, 200)
        assert.equal((await w.nobody.try('guide.read', { code: 'YJ-01' })).status, 200)
        assert.equal((await w.nobody.try('guide.search', { q: '应急预案' })).status, 200)
        assert.ok((await reader.try('guide.read', { code: 'HP-02' })).status >= 500)
      } finally {
        ds.createQueryRunner = createQueryRunner
      }
    })

    it('a repealed basis is never shown as current: the 法典 takes over at midnight', async () => {
      w.turnTo('2026-08-14T23:59:00+08:00')
      const before = await w.nobody.try('guide.read', { code: 'HP-01' })
      const reader = await w.as('midnight')
      const basisOf = (page: { basis: { law: { id: string }; role: string; isInForce: boolean }[] }, id: string) => {
        const found = page.basis.find(({ law }) => law.id === id)
        return found && [found.role, found.isInForce]
      }
      assert.deepEqual(basisOf(before.body, 'eia-law-2018'), ['primary', true])
      assert.deepEqual(basisOf(before.body, 'eco-environment-code-2026'), ['upcoming', false])
      w.turnTo('2026-08-15T00:00:00+08:00')
      const after = await w.nobody.try('guide.read', { code: 'HP-01' })
      assert.notEqual(after.headers['etag'], before.headers['etag'])
      assert.deepEqual(basisOf(after.body, 'eia-law-2018'), ['former', false])
      assert.deepEqual(basisOf(after.body, 'eco-environment-code-2026'), ['primary', true])
      const former = after.body.basis.find((one: { law: { id: string } }) => one.law.id === 'eia-law-2018')
      assert.equal(former.replacedBy.effectiveFrom, '2026-08-15')
      assert.deepEqual(await reader.call('guide.read', { code: 'HP-01' }), after.body)
      w.turnTo('2026-11-23T10:00:00+08:00')
    })
  })
}
