import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parseYearCalendar, yearCalendar } from '../../src/calendar/years.js'

const read = (year: number) =>
  JSON.parse(readFileSync(new URL(`../../seeds/calendar/${year}.json`, import.meta.url), 'utf8'))

const base = { year: 2027, isAnnounced: true, source: '测试' }
const faults = (input: unknown) => {
  const result = yearCalendar.safeParse(input)
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a year of holidays', () => {
  it('the seeds are 2026 as announced and 2027 as not yet announced', () => {
    assert.deepEqual(
      [2026, 2027].map((year) => parseYearCalendar(read(year))).map(({ year, isAnnounced }) => [year, isAnnounced]),
      [
        [2026, true],
        [2027, false],
      ],
    )
  })

  it('2027 holds the 13 statutory days of the 放假办法', () => {
    const days = parseYearCalendar(read(2027)).holidays.map(
      ({ from, to }) => Number(to.slice(8)) - Number(from.slice(8)) + 1,
    )
    assert.equal(
      days.reduce((sum, each) => sum + each, 0),
      13,
    )
  })

  it('a holiday may begin in the December before', () => {
    const holidays = [{ name: '元旦', from: '2026-12-31', to: '2027-01-02', work: ['2026-12-27'] }]
    assert.deepEqual(faults({ ...base, holidays }), [])
  })

  it('every fault of a file is reported at once', () => {
    assert.deepEqual(
      faults({
        ...base,
        holidays: [
          { name: '元旦', from: '2027-01-03', to: '2027-01-01', work: [] },
          { name: '春节', from: '2027-02-05', to: '2027-02-11', work: ['2027-02-06', '2027-02-24'] },
          { name: '重复', from: '2027-02-11', to: '2027-02-12', work: [] },
          { name: '国庆节', from: '2028-10-01', to: '2028-10-07', work: [] },
        ],
      }),
      [
        'holidays.0.to: 放假结束日早于开始日',
        'holidays.1.work.1: 调休上班日应是周六或周日',
        'holidays.3.from: 不在2027年',
        'holidays.3.to: 不在2027年',
        'holidays.1: 春节放假期间含有春节调休上班日',
        'holidays.2: 与春节放假日期重叠',
      ],
    )
  })

  it('what is no date is refused before anything is compared', () => {
    const holidays = [
      { name: '元旦', from: '2027-02-30', to: 'x', work: ['2027-13-01'] },
      { name: '', from: '2027-01-01', to: '2027-01-01', work: [] },
    ]
    assert.deepEqual(
      faults({ ...base, holidays }).map((fault) => fault.split(':')[0]),
      ['holidays.0.from', 'holidays.0.to', 'holidays.0.work.0', 'holidays.1.name'],
    )
  })

  it('a year not announced has no make-up working days', () => {
    const holidays = [{ name: '元旦', from: '2027-01-01', to: '2027-01-01', work: ['2027-01-03'] }]
    assert.deepEqual(faults({ ...base, isAnnounced: false, holidays }), [
      'holidays.0.work: 国务院尚未公布安排，不能有调休上班日',
    ])
  })
})
