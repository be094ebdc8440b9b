// A text of any length gets one verdict, the worst of its pieces.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { contentPieces, MAX_PIECE } from '../../src/wechat/contentPieces.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { wechatWorld, type World } from './world.js'

const TEXT = '/wxa/msg_sec_check'
const openid = demoOpenid('enterprise')
const scene = 'comment'

describe('wechat text check', () => {
  let world: World
  beforeEach(async () => {
    world = await wechatWorld()
  })
  afterEach(() => world.stop())

  it('tells pass, review and risky with their labels and trace id', async () => {
    for (const [content, outcome, labels] of [
      ['请问排污许可证怎么办', 'pass', []],
      ['这里有待核样例。', 'review', [21000]],
      ['这里有违规样例。', 'risky', [20006]],
      ['违规样例和待核样例', 'risky', [20006, 21000]],
    ] as const) {
      const verdict = await world.wechat.checkText({ openid, scene, content })
      assert.match(verdict.traceId ?? '', /^[0-9a-f-]{36}$/)
      assert.deepEqual({ outcome: verdict.outcome, labels: verdict.labels }, { outcome, labels })
    }
  })

  it('looks at title and nickname too, and at a title alone', async () => {
    const titled = await world.wechat.checkText({ openid, scene, content: '正文', title: '违规样例' })
    const named = await world.wechat.checkText({ openid, scene, content: '正文', nickname: '待核样例' })
    const alone = await world.wechat.checkText({ openid, scene, content: ' \n', title: '违规样例' })
    assert.deepEqual([titled.outcome, named.outcome, alone.outcome], ['risky', 'review', 'risky'])
  })

  it('nothing to check passes without asking WeChat', async () => {
    const verdict = await world.wechat.checkText({ openid, scene, content: ' \n ' })
    assert.deepEqual(verdict, { outcome: 'pass', labels: [], traceId: null })
    assert.equal(world.count(TEXT), 0)
  })

  it('文本字数的上限为 2500 字: a longer text is checked in pieces and the worst wins', async () => {
    const paragraph = `${'企业位于铁西区。'.repeat(200)}\n`
    const content = `${paragraph}待核样例${paragraph}违规样例${paragraph}${paragraph}`
    const verdict = await world.wechat.checkText({ openid, scene, content })
    assert.deepEqual([verdict.outcome, verdict.labels], ['risky', [20006, 21000]])
    assert.equal(world.count(TEXT), contentPieces(content).length)
    assert.ok(world.count(TEXT) >= 3)
  })

  it('a word that an unbroken text has on the limit is still seen', async () => {
    const content = `${'字'.repeat(MAX_PIECE - 2)}违规样例${'字'.repeat(100)}`
    assert.equal((await world.wechat.checkText({ openid, scene, content })).outcome, 'risky')
  })

  it('halves of characters and control characters do not break the check', async () => {
    const verdict = await world.wechat.checkText({ openid, scene, content: '半\ud800个\u0000字', title: '\udfff' })
    assert.equal(verdict.outcome, 'pass')
  })

  it('a person who has been away for two hours is refused, and an openid of nobody is bad input', async () => {
    world.sandbox.setBehaviour({ path: TEXT, fault: { kind: 'errcode', errcode: 61010 }, times: 1 })
    const away = await world.failure(world.wechat.checkText({ openid, scene, content: '你好' }))
    assert.deepEqual([away.errcode, away.kind, away.retryable], [61010, 'refused', false])
    const nobody = await world.failure(world.wechat.checkText({ openid: 'nobody', scene, content: '你好' }))
    assert.deepEqual([nobody.errcode, nobody.kind], [40003, 'badInput'])
  })

  it('a verdict that cannot be read is unavailable, never a pass', async () => {
    for (const text of [
      '{"errcode":0}',
      '{"errcode":0,"trace_id":"t","result":{"suggest":"fine","label":100}}',
      '[]',
    ]) {
      world.sandbox.setBehaviour({ path: TEXT, fault: { kind: 'reply', status: 200, text }, times: 1 })
      const error = await world.failure(world.wechat.checkText({ openid, scene, content: '你好' }))
      assert.deepEqual([error.kind, error.retryable], ['unavailable', true])
    }
  })
})

describe('pieces of a long text', () => {
  it('end at a paragraph, else a sentence, else a clause', () => {
    const fill = (length: number) => '字'.repeat(length)
    assert.deepEqual(contentPieces(`${fill(2200)}\n${fill(100)}。${fill(1000)}`)[0], `${fill(2200)}\n`)
    assert.deepEqual(contentPieces(`${fill(2200)}，${fill(100)}。${fill(1000)}`)[0], `${fill(2200)}，${fill(100)}。`)
    assert.deepEqual(contentPieces(`${fill(2200)}，${fill(1000)}`)[0], `${fill(2200)}，`)
  })

  it('are within the limit, whole in their characters, and together hold the text', () => {
    const unit = fc.constantFrom('字', '𠀀', '。', '，', '\n', 'a', '字字字字字字字字字字', '𠀀𠀀𠀀𠀀𠀀𠀀𠀀')
    fc.assert(
      fc.property(fc.array(unit, { minLength: 300, maxLength: 3000, size: 'max' }), (units) => {
        const text = units.join('')
        let covered = 0
        for (const piece of contentPieces(text)) {
          assert.ok(piece.length <= MAX_PIECE)
          assert.doesNotMatch(piece, /[\uD800-\uDFFF]/u)
          // A short piece may stand several times within the overlap: the last of these is the one that was cut here.
          const blanks = text.slice(covered).length - text.slice(covered).trimStart().length
          const at = text.lastIndexOf(piece, covered + blanks)
          assert.ok(at >= covered - 60 && text.slice(covered, at).trim() === '')
          covered = at + piece.length
        }
        assert.equal(text.slice(covered).trim(), '')
      }),
      // To shrink such texts would take minutes.
      { numRuns: 60, seed: 20261126, endOnFailure: true },
    )
  })
})
