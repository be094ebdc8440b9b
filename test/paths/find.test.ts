/** Worked examples of the way finder, each with where its answer comes from, and what must never happen. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readSeed } from '../seeds/read.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar } from '../../src/calendar/years.js'
import { districts } from '../../src/districts.js'
import { find } from '../../src/paths/find.js'
import { readPathTables } from '../../src/paths/knowledge.js'
import { faultsOf, openLines, UNSURE } from '../../src/paths/lines.js'
import { questionsOf } from '../../src/paths/questions.js'
import { type Answers, pathNatures, sensitivities, situations } from '../../src/paths/tables.js'
import examples from './examples.json' with { type: 'json' }

const tables = readPathTables(process.cwd())
const calendar = makeCalendar(
  [2025, 2026, 2027].map((year) => parseYearCalendar(readSeed<unknown>(`calendar/${year}.json`))),
)
const TODAY = '2026-11-25'

describe('the way of a project, by worked examples', () => {
  it('are forty at least, each with its source', () => {
    assert.ok(examples.length >= 40)
    for (const { title, source } of examples) assert.ok(source.length > 5, title)
    assert.equal(new Set(examples.map(({ title }) => title)).size, examples.length)
  })

  for (const { title, today, answers, expected } of examples) {
    it(title, () => {
      const given = answers as Answers
      assert.deepEqual(faultsOf(tables, given), [])
      const way = find(given, tables, today, calendar)
      const tracks = (applies: boolean | null) =>
        way.tracks.filter((one) => one.applies === applies).map(({ track }) => track)
      assert.deepEqual(
        {
          document: way.documentType,
          materials: way.materials?.items.length ?? null,
          workdays: way.promise?.workdays ?? null,
          dueOn: way.promise?.dueOn ?? null,
          legalDays: way.legal?.value ?? null,
          legalDueOn: way.legal?.dueOn ?? null,
          levels: way.authority?.levels ?? null,
          greenDays: way.tracks.find(({ track }) => track === 'greenChannel')?.days ?? null,
          yes: tracks(true),
          ask: tracks(null),
          ...(way.promise?.isProvisional && { isProvisional: true }),
        },
        expected,
      )
      for (const { reason, source } of way.tracks) assert.ok(reason.length > 0 && source.length > 0)
    })
  }
})

/** Answers that the tables take, of any class there is. */
const whole: fc.Arbitrary<Answers> = fc
  .record({
    one: fc.constantFrom(...tables.list.classes),
    area: fc.constantFrom(...sensitivities),
    at: fc.nat(),
    districtCode: fc.constantFrom(...districts.map(({ code }) => code)),
    nature: fc.constantFrom(...pathNatures),
    situations: fc.subarray([...situations]),
  })
  .map(({ one, area, at, ...rest }) => {
    const sensitive = one.sensitive === undefined ? undefined : area
    const ids = [...openLines(one, sensitive).map(({ id }) => id), UNSURE]
    return { classCode: one.code, sensitive, line: ids[at % ids.length], ...rest }
  })

describe('the way of a project, whatever is answered', () => {
  it('a class that the list does not have never gets a document', () => {
    const codes = new Set(tables.list.classes.map(({ code }) => code))
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('0', '174', 'unknown', '066')),
        whole,
        (classCode, answers) => {
          fc.pre(!codes.has(classCode))
          const way = find({ ...answers, classCode }, tables, TODAY, calendar)
          assert.deepEqual(
            [way.documentType, way.promise, way.legal, way.authority, way.materials, way.guideCodes],
            [null, null, null, null, null, []],
          )
          assert.ok(way.unknowns.length > 0)
          assert.ok(way.unitId !== '')
        },
      ),
    )
  })

  it('a document is named only with its reason, and else it is said what it hangs on', () => {
    fc.assert(
      fc.property(whole, (answers) => {
        const way = find(answers, tables, TODAY, calendar)
        assert.deepEqual(faultsOf(tables, answers), [])
        if (way.documentType === null) {
          assert.ok(way.unknowns.length > 0)
          assert.ok(way.tracks.every(({ applies }) => applies === null))
        } else {
          assert.ok(way.reasons.length > 0)
          assert.equal(way.tracks.length, 7)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('who cannot say which line it is gets no document, unless the area alone decides', () => {
    fc.assert(
      fc.property(whole, (answers) => {
        const one = tables.list.classes.find(({ code }) => code === answers.classCode)
        assert.ok(one)
        fc.pre(openLines(one, answers.sensitive).length > 1)
        assert.equal(find({ ...answers, line: UNSURE }, tables, TODAY, calendar).documentType, null)
      }),
    )
  })

  it('to be in a sensitive area never makes the document lighter', () => {
    const rank = { none: 0, registration: 1, form: 2, report: 3 }
    fc.assert(
      fc.property(whole, (answers) => {
        const one = tables.list.classes.find(({ code }) => code === answers.classCode)
        const line = one?.lines.find(({ id }) => id === answers.line)
        fc.pre(one?.sensitive !== undefined && line !== undefined && line.sensitive === undefined)
        const outside = find({ ...answers, sensitive: 'no' }, tables, TODAY, calendar).documentType
        const inside = find({ ...answers, sensitive: 'yes' }, tables, TODAY, calendar).documentType
        assert.ok(outside !== null && inside !== null && rank[inside] >= rank[outside])
      }),
    )
  })

  it('at most six questions are asked of any class, and the last is always the same', () => {
    for (const { code } of tables.list.classes) {
      const keys = questionsOf(tables, code).map(({ key }) => key)
      assert.ok(keys.length <= 6, code)
      assert.deepEqual([keys[0], ...keys.slice(-3)], ['classCode', 'districtCode', 'nature', 'situations'])
    }
    const unknown = questionsOf(tables, 'unknown').map(({ key }) => key)
    assert.deepEqual(unknown, ['classCode', 'districtCode', 'nature', 'situations'])
  })
})

describe('who approves, by the day', () => {
  const report: Answers = { classCode: '67', line: 'r1', districtCode: '210106', nature: 'new', situations: [] }
  const on = (today: string) => find(report, tables, today, calendar).authority?.id

  it('the provincial list of 2024 since its day, that of 2021 before, nothing before that', () => {
    assert.deepEqual(
      [on('2021-05-20'), on('2021-05-21'), on('2024-11-05'), on('2024-11-06'), on(TODAY)],
      [undefined, 'report-city-2021', 'report-city-2021', 'report-city-2024', 'report-city-2024'],
    )
  })

  it('nobody is named today by a list that has been repealed', () => {
    for (const { code } of tables.list.classes) {
      for (const id of tables.authority.rows.filter(({ effectiveTo }) => effectiveTo !== null).map((row) => row.id)) {
        assert.notEqual(find({ ...report, classCode: code }, tables, TODAY, calendar).authority?.id, id)
      }
    }
  })
})
