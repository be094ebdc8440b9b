/** The figures of supervisors and leaders: days asked for, bars, the trend, and the proof of the trail. */
import './fakeWx'
import assert from 'node:assert/strict'
import { linesOf } from '../../miniprogram/components/staff-picker/view'
import { type UnitLine, unitBars, urgentOf, waitingOf } from '../../miniprogram/supervisor/components/board/view'
import { stepsFor, trendOf } from '../../miniprogram/supervisor/components/trend/view'
import { actionsOf } from '../../miniprogram/supervisor/guide/view'
import { accountOf, giveAll, NOT_TRIED, type Outcome } from '../../miniprogram/supervisor/overdue/handing'
import { metricOf } from '../../miniprogram/supervisor/indicator/view'
import { areasOf } from '../../miniprogram/supervisor/indicators/view'
import { widthOf } from '../../miniprogram/supervisor/services/numbers'
import { daysIn, periodOf, withDay } from '../../miniprogram/supervisor/services/period'
import { Failure, offline } from '../../miniprogram/services/failure'
import { nothingYet, withStretch } from '../../miniprogram/supervisor/trail/view'

const none = { from: '', to: '' }
const filter = { verb: 'case.list', input: {} }
const count = (value: number) => ({ value, filter })

describe('the days that figures are for', () => {
  it('are seven, thirty or those of the year, today among them', () => {
    assert.deepEqual(periodOf('week', '2026-03-02', none), { from: '2026-02-24', to: '2026-03-02' })
    assert.equal(daysIn(periodOf('month', '2026-03-02', none)), 30)
    assert.deepEqual(periodOf('year', '2026-03-02', none), { from: '2026-01-01', to: '2026-03-02' })
  })
  it('stay in order when one end is moved beyond the other', () => {
    const period = { from: '2026-03-01', to: '2026-03-10' }
    assert.deepEqual(withDay(period, 'from', '2026-03-20'), { from: '2026-03-20', to: '2026-03-20' })
    assert.deepEqual(withDay(period, 'to', '2026-03-05'), { from: '2026-03-01', to: '2026-03-05' })
  })
})

describe('a bar', () => {
  it('is as long as its share of the longest, and never too short to be seen', () => {
    assert.deepEqual([widthOf(0, 100), widthOf(1, 1000), widthOf(50, 100), widthOf(3, 0)], [0, 2, 50, 0])
  })
  it('of a unit shows what is late as a part of what is open, in the order chosen', () => {
    const lines: UnitLine[] = [
      { id: 'a', name: '甲', open: 10, overdue: 1, average: 9 },
      { id: 'b', name: '乙', open: 5, overdue: 4, average: null },
    ]
    assert.deepEqual(
      unitBars(lines, 'overdue').map(({ key, parts }) => [key, ...parts.map(({ width }) => width)]),
      [
        ['b', 40, 10],
        ['a', 10, 90],
      ],
    )
    assert.deepEqual(
      unitBars(lines, 'average').map(({ key }) => key),
      ['a', 'b'],
    )
    assert.equal(unitBars(lines, 'open', 1).length, 1)
  })
})

describe('what waits', () => {
  const overview = {
    overdue: count(0),
    dueToday: count(2),
    dueSoon: count(3),
    unassigned: count(0),
    held: count(1),
    openRectifications: count(0),
  } as never
  const pending = {
    extension: { count: count(100), isMore: true },
    decline: { count: count(0), isMore: false },
  }
  it('opens its list where there is one, and is no alarm where there is nothing', () => {
    assert.deepEqual(
      urgentOf(overview).map(({ key, tone, filter: list }) => [key, tone, list !== null]),
      [
        ['overdue', '', false],
        ['dueToday', 'warn', true],
        ['dueSoon', 'info', true],
      ],
    )
  })
  it('says that there are more than were counted', () => {
    assert.equal(waitingOf(overview, pending, false).find(({ key }) => key === 'extension')?.text, '100+')
  })
  it('has no extensions for a leader, who may not agree to them', () => {
    assert.ok(!waitingOf(overview, pending, true).some(({ key }) => key === 'extension'))
  })
})

describe('the trend', () => {
  const point = (from: string, to: string, values: [number, number, number]) =>
    ({
      from,
      to,
      submitted: count(values[0]),
      answered: count(values[1]),
      closed: count(0),
      averageWorkdays: { value: null, of: 0, filter },
      overdue: { value: values[2], filter: null },
    }) as never
  it('is cut so that its columns can be told apart', () => {
    const until = (days: number) => stepsFor({ from: '2026-01-01', to: periodOfDays(days) })
    assert.deepEqual(
      [7, 30, 180, 800].map((days) => until(days)[0]),
      ['day', 'week', 'week', 'month'],
    )
  })
  it('has a table with the numbers of its columns, the newest first; only what can be listed opens', () => {
    const points = [point('2026-03-02', '2026-03-08', [4, 2, 1]), point('2026-03-09', '2026-03-10', [8, 0, 3])]
    const { columns, rows, most } = trendOf(points, 'week')
    assert.equal(most, 8)
    assert.deepEqual(
      columns.map(({ bars }) => bars.map(({ height }) => height)),
      [
        [50, 25, 12.5],
        [100, 0, 37.5],
      ],
    )
    assert.deepEqual(
      rows.map(({ name, cells }) => [name, ...cells.map(({ value, filter: list }) => [value, list !== null])]),
      [
        ['3.9至3.10', [8, true], [0, false], [3, false]],
        ['3.2至3.8', [4, true], [2, true], [1, false]],
      ],
    )
  })
})

const periodOfDays = (days: number) =>
  new Date(Date.UTC(2026, 0, 1) + (days - 1) * 86_400_000).toISOString().slice(0, 10)

