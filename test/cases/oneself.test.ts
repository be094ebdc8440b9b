import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { create } from '../../src/audit/trail.js'
import { phoneHash } from '../../src/encryption/lookup.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { type StaffMember, staff, write } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`nobody decides on themselves, on ${database}`, () => {
    let w: World
    let officer: StaffMember
    let colleague: StaffMember
    let leader: StaffMember
    let supervisor: StaffMember

    before(async () => {
      w = await world(database)
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
    })
    after(() => w.stop())

    const ask = {
      category: 'procedure' as const,
      title: '自己问自己',
      text: '怎么办？',
      districtCode: '210106',
      fileIds: [],
    }

    it("an official's own request goes to somebody else, also when it is handed on", async () => {
      const { id, officer: taker } = await officer.caller.call('case.submit', ask)
      assert.equal(taker?.postId, colleague.postId)
      const answer = await supervisor.caller.try('case.assign', { id, officerId: officer.postId })
      assert.equal(answer.status, 422)
    })

    it('whoever answered does not rate the answer', async () => {
      const asker = await w.as('plain')
      const { id, officer: taker } = await asker.call('case.submit', ask)
      const hand = taker?.postId === officer.postId ? officer : colleague
      await hand.caller.call('case.sign', { id })
      await hand.caller.call('case.answer', { id, text: '这样办。', fileIds: [] })
      await write(w, (db) => db.query('UPDATE help_case SET createdBy = ? WHERE id = ?', [hand.personId, id]))
      assert.equal((await hand.caller.try('case.rate', { id, score: 5 })).status, 403)
    })

    it('who proposed a refusal does not agree to it under a post that came later', async () => {
      const asker = await w.as('plain')
      const { id, officer: taker } = await asker.call('case.submit', ask)
      const hand = taker?.postId === officer.postId ? officer : colleague
      await hand.caller.call('case.sign', { id })
      await hand.caller.call('case.decline', { id, basis: '《信访工作条例》', reason: '不归我们管' })
      await write(w, async (db) => {
        await db.update(Post, { id: hand.postId }, { personId: null })
        await create(db, Post, {
          id: uuid(),
          role: 'leader',
          unitId: 'tiexi',
          name: '后来的岗位',
          title: null,
          phoneHash: phoneHash(w.service.house.know.keyring.purposeKey('lookup'), '15400990099'),
          workPhone: null,
          personId: hand.personId,
          handles: null,
          isDuty: false,
          isActive: true,
        })
      })
      assert.equal((await hand.caller.try('case.agreeDecline', { id })).status, 403)
      assert.equal((await leader.caller.call('case.agreeDecline', { id })).state, 'declined')
      await asker.call('case.rate', { id, score: 1 })
      const list = await supervisor.caller.call('rectification.list', {})
      const one = list.items.find((item) => item.case.id === id)
      assert.ok(one?.handler && one.handler.postId !== leader.postId, 'the leader agreed to it and does not judge it')
    })

    it('a complaint about an officer is handed into their unit only to somebody named', async () => {
      const asker = await w.as('plain')
      const { id } = await asker.call('case.submit', { ...ask, category: 'complaint', aboutPostId: colleague.postId })
      const transfer = await supervisor.caller.try('case.transfer', { id, unitId: 'tiexi', reason: '属地办理' })
      assert.equal(transfer.status, 422)
      assert.equal(transfer.body.errors[0].path, 'officerId')
      const named = { id, unitId: 'tiexi', officerId: leader.postId, reason: '由分局领导核实' }
      assert.equal((await supervisor.caller.call('case.transfer', named)).officer?.postId, leader.postId)
    })
  })
}
