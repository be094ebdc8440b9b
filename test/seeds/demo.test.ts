// Makes sure that the demonstration's firms, projects and texts fit together and pass for nobody real.
import assert from 'node:assert/strict'
import { isCreditCode } from '../../src/people/creditCode.js'
import { readSeed } from './read.js'

interface Project {
  no: number
  code: string
  name: string
  creditCode: string
  book: string
  careLevel: string
  districtCode: string
  documentType: string
  constructionNature: string
  stage: string
  stages: { stage: string; daysAgo: number }[]
  totalInvestmentWan: number
  environmentalInvestmentWan: number
  issues: { text: string; measure: string | null; isSolved: boolean }[]
}

const { enterprises } = readSeed<{
  enterprises: { name: string; creditCode: string; districtCode: string; contactPhone: string }[]
}>('demo/enterprises.json')
const { labels, projects } = readSeed<{ labels: Record<string, Record<string, string>>; projects: Project[] }>(
  'demo/projects.json',
)
const { cases } = readSeed<{
  cases: { category: string; title: string; text: string; question: string; supplement: string; answer: string }[]
}>('demo/caseTexts.json')
const { visits } = readSeed<{
  visits: {
    kind: string
    topics: string[]
    summary: string
    findings: { text: string; category: string; isSolved: boolean }[]
  }[]
}>('demo/visitTexts.json')
const { districts } = readSeed<{ districts: { code: string }[] }>('districts.json')
const { handle } = readSeed<{ handle: Record<string, unknown> }>('deadlines.json')

const categories = Object.keys(handle)
const known = new Set(districts.map(({ code }) => code))

describe('demonstration enterprises', () => {
  it('are 60 with valid codes, recognisable as invented by name and code', () => {
    assert.equal(enterprises.length, 60)
    assert.equal(new Set(enterprises.map(({ creditCode }) => creditCode)).size, 60)
    for (const { name, creditCode, districtCode, contactPhone } of enterprises) {
      assert.ok(isCreditCode(creditCode), creditCode)
      assert.match(creditCode, /^91210100DEM0/u)
      assert.match(name, /^演示·/u)
      assert.ok(known.has(districtCode), name)
      assert.match(contactPhone, /^154000\d{5}$/u)
    }
  })

  it('are found in every district', () => {
    assert.equal(new Set(enterprises.map(({ districtCode }) => districtCode)).size, districts.length)
  })
})

describe('demonstration projects', () => {
  it('are 40 over the three ledgers and the three levels of care, in every stage', () => {
    assert.equal(projects.length, 40)
    for (const field of ['book', 'careLevel', 'documentType', 'constructionNature', 'stage'] as const) {
      assert.deepEqual(
        [...new Set(projects.map((project) => project[field]))].sort(),
        Object.keys(labels[field] ?? {}).sort(),
        field,
      )
    }
  })

  it('belong each to an enterprise of the demonstration in the same district', () => {
    for (const { name, creditCode, districtCode, code } of projects) {
      const owner = enterprises.find((enterprise) => enterprise.creditCode === creditCode)
      assert.equal(owner?.districtCode, districtCode, name)
      assert.match(name, /^演示·/u)
      assert.match(code, /^0000-210100-00-00-\d{6}$/u)
    }
  })

  it('count money in whole 万元, and no more for the environment than in all', () => {
    for (const { name, totalInvestmentWan, environmentalInvestmentWan } of projects) {
      assert.ok(Number.isInteger(totalInvestmentWan) && Number.isInteger(environmentalInvestmentWan), name)
      assert.ok(environmentalInvestmentWan > 0 && environmentalInvestmentWan <= totalInvestmentWan, name)
    }
  })

  it('went through their stages one after the other up to the present one', () => {
    for (const { name, stage, stages } of projects) {
      assert.equal(stages.at(-1)?.stage, stage, name)
      const days = stages.map(({ daysAgo }) => daysAgo)
      assert.deepEqual(
        days,
        [...new Set(days)].sort((left, right) => right - left),
        name,
      )
      assert.ok((days.at(-1) ?? -1) >= 0, name)
    }
  })

  it('need nothing approved when they need no document', () => {
    for (const { name, documentType, stage } of projects) {
      assert.equal(documentType === 'none', stage === 'exempt', name)
      assert.equal(documentType === 'registration', stage === 'registration', name)
    }
  })
})

describe('demonstration requests for help', () => {
  it('are at least eight in each category', () => {
    for (const category of categories) {
      assert.ok(cases.filter((each) => each.category === category).length >= 8, category)
    }
    for (const { category, title } of cases) assert.ok(categories.includes(category), title)
    assert.equal(new Set(cases.map(({ title }) => title)).size, cases.length)
  })

  it('are short, and answered with content instead of 「看网站」', () => {
    for (const { title, text, answer, question, supplement } of cases) {
      assert.ok(text.length >= 40 && text.length <= 200, title)
      assert.ok(answer.length >= 60 && answer.length <= 200, title)
      assert.ok(question.length >= 8 && supplement.length >= 5, title)
      assert.doesNotMatch(answer, /请?(?:看|查看|登录)(?:网站|官网)(?:。|$)/u, title)
    }
  })

  it('name no person and no telephone number', () => {
    for (const { title, text, answer, question, supplement } of cases) {
      assert.doesNotMatch([text, answer, question, supplement].join(''), /\d{7,}|某某|先生|女士/u, title)
    }
  })
})

describe('demonstration visits', () => {
  it('are 40, to parks and enterprises, with findings solved and not solved', () => {
    assert.equal(visits.length, 40)
    assert.deepEqual([...new Set(visits.map(({ kind }) => kind))].sort(), ['enterprise', 'park'])
    const findings = visits.flatMap((visit) => visit.findings)
    assert.deepEqual([...new Set(findings.map(({ isSolved }) => isSolved))].sort(), [false, true])
    for (const { text, category } of findings) assert.ok(categories.includes(category), text)
  })

  it('are services, never inspections', () => {
    for (const { summary, findings, topics } of visits) {
      assert.doesNotMatch(
        [summary, ...topics, ...findings.map(({ text }) => text)].join(''),
        /检查|处罚|取证|执法|立案|违法/u,
      )
    }
  })
})
