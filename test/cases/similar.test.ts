import assert from 'node:assert/strict'
import fc from 'fast-check'
import { likelySame, likeness } from '../../src/cases/similar.js'
import { databaseNames } from '../databases.js'
import { firm, member } from '../factories.js'
import { at, type Stage, stage } from './stage.js'

describe('likeness of two texts', () => {
  // 2 × shared pairs of neighbouring characters / pairs of both, counted by hand.
  const examples: [string, string, number][] = [
    ['报告表要准备什么', '报告表要准备什么', 1],
    ['报告表要准备什么', '报告表，要准备什么？', 1],
    ['报告表', '报告书', 0.5],
    ['abcd', 'ABCD', 1],
    ['ＡＢＣ', 'abc', 1],
    ['环评审批', '排污许可', 0],
    ['开工厂', '开工厂手续', 2 * (2 / 6)],
    ['', '什么', 0],
    ['啊', '啊', 0],
  ]
  for (const [a, b, expected] of examples) {
    it(`「${a}」 and 「${b}」: ${expected.toFixed(2)}`, () => assert.ok(Math.abs(likeness(a, b) - expected) < 1e-9))
  }

  const same: [string, string][] = [
    ['请问我们激光切割设备需要办环评吗？', '激光切割要不要环评'],
    ['您好，请问喷漆线的环评怎么办理？', '喷漆线环评办理'],
    ['夜间施工是否需要证明', '夜间施工要不要证明呢'],
  ]
  for (const [a, b] of same) {
    it(`「${a}」 asks what 「${b}」 asks`, () =>
      assert.equal(likelySame({ title: a }, [{ title: b, text: '' }]).length, 1))
  }

  const different: [string, string][] = [
    ['请问环评怎么办理？', '请问排污许可怎么办理？'],
    ['请问我们需要办环评吗', '请问我们需要办排污许可吗'],
    ['报告表要准备什么材料', '登记表要准备什么材料'],
    ['环评怎么办理', '环评要多久'],
    ['您好，请问需要什么材料', '您好，请问可以网上办理吗'],
    ['激光切割要不要环评', '喷漆线要不要环评'],
  ]
  for (const [a, b] of different) {
    it(`「${a}」 does not ask what 「${b}」 asks`, () =>
      assert.deepEqual(likelySame({ title: a }, [{ title: b, text: '' }]), []))
  }

  it('is the same both ways, and from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const value = likeness(a, b)
        assert.ok(value >= 0 && value <= 1)
        assert.equal(value, likeness(b, a))
      }),
    )
  })

  it('the most alike come first, by title or by text, and the unlike not at all', () => {
    const found = likelySame({ title: '报告表', text: '请问报告表要哪些材料' }, [
      { title: '排污许可', text: '换证' },
      { title: '报告表格', text: '别的' },
      { title: '别的题目', text: '请问报告表要哪些材料？' },
    ])
    assert.deepEqual(
      found.map(({ candidate }) => candidate.title),
      ['别的题目', '报告表格'],
    )
  })
})

for (const database of databaseNames) {
  describe(`hints of likely duplicates, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    const draft = { title: '喷漆线报告表要什么材料', text: '我们要新上一条喷漆线。' }

    it("the firm's open cases with a similar text, for each of its members; not those that are over, not other firms'", async () => {
      const open = await s.submit({ ...draft, text: '我们要新上一条喷漆线，请问材料？' })
      const over = await s.submit(draft)
      await s.submit({ title: '夜间施工', text: '要不要证明？' })
      await s.asker.call('case.withdraw', { id: over.id })
      await s.w.drainJobs()
      for (const who of [s.asker, s.partner]) {
        const { items } = await who.call('case.similar', draft)
        assert.deepEqual(
          items.map(({ id }) => id),
          [open.id],
        )
        assert.equal(items[0]?.likeness, 1)
      }
      assert.deepEqual((await s.stranger.call('case.similar', draft)).items, [])
      assert.equal((await s.officer.caller.call('case.similar', draft)).items.length, 0)
    })

    it('asked for one firm, what the person asked for another is no duplicate', async () => {
      const other = await firm(s.w)
      await member(s.w, other.id, 'of-two')
      const both = await member(s.w, s.enterpriseId, 'of-two')
      const text = { title: '两家公司的问题', text: '完全不同的内容' }
      const made = await both.call('case.submit', { ...text, category: 'procedure', enterpriseId: other.id })
      await s.w.drainJobs()
      const hints = async (enterpriseId?: string) =>
        (await both.call('case.similar', { ...text, ...(enterpriseId ? { enterpriseId } : {}) })).items.map(
          ({ id }) => id,
        )
      assert.deepEqual(await hints(other.id), [made.id])
      assert.deepEqual(await hints(s.enterpriseId), [])
      assert.deepEqual(await hints(), [made.id])
    })

    it('somebody without a firm is shown their own', async () => {
      const alone = await s.w.as('alone')
      const text = { title: '个人咨询噪声', text: '楼下装修' }
      const made = await alone.call('case.submit', { ...text, category: 'consultation' })
      const { items } = await alone.call('case.similar', text)
      assert.deepEqual(
        items.map(({ id }) => id),
        [made.id],
      )
    })
  })
}
