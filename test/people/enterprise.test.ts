/** Joining a firm, and who says that somebody really belongs to it. */
import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { create } from '../../src/audit/trail.js'
import { Membership } from '../../src/people/membership.js'
import { checkCharacter } from '../../src/people/creditCode.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember, write } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

const code = (first17: string) => first17 + checkCharacter(first17)

for (const database of databaseNames) {
  describe(`belonging to a firm, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    const stateOf = async (caller: Caller, id: string) =>
      (await caller.call('enterprise.mine', {})).items.find((one) => one.id === id)?.state

    describe('asking to join', () => {
      const creditCode = code('91210100TEXT90011')

      it('a firm not yet known is registered under the name given, and the asker waits', async () => {
        const asker = await w.as('asker')
        const typed = ` ${creditCode.slice(0, 8).toLowerCase()} ${creditCode.slice(8).toLowerCase()} `
        const input = { creditCode: typed, name: '测试·新来有限公司', districtCode: '210106', title: '环保专员' }
        const asked = await asker.call('enterprise.join', input)
        assert.deepEqual(asked, {
          id: asked.id,
          enterprise: { id: asked.enterprise.id, name: '测试·新来有限公司', creditCode, districtCode: '210106' },
          title: '环保专员',
          state: 'pending',
          version: 1,
        })
      })

      it('asking twice, or five times at once, is one membership', async () => {
        const asker = await w.as('eager')
        const asked = await Promise.all(
          Array.from({ length: 5 }, () => asker.try('enterprise.join', { creditCode, title: '环保专员' })),
        )
        assert.deepEqual(
          asked.map(({ status }) => status),
          [200, 200, 200, 200, 200],
        )
        const again = await asker.call('enterprise.join', { creditCode })
        assert.equal(new Set([...asked.map(({ body }) => body.id), again.id]).size, 1)
        assert.equal((await asker.call('enterprise.mine', {})).items.length, 1)
      })

      it('ten people who bring a new firm at once register it once', async () => {
        const another = code('91210100TEXT90022')
        const crowd = await Promise.all(Array.from({ length: 10 }, (_, n) => w.as(`crowd-${n}`)))
        const asked = await Promise.all(
          crowd.map((one) => one.call('enterprise.join', { creditCode: another, name: '测试·众人公司' })),
        )
        assert.equal(new Set(asked.map(({ enterprise }) => enterprise.id)).size, 1)
      })

      it('a wrong check character, and a new firm without a name, are refused on their fields', async () => {
        const asker = await w.as('asker')
        const right = code('91210100TEXT90033')
        const wrong = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0')
        for (const creditCode of [wrong, right.slice(0, 17), 'nonsense', '']) {
          const { status, body } = await asker.try('enterprise.join', { creditCode, name: '测试·公司' })
          assert.deepEqual([status, body.errors[0].path], [422, 'creditCode'], creditCode)
        }
        const { status, body } = await asker.try('enterprise.join', { creditCode: right })
        assert.deepEqual([status, body.errors[0].path], [422, 'name'])
        const { items } = await clerk.caller.call('enterprise.search', { q: right })
        assert.deepEqual(items, [])
      })

      it('nobody joins without logging in', async () => {
        assert.equal((await w.nobody.try('enterprise.join', { creditCode })).status, 401)
      })

      it('who has left waits again after asking anew', async () => {
        const { id: enterpriseId, creditCode: known } = await firm(w)
        const leaver = await member(w, enterpriseId)
        const { id } = (await leaver.call('enterprise.mine', {})).items[0] ?? { id: '' }
        await leaver.call('enterprise.leave', { id })
        assert.equal(await stateOf(leaver, id), 'left')
        const again = await leaver.call('enterprise.join', { creditCode: known })
        assert.deepEqual([again.id, again.state], [id, 'pending'])
      })

      it('nobody leaves for somebody else', async () => {
        const { id: enterpriseId } = await firm(w)
        const stays = await member(w, enterpriseId)
        const { id } = (await stays.call('enterprise.mine', {})).items[0] ?? { id: '' }
        assert.equal((await (await w.as('asker')).try('enterprise.leave', { id })).status, 404)
        assert.equal(await stateOf(stays, id), 'verified')
      })
    })

    describe('verifying', () => {
      let officer: StaffMember
      let standIn: StaffMember
      let another: StaffMember
      let leader: StaffMember
      before(async () => {
        officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
        standIn = await staff(w, { role: 'officer', unitId: 'tiexi' })
        another = await staff(w, { role: 'officer', unitId: 'tiexi' })
        leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      })

      /** Somebody waiting to be verified as of a firm with a project of the officer's. */
      const waiting = async () => {
        const { id: enterpriseId } = await firm(w)
        await project(w, { enterpriseId, officerPostId: officer.postId })
        const caller = await member(w, enterpriseId, undefined, 'pending')
        const { id } = (await caller.call('enterprise.mine', {})).items[0] ?? { id: '' }
        return { caller, id }
      }
      const isListed = async (who: StaffMember, id: string) =>
        (await who.caller.call('enterprise.members', { limit: 100 })).items.some((one) => one.id === id)

      it('the clerk verifies, and the member is one from the next request on', async () => {
        const { caller, id } = await waiting()
        assert.deepEqual((await caller.call('project.list', {})).items, [])
        assert.equal((await clerk.caller.call('enterprise.verifyMember', { id })).state, 'verified')
        assert.equal((await caller.call('project.list', {})).items.length, 1)
      })

      it('the officer of one of the firm’s projects verifies or refuses', async () => {
        const { caller, id } = await waiting()
        assert.ok(await isListed(officer, id))
        const { state } = await officer.caller.call('enterprise.verifyMember', { id, isMember: false })
        assert.equal(state, 'refused')
        assert.deepEqual((await caller.call('project.list', {})).items, [])
      })

      it('the officer’s stand-in verifies while the officer is away, and not before', async () => {
        const { caller, id } = await waiting()
        assert.equal((await standIn.caller.try('enterprise.verifyMember', { id })).status, 404)
        const period = { standInPostId: standIn.postId, fromOn: '2026-11-23', toOn: '2026-11-23' }
        const absence = await officer.caller.call('staff.setAbsence', period)
        assert.ok(await isListed(standIn, id))
        await standIn.caller.call('enterprise.verifyMember', { id })
        assert.equal(await stateOf(caller, id), 'verified')
        await officer.caller.call('staff.setAbsence', { id: absence.id, cancel: true })
      })

      it('another officer does not even find the membership', async () => {
        const { caller, id } = await waiting()
        assert.equal(await isListed(another, id), false)
        assert.equal((await another.caller.try('enterprise.verifyMember', { id })).status, 404)
        assert.equal(await stateOf(caller, id), 'pending')
      })

      it('nobody verifies themselves, whatever post they hold; another does', async () => {
        const { id: enterpriseId } = await firm(w)
        await project(w, { enterpriseId, officerPostId: officer.postId })
        for (const who of [officer, clerk]) {
          await write(w, (db) =>
            create(db, Membership, {
              id: uuid(),
              personId: who.personId,
              enterpriseId,
              title: null,
              state: 'pending',
              createdAt: w.now(),
              decidedByPostId: null,
            }),
          )
          const mine = (await who.caller.call('enterprise.mine', {})).items.find(
            (one) => one.enterprise.id === enterpriseId,
          )
          const id = mine?.id ?? ''
          assert.equal((await who.caller.try('enterprise.verifyMember', { id })).status, 404)
          assert.equal(await isListed(who, id), false)
          assert.equal(await stateOf(who.caller, id), 'pending')
        }
        const theirs = (await officer.caller.call('enterprise.mine', {})).items.find(
          (one) => one.enterprise.id === enterpriseId,
        )
        assert.ok(await isListed(clerk, theirs?.id ?? ''))
        const { state } = await clerk.caller.call('enterprise.verifyMember', { id: theirs?.id ?? '' })
        assert.equal(state, 'verified')
      })

      it('who has left is not verified before asking again, nor anybody twice', async () => {
        const { caller, id } = await waiting()
        await caller.call('enterprise.leave', { id })
        for (const isMember of [true, false]) {
          const { status } = await clerk.caller.try('enterprise.verifyMember', { id, isMember })
          assert.equal(status, 409)
        }
        assert.equal(await stateOf(caller, id), 'left')
        const again = await waiting()
        await clerk.caller.call('enterprise.verifyMember', { id: again.id })
        assert.equal((await clerk.caller.try('enterprise.verifyMember', { id: again.id })).status, 409)
        const { state } = await clerk.caller.call('enterprise.verifyMember', { id: again.id, isMember: false })
        assert.equal(state, 'refused')
      })

      it('the trail does not keep the title that a member typed', async () => {
        const asker = await w.as('titled')
        const input = { creditCode: code('91210100TEXT90044'), name: '测试·头衔公司', title: '王某某的助理' }
        const { id } = await asker.call('enterprise.join', input)
        const entries = await w.service.house.ds.manager.findBy(AuditEntry, { subjectId: id })
        assert.equal(entries.length, 1)
        assert.ok(entries[0]?.changes.includes('title') && !entries[0].changes.includes('王某某'))
      })

      it('a name nobody stands by is shown as such, and the clerk corrects it while verifying the first member', async () => {
        const creditCode = code('91210100TEXT90055')
        const [first, second] = [await w.as('squatter'), await w.as('owner')]
        await first.call('enterprise.join', { creditCode, name: '测试·乱写的名字' })
        const { id } = await second.call('enterprise.join', { creditCode, name: '测试·真名有限公司' })
        const shown = async (of: string) => {
          const { items } = await clerk.caller.call('enterprise.members', { limit: 100 })
          const one = items.find((item) => item.id === of)
          return [one?.enterprise.name, one?.isNameConfirmed]
        }
        assert.deepEqual(await shown(id), ['测试·乱写的名字', false])
        const name = '测试·真名有限公司'
        const verified = await clerk.caller.call('enterprise.verifyMember', { id, name })
        assert.deepEqual([verified.state, verified.enterprise.name], ['verified', name])
        const waits = (await first.call('enterprise.mine', {})).items[0]?.id ?? ''
        assert.deepEqual(await shown(waits), [name, true])
        const late = await clerk.caller.try('enterprise.verifyMember', { id: waits, name: '测试·又一个名字' })
        assert.deepEqual([late.status, late.body.errors[0].path], [422, 'name'])
      })

      it('an officer does not rename the firm', async () => {
        const { id } = await waiting()
        const { status, body } = await officer.caller.try('enterprise.verifyMember', { id, name: '测试·改名' })
        assert.deepEqual([status, body.errors[0].path], [422, 'name'])
      })

      it('a leader, and the member, may not', async () => {
        const { caller, id } = await waiting()
        assert.equal((await leader.caller.try('enterprise.verifyMember', { id })).status, 403)
        assert.equal((await caller.try('enterprise.verifyMember', { id })).status, 403)
        assert.equal(await stateOf(caller, id), 'pending')
      })

      it('who waits is listed with name and phone masked', async () => {
        const { caller, id } = await waiting()
        await caller.call('person.update', { name: '欧阳明月' })
        await caller.call('person.bindPhone', { code: 'phone:13812349999' })
        const { items } = await officer.caller.call('enterprise.members', { limit: 100 })
        const { personName, phone } = items.find((one) => one.id === id) ?? {}
        assert.deepEqual([personName, phone], ['欧阳*', '138****9999'])
      })
    })

    it('firms are found by the start of the name or by code, page by page', async () => {
      const [first, second, third] = [
        await firm(w, { name: '搜寻·100%有限公司' }),
        await firm(w, { name: '搜寻·100吨有限公司' }),
        await firm(w, { name: '不在搜寻之列' }),
      ]
      const find = async (q: string) => (await clerk.caller.call('enterprise.search', { q })).items.map((one) => one.id)
      assert.deepEqual(await find('搜寻'), [first.id, second.id])
      assert.deepEqual(await find('搜寻·100%'), [first.id])
      assert.deepEqual(await find(third.creditCode.toLowerCase()), [third.id])
      assert.deepEqual(await find('_'), [])
      const page = await clerk.caller.call('enterprise.search', { q: '搜寻', limit: 1 })
      const next = await clerk.caller.call('enterprise.search', { q: '搜寻', limit: 1, cursor: page.next ?? '' })
      assert.deepEqual([page.items[0]?.id, next.items[0]?.id, next.next], [first.id, second.id, null])
      assert.equal((await (await w.as('asker')).try('enterprise.search', { q: '搜寻' })).status, 403)
    })
  })
}

describe('joining without end', () => {
  it('one person asks ten firms in ten minutes, and waits before the next', async () => {
    const w = await world('embedded', { env: { LIMIT_SCALE: '1' } })
    try {
      const [eager, calm] = [await w.as('eager'), await w.as('calm')]
      const join = (who: Caller, n: number) =>
        who.try('enterprise.join', { creditCode: code(`91210100TEXT8000${n}`), name: `测试·第${n}家` })
      const statuses: number[] = []
      for (let n = 0; n < 11; n += 1) statuses.push((await join(eager, n % 10)).status)
      assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 200), 429])
      assert.equal((await join(calm, 0)).status, 200)
    } finally {
      await w.stop()
    }
  })
})
