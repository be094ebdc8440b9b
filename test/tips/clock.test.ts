/** The days and states of a tip, for any day and any order of steps. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addDays } from '../../src/calendar/dates.js'
import { makeCalendar } from '../../src/calendar/workdays.js'
import { acceptBy, concludeBy, dueOn } from '../../src/tips/clock.js'
import { plainName } from '../../src/tips/firm.js'
import { newCode, readCode } from '../../src/tips/receipt.js'
import { readTipRules } from '../../src/tips/rules.js'
import { openStates, stateObstacle, type TipStep, type Transition, transitions } from '../../src/tips/states.js'
import { type TipState, tipStates } from '../../src/tips/words.js'
import { isIdNumber } from '../../src/people/idNumber.js'
import '../sameChance.js'

const tips = readTipRules(process.cwd())
const calendar = makeCalendar([])
const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2024-01-01', n))
const steps = Object.keys(transitions) as TipStep[]

describe('the clock of a tip', () => {
  it('the answer is due after 15 working days, each of them after the day of receipt', () => {
    fc.assert(
      fc.property(day, (receivedOn) => {
        const { acceptBy: last } = acceptBy({ calendar, tips }, receivedOn)
        assert.ok(calendar.isWorkday(last))
        assert.equal(calendar.countWorkdays(receivedOn, last), tips.accept.workdays)
        assert.equal(addDays(concludeBy({ tips }, receivedOn), -tips.conclude.days), receivedOn)
      }),
    )
  })

  it('whatever the steps, something is due exactly while the bureau owes one, and nothing leads out of an end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (taken) => {
        let state: TipState = 'received'
        let end: TipState | undefined
        for (const step of taken) {
          if (stateObstacle(state, step) !== undefined) continue
          const { to }: Transition = transitions[step]
          state = to ?? state
          if (end !== undefined) assert.equal(state, end)
          if (!(openStates as readonly string[]).includes(state)) end = state
        }
        const due = dueOn({ state, acceptBy: '2026-01-01', concludeBy: state === 'received' ? null : '2026-03-01' })
        assert.equal(due !== null, (openStates as readonly string[]).includes(state))
      }),
    )
  })

  it('every state is reached', () => {
    const reached = new Set<TipState>(['received'])
    for (const _ of tipStates) {
      for (const { from, to } of Object.values<Transition>(transitions)) {
        if (to && from.some((state) => reached.has(state))) reached.add(to)
      }
    }
    assert.deepEqual([...reached].sort(), [...tipStates].sort())
  })
})

describe('what is typed by hand', () => {
  it('a code is read as it was meant, in any case and grouping', () => {
    fc.assert(
      fc.property(fc.constant(null).map(newCode), fc.constantFrom('', ' ', '-'), (code, gap) => {
        const typed = code.replaceAll('-', gap).replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
        assert.equal(readCode(typed), code.replaceAll('-', ''))
        assert.equal(readCode(code).length, 12)
      }),
    )
  })

  it('one slip in an identity number is found out', () => {
    const good = '11010519491231002X'
    assert.ok(isIdNumber(good, '2026-11-23'))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digit = String((Number(good[place]) + by) % 10)
        assert.ok(!isIdNumber(good.slice(0, place) + digit + good.slice(place + 1), '2026-11-23'))
      }),
    )
    assert.ok(!isIdNumber('110105204912310021', '2026-11-23'))
  })

  it('a firm is the same however its name is spaced and bracketed', () => {
    assert.equal(plainName('沈阳 某某（集团）有限公司'), plainName('沈阳某某(集团)有限公司'))
  })
})
