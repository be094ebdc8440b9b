import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  addDays,
  dateOf,
  daysBetween,
  instantAt,
  isDate,
  parseWireInstant,
  toWireInstant,
  weekday,
  weekdayName,
} from '../../src/calendar/dates.js'

const instants = fc.date({
  min: new Date('1992-01-01T00:00:00Z'),
  max: new Date('2199-12-30T00:00:00Z'),
  noInvalidDate: true,
})

describe('dates of Shenyang', () => {
  it('a day begins at midnight in Shenyang, not in Greenwich', () => {
    assert.equal(dateOf(new Date('2026-11-23T15:59:59.999Z')), '2026-11-23')
    assert.equal(dateOf(new Date('2026-11-23T16:00:00.000Z')), '2026-11-24')
    assert.equal(dateOf(instantAt('2026-11-24')), '2026-11-24')
    assert.equal(instantAt('2026-11-24', '08:30').toISOString(), '2026-11-24T00:30:00.000Z')
  })

  it('agrees with the time zone tables at any instant since 1992', () => {
    const table = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    fc.assert(fc.property(instants, (at) => assert.equal(dateOf(at), table.format(at))))
  })

  it('adds days over months, leap days and years', () => {
    assert.equal(addDays('2026-12-31', 1), '2027-01-01')
    assert.equal(addDays('2028-02-28', 1), '2028-02-29')
    assert.equal(addDays('2026-03-01', -1), '2026-02-28')
    assert.equal(daysBetween('2026-01-01', '2027-01-01'), 365)
  })

  it('knows the day of the week, also before 1970', () => {
    assert.deepEqual([weekday('2026-11-23'), weekdayName('2026-11-23')], [1, '周一'])
    assert.deepEqual([weekday('2026-10-10'), weekdayName('2026-10-10')], [6, '周六'])
    assert.deepEqual([weekday('1949-10-01'), weekdayName('1949-10-01')], [6, '周六'])
  })

  it('takes real dates only', () => {
    for (const text of ['2026-01-01', '2028-02-29', '1900-01-01', '9999-12-31']) assert.ok(isDate(text), text)
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '0099-01-01',
      '2026-01-01 ',
      '二〇二六',
      '',
    ]) {
      assert.ok(!isDate(text), text)
    }
    assert.throws(() => addDays('2026-02-30', 1), RangeError)
    assert.throws(() => instantAt('2026-01-01', '24:00'), RangeError)
  })
})

describe('instants on the wire', () => {
  it('are ISO 8601 with +08:00', () => {
    assert.equal(toWireInstant(new Date('2026-11-23T16:05:09.007Z')), '2026-11-24T00:05:09.007+08:00')
  })

  it('come back as they were sent', () => {
    fc.assert(fc.property(instants, (at) => assert.deepEqual(parseWireInstant(toWireInstant(at)), at)))
  })

  it('are read with any offset, and with or without a fraction', () => {
    const expected = new Date('2026-11-23T01:30:00.000Z')
    for (const text of ['2026-11-23T09:30:00+08:00', '2026-11-23T01:30:00Z', '2026-11-22T20:00:00.0000-05:30']) {
      assert.deepEqual(parseWireInstant(text), expected, text)
    }
    assert.deepEqual(parseWireInstant('2026-11-23T09:30:00.5+08:00'), new Date('2026-11-23T01:30:00.500Z'))
  })

  it('are refused without an offset, and when no clock ever showed them', () => {
    for (const text of [
      '2026-11-23T09:30:00',
      '2026-11-23',
      '2026-02-30T09:30:00Z',
      '2026-11-23T24:00:00Z',
      '2026-11-23T09:60:00Z',
      '2026-11-23 09:30:00Z',
      '2026-11-23T09:30:00+25:00',
      'now',
    ]) {
      assert.equal(parseWireInstant(text), undefined, text)
    }
  })
})
