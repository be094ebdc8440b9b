/** The checker of `npm run faults`, on data made by hand: each thing that can be wrong is seen, and in its column. */
import assert from 'node:assert/strict'
import { checkCase, type Promised } from './campaign/caseCheck.js'
import type { Cast } from './campaign/cast.js'
import { type Command, command } from './campaign/command.js'
import { Ledger } from './campaign/ledger.js'
import type { Rows } from './campaign/rows.js'
import type { CaseStory, VisitStory } from './campaign/story.js'
import { faultless, type Verdict } from './campaign/verdict.js'
import { checkVisit } from './campaign/visitCheck.js'

const somebody = (name: string) => ({ token: name, personId: name })
const cast: Cast = {
  askers: [somebody('asker')],
  officer: somebody('officer'),
  visitor: somebody('visitor'),
  visitorPostIds: ['a', 'b'],
  supervisor: somebody('supervisor'),
  enterpriseId: 'firm',
  member: somebody('member'),
}
const TITLE = '第1件事'
const VERBS = ['case.submit', 'case.sign', 'case.answer', 'case.rate'] as const

/** A case that went its whole way, as it has to be found. */
function wholeCase(): { story: CaseStory; rows: Rows; promised: Map<Command, { at: number; text: string }> } {
  const submit = command('case.submit', 'asker', { category: 'procedure', title: TITLE, text: TITLE, fileIds: [] })
  const id = 'case'
  const steps = [
    submit,
    command('case.sign', 'officer', { id }),
    command('case.answer', 'officer', { id, text: '答复', fileIds: [] }),
    command('case.rate', 'asker', { id, score: 2 }),
  ]
  const view = (version: number) => ({
    at: 0,
    text: JSON.stringify({ id, number: 'QZ1', state: '', version, can: [] }),
  })
  const entry = (verb: string, text: string | null = null) => ({ caseId: id, verb, text })
  const notice = (personId: string, template: string | null, title = '') => ({
    subjectId: id,
    personId,
    template,
    title,
  })
  const row = {
    id,
    title: TITLE,
    number: 'QZ1',
    state: 'closed',
    review: 'passed',
    version: 6,
    rating: 2,
    visitId: null,
  }
  return {
    story: { kind: 'case', title: TITLE, steps },
    promised: new Map(steps.map((step, n) => [step, view(n + 1)])),
    rows: {
      ...nothing(),
      cases: [row],
      casesByTitle: new Map([[TITLE, [row]]]),
      entries: new Map([[id, VERBS.map((verb) => entry(verb, verb === 'case.answer' ? '答复' : null))]]),
      ratings: new Map([[id, [{ caseId: id, score: 2, text: null }]]]),
      rectifications: new Map([[id, [{ caseId: id }]]]),
      trail: new Map([[id, VERBS.map((verb) => ({ subjectId: id, verb }))]]),
      notices: new Map([
        [
          id,
          [
            notice('officer', 'caseAssigned'),
            notice('asker', 'caseSigned'),
            notice('asker', 'caseAnswered'),
            notice('officer', null, '企业已评价《第1件事》'),
          ],
        ],
      ]),
    },
  }
}

function wholeVisit(): { story: VisitStory; rows: Rows; promised: Promised } {
  const findings = [
    { text: '当场解决', isSolved: true },
    { text: '没有解决', isSolved: false },
  ]
  const record = command('visit.record', 'visitor', { id: 'visit', summary: '讲解', findings } as never)
  const opened = {
    id: 'case',
    title: '没有解决',
    number: 'QZ2',
    state: 'assigned',
    review: 'passed',
    version: 1,
    rating: null,
    visitId: 'visit',
  }
  const told = (subjectId: string, personId: string) => ({ subjectId, personId, template: null, title: '' })
  return {
    story: { kind: 'visit', id: 'visit', steps: [record] },
    promised: new Map([[record, { at: 0, text: '{}' }]]),
    rows: {
      ...nothing(),
      cases: [opened],
      casesByVisit: new Map([['visit', [opened]]]),
      visits: new Map([['visit', [{ id: 'visit', state: 'held', version: 1, summary: '讲解' }]]]),
      findings: new Map([
        ['visit', findings.map(({ text, isSolved }) => ({ visitId: 'visit', text, caseId: isSolved ? null : 'case' }))],
      ]),
      trail: new Map([['visit', [{ subjectId: 'visit', verb: 'visit.record' }]]]),
      notices: new Map([
        ['visit', [told('visit', 'member')]],
        ['case', [told('case', 'officer')]],
      ]),
    },
  }
}

const nothing = (): Rows => ({
  cases: [],
  casesByTitle: new Map(),
  casesByVisit: new Map(),
  entries: new Map(),
  ratings: new Map(),
  rectifications: new Map(),
  visits: new Map(),
  findings: new Map(),
  trail: new Map(),
  notices: new Map(),
  jobsLeft: [],
})

const columnsOf = (verdict: Verdict) =>
  Object.entries(verdict).flatMap(([column, faults]: [string, string[]]) => (faults.length > 0 ? [column] : []))

type Whole = ReturnType<typeof wholeCase>
type WholeVisit = ReturnType<typeof wholeVisit>
const twice = <T>(rows: T[] | undefined) => void rows?.push(...rows.slice(0, 1))

