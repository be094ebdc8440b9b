/** What the home page of a firm says waits for it. */
import './fakeWx'
import assert from 'node:assert/strict'
import { firmStateOf, todosOf } from '../../miniprogram/pages/home/enterprise/view'

const none = { cases: [], visits: [], unread: 0 }
const visit = (state: string, can: string[]) =>
  ({
    id: state,
    can,
    firms: [{ state }],
    project: null,
    plannedOn: '2026-11-27',
    plannedTime: '09:30',
    startedAt: null,
  }) as never

describe('what waits for a firm', () => {
  it('is a case that owes it something, and no other', () => {
    const cases = ['waiting', 'answered', 'handling'].map((state) => ({ id: state, state, title: state })) as never
    assert.deepEqual(
      todosOf({ ...none, cases }).map(({ url }) => url),
      ['/pages/case/index?id=waiting', '/pages/case/index?id=answered'],
    )
  })
  it('is a visit while the server lets it be answered or confirmed', () => {
    const visits = [visit('offered', ['visit.consent', 'visit.decline']), visit('held', ['visit.confirm'])]
    assert.equal(todosOf({ ...none, visits }).length, 2)
  })
  it('is not a visit it has answered, although it could still change its mind', () => {
    const visits = [visit('declined', ['visit.consent']), visit('consented', ['visit.decline']), visit('held', [])]
    assert.deepEqual(todosOf({ ...none, visits }), [])
  })
  it('is its unread messages, in one line', () => {
    assert.deepEqual(
      todosOf({ ...none, unread: 3 }).map(({ title }) => title),
      ['3 条新消息'],
    )
  })
})

describe('whether somebody has a firm', () => {
  const me = (...states: string[]) => ({ enterprises: states.map((state) => ({ state })) }) as never
  it('is the best of what they are in any', () => {
    assert.equal(firmStateOf(me('pending', 'verified')), 'verified')
    assert.equal(firmStateOf(me('refused', 'pending')), 'pending')
    assert.equal(firmStateOf(me('refused')), 'none')
    assert.equal(firmStateOf(me()), 'none')
    assert.equal(firmStateOf(null), 'unknown')
  })
})
