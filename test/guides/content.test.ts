/**
 * Keeps the seeded guides honest: whole, standing on law in force, and open about what
 * nobody has confirmed.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { GuideContent, isUnconfirmed, LawText, UNCONFIRMED_LABEL } from '../../src/guides/content.js'

const today = '2026-11-23'

const readFolder = (folder: string) =>
  readdirSync(new URL(`../../seeds/${folder}/`, import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name,
      json: JSON.parse(readFileSync(new URL(`../../seeds/${folder}/${name}`, import.meta.url), 'utf8')) as unknown,
    }))

const guideFiles = readFolder('guides')
const lawFiles = readFolder('law')
const laws = new Map(lawFiles.map(({ json }) => [(json as LawText).id, json as LawText]))
const guides = guideFiles.map(({ json }) => json as GuideContent)
const guide = (code: string) => {
  const found = guides.find((one) => one.code === code)
  assert.ok(found, `no guide ${code}`)
  return found
}
const isInForce = (law: LawText) =>
  law.effectiveFrom <= today && (law.effectiveTo === undefined || today <= law.effectiveTo)

/** Every path that starts with a value for which `test` holds. */
function* paths(value: unknown, test: (value: unknown) => boolean, path = ''): Generator<string> {
  if (test(value)) yield path
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* paths(item, test, `${path}[${index}]`)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* paths(item, test, path === '' ? key : `${path}.${key}`)
  }
}

describe('seeded legal texts', () => {
  for (const { name, json } of lawFiles) {
    it(`${name} has the shape of a legal text and is named after its id`, () => {
      assert.equal(`${LawText.parse(json).id}.json`, name)
    })
  }

  it('the 法典 is in force since 2026-08-15 and the ten laws it repeals ended the day before', () => {
    const code = laws.get('eco-environment-code-2026')
    assert.equal(code?.effectiveFrom, '2026-08-15')
    const repealed = [...laws.values()].filter(({ replacedBy }) => replacedBy === code?.id)
    assert.equal(repealed.length, 10)
    for (const law of repealed) assert.equal(law.effectiveTo, '2026-08-14', law.title)
  })

  it('a text that has ended names one that replaced it, and that one is there', () => {
    for (const law of laws.values()) {
      if (law.effectiveTo === undefined) assert.equal(law.replacedBy, undefined, law.id)
      else assert.ok(laws.has(law.replacedBy ?? ''), law.id)
    }
  })
})

describe('seeded guides', () => {
  it('there are at least twenty, with codes of their own', () => {
    assert.ok(guides.length >= 20)
    assert.equal(new Set(guides.map(({ code }) => code)).size, guides.length)
    assert.equal(new Set(guides.map(({ title }) => title)).size, guides.length)
  })

  for (const { name, json } of guideFiles) {
    const content = json as GuideContent
    describe(`${content.code} ${content.title}`, () => {
      it('is whole, and its file is named after its code', () => {
        const parsed = GuideContent.safeParse(json)
        assert.deepEqual(parsed.error?.issues ?? [], [])
        assert.ok(name.startsWith(`${content.code.toLowerCase()}-`), name)
      })

      it('stands on law that is in force today, a repealed text being kept as former only', () => {
        for (const basis of content.basis) {
          const law = laws.get(basis.lawId)
          assert.ok(law, `no law ${basis.lawId}`)
          assert.equal(isInForce(law), basis.role !== 'former', `${law.title} as ${basis.role}`)
        }
        assert.ok(content.basis.some(({ role }) => role === 'primary'))
      })

      it('cites only articles whose subject is recorded with the law', () => {
        for (const basis of content.basis) {
          const known = laws.get(basis.lawId)?.articles.map(({ article }) => article) ?? []
          assert.ok(basis.article === '全文' || known.includes(basis.article), `${basis.lawId} ${basis.article}`)
        }
      })

      it('lists as unconfirmed whatever is left to the window, and every stage whose clock is not settled', () => {
        const open = [
          ...paths(content, (value) => value === UNCONFIRMED_LABEL),
          ...content.steps.flatMap(({ clock }, index) => (clock === 'configured' ? [`steps[${index}].clock`] : [])),
        ]
        for (const path of open) assert.ok(isUnconfirmed(content, path), path)
      })

      it('gives no figure whose words nobody read without saying so', () => {
        const unread = paths(content, (value) => typeof value === 'string' && /没有(读到|查到)/.test(value))
        for (const path of unread) {
          if (path.startsWith('unconfirmed')) continue
          const owner = path.replace(/\.(note|text)$/, '')
          assert.ok(isUnconfirmed(content, owner) || isUnconfirmed(content, path), path)
        }
      })

      it('gives each condition, refusal, fee and term its source, or lists it as unconfirmed', () => {
        const stated = [
          ['fee', content.fee],
          ['validity', content.validity],
          ...content.conditions.map((clause, index) => [`conditions[${index}]`, clause] as const),
          ...content.refusals.map((clause, index) => [`refusals[${index}]`, clause] as const),
        ] as const
        for (const [path, { source }] of stated) assert.ok(source !== undefined || isUnconfirmed(content, path), path)
      })

      it('claims a promise as confirmed only with its source or where a system answers at once', () => {
        const { promise } = content
        if (promise.confirmed) assert.match(promise.note ?? '', /第\d+项|自动|即时/)
        if (promise.workdays === undefined && !promise.isImmediate) assert.equal(promise.confirmed, false)
      })

      it('points only to guides that exist', () => {
        for (const code of content.related) guide(code)
        for (const way of content.ways ?? []) if (way.guideCode !== undefined) guide(way.guideCode)
      })

      it('names other guides by their titles, never by our codes', () => {
        const texts = [
          ...paths(content, (value) => typeof value === 'string' && /(^|[^A-Z])[A-Z]{2}-\d{2}(?!\d)/.test(value)),
        ]
        assert.deepEqual(
          texts.filter((path) => !/^(code|related\[\d+\]|ways\[\d+\]\.guideCode)$/.test(path)),
          [],
        )
      })

      it('tells the reader that nobody needs to be known or paid, and where to complain', () => {
        assert.ok(content.noConnections.some((text) => text.includes('不用找熟人')))
        assert.deepEqual(content.hotlines.map(({ phone }) => phone).sort(), ['024-24860175', '12345'])
      })

      it('quotes only a rule: what we say ourselves stands in the note', () => {
        for (const { quote = '' } of [content.legal, ...content.steps.flatMap(({ limit }) => limit ?? [])]) {
          assert.doesNotMatch(quote, /没有|以窗口|通行|对应的指南|任务分解表|不需要审批/)
        }
      })

      it('points to nothing that the program does not have', () => {
        assert.doesNotMatch(JSON.stringify(content), /我该走哪条路/)
      })

      it('repeats no alias', () => {
        assert.equal(new Set(content.aliases).size, content.aliases.length)
        assert.ok(!content.aliases.includes(content.title))
      })
    })
  }
})

