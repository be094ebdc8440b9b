// Makes sure that the seeded units, districts and canned replies leave no case without a place to go.
import assert from 'node:assert/strict'
import { readSeed } from './read.js'

interface Unit {
  code: string
  name: string
  kind: 'office' | 'branch' | 'group'
  districtCodes: string[]
  parent: string | null
  phone: string | null
  confirmed: boolean
  source: string
  note?: string
  members?: string[]
}

const { units } = readSeed<{ units: Unit[] }>('units.json')
const { city, districts } = readSeed<{
  city: { code: string; name: string }
  districts: { code: string; name: string; unitCode: string }[]
}>('districts.json')
const { replies } = readSeed<{
  replies: { code: string; category: string | null; unitCode: string | null; title: string; text: string }[]
}>('replies.json')

const categories = [
  'siteSelection',
  'zoneControl',
  'industryAccess',
  'policyGuidance',
  'procedure',
  'reform',
  'assessment',
  'consultation',
  'complaint',
  'suggestion',
]

const branches = units.filter(({ kind }) => kind === 'branch')

describe('units of the bureau (市局处室和分局)', () => {
  it('have codes and names of their own, and a source each', () => {
    assert.equal(new Set(units.map(({ code }) => code)).size, units.length)
    assert.equal(new Set(units.map(({ name }) => name)).size, units.length)
    for (const { code, source } of units) {
      assert.match(code, /^[a-z][A-Za-z0-9]{2,35}$/u)
      assert.notEqual(source, '', code)
    }
  })

  it('are 15 branches: one for each of the 13 districts, and two that nobody has confirmed', () => {
    assert.equal(branches.length, 15)
    assert.equal(branches.filter(({ districtCodes }) => districtCodes.length === 1).length, 13)
    const others = branches.filter(({ districtCodes }) => districtCodes.length === 0)
    assert.equal(others.length, 2)
    const unsure = (unit: Unit) => others.some(({ code }) => code === unit.code || code === unit.parent)
    for (const unit of units) assert.equal(unit.confirmed, !unsure(unit), unit.code)
    for (const { code, note } of others) assert.ok(note, code)
  })

  it('hold every office that the table names, the approval office among them', () => {
    const offices = new Map(units.filter(({ kind }) => kind === 'office').map(({ code, name }) => [code, name]))
    assert.equal(offices.get('approval'), '行政审批处')
    for (const name of [
      '市执法队',
      '法规处',
      '应急处',
      '大气处',
      '水处',
      '土壤处',
      '工业处',
      '应对气候处',
      '服务中心',
      '环科院',
      '局领导',
    ]) {
      assert.ok([...offices.values()].includes(name), name)
    }
  })

  it('read 「各生态环境分局」 as all 15 branches, and leave the other groups as printed', () => {
    const members = new Map(units.filter(({ kind }) => kind === 'group').map(({ code, members }) => [code, members]))
    assert.deepEqual(
      members.get('allBranches'),
      branches.map(({ code }) => code),
    )
    assert.deepEqual([members.get('relatedOffices'), members.get('helpingStaff')], [[], []])
  })

  it('have an expert group for the city and one for each branch: the groups that help belong to a unit', () => {
    const groups = units.filter(({ kind, parent }) => kind === 'group' && parent !== null)
    assert.deepEqual(
      groups.map(({ parent }) => parent).sort(),
      ['approval', ...branches.map(({ code }) => code)].sort(),
    )
    assert.equal(groups.find(({ parent }) => parent === 'approval')?.name, '市局环评审批技术帮扶专家组')
  })

  it('show no telephone number that nobody has confirmed', () => {
    assert.deepEqual(
      units.filter(({ phone }) => phone !== null),
      [],
    )
  })
})

describe('districts (GB/T 2260)', () => {
  it('are the 13 of Shenyang', () => {
    assert.deepEqual(city, { code: '210100', name: '沈阳市' })
    assert.deepEqual(
      districts.map(({ code, name }) => `${code} ${name}`),
      [
        '210102 和平区',
        '210103 沈河区',
        '210104 大东区',
        '210105 皇姑区',
        '210106 铁西区',
        '210111 苏家屯区',
        '210112 浑南区',
        '210113 沈北新区',
        '210114 于洪区',
        '210115 辽中区',
        '210123 康平县',
        '210124 法库县',
        '210181 新民市',
      ],
    )
  })

  it('are each served by the branch that names them', () => {
    for (const { code, unitCode } of districts) {
      assert.deepEqual(
        branches.filter(({ districtCodes }) => districtCodes.includes(code)).map((branch) => branch.code),
        [unitCode],
      )
    }
  })
})

describe('canned replies', () => {
  it('serve every category, and every unit', () => {
    for (const category of categories) {
      assert.ok(
        replies.some((reply) => reply.category === category),
        category,
      )
    }
    for (const { code, category, unitCode } of replies) {
      assert.ok(category === null || categories.includes(category), code)
      assert.equal(unitCode, null, code)
    }
    assert.equal(new Set(replies.map(({ code }) => code)).size, replies.length)
  })

  it('answer in their own words and never with 「看网站」', () => {
    for (const { code, title, text } of replies) {
      assert.ok(title.length <= 20 && text.length >= 40 && text.length <= 200, code)
      assert.doesNotMatch(text, /看网站|看官网|请查阅网站/u, code)
      // An answer ends the work: one that only promises an answer has no place here.
      assert.doesNotMatch(`${title}${text}`, /已收到|前给您.*答复|将在.*答复/u, code)
    }
  })
})
