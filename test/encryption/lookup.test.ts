/** Phones are found by keyed hash and shown masked; names show the family name only. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { lookupHash, maskName, maskPhone, normalizePhone, phoneHash } from '../../src/encryption/lookup.js'

const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`)

describe('one spelling for each phone number', () => {
  const spellings = {
    '13800005678': [
      '13800005678',
      '138 0000 5678',
      '138-0000-5678',
      '+86 138 0000 5678',
      '+8613800005678',
      '008613800005678',
      '8613800005678',
      '１３８００００５６７８',
      ' 13800005678\n',
    ],
    '02422855678': ['024-22855678', '(024) 2285 5678', '（024）22855678', '+86 24 22855678', '+86 024 22855678'],
    '01065556666': ['010-65556666', '+86 10 65556666'],
    '+85298765432': ['+852 9876 5432', '00852 98765432'],
  }
  for (const [number, texts] of Object.entries(spellings)) {
    it(number, () => {
      for (const text of texts) assert.equal(normalizePhone(text), number, text)
    })
  }

  it('is its own spelling', () => {
    fc.assert(fc.property(mobile, (number) => assert.equal(normalizePhone(normalizePhone(number)!), number)))
  })

  it('is absent for what is no phone number', () => {
    for (const text of [
      '',
      '1380000567',
      '138000056789',
      '12000005678',
      '张三',
      '110',
      'QZ20261123-K7M4Q',
      '+0123456789',
    ])
      assert.equal(normalizePhone(text), undefined, text)
  })
})

describe('the hash a phone is found by', () => {
  const key = randomBytes(32)

  it('is the same for every spelling and another for every number', () => {
    assert.equal(phoneHash(key, '+86 138-0000-5678'), phoneHash(key, '13800005678'))
    fc.assert(
      fc.property(mobile, mobile, (one, other) => {
        assert.equal(phoneHash(key, one) === phoneHash(key, other), one === other)
      }),
    )
  })

  it('is HMAC-SM3 (RFC 2104), in 43 characters', () => {
    const padded = (byte: number) => Buffer.concat([key, Buffer.alloc(32)]).map((value) => value ^ byte)
    const inner = createHash('sm3').update(padded(0x36)).update('phone\x0013800005678').digest()
    const expected = createHash('sm3').update(padded(0x5c)).update(inner).digest('base64url')
    assert.equal(phoneHash(key, '13800005678'), expected)
    assert.equal(expected.length, 43)
  })

  it('depends on the key and on what kind of value it is', () => {
    assert.notEqual(phoneHash(key, '13800005678'), phoneHash(randomBytes(32), '13800005678'))
    assert.notEqual(lookupHash(key, 'phone', '13800005678'), lookupHash(key, 'openid', '13800005678'))
  })

  it('is refused for what is no phone number', () => {
    assert.throws(() => phoneHash(key, '张三'), TypeError)
  })
})

describe('masks', () => {
  it('a mobile number shows its first three and last four digits', () => {
    assert.equal(maskPhone('13812345678'), '138****5678')
    assert.equal(maskPhone('+86 138 1234 5678'), '138****5678')
  })

  it('a landline keeps its area code, a short number only two digits, a very short one nothing', () => {
    assert.equal(maskPhone('024-22855678'), '024****5678')
    assert.equal(maskPhone('2285567'), '****67')
    assert.equal(maskPhone('22855'), '****')
  })

  it('of eleven digits four are never shown', () => {
    fc.assert(
      fc.property(mobile, (number) => {
        assert.equal(maskPhone(number), `${number.slice(0, 3)}****${number.slice(7)}`)
      }),
    )
  })

  const names = {
    张三: '张*',
    张三丰: '张*',
    欧阳娜娜: '欧阳*',
    诸葛亮: '诸葛*',
    欧阳: '欧*',
    古丽·阿依木: '古*',
    𠮷田: '𠮷*',
    'John Smith': 'J*',
    ' 李四 ': '李*',
    张: '*',
    '': '*',
  }
  for (const [name, masked] of Object.entries(names)) {
    it(`the name 「${name}」 shows as 「${masked}」`, () => assert.equal(maskName(name), masked))
  }

  it('a masked name never shows more than a family name, nor how long the rest is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const masked = Array.from(maskName(name))
        assert.equal(masked.at(-1), '*')
        assert.ok(masked.length <= 3)
        assert.ok(masked.length - 1 < Math.max(1, Array.from(name.trim()).length))
      }),
    )
  })
})
