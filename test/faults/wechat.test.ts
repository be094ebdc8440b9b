/** WeChat is down: enterprises ask for help all the same. */
import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { staff } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`WeChat down, ${database}`, function () {
    this.timeout(60_000)
    let w: World

    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('a request for help is accepted, reaches the officer, and waits for their release', async () => {
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const asker = await w.as('asker')
      await w.service.sandbox?.stop()
      const submitted = await asker.call('case.submit', {
        category: 'procedure',
        title: '报告表要准备什么',
        text: '我们要新上一条喷漆线，请问报告表审批要准备哪些材料？',
        districtCode: '210106',
      })
      assert.equal(submitted.review, 'pending')
      assert.equal(submitted.officer?.postId, officer.postId)

      await w.drainJobs()
      const { items } = await officer.caller.call('notice.list', {})
      assert.deepEqual(
        items.map((item) => item.subjectId),
        [submitted.id],
        'the officer is told',
      )
      const read = await officer.caller.call('case.read', { id: submitted.id })
      assert.equal(read.text, submitted.text)
      assert.ok(read.can.includes('case.release'))
      const signed = await officer.caller.call('case.sign', { id: submitted.id, version: read.version })
      assert.equal(signed.state, 'handling', 'the clock and the work do not wait for WeChat')
      const released = await officer.caller.call('case.release', {
        id: submitted.id,
        version: signed.version,
        isAllowed: true,
      })
      assert.equal(released.review, 'passed')
    })

    it('a login says that WeChat does not answer, and may be tried again', async () => {
      const { status, body, headers } = await w.nobody.try('session.login', { code: 'demo:newcomer' })
      assert.equal(status, 503)
      assert.match(body.title, /微信/)
      assert.ok(Number(headers['retry-after']) > 0)
    })
  })
}
