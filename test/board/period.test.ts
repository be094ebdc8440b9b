import assert from 'node:assert/strict'
import { periodOf, weekOf } from '../../src/board/period.js'
import { nextUncounted } from '../../src/board/rollUp.js'

describe('the days a figure covers', () => {
  it('are the last thirty, today included, unless told', () => {
    assert.deepEqual(periodOf({}, '2026-11-23'), { from: '2026-10-25', to: '2026-11-23' })
    assert.deepEqual(periodOf({ to: '2026-11-01' }, '2026-11-23'), { from: '2026-10-03', to: '2026-11-01' })
  })

  it('a week runs from Monday to Sunday', () => {
    const week = { from: '2026-11-23', to: '2026-11-29' }
    assert.deepEqual([weekOf('2026-11-23'), weekOf('2026-11-29')], [week, week])
    assert.equal(weekOf('2026-11-22').to, '2026-11-22')
  })
})

describe('the day to count next', () => {
  it('is yesterday at first, then on to yesterday, then back to the oldest case', () => {
    const span = (first: string, last: string) => ({ first, last })
    assert.equal(nextUncounted(null, null, '2026-11-23'), '2026-11-22')
    assert.equal(nextUncounted(span('2026-11-10', '2026-11-20'), '2026-11-01', '2026-11-23'), '2026-11-21')
    assert.equal(nextUncounted(span('2026-11-10', '2026-11-22'), '2026-11-01', '2026-11-23'), '2026-11-09')
    assert.equal(nextUncounted(span('2026-11-01', '2026-11-22'), '2026-11-01', '2026-11-23'), undefined)
    assert.equal(nextUncounted(span('2026-11-22', '2026-11-22'), null, '2026-11-23'), undefined)
  })
})
