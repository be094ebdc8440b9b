/** The approval clock against a table that an official can check by hand, and the rules it runs by. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { parseYearCalendar } from '../../src/calendar/years.js'
import { metrics } from '../../src/indicators/metrics.js'
import { readApproval, reductionOf } from '../../src/projects/approvalClock.js'
import {
  type Kind,
  legalTerm,
  parseApprovalRules,
  pausedStages,
  promisedTerm,
  runningStages,
} from '../../src/projects/approvalRules.js'
import { type Stage, stages } from '../../src/projects/stages.js'
import { readSeed } from '../seeds/read.js'

interface Example {
  name: string
  kind: Kind
  steps: [stage: Stage, stageOn: string, back?: 'back'][]
  today: string
  expect: Record<string, unknown> | null
}

const { examples } = JSON.parse(readFileSync(new URL('./approvalExamples.json', import.meta.url), 'utf8')) as {
  examples: Example[]
}
const rules = parseApprovalRules(readSeed('approval.json'))
const calendar = makeCalendar([2025, 2026, 2027].map((year) => parseYearCalendar(readSeed(`calendar/${year}.json`))))

describe('the approval clock, example by example', () => {
  for (const { name, kind, steps, today, expect } of examples) {
    it(name, () => {
      const way = steps.map(([stage, stageOn, back]) => ({ stage, stageOn, isBack: back === 'back' }))
      const reading = readApproval(way, kind, rules, calendar, today)
      if (reading === null || expect === null) {
        assert.equal(reading, expect)
        return
      }
      const { promised, legal, reduction } = reading
      const shown = {
        startedOn: reading.startedOn,
        decidedOn: reading.decidedOn,
        used: reading.used,
        paused: reading.paused,
        usedDays: reading.usedDays,
        promisedDueOn: promised?.dueOn ?? null,
        legalDueOn: legal?.dueOn,
        byCalendar: legal?.dueOnByCalendar,
        byWorkdays: legal?.dueOnByWorkdays,
        reduction: reduction && [reduction.byWorkdays, reduction.byCalendar],
        isPaused: reading.isPaused,
        isProvisional: reading.isProvisional,
        overdueBy: [promised?.overdueBy ?? null, legal?.overdueBy],
        lawId: legal?.term.lawId,
      }
      assert.deepEqual(shown, { lawId: 'eco-environment-code-2026', ...expect })
    })
  }

  it('counted publicity is one word in the rules away', () => {
    const counted = parseApprovalRules({
      ...rules,
      stages: { ...rules.stages, publicity: { ...rules.stages.publicity, clock: 'on' } },
    })
    const way = [
      { stage: 'accepted', stageOn: '2026-11-02', isBack: false },
      { stage: 'publicity', stageOn: '2026-11-04', isBack: false },
    ] as const
    const kind = { documentType: 'form', isImmediate: false, careLevel: 'own' } as const
    const used = [rules, counted].map((one) => readApproval(way, kind, one, calendar, '2026-11-10')?.used)
    assert.deepEqual(used, [2, 6])
  })
})

describe('the rules of the approval clock', () => {
  it('say of every stage what it does to the clock', () => {
    assert.deepEqual(Object.keys(rules.stages).sort(), [...stages].sort())
    assert.deepEqual(runningStages(rules), ['accepted', 'review', 'suspended'])
    assert.deepEqual(pausedStages(rules), ['disclosure', 'assessment', 'publicity', 'hearing'])
  })

  const own = { isImmediate: false, careLevel: 'own' } as const
  it('promise 15, 10 and 1 working days where the bureau and its branches approve, and nothing for those above', () => {
    const promise = (kind: Kind) => promisedTerm(rules, kind, '2026-11-23')?.workdays
    assert.equal(promise({ ...own, documentType: 'report' }), 15)
    assert.equal(promise({ ...own, documentType: 'form', careLevel: 'lower' }), 10)
    assert.equal(promise({ ...own, documentType: 'form', isImmediate: true }), 1)
    assert.equal(promise({ ...own, documentType: 'report', isImmediate: true }), 15)
    assert.equal(promise({ ...own, documentType: null }), 10)
    assert.equal(promise({ ...own, documentType: 'report', careLevel: 'upper' }), undefined)
    assert.equal(promise({ ...own, documentType: 'registration' }), undefined)
    assert.equal(promisedTerm(rules, { ...own, documentType: 'form' }, '2022-01-01'), undefined)
  })

  it('the legal limit is 60 and 30 日, and comes from the law in force on the day of the acceptance', () => {
    const law = (documentType: 'report' | 'form', on: string) => {
      const term = legalTerm(rules, { documentType }, on)
      return [term?.days, term?.lawId]
    }
    assert.deepEqual(law('report', '2026-08-14'), [60, 'eia-law-2018'])
    assert.deepEqual(law('report', '2026-08-15'), [60, 'eco-environment-code-2026'])
    assert.deepEqual(law('form', '2026-08-15'), [30, 'eco-environment-code-2026'])
    for (const { lawId, effectiveFrom, effectiveTo, text } of rules.legal) {
      const found = readSeed<{ title: string; effectiveFrom: string; effectiveTo?: string }>(`law/${lawId}.json`)
      assert.deepEqual([effectiveFrom, effectiveTo], [found.effectiveFrom, found.effectiveTo ?? null])
      assert.ok(found.title.endsWith(text.split('第')[0] ?? '?'), text)
    }
  })

  it('the targets are those of task 5, word for word', () => {
    const { indicators } = readSeed<{ indicators: { no: number; task: string; measures: string[] }[] }>(
      'indicators/2023.json',
    )
    const task = indicators.find(({ no }) => no === 5)
    const text = [task?.task, ...(task?.measures ?? [])].join('')
    for (const words of ['平均时限压缩70%以上', '压缩到法定时限50%以内', '压缩到法定时限的三分之一']) {
      assert.ok(text.includes(words), words)
    }
    const targets = metrics.flatMap(({ no, key, target }) => (no === 5 && target ? [[key, target.value]] : []))
    assert.deepEqual(targets, [
      ['approval.reduction', 70],
      ['approval.half', 100],
      ['approval.third', 100],
    ])
    // what is promised keeps them
    for (const { documentType, workdays } of rules.promised) {
      const days = legalTerm(rules, { documentType }, '2026-11-23')?.days ?? 0
      assert.ok(workdays * 2 <= days, documentType)
    }
    assert.equal(reductionOf(15, 60), 75)
  })

  it('two limits for one case on one day, a day that is none and a stage left out are refused, all at once', () => {
    const [first, ...others] = rules.legal
    const { hearing: _, ...fewer } = rules.stages
    const wrong = {
      ...rules,
      stages: fewer,
      promised: [{ ...rules.promised[0], effectiveFrom: '2026-02-30', workdays: 0 }],
    }
    assert.throws(
      () => parseApprovalRules(wrong),
      (error: { issues: { path: PropertyKey[] }[] }) => {
        assert.deepEqual(error.issues.map(({ path }) => path.join('.')).sort(), [
          'promised.0.effectiveFrom',
          'promised.0.workdays',
          'stages.hearing',
        ])
        return true
      },
    )
    const twice = { ...rules, legal: [{ ...first, effectiveTo: null }, ...others] }
    assert.throws(() => parseApprovalRules(twice), /同一种情形在同一天有两个时限/)
  })
})
