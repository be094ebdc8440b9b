/** The checker itself: what it must accept, what it must find, and how it says so. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { faultOf } from './explain.js'
import { gather, type Sent } from './gather.js'
import { chanceFrom, makeHistory } from './generate.js'
import { linearize, type Model } from './linearize.js'
import { type Answer, caseModel, type Input, type Operation, perform, seen, type State, submitted } from './model.js'
import type { Verb, Who } from './people.js'

/** One number that can be set and read. */
type Register = { start: number; end: number } & ({ set: number } | { read: number })
const register: Model<number, Register> = {
  initial: 0,
  apply: (state, one) => ('set' in one ? one.set : one.read === state ? state : undefined),
  byItself: () => [],
  key: String,
}
const isLegal = (history: Register[]) => linearize(register, history).result === 'legal'

describe('the search for an order', () => {
  it('takes what overlaps in either order, and what does not in the order of time', () => {
    const set = { start: 0, end: 10, set: 1 }
    assert.ok(isLegal([set, { start: 2, end: 3, read: 0 }]))
    assert.ok(isLegal([set, { start: 2, end: 3, read: 1 }]))
    assert.ok(!isLegal([set, { start: 11, end: 12, read: 0 }]))
  })

  it('refuses a reading that goes back to what another has seen replaced', () => {
    const set = { start: 0, end: 10, set: 1 }
    assert.ok(isLegal([set, { start: 1, end: 2, read: 0 }, { start: 3, end: 4, read: 1 }]))
    assert.ok(!isLegal([set, { start: 1, end: 2, read: 1 }, { start: 3, end: 4, read: 0 }]))
  })

  it('lets what was never answered happen late, or not at all, but not before it was sent', () => {
    const lost = { start: 5, end: Infinity, set: 1 }
    assert.ok(isLegal([lost, { start: 90, end: 91, read: 0 }, { start: 92, end: 93, read: 1 }]))
    assert.ok(isLegal([lost, { start: 90, end: 91, read: 0 }]))
    assert.ok(!isLegal([lost, { start: 1, end: 2, read: 1 }]))
  })

  it('gives the order it found', () => {
    const [first, second, third] = [
      { start: 0, end: 10, set: 1 },
      { start: 0, end: 10, set: 2 },
      { start: 11, end: 12, read: 1 },
    ] as [Register, Register, Register]
    const verdict = linearize(register, [first, second, third])
    assert.deepEqual(verdict, { result: 'legal', order: [second, first, third] })
  })

  it('says so where there are too many orders to try', () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ start: 0, end: 10, set: n }))
    const verdict = linearize(register, [...many, { start: 11, end: 12, read: 99 }], 50)
    assert.equal(verdict.result, 'unknown')
  })
})

/** Somebody does something between two moments, and is answered as the model answers in `state`, or otherwise. */
function told(state: State, who: Who, verb: Verb, input: Input, [start, end]: [number, number]): [Operation, State] {
  const outcome = perform(state, who, verb, input)
  const next = 'next' in outcome ? outcome.next : state
  const answer: Answer = 'next' in outcome ? { seen: seen(next, who) } : outcome
  return [{ who, verb, input, start, end, answer }, next]
}
const fault = (operations: Operation[], unequal: Sent[][] = []) => faultOf({ caseId: 'one', operations, unequal })