describe('the figures of the task table', () => {
  it('报告书 60日 by law, 15 working days and 3 documents by promise', () => {
    const { legal, promise, materials } = guide('HP-01')
    assert.deepEqual(
      [legal.value, legal.unit, promise.workdays, promise.confirmed, materials.length],
      [60, 'day', 15, true, 3],
    )
  })

  it('报告表 30日 by law, 10 working days and 2 documents by promise', () => {
    const { legal, promise, materials } = guide('HP-02')
    assert.deepEqual(
      [legal.value, legal.unit, promise.workdays, promise.confirmed, materials.length],
      [30, 'day', 10, true, 2],
    )
  })

  it('a list of procedures promises no decision at once', () => {
    for (const { code, promise, ways } of guides) {
      if (ways && ways.length > 0)
        assert.deepEqual([code, promise.isImmediate, promise.workdays], [code, false, undefined])
    }
  })

  it('即来即办 within 1 working day, at the window', () => {
    const { workdays, isImmediate } = guide('HP-03').promise
    assert.deepEqual([workdays, isImmediate], [1, true])
  })

  it('审批、审核、备案 of 环评 cost nothing (法典102)', () => {
    for (const { topic, fee } of guides) if (topic === '环评') assert.match(fee.source ?? '', /第一百零二条/)
  })

  it('experts, hearings and supplements never run the promised clock (行政许可法45)', () => {
    for (const { code, steps } of guides) {
      for (const step of steps) {
        if (step.who === 'expert' || step.name.includes('收件'))
          assert.notEqual(step.clock, 'runs', `${code} ${step.name}`)
      }
    }
  })
})

describe('the names people search by', () => {
  const named = (word: string) =>
    guides.filter(({ title, aliases }) => title.includes(word) || aliases.includes(word)).map(({ code }) => code)

  for (const [word, code] of [
    ['环评', 'HP-02'],
    ['环评审批', 'HP-01'],
    ['排污证', 'PW-01'],
    ['开工厂要什么手续', 'ZH-01'],
    ['开厂要办什么', 'ZH-01'],
    ['环保手续', 'ZH-01'],
    ['危废', 'WF-06'],
    ['扬尘夜里施工', 'ZS-01'],
  ] as const) {
    it(`「${word}」 is a name of ${code}`, () => {
      assert.ok(named(word).includes(code), named(word).join())
    })
  }
})

describe('GuideContent', () => {
  const issues = (change: Partial<GuideContent>) =>
    GuideContent.safeParse({ ...guide('HP-02'), ...change }).error?.issues.map(({ path }) => path.join('.')) ?? []

  it('refuses a guide without a current basis, a step, a hotline or the word on connections', () => {
    assert.deepEqual(issues({ basis: [], hotlines: [], noConnections: [] }), ['basis', 'hotlines', 'noConnections'])
    assert.ok(issues({ steps: [] }).includes('steps'))
  })

  it('refuses a legal limit without its unit', () => {
    assert.deepEqual(issues({ legal: { value: 30, quote: '三十日内', source: '法典102' } }), ['legal.unit'])
  })

  it('refuses a limit with neither the rule’s words nor ours', () => {
    const [first, ...rest] = guide('HP-02').steps
    assert.ok(first)
    const steps = [{ ...first, limit: { value: 5, unit: 'workday' as const } }, ...rest]
    assert.deepEqual(issues({ legal: { source: '法典102' }, steps }), ['legal.quote', 'steps.0.limit.quote'])
  })

  it('refuses an unconfirmed promise that is not listed', () => {
    assert.deepEqual(issues({ promise: { isImmediate: false, confirmed: false } }), ['unconfirmed'])
  })

  it('refuses to list a field that is not there', () => {
    const unconfirmed = ['materials[9].name', 'fees', 'steps[0].limit', 'promise.workdays'].map((field) => ({
      field,
      note: '待核对',
    }))
    assert.deepEqual(issues({ unconfirmed }), ['unconfirmed.0.field', 'unconfirmed.1.field'])
  })
})
