import assert from 'node:assert/strict'
import { withoutOwner } from '../../src/people/ownData.js'

describe('what a person wrote, without the person', () => {
  const personal = { name: '欧阳明月', phone: '13812345678' }
  const removed = '〔已删除〕'

  for (const phone of [
    '13812345678',
    '138 1234 5678',
    '138-1234-5678',
    '138－1234－5678',
    '138.1234.5678',
    '138 12 34 56 78',
    '+8613812345678',
    '+86 138 1234 5678',
    '86-138-1234-5678',
    '0086 138-1234-5678',
    '１３８１２３４５６７８',
  ]) {
    it(`holds no number written ${phone}`, () => {
      assert.equal(withoutOwner(`请打${phone}，谢谢`, personal), `请打${removed}，谢谢`)
    })
  }

  it('keeps other numbers, and texts without any', () => {
    for (const text of ['请打13812345679', '138 1234 567', '2026-11-23 缴费 5678 元', '']) {
      assert.equal(withoutOwner(text, personal), text)
    }
  })

  it('loses the name as well, and nothing where neither is known', () => {
    assert.equal(withoutOwner('我是欧阳明月，138-12345678', personal), `我是${removed}，${removed}`)
    assert.equal(withoutOwner('我是欧阳明月', { name: null, phone: null }), '我是欧阳明月')
  })
})