describe('who may take a case', () => {
  const staff = (id: string, openCases: number, more: object = {}) =>
    ({
      id,
      role: 'officer',
      name: id,
      title: null,
      unit: { id: 'u', name: '铁西生态环境分局' },
      openCases,
      ...more,
    }) as never
  it('is whoever answers cases and does not have it yet: those here first, the least loaded before the others', () => {
    const choices = linesOf(
      [
        staff('away', 0, { awayUntil: '2026-11-30' }),
        staff('busy', 9, { awayUntil: null }),
        staff('free', 1, { awayUntil: null }),
        staff('now', 0, { awayUntil: null }),
        staff('clerk', 0, { awayUntil: null, role: 'clerk' }),
      ],
      { selected: [], except: ['now'], roles: ['officer', 'leader'] },
    )
    assert.deepEqual(
      choices.map(({ id, away }) => [id, away !== '']),
      [
        ['free', false],
        ['busy', false],
        ['away', true],
      ],
    )
  })
})

describe('several late cases given to one officer', () => {
  const late = ['a', 'b', 'c', 'd'].map((id) => ({ id, version: 3 }))
  const wanted = { officerId: 'ding', reason: '在外办案' }
  /** Gives all of them; what `answers` says of a case happens instead of its being given over. */
  async function given(answers: Record<string, () => Failure | undefined>) {
    const sent: [id: string, key: string][] = []
    const told: Record<string, string> = {}
    const count = await giveAll(
      late,
      wanted,
      async (assignment, key) => {
        assert.deepEqual(assignment, { id: assignment.id, version: 3, ...wanted })
        sent.push([assignment.id, key])
        const failure = answers[assignment.id]?.()
        if (failure) throw failure
        return { id: assignment.id } as never
      },
      ({ id }, outcome: Outcome) => {
        told[id] = 'view' in outcome ? '' : outcome.failure
      },
    )
    return { count, sent, told }
  }
  const stale = () => new Failure({ title: '别人刚改过，请刷新后再试', status: 409 })

  it('each has a key of its own, and one that is refused keeps none of the others back', async () => {
    const { count, sent, told } = await given({ b: stale })
    assert.equal(new Set(sent.map(([, key]) => key)).size, 4)
    assert.deepEqual([count, told], [3, { a: '', b: stale().title, c: '', d: '' }])
  })
  it('without a network the rest is not tried; tried again, each is sent with the key it had', async () => {
    const first = await given({ b: offline })
    assert.deepEqual(first.told, { a: '', b: offline().title, c: NOT_TRIED, d: NOT_TRIED })
    assert.deepEqual(
      first.sent.map(([id]) => id),
      ['a', 'b'],
    )
    const again = await given({})
    assert.equal(again.count, 4)
    assert.deepEqual(again.sent.slice(0, 2), first.sent)
  })
  it('is accounted for unless all is well', () => {
    assert.deepEqual(
      [accountOf(4, 4, '演示丁'), accountOf(3, 4, '演示丁'), accountOf(0, 4, '演示丁')],
      ['', '4件里3件交给了演示丁，1件没有换成，原因写在下面', '4件都没有换成，原因写在每件下面'],
    )
  })
})

describe('a task of the table', () => {
  const metric = { key: 'k', name: '率', value: 80, unit: '%', method: '…' }
  const task = (no: number, area: string, metrics: object[]) =>
    ({
      no,
      area,
      item: `${no}. 事项。`,
      task: '任务',
      measures: ['举措'],
      unitText: '甲 乙',
      metrics,
      note: null,
    }) as never
  it('is found by its number, its text and its unit, under its area', () => {
    const tasks = [task(1, '一', []), task(2, '一', [metric]), task(3, '二', [{ ...metric, isMet: false }])]
    const found = (view: 'all' | 'counted' | 'unmet', q: string) =>
      areasOf(tasks, view, q).map(({ name, tasks: lines }) => [name, ...lines.map(({ no }) => no)])
    assert.deepEqual(found('all', ''), [
      ['一', 1, 2],
      ['二', 3],
    ])
    assert.deepEqual(found('all', '2'), [['一', 2]])
    assert.deepEqual(found('counted', '乙'), [
      ['一', 2],
      ['二', 3],
    ])
    assert.deepEqual(found('unmet', ''), [['二', 3]])
  })
  it('says of its evidence whether the list has other lines too, and has no button where there is no list', () => {
    const evidence = (verb: string, isExact: boolean) =>
      metricOf({ ...metric, filter: { verb, input: {}, isExact } } as never)
    assert.equal(evidence('case.list', true).note, '点开的清单，就是算进来的这些')
    assert.match(evidence('case.list', false).note, /也有没算的/)
    assert.equal(evidence('guide.search', true).word, '去看指南')
    assert.equal(evidence('visit.due', false).word, '看依据')
    assert.equal(evidence('staff.list', false).word, '')
    assert.equal(metricOf(metric as never).word, '')
  })
})

describe('a guide on its way', () => {
  it('has a button for each step that the server allows, the next step first', () => {
    assert.deepEqual(
      actionsOf(['guide.save', 'guide.withdraw', 'guide.submit']).map(({ verb }) => verb),
      ['guide.submit', 'guide.withdraw'],
    )
  })
})

describe('the proof of the trail', () => {
  it('adds up its stretches and says each fault in words', () => {
    const stretch = { checked: 500, days: 3, findings: [], lost: [], forgedDays: ['2026-11-01'], next: null }
    const proof = withStretch(withStretch(nothingYet, stretch), { ...stretch, forgedDays: [] })
    assert.deepEqual(proof, {
      checked: 1000,
      days: 6,
      faults: [{ key: '0', text: '2026-11-01的封存对不上' }],
    })
  })
})
