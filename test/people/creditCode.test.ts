// Holds 统一社会信用代码 to GB 32100-2015 by published codes and by every kind of slip of the hand.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { checkCharacter, isCreditCode, normalizeCreditCode } from '../../src/people/creditCode.js'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The standard's own example, then codes that large firms publish on their sites. */
const published = ['91350100M000100Y43', '9144030071526726XG', '914403001922038216', '91330100799655058B']

const anyCode = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''))
  .map((first17) => first17 + checkCharacter(first17))

const put = (code: string, index: number, character: string) => code.slice(0, index) + character + code.slice(index + 1)

const swap = (code: string, left: number, right: number) =>
  put(put(code, left, code.charAt(right)), right, code.charAt(left))

describe('统一社会信用代码 (GB 32100-2015)', () => {
  for (const code of published) {
    it(`accepts the published code ${code}`, () => {
      assert.equal(checkCharacter(code.slice(0, 17)), code.at(-1))
      assert.equal(isCreditCode(code), true)
    })
  }

  it('writes the remainder 31 as 0', () => {
    assert.equal(checkCharacter('0'.repeat(17)), '0')
  })

  it('catches every single wrong character of the published codes', () => {
    for (const code of published) {
      for (let index = 0; index < code.length; index += 1) {
        for (const character of alphabet) {
          if (character === code.charAt(index)) continue
          const wrong = put(code, index, character)
          assert.equal(isCreditCode(wrong), false, wrong)
        }
      }
    }
  })

  it('catches any two neighbours that changed places', () => {
    fc.assert(
      fc.property(anyCode, fc.integer({ min: 0, max: 16 }), (code, index) => {
        fc.pre(code.charAt(index) !== code.charAt(index + 1))
        assert.equal(isCreditCode(swap(code, index, index + 1)), false)
      }),
    )
  })

  it('catches any two different characters before the check that changed places', () => {
    fc.assert(
      fc.property(anyCode, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 16 }), (code, left, right) => {
        fc.pre(code.charAt(left) !== code.charAt(right))
        assert.equal(isCreditCode(swap(code, left, right)), false)
      }),
    )
  })

  it('refuses the letters that the standard leaves out: I O S V Z', () => {
    for (const letter of 'IOSVZ') {
      assert.throws(() => checkCharacter(put('91350100M000100Y4', 8, letter)), RangeError)
      assert.equal(isCreditCode(put('91350100M000100Y43', 8, letter)), false)
    }
  })

  it('refuses letters in the district, other lengths and other text', () => {
    const first17 = '9135A100M000100Y4'
    assert.equal(isCreditCode(first17 + checkCharacter(first17)), false)
    for (const text of [
      '',
      '91350100M000100Y4',
      '91350100M000100Y430',
      '91350100m000100y43',
      ' 91350100M000100Y43',
      '统'.repeat(18),
    ]) {
      assert.equal(isCreditCode(text), false, text)
    }
    assert.throws(() => checkCharacter('91350100'), RangeError)
  })

  it('reads what people type: full width, lower case, spaces and dashes between groups', () => {
    for (const typed of [
      ' 91350100m000100y43\n',
      '９１３５０１００Ｍ０００１００Ｙ４３',
      '9135 0100 M000 100Y 43',
      '91350100-m000100y4-3',
    ]) {
      assert.equal(normalizeCreditCode(typed), '91350100M000100Y43')
    }
  })

  it('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = normalizeCreditCode(typed)
        assert.equal(normalizeCreditCode(once), once)
      }),
    )
  })
})
