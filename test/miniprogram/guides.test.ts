/** What the pages of the guides put into words and keep on the phone. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { storage } from './fakeWx'
import { doubtsOf } from '../../miniprogram/pages/guide/doubts'
import { messageOf, viewOf } from '../../miniprogram/pages/guide/view'
import { segmentsOf } from '../../miniprogram/pages/guides/view'
import { recentSearches, rememberSearch } from '../../miniprogram/services/guideSearch'
import { legalFigure, promiseFigure, timesLine } from '../../miniprogram/services/guideTimes'
import { dropGuide, keepGuide, keptGuide } from '../../miniprogram/services/keptGuides'

interface Seed {
  code: string
  ways?: object[]
  related: string[]
  unconfirmed: { field: string; note: string }[]
}

describe('what a search marks', () => {
  it('is cut out of the text, and nothing of the text is lost', () => {
    assert.deepEqual(segmentsOf('建设项目环评审批', [[4, 6]]), [
      { text: '建设项目', isHit: false },
      { text: '环评', isHit: true },
      { text: '审批', isHit: false },
    ])
    assert.deepEqual(segmentsOf('环评', [[0, 2]]), [{ text: '环评', isHit: true }])
    assert.deepEqual(segmentsOf('环评', []), [{ text: '环评', isHit: false }])
  })
  it('is marked once where marks touch, and not beyond the end', () => {
    const segments = segmentsOf('排污许可证', [
      [0, 3],
      [2, 9],
    ])
    assert.equal(segments.map(({ text }) => text).join(''), '排污许可证')
    assert.ok(segments.every(({ isHit }) => isHit))
  })
})

describe('the time a matter takes', () => {
  const unknown = { isImmediate: false, confirmed: false }
  it('is said with its own unit, promise and law apart', () => {
    const times = {
      promise: { isImmediate: false, confirmed: true, workdays: 10 },
      legal: { value: 30, unit: 'day' as const },
    }
    assert.equal(promiseFigure(times.promise).figure, '10')
    assert.equal(legalFigure(times.legal).figure, '30')
    assert.match(timesLine(times), /^承诺 10 个工作日 · 法定 30 /)
  })
  it('is never made up where nobody has published it', () => {
    assert.equal(timesLine({ promise: unknown, legal: {} }), '时限以窗口公布为准')
    assert.equal(promiseFigure(unknown).figure, '')
    assert.equal(legalFigure({}).figure, '')
  })
  it('is at once where it is decided at the window, and only usually so where that is not confirmed', () => {
    assert.equal(timesLine({ promise: { isImmediate: true, confirmed: true }, legal: {} }), '当场就办')
    assert.equal(promiseFigure({ isImmediate: true, confirmed: false }).words, '一般当场就办')
  })
})

describe('what nobody has confirmed in a guide', () => {
  const unconfirmed = [
    { field: 'code', note: '编码待核对', label: '以窗口公布为准' },
    { field: 'materials', note: '份数待核对', label: '以窗口公布为准' },
    { field: 'channels[1].phone', note: '窗口待核对', label: '以窗口公布为准' },
    { field: 'channels[1].hours', note: '窗口待核对', label: '以窗口公布为准' },
    { field: 'channels[10].name', note: '名称待核对', label: '以窗口公布为准' },
  ]
  it('is marked where it stands, each note once', () => {
    const doubts = doubtsOf(unconfirmed)
    assert.equal(doubts.at('materials'), '份数待核对')
    assert.equal(doubts.within('materials[0]'), '')
    assert.equal(doubts.within('channels[1]'), '窗口待核对')
    assert.equal(doubts.within('channels[0]'), '')
    assert.equal(doubts.within('channels[10]'), '名称待核对')
  })
  it('is said at the end where no place has asked for it', () => {
    const doubts = doubtsOf(unconfirmed)
    doubts.at('materials')
    doubts.within('channels[1]')
    assert.deepEqual(doubts.rest(), ['编码待核对', '名称待核对'])
  })
})

describe('what the phone keeps of the guides', () => {
  beforeEach(() => storage.clear())
  const guide = (number: number) =>
    ({ id: `id-${number}`, code: `HP-${number}`, myComments: [{ text: '只有我看' }] }) as never

  it('is a guide that was read, by id or code, without what its reader wrote', () => {
    keepGuide(guide(1), 1000)
    assert.deepEqual(keptGuide('HP-1'), { guide: { id: 'id-1', code: 'HP-1', myComments: [] }, readAt: 1000 })
    assert.deepEqual(keptGuide('id-1'), keptGuide('HP-1'))
    dropGuide('HP-1')
    assert.equal(keptGuide('id-1'), undefined)
  })
  it('is the last twelve of them', () => {
    for (let number = 1; number <= 13; number += 1) keepGuide(guide(number))
    assert.equal(keptGuide('id-1'), undefined)
    assert.ok(keptGuide('id-2'))
  })
  it('is the last eight searches, each once, newest first', () => {
    for (const word of ['a', 'b', ' a ', '', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) rememberSearch(word)
    assert.deepEqual(recentSearches(), ['i', 'h', 'g', 'f', 'e', 'd', 'c', 'a'])
  })
})

describe('a guide as its page shows it', () => {
  const folder = new URL('../../seeds/guides/', pathToFileURL(__filename))
  const seeds = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Seed)
  const shown = ({ ways = [], related, unconfirmed, ...content }: Seed) =>
    viewOf({
      ...content,
      id: content.code,
      number: 1,
      publishedOn: '2026-11-01',
      filingNumber: null,
      filingNote: '备案号以市营商局公布为准',
      basis: [],
      ways: ways.map((way) => ({ ...way, guide: null })),
      related: related.map((code) => ({ id: code, code, title: code })),
      unconfirmed: unconfirmed.map((one) => ({ ...one, label: '以窗口公布为准' })),
      comments: [],
      myComments: [],
    } as never)

  it('leaves out nothing that nobody has confirmed', () => {
    for (const seed of seeds) {
      const text = JSON.stringify(shown(seed))
      for (const { note } of seed.unconfirmed) assert.ok(text.includes(note), `${seed.code}: ${note}`)
    }
  })
  it('fits into one setData', () => {
    for (const seed of seeds) assert.ok(Buffer.byteLength(JSON.stringify(shown(seed))) < 50 * 1024, seed.code)
  })
  it('offers no number to call and no address to copy where the window has published none', () => {
    for (const { phone, address, isWorthCopying, url } of seeds.flatMap((seed) => shown(seed).channels)) {
      assert.ok(!`${phone}${address}`.includes('公布'))
      assert.equal(isWorthCopying, Boolean(address || url))
    }
  })
  it('can be sent to a colleague as a message with what to bring', () => {
    const seed = seeds.find(({ code }) => code === 'HP-02')
    assert.ok(seed)
    const message = messageOf(shown(seed))
    assert.match(message, /我们承诺：10个工作日/)
    assert.match(message, /1\. 报批申请/)
    assert.match(message, /12345/)
  })
})
