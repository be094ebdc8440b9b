import { strict as assert } from 'node:assert'
import { In } from 'typeorm'
import { HelpCase } from '../../src/cases/helpCase.js'
import { changeRows, rowBy, rowsBy } from '../../src/database/rows.js'
import { Post } from '../../src/people/post.js'
import { databaseNames } from '../databases.js'
import { staff, write } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`whole rows on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    let posts: Post[]
    before(async () => {
      w = await world(database)
      await staff(w, { role: 'officer', unitId: 'hunnan', handles: ['procedure'], isDuty: true })
      await staff(w, { role: 'officer', unitId: 'hunnan', isActive: false, title: null })
      await staff(w, { role: 'leader', unitId: 'hunnan' })
      const asker = await w.as('asker')
      await asker.call('case.submit', { category: 'procedure', title: '要哪些材料', text: '报告表审批要哪些材料？' })
      posts = await w.service.house.ds.manager.find(Post, { order: { id: 'ASC' } })
      assert.equal(posts.length, 3)
    })
    after(() => w.stop())

    it('are what TypeORM reads: instants, truths, lists and what is null', async () => {
      const db = w.service.house.ds.manager
      const ids = posts.map(({ id }) => id)
      const read = await rowsBy(db, Post, { id: ids }, { order: 'id' })
      assert.deepEqual(read, posts)
      assert.ok(read[0] instanceof Post)
      assert.deepEqual(
        await rowsBy(db, HelpCase, { state: ['assigned', 'handling'] }),
        await db.findBy(HelpCase, { state: In(['assigned', 'handling']) }),
      )
      assert.ok((await rowBy(db, HelpCase, { source: 'help' }))?.createdAt instanceof Date)
    })

    it('have all that is sought: a truth, a value, one of several', async () => {
      const db = w.service.house.ds.manager
      const found = async (sought: Parameters<typeof rowsBy<Post>>[2]) => (await rowsBy(db, Post, sought)).length
      assert.equal(await found({ unitId: 'hunnan', isActive: true }), 2)
      assert.equal(await found({ role: ['officer'], isActive: false }), 1)
      assert.equal(await found({ role: ['officer', 'leader'], isDuty: true }), 1)
      assert.equal(await found({ unitId: 'hunnan', role: [] }), 0)
      assert.equal(await rowBy(db, Post, { id: 'nobody' }), null)
    })

    it('are never sought by nothing', async () => {
      const db = w.service.house.ds.manager
      const missing = undefined as unknown as string
      await assert.rejects(rowsBy(db, Post, {}), /Nothing is sought/)
      await assert.rejects(rowsBy(db, Post, { id: missing }), /without a value/)
      await assert.rejects(rowsBy(db, Post, { personId: null }), /without a value/)
      await assert.rejects(rowsBy(db, Post, { shoeSize: 43 } as never), /no column/)
    })

    it('are changed where they still are as sought, and counted', async () => {
      const [first] = posts
      assert.ok(first)
      const { id, version } = first
      const wish = { handles: ['permit'], isDuty: false, title: '科长', workPhone: undefined }
      assert.equal(await write(w, (db) => changeRows(db, Post, { id, version }, wish)), 1)
      assert.equal(await write(w, (db) => changeRows(db, Post, { id, version: version + 1 }, { isDuty: true })), 0)
      const changed = await rowBy(w.service.house.ds.manager, Post, { id })
      assert.deepEqual(changed, Object.assign(new Post(), first, { handles: ['permit'], isDuty: false, title: '科长' }))
      await assert.rejects(changeRows(w.service.house.ds.manager, Post, { id }, { isDuty: true }), /open transaction/)
    })
  })
}