describe('what the checker of faults sees of a case', () => {
  const seen = (spoil: (whole: Whole) => unknown) => {
    const whole = wholeCase()
    spoil(whole)
    const verdict = faultless()
    checkCase(whole.story, whole.rows, cast, whole.promised, verdict)
    return columnsOf(verdict)
  }

  const faults: readonly [string, (whole: Whole) => unknown, string[]][] = [
    ['all of it there', () => {}, []],
    ['nothing of it there', ({ rows }) => rows.casesByTitle.clear(), ['lost']],
    ['two of them', ({ rows }) => twice(rows.casesByTitle.get(TITLE)), ['doubled']],
    ['another number', ({ rows }) => Object.assign(rows.cases[0] ?? {}, { number: 'QZ9' }), ['lost']],
    ['an older version', ({ rows }) => Object.assign(rows.cases[0] ?? {}, { version: 3 }), ['lost']],
    ['its answer gone', ({ rows }) => rows.entries.get('case')?.splice(2, 1), ['lost', 'halfDone']],
    ['another answer', ({ rows }) => Object.assign(rows.entries.get('case')?.[2] ?? {}, { text: '别的' }), ['lost']],
    ['a line of its timeline twice', ({ rows }) => twice(rows.entries.get('case')), ['doubled']],
    ['no trail entry', ({ rows }) => rows.trail.get('case')?.pop(), ['halfDone']],
    ['two trail entries', ({ rows }) => twice(rows.trail.get('case')), ['doubled']],
    ['nobody told', ({ rows }) => rows.notices.clear(), ['halfDone']],
    ['somebody told twice', ({ rows }) => twice(rows.notices.get('case')), ['doubled']],
    ['its rating gone', ({ rows }) => rows.ratings.clear(), ['halfDone']],
    ['another score', ({ rows }) => Object.assign(rows.ratings.get('case')?.[0] ?? {}, { score: 5 }), ['lost']],
    ['nobody to put it right', ({ rows }) => rows.rectifications.clear(), ['halfDone']],
    [
      'a state that nothing led to',
      ({ rows }) => Object.assign(rows.cases[0] ?? {}, { state: 'handling' }),
      ['halfDone'],
    ],
    ['content never checked', ({ rows }) => Object.assign(rows.cases[0] ?? {}, { review: 'pending' }), ['halfDone']],
  ]
  for (const [what, spoil, columns] of faults) {
    it(`${what}: ${columns.join(', ') || 'nothing'}`, () => assert.deepEqual(seen(spoil), columns))
  }

  it('does not miss what was not promised, but wants it whole or not at all', () => {
    const unpromised = (spoil: (rows: Rows) => unknown) =>
      seen(({ rows, promised }) => {
        promised.clear()
        spoil(rows)
      })
    assert.deepEqual(
      unpromised((rows) => rows.casesByTitle.clear()),
      [],
    )
    assert.deepEqual(
      unpromised(() => {}),
      [],
    )
    assert.deepEqual(
      unpromised((rows) => rows.notices.clear()),
      ['halfDone'],
    )
  })
})

describe('what the checker of faults sees of a visit', () => {
  const faults: readonly [string, (rows: Rows) => unknown, string[]][] = [
    ['all of it there', () => {}, []],
    ['nothing of it there', (rows) => rows.visits.clear(), ['lost']],
    ['another summary', (rows) => Object.assign(rows.visits.get('visit')?.[0] ?? {}, { summary: '' }), ['lost']],
    ['a finding gone', (rows) => rows.findings.get('visit')?.shift(), ['lost', 'halfDone']],
    ['a finding twice', (rows) => twice(rows.findings.get('visit')), ['doubled']],
    ['its case gone', (rows) => rows.casesByVisit.clear(), ['halfDone']],
    ['its case twice', (rows) => twice(rows.casesByVisit.get('visit')), ['doubled']],
    ['no trail entry', (rows) => rows.trail.clear(), ['halfDone']],
    ['the firm not told', (rows) => rows.notices.delete('visit'), ['halfDone']],
    ['the officer told twice', (rows) => twice(rows.notices.get('case')), ['doubled']],
  ]
  for (const [what, spoil, columns] of faults) {
    it(`${what}: ${columns.join(', ') || 'nothing'}`, () => {
      const { story, rows, promised }: WholeVisit = wholeVisit()
      spoil(rows)
      const verdict = faultless()
      checkVisit(story, rows, cast, promised, verdict)
      assert.deepEqual(columnsOf(verdict), columns)
    })
  }
})

describe('the ledger of faults', () => {
  it('counts a command once, and notices another answer to its key', () => {
    const ledger = new Ledger()
    const one = command('case.sign', 'officer', { id: 'case' })
    ledger.acknowledge(one, { version: 2 })
    ledger.acknowledge(one, { version: 2 })
    assert.equal(ledger.acknowledged, 1)
    assert.deepEqual(ledger.surprising, [])
    ledger.acknowledge(one, { version: 3 })
    assert.deepEqual(ledger.surprising, ['case.sign: two answers to one key'])
  })

  it('knows the longest time without an acknowledgement, up to the end', () => {
    const ledger = new Ledger()
    assert.equal(ledger.longestPause(100, 350), 250)
  })
})
