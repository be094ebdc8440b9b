import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { Notice } from '../../src/notices/notice.js'
import { databaseNames } from '../databases.js'
import { firm, member } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`logging in, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('a newcomer gets a token, and the same WeChat user is the same person again', async () => {
      const first = await w.nobody.call('session.login', { code: 'demo:newcomer' })
      const second = await w.nobody.call('session.login', { code: 'demo:newcomer#2' })
      assert.equal(first.me.id, second.me.id)
      assert.notEqual(first.token, second.token)
      assert.deepEqual(first.me.posts, [])
    })

    it('ten first logins at once make one person', async () => {
      const logins = await Promise.all(
        Array.from({ length: 10 }, (_, n) => w.nobody.call('session.login', { code: `demo:crowd#${n}` })),
      )
      assert.equal(new Set(logins.map((login) => login.me.id)).size, 1)
    })

    it('oneself is told which district each firm is in, and how many notices wait', async () => {
      const { id: firmId } = await firm(w, { districtCode: '210112' })
      const someone = await member(w, firmId)
      const me = await someone.call('session.me', {})
      assert.deepEqual([me.enterprises[0]?.enterprise.districtCode, me.unread], ['210112', 0])
      const line = {
        subjectKind: 'case',
        subjectId: uuid(),
        template: null,
        title: '有新答复',
        text: '',
        at: w.now(),
      } as const
      for (const readAt of [null, null, w.now()]) {
        const notice = { id: uuid(), personId: me.id, ...line, readAt, uniqueKey: null }
        await w.service.house.ds.manager.insert(Notice, notice)
      }
      assert.equal((await someone.call('session.me', {})).unread, 2)
    })

    it('a code that WeChat does not know is refused and makes nobody', async () => {
      const { status, body } = await w.nobody.try('session.login', { code: 'nonsense' })
      assert.equal(status, 422)
      assert.equal(body.errors[0].path, 'code')
    })

    it('a token counts until logout', async () => {
      const someone = await w.as('leaver')
      await someone.call('session.me', {})
      await someone.call('session.logout', {})
      assert.equal((await someone.try('session.me', {})).status, 401)
    })

    it('a name and a phone are kept sealed, shown masked, and gone after erasing', async () => {
      const someone = await w.as('private')
      await someone.call('person.update', { name: '欧阳明月' })
      const me = await someone.call('person.bindPhone', { code: 'phone:13812345678' })
      assert.equal(me.phone, '138****5678')
      const before = JSON.stringify(await w.service.house.ds.query('SELECT * FROM person'))
      assert.ok(!before.includes('欧阳') && !before.includes('13812345678'))
      await someone.call('person.erase', { confirm: '注销' })
      assert.equal((await someone.try('session.me', {})).status, 401)
      const [row] = await w.service.house.ds.query('SELECT * FROM person WHERE id = ?', [me.id])
      assert.equal(row.phoneHash, null)
    })
  })
}
