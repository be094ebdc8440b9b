/** The two tables: what may follow what, for a reward and for its transfer. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { contradicts, isFinal, mayFollow, unfinishedStates } from '../../src/rewards/payout/payoutStates.js'
import { stateAfter, stateObstacle, transitions, unreachableStates } from '../../src/rewards/states.js'
import { billStates, type PayoutState, rewardStates } from '../../src/rewards/words.js'

describe('the states of a reward', () => {
  it('are all reached from a proposal, and the check says so of one that is not', () => {
    assert.deepEqual(unreachableStates(), [])
    const { 'reward.expire': _, ...table } = transitions
    assert.deepEqual(unreachableStates(table), ['expired'])
  })

  it('lead on only where the table says so, and an obstacle is a sentence exactly where they do not', () => {
    for (const state of rewardStates) {
      for (const step of Object.keys(transitions) as (keyof typeof transitions)[]) {
        const isOpen = (transitions[step].from as readonly string[]).includes(state)
        assert.equal(stateObstacle(state, step) === undefined, isOpen, `${step} from ${state}`)
        if (!isOpen) assert.throws(() => stateAfter(state, step), `${step} from ${state}`)
      }
    }
  })

  it('leave no way out of money that was paid but the one back from the bank', () => {
    const ways = Object.entries(transitions).filter(([, { from }]) => (from as readonly string[]).includes('paid'))
    assert.deepEqual(
      ways.map(([step]) => step),
      ['reward.returnBank'],
    )
  })
})

describe('the states of a transfer', () => {
  const state = fc.constantFrom<PayoutState>(...billStates)

  it('go forward only: from no state does any way lead back to it', () => {
    const reached = (from: PayoutState, seen = new Set<PayoutState>()): Set<PayoutState> => {
      for (const next of billStates) {
        if (!mayFollow(from, next) || seen.has(next)) continue
        seen.add(next)
        reached(next, seen)
      }
      return seen
    }
    for (const one of billStates) assert.ok(!reached(one).has(one), one)
    assert.deepEqual(billStates.filter(isFinal), ['SUCCESS', 'FAIL', 'CANCELLED'])
    assert.deepEqual(unfinishedStates.length, billStates.length - 3)
  })

  it('told in any order, twice or late: the end that came first stays, and another end is found out', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 12 }), (told) => {
        let now: PayoutState = 'NEW'
        for (const next of told) if (mayFollow(now, next)) now = next
        const ends = told.filter(isFinal)
        assert.equal(now, ends[0] ?? now)
        assert.equal(
          ends.some((end) => contradicts(now, end)),
          new Set(ends).size > 1,
        )
      }),
    )
  })
})
