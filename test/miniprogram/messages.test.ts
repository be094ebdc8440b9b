/** The inbox with nothing in it speaks to whoever reads it. */
import './fakeWx'
import assert from 'node:assert/strict'
import { emptyTextOf } from '../../miniprogram/pages/messages/view'
import type { Me } from '../../miniprogram/services/api'

const holding = (...posts: [role: string, unit: string][]) =>
  ({ posts: posts.map(([role, id]) => ({ role, unit: { id } })) }) as unknown as Me

it('an empty inbox says what its reader will be told of, and to a firm alone what is told to firms', () => {
  const readers = [
    holding(),
    holding(['officer', 'tiexi']),
    holding(['officer', 'enforcement']),
    ...['leader', 'supervisor', 'clerk', 'admin', 'enforcer', 'rewardHandler', 'rewardApprover'].map((role) =>
      holding([role, 'enforcement']),
    ),
  ]
  const said = readers.map(emptyTextOf)
  assert.equal(new Set(said).size, readers.length)
  assert.deepEqual(
    said.map((text) => text.includes('您的诉求')),
    readers.map((_, at) => at === 0),
  )
})