describe('a history of a case', () => {
  const [signing, signed] = told(submitted, 'officer', 'case.sign', {}, [0, 10])
  const [answering, answered] = told(signed, 'standIn', 'case.answer', { mark: '#a' }, [20, 30])

  it('is legal in any order that the rules allow', () => {
    const [late] = told(submitted, 'standIn', 'case.answer', { mark: '#b' }, [1, 9])
    assert.equal(late.answer !== 'unknown' && 'refused' in late.answer && late.answer.refused, 'wrongState')
    assert.equal(fault([signing, late, answering]), undefined)
  })

  it('is illegal where an update was lost: two were done on the same version', () => {
    const [note] = told(signed, 'leader', 'case.note', { mark: '#n' }, [21, 29])
    const said = fault([signing, answering, note]) ?? ''
    assert.match(said, /no order of these explains/)
    assert.match(said, /standIn +case\.answer #a → version 3: answered/)
    assert.match(said, /leader +case\.note #n → version 3: handling/)
  })

  it('is illegal where somebody reads what is no longer so', () => {
    const [stale] = told(signed, 'supervisor', 'case.read', {}, [40, 50])
    assert.match(fault([signing, answering, stale]) ?? '', /supervisor case\.read answered version: 2, not 3/)
    assert.equal(fault([signing, answering, { ...stale, start: 25 }]), undefined)
  })

  it('is illegal where a reading mixes two moments', () => {
    const mixed = { ...seen(signed, 'supervisor' as const), timeline: answered.timeline }
    const torn: Operation = {
      who: 'supervisor',
      verb: 'case.read',
      input: {},
      start: 25,
      end: 26,
      answer: { seen: mixed },
    }
    assert.match(fault([signing, answering, torn]) ?? '', /supervisor case\.read answered/)
  })

  it('is illegal where one command took effect twice', () => {
    const [noting, noted] = told(signed, 'leader', 'case.note', { mark: '#n' }, [21, 29])
    const twice = { ...noted, version: noted.version + 1, notes: [...noted.notes, ...noted.notes] }
    const [read] = told(twice, 'leader', 'case.read', {}, [30, 31])
    assert.match(fault([signing, noting, read]) ?? '', /notes: \["case\.note #n","case\.note #n"\]/)
  })

  it('is illegal where a command was refused that the case allowed, or allowed that it forbade', () => {
    const refused: Operation = { ...answering, answer: { refused: 'wrongState' } }
    assert.match(fault([signing, refused]) ?? '', /wrongState, not done/)
    const early: Operation = { ...answering, start: -20, end: -10 }
    assert.match(fault([early, signing]) ?? '', /done, not wrongState/)
  })

  it('is illegal where an old version was let through', () => {
    const [noting, noted] = told(signed, 'leader', 'case.note', { mark: '#n' }, [21, 29])
    const [late] = told(noted, 'leader', 'case.note', { mark: '#m' }, [30, 31])
    assert.match(fault([signing, noting, { ...late, input: { mark: '#m', version: 2 } }]) ?? '', /done, not stale/)
  })

  it('is illegal where what was acknowledged is gone', () => {
    const [gone] = told(signed, 'asker', 'case.read', {}, [50, 51])
    assert.match(fault([signing, answering, gone]) ?? '', /case\.answer/)
  })

  it('allows that the content check came between, once', () => {
    const [passed] = caseModel.byItself(signed) as [State]
    const [read] = told(passed, 'asker', 'case.read', {}, [12, 13])
    assert.equal(fault([signing, read]), undefined)
    const [again] = told({ ...passed, version: passed.version + 1 }, 'asker', 'case.read', {}, [14, 15])
    assert.match(fault([signing, read, again]) ?? '', /version: 4, not 3/)
  })

  it('allows that what nobody heard of was done, or not', () => {
    const lost: Operation = { ...answering, end: Infinity, answer: 'unknown' }
    const [open] = told(signed, 'asker', 'case.read', {}, [40, 50])
    const [done] = told(answered, 'asker', 'case.read', {}, [60, 70])
    assert.equal(fault([signing, lost, open]), undefined)
    assert.equal(fault([signing, lost, open, done]), undefined)
    assert.match(fault([signing, lost, done, { ...open, start: 80, end: 90 }]) ?? '', /no order/)
  })
})

describe('twins under one key', () => {
  const [signing, signed] = told(submitted, 'officer', 'case.sign', {}, [0, 10])
  const twin = (one: Operation, part: Partial<Sent>): Sent => ({ ...one, key: 'k', ...part })
  const same = () => 'the same'

  it('are one operation, begun with the first and over with the first answer', () => {
    const { operations, unequal } = gather([twin(signing, {}), twin(signing, { start: 5, end: 7 })], same)
    assert.deepEqual([operations, unequal], [[{ ...signing, start: 0, end: 7 }], []])
    assert.equal(fault(operations), undefined)
  })

  it('are wrong where both were done but answered differently', () => {
    const twins = [twin(signing, {}), twin(signing, { start: 5, end: 7 })]
    const { unequal } = gather(twins, ({ end }) => String(end))
    assert.match(fault([], unequal) ?? '', /one key, different answers/)
  })

  it('whose connection was lost count with the one that was answered', () => {
    const { operations } = gather(
      [twin(signing, { end: Infinity, answer: 'unknown' }), twin(signing, { start: 5 })],
      same,
    )
    assert.deepEqual(operations, [signing])
  })

  it('of whom one was refused were two attempts', () => {
    const [refused] = told(signed, 'officer', 'case.sign', { version: 9 }, [1, 2])
    const { operations } = gather([twin(refused, {}), twin(signing, {})], same)
    assert.equal(operations.length, 2)
  })

  it('may be done later where one was lost and the other refused', () => {
    const lost = twin(signing, { end: Infinity, answer: 'unknown' })
    const refused = twin(signing, { start: 11, end: 12, answer: { refused: 'stale' } })
    const { operations } = gather([lost, refused], same)
    assert.deepEqual(
      operations.map(({ end }) => end),
      [12, Infinity],
    )
  })
})

describe('histories made by running the model', function () {
  this.timeout(120_000)
  const seeds = fc.integer({ min: 0, max: 2 ** 31 })

  it('are accepted, however much overlaps and whatever was lost', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 0.05), (seed, overlap, lost) => {
        assert.equal(fault(makeHistory(chanceFrom(seed), { length: 80, overlap, lost })), undefined)
      }),
      { numRuns: 100 },
    )
  })

  it('are refused with one answer altered, nearly always', () => {
    const tried = { whole: 0, found: 0 }
    for (let seed = 0; seed < 100; seed += 1) {
      const chance = chanceFrom(seed)
      const history = makeHistory(chance, { length: 80, overlap: 4, lost: 0 })
      const altered = alter(history, chance)
      tried.whole += 1
      if (linearize(caseModel, altered).result === 'illegal') tried.found += 1
    }
    assert.ok(tried.found >= 95, `${tried.found} of ${tried.whole}`)
  })
})

/** One answer is another's: of what was done, another version; of what was refused, that it was done, or for another reason. */
function alter(history: readonly Operation[], chance: () => number): Operation[] {
  const index = Math.floor(chance() * history.length)
  return history.map((one, n) => {
    if (n !== index || one.answer === 'unknown') return one
    if ('refused' in one.answer) {
      return { ...one, answer: { refused: one.answer.refused === 'stale' ? 'wrongState' : 'stale' } }
    }
    const version = one.answer.seen.version + (chance() < 0.5 ? 1 : -1)
    return { ...one, answer: { seen: { ...one.answer.seen, version } } }
  })
}
