// What people type to find a guide, and that nothing typed can hurt.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { lexicon } from '../../src/guides/search/synonyms.js'
import { buildIndex, type GuideIndex, type SearchDoc, type Synonyms } from '../../src/guides/search.js'
import seed from '../../seeds/search/synonyms.json' with { type: 'json' }

const synonyms: Synonyms = seed

const BODY = '由生态环境部门办理，材料齐全的当场受理，不收费。办理进度可以在网上查询，咨询电话见窗口公布。'

function doc(code: string, title: string, body: string, more: Partial<SearchDoc> = {}): SearchDoc {
  return { id: `id-${code}`, code, title, aliases: [], level: 'city', body: body + BODY, ...more }
}

const docs: SearchDoc[] = [
  doc('SY-01', '建设项目生态环境影响报告书审批', '可能造成重大环境影响的项目，应当编制报告书，由市局审批。', {
    aliases: ['环评审批'],
  }),
  doc('SY-02', '建设项目生态环境影响报告表审批', '可能造成轻度环境影响的项目，应当编制报告表。', {
    aliases: ['环评审批', '开办工厂'],
    level: 'district',
  }),
  doc('SY-03', '建设项目生态环境影响登记表备案', '影响很小的项目，网上自助填报登记表。', { level: 'district' }),
  doc('SY-04', '排污许可证核发', '重点管理的排污单位申请排污许可证，先办好环评。', { aliases: ['排污许可'] }),
  doc('SY-05', '排污登记', '影响很小的排污单位在平台上填报，不需要申请许可证。', { level: 'district' }),
  doc('SY-06', '入河排污口设置审批', '向河流排放污水的工矿企业设置排污口。'),
  doc('SY-07', '危险废物经营许可证核发', '从事收集、贮存、利用、处置危险废物经营活动的单位。'),
  doc('SY-08', '夜间连续施工证明', '因特殊需要夜间施工的，应当取得证明并公告附近居民。', { level: 'district' }),
  doc('SY-09', '突发环境事件应急预案备案', '企业在应急预案签署发布后二十个工作日内备案。', { level: 'district' }),
  doc('SY-10', '辐射安全许可证核发', '生产、销售、使用射线装置的单位。VOCs治理不在此列。', { level: 'province' }),
]

