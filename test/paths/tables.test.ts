import assert from 'node:assert/strict'
import { ZodError } from 'zod'
import { readPathTables, readPaths } from '../../src/paths/knowledge.js'
import { parsePathTables } from '../../src/paths/tables.js'

const tables = readPathTables(process.cwd())
const { classes } = tables.list

describe('the tables of the way finder', () => {
  it('the list of 2021 is whole: 173 classes in 55 groups, numbered without a gap', () => {
    assert.deepEqual(
      classes.map(({ code }) => code),
      Array.from({ length: 173 }, (_, at) => String(at + 1)),
    )
    assert.equal(new Set(classes.map(({ group }) => group)).size, 55)
  })

  it('a line that leads to a document stands in that column, word for word', () => {
    const written = (text: string) => text.replace(/（不含[^（）]*）$/u, '')
    for (const { code, columns, lines } of classes) {
      for (const { document, text } of lines) {
        if (document === null || document === 'none') continue
        const column = columns[document] ?? ''
        assert.ok(column.includes(text) || column.includes(written(text)), `${code}: ${text}`)
      }
    }
  })

  it('what each column says is found again in the lines', () => {
    const plainOf = (text: string) => text.replace(/[；（）]|以上均不含|不含/gu, '')
    for (const { code, columns, lines } of classes) {
      for (const column of ['report', 'form', 'registration'] as const) {
        const told = plainOf(lines.map(({ text }) => text).join(''))
        for (const piece of (columns[column] ?? '').split('；')) {
          const [head = ''] = piece.split(/以上均不含|（/u)
          assert.ok(told.includes(plainOf(head)), `${code} ${column}: ${head}`)
        }
      }
    }
  })

  it('a fault is told with its place: a class twice, one that is not there, a document without a row', () => {
    const faults = (change: (copy: typeof tables) => void) => {
      const copy = structuredClone(tables)
      change(copy)
      try {
        parsePathTables(copy)
      } catch (error) {
        if (error instanceof ZodError) return error.issues.map(({ message }) => message)
        throw error
      }
      return []
    }
    assert.deepEqual(
      faults(() => undefined),
      [],
    )
    assert.deepEqual(
      faults((copy) => copy.list.classes.push(structuredClone(copy.list.classes[0]!))),
      ['a class is given twice'],
    )
    assert.deepEqual(
      faults((copy) => copy.tracks.bundle.kinds.push({ name: '机场', classes: ['999'] })),
      ['there is no class 999'],
    )
    assert.deepEqual(
      faults((copy) => copy.tracks.immediate.groups.names.push('算命业')),
      ['there is no group 算命业'],
    )
    assert.deepEqual(
      faults((copy) => copy.documents.documents.pop()),
      ['one row for none, please'],
    )
    assert.deepEqual(faults((copy) => copy.tracks.decoupled.documents.push('licence' as 'form')).length, 1)
  })

  it('is found by everyday words, pinyin, initials, a wrong character and a whole sentence', async () => {
    const paths = await readPaths(process.cwd())
    const first = (q: string) => paths.search(q, 3, 0).items[0]?.code
    const expected: Record<string, string> = {
      喷漆: '67',
      养猪: '3',
      yangzhu: '3',
      加油站: '119',
      jiayouzhan: '119',
      开汽修厂: '121',
      洗车店: '120',
      注塑: '53',
      我想开一个塑料厂: '53',
      家据厂: '36',
      做豆腐: '20',
      机加工: '69',
      风电: '90',
      诊所: '108',
      污水: '95',
      锅炉: '91',
    }
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((q) => [q, first(q)])), expected)
    assert.equal(paths.search('xyz', 3, 0).total, 0)
  })
})
