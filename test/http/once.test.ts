import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`a command sent more than once, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    let second: StaffMember
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      second = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    let count = 0
    const newPost = () => {
      count += 1
      return {
        role: 'officer',
        unitId: 'tiexi',
        name: `演示第${count}位`,
        phone: `138${String(count).padStart(8, '0')}`,
      }
    }
    const key = () => ({ 'Idempotency-Key': uuid() })
    const postsNamed = async (name: string) =>
      (await w.service.house.ds.query('SELECT id FROM post WHERE name = ?', [name])) as { id: string }[]

    it('ten at the same moment with one key have one effect and ten equal answers', async () => {
      const [input, headers] = [newPost(), key()]
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => clerk.caller.try('staff.save', input, headers)),
      )
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
      assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
      assert.deepEqual(await postsNamed(input.name), [{ id: answers[0]?.body.id }])
      const entries = await w.service.house.ds.query('SELECT id FROM audit_entry WHERE subjectId = ?', [
        answers[0]?.body.id,
      ])
      assert.equal(entries.length, 1)
    })

    it('the answer stays the first one, whatever has become of the matter', async () => {
      const [input, headers] = [newPost(), key()]
      const first = await clerk.caller.try('staff.save', input, headers)
      await clerk.caller.try('staff.save', { ...input, id: first.body.id, title: '已改' })
      assert.deepEqual((await clerk.caller.try('staff.save', input, headers)).body, first.body)
    })

    it('the same key for another content is refused', async () => {
      const [input, headers] = [newPost(), key()]
      await clerk.caller.try('staff.save', input, headers)
      const other = await clerk.caller.try('staff.save', { ...input, name: '另一位' }, headers)
      assert.deepEqual([other.status, other.body.type], [409, 'urn:problem:keyReused'])
      assert.deepEqual(await postsNamed('另一位'), [])
    })

    it('the same key of another person is another key', async () => {
      const [input, headers] = [newPost(), key()]
      const [one, two] = await Promise.all([
        clerk.caller.try('staff.save', input, headers),
        second.caller.try('staff.save', input, headers),
      ])
      assert.deepEqual([one.status, two.status], [200, 200])
      assert.equal((await postsNamed(input.name)).length, 2)
    })

    it('the same key for another verb is another key', async () => {
      const [input, headers] = [newPost(), key()]
      await clerk.caller.try('staff.save', input, headers)
      assert.equal((await clerk.caller.try('person.update', { name: '演示' }, headers)).status, 200)
    })

    it('what was refused leaves the key free', async () => {
      const [input, headers] = [newPost(), key()]
      const refused = await clerk.caller.try('staff.save', { ...input, unitId: 'nowhere' }, headers)
      assert.equal(refused.status, 422)
      assert.equal((await clerk.caller.try('staff.save', input, headers)).status, 200)
    })

    it('without a key it is done as often as it is sent', async () => {
      const input = newPost()
      await Promise.all([clerk.caller.try('staff.save', input), clerk.caller.try('staff.save', input)])
      assert.equal((await postsNamed(input.name)).length, 2)
    })

    it('answers are kept sealed, and for a week', async () => {
      const [input, headers] = [newPost(), key()]
      await clerk.caller.try('staff.save', input, headers)
      const kept = JSON.stringify(await w.service.house.ds.query('SELECT answer FROM idempotency'))
      assert.ok(!kept.includes(input.name))
      w.turnTo('2026-12-01T10:00:01+08:00')
      await w.drainJobs()
      assert.deepEqual(await w.service.house.ds.query('SELECT scope FROM idempotency'), [])
    })
  })
}