describe('search of guides', () => {
  let index: GuideIndex
  before(async () => {
    index = await buildIndex(docs, synonyms)
  })

  const codes = (q: string, limit = 3, level?: SearchDoc['level']) =>
    index.search(q, { level, limit, offset: 0 }).items.map(({ id }) => id.slice('id-'.length))

  const first = (q: string) => {
    const [item] = index.search(q, { limit: 1, offset: 0 }).items
    assert.ok(item, `${q} finds nothing`)
    return item
  }

  const cut = (text: string, marks: [number, number][]) => marks.map(([start, end]) => text.slice(start, end))

  const titleOf = (id: string) => docs.find((one) => one.id === id)?.title ?? ''

  const wanted: [typed: string, code: string, why: string][] = [
    ['环评', 'SY-01', 'the short name'],
    ['huanping', 'SY-01', 'pinyin'],
    ['huanpin', 'SY-01', 'pinyin without its last letter'],
    ['huanpign', 'SY-01', 'pinyin with two letters swapped'],
    ['huanpinsenpi', 'SY-01', 'pinyin as it is spoken here'],
    ['hpsp', 'SY-01', 'initials'],
    ['hpspi', 'SY-01', 'initials with one syllable in full'],
    ['环凭', 'SY-01', 'a wrong character of the same sound'],
    ['环品审批', 'SY-01', 'a wrong character of a near sound'],
    ['环评shenpi', 'SY-01', 'Chinese and pinyin'],
    ['ＨＵＡＮＰＩＮＧ', 'SY-01', 'full width and upper case'],
    ['HPSP', 'SY-01', 'upper case'],
    ['環評審批', 'SY-01', 'traditional characters'],
    ['环境影响评价', 'SY-01', 'the old formal name'],
    ['报告表', 'SY-02', 'part of a title'],
    ['开工厂要什么手续', 'SY-02', 'an everyday question'],
    ['开厂要办什么', 'SY-02', 'another everyday question'],
    ['开厂要办什么', 'SY-04', 'what a factory needs besides'],
    ['我想办厂', 'SY-02', 'an everyday word after a word of asking'],
    ['排污证', 'SY-04', 'an everyday name'],
    ['paiwu', 'SY-04', 'pinyin of a beginning'],
    ['xukezheng', 'SY-04', 'pinyin of an end'],
    ['pwxk', 'SY-04', 'initials of a beginning'],
    ['往河里排水', 'SY-06', 'words that no guide has'],
    ['危险废物经营', 'SY-07', 'the beginning of a title'],
    ['危险费物经营', 'SY-07', 'one wrong character among right ones'],
    ['危废', 'SY-07', 'a usual short form'],
    ['weifei', 'SY-07', 'pinyin of a usual short form'],
    ['夜间施工', 'SY-08', 'a title with a word between'],
    ['夜里施工怎么办', 'SY-08', 'everyday words and a question'],
    ['应急预案', 'SY-09', 'part of a title'],
    ['应急 备案', 'SY-09', 'two words'],
    ['X光机', 'SY-10', 'an everyday word with a letter'],
    ['vocs', 'SY-10', 'a Latin word of the text'],
    ['sy-10', 'SY-10', 'the code'],
    ['辐', 'SY-10', 'one character'],
  ]
  for (const [typed, code, why] of wanted) {
    it(`${typed} (${why}) finds ${titleOf(`id-${code}`)} among the first three`, () => {
      assert.ok(codes(typed).includes(code), `${typed} → ${codes(typed).join(', ') || 'nothing'}`)
    })
  }

  it('a title typed whole comes first', () => {
    for (const { title, code } of docs) assert.equal(codes(title)[0], code)
  })

  it('a level leaves out the guides of the others, in the items and in the total', () => {
    const { items, total } = index.search('审批', { level: 'district', limit: 10, offset: 0 })
    assert.deepEqual(
      items.map(({ id }) => id),
      ['id-SY-02'],
    )
    assert.equal(total, 1)
    assert.deepEqual(codes('huanping', 10, 'province'), [])
  })

  it('pages cut one and the same order', () => {
    const all = index.search('许可', { limit: 100, offset: 0 })
    const paged = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((offset) => index.search('许可', { limit: 1, offset }).items)
    assert.ok(all.total > 2)
    assert.equal(all.items.length, all.total)
    assert.deepEqual(paged, all.items)
  })

  it('the order does not depend on the order in which guides were read', async () => {
    const other = await buildIndex(docs.toReversed(), synonyms, 1)
    for (const [typed] of wanted) {
      const options = { limit: 100, offset: 0 }
      assert.deepEqual(other.search(typed, options), index.search(typed, options))
    }
  })

  it('guides that answer equally well come in the order of their codes', async () => {
    const twins = await buildIndex(
      ['B', 'C', 'A'].map((code) => doc(code, '噪声备案', '')),
      synonyms,
    )
    const { items } = twins.search('噪声', { limit: 3, offset: 0 })
    assert.deepEqual(
      items.map(({ id }) => id),
      ['id-A', 'id-B', 'id-C'],
    )
    assert.equal(new Set(items.map(({ score }) => score)).size, 1)
  })

  it('what was typed is marked in the title and in the snippet', () => {
    const { id, snippet, titleMarks } = first('应急预案')
    assert.deepEqual(cut(titleOf(id), titleMarks), ['应急预案'])
    assert.deepEqual(cut(snippet.text, snippet.marks), ['应急预案'])
  })

  it('pinyin, initials and wrong characters are marked in the title by their sound', () => {
    for (const typed of ['paiwu', 'pw', '派污', 'paiwwu']) {
      const { id, titleMarks } = first(typed)
      assert.deepEqual([typed, ...cut(titleOf(id), titleMarks)], [typed, '排污'])
    }
  })

  it('full width letters are marked where they stand', async () => {
    const wide = await buildIndex([doc('W', 'ＶＯＣｓ治理', '喷漆房的ＶＯＣｓ应当收集。')], synonyms)
    const [item] = wide.search('vocs', { limit: 1, offset: 0 }).items
    assert.ok(item)
    assert.deepEqual(cut('ＶＯＣｓ治理', item.titleMarks), ['ＶＯＣｓ'])
    assert.deepEqual(cut(item.snippet.text, item.snippet.marks), ['ＶＯＣｓ'])
  })

  it('the snippet is a short passage around what was found, wherever it stands', async () => {
    const long = '前面的话。'.repeat(100)
    const deep = await buildIndex([doc('D', '某事项', `${long}这里说到碳排放核查。${long}`)], synonyms)
    const [item] = deep.search('碳排放', { limit: 1, offset: 0 }).items
    assert.ok(item)
    assert.match(item.snippet.text, /^…这里说到碳排放核查。.*…$/)
    assert.ok(item.snippet.text.length <= 66)
    assert.deepEqual(cut(item.snippet.text, item.snippet.marks), ['碳排放'])
  })

  it('the snippet of a guide found by its title alone is how its text begins', () => {
    const { snippet } = first('hpsp')
    assert.ok(snippet.text.startsWith('可能造成重大环境影响的项目'))
    assert.deepEqual(snippet.marks, [])
  })

  it('what no guide speaks of finds nothing', () => {
    for (const typed of ['', '   ', '😀', '???', '.*', 'zzzzzz', '咖啡豆', '没有的东西', '没有的东西xyz']) {
      assert.deepEqual([typed, index.search(typed, { limit: 3, offset: 0 })], [typed, { items: [], total: 0 }])
    }
  })

  it('an index without guides finds nothing', async () => {
    const empty = await buildIndex([], synonyms)
    assert.deepEqual(empty.search('环评', { limit: 3, offset: 0 }), { items: [], total: 0 })
  })

  it('other work runs while the index is built', async () => {
    let turns = 0
    const timer = setImmediate(function again() {
      turns++
      next = setImmediate(again)
    })
    let next = timer
    await buildIndex(docs, synonyms, 1)
    clearImmediate(next)
    assert.ok(turns >= docs.length - 1, `${turns} turns`)
  })

  it('anything may be typed: no error, and marks lie in order inside their text', () => {
    const pieces = fc.constantFrom(
      '环评',
      '排污',
      '凭',
      'huan',
      'sp',
      '(',
      '\\',
      '*+?',
      '😀',
      '\u0000',
      '𠮷',
      'İ',
      '㎡',
      'ﬀ',
      '什么',
      '__proto__',
      'constructor',
      '\ud800',
    )
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.array(pieces, { maxLength: 30 }).map((a) => a.join('')),
    )
    fc.assert(
      fc.property(typed, (q) => {
        const { items, total } = index.search(q, { limit: 20, offset: 0 })
        assert.equal(items.length, Math.min(20, total))
        for (const { id, snippet, titleMarks, score } of items) {
          assert.ok(score > 0)
          for (const [text, marks] of [
            [titleOf(id), titleMarks],
            [snippet.text, snippet.marks],
          ] as const) {
            let end = -1
            for (const [from, to] of marks) {
              assert.ok(from > end && to > from && to <= text.length)
              end = to
            }
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('search of the real guides', () => {
  const folder = new URL('../../seeds/guides/', import.meta.url)
  const textsOf = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
  }
  let index: GuideIndex
  before(async () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const real = files.map((name): SearchDoc => {
      const { code, title, aliases, level, ...rest } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
      return { id: code, code, title, aliases, level, body: textsOf(rest).join('\n') }
    })
    index = await buildIndex(real, synonyms)
  })

  const wanted: [typed: string, ...codes: string[]][] = [
    ['环评', 'HP-01', 'HP-02'],
    ['huanping', 'HP-01', 'HP-02'],
    ['hpsp', 'HP-01', 'HP-02'],
    ['hpspi', 'HP-01', 'HP-02'],
    ['huanpin', 'HP-01', 'HP-02'],
    ['huanpign', 'HP-01', 'HP-02'],
    ['环凭', 'HP-01', 'HP-02'],
    ['环评shenpi', 'HP-01', 'HP-02'],
    ['環評', 'HP-01', 'HP-02'],
    ['ＨＰＳＰ', 'HP-01', 'HP-02'],
    ['报告表', 'HP-02'],
    ['环评多久能批', 'HP-01', 'HP-02'],
    ['环评备案', 'HP-04'],
    ['排污证', 'PW-01', 'PW-02'],
    ['paiwu', 'PW-01', 'PW-02'],
    ['pwxk', 'PW-01', 'PW-02'],
    ['排污证到期怎么办', 'PW-03'],
    ['公司换法人', 'PW-04'],
    ['开工厂要什么手续', 'ZH-01', 'HP-02'],
    ['开厂要办什么', 'ZH-01', 'HP-02'],
    ['我想办厂', 'ZH-01', 'HP-02'],
    ['夜间施工', 'ZS-01'],
    ['晚上施工要办什么', 'ZS-01'],
    ['危险废物经营', 'WF-01', 'WF-02', 'WF-03'],
    ['医疗垃圾', 'WF-01'],
    ['收废机油', 'WF-02'],
    ['应急预案', 'YJ-01'],
    ['yjya', 'YJ-01'],
    ['X光机', 'FS-01'],
    ['往河里排水', 'RH-01'],
    ['餐馆油烟', 'HP-04', 'ZH-01'],
    ['加油站', 'ZH-01', 'HP-02'],
    ['印刷厂', 'ZH-01', 'HP-02'],
    ['喷漆房', 'ZH-01', 'HP-02'],
    ['机加工', 'ZH-01', 'HP-02'],
    ['罚款', 'HP-01', 'HP-02'],
    ['投诉', 'ZH-01'],
  ]
  for (const [typed, ...codes] of wanted) {
    it(`${typed} finds ${codes.join(' and ')} among the first three`, () => {
      const found = index.search(typed, { limit: 3, offset: 0 }).items.map(({ id }) => id)
      assert.deepEqual([...codes].sort(), codes.filter((code) => found.includes(code)).sort(), found.join(', '))
    })
  }
})

describe('words that tell nothing', () => {
  const { segments } = lexicon(synonyms)
  const words = (text: string) => segments(text).map((segment) => segment.text)

  it('are left out beside others, and looked up alone only where they may be meant', () => {
    assert.deepEqual(words('有没有排污的东西'), ['排污'])
    assert.deepEqual(words('没有的东西'), [])
    assert.deepEqual(words('材料'), ['材料'])
  })
})

describe('everyday words', () => {
  it('every line says why it is there and has something to say', () => {
    for (const { say, mean, why } of synonyms.everyday) assert.ok(say.length > 0 && mean.length > 0 && why.length > 0)
    for (const { say, why } of synonyms.fillers) assert.ok(say.length > 0 && why.length > 0)
    for (const { formal, short, why } of synonyms.shorthand) assert.ok(formal && short && why)
  })

  it('no everyday word is listed twice', () => {
    const said = synonyms.everyday.flatMap(({ say }) => say)
    assert.deepEqual(
      said.filter((word, i) => said.indexOf(word) !== i),
      [],
    )
  })

  it('a traditional character stands beside exactly one in use', () => {
    for (const pair of synonyms.traditional.pairs) assert.match(pair, /^(\p{Script=Han})(?!\1)\p{Script=Han}$/u)
  })
})
