/** The table and the rules of the window, over every way through them. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { groundNames, groundsFor } from '../../src/applications/grounds.js'
import { dayObstacle, isComplete, type Material, obstacleOf } from '../../src/applications/rules.js'
import { checkList } from '../../src/applications/receive.js'
import {
  applicationStates,
  type ApplicationState,
  type ApplicationStep,
  type Transition,
  transitions,
  unreachableStates,
} from '../../src/applications/states.js'

const names = ['申请', '报告表', '公众参与说明']
const steps = Object.keys(transitions) as ApplicationStep[]
const pending = {
  ground: 'conditionsUnmet',
  basis: '法典105条',
  reason: '选址',
  postId: 'a',
  personId: 'a',
  at: '',
} as const

const materials = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()).map(([a, b, c, later]): Material[] =>
  [a, b, c].map((isPresent, n) => ({
    name: names[n] as string,
    isPresent,
    canFollowLater: later && n === 2,
    note: null,
    cameOn: null,
  })),
)

interface Walk {
  state: ApplicationState
  materials: Material[]
  pendingRefusal: typeof pending | null
}

/** What a step does to the facts that the rules read. */
function after(row: Walk, step: ApplicationStep): Walk {
  const { to }: Transition = transitions[step]
  const next = { ...row, state: to?.[row.state] ?? row.state }
  if (step === 'application.supplement') {
    const first = row.materials.findIndex(({ isPresent }) => !isPresent)
    next.materials = row.materials.map((one, n) => (n === first ? { ...one, isPresent: true } : one))
  }
  if (step === 'application.refuse') next.pendingRefusal = pending
  else if (next.state !== row.state || step === 'application.returnRefusal') next.pendingRefusal = null
  return next
}

describe('the states of an application at the window', () => {
  it('every state can be reached, and each step names the rule it comes from', () => {
    assert.deepEqual(unreachableStates(), [])
    for (const [step, { from, to, source }] of Object.entries(transitions) as [string, Transition][]) {
      assert.ok(source.length > 10, step)
      for (const state of Object.keys(to ?? {})) assert.ok(from.includes(state as ApplicationState), step)
    }
  })

  it('on every way: one notice at most, no refusal without a second person, complete means accepted and nothing else', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(materials, fc.array(fc.constantFrom(...steps), { maxLength: 14 }), (list, walk) => {
        let row: Walk = { state: 'received', materials: list, pendingRefusal: null }
        let notices = 0
        for (const step of walk) {
          const complete = isComplete(row.materials)
          const isBefore = row.state === 'received' || row.state === 'supplementing'
          if (isBefore && complete) {
            assert.equal(obstacleOf(row, 'application.accept'), undefined)
            for (const other of ['application.notify', 'application.refuse', 'application.agreeRefusal'] as const) {
              assert.match(obstacleOf(row, other) ?? '', /要件已经齐全|已经告知过|没有等待同意/)
            }
          }
          if (obstacleOf(row, step) !== undefined) continue
          seen.add(step)
          if (step === 'application.notify') notices += 1
          if (step === 'application.accept') assert.ok(complete)
          if (step === 'application.agreeRefusal') assert.notEqual(row.pendingRefusal, null)
          const next = after(row, step)
          if (next.state === 'rejected' || next.state === 'notAccepted') {
            assert.equal(step === 'application.agreeRefusal' || next.state === row.state, true)
          }
          row = next
        }
        assert.ok(notices <= 1)
      }),
      { numRuns: 3000, seed: 20261126 },
    )
    assert.deepEqual([...seen].sort(), [...steps].sort())
  })

  it('after its last day the law has accepted it: neither notice nor refusal any more', () => {
    const row = { state: 'received' as const, noticeDueOn: '2026-11-30' }
    for (const step of ['application.notify', 'application.refuse', 'application.agreeRefusal'] as const) {
      assert.equal(dayObstacle(row, step, '2026-11-30'), undefined)
      assert.match(dayObstacle(row, step, '2026-12-01') ?? '', /依法/)
    }
    assert.equal(dayObstacle({ ...row, state: 'supplementing' }, 'application.refuse', '2026-12-01'), undefined)
  })

  it('what may still come later does not keep it from being accepted, but from being approved', () => {
    const list: Material[] = [
      { name: '申请', isPresent: true, canFollowLater: false, note: null, cameOn: null },
      { name: '营业执照', isPresent: false, canFollowLater: true, note: null, cameOn: null },
    ]
    const row = { state: 'received' as const, materials: list, pendingRefusal: null }
    assert.equal(obstacleOf(row, 'application.accept'), undefined)
    assert.match(obstacleOf({ ...row, state: 'accepted' }, 'application.decide') ?? '', /营业执照/)
  })

  it('each ground of refusal fits some state, and none fits what is over', () => {
    assert.deepEqual([...new Set(applicationStates.flatMap(groundsFor))].sort(), [...groundNames].sort())
    for (const state of ['approved', 'rejected', 'notAccepted', 'withdrawn'] as const)
      assert.deepEqual(groundsFor(state), [])
  })

  it('the check list is the guide’s own: none left out, none added, none twice', () => {
    const wanted = [{ name: '申请' }, { name: '报告表' }]
    const check = (...list: string[]) =>
      checkList(
        wanted,
        list.map((name) => ({ name, isPresent: true })),
        '2026-11-23',
      )
    assert.deepEqual(
      check('报告表', '申请').map(({ name, cameOn }) => [name, cameOn]),
      [
        ['申请', '2026-11-23'],
        ['报告表', '2026-11-23'],
      ],
    )
    for (const list of [['申请'], ['申请', '报告表', '营业执照'], ['申请', '申请', '报告表']])
      assert.throws(() => check(...list), { status: 422 })
  })
})
