/** Sealed values: the national standards' own samples, round trips, and everything that must not open. */
import assert from 'node:assert/strict'
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import {
  algorithmIds,
  open,
  openText,
  seal,
  SealBroken,
  type SealFault,
  sealedPrefix,
  sealedWith,
} from '../../src/encryption/algorithms.js'

const key = randomBytes(32)
const keyOf = (id: string) => (id === 'k1' ? key : undefined)
const breaks = (fault: SealFault, work: () => unknown) =>
  assert.throws(work, (error) => error instanceof SealBroken && error.fault === fault)

describe('the platform’s SM3 and SM4 follow the standards', () => {
  it('SM3 of "abc" is the sample of GB/T 32905-2016 A.1', () => {
    const sample = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    assert.equal(createHash('sm3').update('abc').digest('hex'), sample)
  })

  it('one SM4 block is the sample of GB/T 32907-2016 A.1', () => {
    const sample = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
    const cipher = createCipheriv('sm4-ecb', sample, null).setAutoPadding(false)
    assert.equal(
      Buffer.concat([cipher.update(sample), cipher.final()]).toString('hex'),
      '681edf34d206965e86b3e94f536e4246',
    )
  })
})

describe('values sealed before today still open', () => {
  const fixedKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
  const samples = {
    'aes-256-gcm': 'v1.gcm.k1.znPqQr4n2MA3SSLJ_niWfAv1LCo_AQ6fJvp4BTaCAAjB0aEbOl6X',
    'sm4-cbc+hmac-sm3':
      'v1.sm4.k1.YQUKgYTfaadfc5WdJZIMvDC_LAF5nxLSSMdCfY6AXt2NcchL0tKsWxW6nnc2uRoTg55h20l9Ql6pRG3YTNW1Dw',
  }
  for (const algorithm of algorithmIds) {
    it(algorithm, () =>
      assert.equal(
        openText(samples[algorithm], () => fixedKey, 'person.phone:p1'),
        '13800005678',
      ),
    )
  }
})

for (const algorithm of algorithmIds) {
  describe(`a value sealed with ${algorithm}`, () => {
    it('opens to what was sealed, whatever it holds', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, context) => {
          const plain = Buffer.from(bytes)
          assert.deepEqual(open(seal(algorithm, key, 'k1', plain, context), keyOf, context), plain)
        }),
      )
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (text) => {
          assert.equal(openText(seal(algorithm, key, 'k1', text, 'c'), keyOf, 'c'), text)
        }),
      )
    })

    it('names its version, algorithm and key', () => {
      const sealed = seal(algorithm, key, 'k1', '张三', 'c')
      assert.ok(sealed.startsWith(`${sealedPrefix(algorithm)}k1.`))
      assert.deepEqual(sealedWith(sealed), { algorithm, keyId: 'k1' })
    })

    it('differs every time, so that equal values do not show', () => {
      assert.notEqual(seal(algorithm, key, 'k1', '张三', 'c'), seal(algorithm, key, 'k1', '张三', 'c'))
    })

    it('does not open when any one character is another', () => {
      const sealed = seal(algorithm, key, 'k1', '13800005678', 'person.phone:p1')
      for (let index = 0; index < sealed.length; index++) {
        for (const other of ['A', 'B', '-', '.', '=', '\n']) {
          if (sealed[index] === other) continue
          const altered = sealed.slice(0, index) + other + sealed.slice(index + 1)
          assert.throws(() => open(altered, () => key, 'person.phone:p1'), SealBroken, `${index} → ${other}`)
        }
      }
    })

    it('does not open when any one bit of its payload is another', () => {
      const sealed = seal(algorithm, key, 'k1', '13800005678', 'c')
      const [version, short, id, encoded] = sealed.split('.')
      const payload = Buffer.from(encoded!, 'base64url')
      for (let bit = 0; bit < payload.length * 8; bit++) {
        const altered = Buffer.from(payload)
        altered[bit >> 3]! ^= 1 << (bit & 7)
        breaks('altered', () => open([version, short, id, altered.toString('base64url')].join('.'), keyOf, 'c'))
      }
    })

    it('does not open when cut off or lengthened', () => {
      const sealed = seal(algorithm, key, 'k1', '13800005678', 'c')
      for (let length = 0; length < sealed.length; length++)
        assert.throws(() => open(sealed.slice(0, length), keyOf, 'c'), SealBroken)
      assert.throws(() => open(`${sealed}A`, keyOf, 'c'), SealBroken)
      assert.throws(() => open(`${sealed}AAAA`, keyOf, 'c'), SealBroken)
    })

    it('does not open in another field, for another person, or with an empty context', () => {
      const sealed = seal(algorithm, key, 'k1', '张三', 'person.name:p1')
      for (const context of ['person.phone:p1', 'person.name:p2', ''])
        breaks('altered', () => open(sealed, keyOf, context))
    })

    it('does not open with another key, nor without one', () => {
      const sealed = seal(algorithm, key, 'k1', '张三', 'c')
      breaks('altered', () => open(sealed, () => randomBytes(32), 'c'))
      breaks('noKey', () => open(sealed, () => undefined, 'c'))
    })

    it('does not open under the name of another algorithm or key', () => {
      const sealed = seal(algorithm, key, 'k1', 'a value long enough for either algorithm to read it', 'c')
      for (const other of algorithmIds.filter((id) => id !== algorithm))
        breaks('altered', () => open(sealed.replace(sealedPrefix(algorithm), sealedPrefix(other)), keyOf, 'c'))
      breaks('altered', () => open(sealed.replace('.k1.', '.k2.'), () => key, 'c'))
      breaks('unknownAlgorithm', () => open(sealed.replace(sealedPrefix(algorithm), 'v1.rot13.'), keyOf, 'c'))
      breaks('malformed', () => open(sealed.replace('v1.', 'v2.'), keyOf, 'c'))
    })

    it('is not made with a key of the wrong length or a key id that would not be read back', () => {
      assert.throws(() => seal(algorithm, randomBytes(16), 'k1', 'x', 'c'), TypeError)
      for (const id of ['', 'a.b', 'k 1', 'k'.repeat(41)])
        assert.throws(() => seal(algorithm, key, id, 'x', 'c'), TypeError)
    })
  })
}

it('rubbish is refused as SealBroken, never with another error', function () {
  this.timeout(120_000)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'v1.gcm.k1.', 'v1.sm4.k1.'), (rubbish, prefix) => {
      assert.throws(() => open(prefix + rubbish, keyOf, 'c'), SealBroken)
    }),
  )
})

it('the short names of the algorithms differ even without regard to case', () => {
  const prefixes = algorithmIds.map((id) => sealedPrefix(id).toLowerCase())
  assert.equal(new Set(prefixes).size, algorithmIds.length)
})
