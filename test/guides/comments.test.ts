/** What readers write under a guide: seen by whom, checked, answered, shown, and taken along or erased. */
import assert from 'node:assert/strict'
import { verifyChain } from '../../src/audit/verify.js'
import { GuideComment } from '../../src/guides/guideComment.js'
import { databaseNames } from '../databases.js'
import { staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`comments on guides, on ${database}`, () => {
    let w: World
    let clerk: Caller
    let reader: Caller
    let guideId: string
    before(async () => {
      w = await world(database)
      clerk = (await staff(w, { role: 'clerk', unitId: 'branch-tiexi' })).caller
      reader = await w.as('reader')
      guideId = (await w.nobody.call('guide.read', { code: 'HP-02' })).id
    })
    after(() => w.stop())

    const shownTo = async (who: Caller) => (await who.call('guide.read', { id: guideId })).comments
    const reviewOf = async (id: string) => {
      const { items } = await clerk.call('guide.comments', { guideId, limit: 100 })
      return items.find((item) => item.id === id)?.review
    }

    it('the writer sees a comment at once, everybody else only when it is answered', async () => {
      const text = '材料可以用扫描件吗？'
      const comment = await reader.call('guide.comment', { guideId, kind: 'question', text })
      assert.equal(comment.isPublic, false)
      await w.drainJobs()
      assert.equal(await reviewOf(comment.id), 'passed')
      const page = await reader.call('guide.read', { id: guideId })
      assert.deepEqual(
        page.myComments.map(({ id }) => id),
        [comment.id],
      )
      assert.deepEqual(page.comments, [])
      const other = await w.as('other')
      assert.deepEqual((await other.call('guide.read', { id: guideId })).myComments, [])
      const etag = (await w.nobody.try('guide.read', { id: guideId })).headers['etag']

      const answered = await clerk.call('guide.replyComment', { id: comment.id, answer: '可以，窗口核对原件。' })
      assert.equal(answered.isPublic, true)
      const expected = [
        {
          id: comment.id,
          kind: 'question',
          text,
          createdOn: '2026-11-23',
          answer: '可以，窗口核对原件。',
          answeredOn: '2026-11-23',
        },
      ]
      assert.deepEqual(await shownTo(w.nobody), expected)
      assert.deepEqual(await shownTo(other), expected)
      assert.notEqual((await w.nobody.try('guide.read', { id: guideId })).headers['etag'], etag)
    })

    it('the writer hears of the answer once', async () => {
      await w.drainJobs()
      const { items } = await reader.call('notice.list', {})
      assert.equal(items.filter(({ title }) => title === '您对指南的意见有答复了').length, 1)
    })

    it('what WeChat finds risky is held: the clerk alone sees it, and an answer releases it', async () => {
      const text = '违规样例，办得太慢'
      const { id } = await reader.call('guide.comment', { guideId, kind: 'suggestion', text })
      await w.drainJobs()
      assert.equal(await reviewOf(id), 'held')
      assert.ok((await shownTo(w.nobody)).every((comment) => comment.id !== id))
      const answered = await clerk.call('guide.replyComment', { id, answer: '已转办，谢谢。' })
      assert.deepEqual([answered.review, answered.isPublic], ['passed', true])
      assert.ok((await shownTo(w.nobody)).some((comment) => comment.id === id))
    })

    it('an answer to the writer alone stays off the page, and one made public can be taken back', async () => {
      const { id } = await reader.call('guide.comment', { guideId, kind: 'error', text: '我的电话是13812340000' })
      await clerk.call('guide.replyComment', { id, answer: '已电话联系。', isPublic: false })
      await w.drainJobs()
      assert.ok((await shownTo(w.nobody)).every((comment) => comment.id !== id))
      const { myComments } = await reader.call('guide.read', { id: guideId })
      assert.equal(myComments.find((comment) => comment.id === id)?.answer, '已电话联系。')
      await clerk.call('guide.replyComment', { id, answer: '已改正。' })
      assert.ok((await shownTo(w.nobody)).some((comment) => comment.id === id))
      await clerk.call('guide.replyComment', { id, answer: '已改正。', isPublic: false })
      assert.ok((await shownTo(w.nobody)).every((comment) => comment.id !== id))
    })

    it('the check never undoes an answer given before it', async () => {
      const { id } = await reader.call('guide.comment', { guideId, kind: 'suggestion', text: '违规样例' })
      await clerk.call('guide.replyComment', { id, answer: '收到。' })
      await w.drainJobs()
      assert.equal(await reviewOf(id), 'passed')
    })

    it('commenting needs a login, a published guide and words', async () => {
      const good = { guideId, kind: 'question', text: '问' }
      assert.equal((await w.nobody.try('guide.comment', good)).status, 401)
      for (const bad of [
        { ...good, text: ' ' },
        { ...good, text: 'x'.repeat(1001) },
        { ...good, kind: 'other' },
        { ...good, text: '\u0000' },
        { ...good, more: 1 },
      ]) {
        assert.equal((await reader.try('guide.comment', bad)).status, 422, JSON.stringify(bad).slice(0, 80))
      }
      const unknown = { ...good, guideId: '01970000-0000-7000-8000-000000000001' }
      assert.equal((await reader.try('guide.comment', unknown)).status, 404)
      const { status } = await reader.try('guide.replyComment', { id: unknown.guideId, answer: '答' })
      assert.equal(status, 403)
      assert.equal((await clerk.try('guide.replyComment', { id: unknown.guideId, answer: '答' })).status, 404)
      assert.equal((await reader.try('guide.comments', {})).status, 403)
    })

    it('the clerk lists what is still to be answered, with a masked name, and an old version is refused', async () => {
      await reader.call('person.update', { name: '王明' })
      const { id } = await reader.call('guide.comment', { guideId, kind: 'question', text: '几天能办完？' })
      const open = await clerk.call('guide.comments', { isAnswered: false })
      assert.deepEqual(
        open.items.map((item) => [item.id, item.author, item.guide.code, item.can]),
        [[id, '王*', 'HP-02', ['guide.replyComment']]],
      )
      const { version } = open.items[0] as { version: number }
      await w.drainJobs()
      assert.equal((await clerk.try('guide.replyComment', { id, version, answer: '答' })).status, 409)
    })

    it('one takes one’s comments along, and erasing removes who wrote them, not what was said', async () => {
      const leaver = await w.as('leaver')
      await leaver.call('person.update', { name: '欧阳测试' })
      const { id } = await leaver.call('guide.comment', { guideId, kind: 'suggestion', text: '欧阳测试建议写清地址' })
      await clerk.call('guide.replyComment', { id, answer: '欧阳测试您好，已补充。' })
      const { sections } = await leaver.call('person.export', {})
      assert.equal((sections['指南意见'] as { id: string }[])[0]?.id, id)
      await leaver.call('person.erase', { confirm: '注销' })
      const shown = (await shownTo(w.nobody)).find((comment) => comment.id === id)
      assert.equal(shown?.text, '〔已删除〕建议写清地址')
      assert.equal(shown?.answer, '〔已删除〕您好，已补充。')
      const [row] = await w.service.house.ds.query('SELECT * FROM guide_comment WHERE id = ?', [id])
      assert.equal(row.personId, null)
      const trail = await w.service.house.ds.query('SELECT changes FROM audit_entry WHERE subjectId = ?', [id])
      assert.ok(!JSON.stringify([row, trail]).includes('欧阳'))
      const { ds, know } = w.service.house
      assert.deepEqual(await verifyChain(ds.manager, know.keyring.purposeKey('audit'), GuideComment, id), [])
    })
  })
}
