/** A guide's way from a draft to the public and back, and what each step refuses. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { verifyChain } from '../../src/audit/verify.js'
import type { GuideContent } from '../../src/guides/content.js'
import { Guide } from '../../src/guides/guide.js'
import { guideStates, obstacleTo, transitions } from '../../src/guides/states.js'
import { databaseNames } from '../databases.js'
import { type StaffMember, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

const seed = JSON.parse(
  readFileSync(new URL('../../seeds/guides/zs-01-night-work.json', import.meta.url), 'utf8'),
) as GuideContent
const content = (code: string, title = `测试事项${code}`): GuideContent => ({ ...seed, code, title })

describe('the life of a guide as data', () => {
  it('every state but withdrawn is reached from a draft by the table', () => {
    const reached = new Set<string>(['draft'])
    for (let size = 0; size !== reached.size; ) {
      size = reached.size
      for (const { from, ...rest } of Object.values(transitions)) {
        const to = 'to' in rest ? rest.to : 'returned'
        if (from.some((state) => reached.has(state))) reached.add(to)
      }
    }
    assert.deepEqual([...reached].sort(), guideStates.filter((state) => state !== 'withdrawn').toSorted())
  })

  it('what the province has not passed cannot be filed', () => {
    const submitted = { state: 'submitted', publishedVersionId: null } as const
    assert.equal(obstacleTo('guide.file', { ...submitted, isReviewed: false }), '省厅审核通过后才能登记备案')
    assert.equal(obstacleTo('guide.file', { ...submitted, isReviewed: true }), undefined)
  })
})

for (const database of databaseNames) {
  describe(`the life of a guide, on ${database}`, () => {
    let w: World
    let clerk: Caller
    let reader: Caller
    let kept: StaffMember
    before(async () => {
      w = await world(database)
      kept = await staff(w, { role: 'clerk', unitId: 'branch-tiexi' })
      clerk = kept.caller
      reader = await w.as('reader')
    })
    after(() => w.stop())

    async function published(code: string) {
      const { id } = await clerk.call('guide.save', { content: content(code) })
      await clerk.call('guide.submit', { id })
      await clerk.call('guide.review', { id, isPassed: true })
      await clerk.call('guide.file', { id, filingNumber: `备〔2026〕${code}` })
      return clerk.call('guide.publish', { id })
    }

    it('goes from draft through return, review and filing to the public, and out again', async () => {
      const draft = await clerk.call('guide.save', { content: { code: 'T-01', title: '测试事项' } })
      assert.equal(draft.state, 'draft')
      assert.deepEqual(draft.can, ['guide.save', 'guide.submit'])
      const { id } = draft
      await clerk.call('guide.save', { id, version: draft.version, content: content('T-01') })
      const submitted = await clerk.call('guide.submit', { id })
      assert.deepEqual([submitted.state, submitted.can], ['submitted', ['guide.review']])
      const returned = await clerk.call('guide.review', { id, isPassed: false, note: '补充收费依据' })
      assert.deepEqual([returned.state, returned.can], ['returned', ['guide.save', 'guide.submit']])
      await clerk.call('guide.save', { id, content: content('T-01', '测试事项甲') })
      await clerk.call('guide.submit', { id })
      const passed = await clerk.call('guide.review', { id, isPassed: true })
      assert.deepEqual(
        [passed.state, passed.isReviewed, passed.can],
        ['submitted', true, ['guide.review', 'guide.file']],
      )
      const filed = await clerk.call('guide.file', { id, filingNumber: '备〔2026〕1号', filedOn: '2026-11-20' })
      assert.deepEqual([filed.state, filed.can], ['filed', ['guide.save', 'guide.publish']])
      const shown = await clerk.call('guide.publish', { id })
      assert.deepEqual(
        [shown.state, shown.publishedNumber, shown.can],
        ['published', 1, ['guide.save', 'guide.withdraw']],
      )

      const read = await w.nobody.call('guide.read', { id })
      assert.deepEqual(
        [read.title, read.number, read.filingNumber, read.filingNote, read.filedOn, read.publishedOn],
        ['测试事项甲', 1, '备〔2026〕1号', null, '2026-11-20', '2026-11-23'],
      )
      const versions = await clerk.call('guide.versions', { id })
      assert.deepEqual(
        versions.items[0]?.moves.map(({ verb, by, note }) => [verb, by, note]),
        [
          ['guide.save', kept.name, null],
          ['guide.submit', kept.name, null],
          ['guide.review', kept.name, '补充收费依据'],
          ['guide.submit', kept.name, null],
          ['guide.review', kept.name, null],
          ['guide.file', kept.name, null],
          ['guide.publish', kept.name, null],
        ],
      )

      const gone = await clerk.call('guide.withdraw', { id, reason: '事项取消' })
      assert.deepEqual([gone.state, gone.publishedNumber, gone.can], ['withdrawn', null, ['guide.save']])
      assert.equal((await w.nobody.try('guide.read', { id })).status, 404)
      const after = await w.nobody.call('guide.search', { q: '测试事项甲' })
      assert.ok(after.items.every((item) => item.id !== id))
    })

    it('a new version does not change the published one until it is published', async () => {
      const { id } = await published('T-02')
      const asSeen = await w.nobody.try('guide.read', { id })
      const next = await clerk.call('guide.save', { id, content: content('T-02B', '改过的事项') })
      assert.deepEqual([next.state, next.number, next.publishedNumber], ['draft', 2, 1])
      assert.deepEqual([next.code, next.title], ['T-02', '测试事项T-02'])
      await clerk.call('guide.submit', { id })
      await clerk.call('guide.review', { id, isPassed: true })
      await clerk.call('guide.file', { id, filingNumber: '备〔2026〕2号' })
      const still = await w.nobody.try('guide.read', { id })
      assert.deepEqual([still.body, still.headers['etag']], [asSeen.body, asSeen.headers['etag']])
      assert.equal((await reader.call('guide.read', { id })).title, '测试事项T-02')
      await clerk.call('guide.publish', { id })
      const changed = await w.nobody.call('guide.read', { id })
      assert.deepEqual([changed.title, changed.code, changed.number], ['改过的事项', 'T-02B', 2])
      assert.equal((await w.nobody.try('guide.read', { code: 'T-02' })).status, 404)
      const { items } = await clerk.call('guide.versions', { id })
      assert.deepEqual(
        items.map(({ number, state, isPublic }) => [number, state, isPublic]),
        [
          [2, 'published', true],
          [1, 'replaced', false],
        ],
      )
      assert.equal((await clerk.call('guide.read', { id, number: 1 })).title, '测试事项T-02')
    })

    it('saving changes the fields that were given and no others; null clears one', async () => {
      const { id } = await clerk.call('guide.save', { content: content('T-20') })
      const saved = await clerk.call('guide.save', { id, content: { summary: '新的说明', ways: null, fee: null } })
      const { content: kept } = await clerk.call('guide.versions', { id })
      const { fee: _, ways: __, ...rest } = content('T-20')
      assert.deepEqual([kept, saved.title], [{ ...rest, summary: '新的说明' }, '测试事项T-20'])
      const grown = { content: { faq: [{ q: '长'.repeat(1999), a: '长'.repeat(1999) }] } }
      for (const field of ['rejectionReasons', 'noConnections'] as const) {
        await clerk.try('guide.save', { id, content: { [field]: Array.from({ length: 5 }, () => '长'.repeat(1800)) } })
      }
      const { status, body } = await clerk.try('guide.save', { id, ...grown })
      assert.deepEqual([status, body.errors?.[0]?.path], [422, 'content'])
      const next = await published('T-21')
      await clerk.call('guide.save', { id: next.id, content: { summary: '第二版' } })
      const second = await clerk.call('guide.versions', { id: next.id })
      assert.deepEqual([second.number, second.content], [2, { ...content('T-21'), summary: '第二版' }])
    })

    it('a list that was left out is handed in empty; materials are not taken to be none', async () => {
      const { unconfirmed: _, related: __, faq: ___, aliases: ____, promise, ...rest } = content('T-22')
      const confirmed = { ...promise, confirmed: true }
      const { id } = await clerk.call('guide.save', { content: { ...rest, promise: confirmed, materials: null } })
      const { status, body } = await clerk.try('guide.submit', { id })
      assert.equal(status, 422)
      assert.deepEqual(
        body.errors.map(({ path }: { path: string }) => path),
        ['content.materials'],
      )
      await clerk.call('guide.save', { id, content: { materials: [] } })
      assert.equal((await clerk.call('guide.submit', { id })).state, 'submitted')
      const { content: whole } = await clerk.call('guide.versions', { id })
      assert.deepEqual([whole.unconfirmed, whole.related, whole.faq, whole.aliases], [[], [], [], []])
    })

    it('a draft over a published version can be discarded: what is public stands again, the draft is kept as such', async () => {
      const { id } = await published('T-23')
      assert.equal((await clerk.try('guide.discard', { id })).status, 409)
      const draft = await clerk.call('guide.save', { id, content: { title: '不要了' } })
      assert.deepEqual(draft.can, ['guide.save', 'guide.discard', 'guide.submit', 'guide.withdraw'])
      assert.equal((await reader.try('guide.discard', { id })).status, 403)
      const back = await clerk.call('guide.discard', { id, version: draft.version })
      assert.deepEqual([back.state, back.number, back.publishedNumber, back.title], ['published', 1, 1, '测试事项T-23'])
      assert.equal((await w.nobody.call('guide.read', { id })).title, '测试事项T-23')
      const { items } = await clerk.call('guide.versions', { id })
      assert.deepEqual(
        items.map(({ number, state, moves }) => [number, state, moves.at(-1)?.verb]),
        [
          [2, 'discarded', 'guide.discard'],
          [1, 'published', 'guide.publish'],
        ],
      )
      const next = await clerk.call('guide.save', { id, content: { title: '第三版' } })
      assert.deepEqual([next.state, next.number], ['draft', 3])
      const first = await clerk.call('guide.save', { content: content('T-24') })
      assert.equal((await clerk.try('guide.discard', { id: first.id })).status, 409)
    })

    it('withdrawing the public version leaves the next one where it is', async () => {
      const { id } = await published('T-03')
      await clerk.call('guide.save', { id, content: content('T-03', '下一版') })
      const after = await clerk.call('guide.withdraw', { id, reason: '内容有误' })
      assert.deepEqual([after.state, after.number, after.publishedNumber], ['draft', 2, null])
    })

    it('a correction of what was filed is a new version; the filed one stays as it was', async () => {
      const { id } = await clerk.call('guide.save', { content: content('T-04') })
      await clerk.call('guide.submit', { id })
      await clerk.call('guide.review', { id, isPassed: true })
      await clerk.call('guide.file', { id, filingNumber: '备〔2026〕4号' })
      await clerk.call('guide.save', { id, content: content('T-04', '更正') })
      const { items } = await clerk.call('guide.versions', { id })
      assert.deepEqual(
        items.map(({ number, state, filingNumber }) => [number, state, filingNumber]),
        [
          [2, 'draft', null],
          [1, 'filed', '备〔2026〕4号'],
        ],
      )
      assert.equal((await clerk.call('guide.versions', { id, number: 1 })).content.title, '测试事项T-04')
    })

    it('a draft is there for the staff who keep guides alone', async () => {
      const { id } = await clerk.call('guide.save', { content: content('T-05') })
      const officer = await staff(w, { role: 'officer', unitId: 'branch-tiexi' })
      for (const other of [w.nobody, reader, officer.caller]) {
        assert.equal((await other.try('guide.read', { id })).status, 404)
        assert.equal((await other.try('guide.read', { code: 'T-05' })).status, 404)
        const { items } = await other.call('guide.search', { q: '测试事项T-05', limit: 100 })
        assert.ok(items.every((item) => item.id !== id))
      }
      assert.equal((await reader.try('guide.comment', { guideId: id, kind: 'error', text: '错' })).status, 404)
      assert.equal((await reader.try('guide.submit', { id })).status, 403)
      assert.equal((await reader.try('guide.list', {})).status, 403)
      assert.equal((await clerk.call('guide.read', { id })).state, 'draft')
      const supervisor = await staff(w, { role: 'supervisor', unitId: 'branch-tiexi' })
      assert.deepEqual((await supervisor.caller.call('guide.versions', { id })).guide.can, [])
      const shown = await published('T-06')
      assert.equal((await reader.try('guide.read', { id: shown.id, number: 1 })).status, 404)
    })

    it('an unfinished guide is not submitted: everything that is missing or wrong is said at once', async () => {
      const { steps: _, fee: __, ...rest } = content('T-07')
      const { id } = await clerk.call('guide.save', {
        content: {
          ...rest,
          noConnections: [],
          basis: [
            { role: 'primary', lawId: 'eia-law-2018', article: '第二十二条' },
            { role: 'supporting', lawId: 'no-such-law', article: '第一条' },
          ],
          unconfirmed: [...seed.unconfirmed, { field: 'nowhere', note: '待核对' }],
        },
      })
      const { status, body } = await clerk.try('guide.submit', { id })
      assert.equal(status, 422)
      assert.deepEqual(
        body.errors.map(({ path }: { path: string }) => path).sort(),
        [
          'content.basis.0.lawId',
          'content.basis.1.lawId',
          'content.fee',
          'content.noConnections',
          'content.steps',
          `content.unconfirmed.${seed.unconfirmed.length}.field`,
        ].sort(),
      )
      assert.equal((await clerk.call('guide.versions', { id })).guide.state, 'draft')
      assert.equal((await clerk.try('guide.read', { id })).status, 409)
    })

    it('a basis repealed since the filing is not published', async () => {
      w.turnTo('2026-08-10T10:00:00+08:00')
      const clerkThen = (await staff(w, { role: 'clerk', unitId: 'branch-tiexi' })).caller
      const basis = [{ role: 'primary' as const, lawId: 'eia-law-2018', article: '第二十二条' }]
      const { id } = await clerkThen.call('guide.save', { content: { ...content('T-08'), basis } })
      await clerkThen.call('guide.submit', { id })
      await clerkThen.call('guide.review', { id, isPassed: true })
      await clerkThen.call('guide.file', { id, filingNumber: '备〔2026〕8号' })
      w.turnTo('2026-08-15T09:00:00+08:00')
      const { status, body } = await clerkThen.try('guide.publish', { id })
      assert.equal(status, 422)
      assert.equal(body.errors[0].path, 'content.basis.0.lawId')
      w.turnTo('2026-11-23T10:00:00+08:00')
    })

    it('a step out of turn is 409 and changes nothing; an old version too', async () => {
      const { id, version } = await clerk.call('guide.save', { content: content('T-09') })
      for (const [verb, input] of [
        ['guide.publish', {}],
        ['guide.file', { filingNumber: '备1' }],
        ['guide.review', { isPassed: true }],
        ['guide.withdraw', { reason: '无' }],
        ['guide.submit', { version: version + 1 }],
        ['guide.save', { version: version + 1, content: content('T-09') }],
      ] as const) {
        assert.equal((await clerk.try(verb, { id, ...input })).status, 409, verb)
      }
      const { guide } = await clerk.call('guide.versions', { id })
      assert.deepEqual([guide.state, guide.version], ['draft', version])
      await clerk.call('guide.submit', { id })
      assert.equal((await clerk.try('guide.save', { id, content: content('T-09') })).status, 409)
    })

    it('what cannot be kept is 422 with its place, and nothing is written', async () => {
      const before = (await clerk.call('guide.list', { limit: 100 })).items.length
      const one = content('T-10')
      const cases: [input: object, path: string][] = [
        [{ content: { title: '没有编码' } }, 'content.code'],
        [{ content: content('HP-01') }, 'content.code'],
        [{ content: { ...one, kind: '别的' } }, 'content.kind'],
        [{ content: { ...one, surplus: 1 } }, 'content.surplus'],
        [{ content: { ...one, summary: 'a\u0000b' } }, 'content.summary'],
        [{ content: { ...one, faq: [{ q: '\ud800', a: '答' }] } }, 'content.faq.0.q'],
        [
          { content: { ...one, channels: [{ kind: 'online', name: '网', url: 'javascript:alert(1)' }] } },
          'content.channels.0.url',
        ],
        [{ content: { ...one, rejectionReasons: Array.from({ length: 30 }, () => '长'.repeat(1000)) } }, 'content'],
      ]
      for (const [input, path] of cases) {
        const { status, body } = await clerk.try('guide.save', input)
        assert.deepEqual([status, body.errors[0]?.path], [422, path], JSON.stringify(body).slice(0, 300))
      }
      const { id } = await clerk.call('guide.save', { content: one })
      assert.equal((await clerk.try('guide.review', { id, isPassed: false })).status, 422)
      assert.equal((await clerk.call('guide.list', { limit: 100 })).items.length, before + 1)
    })

    it('staff list all guides with their state, page by page', async () => {
      for (const filter of [{}, { q: '测试事项' }, { q: 'HP-' }]) {
        const all = await clerk.call('guide.list', { ...filter, limit: 100 })
        assert.ok(all.items.length > 4)
        const codes: string[] = []
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await clerk.call('guide.list', {
            ...filter,
            limit: 3,
            ...(cursor === undefined ? {} : { cursor }),
          })
          codes.push(...page.items.map(({ code }) => code))
          cursor = page.next
        }
        assert.deepEqual(
          codes,
          all.items.map(({ code }) => code),
        )
      }
      const drafts = await clerk.call('guide.list', { state: 'draft', q: '测试事项T-10' })
      const byCode = await clerk.call('guide.list', { state: 'draft', q: 'T-10' })
      for (const { items } of [drafts, byCode]) {
        assert.deepEqual(
          items.map(({ code }) => code),
          ['T-10'],
        )
      }
    })

    it('the trail of a guide verifies and tells of its text without keeping it', async () => {
      const rows = (await w.service.house.ds.query(
        `SELECT changes FROM audit_entry WHERE subjectKind = 'guide' AND verb = 'guide.save'`,
      )) as { changes: string }[]
      assert.ok(rows.length > 0)
      for (const { changes } of rows) assert.match(JSON.parse(changes).content[1], /^sm3:/)
      const { ds, know } = w.service.house
      for (const { id } of await ds.manager.find(Guide)) {
        assert.deepEqual(await verifyChain(ds.manager, know.keyring.purposeKey('audit'), Guide, id), [])
      }
    })
  })
}
